"""Jobs of the inference lane: engine generators whose answers come ready to be painted.

QImages are made here, which needs no application; widgets are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy

from gui.detection.instances import Box, Details, MaskImage, Pair, paint_mask

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


AUTOMATIC = "auto"  # the precision: the fastest that was measured to change nothing shown


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


class LazyWorkbench:
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


def inspect_picture(
    workbench: LazyWorkbench, spec: InspectSpec, *, fresh: bool = False, mask_threshold: float = 0.5
) -> Iterator[InspectProgress | Inspected]:
    """Run the model; the last snapshot carries the painted masks.

    Args:
        spec: its precision may be `AUTOMATIC`; the inspection's is what that came to.
        fresh: load the model's weights again.
    """
    from engine.detection.pipeline.inference import Inspection, inspect
    from engine.detection.precision.measurement import automatic

    if fresh:
        workbench.get().forget(spec.model)
    if spec.precision == AUTOMATIC:
        spec = replace(spec, precision=automatic(spec.model, spec.weights, spec.device))
    for step in inspect(workbench.get(), spec):
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
    workbench: LazyWorkbench,
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

    for filled in fill(workbench.get(), inspection, tuple(wanted), rois):
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
    workbench: LazyWorkbench,
    inspection: Inspection,
    rois: Rois,
    *,
    wanted: numpy.ndarray,
    near: tuple[float, float] | None,
) -> Iterator[RoisFilled]:
    """The box head's answers for anchors that are waited for, then for the whole superset."""
    from engine.detection.pipeline.inference import fill_rois

    yield from fill_rois(workbench.get(), inspection, rois, wanted=wanted, near=near)


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


def itself(snapshot: Any) -> Any:
    """What `Bridge.start` keeps of a snapshot where every snapshot counts."""
    return snapshot
