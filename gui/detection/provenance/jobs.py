"""Where a detection comes from, and what it suppressed, with the IoU that the NMS saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy
from numpy.typing import NDArray

from gui.detection.instances import Box, Pair, as_box
from gui.detection.layers.score_scale import sigmoid

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection, Workbench
    from engine.detection.pipeline.selection import Selection
    from engine.detection.pipeline.trace import StageTrace
    from engine.detection.queries.provenance import Ancestry


@dataclass(frozen=True)
class SuppressedBox:
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
class Provenance:
    """Where a detection comes from, and the boxes that it suppressed."""

    pair: Pair
    origin: Ancestry
    suppressed: tuple[SuppressedBox, ...]


def trace_back(
    workbench: Workbench, inspection: Inspection, *, selection: Selection, row: int
) -> Iterator[Provenance]:
    """The origin of the detection in a row of a selection; a job of the inference lane."""
    from engine.detection.queries.provenance import ancestry

    origin = ancestry(inspection.trace, selection, row)
    yield Provenance(
        selection.pairs[row], origin, suppressed_boxes(inspection.trace, selection, origin)
    )


def suppressed_boxes(
    trace: StageTrace, selection: Selection, origin: Ancestry
) -> tuple[SuppressedBox, ...]:
    """What a detection suppressed: at the RPN first, the most overlapping first."""
    anchors = list(origin.covered_anchors)
    height, width = trace.input_size
    limit = numpy.array([width, height, width, height], numpy.float32)
    at_rpn = _listed(
        "rpn_nms",
        sigmoid(trace.objectness[anchors]),
        origin.covered_anchor_ious,
        trace.to_picture(trace.decoded[anchors].clip(0, limit)),
    )
    rows, labels = numpy.array(origin.covered_pairs, numpy.int64).reshape(-1, 2).T
    in_class = _listed(
        "class_nms",
        selection.rois.pair_scores[rows, labels],
        origin.covered_pair_ious,
        trace.to_picture(selection.rois.pair_boxes[rows, labels]),
    )
    return (*at_rpn, *in_class)


def _listed(
    gate: str, scores: NDArray[Any], ious: Sequence[float], boxes: NDArray[Any]
) -> list[SuppressedBox]:
    found = [
        SuppressedBox(gate, float(score), float(iou), as_box(box))
        for score, iou, box in zip(scores, ious, boxes, strict=True)
    ]
    return sorted(found, key=_overlap)


def _overlap(box: SuppressedBox) -> float:
    return -box.iou
