"""The workspace's jobs: engine generators whose answers come ready to be painted.

Everything here runs on the bridge's lanes. QImages are made here, which needs
no application; widgets are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy
from PySide6.QtGui import QImage

from gui.detection.instances import Details, MaskImage, Pair, paint_mask
from gui.detection.provenance.animation import Box
from gui.pictures.pyramid import Pyramid, build_pyramid

if TYPE_CHECKING:
    from engine.detection.detections import Filled
    from engine.detection.pipeline.inference import (
        Inspection,
        InspectProgress,
        InspectSpec,
        Loader,
        RoisFilled,
    )
    from engine.detection.pipeline.inference import Workbench as EngineWorkbench
    from engine.detection.pipeline.rois import Rois
    from engine.pictures.reader import Picture

THUMBNAIL_PX = (144, 96)
ANNOUNCED_FROM = 20_000_000  # pixels from which a picture takes long to read
COARSE_SIDE = 1400  # px of what is shown meanwhile


@dataclass(frozen=True, eq=False)
class Opened:
    """A picture that was read, ready for the canvas."""

    picture: Picture
    pyramid: Pyramid


@dataclass(frozen=True, eq=False)
class Coming:
    """A large picture that is being read.

    Attributes:
        size: (width, height), as stored.
        pyramid: its coarse levels, of a file that gives them away quickly.
    """

    size: tuple[int, int]
    pyramid: Pyramid | None = None


@dataclass(frozen=True, eq=False)
class Inspected:
    """An inspection with the details of its own detections, painted."""

    inspection: Inspection
    details: Details


@dataclass(frozen=True, eq=False)
class Detail:
    """Masks and keypoints that came later."""

    filled: Filled
    masks: dict[Pair, MaskImage]
    probs: dict[Pair, numpy.ndarray]
    keypoints: dict[Pair, numpy.ndarray]


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """A small picture for the list; None where the file cannot be read."""

    key: object
    image: QImage | None
    error: Exception | None = None


class Bench:
    """The engine's workbench, made on the inference lane when it is first needed."""

    def __init__(self, load: Loader | None = None) -> None:
        self._load = load
        self._workbench: EngineWorkbench | None = None

    def get(self) -> EngineWorkbench:
        """The workbench; call it on the lane only."""
        if self._workbench is None:
            from engine.detection.pipeline.inference import Workbench

            self._workbench = Workbench(self._load)
        return self._workbench


def open_picture(path: Path | None, pixels: numpy.ndarray | None) -> Iterator[Coming | Opened]:
    """Read a picture, or take its pixels, and halve it for the canvas; a large one in two steps."""
    from engine.pictures.reader import picture_from_pixels

    if pixels is not None:
        picture = picture_from_pixels(pixels)
        yield Opened(picture, build_pyramid(picture.pixels))
        return
    assert path is not None
    yield from announce(path)
    yield read_opened(path)


def read_opened(path: Path) -> Opened:
    """Read a picture and halve it for the canvas."""
    from engine.pictures.reader import read_picture

    picture = read_picture(path)
    return Opened(picture, build_pyramid(picture.pixels))


def announce(path: Path) -> Iterator[Coming]:
    """What can be said and shown of a large picture before all of it is read."""
    from engine.pictures.reader import MAX_PIXELS
    from engine.pictures.thumbnails import peek_size, read_coarse

    size = peek_size(path)
    if size is None or not ANNOUNCED_FROM <= size[0] * size[1] <= MAX_PIXELS:
        return
    coarse = read_coarse(path, COARSE_SIDE)
    if coarse is None:
        yield Coming(size)
    else:
        turned = (coarse.shape[1] >= coarse.shape[0]) != (size[0] >= size[1])
        yield Coming(size, build_pyramid(coarse, full=size[::-1] if turned else size))


def find_pictures(paths: Sequence[Path]) -> Iterator[list[Path] | Exception]:
    """The picture files among files and folders; a path that is none is told and passed over."""
    from engine.errors import ThalwegError
    from engine.pictures.reader import list_pictures

    for path in paths:
        try:
            yield list_pictures(path)
        except ThalwegError as error:
            yield error


def read_thumbnails(
    wanted: Sequence[tuple[object, Path | None, numpy.ndarray | None]],
) -> Iterator[Thumbnail]:
    """Small pictures, one at a time."""
    from engine.errors import ThalwegError
    from engine.pictures.thumbnails import read_thumbnail, shrink

    size = (2 * THUMBNAIL_PX[0], 2 * THUMBNAIL_PX[1])  # sharp on a dense display
    for key, path, pixels in wanted:
        try:
            if pixels is None:
                assert path is not None
                small = read_thumbnail(path, size)
            else:
                small = shrink(pixels, size)
        except ThalwegError as error:
            yield Thumbnail(key, None, error)
            continue
        yield Thumbnail(key, _image(small))


