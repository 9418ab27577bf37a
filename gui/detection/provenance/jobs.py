"""Where a detection comes from, and whom it suppressed, with the IoU that the NMS saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy
from numpy.typing import NDArray

from gui.detection.instances import Pair
from gui.detection.layers.score_scale import sigmoid
from gui.detection.provenance.animation import Box, as_box

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection, Workbench
    from engine.detection.pipeline.selection import Selection
    from engine.detection.pipeline.trace import StageTrace
    from engine.detection.queries.provenance import Ancestry


@dataclass(frozen=True)
class Relative:
    """One suppressed box.

    Attributes:
        gate: `rpn_nms` or `class_nms`.
        score: its objectness or its class score, 0 to 1.
        iou: with the box that won.
        box: picture px.
    """

    gate: str
    score: float
    iou: float
    box: Box


@dataclass(frozen=True, eq=False)
class Found:
    """Where a detection comes from, and its family."""

    pair: Pair
    origin: Ancestry
    family: tuple[Relative, ...]


def trace_back(
    workbench: Workbench, inspection: Inspection, *, selection: Selection, row: int
) -> Iterator[Found]:
    """The origin of the detection in a row of a selection; a job of the inference lane."""
    from engine.detection.queries.provenance import ancestry

    origin = ancestry(inspection.trace, selection, row)
    yield Found(selection.pairs[row], origin, relatives(inspection.trace, selection, origin))


def relatives(trace: StageTrace, selection: Selection, origin: Ancestry) -> tuple[Relative, ...]:
    """The family of a detection: at the RPN first, the most overlapping first."""
    anchors = list(origin.covered_anchors)
    height, width = trace.input_size
    limit = numpy.array([width, height, width, height], numpy.float32)
    at_rpn = _family(
        "rpn_nms",
        sigmoid(trace.objectness[anchors]),
        origin.covered_anchor_ious,
        trace.to_picture(trace.decoded[anchors].clip(0, limit)),
    )
    rows, labels = numpy.array(origin.covered_pairs, numpy.int64).reshape(-1, 2).T
    in_class = _family(
        "class_nms",
        selection.rois.pair_scores[rows, labels],
        origin.covered_pair_ious,
        trace.to_picture(selection.rois.pair_boxes[rows, labels]),
    )
    return (*at_rpn, *in_class)


def _family(gate: str, scores: NDArray, ious: Sequence[float], boxes: NDArray) -> list[Relative]:
    found = [
        Relative(gate, float(score), float(iou), as_box(box))
        for score, iou, box in zip(scores, ious, boxes, strict=True)
    ]
    return sorted(found, key=_overlap)


def _overlap(relative: Relative) -> float:
    return -relative.iou
