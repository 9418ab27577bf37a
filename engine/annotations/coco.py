"""COCO JSON with run-length masks or polygons, as pycocotools reads it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine.annotations.mask_encoding import bits, edge_polygons, run_lengths
from engine.atomic_write import replacing
from engine.detection.detections import Detections, ModelFacts
from engine.export.item import ExportItem

VISIBLE = 2  # COCO's flag for a point that is labelled and seen


def record(finding: ExportItem) -> dict[str, Any]:
    """What one picture adds, without its ids; masks as run lengths, exact."""
    return _record(finding, as_polygons=False)


def record_polygons(finding: ExportItem) -> dict[str, Any]:
    """What one picture adds, without its ids; masks as polygons, holes filled."""
    return _record(finding, as_polygons=True)


def _record(finding: ExportItem, *, as_polygons: bool) -> dict[str, Any]:
    height, width = finding.detections.picture_size
    detections = finding.detections
    return {
        "image": {"file_name": finding.file_name, "width": width, "height": height},
        "annotations": [
            _annotation(detections, index, as_polygons=as_polygons)
            for index in range(len(detections))
        ],
    }


def write(path: Path, records: Sequence[dict[str, Any]], model: ModelFacts) -> None:
    """Write one COCO file for the records of many pictures.

    Raises:
        ExportError: it could not be written.
    """
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for each in records:
        images.append({"id": len(images) + 1, **each["image"]})
        for annotation in each["annotations"]:
            ids = {"id": len(annotations) + 1, "image_id": len(images)}
            annotations.append({**ids, **annotation})
    told = {
        "info": {"description": f"Detections of {model.title}, made by Thalweg"},
        "images": images,
        "annotations": annotations,
        "categories": categories(model),
    }
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def categories(model: ModelFacts) -> list[dict[str, Any]]:
    """The model's classes; the id is the label."""
    out: list[dict[str, Any]] = []
    for label, name in enumerate(model.classes, start=1):
        category: dict[str, Any] = {"id": label, "name": name}
        if model.has_keypoints and (not model.keypoint_classes or name in model.keypoint_classes):
            category["keypoints"] = list(model.keypoint_names)
            category["skeleton"] = [[a + 1, b + 1] for a, b in model.skeleton]
        out.append(category)
    return out


def _annotation(detections: Detections, index: int, *, as_polygons: bool) -> dict[str, Any]:
    x0, y0, x1, y1 = (float(value) for value in detections.boxes[index])
    annotation: dict[str, Any] = {
        "category_id": int(detections.labels[index]),
        "bbox": [x0, y0, x1 - x0, y1 - y0],
        "area": (x1 - x0) * (y1 - y0),
        "iscrowd": 0,
        "score": float(detections.scores[index]),
    }
    if detections.mask_probs is not None and detections.ready[index]:
        left, top, crop = bits(detections, index)
        outlines = edge_polygons(left, top, crop) if as_polygons else []
        annotation["segmentation"] = [line.ravel().tolist() for line in outlines] or run_lengths(
            left, top, crop, detections.picture_size
        )
        annotation["area"] = int(np.count_nonzero(crop))
    points = detections.points(index)
    if points is not None:
        annotation["keypoints"] = [
            value for x, y, _ in points for value in (float(x), float(y), VISIBLE)
        ]
        annotation["num_keypoints"] = len(points)
    return annotation
