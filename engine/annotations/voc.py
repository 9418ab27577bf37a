"""Pascal VOC XML: whole pixels counted from 1, the last one included; read and written."""

from __future__ import annotations

import math
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from engine.annotations.files import base_name, read_start
from engine.annotations.ground_truth import GroundTruth, TruthObject
from engine.atomic_write import replacing
from engine.errors import InputError
from engine.export.item import ExportItem
from engine.file_text import xml_text

MAX_BYTES = 1 << 30
_CORNERS = ("xmin", "ymin", "xmax", "ymax")


def looks_like(file: Path) -> bool:
    """Whether a file begins as XML, in whatever encoding."""
    return "<" in read_start(file)


def write(path: Path, item: ExportItem) -> None:
    """Write one VOC file.

    Raises:
        ExportError: it could not be written.
    """
    height, width = item.detections.picture_size
    root = ElementTree.Element("annotation")
    _add(root, "filename", item.file_name)
    size = ElementTree.SubElement(root, "size")
    _add(size, "width", width)
    _add(size, "height", height)
    _add(size, "depth", 3)
    _add(root, "segmented", 0)
    detections = item.detections
    for box, name, score in zip(detections.boxes, detections.names, detections.scores, strict=True):
        entry = ElementTree.SubElement(root, "object")
        for key, value in (("name", name), ("pose", "Unspecified"), ("truncated", 0)):
            _add(entry, key, value)
        _add(entry, "difficult", 0)
        _add(entry, "score", f"{score:.6f}")
        corners = ElementTree.SubElement(entry, "bndbox")
        x0, y0, x1, y1 = (float(value) for value in box)
        _add(corners, "xmin", min(math.floor(x0) + 1, width))
        _add(corners, "ymin", min(math.floor(y0) + 1, height))
        _add(corners, "xmax", min(max(math.ceil(x1), math.floor(x0) + 1), width))
        _add(corners, "ymax", min(max(math.ceil(y1), math.floor(y0) + 1), height))
    ElementTree.indent(root)
    with replacing(path) as temporary:
        ElementTree.ElementTree(root).write(temporary, encoding="utf-8", xml_declaration=True)


def _add(parent: ElementTree.Element, name: str, value: object) -> None:
    ElementTree.SubElement(parent, name).text = xml_text(str(value))


def read_voc(file: Path) -> dict[str, GroundTruth]:
    """A Pascal VOC file; its pixels are counted from 1, the last one included.

    Raises:
        InputError: it is none.
    """
    try:
        if file.stat().st_size > MAX_BYTES or "<!ENTITY" in read_start(file):
            raise ValueError("entities")  # a few bytes may stand for gigabytes
        root = ElementTree.parse(file).getroot()
        if root.tag != "annotation":
            raise ValueError(root.tag)
        objects = []
        for item in root.iter("object"):
            corners = [float(item.findtext(f"bndbox/{name}") or "") for name in _CORNERS]
            box = np.array([corners[0] - 1, corners[1] - 1, corners[2], corners[3]], np.float32)
            hard = (item.findtext("difficult") or "0").strip() == "1"
            objects.append(TruthObject((item.findtext("name") or "").strip(), box, ignore=hard))
        name = base_name(root.findtext("filename") or "")
        height, width = (root.findtext(f"size/{side}") for side in ("height", "width"))
        size = (int(height), int(width)) if height and width else None
    except (ElementTree.ParseError, ValueError, OSError) as error:
        raise InputError("truth.not_voc", path=file) from error
    return {name or file.stem: GroundTruth(name or file.stem, size, tuple(objects), file, "voc")}
