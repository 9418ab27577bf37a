"""LabelMe JSON: a polygon an outline, or a rectangle, and a point a keypoint; read and written."""

from __future__ import annotations

import base64
import binascii
import io
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.annotations import values
from engine.annotations.files import PictureHead, read_json
from engine.annotations.ground_truth import AnnotationFile, Entry, GroundTruth, TruthObject
from engine.annotations.json_stream import json_keys
from engine.annotations.mask_encoding import (
    bits,
    encode_mask,
    outline_area,
    polygon_area,
    polygons,
    simplified,
)
from engine.annotations.remarks import Reason
from engine.annotations.values import Unusable
from engine.atomic_write import write_json
from engine.detection.detections import Detections
from engine.errors import InputError
from engine.export.item import ExportItem
from engine.pictures.reader import MAX_PIXELS

VERSION = "5.5.0"  # of LabelMe's format
KEYS = frozenset({"shapes", "imagePath"})
POINTS_OF_A_CIRCLE = 32
VISIBLE = 2.0  # of a keypoint, as COCO has it; LabelMe does not say
POINT = "point"  # a keypoint where it shares the group of an object


def looks_like(file: Path) -> bool:
    """Whether a JSON file has LabelMe's keys, in whatever order."""
    return bool(json_keys(file) & KEYS)


def write(path: Path, item: ExportItem) -> None:
    """Write one LabelMe file; what belongs to one detection shares a `group_id`.

    Raises:
        ExportError: it could not be written.
    """
    detections = item.detections
    height, width = detections.picture_size
    shapes = [shape for index in range(len(detections)) for shape in _shapes(detections, index)]
    told: dict[str, Any] = {
        "version": VERSION,
        "flags": {},
        "shapes": shapes,
        "imagePath": _picture_from(path, item),
        "imageData": None,
        "imageHeight": height,
        "imageWidth": width,
    }
    write_json(path, told, indent=2)


def _picture_from(path: Path, item: ExportItem) -> str:
    """The picture's own file as seen from the LabelMe file, whatever else lies beside it."""
    if item.source is None:
        return item.file_name
    source = os.path.join(os.path.realpath(item.source.parent), item.source.name)
    try:
        return Path(os.path.relpath(source, os.path.realpath(path.parent))).as_posix()
    except ValueError:  # another drive
        return Path(source).as_posix()


def _shapes(detections: Detections, index: int) -> list[dict[str, Any]]:
    name = detections.names[index]
    score = f"score {detections.scores[index]:.3f}"
    outlines = []
    if detections.mask_probs is not None and detections.ready[index]:
        outlines = [simplified(line) for line in polygons(*bits(detections, index))]
    if outlines:
        shapes = [_shape(name, "polygon", line.tolist(), index, score) for line in outlines]
    else:
        x0, y0, x1, y1 = detections.boxes[index].tolist()
        shapes = [_shape(name, "rectangle", [[x0, y0], [x1, y1]], index, score)]
    points = detections.points(index)
    if points is not None:
        shapes += [
            _shape(point_name, "point", [point[:2].tolist()], index, "")
            for point_name, point in zip(detections.model.keypoint_names, points, strict=True)
        ]
    return shapes


def _shape(
    label: str, kind: str, points: list[list[float]], group: int, description: str
) -> dict[str, Any]:
    return {
        "label": label,
        "points": points,
        "group_id": group,
        "description": description,
        "shape_type": kind,
        "flags": {},
        "mask": None,
    }


def read_labelme(file: Path) -> AnnotationFile:
    """A LabelMe file: shapes of one group are one object, and its points are keypoints.

    Raises:
        InputError: it is none.
    """
    content = read_json(file, "truth.not_labelme")
    shapes = content.get("shapes")
    if not isinstance(shapes, list):
        raise InputError("truth.not_labelme", path=file, place="shapes")
    pointed = [each for each in shapes if isinstance(each, dict) and "points" in each]
    if shapes and not pointed:
        raise InputError("truth.not_labelme", path=file, place="shapes[0]")
    left_out: Counter[Reason] = Counter()
    groups: dict[Any, list[_Shape]] = {}
    points: dict[str | None, list[Any]] = defaultdict(list)  # by their group
    for place, item in enumerate(shapes):
        try:
            shape = _read_shape(item)
        except Unusable as error:
            left_out[error.reason] += 1
            continue
        if shape is None:
            points[_group(item.get("group_id"))].append(item)
            continue
        alone = shape.group is None
        key = (shape.label, "alone", place) if alone else (shape.label, shape.group)
        groups.setdefault(key, []).append(shape)
    belong = {shape.group for parts in groups.values() for shape in parts} - {None}
    if lost := sum(len(each) for group, each in points.items() if group not in belong):
        left_out[Reason("object.flat", f"'{POINT}'")] += lost
    size = values.size(content, "imageHeight", "imageWidth", MAX_PIXELS)
    try:
        name = values.path(content.get("imagePath"))
    except Unusable:
        name = ""

    def read(head: PictureHead) -> GroundTruth:
        count, objects = left_out.copy(), []
        free = dict(points)  # the first object of a group takes its points
        for parts in groups.values():
            item, reasons = _of_shapes(parts, size or head.size)
            marked = _keypoints(free.pop(parts[0].group, ()), count)
            objects.append(replace(item, keypoints=marked))
            count.update(reasons)
        return GroundTruth(name, size, tuple(objects), file, "labelme", count)

    return AnnotationFile(file, (Entry(name, read),))


@dataclass(frozen=True, eq=False)
class _Shape:
    """A shape that has an area: (n, 2) float64 x, y in picture px; a mask's as PNG in base64."""

    label: str
    group: str | None
    points: NDArray[np.float64]
    is_box: bool
    mask: Any = None


