"""The heads of a two-stage detector, called as its `forward` calls them, one at a time.

Sources: torchvision, models/detection/roi_heads.py, ops/poolers.py.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from torchvision.models.detection.roi_heads import keypointrcnn_inference
from torchvision.ops import boxes as box_ops

from engine.detection.pipeline.pooling import pool_rois


@dataclass(frozen=True)
class Answers:
    """What the box head says of some RoIs, on the model's device.

    Attributes:
        class_logits, pair_scores: (P, C).
        pair_boxes: (P, C, 4) refined and clipped, network-input px.
        roi_level: (P,).
    """

    class_logits: Tensor
    pair_scores: Tensor
    pair_boxes: Tensor
    roi_level: Tensor


@torch.no_grad()
def box_head(
    heads: Any, features: OrderedDict[str, Tensor], rois: Tensor, *, input_size: tuple[int, int]
) -> Answers:
    """The box head's answers for RoIs.

    Args:
        heads: torchvision's `RoIHeads`.
        features: (1, C, h, w) maps by level.
        rois: (P, 4) float32 xyxy, network-input px.
        input_size: (height, width) without padding, network-input px.
    """
    pooled = pool_rois(heads.box_roi_pool, features, rois, input_size=input_size)
    # float() changes nothing but in bfloat16, whose numbers are too coarse from here on.
    class_logits, regression = (
        part.float() for part in heads.box_predictor(heads.box_head(pooled))
    )
    pair_scores = functional.softmax(class_logits, -1)
    pair_boxes = heads.box_coder.decode(regression, [rois]).reshape(*class_logits.shape, 4)
    pair_boxes = box_ops.clip_boxes_to_image(pair_boxes, input_size)
    level = roi_level(heads.box_roi_pool, list(features), [rois])
    return Answers(class_logits, pair_scores, pair_boxes, level)


def roi_level(pool: Any, names: list[str], rois: list[Tensor]) -> Tensor:
    """(P,) int64: the feature map each RoI is pooled from, as an index into `names`.

    Args:
        rois: (P, 4) float32 xyxy, network-input px; a tensor a picture.
    """
    pooled = [index for index, name in enumerate(names) if name in pool.featmap_names]
    if len(pooled) == 1:
        return torch.full((len(rois[0]),), pooled[0], dtype=torch.int64, device=rois[0].device)
    return torch.as_tensor(pooled, device=rois[0].device)[pool.map_levels(rois)]


@torch.no_grad()
def mask_probs(
    heads: Any,
    features: OrderedDict[str, Tensor],
    boxes: Tensor,
    labels: Tensor,
    *,
    input_size: tuple[int, int],
) -> Tensor:
    """(D, 28, 28) float32 soft masks, 0 to 1, of boxes, from their labels' channels.

    Args:
        boxes: (D, 4) float32 xyxy, network-input px.
        labels: (D,) int64.
    """
    pooled = pool_rois(heads.mask_roi_pool, features, boxes, input_size=input_size)
    logits = heads.mask_predictor(heads.mask_head(pooled)).float()
    # As `maskrcnn_inference`, but the sigmoid is of each one's own class, not of all 91.
    own: Tensor = logits[torch.arange(len(labels), device=labels.device), labels].sigmoid()
    return own


@torch.no_grad()
def keypoints(
    heads: Any, features: OrderedDict[str, Tensor], boxes: Tensor, *, input_size: tuple[int, int]
) -> tuple[Tensor, Tensor]:
    """Keypoints (D, K, 3) float32, x, y in network-input px and 1, and raw scores (D, K).

    Args:
        boxes: (D, 4) float32 xyxy, network-input px.
    """
    pooled = pool_rois(heads.keypoint_roi_pool, features, boxes, input_size=input_size)
    logits = heads.keypoint_predictor(heads.keypoint_head(pooled)).float()
    points, scores = keypointrcnn_inference(logits, [boxes])
    return points[0], scores[0]