def _image(pixels: numpy.ndarray) -> QImage:
    """A QImage of its own from (H, W, 3) uint8 RGB."""
    pixels = numpy.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    shared = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    return shared.convertToFormat(QImage.Format.Format_RGB32)


def inspect_picture(
    bench: Bench, spec: InspectSpec, *, fresh: bool = False, mask_threshold: float = 0.5
) -> Iterator[InspectProgress | Inspected]:
    """Run the model; the last snapshot carries the painted masks.

    Args:
        fresh: load the model's weights again.
    """
    from engine.detection.pipeline.inference import Inspection, inspect

    if fresh:
        bench.get().forget(spec.model)
    for step in inspect(bench.get(), spec):
        if isinstance(step, Inspection):
            yield Inspected(step, stock_details(step, mask_threshold))
        else:
            yield step


def stock_details(inspection: Inspection, threshold: float = 0.5) -> Details:
    """Colours, masks and keypoints of the model's own detections."""
    trace = inspection.trace
    details = Details()
    pairs = zip(trace.detection_proposal.tolist(), trace.labels.tolist(), strict=True)
    for index, pair in enumerate(pairs):
        color = details.color(pair)
        details.filled.add(pair)
        if trace.mask_probs is not None:
            details.masks[pair] = paint_mask(
                trace.mask_probs[index],
                trace.boxes[index],
                picture_size=trace.picture_size,
                color=color,
                threshold=threshold,
            )
            details.probs[pair] = trace.mask_probs[index]
        if trace.keypoints is not None and has_points(inspection, pair[1]):
            details.keypoints[pair] = with_logits(
                trace.keypoints[index],
                None if trace.keypoint_scores is None else trace.keypoint_scores[index],
            )
    return details


def fill_details(
    bench: Bench,
    inspection: Inspection,
    wanted: Mapping[Pair, tuple[numpy.ndarray, tuple[int, int, int]]],
    *,
    rois: Rois | None = None,
    threshold: float = 0.5,
) -> Iterator[Detail]:
    """Masks and keypoints of more pairs, from the cached features.

    Args:
        wanted: pair -> its box (4,) in picture px and its colour.
        rois: what the pairs are rows of; the stock proposals by default.
        threshold: a pixel belongs to a mask from this probability on.
    """
    from engine.detection.pipeline.inference import fill

    for filled in fill(bench.get(), inspection, tuple(wanted), rois):
        masks, probs, points = {}, {}, {}
        for index, pair in enumerate(filled.pairs):
            box, color = wanted[pair]
            if filled.mask_probs is not None:
                masks[pair] = paint_mask(
                    filled.mask_probs[index],
                    box,
                    picture_size=inspection.trace.picture_size,
                    color=color,
                    threshold=threshold,
                )
                probs[pair] = filled.mask_probs[index]
            if filled.keypoints is not None and has_points(inspection, pair[1]):
                points[pair] = with_logits(
                    filled.keypoints[index],
                    None if filled.keypoint_scores is None else filled.keypoint_scores[index],
                )
        yield Detail(filled, masks, probs, points)


def fill_superset(
    bench: Bench,
    inspection: Inspection,
    rois: Rois,
    *,
    wanted: numpy.ndarray,
    near: tuple[float, float] | None,
) -> Iterator[RoisFilled]:
    """The box head's answers for anchors that are waited for, then for the whole superset."""
    from engine.detection.pipeline.inference import fill_rois

    yield from fill_rois(bench.get(), inspection, rois, wanted=wanted, near=near)


def repaint_masks(
    inspection: Inspection,
    shown: Mapping[Pair, tuple[Box, tuple[int, int, int]]],
    probs: Mapping[Pair, numpy.ndarray],
    *,
    threshold: float,
) -> Iterator[dict[Pair, MaskImage]]:
    """Known masks at another threshold, one at a time.

    Args:
        shown: pair -> its box in picture px and its colour.
        probs: pair -> (28, 28) probabilities.
    """
    size = inspection.trace.picture_size
    for pair, (box, color) in shown.items():
        if pair in probs:
            corners = numpy.array(box, numpy.float32)
            yield {
                pair: paint_mask(
                    probs[pair], corners, picture_size=size, color=color, threshold=threshold
                )
            }


def has_points(inspection: Inspection, label: int) -> bool:
    """Whether the keypoints of a class mean anything."""
    meant = inspection.model.keypoint_classes
    return not meant or inspection.model.class_name(label) in meant


def with_logits(points: numpy.ndarray, logits: numpy.ndarray | None) -> numpy.ndarray:
    """(K, 3) x, y, logit from torchvision's (K, 3) x, y, 1 and its separate scores."""
    if logits is None:
        return points
    return numpy.concatenate([points[:, :2], logits[:, None]], 1)


def list_models() -> Iterator[list[Any]]:
    """The zoo's models, as `ModelInfo`."""
    from engine.detection.models import zoo

    yield zoo.models()
