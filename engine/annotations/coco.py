"""COCO JSON with run-length masks or polygons, as pycocotools has it; read and written.

`read_file` is the one reader: ground truth, survey and training all take what it gives.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.annotations import labelme
from engine.annotations.files import base_name, read_json, read_start
from engine.annotations.ground_truth import GroundTruth, TruthObject
from engine.annotations.mask_encoding import bits, edge_polygons, run_lengths
from engine.atomic_write import write_json
from engine.detection.detections import Detections, ModelFacts
from engine.errors import InputError
from engine.export.item import ExportItem

VISIBLE = 2  # COCO's flag for a point that is labelled and seen
_PARTS = ("info", "licenses", "images", "annotations", "categories")


@dataclass(frozen=True)
class CocoImage:
    """A picture of the file; its id is whatever the file uses, a number as a rule."""

    id: Any
    file_name: str
    height: int
    width: int


@dataclass(frozen=True)
class CocoCategory:
    """A class of the file, with the names of its keypoints."""

    id: Any
    name: str
    keypoints: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class CocoObject:
    """One annotation.

    Attributes:
        image, category: ids that the file's images and categories have.
        box: x, y, width, height, picture px, as the file has it; four finite numbers.
        outline: run lengths, or polygons of three points or more as x, y, x, y ...
            in picture px; empty where there is none.
        area: px, by the file; 0 where it says nothing.
        crowd: a region of objects that are not told apart.
        keypoints: x, y, visible, x, y, visible ... in picture px; empty where there are none.
        scored: a model's answer and not the truth.
    """

    image: Any
    category: Any
    box: tuple[float, float, float, float]
    outline: Mapping[str, Any] | Sequence[Sequence[float]] = ()
    area: float = 0.0
    crowd: bool = False
    keypoints: tuple[float, ...] = ()
    scored: bool = False


@dataclass(frozen=True, eq=False)
class CocoFile:
    """What a COCO JSON file holds.

    Attributes:
        images, categories: in the file's order.
        objects: those of known images and categories whose box can be read.
        unusable: how many more each category has, by its id: those whose box is missing
            or no four finite numbers.
    """

    images: tuple[CocoImage, ...]
    categories: tuple[CocoCategory, ...]
    objects: tuple[CocoObject, ...]
    unusable: Mapping[Any, int]


def looks_like(file: Path) -> bool:
    """Whether a JSON file begins with a part of COCO's and is not LabelMe's."""
    start = read_start(file)
    return any(f'"{part}"' in start for part in _PARTS) and not labelme.has_shapes(start)


def read_file(file: Path) -> CocoFile:
    """Read a COCO JSON file.

    Raises:
        InputError: it cannot be opened, is no JSON, or lacks images, annotations or
            categories, or one of these lacks its id, name, or size.

    Source: cocodataset.org/#format-data.
    """
    content = read_json(file, "data.not_coco")
    try:
        images = tuple(
            CocoImage(each["id"], str(each["file_name"]), int(each["height"]), int(each["width"]))
            for each in content["images"]
        )
        categories = tuple(
            CocoCategory(
                each["id"], str(each["name"]), tuple(map(str, each.get("keypoints") or ()))
            )
            for each in content["categories"]
        )
        pictures, classes = {each.id for each in images}, {each.id for each in categories}
        known = [
            each
            for each in content["annotations"]
            if each.get("image_id") in pictures and each.get("category_id") in classes
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError("data.not_coco", path=file) from error
    objects: list[CocoObject] = []
    unusable: Counter[Any] = Counter()
    for each in known:
        item = _object(each)
        if item is None:
            unusable[each["category_id"]] += 1
        else:
            objects.append(item)
    return CocoFile(images, categories, tuple(objects), unusable)


def _object(item: Mapping[str, Any]) -> CocoObject | None:
    """An annotation; None when its box is no four finite numbers."""
    try:
        x, y, width, height = (float(value) for value in item["bbox"])
        area = float(item.get("area") or 0)
    except (KeyError, TypeError, ValueError):
        return None
    if not all(map(math.isfinite, (x, y, width, height))):
        return None
    outline = item.get("segmentation")
    if isinstance(outline, list):
        outline = [part for part in outline if isinstance(part, list) and len(part) >= 6]
    return CocoObject(
        image=item["image_id"],
        category=item["category_id"],
        box=(x, y, width, height),
        outline=outline if isinstance(outline, dict | list) else (),
        area=area,
        crowd=bool(item.get("iscrowd")),
        keypoints=tuple(item.get("keypoints") or ()),
        scored="score" in item,
    )


def read_coco(file: Path) -> dict[str, GroundTruth]:
    """The ground truth of a COCO JSON file, by the pictures' base names.

    Raises:
        InputError: it is none.
    """
    return _ground_truth(file, read_file(file))


def find_coco(file: Path, picture: Path, size: tuple[int, int] | None = None) -> GroundTruth | None:
    """What a COCO file that lies near a picture says of it.

    Nothing when it holds results, which carry scores, or is other JSON after all.

    Args:
        size: not needed: the file has the pictures' sizes.
    """
    return _kept(file, file.stat().st_mtime_ns).get(picture.name)


@lru_cache(maxsize=8)
def _kept(file: Path, _changed: int) -> Mapping[str, GroundTruth]:
    try:
        content = read_file(file)
    except InputError:
        return {}
    return {} if any(each.scored for each in content.objects) else _ground_truth(file, content)


def _ground_truth(file: Path, content: CocoFile) -> dict[str, GroundTruth]:
    names = {each.id: each.name for each in content.categories}
    objects: dict[Any, list[TruthObject]] = {each.id: [] for each in content.images}
    for each in content.objects:
        objects[each.image].append(_truth_object(each, names[each.category]))
    return {
        (name := base_name(each.file_name)): GroundTruth(
            name, (each.height, each.width), tuple(objects[each.id]), file, "coco"
        )
        for each in content.images
    }


def _truth_object(item: CocoObject, name: str) -> TruthObject:
    x, y, width, height = item.box
    polygons: tuple[NDArray[np.float32], ...] = ()
    masked = None
    if isinstance(item.outline, Mapping):
        masked = dict(item.outline)
    else:
        polygons = tuple(np.array(part, np.float32).reshape(-1, 2) for part in item.outline)
    return TruthObject(
        name=name,
        box=np.array([x, y, x + width, y + height], np.float32),
        polygons=polygons,
        run_lengths=masked,
        area=item.area or width * height,
        ignore=item.crowd,
    )


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
