"""What a run's evaluations say: which was the best, and whether it still learns."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

KINDS = ("bbox", "segm", "keypoints")


def metric(evaluation: Mapping[str, Any]) -> float:
    """The one number by which evaluations are compared; more is better.

    The mean of COCO's AP over what was measured of boxes, masks and keypoints; -inf where
    nothing was.
    """
    found = []
    for kind in KINDS:
        numbers = evaluation.get(kind)
        value = numbers.get("AP") if isinstance(numbers, Mapping) else None
        if isinstance(value, int | float) and value >= 0:  # COCO's -1: nothing to measure
            found.append(float(value))
    return sum(found) / len(found) if found else -math.inf


def of_last_phase(evaluations: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The evaluations of the newest phase: those of different phases are not compared."""
    return [each for each in evaluations if each.get("phase") == evaluations[-1].get("phase")]


def best_step(evaluations: Sequence[Mapping[str, Any]]) -> int | None:
    """The step of the best evaluation of the newest phase, the first of equal ones.

    Args:
        evaluations: lines of evaluations.jsonl in their order.
    """
    if not evaluations:
        return None
    best = max(of_last_phase(evaluations), key=metric)
    return int(best["step"]) if metric(best) > -math.inf else None


def learns_no_more(evaluations: Sequence[Mapping[str, Any]], patience: int) -> bool:
    """Whether the last `patience` evaluations were no better than the best before them.

    Args:
        evaluations: lines of evaluations.jsonl in their order.
        patience: how many may pass; 0 for any number.
    """
    if not patience or not evaluations:
        return False
    values = [metric(each) for each in of_last_phase(evaluations)]
    if len(values) <= patience or max(values) == -math.inf:
        return False
    return values.index(max(values)) < len(values) - patience
