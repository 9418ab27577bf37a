"""How far two answers to one picture are apart, and whether anything shown changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.detection.detections import Detections
from engine.detection.pipeline.iou import iou

SAME_OBJECT = 0.5  # IoU from which two boxes are answers for one object
APPEARED, VANISHED, RELABELLED = "appeared", "vanished", "relabelled"


@dataclass(frozen=True)
class VerdictChange:
    """A detection that one answer shows and the other does not, or shows as something else.

    Attributes:
        what: `APPEARED`, `VANISHED` or `RELABELLED`, in the other answer.
        class_name: of the exact answer; of the other one where it appeared.
        exact, other: the scores, 0 where there is none.
        picture: the name of its file.
    """

    what: str
    class_name: str
    exact: float
    other: float
    picture: str = ""


@dataclass(frozen=True)
class Difference:
    """The largest differences over the detections that either answer shows.

    Attributes:
        detections: how many there are, a matched pair counted once.
        score: largest difference of a score.
        box: largest difference of a side of a box, picture px.
        mask_iou: least IoU of two masks; None without masks.
        changes: what is shown otherwise; those of no match have no part in the numbers.
    """

    detections: int = 0
    score: float = 0.0
    box: float = 0.0
    mask_iou: float | None = None
    changes: tuple[VerdictChange, ...] = ()


def compare(exact: Detections, other: Detections, *, shown: float, picture: str = "") -> Difference:
    """Compare two answers to one picture.

    Args:
        exact, other: all that each model keeps, so that one that falls below `shown` is
            still found.
        shown: what scores above it is shown.
        picture: named in the changes.
    """
    above = exact.scores > np.float32(shown), other.scores > np.float32(shown)
    score = box = 0.0
    masks: list[float] = []
    changes: list[VerdictChange] = []
    count = 0
    for row, column in _pairs(exact, other):
        seen = (row >= 0 and bool(above[0][row]), column >= 0 and bool(above[1][column]))
        if not any(seen):
            continue
        count += 1
        matched = row >= 0 and column >= 0
        scores = (
            float(exact.scores[row]) if row >= 0 else 0.0,
            float(other.scores[column]) if column >= 0 else 0.0,
        )
        name = exact.names[row] if row >= 0 else other.names[column]
        relabelled = matched and exact.names[row] != other.names[column]
        if not all(seen) or relabelled:
            what = RELABELLED if all(seen) else VANISHED if seen[0] else APPEARED
            changes.append(VerdictChange(what, name, *scores, picture))
        if matched:
            score = max(score, abs(scores[0] - scores[1]))
            box = max(box, float(np.abs(exact.boxes[row] - other.boxes[column]).max()))
            if exact.mask_probs is not None and other.mask_probs is not None:
                masks.append(mask_iou(exact.bits(row), other.bits(column)))
    return Difference(count, score, box, min(masks, default=None), tuple(changes))


def worst(differences: Iterable[Difference]) -> Difference:
    """The largest of several pictures, and the changes of all."""
    every = list(differences)
    masks = [each.mask_iou for each in every if each.mask_iou is not None]
    return Difference(
        detections=sum(each.detections for each in every),
        score=max((each.score for each in every), default=0.0),
        box=max((each.box for each in every), default=0.0),
        mask_iou=min(masks, default=None),
        changes=tuple(change for each in every for change in each.changes),
    )


def mask_iou(
    first: tuple[int, int, NDArray[np.bool_]], second: tuple[int, int, NDArray[np.bool_]]
) -> float:
    """IoU of two hard masks, each x0, y0 (picture px) and (h, w) bool; 1 where both are empty."""
    x0 = max(first[0], second[0])
    y0 = max(first[1], second[1])
    x1 = min(each[0] + each[2].shape[1] for each in (first, second))
    y1 = min(each[1] + each[2].shape[0] for each in (first, second))
    areas = int(first[2].sum()) + int(second[2].sum())
    both = 0
    if x0 < x1 and y0 < y1:
        cut = [
            bits[y0 - top : y1 - top, x0 - left : x1 - left] for left, top, bits in (first, second)
        ]
        both = int((cut[0] & cut[1]).sum())
    return 1.0 if areas == 0 else both / (areas - both)


def _pairs(exact: Detections, other: Detections) -> Iterator[tuple[int, int]]:
    """(row of exact, row of other), each row once; -1 where it has no match.

    Those of one class are matched first, then by IoU: after an NMS per class a box has
    one such match, but boxes of several classes may lie on one object.
    """
    candidates = []
    for row, corners in enumerate(exact.boxes):
        overlaps = iou(corners, other.boxes)
        for column in np.flatnonzero(overlaps >= SAME_OBJECT).tolist():
            differs = exact.names[row] != other.names[column]
            candidates.append((differs, -float(overlaps[column]), row, column))
    rows, columns = set(range(len(exact))), set(range(len(other)))
    for _, _, row, column in sorted(candidates):
        if row in rows and column in columns:
            rows.remove(row)
            columns.remove(column)
            yield row, column
    yield from ((row, -1) for row in sorted(rows))
    yield from ((-1, column) for column in sorted(columns))
