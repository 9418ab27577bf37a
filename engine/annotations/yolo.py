"""YOLO text: one line an object, a box or an outline, as parts of the picture's sides.

Class 0 is the model's first. A box is its middle and its sides; an outline is
its points, several outlines of one object joined by bridges without width, as
the format wants one polygon a line.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.annotations import values
from engine.annotations.files import PictureHead, read_text
from engine.annotations.ground_truth import AnnotationFile, Entry, GroundTruth, TruthObject
from engine.annotations.layouts import names_files
from engine.annotations.mask_encoding import bits, joined, polygon_area, polygons
from engine.annotations.remarks import Reason
from engine.annotations.values import Unusable
from engine.annotations.yolo_data_file import read_yaml_lists, unquoted
from engine.atomic_write import replacing
from engine.detection.detections import Detections, ModelFacts
from engine.detection.models.torchvision_models import PERSON_KEYPOINTS
from engine.errors import ExportError, InputError
from engine.export.item import ExportItem
from engine.file_text import printable

DECIMALS = 8
NAME_FILES = ("classes.txt", "obj.names", "data.yaml", "dataset.yaml")
BESIDE = ("classes.txt", "data.yaml")  # those of them that are written
MOST_CLASSES = 1_000_000
FURTHEST = 100  # sides of the picture; what lies further away is no share of them
TOLERANCE = 0.002  # sides of the picture, by which rounded keypoints may lie outside a box


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


def write_names(folder: Path, model: ModelFacts) -> None:
    """Write the classes' names once a folder, as the lines of its files say nothing but numbers.

    `classes.txt` has a line each, the first is number 0. `data.yaml` is what trainers are given;
    its pictures are looked for beside their labels. Names are JSON's strings there, which YAML
    reads too, without a `#` that simple readers would take for a comment. Files that name the
    same classes are left as they are.

    Raises:
        ExportError: one could not be written, or the folder has names of other classes; then
            nothing is written.
    """
    names = _names(model)
    told = [json.dumps(name, ensure_ascii=False).replace("#", "\\u0023") for name in names]
    texts = {
        "classes.txt": "".join(f"{name}\n" for name in names),
        "data.yaml": "train: .  # the pictures belong into this folder, beside their labels\n"
        f"val: .\nnc: {len(names)}\nnames:\n"
        + "".join(f"  {number}: {name}\n" for number, name in enumerate(told)),
    }
    there = [folder / name for name in NAME_FILES if (folder / name).is_file()]
    for file in there:
        known = _names_in(file)
        if known and known != dict(enumerate(names)):
            raise ExportError("export.other_classes", path=file)
    for name in BESIDE:
        if folder / name not in there:
            with replacing(folder / name) as temporary:
                temporary.write_text(texts[name], encoding="utf-8")


def _names(model: ModelFacts) -> list[str]:
    """The classes' names, each on one line and none empty, as lines are counted."""
    words = [" ".join(printable(name).split()) for name in model.classes]
    return [word or f"class {number}" for number, word in enumerate(words, 1)]


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


@dataclass(frozen=True, eq=False)
class _Line:
    """One object, in shares of the picture's sides.

    A box (4,) xyxy, a polygon (n, 2), and keypoints (K, 3) x, y, visible, or None for them.
    """

    number: int
    box: NDArray[np.float64]
    polygon: NDArray[np.float64] | None = None
    keypoints: NDArray[np.float64] | None = None


