"""How every refined box covers an object."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import iou
from engine.detection.pipeline.rois import Rois
from engine.detection.pipeline.trace import StageTrace


def pair_overlaps(
    trace: StageTrace, rois: Rois, target: NDArray[np.float32], label: int | None
) -> NDArray[np.float32]:
    """(R, C) float32 IoU of every refined box with a box (4,), picture px.

    0 for the background, for classes that are not asked for and for boxes too small to be shown.
    """
    from engine.detection.pipeline.filters import MIN_REFINED_SIZE

    boxes = rois.pair_boxes
    labels = range(1, boxes.shape[1]) if label is None else [label]
    overlaps = np.zeros(boxes.shape[:2], np.float32)
    for column in labels:
        each = boxes[:, column]
        large = ((each[:, 2:] - each[:, :2]) >= np.float32(MIN_REFINED_SIZE)).all(1)
        overlaps[:, column] = np.where(large, iou(target, trace.to_picture(each)), np.float32(0))
    return overlaps
