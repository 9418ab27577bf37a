"""The change of settings that brings a lost object back, tried on the model itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.detection.lineage import Verdict, judge
from engine.detection.selection import Selection, Thresholds, select
from engine.detection.trace import StageTrace

if TYPE_CHECKING:
    from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

ROUNDS = 12  # each takes one gate; NMS may take several, a rival at a time
_OF_THRESHOLDS = ("score", "nms", "max_detections")


@dataclass(frozen=True, eq=False)
class Explanation:
    """What became of an object and what would bring it back.

    Attributes:
        trace, selection: the picture as it is shown.
        verdict: at which gate it was lost, or which detection found it.
        change: all settings that together bring it back; empty when it is
            not lost, or when no settings do.
        returns: whether the model with these settings was seen to find it.
    """

    trace: StageTrace
    selection: Selection
    verdict: Verdict
    change: Mapping[str, float]
    returns: bool


def explain(
    model: GeneralizedRCNN,
    pixels: NDArray[np.uint8],
    thresholds: Thresholds,
    box: tuple[float, float, float, float],
    label: int | None = None,
) -> Explanation:
    """Follow the object in a box (x0, y0, x1, y1, picture px) and try to bring it back.

    The gates are taken one after another: the smallest change past the first
    that failed is applied to the model, and what stops it next is asked again.
    """
    from engine.detection.stages import trace_stages

    trace = trace_stages(model, pixels)
    selection = select(trace, thresholds)
    first = verdict = judge(trace, selection, box, label)
    change: dict[str, float] = {}
    again = trace
    for _ in range(ROUNDS):
        if verdict.detection is not None or not verdict.change:
            break
        for name, value in verdict.change.items():
            loosest = min if name.endswith("score") else max
            change[name] = loosest(value, change.get(name, value))
        rpn = {name: value for name, value in change.items() if name not in _OF_THRESHOLDS}
        if any(name in rpn for name in verdict.change):
            with rpn_settings(model, rpn):
                again = trace_stages(model, pixels)
        ours = {name: value for name, value in change.items() if name in _OF_THRESHOLDS}
        verdict = judge(again, select(again, _with(thresholds, ours)), box, label)
    returns = bool(change) and verdict.detection is not None
    return Explanation(trace, selection, first, change if returns else {}, returns)


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


def _with(thresholds: Thresholds, change: Mapping[str, float]) -> Thresholds:
    values = {
        name: int(value) if name == "max_detections" else value for name, value in change.items()
    }
    return replace(thresholds, **values)  # type: ignore[arg-type]
