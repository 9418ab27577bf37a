"""What it costs to show an object from given proposals: the RoI heads' settings, exactly.

With the proposals fixed all else follows: at each class NMS there is one order of
survivors by score. A lower score threshold shows more of that order and changes nothing
before it, so at each NMS the best survivor that covers the object is the cheapest,
and what stands before it is what it takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.overlap_table import mark, overlaps_among, survivors
from engine.detection.pipeline.rois import Rois
from engine.detection.pipeline.selection import CLASS_SCORE, Thresholds
from engine.detection.queries.ways_back.reach import Candidates

PAIRS = 2048  # of the best scores; the IoUs of these with each other are 16 MB
TURNS = 400  # settings of the class NMS that are tried for one set of proposals


@dataclass(frozen=True)
class Price:
    """One way to show the object from some proposals.

    Attributes:
        anchor, label: the pair that shows it; score: its class score.
        change: settings of the RoI heads that it takes, exact.
        added, removed: how many other detections come, and how many go.
    """

    anchor: int
    label: int
    score: float
    change: tuple[tuple[str, float], ...]
    added: int
    removed: int


def prices(
    rois: Rois,
    proposals: NDArray[np.int64],
    wanted: Candidates,
    thresholds: Thresholds,
    shown: frozenset[tuple[int, int]],
) -> Iterator[Price]:
    """Every way to show one of the wanted pairs from some proposals, one for each class NMS.

    Args:
        proposals: (P,) int64, rows of `rois`.
        wanted: pairs that cover the object; those of other anchors are passed over.
        thresholds: as they are now; nothing gets stricter.
        shown: (anchor, label) of what is shown now.
    """
    here = np.zeros(rois.anchors, bool)
    here[rois.anchor[proposals]] = True
    present = here[wanted.anchor]
    if not present.any():
        return
    pairs = _Pairs(rois, proposals, float(wanted.score[present].min()), thresholds)
    names = zip(wanted.anchor[present].tolist(), wanted.label[present].tolist(), strict=True)
    targets = {pairs.place[name] for name in names if name in pairs.place}
    nearest = pairs.count
    for nms in pairs.turns(targets):
        order = pairs.survivors(nms)
        target = next((place for place in order if place in targets), None)
        if target is None or (nms > thresholds.nms and target >= nearest):
            continue  # a stricter NMS shows a better one
        nearest = target
        yield pairs.price(target, order, nms, shown)


class _Pairs:
    """The (proposal, class) pairs that matter, best first, and how they overlap."""

    def __init__(
        self, rois: Rois, proposals: NDArray[np.int64], lowest: float, thresholds: Thresholds
    ) -> None:
        scores = rois.pair_scores[proposals, 1:]
        self._thresholds = thresholds
        self._limits = thresholds.scores(rois.pair_scores.shape[1])
        row, column = np.nonzero((scores > self._limits) | (scores >= np.float32(lowest)))
        order = np.argsort(-scores[row, column], kind="stable")[:PAIRS]
        row, column = row[order], column[order]
        self.scores, self.labels = scores[row, column], column + 1
        anchors = rois.anchor[proposals[row]]
        self.names = list(zip(anchors.tolist(), self.labels.tolist(), strict=True))
        self.place = {name: place for place, name in enumerate(self.names)}
        self.count = len(self.names)
        self._overlaps = overlaps_among(rois.pair_boxes[proposals[row], self.labels])
        if not thresholds.class_agnostic:
            self._overlaps[self.labels[:, None] != self.labels] = 0

    def survivors(self, nms: float) -> list[int]:
        """Places of those that an NMS leaves, best first."""
        return survivors(range(self.count), mark(self._overlaps, nms))

    def turns(self, targets: set[int]) -> list[float]:
        """The NMS thresholds, now's first, at which other targets may survive."""
        now = self._thresholds.nms
        best = next((place for place in self.survivors(now) if place in targets), self.count)
        over = {
            float(overlap)
            for target in targets
            if target < best
            for overlap in self._overlaps[target, :target]
            if overlap > now
        }
        rising = sorted(over)
        if len(rising) > TURNS:
            rising = [rising[k] for k in np.linspace(0, len(rising) - 1, TURNS).astype(int)]
        return [now, *rising]

    def price(
        self, target: int, order: list[int], nms: float, shown: frozenset[tuple[int, int]]
    ) -> Price:
        """What showing a survivor takes."""
        thresholds, limits, change = self._thresholds, self._limits, {}
        score, label = self.scores[target], int(self.labels[target])
        if score <= limits[label - 1]:
            name, value, limits = lowered(thresholds, limits, label, score)
            change[name] = value
        if nms > thresholds.nms:
            change["nms"] = nms
        place = np.array(order)
        seen = place[self.scores[place] > limits[self.labels[place] - 1]].tolist()
        most = max(thresholds.max_detections, seen.index(target) + 1)
        if most > thresholds.max_detections:
            change["max_detections"] = most
        names = {self.names[each] for each in seen[:most]}
        added = len(names - shown) - 1
        return Price(
            *self.names[target],
            score=float(score),
            change=tuple(change.items()),
            added=added,
            removed=len(shown - names),
        )


def lowered(
    thresholds: Thresholds, limits: NDArray[np.float32], label: int, score: np.float32
) -> tuple[str, float, NDArray[np.float32]]:
    """The setting that lets a score of a class pass: its name, its value, and the new limits.

    A class with a threshold of its own has that lowered; else it is everybody's.

    Args:
        limits: (C - 1,) float32 as they are.
    """
    value = np.nextafter(score, np.float32(0))
    own = dict(thresholds.class_scores)
    if label in own:
        limits = limits.copy()
        limits[label - 1] = value
        return f"{CLASS_SCORE}{label}", float(value), limits
    return "score", float(value), np.minimum(limits, value)
