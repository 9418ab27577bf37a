"""The losses of a two-stage detector on pictures that are labelled in part.

torchvision's own training pass, written out, with two differences: an anchor or a
proposal that lies in an ignored region is no negative, and an object takes part in the
mask or the keypoint loss only where its outline or its points are known. Where
everything is known the losses are torchvision's.

Sources: torchvision, models/detection/generalized_rcnn.py, rpn.py, roi_heads.py; ignored
regions as Detectron's `_filter_crowd_proposals` has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.roi_heads import (
    fastrcnn_loss,
    keypointrcnn_loss,
    maskrcnn_loss,
)
from torchvision.models.detection.rpn import concat_box_prediction_layers
from torchvision.models.detection.transform import resize_boxes
from torchvision.ops import boxes as box_ops

from engine.training.spec import HEADS, PARTS

HEAD_PARTS = frozenset(HEADS) - {"rpn"}  # those that learn from proposals
MOSTLY = 0.5  # a box lies in a region when more than this share of its area does
BACKGROUND, UNUSED = 0, -1  # labels of anchors and proposals, as torchvision's samplers read them

Target = dict[str, Tensor]


@dataclass(frozen=True)
class Samples:
    """The RoIs that the heads learn from at a step, a list entry a picture.

    Attributes:
        boxes: (R, 4) float32 xyxy, network-input px.
        labels: (R,) int64, 0 for the background.
        matches: (R,) int64, the object of each; without meaning for the background.
        regression: (R, 4) box targets, encoded as torchvision's box coder does.
    """

    boxes: list[Tensor]
    labels: list[Tensor]
    matches: list[Tensor]
    regression: Sequence[Tensor]


def compute_losses(
    model: GeneralizedRCNN,
    images: list[Tensor],
    targets: list[Target],
    *,
    parts: Sequence[str] = PARTS,
    lender: GeneralizedRCNN | None = None,
) -> dict[str, Tensor]:
    """The losses of a training step, by torchvision's names.

    Args:
        model: in training mode.
        images: (3, H, W) float32 in 0 to 1 each.
        targets: `boxes` (N, 4) xyxy, `labels` (N,), `masks` (N, H, W) uint8, in picture
            pixels; may have `keypoints` (N, K, 3) and `ignored` (M, 4).
        parts: the parts of the net that learn, of `PARTS`; the losses of others are not
            computed.
        lender: another net, in eval mode, whose proposals from features of its own the heads
            learn from; None for the net's own.

    Source: torchvision, models/detection/rpn.py and roi_heads.py, in training mode.
    """
    sizes = [(int(image.shape[-2]), int(image.shape[-1])) for image in images]
    batch, resized = model.transform(images, targets)
    for target, before, after in zip(resized, sizes, batch.image_sizes, strict=True):
        if "ignored" in target:
            target["ignored"] = resize_boxes(target["ignored"], before, after)
    features = model.backbone(batch.tensors)
    heads = not HEAD_PARTS.isdisjoint(parts)
    learn = "rpn" in parts
    if lender is None:
        proposals, losses = _propose(model.rpn, batch, features, resized, learn=learn, keep=heads)
    else:
        lender.rpn.train()  # as many proposals as a detector learns from
        with torch.no_grad():
            of_lender = lender.backbone(batch.tensors)
            proposals, losses = _propose(lender.rpn, batch, of_lender, resized, learn=False)
    if heads:
        samples = sample_rois(model.roi_heads, proposals, resized)
        sizes = batch.image_sizes
        losses |= _head_losses(model.roi_heads, features, sizes, samples, resized, parts)
    return losses


def _propose(
    rpn: Any,
    batch: ImageList,
    features: dict[str, Tensor],
    targets: list[Target],
    *,
    learn: bool,
    keep: bool = True,
) -> tuple[list[Tensor], dict[str, Tensor]]:
    """Proposals of each picture where they are kept, and the RPN's losses where it learns."""
    levels = list(features.values())
    objectness, deltas = rpn.head(levels)
    anchors = rpn.anchor_generator(batch, levels)
    counts = [int(scores[0].numel()) for scores in objectness]
    objectness, deltas = concat_box_prediction_layers(objectness, deltas)
    proposals: list[Tensor] = []
    if keep:
        decoded = rpn.box_coder.decode(deltas.detach(), anchors).view(len(anchors), -1, 4)
        proposals, _ = rpn.filter_proposals(decoded, objectness, batch.image_sizes, counts)
    if not learn:
        return proposals, {}
    labels, matched = rpn.assign_targets_to_anchors(anchors, targets)
    labels = [ignore(*group) for group in zip(labels, anchors, targets, strict=True)]
    wanted = rpn.box_coder.encode(matched, anchors)
    of_objectness, of_boxes = rpn.compute_loss(objectness, deltas, labels, wanted)
    return proposals, {"loss_objectness": of_objectness, "loss_rpn_box_reg": of_boxes}


