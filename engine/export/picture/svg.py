"""SVG: the picture embedded, boxes, outlines, skeletons and words as vectors."""

from __future__ import annotations

import base64
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from engine.atomic_write import replacing
from engine.export.item import ExportItem
from engine.export.picture.draw import encode
from engine.export.picture.layers.registry import planned

NAMESPACE = "http://www.w3.org/2000/svg"


def write(path: Path, item: ExportItem) -> None:
    """Write one SVG; its units are the picture's pixels.

    Raises:
        ExportError: it could not be written.
    """
    height, width = item.detections.picture_size
    root = ElementTree.Element(
        "svg",
        {"xmlns": NAMESPACE, "viewBox": f"0 0 {width} {height}"},
        width=str(width),
        height=str(height),
    )
    plan = list(planned(item.layers, item.detections, item.style, item.trace))
    ground = np.ascontiguousarray(item.pixels).copy()
    for layer, context in plan:
        if layer.write_svg is None:
            layer.draw(ground, context)
    data = base64.b64encode(encode(ground, suffix=".png") or b"").decode("ascii")
    ElementTree.SubElement(
        root, "image", href=f"data:image/png;base64,{data}", width=str(width), height=str(height)
    )
    for layer, context in plan:
        if layer.write_svg is not None:
            layer.write_svg(root, context)
    with replacing(path) as temporary:
        ElementTree.ElementTree(root).write(temporary, encoding="utf-8", xml_declaration=True)
