"""The change of settings that brings a lost object back, tried on the model itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.inference import (
    Inspection,
    RoisFilled,
    Workbench,
    answer_rois,
    fill_rois,
)
from engine.detection.pipeline.rois import Rois
from engine.detection.pipeline.selection import Selection, Thresholds, apply_change, select
from engine.detection.pipeline.trace import StageTrace
from engine.detection.queries.missed_object import MissedObjectResult, follow_object
from engine.detection.queries.route_search import find_routes
from engine.detection.queries.routes import Verdict

if TYPE_CHECKING:
    from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

    from engine.detection.pipeline.stages import Features

ROUNDS = 12  # each takes one gate; NMS may take several, a rival at a time


@dataclass(frozen=True, eq=False)
class Explanation:
    """What became of an object and what would bring it back.

    Attributes:
        trace, selection: the picture as it is shown.
        result: at which gate it was lost, or which detection found it.
        change: all settings that together bring it back; empty when it is
            not lost, or when no settings do.
        returns: whether the model with these settings was seen to find it.
    """

    trace: StageTrace
    selection: Selection
    result: MissedObjectResult
    change: Mapping[str, float]
    returns: bool


@dataclass(frozen=True, eq=False)
class Recovery:
    """A lost object and the settings that bring it back.

    Attributes:
        result: at which gate it was lost as things are shown.
        change: all settings that together bring it back; empty when none do.
        selection: what they show; its RoIs hold the answers they need.
    """

    result: MissedObjectResult
    change: Mapping[str, float]
    selection: Selection


def explain(
    model: GeneralizedRCNN,
    pixels: NDArray[np.uint8],
    thresholds: Thresholds,
    box: tuple[float, float, float, float],
    label: int | None = None,
    *,
    precision: str = "float32",
) -> Explanation:
    """Follow the object in a box (x0, y0, x1, y1, picture px) and try to bring it back.

    The change that `loosen` finds is tried on the model itself.
    """
    from engine.detection.pipeline.stages import StageProgress, trace, trace_stages

    found, features = next(
        step
        for step in trace(model, pixels, precision=precision)
        if not isinstance(step, StageProgress)
    )
    selection = select(found, thresholds)
    steps = loosen(found, selection, box, label, fill=partial(_answered, features, found))
    recovery = next(step for step in steps if isinstance(step, Recovery))
    change, returns = recovery.change, False
    if change:
        rpn = {name: value for name, value in change.items() if name.startswith("rpn_")}
        ours = {name: value for name, value in change.items() if name not in rpn}
        with rpn_settings(model, rpn):
            again = trace_stages(model, pixels, precision=precision)
        shown = select(again, apply_change(thresholds, ours))
        returns = follow_object(again, shown, box, label).detection is not None
    return Explanation(found, selection, recovery.result, change if returns else {}, returns)


def recover(
    workbench: Workbench,
    inspection: Inspection,
    selection: Selection,
    box: tuple[float, float, float, float],
    label: int | None = None,
) -> Iterator[RoisFilled | Recovery]:
    """A job: the change that brings the object in a box (picture px) back, on cached features.

    Yields:
        a `RoisFilled` as the box head answers for proposals of other settings; the
        `Recovery` last.
    """
    fill = partial(_filled, workbench, inspection)
    yield from loosen(inspection.trace, selection, box, label, fill=fill)


def search(
    workbench: Workbench,
    inspection: Inspection,
    selection: Selection,
    box: tuple[float, float, float, float],
    label: int | None = None,
) -> Iterator[RoisFilled | Verdict]:
    """A job: what became of the object in a box (picture px), and the cheapest ways back.

    Yields:
        a `RoisFilled` as the box head answers from the cached features; the `Verdict` last.
    """

    def fill(rois: Rois, anchor: NDArray[np.int64]) -> Iterator[RoisFilled]:
        return fill_rois(workbench, inspection, rois, wanted=anchor, everything=False)

    yield from find_routes(inspection.trace, selection, box, label, fill=fill)


def loosen(
    trace: StageTrace,
    selection: Selection,
    box: tuple[float, float, float, float],
    label: int | None,
    *,
    fill: Callable[[Selection], Iterator[RoisFilled]],
) -> Iterator[RoisFilled | Recovery]:
    """Take the gates one after another: the smallest change past the first that failed,
    then past the one that fails next.

    Args:
        fill: yields the RoIs with answers for what a selection waits for.
    """
    first = result = follow_object(trace, selection, box, label)
    change: dict[str, float] = {}
    shown = selection
    for _ in range(ROUNDS):
        if result.detection is not None or not result.change:
            break
        for name, value in result.change.items():
            loosest = min if name.endswith("score") else max
            change[name] = loosest(value, change.get(name, value))
        thresholds = apply_change(selection.thresholds, change)
        shown = select(trace, thresholds, shown.rois)
        if len(shown.waiting):
            for step in fill(shown):
                yield step
                shown = select(trace, thresholds, step.rois)
        result = follow_object(trace, shown, box, label)
    returns = bool(change) and result.detection is not None
    yield Recovery(first, change if returns else {}, shown)


def _filled(
    workbench: Workbench, inspection: Inspection, selection: Selection
) -> Iterator[RoisFilled]:
    yield from fill_rois(
        workbench, inspection, selection.rois, wanted=selection.waiting, everything=False
    )


def _answered(features: Features, trace: StageTrace, selection: Selection) -> Iterator[RoisFilled]:
    rois = answer_rois(features, trace, selection.rois, selection.waiting)
    yield RoisFilled(rois, len(selection.waiting), len(selection.waiting))


@contextmanager
def rpn_settings(model: GeneralizedRCNN, settings: Mapping[str, float]) -> Iterator[None]:
    """The model with other RPN thresholds: `rpn_score`, `rpn_nms` and the two top-n."""
    rpn = model.rpn
    before = rpn.score_thresh, rpn.nms_thresh, rpn._pre_nms_top_n, rpn._post_nms_top_n
    rpn.score_thresh = settings.get("rpn_score", rpn.score_thresh)
    rpn.nms_thresh = settings.get("rpn_nms", rpn.nms_thresh)
    for name in ("pre", "post"):
        if f"rpn_{name}_nms_top_n" in settings:
            held = f"_{name}_nms_top_n"
            count = int(settings[f"rpn_{name}_nms_top_n"])
            setattr(rpn, held, {**getattr(rpn, held), "testing": count})
    try:
        yield
    finally:
        rpn.score_thresh, rpn.nms_thresh, rpn._pre_nms_top_n, rpn._post_nms_top_n = before
