"""Whom a detection suppressed, at both NMS, with the IoU that the NMS saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy

from gui.detection.candidates import sigmoid
from gui.detection.walk import Box, as_box

if TYPE_CHECKING:
    from engine.detection.ancestry import Ancestry
    from engine.detection.trace import StageTrace


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


def relatives(trace: StageTrace, origin: Ancestry) -> tuple[Relative, ...]:
    """The family of a detection: at the RPN first, the most overlapping first."""
    from engine.detection.overlap import iou

    anchors = list(origin.covered_anchors)
    height, width = trace.input_size
    limit = numpy.array([width, height, width, height], numpy.float32)
    boxes = trace.to_picture(trace.decoded[anchors].clip(0, limit))
    overlaps = iou(origin.proposal_box, boxes)
    at_rpn = [
        Relative("rpn_nms", float(score), float(overlap), as_box(box))
        for score, overlap, box in zip(
            sigmoid(trace.objectness[anchors]), overlaps, boxes, strict=True
        )
    ]
    rows, labels = numpy.array(origin.covered_pairs, numpy.int64).reshape(-1, 2).T
    boxes = trace.to_picture(trace.pair_boxes[rows, labels])
    overlaps = iou(origin.box, boxes)
    in_class = [
        Relative("class_nms", float(score), float(overlap), as_box(box))
        for score, overlap, box in zip(
            trace.pair_scores[rows, labels], overlaps, boxes, strict=True
        )
    ]
    return (*sorted(at_rpn, key=_overlap), *sorted(in_class, key=_overlap))


def _overlap(relative: Relative) -> float:
    return -relative.iou