def _read_shape(item: Any) -> _Shape | None:
    """A shape; None for a point, which may be a keypoint.

    Raises:
        Unusable: it is of no kind that has an area, or its label or points cannot be used.
    """
    if not isinstance(item, dict):
        raise Unusable("object.form")
    kind = values.text(item.get("shape_type") or "polygon", "object.form").lower()
    if kind == POINT:
        return None
    if kind not in OUTLINES:
        known = kind in ("line", "linestrip", "points")
        raise Unusable("object.flat" if known else "object.shape", f"'{kind[:40]}'")
    listed = item.get("points")
    if not isinstance(listed, list):
        raise Unusable("object.points")
    flat = []
    for point in listed:
        if not isinstance(point, list) or len(point) != 2:
            raise Unusable("object.points")
        flat.append([values.number(value) for value in point])
    points = OUTLINES[kind](np.array(flat, np.float64).reshape(-1, 2))
    return _Shape(
        label=values.text(item.get("label")),
        group=_group(item.get("group_id")),
        points=points,
        is_box=kind == "mask" or (kind == "rectangle" and len(flat) == 2),
        mask=item.get("mask") if kind == "mask" else None,
    )


def _keypoints(
    items: Iterable[Mapping[str, Any]], left_out: Counter[Reason]
) -> tuple[tuple[str, float, float, float], ...]:
    """Name, x, y and visible of points that belong to an object; others are counted."""
    found = []
    for item in items:
        try:
            name = values.text(item.get("label"))
            ((x, y),) = item["points"]
            found.append((name, values.number(x), values.number(y), VISIBLE))
        except (Unusable, KeyError, TypeError, ValueError):
            left_out[Reason("keypoints.number")] += 1
    return tuple(found)


def _group(value: Any) -> str | None:
    return None if value is None else repr(value)[:100]


def _polygon(points: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(points) < 3:
        raise Unusable("object.points")
    return points


def _rectangle(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Two opposite corners, or, as newer versions write them, all four."""
    if len(points) < 2:
        raise Unusable("object.points")
    if len(points) > 2:
        return points
    (x0, y0), (x1, y1) = points.min(0), points.max(0)
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])


def _box(points: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(points) < 2:
        raise Unusable("object.points")
    return _rectangle(np.stack([points.min(0), points.max(0)]))


def _circle(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The centre and a point on the line."""
    if len(points) != 2:
        raise Unusable("object.points")
    radius = float(np.hypot(*(points[1] - points[0])))
    return _around(points[0], np.array([radius, 0.0]), np.array([0.0, radius]))


def _ellipse(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The centre and the ends of two half axes; of two points the corners around it."""
    if len(points) == 3:
        return _around(points[0], points[1] - points[0], points[2] - points[0])
    if len(points) != 2:
        raise Unusable("object.points")
    half = np.abs(points[1] - points[0]) / 2
    return _around(points.mean(0), np.array([half[0], 0.0]), np.array([0.0, half[1]]))


def _around(
    centre: NDArray[np.float64], first: NDArray[np.float64], second: NDArray[np.float64]
) -> NDArray[np.float64]:
    angle = np.linspace(0, 2 * np.pi, POINTS_OF_A_CIRCLE, endpoint=False)[:, None]
    result: NDArray[np.float64] = centre + np.cos(angle) * first + np.sin(angle) * second
    return result


# How the outline of each kind of shape that has an area is made of its points.
OUTLINES: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "polygon": _polygon,
    "rotation": _polygon,
    "quadrilateral": _polygon,
    "rectangle": _rectangle,
    "mask": _box,
    "circle": _circle,
    "ellipse": _ellipse,
}


def _of_shapes(
    parts: list[_Shape], size: tuple[int, int]
) -> tuple[TruthObject, tuple[Reason, ...]]:
    """The object that the shapes of one group make, and why it may lack its outline."""
    every = np.concatenate([shape.points for shape in parts])
    box = np.concatenate([every.min(0), every.max(0)]).astype(np.float32)
    label = parts[0].label
    reasons: tuple[Reason, ...] = ()
    area = sum(polygon_area(shape.points) for shape in parts)
    masks = [shape for shape in parts if shape.mask is not None]
    if masks:
        try:
            whole = _of_masks(masks, size)
            return TruthObject(label, box, run_lengths=whole, area=outline_area(whole)), ()
        except Unusable as error:
            reasons = (error.reason,)
    outlines = tuple(shape.points.astype(np.float32) for shape in parts if not shape.is_box)
    return TruthObject(label, box, outlines, area=area), reasons


def _of_masks(shapes: list[_Shape], size: tuple[int, int]) -> dict[str, Any]:
    """LabelMe's masks, PNG files in base64, as COCO's run lengths of the whole picture.

    Raises:
        Unusable: one is no picture, or lies outside.
    """
    whole = np.zeros(size, np.uint8)
    for shape in shapes:
        try:
            data = base64.b64decode(shape.mask, validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise Unusable("outline.picture") from error
        crop = _decoded(data)
        x, y = (max(round(float(value)), 0) for value in shape.points.min(0))
        part = whole[y : y + crop.shape[0], x : x + crop.shape[1]]
        part |= (crop[: part.shape[0], : part.shape[1]] > 0).astype(np.uint8)
    return encode_mask(whole)


def _decoded(data: bytes) -> NDArray[np.uint8]:
    """The grey picture (h, w) that a file's bytes hold.

    Raises:
        Unusable: they hold none, or one that is too large.
    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height <= MAX_PIXELS:
                return np.asarray(image.convert("L"))
    except Exception as error:  # Pillow's decoders raise OSError, SyntaxError, struct.error ...
        raise Unusable("outline.picture") from error
    raise Unusable("outline.picture")
