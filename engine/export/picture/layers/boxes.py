"""The boxes of the detections."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from engine.export.picture import raster, vector
from engine.export.picture.layers.base import LayerContext


def draw_boxes(canvas: NDArray[np.uint8], context: LayerContext) -> None:
    """Draw them on (H, W, 3) uint8 RGB, the best on top."""
    found, style = context.detections, context.style
    with raster.faded(canvas, context.opacity) as ground:
        for index in reversed(range(len(found))):
            colour = style.colour(index, int(found.labels[index]))
            raster.rectangle(ground, found.boxes[index], colour, line=context.line, cased=True)


def write_boxes(root: ElementTree.Element, context: LayerContext) -> None:
    """Append them to an SVG in picture px."""
    found, style = context.detections, context.style
    group = vector.group(root, "boxes", context.line, context.opacity)
    for index, box in enumerate(found.boxes.tolist()):
        vector.rectangle(group, box, style.colour(index, int(found.labels[index])))
