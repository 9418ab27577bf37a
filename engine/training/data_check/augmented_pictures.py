"""What the net really gets: pictures of a training, varied and at the size that it sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from engine.annotations.json_stream import ReadProgress
from engine.annotations.mask_encoding import polygons
from engine.detection.models import builders
from engine.errors import InputError
from engine.training import initialization
from engine.training.datasets import Example
from engine.training.joined import split_files
from engine.training.sampling import Sampler, mirror_names
from engine.training.spec import TrainSpec


@dataclass(frozen=True, eq=False)
class AugmentedPicture:
    """One picture as a step takes it, in network px.

    Attributes:
        number: of the draw since the run began, from 0: the run draws the same.
        pixels: (h, w, 3) uint8 RGB, before the mean is taken off.
        boxes: (N, 4) float32 xyxy.
        names: of each object's class.
        outlines: of each object's mask, every part (n, 2) float32 x, y.
        keypoints: (N, K, 3) float32 x, y, visible.
        keypoint_names: of the K points; partners: (K,) intp, what a mirror makes of each.
        ignored: (M, 4) float32 xyxy, regions in which nothing is learnt.
    """

    number: int
    pixels: NDArray[np.uint8]
    boxes: NDArray[np.float32]
    names: tuple[str, ...]
    outlines: tuple[tuple[NDArray[np.float32], ...], ...]
    keypoints: NDArray[np.float32]
    keypoint_names: tuple[str, ...]
    partners: NDArray[np.intp]
    ignored: NDArray[np.float32]


def augmented_pictures(
    spec: TrainSpec, first: int, count: int
) -> Iterator[ReadProgress | AugmentedPicture]:
    """Draw the pictures `first`, `first + 1` .. of a training, `count` of them.

    By the training's own sampler and the net's own transform, so by its seed. Pictures that
    cannot be used are replaced by others, as with `leave_out_bad`.

    Raises:
        InputError: the data cannot be read, or hold nothing to learn.
    """
    spec = replace(spec.validated(), leave_out_bad=True)
    if not spec.files:
        raise InputError("train.no_data")
    architecture = initialization.base_architecture(spec)
    pictures = yield from initialization.open_data_steps(spec)
    if spec.files == (initialization.SHAPES,):
        training = list(range(len(pictures)))
    else:
        training, _ = split_files(pictures, spec.validation, spec.validation_files)
    sampler = Sampler(pictures, training, spec=spec, min_size=architecture.min_size)
    if not sampler.filled:
        raise InputError("data.no_objects", path=", ".join(spec.files))
    net = builders.sketch(lambda: builders.build(architecture))
    if spec.crop:
        net.transform._skip_resize = True  # crops come at the net's size
    for number in range(first, first + count):
        example = seen_by(net.transform, sampler.draw(number))
        yield AugmentedPicture(
            number,
            example.pixels,
            example.boxes,
            tuple(pictures.classes[label - 1] for label in example.labels),
            tuple(tuple(polygons(0, 0, mask.astype(bool))) for mask in example.masks),
            example.keypoints,
            pictures.keypoint_names,
            mirror_names(pictures.keypoint_names),
            example.ignored,
        )


def seen_by(transform: torch.nn.Module, example: Example) -> Example:
    """An example as the net's transform resizes it, in training mode.

    Args:
        transform: torchvision's `GeneralizedRCNNTransform`.
    """
    pixels = torch.from_numpy(example.pixels.copy()).permute(2, 0, 1).float() / 255
    target = {
        "boxes": torch.from_numpy(np.concatenate([example.boxes, example.ignored])),
        "masks": torch.from_numpy(example.masks),
        "keypoints": torch.from_numpy(example.keypoints),
    }
    if not len(example.masks):
        del target["masks"]
    seen, moved = transform.resize(pixels, target)  # type: ignore[operator]
    count = len(example.boxes)
    boxes = moved["boxes"].numpy()
    return replace(
        example,
        pixels=(seen * 255).round().clamp(0, 255).byte().permute(1, 2, 0).contiguous().numpy(),
        boxes=boxes[:count],
        ignored=boxes[count:],
        masks=moved["masks"].numpy() if "masks" in moved else example.masks,
        keypoints=moved["keypoints"].numpy(),
    )
