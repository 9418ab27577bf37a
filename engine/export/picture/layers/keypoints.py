"""The keypoints of the detections, and the lines between them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from engine.detection.detections import Detections
from engine.detection.skeleton import side
from engine.export.picture import raster, vector
from engine.export.picture.layers.base import LayerContext
from engine.export.picture.style import CASING, SIDES, Colour
from engine.pictures.reader import opencv


def draw_keypoints(canvas: NDArray[np.uint8], context: LayerContext) -> None:
    """Draw them on (H, W, 3) uint8 RGB, the best detection on top."""
    found = context.detections
    if found.keypoints is None:
        return
    with raster.faded(canvas, context.opacity) as ground:
        for index in reversed(range(len(found))):
            points = found.points(index)
            if points is not None:
                _draw_skeleton(ground, points, context)


def _draw_skeleton(
    canvas: NDArray[np.uint8], points: NDArray[np.float32], context: LayerContext
) -> None:
    cv2, line = opencv(), context.line
    names = context.detections.model.keypoint_names
    for a, b, colour in _bones(context.detections) if context.style.skeleton else ():
        ends = raster.fixed(points[a]), raster.fixed(points[b])
        cv2.line(canvas, *ends, CASING, line + 2, cv2.LINE_AA, raster.SUBPIXEL_BITS)
        cv2.line(canvas, *ends, colour, line, cv2.LINE_AA, raster.SUBPIXEL_BITS)
    radius = round((line + 0.8) * (1 << raster.SUBPIXEL_BITS))
    ring = radius + (1 << raster.SUBPIXEL_BITS)
    colours = [SIDES[side(name)] for name in names] or [SIDES["middle"]] * len(points)
    for point, colour in zip(points, colours, strict=True):
        centre = raster.fixed(point)
        cv2.circle(canvas, centre, ring, CASING, -1, cv2.LINE_AA, raster.SUBPIXEL_BITS)
        cv2.circle(canvas, centre, radius, colour, -1, cv2.LINE_AA, raster.SUBPIXEL_BITS)


def write_keypoints(root: ElementTree.Element, context: LayerContext) -> None:
    """Append them to an SVG in picture px, each with its name."""
    found, line = context.detections, context.line
    group = vector.group(root, "keypoints", line, context.opacity)
    for index in range(len(found)):
        points = found.points(index)
        if points is None:
            continue
        for a, b, colour in _bones(found) if context.style.skeleton else ():
            ends = {
                f"{axis}{end}": f"{points[place][column]:.2f}"
                for end, place in ((1, a), (2, b))
                for column, axis in enumerate("xy")
            }
            ElementTree.SubElement(group, "line", ends, stroke=vector.hexadecimal(colour))
        for name, (x, y, _) in zip(found.model.keypoint_names, points, strict=True):
            dot = {"cx": f"{x:.2f}", "cy": f"{y:.2f}", "r": f"{line + 0.8:g}"}
            colour = SIDES[side(name)]
            circle = ElementTree.SubElement(group, "circle", dot, fill=vector.hexadecimal(colour))
            ElementTree.SubElement(circle, "title").text = name


def _bones(detections: Detections) -> Iterator[tuple[int, int, Colour]]:
    """The indices of two keypoints, and the colour of the line between them."""
    names = detections.model.keypoint_names
    for a, b in detections.model.skeleton:
        sides = {side(names[a]), side(names[b])}
        yield a, b, SIDES[sides.pop()] if len(sides) == 1 else SIDES["middle"]
