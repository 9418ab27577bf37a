"""The two filters of a two-stage detector, with the index of what they let through.

torchvision filters the RPN's boxes and the head's pairs inside functions that
return the survivors only. Here are the same operators on the same sets in the
same order, so that ties fall alike, and each box's fate beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torchvision.ops import boxes as box_ops

from engine.detection.pipeline.trace import FATE, FIRST_PROPOSAL_FATE

MIN_REFINED_SIZE = 1e-2  # px; roi_heads.py drops smaller boxes


@dataclass(frozen=True)
class Proposals:
    """What leaves the RPN.

    Attributes:
        boxes: (P, 4) float32 xyxy, network-input px, clipped.
        anchor: (P,) int64, the anchor each comes from.
        fate: (A,) uint8, of `FATE`; a proposal's is still open.
        level: (A,) int64, the pyramid level of each anchor.
    """

    boxes: Tensor
    anchor: Tensor
    fate: NDArray[np.uint8]
    level: Tensor


@torch.no_grad()
def filter_proposals(
    rpn: Any,
    *,
    objectness: Tensor,
    decoded: Tensor,
    per_level: list[int],
    input_size: tuple[int, int],
) -> Proposals:
    """The anchors' boxes that survive the RPN's gates.

    Args:
        rpn: torchvision's `RegionProposalNetwork`, for its settings.
        objectness: (A,) logits.
        decoded: (A, 4) float32 xyxy, network-input px, not clipped.
        per_level: how many anchors each level has.
        input_size: (height, width) in network-input px, without padding.

    Source: torchvision, models/detection/rpn.py, `filter_proposals`, for one
    image; the same operators on the same sets in the same order.
    """
    device = objectness.device
    level = torch.cat(
        [torch.full((n,), i, dtype=torch.int64, device=device) for i, n in enumerate(per_level)]
    )
    fate = torch.full((len(decoded),), FATE["level_top_n"], dtype=torch.uint8, device=device)
    # The shape (1, A) matters: it decides which of torch's sorts breaks the ties.
    anchor = rpn._get_top_n_idx(objectness[None], per_level)[0]
    scores = torch.sigmoid(objectness[anchor])
    boxes = box_ops.clip_boxes_to_image(decoded[anchor], input_size)

    fate[anchor] = FATE["size"]
    keep = box_ops.remove_small_boxes(boxes, rpn.min_size)
    boxes, scores, anchor = boxes[keep], scores[keep], anchor[keep]

    fate[anchor] = FATE["rpn_score"]
    keep = torch.where(scores >= rpn.score_thresh)[0]
    boxes, scores, anchor = boxes[keep], scores[keep], anchor[keep]

    fate[anchor] = FATE["rpn_nms"]
    keep = box_ops.batched_nms(boxes, scores, level[anchor], rpn.nms_thresh)
    fate[anchor[keep]] = FATE["post_nms_top_n"]
    keep = keep[: rpn.post_nms_top_n()]
    boxes, anchor = boxes[keep], anchor[keep]
    fate[anchor] = FIRST_PROPOSAL_FATE
    return Proposals(boxes, anchor, fate.cpu().numpy(), level)


@torch.no_grad()
def select_pairs(
    pair_scores: Tensor, pair_boxes: Tensor, *, score: float, nms: float, max_detections: int
) -> tuple[Tensor, Tensor, Tensor, Tensor, NDArray[np.uint8]]:
    """As `suppress`, of all pairs whose score is above `score`.

    Args:
        pair_scores: (P, C) float32, the background first.
        pair_boxes: (P, C, 4) float32 xyxy, network-input px.

    Returns:
        as `suppress`.
    """
    count, classes = pair_scores.shape
    scores = pair_scores[:, 1:].reshape(-1)
    pair = torch.where(scores > score)[0]
    proposal = torch.div(pair, max(classes - 1, 1), rounding_mode="floor")
    labels = pair - proposal * (classes - 1) + 1
    return suppress(
        proposal,
        labels,
        scores[pair],
        pair_boxes[proposal, labels],
        proposals=count,
        nms=nms,
        max_detections=max_detections,
    )


@torch.no_grad()
def suppress(
    proposal: Tensor,
    labels: Tensor,
    scores: Tensor,
    boxes: Tensor,
    *,
    proposals: int,
    nms: float,
    max_detections: int,
    class_agnostic: bool = False,
) -> tuple[Tensor, Tensor, Tensor, Tensor, NDArray[np.uint8]]:
    """The (proposal, class) pairs that survive size, NMS per class and top-k.

    Args:
        proposal, labels, scores, boxes: (N,) int64, (N,) int64, (N,) float32 and
            (N, 4) float32 xyxy in network-input px, of the pairs above the score
            threshold, by proposal and then by class.
        proposals: how many proposals there are, P.
        nms: a box is suppressed by a better one of its class with IoU above it.
        max_detections: how many are kept over all classes.
        class_agnostic: or by a better one of any class; torchvision has no such setting.

    Returns:
        proposal (D,), labels (D,), scores (D,), boxes (D, 4), best first, and
        fate (P,) uint8: the furthest gate that any pair of the proposal reached.

    Source: torchvision, models/detection/roi_heads.py, `postprocess_detections`;
    the same operators on the same sets in the same order, so ties fall alike.
    """
    fate = torch.full((proposals,), FATE["class_score"], dtype=torch.uint8, device=scores.device)
    fate[proposal] = FATE["box_size"]
    keep = box_ops.remove_small_boxes(boxes, min_size=MIN_REFINED_SIZE)
    boxes, scores, labels, proposal = boxes[keep], scores[keep], labels[keep], proposal[keep]

    fate[proposal] = FATE["class_nms"]
    if class_agnostic:
        keep = box_ops.nms(boxes, scores, nms)
    else:
        keep = box_ops.batched_nms(boxes, scores, labels, nms)
    fate[proposal[keep]] = FATE["max_detections"]
    keep = keep[:max_detections]
    fate[proposal[keep]] = FATE["detected"]
    return proposal[keep], labels[keep], scores[keep], boxes[keep], fate.cpu().numpy()
