"""Pascal VOC XML: whole pixels counted from 1, the last one included."""

from __future__ import annotations

import math
from pathlib import Path
from xml.etree import ElementTree

from engine.atomic_write import replacing
from engine.export.item import ExportItem


def write(path: Path, finding: ExportItem) -> None:
    """Write one VOC file.

    Raises:
        ExportError: it could not be written.
    """
    height, width = finding.detections.picture_size
    root = ElementTree.Element("annotation")
    _add(root, "filename", finding.file_name)
    size = ElementTree.SubElement(root, "size")
    _add(size, "width", width)
    _add(size, "height", height)
    _add(size, "depth", 3)
    _add(root, "segmented", 0)
    detections = finding.detections
    for box, name, score in zip(detections.boxes, detections.names, detections.scores, strict=True):
        item = ElementTree.SubElement(root, "object")
        for key, value in (("name", name), ("pose", "Unspecified"), ("truncated", 0)):
            _add(item, key, value)
        _add(item, "difficult", 0)
        _add(item, "score", f"{score:.6f}")
        corners = ElementTree.SubElement(item, "bndbox")
        x0, y0, x1, y1 = (float(value) for value in box)
        _add(corners, "xmin", min(math.floor(x0) + 1, width))
        _add(corners, "ymin", min(math.floor(y0) + 1, height))
        _add(corners, "xmax", min(max(math.ceil(x1), math.floor(x0) + 1), width))
        _add(corners, "ymax", min(max(math.ceil(y1), math.floor(y0) + 1), height))
    ElementTree.indent(root)
    with replacing(path) as temporary:
        ElementTree.ElementTree(root).write(temporary, encoding="utf-8", xml_declaration=True)


def _add(parent: ElementTree.Element, name: str, value: object) -> None:
    ElementTree.SubElement(parent, name).text = str(value)
