"""COCO JSON with run-length masks or polygons, as ground truth, and written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from engine.annotations import labelme
from engine.annotations.coco_file import CocoFile, CocoImage, read_file_steps
from engine.annotations.files import PictureHead
from engine.annotations.ground_truth import AnnotationFile, Entry, GroundTruth, TruthObject
from engine.annotations.json_stream import Steps, finish, json_keys
from engine.annotations.mask_encoding import bits, edge_polygons, run_lengths
from engine.annotations.remarks import Reason
from engine.atomic_write import write_json
from engine.detection.detections import Detections, ModelFacts
from engine.export.item import ExportItem

VISIBLE = 2  # COCO's flag for a point that is labelled and seen
KEYS = frozenset({"images", "annotations", "categories"})


def looks_like(file: Path) -> bool:
    """Whether a JSON file has one of COCO's lists and is not LabelMe's."""
    return bool(json_keys(file) & KEYS) and not labelme.looks_like(file)


def read_coco(file: Path) -> AnnotationFile:
    """The ground truth of a COCO JSON file.

    Raises:
        InputError: it is none.
    """
    return finish(read_coco_steps(file))


def read_coco_steps(file: Path) -> Steps[AnnotationFile]:
    """`read_coco` as a job: a picture's objects are read when they are asked for."""
    content = yield from read_file_steps(file)
    names = {each.id: each.name for each in content.categories}
    _, lost = content.objects_of(None)
    return AnnotationFile(
        source=file,
        entries=tuple(
            Entry(image.file_name, partial(_ground_truth, file, content, image, names))
            for image in content.images
        ),
        left_out=Counter(each.reason for each in lost) + Counter(content.left_out),
        shared=True,
        scored=content.scored,
    )


def _ground_truth(
    file: Path,
    content: CocoFile,
    image: CocoImage,
    names: Mapping[int | str, str],
    head: PictureHead,
) -> GroundTruth:
    """What the file says of one picture, in the size that it gives."""
    objects, unusable = content.objects_of(image)
    count = Counter(each.reason for each in unusable)
    found = []
    for each in objects:
        x, y, width, height = each.box
        count.update(reason for reason in each.left_out if reason.kind == "outline")
        masked = each.outline if isinstance(each.outline, dict) else None
        if masked is not None and masked["size"] != list(image.size or head.size):
            masked = None  # the file gives no size of the picture, and this is not the picture's
            count[Reason("outline.size")] += 1
        polygons = () if isinstance(each.outline, dict) else each.outline
        found.append(
            TruthObject(
                name=names[each.category],
                box=np.array([x, y, x + width, y + height], np.float32),
                polygons=tuple(part.astype(np.float32) for part in polygons),
                run_lengths=masked,
                area=each.area or width * height,
                ignore=each.crowd,
            )
        )
    return GroundTruth(image.file_name, image.size, tuple(found), file, "coco", count)


def record(item: ExportItem) -> dict[str, Any]:
    """What one picture adds, without its ids; masks as run lengths, exact."""
    return _record(item, as_polygons=False)


def record_polygons(item: ExportItem) -> dict[str, Any]:
    """What one picture adds, without its ids; masks as polygons, holes filled."""
    return _record(item, as_polygons=True)


def _record(item: ExportItem, *, as_polygons: bool) -> dict[str, Any]:
    height, width = item.detections.picture_size
    detections = item.detections
    return {
        "image": {"file_name": item.file_name, "width": width, "height": height},
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
    about = f"Detections of {model.title}, made by Thalweg"
    write_file(path, about, images=images, annotations=annotations, model=model)


def write_file(
    path: Path,
    description: str,
    *,
    images: Sequence[Mapping[str, Any]],
    annotations: Sequence[Mapping[str, Any]],
    model: ModelFacts,
) -> None:
    """Write a COCO JSON file.

    Args:
        description: what it is, for its `info`.
        images, annotations: with their ids, as the format has them.
        model: gives the categories.

    Raises:
        ExportError: it could not be written.
    """
    content = {
        "info": {"description": description},
        "images": images,
        "annotations": annotations,
        "categories": categories(model),
    }
    write_json(path, content)


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
