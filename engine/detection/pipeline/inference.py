"""The jobs of the inference lane: a picture to its trace, and what comes after.

A `Workbench` keeps the loaded models and the last pictures' feature maps. It
lives on the lane's thread; only frozen NumPy snapshots leave it.
"""

from __future__ import annotations

import itertools
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine import device as devices
from engine.detection.detections import Filled, ModelFacts, Pair
from engine.detection.pipeline.rois import Rois, stock_rois
from engine.detection.pipeline.trace import STAGES, StageTrace
from engine.errors import DeviceError, PictureError
from engine.pictures.reader import Picture, picture_from_pixels, read_picture

if TYPE_CHECKING:
    import torch

    from engine.detection.pipeline.stages import Features, StageProgress

KEPT_MODELS = 2
KEPT_FEATURES = 3  # pictures; 60 MB each for a ResNet-50 at 800x1088
CHUNK = 16  # pairs filled between two chances to cancel
SHRINKS = (1.0, 0.7, 0.5, 0.35)  # of the input's sides, tried in turn when memory runs out
ROIS_FIRST, ROIS_MOST = 32, 256  # RoIs answered likewise: the first soon, the rest quickly


@dataclass(frozen=True, eq=False)
class InspectSpec:
    """What to look at, and with what.

    Attributes:
        path: a picture file, or None for `pixels`.
        pixels: (H, W, 3) uint8 RGB of a picture without a file.
        model: a name of the zoo.
        weights: a weights file used instead of the zoo's.
        device: one of `engine.device.CHOICES`.
        precision: of `engine.device.PRECISIONS`; anything but the first is not exact.
    """

    path: str | None = None
    pixels: NDArray[np.uint8] | None = None
    model: str = "people"
    weights: str | None = None
    device: str = "auto"
    precision: str = "float32"


@dataclass(frozen=True, eq=False)
class InspectProgress:
    """The part that is about to run.

    Attributes:
        stage: "picture", "model", one of `engine.detection.pipeline.trace.STAGES`, or "retry":
            memory ran out, and the stages begin again with a smaller input.
        index, count: its place among the parts.
        seconds: since the start.
        picture: once read, so that it can be shown before the model is done.
    """

    stage: str
    index: int
    count: int
    seconds: float
    picture: Picture | None = None


@dataclass(frozen=True, eq=False)
class Inspection:
    """A picture and all that the model made of it.

    Attributes:
        spec: what was asked.
        picture: what was read.
        trace: every stage.
        model: whose trace it is.
        device: the device it ran on.
        seconds: all of it, reading and loading included.
        token: names its feature maps on the workbench.
        shrink: how much smaller than usual the network's input is, because memory ran
            out; 1 as a rule.
    """

    spec: InspectSpec
    picture: Picture
    trace: StageTrace
    model: ModelFacts
    device: str
    seconds: float
    token: int
    shrink: float = 1.0

    @property
    def precision(self) -> str:
        """In which it was computed."""
        return self.spec.precision


Loader = Callable[[InspectSpec, "torch.device"], tuple[Any, ModelFacts]]


class Workbench:
    """Loaded models and recent feature maps; used by one thread at a time.

    Args:
        load: gives the eval-mode module and its facts for a spec; the zoo's
            unless a test brings its own.
    """

    def __init__(self, load: Loader | None = None) -> None:
        self._load = load or load_from_zoo
        self._models: OrderedDict[tuple[str, str | None, str, str], tuple[Any, ModelFacts]]
        self._models = OrderedDict()
        self._features: OrderedDict[int, Features] = OrderedDict()
        self._tokens = itertools.count(1)

    def model(self, spec: InspectSpec) -> tuple[Any, ModelFacts, torch.device]:
        """The module on its device, loaded when it is not at hand.

        Raises:
            DeviceError: the device is not there, or is slow in the precision.
        """
        from engine.detection.precision.layout import laid_out

        device = devices.resolve(spec.device)
        if spec.precision not in devices.precisions(device):
            raise DeviceError("device.no_bfloat16", device=str(device))
        key = (spec.model, spec.weights, str(device), spec.precision)
        if key not in self._models:
            with devices.memory_guard(device):
                module, facts = self._load(spec, device)
                self._models[key] = laid_out(module, spec.precision), facts
        self._models.move_to_end(key)
        while len(self._models) > KEPT_MODELS:
            self._models.popitem(last=False)
        return *self._models[key], device

    def forget(self, model: str) -> None:
        """Drop a model, because its weights changed."""
        for key in [key for key in self._models if key[0] == model]:
            del self._models[key]

    def keep(self, features: Features) -> int:
        """Store a picture's feature maps; the oldest make room."""
        token = next(self._tokens)
        self._features[token] = features
        while len(self._features) > KEPT_FEATURES:
            self._features.popitem(last=False)
        return token

    def features(self, inspection: Inspection) -> Features:
        """The feature maps of an inspection, computed again if they had to make room."""
        from engine.detection.pipeline.stages import features_of

        if inspection.token in self._features:
            return self._features[inspection.token]
        module, _, device = self.model(inspection.spec)
        with devices.memory_guard(device), shrunk(module, inspection.shrink):
            features = features_of(
                module, inspection.picture.pixels, precision=inspection.precision
            )
        self._features[inspection.token] = features
        while len(self._features) > KEPT_FEATURES:
            self._features.popitem(last=False)
        return features


