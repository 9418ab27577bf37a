"""An object at the gates of the RoI heads: the pairs of a proposal and a class that cover it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import float_below, iou, suppressor
from engine.detection.pipeline.selection import (
    Selection,
    apply_change,
    entered_pairs,
    select,
)
from engine.detection.pipeline.trace import StageTrace

TRIES = 40  # of the best pairs are compared at the NMS
EVERYTHING = {"max_detections": 1_000_000}


@dataclass(frozen=True, eq=False)
class HeadPassage:
    """How far the pairs came.

    Attributes:
        row, label: the pair whose numbers are told: it came furthest.
        numbers: gate -> number, threshold and how many pairs were left, up to the last reached.
        failed: the gate that let none through, None where one is shown.
        rival: who suppressed it.
        facts: more numbers of the failed gate.
    """

    row: int
    label: int
    numbers: Mapping[str, tuple[float | None, float | None, int]]
    failed: str | None
    rival: Mapping[str, Any] | None
    facts: Mapping[str, Any]


def follow_pairs(
    trace: StageTrace,
    selection: Selection,
    overlaps: NDArray[np.float32],
    least: float,
    detection: int | None,
) -> HeadPassage:
    """At which gate of the heads the pairs that cover an object were lost.

    Args:
        overlaps: (R, C) float32, of each pair of `selection.rois` with the object; 0 where
            the RoI is no proposal now. One at least is `least` or more.
        detection: the row of the selection that shows one, or None.
    """
    rois, thresholds = selection.rois, selection.thresholds
    rows, labels = np.nonzero(overlaps >= np.float32(least))
    scores = rois.pair_scores[rows, labels]
    order = np.argsort(-scores, kind="stable")
    rows, labels, scores = rows[order], labels[order], scores[order]
    above = scores > thresholds.scores(rois.pair_scores.shape[1])[labels - 1]
    failed, rival, facts, place, rank = None, None, {}, 0, None
    nms: float | None = None
    left, met = 0, selection
    if detection is not None:
        row, label = int(selection.proposal[detection]), int(selection.labels[detection])
        place = int(np.flatnonzero((rows == row) & (labels == label))[0])
        rank, left = detection + 1, 1
    elif not above.any():
        failed, facts = "class_score", _scored(rois.pair_scores[rows[0]], rows[0], labels[0])
    else:
        met = select(trace, apply_change(thresholds, EVERYTHING), rois)
        ranks = {pair: row + 1 for row, pair in enumerate(met.pairs)}
        pairs = list(zip(rows[above].tolist(), labels[above].tolist(), strict=True))
        left = sum(pair in ranks for pair in pairs)
        if left:
            failed = "max_detections"
            rank = min(ranks[pair] for pair in pairs if pair in ranks)
            place = int(np.flatnonzero(above)[[ranks.get(pair) for pair in pairs].index(rank)])
        else:
            failed = "class_nms"
            nearest, nms, rival = _suppressed(trace, met, rows[above], labels[above])
            place = int(np.flatnonzero(above)[nearest])
    row, label = int(rows[place]), int(labels[place])
    limit = float(thresholds.scores(rois.pair_scores.shape[1])[label - 1])
    numbers: dict[str, tuple[float | None, float | None, int]] = {
        "refinement": (float(overlaps[row, label]), least, len(rows)),
        "class_score": (float(scores[place]), limit, int(above.sum())),
    }
    if failed != "class_score":
        numbers["box_size"] = (*_size(rois.pair_boxes[row, label]), int(above.sum()))
        if rank is not None:
            nms = _nearest_kept(met, row, label)
        numbers["class_nms"] = (nms, thresholds.nms, left)
    if rank is not None:
        shown = left if failed is None else 0
        numbers["max_detections"] = (rank, thresholds.max_detections, shown)
    return HeadPassage(row, label, numbers, failed, rival, facts)


def _scored(scores: NDArray[np.float32], row: Any, label: Any) -> dict[str, Any]:
    """Whom the head believed in instead, of (C,) scores."""
    winner = int(scores[1:].argmax()) + 1
    return {
        "proposal": int(row),
        "label": int(label),
        "score": float(scores[label]),
        "winner": winner,
        "winner_score": float(scores[winner]),
        "background": float(scores[0]),
    }


def _size(box: NDArray[np.float32]) -> tuple[float, float]:
    """The shorter side of a box (4,), network-input px, and the least that there may be."""
    from engine.detection.pipeline.filters import MIN_REFINED_SIZE

    return float((box[2:] - box[:2]).min()), MIN_REFINED_SIZE


def _nearest_kept(selection: Selection, row: int, label: int) -> float:
    """The IoU with the better box that came nearest to suppressing a pair; 0 for none."""
    rois, thresholds = selection.rois, selection.thresholds
    better = selection.scores >= rois.pair_scores[row, label]
    if not thresholds.class_agnostic:
        better &= selection.labels == label
    better &= (selection.proposal != row) | (selection.labels != label)
    boxes = rois.pair_boxes[selection.proposal[better], selection.labels[better]]
    overlaps = iou(rois.pair_boxes[row, label], boxes)
    return float(overlaps[overlaps <= float_below(thresholds.nms)].max(initial=0))


def _suppressed(
    trace: StageTrace,
    everything: Selection,
    rows: NDArray[np.int64],
    labels: NDArray[np.int64],
) -> tuple[int, float | None, dict[str, Any] | None]:
    """Which of the pairs came nearest to surviving the NMS, the IoU, and who suppressed it."""
    rois, thresholds = everything.rois, everything.thresholds
    entered, columns = entered_pairs(everything)
    boxes, scores = rois.pair_boxes[entered, columns], rois.pair_scores[entered, columns]
    groups = np.zeros_like(columns) if thresholds.class_agnostic else columns
    shown = set(everything.pairs)
    pairs = list(zip(entered.tolist(), columns.tolist(), strict=True))
    kept = np.array([pair in shown for pair in pairs], bool)
    place = {pair: index for index, pair in enumerate(pairs)}
    best: tuple[float, int, int] | None = None
    for which, pair in enumerate(zip(rows[:TRIES].tolist(), labels[:TRIES].tolist(), strict=True)):
        by = suppressor(place[pair], boxes, scores, groups, kept, threshold=thresholds.nms)
        if by is not None and (best is None or by[1] < best[0]):
            best = by[1], by[0], which
    if best is None:
        return 0, None, None
    overlap, index, which = best
    rival = {
        "kind": "pair",
        "proposal": int(entered[index]),
        "label": int(columns[index]),
        "box": trace.to_picture(boxes[index]).tolist(),
        "score": float(scores[index]),
        "iou": overlap,
    }
    return which, overlap, rival
