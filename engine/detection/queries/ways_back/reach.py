"""Which boxes might come to cover an object, and whether all of them were asked.

What is shown of an object is a box that the head has refined, so the head is
asked for every anchor from whose decoded box refinement might reach the object.
Measured on 96 lost persons: what came to cover one (IoU >= .5) began at .25 or more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import iou
from engine.detection.pipeline.rois import Rois
from engine.detection.pipeline.rpn_filter import MIN_PROPOSAL_SIZE
from engine.detection.pipeline.trace import StageTrace
from engine.detection.queries.pair_overlaps import pair_overlaps
from engine.detection.queries.routes import CLASS_SCORE, NEVER, NO_COVER, Proof

REACH = 0.1  # IoU of a decoded box with the object from which on the head is asked
ASKED_AT_MOST = 3000  # boxes; where more are in reach, an NMS thins them out
THINNED_AT = 0.9  # by this IoU


@dataclass(frozen=True, eq=False)
class Reach:
    """The boxes that the head is to be asked for.

    Attributes:
        anchor: (n,) int64, nearest to the object first.
        nms: the IoU above which a box was left out for a better one of its level; 1 for none.
        complete: whether there are no more than can be asked.
    """

    anchor: NDArray[np.int64]
    nms: float
    complete: bool


def in_reach(trace: StageTrace, target: NDArray[np.float32]) -> Reach:
    """The anchors whose decoded boxes are near enough to a box (4,), picture px."""
    clipped = trace.clipped()
    cover = iou(target, trace.to_picture(clipped))
    sides = clipped[:, 2:] - clipped[:, :2]
    anchor = np.flatnonzero((cover >= REACH) & (sides >= MIN_PROPOSAL_SIZE).all(1))
    nms = 1.0
    if len(anchor) > ASKED_AT_MOST:
        nms, anchor = THINNED_AT, _thinned(trace, anchor, clipped)
    anchor = anchor[np.argsort(-cover[anchor], kind="stable")]
    return Reach(anchor[:ASKED_AT_MOST], nms, len(anchor) <= ASKED_AT_MOST)


def _thinned(
    trace: StageTrace, anchor: NDArray[np.int64], clipped: NDArray[np.float32]
) -> NDArray[np.int64]:
    import torch
    from torchvision.ops import batched_nms

    parts = clipped[anchor], trace.objectness[anchor], trace.anchor_level[anchor]
    kept = batched_nms(*map(torch.from_numpy, parts), THINNED_AT)
    result: NDArray[np.int64] = anchor[kept.numpy()]
    return result


@dataclass(frozen=True, eq=False)
class Candidates:
    """The pairs of an answered anchor and a class whose refined box covers an object.

    Best score first: `anchor`, `label` (n,) int64, `score`, `iou` (n,) float32.
    """

    anchor: NDArray[np.int64]
    label: NDArray[np.int64]
    score: NDArray[np.float32]
    iou: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.anchor)

    def above(self, score: float) -> Candidates:
        """Those that the head gives more."""
        count = int((self.score > score).sum())
        return Candidates(
            self.anchor[:count], self.label[:count], self.score[:count], self.iou[:count]
        )


def candidates(
    trace: StageTrace,
    rois: Rois,
    target: NDArray[np.float32],
    label: int | None,
    least: float,
) -> Candidates:
    """The pairs among what the head has answered that cover a box (4,), picture px."""
    overlaps = pair_overlaps(trace, rois, target, label)
    row, column = np.nonzero(overlaps >= np.float32(least))
    score = rois.pair_scores[row, column]
    order = np.argsort(-score, kind="stable")
    row, column = row[order], column[order]
    return Candidates(rois.anchor[row], column, score[order], overlaps[row, column])


def prove(
    trace: StageTrace,
    rois: Rois,
    reach: Reach,
    target: NDArray[np.float32],
    label: int | None,
    least: float,
) -> Proof | None:
    """Why no settings bring an object back, once the head has answered for all in reach.

    None where they were more than could be asked, or where something could bring it back.
    """
    found = candidates(trace, rois, target, label, least)
    if not reach.complete or len(found.above(NEVER)):
        return None
    decoded = trace.to_picture(trace.clipped())
    before = iou(target, decoded)
    anchors = iou(target, trace.to_picture(trace.anchors))
    overlaps = pair_overlaps(trace, rois, target, label)
    facts: dict[str, Any] = {
        "searched": len(reach.anchor),
        "reach": REACH,
        "searched_nms": reach.nms,
        "best_anchor_iou": float(anchors.max(initial=0)),
        "best_score": float(found.score[0]) if len(found) else None,
        "label": int(found.label[0]) if len(found) else None,
    }
    covered = max(before.max(initial=0), anchors.max(initial=0)) >= least
    if len(found):
        facts["gate"], row = "class_score", rois.row(int(found.anchor[0]))
    elif covered and len(rois):  # what covered the object, and what refinement made of it
        facts["gate"] = "refinement"
        row = int(np.maximum(before, anchors)[rois.anchor].argmax())
    else:
        facts["gate"] = "anchor"
        row = int(overlaps.max(1).argmax()) if len(rois) else -1
    if row >= 0:
        anchor, column = int(rois.anchor[row]), int(overlaps[row].argmax())
        by_rpn = before[anchor] < least <= anchors[anchor]  # it moved the anchor off the object
        boxes, ious = (trace.to_picture(trace.anchors), anchors) if by_rpn else (decoded, before)
        facts |= {
            "moved_by": "rpn" if by_rpn else "head",
            "anchor": anchor,
            "level": trace.feature_names[int(trace.anchor_level[anchor])],
            "anchor_iou": float(anchors[anchor]),
            "iou_before": float(ious[anchor]),
            "iou_after": float(overlaps[row, column]),
            "anchor_box": trace.to_picture(trace.anchors[anchor]).tolist(),
            "box_before": boxes[anchor].tolist(),
            "box_after": trace.to_picture(rois.pair_boxes[row, column]).tolist(),
        }
    return Proof(CLASS_SCORE if len(found) else NO_COVER, facts)