def read_yolo(file: Path) -> AnnotationFile:
    """A YOLO file: boxes, outlines, or boxes with keypoints.

    Class names, the number of keypoints and their names come from `NAME_FILES` near it.

    Raises:
        InputError: it is none.
    """
    text = read_text(file)
    known = about(file)
    lines: list[_Line] = []
    bad: list[int] = []
    for place, line in enumerate(text.split("\n"), start=1):
        words = line.split()
        if not words:
            continue
        try:
            lines.append(_read_line(words, known.keypoint_shape))
        except Unusable:
            bad.append(place)
    if bad and not lines:
        raise InputError("truth.not_yolo", path=file, place=f"{file.name}:{bad[0]}")
    left_out = {Reason("object.line", f"{file.name}:{bad[0]}"): len(bad)} if bad else {}

    def read(head: PictureHead) -> GroundTruth:
        height, width = head.size
        sides = np.array([width, height], np.float64)
        objects = []
        for each in lines:
            name = known.names.get(each.number) or f"class {each.number + 1}"
            box = (each.box * np.tile(sides, 2)).astype(np.float32)
            outline = () if each.polygon is None else (each.polygon * sides,)
            area = sum(map(polygon_area, outline))
            kept = tuple(part.astype(np.float32) for part in outline)
            objects.append(
                TruthObject(
                    name, box, kept, area=area, number=each.number,
                    keypoints=_named_points(each.keypoints, known, sides),
                )
            )  # fmt: skip
        return GroundTruth(file.stem, head.size, tuple(objects), file, "yolo", left_out)

    return AnnotationFile(file, (Entry("", read),))


def _read_line(words: Sequence[str], keypoint_shape: tuple[int, int] | None) -> _Line:
    """One line's object.

    Raises:
        Unusable: a value is no number, or their number fits no kind of line.
    """
    label = values.whole(words[0])
    told = np.array([values.number(word) for word in words[1:]])
    if not 0 <= label < MOST_CLASSES or (np.abs(told) > FURTHEST).any():
        raise Unusable("object.line")
    if len(told) in (4, 5) or _is_pose(told, keypoint_shape):  # the fifth is a confidence
        x, y, width, height = told[:4]
        box = np.array([x - width / 2, y - height / 2, x + width / 2, y + height / 2])
        return _Line(label, box, keypoints=_points(told[4:], keypoint_shape))
    if len(told) < 6 or len(told) % 2:
        raise Unusable("object.line")
    points = told.reshape(-1, 2)
    return _Line(label, np.concatenate([points.min(0), points.max(0)]), points)


def _points(rest: NDArray[np.float64], shape: tuple[int, int] | None) -> NDArray[np.float64] | None:
    """(K, 3) x, y, visible of what follows a box (n,); None where no keypoints do.

    Of points without a mark those at 0, 0 are not known.
    """
    if len(rest) < 2:
        return None
    if shape is not None:
        size = shape[1]
        rest = rest[: shape[0] * size]
    else:
        size = 3 if len(rest) % 3 == 0 and np.isin(rest[2::3], (0, 1, 2)).all() else 2
    points = rest.reshape(-1, size)
    if size == 2:
        points = np.column_stack([points, np.where((points > 0).any(1), 2.0, 0.0)])
    return points


def _named_points(
    points: NDArray[np.float64] | None, known: About, sides: NDArray[np.float64]
) -> tuple[tuple[str, float, float, float], ...]:
    """Name, x, y in picture px and visible of keypoints (K, 3); those of a picture (2,) wide
    and high."""
    if points is None:
        return ()
    names = known.point_names(len(points))
    placed = (points * (*sides, 1)).tolist()
    return tuple((name, x, y, seen) for name, (x, y, seen) in zip(names, placed, strict=True))


def _is_pose(told: NDArray[np.float64], shape: tuple[int, int] | None) -> bool:
    """Whether numbers (n,) are a box and keypoints.

    Where the data set does not say how many there are: x, y and 0, 1 or 2 for visible after
    a box, where the number cannot be a polygon's or the box encloses the points; or x, y
    alone in a box whose sides, read as a polygon's second point, would lie outside of it.
    """
    if shape is not None:
        return len(told) - 4 in (shape[0] * shape[1], shape[0] * shape[1] + 1)
    box, rest = told[:4], told[4:]
    if len(rest) < 2:
        return False
    if len(rest) % 3 == 0 and np.isin(rest[2::3], (0, 1, 2)).all():
        marked = rest.reshape(-1, 3)
        seen = marked[marked[:, 2] > 0, :2]
        return bool(len(told) % 2) or _encloses(box, seen)
    if len(rest) % 2:
        return False
    return _encloses(box, rest.reshape(-1, 2)) and not _encloses(box, box[None, 2:])


