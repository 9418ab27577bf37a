"""The RPN's best proposals."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.trace import StageTrace
from engine.export.picture import raster, vector
from engine.export.picture.layers.base import LayerContext, sigmoid
from engine.export.picture.style import Colour

AT_MOST = 100  # more would hide the picture


def draw_proposals(canvas: NDArray[np.uint8], context: LayerContext) -> None:
    """Draw them on (H, W, 3) uint8 RGB, the brighter the more object-like, the best on top."""
    if context.trace is None:
        return
    boxes, scores = best_proposals(context.trace)
    with raster.faded(canvas, context.opacity) as ground:
        for box, score in zip(boxes[::-1], scores[::-1], strict=True):
            raster.rectangle(ground, box, _colour(score), line=max(1, context.line // 2))


def write_proposals(root: ElementTree.Element, context: LayerContext) -> None:
    """Append them to an SVG in picture px."""
    if context.trace is None:
        return
    group = vector.group(root, "proposals", context.line / 2, context.opacity)
    for box, score in zip(*best_proposals(context.trace), strict=True):
        vector.rectangle(group, box.tolist(), _colour(score))


def best_proposals(trace: StageTrace) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The best proposals, best first.

    Returns:
        Boxes (n, 4) float32 xyxy in picture px, and their objectness (n,) float32, 0 to 1.
    """
    boxes = trace.to_picture(trace.proposals[:AT_MOST])
    return boxes, sigmoid(trace.objectness[trace.proposal_anchor[:AT_MOST]])


def _colour(score: np.float32) -> Colour:
    grey = round(120 + 135 * float(score))
    return grey, grey, 90