def inspect(
    workbench: Workbench, spec: InspectSpec, picture: Picture | None = None
) -> Iterator[InspectProgress | Inspection]:
    """Read a picture, run the model and keep every stage.

    Args:
        picture: what was read of the spec's path, where that was done before.

    Yields:
        An `InspectProgress` before each part, and the `Inspection` last.

    Raises:
        PictureError, ModelError, InputError: the picture, the weights or a name.
        DeviceError: the device is not there or ran out of memory.
    """
    from engine.detection.pipeline.stages import StageProgress

    begun = time.perf_counter()
    count = len(STAGES) + 2
    yield InspectProgress("picture", 0, count, 0.0)
    picture = _picture(spec) if picture is None else picture
    yield InspectProgress("model", 1, count, time.perf_counter() - begun, picture)
    _, facts, device = workbench.model(spec)
    for shrink in SHRINKS:
        try:
            steps = _traced(workbench, spec, picture, shrink)
            for step in steps:
                seconds = time.perf_counter() - begun
                if isinstance(step, StageProgress):
                    index, count = step.index + 2, step.count + 2
                    yield InspectProgress(step.stage, index, count, seconds, picture)
                    continue
                result, token = step
                yield Inspection(spec, picture, result, facts, str(device), seconds, token, shrink)
            return
        except DeviceError as error:
            if error.code != "device.out_of_memory" or shrink == SHRINKS[-1]:
                raise
        yield InspectProgress("retry", 2, count, time.perf_counter() - begun, picture)


def _traced(
    workbench: Workbench, spec: InspectSpec, picture: Picture, shrink: float
) -> Iterator[StageProgress | tuple[StageTrace, int]]:
    """The stages of a picture; last the trace and the token of its features."""
    from engine.detection.pipeline.stages import StageProgress, forget_scales, trace

    module, _, device = workbench.model(spec)
    forget_scales(module)
    with shrunk(module, shrink):
        _check_sides(module, picture)
        steps = trace(module, picture.pixels, precision=spec.precision)
        while True:
            with devices.memory_guard(device):
                step = next(steps)
            if isinstance(step, StageProgress):
                yield step
                continue
            result, features = step
            yield result, workbench.keep(features)
            return


def _check_sides(model: Any, picture: Picture) -> None:
    """Refuse a picture whose short side has less than a pixel left at the net's input size."""
    transform, (height, width) = model.transform, picture.pixels.shape[:2]
    short, long = sorted((height, width))
    if short * min(transform.min_size[-1] / short, transform.max_size / long) < 1:
        name = picture.path or "picture"
        raise PictureError("picture.too_thin", path=name, width=width, height=height)


@contextmanager
def shrunk(model: Any, factor: float) -> Iterator[None]:
    """The model with an input smaller by a factor than it is built for."""
    transform = model.transform
    before = transform.min_size, transform.max_size
    if factor != 1:
        transform.min_size = tuple(max(1, int(side * factor)) for side in before[0])
        transform.max_size = max(1, int(before[1] * factor))
    try:
        yield
    finally:
        transform.min_size, transform.max_size = before


def fill(
    workbench: Workbench,
    inspection: Inspection,
    pairs: Sequence[Pair],
    rois: Rois | None = None,
) -> Iterator[Filled]:
    """Masks and keypoints of pairs that the stock pass left out, from the cached features.

    Args:
        pairs: (row of `rois`, label).
        rois: the stock proposals unless given.

    Yields:
        One `Filled` for each few pairs, in the order asked for.
    """
    from engine.detection.pipeline.stages import fill_pairs

    boxes = (rois or stock_rois(inspection.trace)).pair_boxes
    features = workbench.features(inspection)
    for start in range(0, len(pairs), CHUNK):
        chunk = tuple(pairs[start : start + CHUNK])
        row, label = np.array(chunk, np.int64).reshape(-1, 2).T
        with devices.memory_guard(inspection.device):
            probs, points, scores = fill_pairs(features, boxes[row, label], label)
        yield Filled(chunk, probs, points, scores)


