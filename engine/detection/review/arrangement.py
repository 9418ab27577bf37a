"""Judgements and the detections of the moment as one list: what a person goes through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import iou
from engine.detection.review.records import REJECTED, Box, JudgedObject, Review, Suggestion

SAME = 0.5  # IoU from which a detection of the class is the one that was judged


@dataclass(frozen=True)
class Item:
    """One object of the list.

    Attributes:
        place: its row among the review's objects; None while nobody has judged it.
        judged: what was judged; None as above.
        row: its row among the detections; None where there is none now.
        suggestion: what the model says now; None as above.
    """

    place: int | None = None
    judged: JudgedObject | None = None
    row: int | None = None
    suggestion: Suggestion | None = None

    @property
    def verdict(self) -> str:
        """Of `VERDICTS`; empty while nobody has judged it."""
        return "" if self.judged is None else self.judged.verdict

    @property
    def name(self) -> str:
        """The class, as judged or suggested."""
        return self._told.name

    @property
    def box(self) -> Box:
        """The box, as judged or suggested."""
        return self._told.box

    @property
    def score(self) -> float:
        """The score that it is written with."""
        return self._told.score

    @property
    def drawn(self) -> bool:
        """Whether a person has drawn it."""
        return self.judged is not None and self.judged.drawn

    @property
    def changed(self) -> bool:
        """Whether a person has given it another box or class, or has drawn it."""
        judged = self.judged
        return judged is not None and (judged.drawn or judged.moved or judged.relabelled)

    @property
    def _told(self) -> JudgedObject | Suggestion:
        told = self.judged or self.suggestion
        assert told is not None
        return told


def suggestions(
    names: Sequence[str], boxes: NDArray[np.float32], scores: NDArray[np.float32]
) -> tuple[Suggestion, ...]:
    """The detections of a picture; (N,) names, (N, 4) boxes in picture px, (N,) scores."""
    return tuple(
        Suggestion(name, _box(box), min(max(float(score), 0.0), 1.0))
        for name, box, score in zip(names, boxes.tolist(), scores, strict=True)
    )


def arrange(review: Review, told: Sequence[Suggestion]) -> tuple[Item, ...]:
    """The detections in their order, each with its judgement; then what has no detection now.

    A judgement belongs to the detection of the class that lies on its place, whatever the
    thresholds or the model are meanwhile. What was accepted or drawn stays without one too;
    what was rejected has nothing to be shown then, and is only kept.
    """
    row_of = _claims(review.objects, told)
    place_of = {row: place for place, row in row_of.items()}
    items = []
    for row, suggestion in enumerate(told):
        place = place_of.get(row)
        judged = None if place is None else review.objects[place]
        items.append(Item(place, judged, row, suggestion))
    for place, judged in enumerate(review.objects):
        if place not in row_of and judged.verdict != REJECTED:
            items.append(Item(place, judged))
    return tuple(items)


def count_judged(items: Sequence[Item]) -> int:
    """How many of them are judged."""
    return sum(item.judged is not None for item in items)


def next_unjudged(items: Sequence[Item], after: int) -> int | None:
    """The first after this row that nobody has judged, from the beginning once more."""
    around = [*range(after + 1, len(items)), *range(min(after + 1, len(items)))]
    return next((row for row in around if items[row].judged is None), None)


def _claims(objects: Sequence[JudgedObject], told: Sequence[Suggestion]) -> dict[int, int]:
    """Which detection each judged object is, by their places; the nearest pairs first."""
    if not objects or not told:
        return {}
    boxes = np.array([each.box for each in told], np.float32)
    pairs = []
    for place, judged in enumerate(objects):
        meant = judged.name if judged.suggestion is None else judged.suggestion.name
        overlaps = iou(np.array(judged.place, np.float32), boxes)
        for row, suggestion in enumerate(told):
            if suggestion.name == meant and (
                overlaps[row] >= SAME or suggestion.box == judged.place
            ):
                exact = suggestion.box == judged.place
                pairs.append((not exact, -float(overlaps[row]), place, row))
    row_of: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, place, row in sorted(pairs):
        if place not in row_of and row not in taken:
            row_of[place] = row
            taken.add(row)
    return row_of


def _box(values: Sequence[float]) -> Box:
    x0, y0, x1, y1 = (float(value) for value in values)
    return x0, y0, x1, y1
