"""LabelMe JSON: a polygon an outline, or a rectangle, and a point a keypoint; read and written."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.annotations.files import base_name, read_json
from engine.annotations.ground_truth import GroundTruth, TruthObject
from engine.annotations.mask_encoding import bits, polygon_area, polygons
from engine.atomic_write import write_json
from engine.detection.detections import Detections
from engine.errors import InputError
from engine.export.item import ExportItem

VERSION = "5.5.0"  # of LabelMe's format
POINTS_OF_A_CIRCLE = 32
_SHAPES = re.compile(r'"shapes"\s*:\s*\[')


def looks_like(file: Path) -> bool:
    """Whether a JSON file has LabelMe's list of shapes anywhere."""
    try:
        return has_shapes(file.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return False


def has_shapes(text: str) -> bool:
    """Whether JSON text has LabelMe's list; a category may be called "shapes" too."""
    return _SHAPES.search(text) is not None


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
        "imagePath": item.file_name,
        "imageData": None,
        "imageHeight": height,
        "imageWidth": width,
    }
    write_json(path, told, indent=2)


def _shapes(detections: Detections, index: int) -> list[dict[str, Any]]:
    name = detections.names[index]
    score = f"score {detections.scores[index]:.3f}"
    outlines = []
    if detections.mask_probs is not None and detections.ready[index]:
        outlines = polygons(*bits(detections, index))
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


def read_labelme(file: Path) -> dict[str, GroundTruth]:
    """A LabelMe file: shapes of one group are one object; points and lines are no objects.

    Raises:
        InputError: it is none.
    """
    content = read_json(file, "truth.not_labelme")
    try:
        groups: dict[Any, list[tuple[str, NDArray[np.float32], Any]]] = {}
        for place, shape in enumerate(content["shapes"]):
            outline = _outline(shape)
            if outline is None:
                continue
            label, group = str(shape["label"]), shape.get("group_id")
            key = (label, group) if group is not None else (label, "alone", place)
            groups.setdefault(key, []).append((label, outline, shape))
        height, width = content.get("imageHeight"), content.get("imageWidth")
        name = base_name(str(content.get("imagePath") or ""))
        size = (int(height), int(width)) if height and width else None
        objects = tuple(_of_shapes(parts, size) for parts in groups.values())
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise InputError("truth.not_labelme", path=file) from error
    return {name or file.stem: GroundTruth(name or file.stem, size, objects, file, "labelme")}


def _outline(shape: Mapping[str, Any]) -> NDArray[np.float32] | None:
    """(n, 2) of a shape that has an area; None for the others."""
    kind = shape.get("shape_type") or "polygon"
    points = np.array(shape["points"], np.float32).reshape(-1, 2)
    if kind in ("rectangle", "mask") and len(points) >= 2:
        (x0, y0), (x1, y1) = points.min(0), points.max(0)
        return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)
    if kind == "circle" and len(points) == 2:
        angle = np.linspace(0, 2 * np.pi, POINTS_OF_A_CIRCLE, endpoint=False)
        radius = float(np.hypot(*(points[1] - points[0])))
        around = np.stack([np.cos(angle), np.sin(angle)], 1) * radius
        result: NDArray[np.float32] = (points[0] + around).astype(np.float32)
        return result
    return points if kind == "polygon" and len(points) >= 3 else None


def _of_shapes(
    parts: list[tuple[str, NDArray[np.float32], Any]], size: tuple[int, int] | None
) -> TruthObject:
    """The object that the shapes of one group make."""
    every = np.concatenate([outline for _, outline, _ in parts])
    box = np.concatenate([every.min(0), every.max(0)]).astype(np.float32)
    masks = [shape for _, _, shape in parts if shape.get("shape_type") == "mask"]
    outlines = tuple(
        outline
        for _, outline, shape in parts
        if shape.get("shape_type") not in ("rectangle", "mask")
    )
    if masks and size is not None:
        run_lengths, area = _of_masks(masks, size)
        return TruthObject(parts[0][0], box, run_lengths=run_lengths, area=area)
    area = sum(polygon_area(outline) for _, outline, _ in parts)
    return TruthObject(parts[0][0], box, outlines, area=area)


def _of_masks(
    shapes: list[Mapping[str, Any]], size: tuple[int, int]
) -> tuple[dict[str, Any], float]:
    """LabelMe's masks, PNG files in base64, as COCO's run lengths of the whole picture."""
    from pycocotools import mask as rle

    from engine.pictures.reader import opencv

    whole = np.zeros(size, np.uint8, order="F")
    for shape in shapes:
        try:
            data = np.frombuffer(base64.b64decode(shape["mask"], validate=True), np.uint8)
        except (binascii.Error, TypeError) as error:
            raise ValueError("mask") from error
        crop = opencv().imdecode(data, 0)
        if crop is None:
            raise ValueError("mask")
        x, y = (round(float(value)) for value in np.array(shape["points"]).min(0))
        part = whole[y : y + crop.shape[0], x : x + crop.shape[1]]
        part |= (crop[: part.shape[0], : part.shape[1]] > 0).astype(np.uint8)
    return rle.encode(whole), float(whole.sum())
