"""Run folders as the trainer writes them, made of numbers that a test gives."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.specs import to_json
from engine.training.spec import TrainSpec


def make_run(
    folder: Path,
    losses: Sequence[float] = (),
    aps: Mapping[int, float] | None = None,
    *,
    phases: Sequence[str] = (),
    seconds: float = 0.5,
    **spec: Any,
) -> Path:
    """Write a run folder.

    Args:
        losses: total loss of step 1, 2 and so on; half of it is the mask loss.
        aps: AP of the boxes by step.
        phases: of each step; all "joint" without.
        spec: fields of its spec.
    """
    folder.mkdir(parents=True)
    (folder / "spec.json").write_text(to_json(TrainSpec(data="shapes", **spec)), encoding="utf-8")
    names = phases or ["joint"] * len(losses)
    steps = zip(range(1, len(losses) + 1), losses, names, strict=True)
    append(
        folder / "metrics.jsonl",
        *(
            {
                "step": step,
                "phase": phase,
                "loss": loss,
                "loss_mask": loss / 2,
                "lr": 0.1,
                "seconds": seconds,
            }
            for step, loss, phase in steps
        ),
    )
    append(
        folder / "evaluations.jsonl",
        *(
            {"step": step, "phase": names[step - 1], "bbox": {"AP": ap, "APs": -1.0}}
            for step, ap in (aps or {}).items()
        ),
    )
    return folder


def append(path: Path, *lines: Mapping[str, Any]) -> None:
    """Write lines behind those that a file has."""
    if lines:
        with path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