def ignore(labels: Tensor, boxes: Tensor, target: Target) -> Tensor:
    """Labels in which what lies mostly in an ignored region is no negative.

    An anchor or proposal that matches an object stays a positive: crowds are given by
    boxes, in which whole persons with an annotation of their own may stand.

    Args:
        labels: (A,) 0 for negatives, -1 for what is not used.
        boxes: (A, 4) xyxy, px of the network's input.
    """
    regions = target.get("ignored")
    if regions is None or not len(regions):
        return labels
    corner = torch.maximum(boxes[:, None, :2], regions[None, :, :2])
    end = torch.minimum(boxes[:, None, 2:], regions[None, :, 2:])
    shared = (end - corner).clamp(min=0).prod(2).amax(1)
    inside = shared > MOSTLY * box_ops.box_area(boxes)
    return torch.where(inside & (labels == BACKGROUND), torch.full_like(labels, UNUSED), labels)


def sample_rois(heads: Any, proposals: list[Tensor], targets: list[Target]) -> Samples:
    """Draw the RoIs to learn from, as torchvision does but for ignored regions.

    Args:
        heads: torchvision's `RoIHeads`.
        proposals: (P, 4) float32 xyxy of each picture, network-input px.
        targets: as in `compute_losses`, but in network-input px.

    Source: torchvision, models/detection/roi_heads.py, `select_training_samples`.
    """
    objects = [target["boxes"].to(proposals[0].dtype) for target in targets]
    kinds = [target["labels"] for target in targets]
    candidates = heads.add_gt_proposals([boxes.detach() for boxes in proposals], objects)
    matches, labels = heads.assign_targets_to_proposals(candidates, objects, kinds)
    labels = [ignore(*group) for group in zip(labels, candidates, targets, strict=True)]
    drawn = heads.subsample(labels)
    boxes = [of[rows] for of, rows in zip(candidates, drawn, strict=True)]
    matches = [of[rows] for of, rows in zip(matches, drawn, strict=True)]
    labels = [of[rows] for of, rows in zip(labels, drawn, strict=True)]
    matched = [
        of[rows] if len(of) else torch.zeros_like(box)
        for of, rows, box in zip(objects, matches, boxes, strict=True)
    ]
    return Samples(boxes, labels, matches, heads.box_coder.encode(matched, boxes))


def _head_losses(
    heads: Any,
    features: dict[str, Tensor],
    sizes: list[tuple[int, int]],
    samples: Samples,
    targets: list[Target],
    parts: Sequence[str],
) -> dict[str, Tensor]:
    losses: dict[str, Tensor] = {}
    if "boxes" in parts:
        pooled = heads.box_roi_pool(features, samples.boxes, sizes)
        logits, regression = heads.box_predictor(heads.box_head(pooled))
        of_classes, of_boxes = fastrcnn_loss(logits, regression, samples.labels, samples.regression)
        losses |= {"loss_classifier": of_classes, "loss_box_reg": of_boxes}
    if "masks" in parts and heads.has_mask():
        boxes, matches = positives(samples, [t["masks"].flatten(1).bool().any(1) for t in targets])
        logits = heads.mask_predictor(heads.mask_head(heads.mask_roi_pool(features, boxes, sizes)))
        outlines = [target["masks"] for target in targets]
        kinds = [target["labels"] for target in targets]
        losses["loss_mask"] = maskrcnn_loss(logits, boxes, outlines, kinds, matches)
    if "keypoints" in parts and heads.has_keypoint() and "keypoints" in targets[0]:
        points = [target["keypoints"] for target in targets]
        boxes, matches = positives(samples, [(p[..., 2] > 0).any(1) for p in points])
        pooled = heads.keypoint_roi_pool(features, boxes, sizes)
        logits = heads.keypoint_predictor(heads.keypoint_head(pooled))
        losses["loss_keypoint"] = keypointrcnn_loss(logits, boxes, points, matches)
    return losses


def positives(samples: Samples, known: list[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
    """Boxes and objects of the positive RoIs whose object is known in this respect.

    Args:
        known: (N,) bool of each picture's objects.
    """
    boxes, matches = [], []
    for box, label, match, has in zip(
        samples.boxes, samples.labels, samples.matches, known, strict=True
    ):
        rows = torch.where(label > BACKGROUND)[0]
        rows = rows[has[match[rows]]]
        boxes.append(box[rows])
        matches.append(match[rows])
    return boxes, matches
