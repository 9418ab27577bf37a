"""The settings of the RPN that let an anchor become a proposal."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import iou
from engine.detection.pipeline.overlap_table import mark, overlaps_among, survivors
from engine.detection.pipeline.rpn_filter import MIN_PROPOSAL_SIZE, RpnThresholds, filter_again
from engine.detection.pipeline.trace import StageTrace

NEIGHBOURS = 0.05  # IoU with an anchor's box from which on another has a say in its NMS
STARTS = 3  # settings of the NMS that are tried for an anchor
ANY_NUMBER = 1_000_000


def setup_of(trace: StageTrace, anchor: int, now: RpnThresholds) -> Iterator[dict[str, float]]:
    """Changes of the RPN's settings that make a proposal of an anchor, the strictest first.

    Each takes just what the anchor needs: its rank on its level, its objectness, an NMS that
    spares it, with who else survives there, and its place among the survivors. None is
    stricter than now; {} where it is a proposal already.
    """
    level = np.flatnonzero(trace.anchor_level == trace.anchor_level[anchor])
    own = trace.objectness[anchor]
    better = level[trace.objectness[level] >= own]
    loose = RpnThresholds(
        max(now.pre_nms_top_n, len(better)),
        ANY_NUMBER,
        min(now.score, score_of(trace, anchor)),
        now.nms,
    )
    for nms in _sparing(trace, anchor, better[better != anchor], now.nms):
        left = filter_again(trace, loose._replace(nms=nms)).anchor
        place = np.flatnonzero(left == anchor)
        if len(place) == 0:
            continue  # rounding decides otherwise here
        setup = loose._replace(nms=nms, post_nms_top_n=max(now.post_nms_top_n, int(place[0]) + 1))
        yield {
            f"rpn_{name}": value
            for name, value, before in zip(RpnThresholds._fields, setup, now, strict=True)
            if value != before
        }


def score_of(trace: StageTrace, anchor: int) -> float:
    """An anchor's objectness as the RPN compares it."""
    import torch

    return float(torch.sigmoid(torch.from_numpy(trace.objectness[anchor : anchor + 1]))[0])


def _sparing(
    trace: StageTrace, anchor: int, better: NDArray[np.int64], now: float
) -> Iterator[float]:
    """The lowest NMS thresholds of each range, from now's up, at which a box survives."""
    own = trace.clipped(anchor)
    boxes = trace.clipped(better)
    whole = ((boxes[:, 2:] - boxes[:, :2]) >= MIN_PROPOSAL_SIZE).all(1)
    near = whole & (iou(own, boxes) > NEIGHBOURS)
    order = np.argsort(-trace.objectness[better[near]], kind="stable")
    boxes = np.concatenate([boxes[near][order], own[None]])
    overlaps = overlaps_among(boxes)
    last = len(boxes) - 1
    over = sorted({float(value) for value in overlaps[last, :last] if value > now})
    found, spared = 0, False
    for nms in [now, *over]:
        before, spared = spared, last in survivors(range(len(boxes)), mark(overlaps, nms))
        if spared and not before:
            yield nms
            found += 1
            if nms == now or found == STARTS:
                return
