"""Readers of ground truth: COCO JSON, LabelMe, YOLO and Pascal VOC; none of them needs torch."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from engine.annotations.ground_truth import GroundTruth, TruthObject
from engine.errors import InputError
from engine.pictures.reader import SUFFIXES

BESIDE = ("", "labels", "annotations", "Annotations")  # folders of label files
MAX_BYTES = 1 << 30
MOST_FILES = 20  # JSON files of a folder that are looked into for one that holds all pictures
POINTS_OF_A_CIRCLE = 32


def read_truth(path: Path) -> dict[str, GroundTruth]:
    """The ground truth of a file, or of all files in a folder, by the pictures' base names.

    YOLO files need their pictures beside them: their numbers are parts of the sides.

    Raises:
        InputError: there is none, or a file is not what it looks like.
    """
    path = Path(path)
    if path.is_dir():
        found: dict[str, GroundTruth] = {}
        for file in sorted(path.iterdir()):
            if file.suffix.lower() in READERS and file.name not in NAME_FILES:
                try:
                    found.update(_read(file))
                except InputError:
                    continue  # another file's neighbour; a file named outright is told
        if not found:
            raise InputError("truth.none", path=path)
        return found
    if not path.is_file():
        raise InputError("file.missing", path=path)
    return dict(_read(path))


def find_truth(picture: Path, size: tuple[int, int] | None = None) -> GroundTruth | None:
    """What is marked in a picture, by a file beside it or in the folders that data sets use.

    Args:
        size: (height, width) of the picture, where it is known.

    Raises:
        InputError: there is a file and it is damaged.
    """
    folders = [picture.parent / name for name in BESIDE]
    folders += [picture.parent.parent / name for name in BESIDE[1:]]
    for folder in folders:
        labelme, voc, yolo = (folder / f"{picture.stem}.{end}" for end in ("json", "xml", "txt"))
        if labelme.is_file() and '"shapes"' in _start(labelme):
            return _named(read_labelme(labelme), picture.name)
        if voc.is_file():
            return _named(read_voc(voc), picture.name)
        if yolo.is_file():
            return read_yolo(yolo, picture=picture, size=size)
    for folder in (*folders, picture.parent.parent):
        if not folder.is_dir():
            continue
        files = list(islice(folder.glob("*.json"), MOST_FILES + 1))
        if len(files) > MOST_FILES:
            continue  # a file a picture: this picture's is not among them
        for file in sorted(files):
            if not _looks_like_coco(file):
                continue
            found = _of_coco(file, file.stat().st_mtime_ns).get(picture.name)
            if found is not None:
                return found
    return None


@lru_cache(maxsize=8)
def _of_coco(file: Path, _changed: int) -> Mapping[str, GroundTruth]:
    """A COCO file of truth; nothing for results, which carry scores, and for other JSON."""
    try:
        return read_coco(file, results=False)
    except InputError:
        return {}


def _read(file: Path) -> Mapping[str, GroundTruth]:
    return READERS[file.suffix.lower()](file)


def _read_json(file: Path) -> Mapping[str, GroundTruth]:
    content = _json(file)
    return read_labelme(file) if isinstance(content.get("shapes"), list) else read_coco(file)


def read_coco(file: Path, *, results: bool = True) -> dict[str, GroundTruth]:
    """A COCO JSON file.

    Args:
        results: take files whose objects carry scores, which are a model's, too.

    Raises:
        InputError: it is none.
    """
    content = _json(file)
    try:
        names = {each["id"]: str(each["name"]) for each in content["categories"]}
        objects: dict[Any, list[TruthObject]] = {each["id"]: [] for each in content["images"]}
        for each in content["annotations"]:
            if not results and "score" in each:
                return {}
            if each["image_id"] not in objects or each["category_id"] not in names:
                continue
            x, y, w, h = (float(value) for value in each["bbox"])
            outline = each.get("segmentation")
            objects[each["image_id"]].append(
                TruthObject(
                    name=names[each["category_id"]],
                    box=np.array([x, y, x + w, y + h], np.float32),
                    polygons=_polygons(outline),
                    run_lengths=outline if isinstance(outline, dict) else None,
                    area=float(each.get("area") or w * h),
                    ignore=bool(each.get("iscrowd")),
                )
            )
        return {
            Path(str(each["file_name"])).name: GroundTruth(
                Path(str(each["file_name"])).name,
                (int(each["height"]), int(each["width"])),
                tuple(objects[each["id"]]),
                file,
                "coco",
            )
            for each in content["images"]
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError("data.not_coco", path=file) from error


def _polygons(outline: Any) -> tuple[NDArray[np.float32], ...]:
    if not isinstance(outline, list):
        return ()
    flat = [part for part in outline if isinstance(part, list) and len(part) >= 6]
    return tuple(np.array(part, np.float32).reshape(-1, 2) for part in flat)


def read_labelme(file: Path) -> dict[str, GroundTruth]:
    """A LabelMe file: shapes of one group are one object; points and lines are no objects.

    Raises:
        InputError: it is none.
    """
    content = _json(file)
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
        name = str(content.get("imagePath") or "").replace("\\", "/").rsplit("/", 1)[-1]
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
        return (points[0] + around).astype(np.float32)
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
    area = sum(_area(outline) for _, outline, _ in parts)
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


def _area(outline: NDArray[np.float32]) -> float:
    """Of a polygon, by the shoelace rule."""
    x, y = outline.astype(np.float64).T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def read_voc(file: Path) -> dict[str, GroundTruth]:
    """A Pascal VOC file; its pixels are counted from 1, the last one included.

    Raises:
        InputError: it is none.
    """
    try:
        if file.stat().st_size > MAX_BYTES or "<!ENTITY" in _start(file):
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
        name = (root.findtext("filename") or "").replace("\\", "/").rsplit("/", 1)[-1].strip()
        height, width = (root.findtext(f"size/{side}") for side in ("height", "width"))
        size = (int(height), int(width)) if height and width else None
    except (ElementTree.ParseError, ValueError, OSError) as error:
        raise InputError("truth.not_voc", path=file) from error
    return {name or file.stem: GroundTruth(name or file.stem, size, tuple(objects), file, "voc")}


_COCO_PARTS = ("info", "licenses", "images", "annotations", "categories")
_CORNERS = ("xmin", "ymin", "xmax", "ymax")
NAME_FILES = ("classes.txt", "obj.names", "data.yaml", "dataset.yaml")


def read_yolo(file: Path, *, picture: Path, size: tuple[int, int] | None = None) -> GroundTruth:
    """A YOLO file, boxes or outlines; class names come from `NAME_FILES` near it.

    Args:
        picture: whose it is.
        size: (height, width) of the picture; read from it unless given.

    Raises:
        InputError: it is none.
    """
    height, width = _picture_size(picture) if size is None else size
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
            area = sum(map(_area, outline))
            objects.append(TruthObject(name, box, outline, area=area, number=number))
    except (ValueError, OSError) as error:
        raise InputError("truth.not_yolo", path=file) from error
    return GroundTruth(picture.name, (height, width), tuple(objects), file, "yolo")


def _read_yolo_alone(file: Path) -> dict[str, GroundTruth]:
    for folder in (file.parent, file.parent.parent / "images", file.parent.parent):
        for suffix in SUFFIXES:
            picture = folder / (file.stem + suffix)
            if picture.is_file():
                return {picture.name: read_yolo(file, picture=picture)}
    raise InputError("truth.no_picture", path=file)


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


@lru_cache(maxsize=4096)
def _picture_size(picture: Path) -> tuple[int, int]:
    """(height, width) of a picture file the right way up, from its head alone."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(picture) as image:
            width, height = image.size
            turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    except (OSError, UnidentifiedImageError, ValueError) as error:
        raise InputError("truth.no_picture", path=picture) from error
    return (width, height) if turned else (height, width)


def _json(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError("file.unreadable", path=file) from error
    except (ValueError, RecursionError) as error:
        raise InputError("data.not_coco", path=file) from error
    if not isinstance(content, dict):
        raise InputError("data.not_coco", path=file)
    return content


def _start(file: Path) -> str:
    """The first characters: enough to tell one kind of file from another."""
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            return opened.read(4096)
    except OSError:
        return ""


def _looks_like_coco(file: Path) -> bool:
    start = _start(file)
    return any(f'"{part}"' in start for part in _COCO_PARTS) and '"shapes"' not in start


def _named(found: Mapping[str, GroundTruth], file_name: str) -> GroundTruth:
    """The one truth of a file, for the picture whatever the file calls it."""
    (truth,) = found.values()
    return GroundTruth(file_name, truth.picture_size, truth.objects, truth.source, truth.format)


READERS: dict[str, Callable[[Path], Mapping[str, GroundTruth]]] = {
    ".json": _read_json,
    ".xml": read_voc,
    ".txt": _read_yolo_alone,
}
