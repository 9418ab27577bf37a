"""Questions that the cached features answer, as jobs of the inference lane.

Each job yields one frozen snapshot. Boxes are in picture px unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine import device as devices
from engine.detection.pipeline.inference import Inspection, Workbench, shrunk

CHANNELS_SHOWN = 16


@dataclass(frozen=True, eq=False)
class HeadAnswer:
    """What the box head says of n boxes: Fast R-CNN with proposals of your own.

    Attributes:
        boxes: (n, 4) float32, as asked, cut to the picture.
        roi_level: (n,) int64, the feature map each was pooled from.
        class_logits, class_probs: (n, C) float32, the background first.
        refined: (n, C, 4) float32, the box each class would give.
        label: (n,) int64, the best class but the background.
        score: (n,) float32, of that class.
    """

    boxes: NDArray[np.float32]
    roi_level: NDArray[np.int64]
    class_logits: NDArray[np.float32]
    class_probs: NDArray[np.float32]
    refined: NDArray[np.float32]
    label: NDArray[np.int64]
    score: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class RoiMaps:
    """What the mask and the keypoint heads see in one box, for every class.

    Attributes:
        box: (4,) float32, cut to the picture.
        label: the class whose mask a detection would take, or None.
        mask_probs: (C, 28, 28) float32, a mask for every class, row 0 the
            background's unused one; None without masks.
        keypoint_heat: (K, 56, 56) float32 logits, or None.
        keypoints: (K, 3) float32 x, y and 1, or None.
        keypoint_scores: (K,) float32 logits, or None.
        roi_level: the feature map that the box head pools this box from.
        pooled_norm: (7, 7) float32, length of the pooled features.
    """

    box: NDArray[np.float32]
    label: int | None
    mask_probs: NDArray[np.float32] | None
    keypoint_heat: NDArray[np.float32] | None
    keypoints: NDArray[np.float32] | None
    keypoint_scores: NDArray[np.float32] | None
    roi_level: int
    pooled_norm: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class WindowAnswer:
    """The RPN's sliding window at one cell.

    Attributes:
        level, row, column: which.
        window: (3, 3, channels) float32 features, zeros beyond the map's edge.
        window_norm: (3, 3) float32, their lengths.
        shared: (channels,) float32, the shared layer after its ReLU.
        objectness: (k,) float32 logits, one an anchor.
        deltas: (k, 4) float32.
    """

    level: int
    row: int
    column: int
    window: NDArray[np.float32]
    window_norm: NDArray[np.float32]
    shared: NDArray[np.float32]
    objectness: NDArray[np.float32]
    deltas: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class FeatureMaps:
    """One level of the feature pyramid.

    Attributes:
        level, name: which.
        shape: (channels, height, width) of the whole level.
        stride: network-input px a feature, (y, x).
        norm: (h, w) float32, the length of each place's feature vector.
        channels: (n,) int64, those given.
        values: (n, h, w) float32.
    """

    level: int
    name: str
    shape: tuple[int, int, int]
    stride: tuple[int, int]
    norm: NDArray[np.float32]
    channels: NDArray[np.int64]
    values: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class NetworkInput:
    """The picture as the backbone gets it.

    Attributes:
        pixels: (Hp, Wp, 3) uint8 RGB, the normalisation undone, padding included.
        input_size, padded_size, picture_size: (height, width).
        scale: input / picture, (y, x); they differ a little, because sizes are whole.
        mean, std: of each channel, of the normalisation.
        low, high: the smallest and largest value that enters the backbone.
    """

    pixels: NDArray[np.uint8]
    input_size: tuple[int, int]
    padded_size: tuple[int, int]
    picture_size: tuple[int, int]
    scale: tuple[float, float]
    mean: tuple[float, ...]
    std: tuple[float, ...]
    low: float
    high: float


def ask_head(
    workbench: Workbench, inspection: Inspection, boxes: NDArray[np.float32]
) -> Iterator[HeadAnswer]:
    """What the box head makes of any boxes (n, 4) xyxy, picture px, from the cached features."""
    from engine.detection.pipeline.stages import answer

    trace = inspection.trace
    asked = _inside(trace.from_picture(np.asarray(boxes, np.float32)), trace.input_size)
    features = workbench.features(inspection)
    with devices.memory_guard(inspection.device):
        logits, probs, refined, level = answer(features, asked)
    label = probs[:, 1:].argmax(1) + 1
    yield HeadAnswer(
        boxes=trace.to_picture(asked),
        roi_level=level,
        class_logits=logits,
        class_probs=probs,
        refined=trace.to_picture(refined),
        label=label,
        score=probs[np.arange(len(label)), label],
    )


def ask_roi(
    workbench: Workbench,
    inspection: Inspection,
    box: NDArray[np.float32],
    label: int | None = None,
) -> Iterator[RoiMaps]:
    """Every class's mask and every keypoint's heat map of one box (4,) xyxy, picture px."""
    import torch
    from torchvision.models.detection.roi_heads import keypointrcnn_inference
    from torchvision.models.detection.transform import resize_keypoints

    from engine.detection.pipeline.heads import roi_level
    from engine.detection.pipeline.stages import forget_scales

    trace, features = inspection.trace, workbench.features(inspection)
    asked = _inside(trace.from_picture(np.asarray(box, np.float32))[None], trace.input_size)
    heads, size = features.model.roi_heads, [features.input_size]
    forget_scales(features.model)
    probs = heat = points = scores = None
    with (
        devices.memory_guard(inspection.device),
        torch.no_grad(),
        devices.computing(features.device, features.precision),
    ):
        rois = [torch.from_numpy(asked).to(features.device)]
        pooled = heads.box_roi_pool(features.maps, rois, size)[0]
        level = roi_level(heads.box_roi_pool, list(features.maps), rois)
        if heads.has_mask():
            logits = heads.mask_predictor(
                heads.mask_head(heads.mask_roi_pool(features.maps, rois, size))
            ).float()
            probs = logits[0].sigmoid().cpu().numpy()
        if heads.has_keypoint():
            logits = heads.keypoint_predictor(
                heads.keypoint_head(heads.keypoint_roi_pool(features.maps, rois, size))
            ).float()
            found, raw = keypointrcnn_inference(logits, rois)
            heat, scores = logits[0].cpu().numpy(), raw[0][0].cpu().numpy()
            points = resize_keypoints(found[0], features.input_size, features.picture_size)
            points = points[0].cpu().numpy()
    yield RoiMaps(
        box=trace.to_picture(asked[0]),
        label=label,
        mask_probs=probs,
        keypoint_heat=heat,
        keypoints=points,
        keypoint_scores=scores,
        roi_level=int(level[0]),
        pooled_norm=pooled.float().norm(dim=0).cpu().numpy(),
    )


def ask_window(
    workbench: Workbench, inspection: Inspection, level: int, row: int, column: int
) -> Iterator[WindowAnswer]:
    """What the RPN's head sees at a cell of a level, layer by layer."""
    import torch
    from torch.nn import functional

    features = workbench.features(inspection)
    head = features.model.rpn.head
    values = list(features.maps.values())[level]
    reach = max(1, len(head.conv))  # each 3x3 convolution looks one cell further
    with (
        devices.memory_guard(inspection.device),
        torch.no_grad(),
        devices.computing(features.device, features.precision),
    ):
        top, left = max(row - reach, 0), max(column - reach, 0)
        # Cut wide enough: the zeros beyond the cut must not reach the middle.
        cut = values[..., top : row + reach + 1, left : column + reach + 1]
        shared = head.conv(cut)[..., row - top : row - top + 1, column - left : column - left + 1]
        objectness, deltas = head.cls_logits(shared)[0], head.bbox_pred(shared)[0]
        padded = functional.pad(values, (1, 1, 1, 1))
        window = padded[0, :, row : row + 3, column : column + 3].permute(1, 2, 0)
    window_values = window.float().cpu().numpy()
    yield WindowAnswer(
        level=level,
        row=row,
        column=column,
        window=window_values,
        window_norm=np.linalg.norm(window_values, axis=-1),
        shared=shared[0, :, 0, 0].float().cpu().numpy(),
        objectness=objectness[:, 0, 0].float().cpu().numpy(),
        deltas=deltas[:, 0, 0].float().cpu().numpy().reshape(-1, 4),
    )


