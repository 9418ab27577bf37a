"""A torchvision `GeneralizedRCNN` run part by part, keeping what passes between.

Every part is the model's own sub-module, called as its `forward` calls it, so
the results equal `model([image])` bit for bit; only the two filters (of the
RPN and of the RoI heads) are written out, in `filters.py`, to carry the anchor
index through them. Sources: torchvision, models/detection/generalized_rcnn.py,
rpn.py, roi_heads.py, transform.py.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torchvision.models.detection.rpn import concat_box_prediction_layers
from torchvision.models.detection.transform import resize_boxes, resize_keypoints

from engine.detection.pipeline.filters import Proposals, filter_proposals, select_pairs
from engine.detection.pipeline.heads import Answers, box_head, keypoints, mask_probs
from engine.detection.pipeline.trace import FATE_NAMES, STAGES, StageTrace
from engine.device import computing, synchronize

if TYPE_CHECKING:
    from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN
    from torchvision.models.detection.image_list import ImageList


@dataclass(frozen=True)
class StageProgress:
    """Which part is about to run.

    Attributes:
        stage: one of `STAGES`.
        index, count: its place among the parts that this model has.
        seconds: since the start of the trace.
    """

    stage: str
    index: int
    count: int
    seconds: float


@dataclass(frozen=True)
class Features:
    """The tensors of one picture, on the model's device; they stay on the inference lane.

    Attributes:
        model: the detector they came from.
        maps: name -> (1, channels, height, width).
        input_size, picture_size: (height, width).
        precision: of `engine.device.PRECISIONS`; the heads compute in it too.
    """

    model: GeneralizedRCNN
    maps: OrderedDict[str, Tensor]
    input_size: tuple[int, int]
    picture_size: tuple[int, int]
    precision: str = "float32"

    @property
    def device(self) -> torch.device:
        """Where they lie."""
        return next(iter(self.maps.values())).device


def trace_stages(
    model: GeneralizedRCNN, image: NDArray[np.uint8], *, precision: str = "float32"
) -> StageTrace:
    """Run a detector on a picture and keep every stage.

    Args:
        model: in eval mode.
        image: (H, W, 3) uint8 RGB.
        precision: of `engine.device.PRECISIONS`; exact results need the first.

    Returns:
        boxes of RPN and proposals in network-input px, detections in picture px.

    Raises:
        ValueError: the model is in training mode, or the image has another shape.
    """
    for step in trace(model, image, precision=precision):
        if not isinstance(step, StageProgress):
            return step[0]
    raise AssertionError("a trace ends with its result")


def trace(
    model: GeneralizedRCNN, image: NDArray[np.uint8], *, precision: str = "float32"
) -> Iterator[StageProgress | tuple[StageTrace, Features]]:
    """As `trace_stages`, with a `StageProgress` before each part; the result comes last.

    Args:
        image: (H, W, 3) uint8 RGB.
        precision: of `engine.device.PRECISIONS`; exact results need the first.

    Raises:
        ValueError: the model is in training mode, or the image has another shape.
    """
    if model.training:
        raise ValueError("the model must be in eval mode")
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
        raise ValueError(f"the image must be (H, W, 3) uint8, not {image.shape} {image.dtype}")
    device = next(model.parameters()).device
    heads = model.roi_heads
    stages = [
        stage
        for stage in STAGES
        if (stage != "masks" or heads.has_mask()) and (stage != "keypoints" or heads.has_keypoint())
    ]
    begun = time.perf_counter()
    seconds: dict[str, float] = {}
    parts: dict[str, Any] = {}
    run: dict[str, Callable[[], Any]] = {
        "input": lambda: _transform(model, image, device),
        "features": lambda: _features(model, parts["input"]),
        "rpn": lambda: _rpn(model, parts["input"], parts["features"]),
        "proposals": lambda: filter_proposals(
            model.rpn,
            objectness=parts["rpn"].objectness,
            decoded=parts["rpn"].decoded,
            per_level=parts["rpn"].per_level,
            input_size=parts["input"].image_sizes[0],
        ),
        "boxes": lambda: _boxes(model, parts["input"], parts["features"], parts["proposals"]),
        "masks": lambda: mask_probs(
            heads, parts["features"], parts["boxes"].boxes, parts["boxes"].labels,
            input_size=parts["input"].image_sizes[0],
        ),
        "keypoints": lambda: keypoints(
            heads, parts["features"], parts["boxes"].boxes,
            input_size=parts["input"].image_sizes[0],
        ),
    }  # fmt: skip
    for index, stage in enumerate(stages):
        yield StageProgress(stage, index, len(stages), time.perf_counter() - begun)
        started = time.perf_counter()
        with computing(device, precision):
            parts[stage] = run[stage]()
        synchronize(device)
        seconds[stage] = time.perf_counter() - started
    picture_size = (int(image.shape[0]), int(image.shape[1]))
    input_size = parts["input"].image_sizes[0]
    result = _assemble(model, parts, picture_size=picture_size, seconds=seconds)
    yield result, Features(model, parts["features"], input_size, picture_size, precision)


def features_of(
    model: GeneralizedRCNN, image: NDArray[np.uint8], *, precision: str = "float32"
) -> Features:
    """The feature maps alone, of an (H, W, 3) uint8 RGB picture."""
    device = next(model.parameters()).device
    images = _transform(model, image, device)
    size = images.image_sizes[0]
    picture_size = (int(image.shape[0]), int(image.shape[1]))
    with computing(device, precision):
        return Features(model, _features(model, images), size, picture_size, precision)


def transformed(model: GeneralizedRCNN, image: NDArray[np.uint8]) -> Tensor:
    """(3, Hp, Wp) float32, padded: an (H, W, 3) uint8 RGB picture as the backbone gets it."""
    result: Tensor = _transform(model, image, next(model.parameters()).device).tensors[0]
    return result


def forget_scales(model: GeneralizedRCNN) -> None:
    """Let the RoI poolers infer their scales from the next picture again.

    torchvision infers them from the first picture that a model sees and keeps
    them; after a first picture of 20,000x100 they would be wrong for good.
    Without them the result depends on the picture alone.
    """
    heads = model.roi_heads
    for pool in (heads.box_roi_pool, heads.mask_roi_pool, heads.keypoint_roi_pool):
        if pool is not None:
            pool.scales = pool.map_levels = None


def answer(
    features: Features, boxes: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], NDArray[np.int64]]:
    """The box head's class logits (n, C), scores (n, C), refined boxes (n, C, 4) and levels (n,).

    Args:
        boxes: (n, 4) float32 xyxy, network-input px, inside the input.
    """
    forget_scales(features.model)
    with computing(features.device, features.precision):
        found = box_head(
            features.model.roi_heads,
            features.maps,
            torch.from_numpy(boxes).to(features.device),
            input_size=features.input_size,
        )
    return (
        _numpy(found.class_logits),
        _numpy(found.pair_scores),
        _numpy(found.pair_boxes),
        _numpy(found.roi_level),
    )


def fill_pairs(
    features: Features, boxes: NDArray[np.float32], labels: NDArray[np.int64]
) -> tuple[NDArray[np.float32] | None, NDArray[np.float32] | None, NDArray[np.float32] | None]:
    """Masks (n, 28, 28), keypoints (n, K, 3) in picture px, their scores (n, K); float32.

    Args:
        boxes: (n, 4) float32 refined boxes, network-input px.
        labels: (n,), the class of each.

    Returns:
        None in the place of what the model does not have.
    """
    forget_scales(features.model)
    heads, size = features.model.roi_heads, features.input_size
    rois = torch.from_numpy(boxes).to(features.device)
    classes = torch.from_numpy(labels).to(features.device)
    probs = points = scores = None
    with computing(features.device, features.precision):
        if heads.has_mask():
            probs = _numpy(mask_probs(heads, features.maps, rois, classes, input_size=size))
        if heads.has_keypoint():
            found, raw = keypoints(heads, features.maps, rois, input_size=size)
            points = _numpy(resize_keypoints(found, size, features.picture_size))
            scores = _numpy(raw)
    return probs, points, scores


@torch.no_grad()
def _transform(model: GeneralizedRCNN, image: NDArray[np.uint8], device: torch.device) -> ImageList:
    pixels = np.require(image, requirements=("C", "W"))  # torch warns of read-only arrays
    chw = torch.from_numpy(pixels).permute(2, 0, 1)
    # Made contiguous: the layout that `model([t])` gets for t read the usual way.
    tensor = chw.to(device).contiguous().float() / 255
    images, _ = model.transform([tensor])
    return images


@torch.no_grad()
def _features(model: GeneralizedRCNN, images: ImageList) -> OrderedDict[str, Tensor]:
    tensors = images.tensors
    if torch.is_autocast_enabled(tensors.device.type):
        tensors = tensors.contiguous(memory_format=torch.channels_last)
    features = model.backbone(tensors)
    return OrderedDict([("0", features)]) if isinstance(features, Tensor) else features


@dataclass(frozen=True)
class _Rpn:
    anchors: Tensor  # (A, 4)
    objectness: Tensor  # (A,) logits
    deltas: Tensor  # (A, 4)
    decoded: Tensor  # (A, 4)
    per_level: list[int]  # anchors of each level


@torch.no_grad()
def _rpn(model: GeneralizedRCNN, images: ImageList, features: OrderedDict[str, Tensor]) -> _Rpn:
    rpn = model.rpn
    maps = list(features.values())
    objectness, deltas = ([each.float() for each in part] for part in rpn.head(maps))
    # The generator rounds its anchors to the maps' own type.
    anchors = rpn.anchor_generator(images, [each.float() for each in maps])
    per_level = [level[0].numel() for level in objectness]
    objectness, deltas = concat_box_prediction_layers(objectness, deltas)
    decoded = rpn.box_coder.decode(deltas, anchors).view(-1, 4)
    return _Rpn(anchors[0], objectness.flatten(), deltas, decoded, per_level)


@dataclass(frozen=True)
class _Boxes:
    answers: Answers
    proposal: Tensor  # (D,)
    boxes: Tensor  # (D, 4), network-input px
    labels: Tensor  # (D,)
    scores: Tensor  # (D,)
    fate: NDArray[np.uint8]  # (P,)


def _boxes(
    model: GeneralizedRCNN,
    images: ImageList,
    features: OrderedDict[str, Tensor],
    proposals: Proposals,
) -> _Boxes:
    """The box head, and roi_heads.py, `postprocess_detections`."""
    heads = model.roi_heads
    answers = box_head(heads, features, proposals.boxes, input_size=images.image_sizes[0])
    proposal, labels, scores, boxes, fate = select_pairs(
        answers.pair_scores,
        answers.pair_boxes,
        score=heads.score_thresh,
        nms=heads.nms_thresh,
        max_detections=heads.detections_per_img,
    )
    return _Boxes(answers, proposal, boxes, labels, scores, fate)


def _assemble(
    model: GeneralizedRCNN,
    parts: dict[str, Any],
    *,
    picture_size: tuple[int, int],
    seconds: dict[str, float],
) -> StageTrace:
    images, features, rpn = parts["input"], parts["features"], parts["rpn"]
    proposals, found, heads = parts["proposals"], parts["boxes"], model.roi_heads
    input_size = images.image_sizes[0]
    points, point_scores = parts.get("keypoints", (None, None))
    if points is not None:
        points = resize_keypoints(points, input_size, picture_size)
    proposal_anchor = _numpy(proposals.anchor)
    fate = proposals.fate
    fate[proposal_anchor] = found.fate
    return StageTrace(
        picture_size=picture_size,
        input_size=(int(input_size[0]), int(input_size[1])),
        padded_size=(int(images.tensors.shape[-2]), int(images.tensors.shape[-1])),
        feature_names=tuple(str(name) for name in features),
        feature_shapes=tuple((each.shape[1], *each.shape[2:]) for each in features.values()),
        anchors=_numpy(rpn.anchors),
        anchor_level=_numpy(proposals.level),
        objectness=_numpy(rpn.objectness),
        deltas=_numpy(rpn.deltas),
        decoded=_numpy(rpn.decoded),
        fate=fate,
        proposal_anchor=proposal_anchor,
        proposals=_numpy(proposals.boxes),
        class_logits=_numpy(found.answers.class_logits),
        roi_level=_numpy(found.answers.roi_level),
        pair_scores=_numpy(found.answers.pair_scores),
        pair_boxes=_numpy(found.answers.pair_boxes),
        detection_proposal=_numpy(found.proposal),
        boxes=_numpy(resize_boxes(found.boxes, input_size, picture_size)),
        labels=_numpy(found.labels),
        scores=_numpy(found.scores),
        mask_probs=_numpy(parts["masks"]) if "masks" in parts else None,
        keypoints=None if points is None else _numpy(points),
        keypoint_scores=None if points is None else _numpy(point_scores),
        score_threshold=float(heads.score_thresh),
        nms_threshold=float(heads.nms_thresh),
        max_detections=int(heads.detections_per_img),
        rpn_pre_nms_top_n=int(model.rpn.pre_nms_top_n()),
        rpn_post_nms_top_n=int(model.rpn.post_nms_top_n()),
        rpn_score_threshold=float(model.rpn.score_thresh),
        rpn_nms_threshold=float(model.rpn.nms_thresh),
        fate_names=FATE_NAMES,
        stage_seconds=seconds,
    )


def _numpy(tensor: Tensor) -> NDArray[Any]:
    return tensor.detach().cpu().numpy()
