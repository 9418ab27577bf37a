"""What the page asks of the workers. Generators for the bridge; no torch at import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import InputError
from engine.training.runs import reports

# What the page cannot be without.
PARTS = ("bbox", "shown", "calibration", "curves", "confusion", "pictures", "objects")


@dataclass(frozen=True)
class RunReports:
    """What a run tells of its evaluations.

    Attributes:
        folder: the run.
        steps: those of which there is a report, newest first.
        step: the one that was read; None where there is none.
        report: its content, empty where there is none.
        usable: whether there are weights to evaluate.
    """

    folder: Path
    steps: tuple[int, ...] = ()
    step: int | None = None
    report: Mapping[str, Any] = field(default_factory=dict)
    usable: bool = False


def read_reports(folder: Path, step: int | None) -> Iterator[RunReports]:
    """The report of a step, or of the newest.

    Raises:
        InputError: it is damaged, or lacks a part.
    """
    steps = reports.steps(folder)
    if step not in steps:
        step = steps[0] if steps else None
    report = {} if step is None else reports.read(folder, step)
    if report and not set(PARTS) <= set(report):
        raise InputError("file.unreadable", path=folder / reports.FOLDER / f"{step}.json")
    usable = (folder / "last" / "weights.safetensors").is_file()
    yield RunReports(folder, steps, step, report, usable)


def run_evaluation(folder: Path) -> Iterator[Any]:
    """Measure the newest weights of a run."""
    from engine.training.evaluation.of_run import evaluate_run

    yield from evaluate_run(folder)


def write_files(path: Path, report: Mapping[str, Any]) -> Iterator[Path]:
    """Write a report into a file of the kind that its ending says."""
    from engine.export.evaluation.write import write

    write(path, report)
    yield path
