"""What became of every object of a picture: found, or lost at which gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.annotations.ground_truth import GroundTruth, Matching
from engine.detection.pipeline.selection import Selection
from engine.detection.pipeline.trace import StageTrace
from engine.detection.queries.missed_object import GATES, follow_object

FOUND = "found"
TAKEN = "taken"  # a box covers it, and counts for another object of its class
NO_CLASS = "no_class"  # the model does not know its class
OUTCOMES = (FOUND, *GATES, TAKEN, NO_CLASS)


@dataclass(frozen=True)
class ObjectOutcome:
    """What became of one object.

    Attributes:
        index: its place among the picture's objects.
        outcome: one of `OUTCOMES`: found, or the first gate that let nothing through.
        number, threshold: what failed against what, where there are such.
        score: of the detection that found it.
    """

    index: int
    outcome: str
    number: float | None = None
    threshold: float | None = None
    score: float | None = None


def object_outcomes(
    trace: StageTrace,
    shown: Selection,
    truth: GroundTruth,
    matched: Matching,
    classes: tuple[str, ...],
) -> Iterator[ObjectOutcome]:
    """What became of each object of a picture that is to be found.

    Args:
        trace, shown: of the picture, and what is shown of it.
        matched: `shown` matched with `truth`; its IoU is what counts as covering.
        classes: the model's.
    """
    for index, each in enumerate(truth.objects):
        if each.ignore:
            continue
        label, row = each.label(classes), int(matched.detection_of[index])
        if label is None:
            yield ObjectOutcome(index, NO_CLASS)
        elif row >= 0:
            yield ObjectOutcome(index, FOUND, score=float(shown.scores[row]))
        else:
            x0, y0, x1, y1 = (float(value) for value in each.box)
            result = follow_object(trace, shown, (x0, y0, x1, y1), label, least=matched.iou)
            failed = next((gate for gate in result.gates if gate.passed is False), None)
            number = None if failed is None else failed.number
            limit = None if failed is None else failed.threshold
            yield ObjectOutcome(index, result.failed or TAKEN, number, limit)
