"""Where a detection comes from, and whom it suppressed on the way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.detection.overlap import suppressor
from engine.detection.selection import Selection
from engine.detection.trace import FATE, StageTrace


@dataclass(frozen=True, eq=False)
class Ancestry:
    """One detection's way from its anchor; boxes (4,) in picture px.

    Attributes:
        anchor, level, anchor_box: where it began.
        objectness: logit.
        decoded: the anchor moved by its deltas, not clipped.
        proposal, proposal_box: its rank among the proposals, and the clipped box.
        roi_level: the feature map the head pooled from.
        label, score: the class and how sure the head is.
        class_scores: (C,) of all classes, the background first.
        box: the result.
        covered_anchors: anchors whose boxes it suppressed at the RPN's NMS.
        covered_pairs: (proposal, label) pairs it suppressed at the class NMS.
    """

    anchor: int
    level: int
    anchor_box: NDArray[np.float32]
    objectness: float
    decoded: NDArray[np.float32]
    proposal: int
    proposal_box: NDArray[np.float32]
    roi_level: int
    label: int
    score: float
    class_scores: NDArray[np.float32]
    box: NDArray[np.float32]
    covered_anchors: tuple[int, ...]
    covered_pairs: tuple[tuple[int, int], ...]


def ancestry(trace: StageTrace, selection: Selection, row: int) -> Ancestry:
    """Where the detection in a row of a selection comes from."""
    proposal, label = int(selection.proposal[row]), int(selection.labels[row])
    anchor = int(trace.proposal_anchor[proposal])
    return Ancestry(
        anchor=anchor,
        level=int(trace.anchor_level[anchor]),
        anchor_box=trace.to_picture(trace.anchors[anchor]),
        objectness=float(trace.objectness[anchor]),
        decoded=trace.to_picture(trace.decoded[anchor]),
        proposal=proposal,
        proposal_box=trace.to_picture(trace.proposals[proposal]),
        roi_level=int(trace.roi_level[proposal]),
        label=label,
        score=float(selection.scores[row]),
        class_scores=trace.pair_scores[proposal],
        box=selection.boxes[row],
        covered_anchors=_covered_anchors(trace, anchor),
        covered_pairs=_covered_pairs(trace, selection, (proposal, label)),
    )


def _covered_anchors(trace: StageTrace, anchor: int) -> tuple[int, ...]:
    entered = np.flatnonzero(trace.fate >= FATE["rpn_nms"])
    height, width = trace.input_size
    boxes = trace.decoded[entered].clip(0, np.array([width, height, width, height], np.float32))
    scores, levels = trace.objectness[entered], trace.anchor_level[entered]
    kept = trace.fate[entered] > FATE["rpn_nms"]
    lost = np.flatnonzero(~kept & (levels == trace.anchor_level[anchor]))
    covered = []
    for place in lost:
        by = suppressor(int(place), boxes, scores, levels, kept, threshold=trace.rpn_nms_threshold)
        if by is not None and entered[by[0]] == anchor:
            covered.append(int(entered[place]))
    return tuple(covered)


def _covered_pairs(
    trace: StageTrace, selection: Selection, pair: tuple[int, int]
) -> tuple[tuple[int, int], ...]:
    rows, columns = np.nonzero(trace.pair_scores[:, 1:] > np.float32(selection.thresholds.score))
    columns = columns + 1
    pairs = list(zip(rows.tolist(), columns.tolist(), strict=True))
    shown = set(selection.pairs)
    kept = np.array([each in shown for each in pairs], bool)
    boxes, scores = trace.pair_boxes[rows, columns], trace.pair_scores[rows, columns]
    covered = []
    for place in np.flatnonzero(~kept & (columns == pair[1])):
        by = suppressor(
            int(place), boxes, scores, columns, kept, threshold=selection.thresholds.nms
        )
        over = by is not None and by[1] > np.float32(selection.thresholds.nms)
        if by is not None and over and pairs[by[0]] == pair:
            covered.append(pairs[place])
    return tuple(covered)
