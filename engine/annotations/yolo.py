"""YOLO text: one line an object, a box or an outline, as parts of the picture's sides.

Class 0 is the model's first. A box is its middle and its sides; an outline is
its points, several outlines of one object joined by bridges without width, as
the format wants one polygon a line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.annotations.files import picture_size
from engine.annotations.ground_truth import GroundTruth, TruthObject
from engine.annotations.mask_encoding import bits, joined, polygon_area, polygons
from engine.atomic_write import replacing
from engine.detection.detections import Detections
from engine.errors import InputError
from engine.export.item import ExportItem
from engine.pictures.reader import SUFFIXES

DECIMALS = 8
NAME_FILES = ("classes.txt", "obj.names", "data.yaml", "dataset.yaml")


def looks_like(file: Path) -> bool:
    """Whether a text file may hold objects; those of `NAME_FILES` hold the classes' names."""
    return file.name not in NAME_FILES


def write(path: Path, item: ExportItem) -> None:
    """Write the boxes, `class x y width height` a line.

    Raises:
        ExportError: it could not be written.
    """
    _write(path, item, _box)


def write_outlines(path: Path, item: ExportItem) -> None:
    """Write the masks' outlines, `class x y x y ...` a line; the box where there is no mask.

    Raises:
        ExportError: it could not be written.
    """
    _write(path, item, _outline)


def _write(
    path: Path, item: ExportItem, numbers: Callable[[Detections, int], Iterable[float]]
) -> None:
    lines = []
    for index, label in enumerate(item.detections.labels):
        told = (f"{min(max(value, 0.0), 1.0):.8f}" for value in numbers(item.detections, index))
        lines.append(f"{int(label) - 1} {' '.join(told)}\n")
    with replacing(path) as temporary:
        temporary.write_text("".join(lines), encoding="utf-8")


def _box(detections: Detections, index: int) -> list[float]:
    height, width = detections.picture_size
    x0, y0, x1, y1 = (float(value) for value in detections.boxes[index])
    return [
        (x0 + x1) / 2 / width,
        (y0 + y1) / 2 / height,
        (x1 - x0) / width,
        (y1 - y0) / height,
    ]


def _outline(detections: Detections, index: int) -> list[float]:
    height, width = detections.picture_size
    outlines = []
    if detections.mask_probs is not None and detections.ready[index]:
        outlines = polygons(*bits(detections, index))
    if outlines:
        points = joined(outlines).tolist()
    else:
        x0, y0, x1, y1 = (float(value) for value in detections.boxes[index])
        points = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]
    # Rounded up: a reader that cuts off the fraction must land on the same pixel.
    return [
        math.ceil(value / side * 10**DECIMALS) / 10**DECIMALS
        for point in points
        for value, side in zip(point, (width, height), strict=True)
    ]


def read_yolo(file: Path) -> dict[str, GroundTruth]:
    """A YOLO file whose picture lies beside it or where data sets have it.

    Raises:
        InputError: it is none, or its picture is not there.
    """
    for folder in (file.parent, file.parent.parent / "images", file.parent.parent):
        for suffix in SUFFIXES:
            picture = folder / (file.stem + suffix)
            if picture.is_file():
                return {picture.name: read_yolo_of(file, picture)}
    raise InputError("truth.no_picture", path=file)


def read_yolo_of(file: Path, picture: Path, size: tuple[int, int] | None = None) -> GroundTruth:
    """A YOLO file, boxes or outlines; class names come from `NAME_FILES` near it.

    Args:
        picture: whose it is.
        size: (height, width) of the picture; read from it unless given.

    Raises:
        InputError: it is none.
    """
    height, width = picture_size(picture) if size is None else size
    names, objects = _class_names(file), []
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if not words:
                continue
            number, values = int(words[0]), [float(word) for word in words[1:]]
            if len(values) == 4 or len(values) == 5:  # the fifth is a confidence
                x, y, w, h = values[:4]
                corners = (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
                outline: tuple[NDArray[np.float32], ...] = ()
            elif len(values) >= 6 and len(values) % 2 == 0:
                points = np.array(values, np.float32).reshape(-1, 2)
                corners = (*points.min(0), *points.max(0))
                outline = (points * np.array([width, height], np.float32),)
            else:
                raise ValueError(line)
            if number < 0 or not np.isfinite(values).all():
                raise ValueError(line)
            box = np.array(corners, np.float32) * np.array([width, height] * 2, np.float32)
            name = names[number] if number < len(names) else f"class {number + 1}"
            area = sum(map(polygon_area, outline))
            objects.append(TruthObject(name, box, outline, area=area, number=number))
    except (ValueError, OSError) as error:
        raise InputError("truth.not_yolo", path=file) from error
    return GroundTruth(picture.name, (height, width), tuple(objects), file, "yolo")


def _class_names(file: Path) -> tuple[str, ...]:
    """The names that lie beside a YOLO file or up to two folders above."""
    for folder in (file.parent, *list(file.parents)[1:3]):
        for name in NAME_FILES:
            if (folder / name).is_file():
                text = (folder / name).read_text(encoding="utf-8", errors="replace")
                return tuple(_of_yaml(text) if name.endswith("yaml") else _of_lines(text))
    return ()


def _of_lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _of_yaml(text: str) -> list[str]:
    """`names` of a YOLO data file, in any of its three spellings; no YAML library needed."""
    inline = re.search(r"^names:\s*\[(.*?)\]", text, re.MULTILINE | re.DOTALL)
    if inline:
        return [part.strip().strip("'\"") for part in inline[1].split(",") if part.strip()]
    block = re.search(r"^names:\s*\n((?:[ \t-].*\n?)*)", text, re.MULTILINE)
    lines = block[1].splitlines() if block else []
    found = [re.match(r"\s*(?:-|\d+\s*:)\s*(.+?)\s*(?:#.*)?$", line) for line in lines]
    return [each[1].strip("'\"") for each in found if each]
