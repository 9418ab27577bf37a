"""Our own nets, as plain torchvision detectors built from a description that fits in a file.

A net is torchvision's `MaskRCNN` or `KeypointRCNN` family (`GeneralizedRCNN` with its own
transform, backbone with FPN, RPN and RoI heads); only the backbone under the FPN is ours.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode
from torchvision.models.detection import MaskRCNN
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN
from torchvision.models.detection.keypoint_rcnn import KeypointRCNNHeads, KeypointRCNNPredictor
from torchvision.models.detection.mask_rcnn import MaskRCNNHeads, MaskRCNNPredictor
from torchvision.models.detection.rpn import RPNHead
from torchvision.ops import MultiScaleRoIAlign
from torchvision.ops.feature_pyramid_network import FeaturePyramidNetwork, LastLevelMaxPool

from engine.detection.models import backbones
from engine.errors import ModelError, shorten


@dataclass(frozen=True)
class Architecture:
    """Everything that determines a net but its weights.

    Attributes:
        body: the backbone under the FPN, as torchvision calls it: a name of
            `engine.detection.models.backbones.BACKBONES`.
        classes: classes with the background.
        width: channels of the feature pyramid.
        first_stride: of the pyramid's highest-resolution level, 4 or 8 network pixels.
        anchor_sizes: side in network pixels, one a level and one for the pooled level
            above them, highest resolution first.
        anchor_ratios: height over width.
        box_width: neurons of the box head's two layers.
        mask_convolutions: 3x3 layers before the masks; 0 for no masks.
        keypoints: named points of an object; 0 for none.
        keypoint_convolutions: 3x3 layers before the keypoint maps.
        head_width: channels of the mask and keypoint layers.
        min_size, max_size: short side aimed at and longest side allowed, network pixels.
        proposals: kept after RPN NMS in training and at test.
        detections: most detections of one picture.
        rois: proposals of a picture that the box head learns from at a step.
        score_threshold: what scores less is no detection.
        nms_threshold: the IoU above which the better box of a class wins.
    """

    body: str
    classes: int
    width: int = 128
    first_stride: int = 4
    anchor_sizes: tuple[int, ...] = (16, 32, 64, 128, 256)
    anchor_ratios: tuple[float, ...] = (0.5, 1.0, 2.0)
    box_width: int = 384
    mask_convolutions: int = 3
    keypoints: int = 0
    keypoint_convolutions: int = 4
    head_width: int = 128
    min_size: int = 384
    max_size: int = 640
    proposals: tuple[int, int] = (1000, 300)
    detections: int = 100
    rois: int = 64
    score_threshold: float = 0.05
    nms_threshold: float = 0.5

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def from_json(text: str) -> Architecture:
    """Read the description that `Architecture.to_json` wrote.

    Raises:
        ModelError: the text describes no net that this program can build.
    """
    try:
        values = json.loads(text)
        known = {item.name for item in fields(Architecture)}
        if not isinstance(values, dict) or not set(values) <= known:
            raise ValueError
        values = {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}
        architecture = Architecture(**values)
        _check(architecture)
    except (ValueError, TypeError, RecursionError) as error:
        raise ModelError("weights.unknown_architecture", architecture=shorten(text, 80)) from error
    return architecture


# The fields that hold several numbers, and those that may be fractions.
_SEVERAL = {"anchor_sizes", "anchor_ratios", "proposals"}
_SHARES = {"score_threshold", "nms_threshold"}
_FRACTIONS = {"anchor_sizes", "anchor_ratios", *_SHARES}
_MAY_BE_0 = {"mask_convolutions", "keypoints", "keypoint_convolutions"}
_LAYERS = {"mask_convolutions", "keypoint_convolutions"}
MOST, MOST_LAYERS = 4096, 64


def _check(architecture: Architecture) -> None:
    """Bound every number, so that a hostile file cannot ask for terabytes."""
    if architecture.body not in backbones.BACKBONES:
        raise ValueError(architecture.body)
    for item in fields(Architecture):
        if item.name == "body":
            continue
        value = getattr(architecture, item.name)
        if isinstance(value, tuple) != (item.name in _SEVERAL):
            raise ValueError(item.name)
        numbers = value if isinstance(value, tuple) else (value,)
        kinds = (int, float) if item.name in _FRACTIONS else (int,)
        least = 0 if item.name in _MAY_BE_0 | _SHARES else 1e-3
        most = MOST_LAYERS if item.name in _LAYERS else 1 if item.name in _SHARES else MOST
        if not all(type(number) in kinds and least <= number <= most for number in numbers):
            raise ValueError(item.name)
        if len(numbers) > MOST_LAYERS:
            raise ValueError(item.name)
    if architecture.first_stride not in backbones.STRIDES[:2]:
        raise ValueError("first_stride")
    if len(architecture.anchor_sizes) != levels(architecture) + 1 or not architecture.anchor_ratios:
        raise ValueError("anchors")
    if len(architecture.proposals) != 2:
        raise ValueError("proposals")


def levels(architecture: Architecture) -> int:
    """How many of the backbone's stages the feature pyramid takes."""
    return len(backbones.STRIDES) - backbones.STRIDES.index(architecture.first_stride)


