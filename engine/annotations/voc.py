"""Pascal VOC XML: whole pixels counted from 1, the last one included; read and written."""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from engine.annotations import values
from engine.annotations.files import decode, read_start
from engine.annotations.ground_truth import AnnotationFile, GroundTruth, TruthObject, file_of
from engine.annotations.mask_encoding import polygon_area
from engine.annotations.remarks import Reason
from engine.annotations.values import Unusable
from engine.atomic_write import replacing
from engine.errors import InputError, shorten
from engine.export.item import ExportItem
from engine.file_text import xml_text
from engine.pictures.reader import MAX_PIXELS

MAX_BYTES = 1 << 28
_CORNERS = ("xmin", "ymin", "xmax", "ymax")
_TURNED = ("cx", "cy", "w", "h", "angle")  # px and radians, as roLabelImg has them
_ENCODING = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")


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


def read_voc(file: Path) -> AnnotationFile:
    """A Pascal VOC file; its pixels are counted from 1, the last one included.

    Objects with a turned box (`robndbox`) or a `polygon` in place of corners are outlines.

    Raises:
        InputError: it is none, or in an encoding that nobody knows.
    """
    root = _parsed(file)
    left_out: Counter[Reason] = Counter()
    objects, items = [], list(root.iter("object"))
    for item in items:
        try:
            objects.append(_object(item))
        except Unusable as error:
            left_out[error.reason] += 1
    if items and not any(len(item) for item in items):
        raise InputError("truth.not_voc", path=file, place="object")
    try:
        name = values.path((root.findtext("filename") or "").strip())
    except Unusable:
        name = ""
    told = {side: root.findtext(f"size/{side}") for side in ("height", "width")}
    size = values.size(told, "height", "width", MAX_PIXELS)
    return file_of(GroundTruth(name, size, tuple(objects), file, "voc", left_out))


def _parsed(file: Path) -> ElementTree.Element:
    """The root of an XML file in whatever encoding Python knows; expat knows but a few."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise InputError("truth.not_voc", path=file, place=f"{file.name}:1")
        data = file.read_bytes()
    except OSError as error:
        raise InputError("file.unreadable", path=file) from error
    named = _ENCODING.match(data)
    try:
        if named is None or named[1].lower().startswith((b"utf-16", b"utf-32")):
            # The declaration could be read as ASCII, so it is neither of those.
            text = decode(data).encode("utf-8", "replace").decode()
        else:
            text = data.decode(named[1].decode("ascii"), "replace")
    except (LookupError, UnicodeError) as error:
        told = shorten(named[1].decode("ascii") if named else "")
        raise InputError("truth.encoding", path=file, encoding=told) from error
    text = _DECLARATION.sub("", text)
    if "<!ENTITY" in text:  # a few bytes may stand for gigabytes
        raise InputError("truth.not_voc", path=file, place="<!ENTITY")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        place = f"{file.name}:{error.position[0]}"
        raise InputError("truth.not_voc", path=file, place=place) from error
    except (ValueError, RecursionError) as error:
        raise InputError("truth.not_voc", path=file, place=f"{file.name}:1") from error
    if root.tag != "annotation":
        raise InputError("truth.not_voc", path=file, place=f"<{shorten(root.tag, 30)}>")
    return root


def _object(item: ElementTree.Element) -> TruthObject:
    """An object.

    Raises:
        Unusable: it has no name, or nothing that says where it is.
    """
    name = values.text((item.findtext("name") or "").strip())
    hard = values.flag(item.findtext("difficult"))
    if not name:
        raise Unusable("object.name")
    if item.find("bndbox") is not None:
        corners = [
            values.number(item.findtext(f"bndbox/{each}"), "object.box") for each in _CORNERS
        ]
        box = np.array([corners[0] - 1, corners[1] - 1, corners[2], corners[3]], np.float32)
        return TruthObject(name, box, ignore=hard)
    outline = _outline(item)
    box = np.concatenate([outline.min(0), outline.max(0)]).astype(np.float32)
    kept = (outline.astype(np.float32),)
    return TruthObject(name, box, kept, area=polygon_area(outline), ignore=hard)


def _outline(item: ElementTree.Element) -> NDArray[np.float64]:
    """(n, 2) x, y of an object without corners."""
    turned, polygon = item.find("robndbox"), item.find("polygon")
    if turned is not None:
        x, y, width, height, angle = (
            values.number(turned.findtext(name), "object.box") for name in _TURNED
        )
        along = np.array([math.cos(angle), math.sin(angle)])
        right, down = along * width / 2, np.array([-along[1], along[0]]) * height / 2
        corners = [-right - down, right - down, right + down, down - right]
        return np.array([x, y]) + np.array(corners)
    if polygon is None:
        raise Unusable("object.box")
    points = list(polygon.iter("pt")) or [polygon]
    flat = [values.number(each.text) for point in points for each in point]
    if len(flat) < 6 or len(flat) % 2:
        raise Unusable("object.points")
    return np.array(flat).reshape(-1, 2)
