"""Every RoI that the box head has answered: the stock proposals, then the rest of the superset.

Rows never move, so a row and a label name a detection under every slider. The
stock rows hold the stock pass's own numbers; rows answered later, in other
batches, differ from what a stock pass would give by rounding. No torch here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.trace import StageTrace


@dataclass(frozen=True, eq=False)
class Rois:
    """R RoIs, C classes with the background as 0; boxes in network-input px.

    Attributes:
        anchor: (R,) int64, where each came from.
        boxes: (R, 4) float32, clipped.
        roi_level: (R,) int64, the feature map it was pooled from.
        class_logits: (R, C) float32.
        pair_scores: (R, C) float32, their softmax.
        pair_boxes: (R, C, 4) float32, refined and clipped.
        stock: how many of the first rows are the stock pass's proposals.
        anchors: how many anchors the picture has.
    """

    anchor: NDArray[np.int64]
    boxes: NDArray[np.float32]
    roi_level: NDArray[np.int64]
    class_logits: NDArray[np.float32]
    pair_scores: NDArray[np.float32]
    pair_boxes: NDArray[np.float32]
    stock: int
    anchors: int

    def __len__(self) -> int:
        return len(self.anchor)

    @cached_property
    def row_of(self) -> NDArray[np.int32]:
        """(A,) int32: the row of each anchor, -1 where the head has not answered."""
        rows = np.full(self.anchors, -1, np.int32)
        rows[self.anchor] = np.arange(len(self.anchor), dtype=np.int32)
        return rows

    def row(self, anchor: int) -> int:
        """The row of an anchor, or -1."""
        return int(self.row_of[anchor])

    def joined(self, more: Rois) -> Rois:
        """With more rows after these; those of anchors that are here already are left out."""
        new = self.row_of[more.anchor] < 0
        arrays = {
            name: np.concatenate([getattr(self, name), getattr(more, name)[new]])
            for name in _ARRAYS
        }
        return Rois(**arrays, stock=self.stock, anchors=self.anchors)


_ARRAYS = ("anchor", "boxes", "roi_level", "class_logits", "pair_scores", "pair_boxes")


def stock_rois(trace: StageTrace) -> Rois:
    """The proposals of the stock pass alone; nothing is copied."""
    return Rois(
        anchor=trace.proposal_anchor,
        boxes=trace.proposals,
        roi_level=trace.roi_level,
        class_logits=trace.class_logits,
        pair_scores=trace.pair_scores,
        pair_boxes=trace.pair_boxes,
        stock=len(trace.proposals),
        anchors=len(trace.anchors),
    )
