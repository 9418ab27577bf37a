"""LabelMe JSON: a polygon an outline, or a rectangle, and a point a keypoint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from engine.annotations.mask_encoding import bits, polygons
from engine.atomic_write import replacing
from engine.detection.detections import Detections
from engine.export.item import ExportItem

VERSION = "5.5.0"  # of LabelMe's format


def write(path: Path, finding: ExportItem) -> None:
    """Write one LabelMe file; what belongs to one detection shares a `group_id`.

    Raises:
        ExportError: it could not be written.
    """
    detections = finding.detections
    height, width = detections.picture_size
    shapes = [shape for index in range(len(detections)) for shape in _shapes(detections, index)]
    told: dict[str, Any] = {
        "version": VERSION,
        "flags": {},
        "shapes": shapes,
        "imagePath": finding.file_name,
        "imageData": None,
        "imageHeight": height,
        "imageWidth": width,
    }
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(told, ensure_ascii=False, indent=2), encoding="utf-8")


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
