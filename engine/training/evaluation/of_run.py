"""The newest weights of a run folder, measured on its held-out pictures after the training."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.annotations.json_stream import ReadProgress
from engine.detection.models import zoo
from engine.errors import InputError
from engine.training.datasets import Pictures
from engine.training.evaluation.progress import Progress
from engine.training.evaluation.run import evaluate
from engine.training.initialization import open_data_steps
from engine.training.runs import lock, naming, reports, run_folder
from engine.training.runs.kept_states import step_of
from engine.training.sampling import unusable
from engine.training.trainer import divide

WEIGHTS = "weights.safetensors"


def evaluate_run(
    out: Path, *, device: str = "auto"
) -> Iterator[ReadProgress | Progress | dict[str, Any]]:
    """Measure a run that has ended as its training would, and keep the report in its folder.

    Its numbers become a line of evaluations.jsonl, unless there is one of this step.

    Yields:
        how much of the data is read, a `Progress` a picture, last the report.

    Raises:
        InputError: it is no run or has no weights yet, another process writes to it, or its
            data or held-out pictures are no longer there.
        ModelError, DeviceError: its weights cannot be used.
        ExportError, OSError: the report cannot be written.
    """
    spec = run_folder.read_spec(out)
    naming.check_unused(out)
    last = run_folder.last_of(out)
    step = None if last is None else step_of(last)
    if last is None or step is None:
        raise InputError("run.nothing_to_resume", path=out)
    model, description = zoo.load_described(last / WEIGHTS, device)
    told = run_folder.read_lines(out / "metrics.jsonl")
    phase = next((line.get("phase", "joint") for line in told if line["step"] == step), "joint")
    pictures = yield from open_data_steps(spec)
    path = ", ".join(spec.files)
    bad = yield from unusable(pictures, path=path, leave_out=spec.leave_out_bad)
    _, judged, indices = divide(spec, pictures, bad)
    if spec.leave_out_bad:
        indices = [index for index in indices if _is_readable(judged, index)]
    for item in evaluate(model, judged, indices, classes=description.classes):
        if isinstance(item, Progress):
            yield item
        else:
            report = {"step": step, "phase": phase, **item}
            with lock.held(out):
                reports.write(out, report)
                _tell(out, reports.numbers(report))
            yield report


def _is_readable(pictures: Pictures, index: int) -> bool:
    try:
        pictures.pixels(index)
    except InputError:
        return False
    return True


def _tell(out: Path, line: dict[str, Any]) -> None:
    """Add a line of numbers, where none is of its step."""
    path = out / "evaluations.jsonl"
    if all(known["step"] != line["step"] for known in run_folder.read_lines(path)):
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