@dataclass(frozen=True, eq=False)
class RoisFilled:
    """The RoIs answered so far, all of them; `done` of `count` of what was asked for."""

    rois: Rois
    done: int
    count: int


def fill_rois(
    workbench: Workbench,
    inspection: Inspection,
    rois: Rois,
    *,
    wanted: Sequence[int] | NDArray[np.int64] = (),
    near: tuple[float, float] | None = None,
    everything: bool = True,
) -> Iterator[RoisFilled]:
    """The box head's answers beyond the stock proposals, from the cached features.

    Args:
        rois: what was answered before; nothing of it changes.
        wanted: (n,) int64, anchors that come first.
        near: a point, picture px; after the wanted the boxes nearest to it come first.
        everything: go on to all boxes that enter the RPN's NMS: the superset.

    Yields:
        A `RoisFilled` a chunk, the chunks growing; one at least.
    """
    from engine.detection.pipeline.rpn_filter import entering, prepare

    trace = inspection.trace
    order = np.asarray(wanted, np.int64)
    if everything:
        prepare(trace)
        rest = entering(trace)
        if near is not None:
            rest = rest[np.argsort(_distances(trace, rest, near), kind="stable")]
        order = np.concatenate([order, rest])
    _, first = np.unique(order, return_index=True)
    order = order[np.sort(first)]
    order = order[rois.row_of[order] < 0]
    yield RoisFilled(rois, 0, len(order))
    if len(order) == 0:
        return
    features = workbench.features(inspection)
    done, size = 0, ROIS_FIRST
    while done < len(order):
        anchor = order[done : done + size]
        with devices.memory_guard(inspection.device):
            rois = answer_rois(features, trace, rois, anchor)
        done, size = done + len(anchor), min(2 * size, ROIS_MOST)
        yield RoisFilled(rois, done, len(order))


def answer_rois(
    features: Features, trace: StageTrace, rois: Rois, anchor: NDArray[np.int64]
) -> Rois:
    """RoIs with the box head's answers for the boxes of more anchors, in one batch.

    Args:
        anchor: (n,) int64, anchors that are not among `rois` yet.
    """
    from engine.detection.pipeline.stages import answer

    boxes = trace.clipped(anchor)
    logits, scores, refined, level = answer(features, boxes)
    return rois.joined(Rois(anchor, boxes, level, logits, scores, refined, 0, rois.anchors))


def _distances(
    trace: StageTrace, anchor: NDArray[np.int64], near: tuple[float, float]
) -> NDArray[np.float32]:
    """(n,) how far a point of the picture is from each anchor's decoded box; 0 inside it."""
    boxes = trace.to_picture(trace.clipped(anchor))
    point = np.array(near, np.float32)
    outside = np.maximum(np.maximum(boxes[:, :2] - point, point - boxes[:, 2:]), 0)
    centre = np.abs((boxes[:, :2] + boxes[:, 2:]) / 2 - point)
    # Of the boxes around the point the one centred on it is the nearest.
    result: NDArray[np.float32] = np.hypot(*outside.T) + np.hypot(*centre.T) * np.float32(1e-3)
    return result


def load_from_zoo(spec: InspectSpec, device: torch.device) -> tuple[Any, ModelFacts]:
    """The zoo's module and facts for a spec."""
    from engine.detection.models import zoo

    if spec.weights is not None:
        path = Path(spec.weights)
        module, described = zoo.load_described(path, str(device))
        name, title = path.name, path.stem
    else:
        info = zoo.find(spec.model)
        module, described = zoo.load_info(info, str(device))
        name, title = info.name, info.title
    return module, ModelFacts(
        name=name,
        title=title,
        classes=tuple(described.classes),
        keypoint_names=tuple(described.keypoint_names),
        has_masks=module.roi_heads.has_mask(),
        has_keypoints=module.roi_heads.has_keypoint(),
        keypoint_classes=tuple(described.keypoint_classes),
    )


def _picture(spec: InspectSpec) -> Picture:
    if spec.pixels is not None:
        path = None if spec.path is None else Path(spec.path)
        return replace(picture_from_pixels(spec.pixels), path=path)
    if spec.path is None:
        raise ValueError("an InspectSpec needs a path or pixels")
    return read_picture(spec.path)
