"""What brings a lost object back: searched on cached features, or tried on the model itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
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
from engine.detection.queries.missed_object import follow_object
from engine.detection.queries.routes import Route, Verdict
from engine.detection.queries.ways_back.search import find_routes

if TYPE_CHECKING:
    from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

AT_ONCE = 256  # boxes that the head is asked for in one batch


@dataclass(frozen=True, eq=False)
class Explanation:
    """What became of an object and what would bring it back.

    Attributes:
        trace, selection: the picture as it is shown.
        verdict: its routes are those with which the model itself was seen to find the object.
    """

    trace: StageTrace
    selection: Selection
    verdict: Verdict


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

    Every route is tried on the model, run anew where the RPN's settings change; those of the
    RoI heads select from its own answers. Only the routes that return are told.
    """
    from engine.detection.pipeline.stages import StageProgress, trace, trace_stages

    found, features = next(
        step
        for step in trace(model, pixels, precision=precision)
        if not isinstance(step, StageProgress)
    )
    selection = select(found, thresholds)

    def fill(rois: Rois, anchor: NDArray[np.int64]) -> Iterator[RoisFilled]:
        for start in range(0, len(anchor), AT_ONCE):
            rois = answer_rois(features, found, rois, anchor[start : start + AT_ONCE])
            yield RoisFilled(rois, min(start + AT_ONCE, len(anchor)), len(anchor))

    def returns(route: Route) -> bool:
        rpn = {name: value for name, value in route.change.items() if name.startswith("rpn_")}
        ours = {name: value for name, value in route.change.items() if name not in rpn}
        again = found
        if rpn:
            with rpn_settings(model, rpn):
                again = trace_stages(model, pixels, precision=precision)
        shown = select(again, apply_change(thresholds, ours))
        return follow_object(again, shown, box, label).detection is not None

    steps = find_routes(found, selection, box, label, fill=fill)
    verdict = next(step for step in steps if isinstance(step, Verdict))
    routes = tuple(route for route in verdict.routes if returns(route))
    return Explanation(found, selection, replace(verdict, routes=routes))


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