class BackboneWithFPN(nn.Module):
    """A backbone and torchvision's feature pyramid over its last stages and a pooled one more."""

    def __init__(self, body: nn.Module, channels: tuple[int, ...], width: int) -> None:
        super().__init__()
        self.body = body
        self.fpn = FeaturePyramidNetwork(list(channels), width, LastLevelMaxPool())
        self.out_channels = width
        self.levels = len(channels)

    def forward(self, images: Tensor) -> dict[str, Tensor]:
        """(B, 3, H, W) float32 to levels "0", "1" .. and "pool" of (B, width, h, w)."""
        stages = list(self.body(images).values())[-self.levels :]
        result: dict[str, Tensor] = self.fpn(
            OrderedDict((str(level), stage) for level, stage in enumerate(stages))
        )
        return result


class _WithoutNumbers(TorchFunctionMode):
    """Leaves new parameters as they are: on the meta device torch would load its compiler
    to fill them with nothing."""

    def __torch_function__(
        self,
        function: Callable[..., Any],
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        named = kwargs or {}
        if getattr(function, "__module__", "") == "torch.nn.init" or function in (
            Tensor.normal_,
            Tensor.uniform_,
        ):
            return args[0] if args else named["tensor"]
        return function(*args, **named)


def sketch(make: Callable[[], GeneralizedRCNN]) -> GeneralizedRCNN:
    """The net that a function builds, without memory for its numbers: on the meta device.

    Only the anchors are real, since no weights file holds them.
    """
    with torch.device("meta"), _WithoutNumbers():
        model = make()
    anchors = model.rpn.anchor_generator
    anchors.cell_anchors = [
        anchors.generate_anchors(sizes, ratios)
        for sizes, ratios in zip(anchors.sizes, anchors.aspect_ratios, strict=True)
    ]
    return model


def build(architecture: Architecture) -> GeneralizedRCNN:
    """The net with random weights, in training mode, on the CPU."""
    make_backbone, channels, mean, std = backbones.BACKBONES[architecture.body]
    a = architecture
    backbone = BackboneWithFPN(make_backbone(), channels[-levels(a) :], a.width)
    anchors = AnchorGenerator(
        tuple((size,) for size in a.anchor_sizes), (a.anchor_ratios,) * len(a.anchor_sizes)
    )
    pooled = [str(level) for level in range(levels(a))]
    # MaskRCNN asks for its mask branch; it is taken off again where the net has none.
    mask_width = a.head_width
    model = MaskRCNN(
        backbone,
        min_size=a.min_size,
        max_size=a.max_size,
        image_mean=list(mean),
        image_std=list(std),
        rpn_anchor_generator=anchors,
        rpn_head=RPNHead(a.width, anchors.num_anchors_per_location()[0]),
        rpn_pre_nms_top_n_train=1000,
        rpn_pre_nms_top_n_test=max(a.proposals[1], 500),
        rpn_post_nms_top_n_train=a.proposals[0],
        rpn_post_nms_top_n_test=a.proposals[1],
        rpn_batch_size_per_image=256,
        box_roi_pool=MultiScaleRoIAlign(pooled, 7, 2),
        box_head=TwoMLPHead(a.width * 49, a.box_width),
        box_predictor=FastRCNNPredictor(a.box_width, a.classes),
        box_batch_size_per_image=a.rois,
        box_score_thresh=a.score_threshold,
        box_nms_thresh=a.nms_threshold,
        box_detections_per_img=a.detections,
        mask_roi_pool=MultiScaleRoIAlign(pooled, 14, 2),
        mask_head=MaskRCNNHeads(a.width, [mask_width] * max(a.mask_convolutions, 1), 1),
        mask_predictor=MaskRCNNPredictor(mask_width, mask_width, a.classes),
    )
    heads = model.roi_heads
    if not a.mask_convolutions:
        heads.mask_roi_pool = heads.mask_head = heads.mask_predictor = None
    if a.keypoints:
        heads.keypoint_roi_pool = MultiScaleRoIAlign(pooled, 14, 2)
        heads.keypoint_head = KeypointRCNNHeads(
            a.width, tuple([a.head_width] * a.keypoint_convolutions)
        )
        heads.keypoint_predictor = KeypointRCNNPredictor(a.head_width, a.keypoints)
    return model
