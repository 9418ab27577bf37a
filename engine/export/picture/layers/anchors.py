"""The anchors in which the RPN believes most."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.trace import StageTrace
from engine.export.picture import raster, vector
from engine.export.picture.layers.base import LayerContext
from engine.export.picture.style import level_colour

PER_LEVEL = 12  # all of them would hide the picture


def draw_anchors(canvas: NDArray[np.uint8], context: LayerContext) -> None:
    """Draw them on (H, W, 3) uint8 RGB, in the colours of their levels."""
    if context.trace is None:
        return
    with raster.faded(canvas, context.opacity) as ground:
        for box, level in zip(*best_anchors(context.trace), strict=True):
            raster.rectangle(ground, box, level_colour(int(level)), line=max(1, context.line // 2))


def write_anchors(root: ElementTree.Element, context: LayerContext) -> None:
    """Append them to an SVG in picture px."""
    if context.trace is None:
        return
    group = vector.group(root, "anchors", context.line / 2, context.opacity)
    for box, level in zip(*best_anchors(context.trace), strict=True):
        vector.rectangle(group, box.tolist(), level_colour(int(level)))


def best_anchors(trace: StageTrace) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The anchors of the highest objectness, a few of each level.

    Returns:
        Boxes (n, 4) float32 xyxy in picture px, and their levels (n,) int64.
    """
    chosen = []
    for level in np.unique(trace.anchor_level):
        here = np.flatnonzero(trace.anchor_level == level)
        chosen.append(here[np.argsort(-trace.objectness[here], kind="stable")[:PER_LEVEL]])
    index = np.concatenate(chosen) if chosen else np.empty(0, np.int64)
    return trace.to_picture(trace.anchors[index]), trace.anchor_level[index]
