"""The metrics that runs are compared by: their names, their order, and which way is better."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeGuard

from engine.training.spec import LOSSES

Better = Literal["lower", "higher", ""]

TOTAL = "loss"
KINDS = ("bbox", "segm", "keypoints")
# COCO's twelve, in pycocotools' order.
FIGURES = (
    "AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl",
)  # fmt: skip
_ORDER = (TOTAL, *LOSSES, "lr", *(f"{kind}.{figure}" for kind in KINDS for figure in FIGURES))
# What is told of runs when nobody says what.
FIRST = (TOTAL, "bbox.AP", "segm.AP", "keypoints.AP")


def is_loss(name: str) -> bool:
    """Whether it is a loss of one batch, which is smoothed before it is compared."""
    return name.startswith("loss")


def better(name: str) -> Better:
    """Which values of a metric are the better ones; "" where none are, as of learning rates."""
    if is_loss(name):
        return "lower"
    return "higher" if name.partition(".")[0] in KINDS else ""


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once: the total loss, its parts, the learning rate, AP and AR."""
    known = {name: place for place, name in enumerate(_ORDER)}
    return tuple(sorted(set(names), key=lambda name: (known.get(name, len(known)), name)))


def of_step(line: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """The metrics in a line of metrics.jsonl."""
    for name, value in line.items():
        if (name.startswith(TOTAL) or name == "lr") and is_number(value):
            yield name, float(value)


def of_evaluation(line: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """The metrics in a line of evaluations.jsonl, without COCO's -1: there is nothing to find."""
    for kind in KINDS:
        figures = line.get(kind)
        for name, value in figures.items() if isinstance(figures, dict) else ():
            if name.startswith(("AP", "AR")) and is_number(value) and value >= 0:
                yield f"{kind}.{name}", float(value)


def is_number(value: object) -> TypeGuard[float]:
    """Whether JSON's value is a number that float64 has."""
    return isinstance(value, float) or (type(value) is int and abs(value) < 2**63)
