"""What a person can do with a review; each gives another review, and the one before stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.detection.review.arrangement import Item
from engine.detection.review.records import ACCEPTED, REJECTED, Box, JudgedObject, Review

SMALLEST_PX = 1.0  # a side of a box that a person moves


def judge(review: Review, item: Item, verdict: str) -> Review:
    """Accept or reject an object."""
    return _put(review, item, replace(_as_judged(item), verdict=verdict))


def accept_rest(review: Review, items: Sequence[Item]) -> Review:
    """Accept all that nobody has judged."""
    for item in items:
        if item.judged is None:
            review = judge(review, item, ACCEPTED)
    return review


def relabel(review: Review, item: Item, name: str) -> Review:
    """Give an object another class; it is accepted by that."""
    return _put(review, item, replace(_as_judged(item), name=name, verdict=ACCEPTED))


def reshape(review: Review, item: Item, box: Box) -> Review:
    """Give an object another box, cut to the picture; it is accepted by that."""
    placed = inside(box, review.width, review.height)
    return _put(review, item, replace(_as_judged(item), box=placed, verdict=ACCEPTED))


def draw(review: Review, name: str, box: Box) -> Review:
    """Add an object that the model has missed."""
    placed = inside(box, review.width, review.height)
    return replace(review, objects=(*review.objects, JudgedObject(name, placed)))


def remove(review: Review, item: Item) -> Review:
    """Take back what was drawn; reject what the model has suggested."""
    if not item.drawn:
        return judge(review, item, REJECTED)
    kept = (each for place, each in enumerate(review.objects) if place != item.place)
    return replace(review, objects=tuple(kept))


def inside(box: Box, width: int, height: int) -> Box:
    """A box cut to the picture, its corners in order, none of its sides shorter than a pixel."""
    x0, x1 = _side(box[0], box[2], width)
    y0, y1 = _side(box[1], box[3], height)
    return x0, y0, x1, y1


def shifted(box: Box, by: tuple[float, float], width: int, height: int) -> Box:
    """A box moved as a whole, at most to the picture's edge."""
    x = min(max(by[0], -box[0]), width - box[2])
    y = min(max(by[1], -box[1]), height - box[3])
    return box[0] + x, box[1] + y, box[2] + x, box[3] + y


def _side(first: float, second: float, length: int) -> tuple[float, float]:
    low, high = sorted((min(max(first, 0.0), float(length)), min(max(second, 0.0), float(length))))
    if high - low < SMALLEST_PX:
        low = min(low, length - SMALLEST_PX)
        high = low + SMALLEST_PX
    return low, high


def _as_judged(item: Item) -> JudgedObject:
    if item.judged is not None:
        return item.judged
    told = item.suggestion
    assert told is not None
    return JudgedObject(told.name, told.box, ACCEPTED, told)


def _put(review: Review, item: Item, judged: JudgedObject) -> Review:
    if item.place is None:
        return replace(review, objects=(*review.objects, judged))
    objects = list(review.objects)
    objects[item.place] = judged
    return replace(review, objects=tuple(objects))
