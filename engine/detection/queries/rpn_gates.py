"""An object at the RPN's gates: its numbers at those it passed, and at the one that stopped it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import float_below, iou, suppressor
from engine.detection.pipeline.rpn_filter import MIN_PROPOSAL_SIZE
from engine.detection.pipeline.selection import Selection
from engine.detection.pipeline.trace import FATE, FATE_NAMES, FIRST_PROPOSAL_FATE, StageTrace

TRIES = 40  # of the best candidates are compared at an NMS
RPN_GATES = FATE_NAMES[:FIRST_PROPOSAL_FATE]


@dataclass(frozen=True, eq=False)
class Passage:
    """What became of anchors at one gate.

    Attributes:
        anchor: the one whose numbers these are: it came furthest.
        number, threshold: what was compared.
        rival: who suppressed it, where a gate is an NMS and it did not pass.
    """

    anchor: int
    number: float | None
    threshold: float | None
    rival: Mapping[str, Any] | None = None


def stopped(
    trace: StageTrace, selection: Selection, name: str, anchors: NDArray[np.int64]
) -> Passage:
    """The anchor (of n, int64) that came nearest to passing a gate where all of them ended."""
    if name == "rpn_nms":
        return _suppressed(trace, selection, anchors)
    if name == "level_top_n":
        best = trace.objectness[anchors]
        ranks = [rank_on_level(trace, int(each)) for each in anchors[np.argsort(-best)][:TRIES]]
        anchor = int(anchors[np.argsort(-best)][int(np.argmin(ranks))])
    elif name == "size":
        anchor = int(anchors[_least_sides(trace, anchors).argmax()])
    else:
        anchor = int(anchors[trace.objectness[anchors].argmax()])
    return passed(trace, selection, name, anchor)


def passed(trace: StageTrace, selection: Selection, name: str, anchor: int) -> Passage:
    """An anchor's own numbers at a gate that it reached."""
    settings = selection.thresholds.rpn(trace)
    if name == "level_top_n":
        return Passage(anchor, rank_on_level(trace, anchor), settings.pre_nms_top_n)
    if name == "size":
        side = float(_least_sides(trace, np.array([anchor]))[0])
        return Passage(anchor, side, MIN_PROPOSAL_SIZE)
    if name == "rpn_score":
        return Passage(anchor, float(scores_of(trace, np.array([anchor]))[0]), settings.score)
    if name == "rpn_nms":
        return Passage(anchor, _nearest_kept(trace, selection, anchor), settings.nms)
    survivors = trace.objectness[selection.fate >= FATE["post_nms_top_n"]]
    place = int((survivors >= trace.objectness[anchor]).sum())
    return Passage(anchor, place, settings.post_nms_top_n)


def rank_on_level(trace: StageTrace, anchor: int) -> int:
    """From 1, by objectness."""
    level = trace.objectness[trace.anchor_level == trace.anchor_level[anchor]]
    return int((level >= trace.objectness[anchor]).sum())


def scores_of(trace: StageTrace, anchors: NDArray[np.int64]) -> NDArray[np.float32]:
    """(n,) float32 objectness as the RPN compares it."""
    import torch

    return torch.sigmoid(torch.from_numpy(trace.objectness[anchors])).numpy()


def _least_sides(trace: StageTrace, anchors: NDArray[np.int64]) -> NDArray[np.float32]:
    boxes = trace.clipped(anchors)
    sides: NDArray[np.float32] = (boxes[:, 2:] - boxes[:, :2]).min(1)
    return sides


def _nearest_kept(trace: StageTrace, selection: Selection, anchor: int) -> float:
    """The IoU with the better box that came nearest to suppressing an anchor's; 0 for none."""
    kept = (selection.fate > FATE["rpn_nms"]) & (trace.objectness >= trace.objectness[anchor])
    kept &= trace.anchor_level == trace.anchor_level[anchor]
    kept[anchor] = False
    others = np.flatnonzero(kept)
    if len(others) == 0:
        return 0.0
    overlaps = iou(trace.clipped(anchor), trace.clipped(others))
    # It passed: what is above the threshold by rounding, or a tie behind it, did not meet it.
    met = overlaps[overlaps <= float_below(selection.thresholds.rpn(trace).nms)]
    return float(met.max(initial=0))


def _suppressed(trace: StageTrace, selection: Selection, anchors: NDArray[np.int64]) -> Passage:
    threshold = selection.thresholds.rpn(trace).nms
    entered = np.flatnonzero(selection.fate >= FATE["rpn_nms"])
    boxes, levels = trace.clipped(entered), trace.anchor_level[entered]
    scores = scores_of(trace, entered)
    kept = selection.fate[entered] > FATE["rpn_nms"]
    found = []
    for anchor in anchors[np.argsort(-trace.objectness[anchors], kind="stable")][:TRIES].tolist():
        place = int(np.searchsorted(entered, anchor))
        by = suppressor(place, boxes, scores, levels, kept, threshold=threshold)
        if by is not None:
            found.append((by[1], int(entered[by[0]]), float(scores[by[0]]), anchor))
    if not found:
        return Passage(int(anchors[trace.objectness[anchors].argmax()]), None, threshold)
    overlap, rival, score, anchor = min(found)
    told = {
        "kind": "anchor",
        "index": rival,
        "box": trace.to_picture(trace.clipped(rival)).tolist(),
        "score": score,
        "iou": overlap,
    }
    return Passage(anchor, overlap, threshold, told)