def feature_maps(
    workbench: Workbench,
    inspection: Inspection,
    level: int,
    channels: Sequence[int] | None = None,
) -> Iterator[FeatureMaps]:
    """Some channels of a level and the length of them all.

    Args:
        channels: which; None for those that vary most over the picture.
    """
    import torch

    from engine.detection.queries.anchors import strides

    features = workbench.features(inspection)
    name, values = list(features.maps.items())[level]
    with torch.no_grad():
        whole = values[0].float()
        if channels is None:
            spread = whole.flatten(1).std(1, correction=0)
            chosen = spread.topk(min(CHANNELS_SHOWN, len(whole))).indices.cpu().numpy()
        else:
            chosen = np.asarray(channels, np.int64)
        norm = whole.norm(dim=0).cpu().numpy()
        picked = whole[torch.from_numpy(chosen).to(whole.device)].cpu().numpy()
    depth, height, width = whole.shape
    stride = strides(inspection.trace, level)
    yield FeatureMaps(level, str(name), (depth, height, width), stride, norm, chosen, picked)


def network_input(workbench: Workbench, inspection: Inspection) -> Iterator[NetworkInput]:
    """The picture as the backbone gets it: resized, normalised, padded."""
    from engine.detection.pipeline.stages import transformed

    features = workbench.features(inspection)
    trace = inspection.trace
    with shrunk(features.model, inspection.shrink):
        tensor = transformed(features.model, inspection.picture.pixels)
    mean, std = features.model.transform.image_mean, features.model.transform.image_std
    values = tensor.float().cpu().numpy().transpose(1, 2, 0)
    plain = values * np.asarray(std, np.float32) + np.asarray(mean, np.float32)
    height, width = trace.input_size
    plain[height:], plain[:, width:] = 0, 0  # padding is zeros after the normalisation
    yield NetworkInput(
        pixels=np.rint(plain.clip(0, 1) * 255).astype(np.uint8),
        input_size=trace.input_size,
        padded_size=trace.padded_size,
        picture_size=trace.picture_size,
        scale=(height / trace.picture_size[0], width / trace.picture_size[1]),
        mean=tuple(float(value) for value in mean),
        std=tuple(float(value) for value in std),
        low=float(values.min()),
        high=float(values.max()),
    )


def _inside(boxes: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """Boxes (n, 4) cut to a (height, width)."""
    height, width = size
    return boxes.clip(0, np.array([width, height, width, height], np.float32))
