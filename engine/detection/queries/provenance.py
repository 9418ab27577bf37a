"""Where a detection comes from, and whom it suppressed on the way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import float_below, suppressor
from engine.detection.pipeline.selection import Selection, entered_pairs
from engine.detection.pipeline.trace import FATE, StageTrace


@dataclass(frozen=True, eq=False)
class Ancestry:
    """One detection's way from its anchor; boxes (4,) float32 xyxy in picture px.

    Attributes:
        anchor, level, anchor_box: where it began.
        objectness: logit.
        decoded: the anchor moved by its deltas, not clipped.
        proposal, proposal_box: its row of the selection's RoIs, and the clipped box.
        roi_level: the feature map the head pooled from.
        label, score: the class and how sure the head is.
        class_scores: (C,) float32, of all classes, the background first.
        box: the result.
        covered_anchors: anchors whose boxes it suppressed at the RPN's NMS.
        covered_anchor_ious: of each with it, as the NMS saw it.
        covered_pairs: (proposal, label) pairs it suppressed at the class NMS.
        covered_pair_ious: of each with it, as the NMS saw it.
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
    covered_anchor_ious: tuple[float, ...]
    covered_pairs: tuple[tuple[int, int], ...]
    covered_pair_ious: tuple[float, ...]


def ancestry(trace: StageTrace, selection: Selection, row: int) -> Ancestry:
    """Where the detection in a row of a selection comes from."""
    proposal, label = int(selection.proposal[row]), int(selection.labels[row])
    rois = selection.rois
    anchor = int(rois.anchor[proposal])
    anchors, pairs = _covered_anchors(trace, selection, anchor), _covered_pairs(selection, row)
    return Ancestry(
        anchor=anchor,
        level=int(trace.anchor_level[anchor]),
        anchor_box=trace.to_picture(trace.anchors[anchor]),
        objectness=float(trace.objectness[anchor]),
        decoded=trace.to_picture(trace.decoded[anchor]),
        proposal=proposal,
        proposal_box=trace.to_picture(rois.boxes[proposal]),
        roi_level=int(rois.roi_level[proposal]),
        label=label,
        score=float(selection.scores[row]),
        class_scores=rois.pair_scores[proposal],
        box=selection.boxes[row],
        covered_anchors=tuple(each for each, _ in anchors),
        covered_anchor_ious=tuple(overlap for _, overlap in anchors),
        covered_pairs=tuple(each for each, _ in pairs),
        covered_pair_ious=tuple(overlap for _, overlap in pairs),
    )


def _covered_anchors(
    trace: StageTrace, selection: Selection, anchor: int
) -> list[tuple[int, float]]:
    threshold = selection.thresholds.rpn(trace).nms
    entered = np.flatnonzero(selection.fate >= FATE["rpn_nms"])
    boxes = trace.clipped(entered)
    scores, levels = trace.objectness[entered], trace.anchor_level[entered]
    kept = selection.fate[entered] > FATE["rpn_nms"]
    covered = []
    for place in np.flatnonzero(~kept & (levels == trace.anchor_level[anchor])):
        by = suppressor(int(place), boxes, scores, levels, kept, threshold=threshold)
        if by is not None and entered[by[0]] == anchor:
            covered.append((int(entered[place]), by[1]))
    return covered


def _covered_pairs(selection: Selection, row: int) -> list[tuple[tuple[int, int], float]]:
    thresholds, rois = selection.thresholds, selection.rois
    pair = selection.pairs[row]
    rows, columns = entered_pairs(selection)
    pairs = list(zip(rows.tolist(), columns.tolist(), strict=True))
    shown = set(selection.pairs)
    kept = np.array([each in shown for each in pairs], bool)
    boxes, scores = rois.pair_boxes[rows, columns], rois.pair_scores[rows, columns]
    groups = np.zeros_like(columns) if thresholds.class_agnostic else columns
    group = 0 if thresholds.class_agnostic else pair[1]
    covered = []
    for place in np.flatnonzero(~kept & (groups == group)):
        by = suppressor(int(place), boxes, scores, groups, kept, threshold=thresholds.nms)
        over = by is not None and by[1] > float_below(thresholds.nms)
        if by is not None and over and pairs[by[0]] == pair:
            covered.append((pairs[place], by[1]))
    return covered
