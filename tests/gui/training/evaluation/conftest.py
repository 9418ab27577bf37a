"""A report whose numbers are known, and a run folder that holds it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.detection.queries.object_outcomes import NO_CLASS, OUTCOMES
from engine.specs import to_json
from engine.training.runs import reports
from engine.training.spec import TrainSpec

METRICS = ("AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl")


def curve(precision: float, *, score: float | None) -> dict[str, Any]:
    """Precision up to recall .5, nothing beyond."""
    values = [precision] * 51 + [0.0] * 50
    told: dict[str, Any] = {"precision": values, "AP": float(np.mean(values))}
    if score is not None:
        best = {"f1": 2 * precision * 0.5 / (precision + 0.5), "recall": 0.5}
        told |= {
            "score": [score] * 51 + [0.0] * 50,
            "best": {**best, "precision": precision, "score": score},
        }
    return told


def curves() -> dict[str, Any]:
    """Nine cats and three dogs."""
    return {
        "recall": np.linspace(0, 1, 101).tolist(),
        "classes": {
            name: {
                "objects": objects,
                "AP50": curve(precision, score=score),
                "AP75": curve(precision / 2, score=score),
                "AP": curve(precision / 4, score=None),
            }
            for name, objects, precision, score in (("dog", 3, 0.8, 0.7), ("cat", 9, 0.6, 0.4))
        },
        "mean": {name: curve(value, score=None)
                 for name, value in (("AP50", 0.7), ("AP75", 0.35), ("AP", 0.175))},
    }  # fmt: skip


def make_report(step: int = 40, *, found: int = 7) -> dict[str, Any]:
    """What an evaluation at a step says; `found` of twelve objects."""
    outcomes = {name: 0 for name in OUTCOMES if name != NO_CLASS}
    return {
        "step": step,
        "phase": "joint",
        "bbox": {name: 0.1 + row / 100 for row, name in enumerate(METRICS)},
        "segm": dict.fromkeys(METRICS, -1.0),
        "shown": {"score": 0.5, "precision": 0.75, "recall": found / 12, "true": found, "false": 3},
        "calibration": {
            "error": 0.123,
            "bins": [
                {"from": 0.2, "to": 0.3, "boxes": 21, "score": 0.25, "true": 0.1},
                {"from": 0.9, "to": 1.0, "boxes": 1234, "score": 0.95, "true": 0.9},
            ],
        },
        "curves": {"bbox": curves(), "segm": curves()},
        "confusion": {
            "score": 0.5, "iou": 0.5, "classes": ["cat", "dog"],
            "counts": [[5, 1, 3], [0, 2, 1], [2, 0, 0]],
        },
        "gates": {
            "score": 0.5,
            "iou": 0.5,
            "all": {**outcomes, "found": found, "class_score": 12 - found},
            "classes": {
                "cat": {**outcomes, "found": found, "class_score": 9 - found},
                "dog": {**outcomes, "class_score": 3},
            },
        },
        "pictures": 4,
        "objects": 12,
        "seconds_per_picture": 0.0512,
    }  # fmt: skip


@pytest.fixture
def report() -> dict[str, Any]:
    return make_report()


def make_run(folder: Path, *steps: int, weights: bool = True) -> Path:
    """A run folder with reports of these steps."""
    (folder / "last").mkdir(parents=True)
    (folder / "spec.json").write_text(to_json(TrainSpec(data="shapes")), encoding="utf-8")
    if weights:
        (folder / "last" / "weights.safetensors").write_bytes(b"")
    for step in steps:
        reports.write(folder, make_report(step, found=step % 9))
    return folder
