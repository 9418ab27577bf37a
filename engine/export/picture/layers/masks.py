"""The masks of the detections: a filling, a line around it, or both."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from engine.annotations.mask_encoding import bits, polygons
from engine.export.picture import vector
from engine.export.picture.layers.base import LayerContext
from engine.pictures.reader import opencv


def draw_masks(canvas: NDArray[np.uint8], context: LayerContext) -> None:
    """Draw them on (H, W, 3) uint8 RGB, the best on top."""
    found = context.detections
    if found.mask_probs is None:
        return
    for index in reversed(range(len(found))):
        if found.ready[index]:
            _draw_mask(canvas, context, index)


def _draw_mask(canvas: NDArray[np.uint8], context: LayerContext, index: int) -> None:
    cv2 = opencv()
    x0, y0, inside = bits(context.detections, index)
    if not inside.any():
        return
    style, line = context.style, context.line
    colour = style.colour(index, int(context.detections.labels[index]))
    hard = inside.view(np.uint8)
    if style.mask != "contour":
        region = canvas[y0 : y0 + inside.shape[0], x0 : x0 + inside.shape[1]]
        blend = np.empty_like(region)
        cv2.rectangle(blend, (0, 0), region.shape[1::-1], colour, cv2.FILLED)
        cv2.addWeighted(region, 1 - context.opacity, blend, context.opacity, 0, blend)
        cv2.copyTo(blend, hard, region)
    if style.mask != "fill":
        found, _ = cv2.findContours(
            hard, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE, offset=(x0, y0)
        )
        # The outline follows whole pixels, so smooth lines would only take longer.
        smooth = cv2.LINE_AA if line <= 1 else cv2.LINE_8
        cv2.drawContours(canvas, found, -1, colour, max(1, line), smooth)


def write_masks(root: ElementTree.Element, context: LayerContext) -> None:
    """Append their outlines to an SVG in picture px."""
    found, style = context.detections, context.style
    if found.mask_probs is None:
        return
    group = vector.group(root, "masks", context.line)
    for index in range(len(found)):
        if not found.ready[index]:
            continue
        parts = [
            "M" + "L".join(f"{x:g} {y:g}" for x, y in outline + 0.5) + "Z"
            for outline in polygons(*bits(found, index))
        ]
        if parts:
            colour = vector.hexadecimal(style.colour(index, int(found.labels[index])))
            shown = {"fill": colour, "fill-opacity": f"{context.opacity:g}"}
            if style.mask == "contour":
                shown = {"fill": "none"}
            if style.mask != "fill":
                shown["stroke"] = colour
            ElementTree.SubElement(group, "path", {"d": "".join(parts), **shown})