def _encloses(box: NDArray[np.float64], points: NDArray[np.float64]) -> bool:
    """Whether a box x, y, width, height lies in the picture and holds all points (n, 2)."""
    low, high = box[:2] - box[2:] / 2, box[:2] + box[2:] / 2
    inside = (low >= -TOLERANCE).all() and (high <= 1 + TOLERANCE).all() and (low < high).all()
    around = (points >= low - TOLERANCE).all() and (points <= high + TOLERANCE).all()
    return bool(inside and around)


@dataclass(frozen=True)
class About:
    """What lies beside YOLO files.

    Attributes:
        names: of the classes, by number.
        keypoint_shape: (points, values a point).
        keypoint_names: as the file has them; empty where it has none.
        mirrored: each point's number in a picture mirrored left to right, `flip_idx`.
    """

    names: Mapping[int, str]
    keypoint_shape: tuple[int, int] | None = None
    keypoint_names: tuple[str, ...] = ()
    mirrored: tuple[int, ...] = ()

    def point_names(self, count: int) -> tuple[str, ...]:
        """The names of `count` keypoints.

        Points that a mirror exchanges are called left and right, as training knows them by
        their names; of 17 without a name or mirror COCO's are meant, as everywhere with YOLO.
        """
        if len(self.keypoint_names) == count:
            return self.keypoint_names
        person = (0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15)
        if count == len(PERSON_KEYPOINTS) and self.mirrored in ((), person):
            return PERSON_KEYPOINTS
        names = []
        for number in range(count):
            other = self.mirrored[number] if len(self.mirrored) == count else number
            side = "left " if number < other else "right " if number > other else ""
            names.append(f"{side}point {min(number, other) + 1}")
        return tuple(names)


def about(file: Path) -> About:
    """What the files of `NAME_FILES` near a YOLO file say; the nearest of each kind counts."""
    names: Mapping[int, str] = {}
    points = About({})
    for each in names_files(file, NAME_FILES):
        if each.suffix == ".yaml":
            found = read_data_file(each)
            names = names or found.names
            points = points if points.keypoint_shape else found
        elif not names:
            names = _names_in(each)
    return replace(points, names=names)


def _names_in(file: Path) -> Mapping[int, str]:
    """The classes' names by number that one of the files of `NAME_FILES` has.

    Raises:
        InputError: it cannot be opened.
    """
    if file.suffix == ".yaml":
        return read_data_file(file).names
    lines = (printable(line).strip() for line in read_text(file).split("\n"))
    return dict(enumerate(line for line in lines if line))


def read_data_file(file: Path) -> About:
    """`names`, `kpt_shape`, `kpt_names` and `flip_idx` of a YOLO data file, however spelt.

    No YAML library is needed for these.

    Raises:
        InputError: it cannot be opened.
    """
    found = read_yaml_lists(file)
    names: dict[int, str] = {}
    for place, item in enumerate(found.get("names", ())):
        key = re.match(r"(\d{1,6})\s*:\s*(.*)$", item, re.DOTALL)
        names[int(key[1]) if key else place] = unquoted(key[2] if key else item)
    try:
        points, size = (values.whole(each) for each in found.get("kpt_shape", ()))
    except (Unusable, ValueError):
        return About(names)
    if points <= 0 or size not in (2, 3):
        return About(names)
    words = re.split(r"[\[\],\s]+", " ".join(found.get("kpt_names", ())))
    kept = tuple(unquoted(word) for word in words if word and not re.fullmatch(r"-|\d+:", word))
    try:
        mirrored = tuple(values.whole(each) for each in found.get("flip_idx", ()))
    except Unusable:
        mirrored = ()
    if sorted(mirrored) != list(range(points)):
        mirrored = ()
    return About(names, (points, size), kept if len(kept) == points else (), mirrored)
