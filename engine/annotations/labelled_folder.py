"""Annotations to train on, in whatever format, as one `DataFile`: recognised by what is there.

A COCO JSON file stays as it is read. LabelMe, YOLO (boxes, outlines, poses) and Pascal VOC
have a file a picture: a folder of them becomes what one COCO file would hold, so that
training has one way to take objects.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np

from engine.annotations import layouts, yolo, yolo_data_file
from engine.annotations.coco_file import (
    CocoCategory,
    CocoFile,
    CocoImage,
    CocoObject,
    LeftOutImage,
    LeftOutObject,
    read_file_steps,
)
from engine.annotations.files import picture_head
from engine.annotations.ground_truth import AnnotationFile, Entry, TruthObject
from engine.annotations.json_stream import ReadProgress, Steps
from engine.annotations.named_splits import NamedSplits
from engine.annotations.reading import DATA_FILES, recognised, titles
from engine.annotations.remarks import Reason
from engine.errors import InputError
from engine.export.formats import Reader

TOLD_FILES = 100  # label files between two reports


@dataclass(frozen=True, eq=False)
class LabelledFolder:
    """What a folder of label files holds: a `DataFile`.

    Attributes:
        images, categories: in the order of the files, and of the classes' numbers or names.
        left_out: files that could not be used, by reason; lost_images: one by one.
        places: where each picture lies, by its id; not of those that are missing.
        found: objects, and what could not be used, of each picture's id.
        splits: "train", "val" or "test" of each picture's id; empty where no split is named.
        notes: what there is to say of the whole, a sentence each.
    """

    images: tuple[CocoImage, ...]
    categories: tuple[CocoCategory, ...]
    left_out: Mapping[Reason, int]
    lost_images: tuple[LeftOutImage, ...]
    places: Mapping[int | str, Path]
    found: Mapping[int | str, tuple[list[CocoObject], list[LeftOutObject]]] = field(repr=False)
    splits: Mapping[int | str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def objects_of(self, image: CocoImage | None) -> tuple[list[CocoObject], list[LeftOutObject]]:
        """The objects of a picture, and the annotations that cannot be used."""
        return ([], []) if image is None else self.found.get(image.id, ([], []))


def open_file_steps(
    path: Path, images: Path | None = None
) -> Steps[tuple[Path, CocoFile | LabelledFolder]]:
    """What a file or a folder holds to train on, and the file or folder that was meant.

    Args:
        images: the folder of the pictures, where they lie elsewhere.

    Raises:
        InputError: there is nothing, something of several formats, or a file is damaged.
    """
    formats = _own_files(path)
    if len(formats) > 1:
        told = ", ".join(f"{reader.title}: {len(files)}" for reader, files in formats.items())
        raise InputError("data.mixed", path=path, found=told)
    if not formats:
        file = layouts.find_json(path)
        return file, (yield from read_file_steps(file))
    ((reader, files),) = formats.items()
    return path, (yield from _read_steps(path, reader, files, images))


def _own_files(path: Path) -> dict[Reader, list[Path]]:
    """Label files of one picture each, by their format; none where COCO JSON is meant."""
    if path.is_file() and path.suffix.lower() not in DATA_FILES:
        reader = recognised(path)
        return {} if reader is None or reader.shared else {reader: [path]}
    if path.is_dir():
        return _by_format([path]) or _by_format(layouts.inner_folders(path))
    if path.is_file():
        return _by_format(yolo_data_file.label_folders(path))
    raise InputError("file.missing", path=path)


def _by_format(folders: Iterable[Path]) -> dict[Reader, list[Path]]:
    found: dict[Reader, list[Path]] = defaultdict(list)
    for file in chain.from_iterable(sorted(folder.iterdir()) for folder in folders):
        reader = recognised(file)
        if reader is None:
            continue
        if reader.shared:
            return {}
        if reader.suffix != ".txt" or is_yolo(file):
            found[reader].append(file)
    return found


def is_yolo(file: Path) -> bool:
    """Whether a text file is called as a picture, or holds objects: not a readme or a list."""
    if layouts.picture_named(file) is not None:
        return True
    try:
        return bool(yolo.read_yolo(file).entries) and file.stat().st_size > 0
    except (InputError, OSError):
        return False


def _read_steps(
    path: Path, reader: Reader, files: list[Path], images: Path | None
) -> Steps[LabelledFolder]:
    taken: dict[int | str, _Picture] = {}
    lost: list[LeftOutImage] = []
    names: dict[str, None] = {}  # of the classes, in their order
    named = NamedSplits(path) if reader.suffix == ".txt" else None
    splits: dict[int | str, str] = {}
    for number, file in enumerate(files):
        try:
            content = yield from reader.steps(file)
            known = yolo.about(file).names if reader.suffix == ".txt" else {}
            names.update(dict.fromkeys(known[key] for key in sorted(known)))
            if named is not None:
                named.take_names(named.of(file), known)
            picture = _picture(path, content, content.entries[0], frozenset(known), images)
        except InputError:
            lost.append(LeftOutImage(number, "", _below(path, file), Reason("picture.form")))
            continue
        if picture.image.id in taken:
            name = _below(path, file)
            lost.append(LeftOutImage(number, name, str(picture.image.id), Reason("picture.id")))
            continue
        taken[picture.image.id] = picture
        if named is not None and (split := named.of(file)):
            splits[picture.image.id] = split
        if number % TOLD_FILES == TOLD_FILES - 1:
            yield ReadProgress(path, number + 1, len(files))
    if lost and not taken:
        yield from reader.steps(files[0])  # says what is wrong with it
        raise InputError("data.no_json", path=path, looked=", ".join(titles()))
    if named is not None:
        named.check_names()
    if not names:
        names = dict.fromkeys(_class_order(taken.values()))
    points = dict.fromkeys(
        point[0] for each in taken.values() for item in each.objects for point in item.keypoints
    )
    marked = {i.name for each in taken.values() for i in each.objects if i.keypoints}
    kept = tuple(points)
    return LabelledFolder(
        tuple(each.image for each in taken.values()),
        tuple(CocoCategory(name, name, kept if name in marked else ()) for name in names),
        Counter(each.reason for each in lost),
        tuple(lost),
        {key: each.path for key, each in taken.items() if each.path is not None},
        {key: (list(each.taken(kept)), each.unusable) for key, each in taken.items()},
        splits,
        named.notes(splits) if named is not None else (),
    )


@dataclass(frozen=True, eq=False)
class _Picture:
    """One label file's picture: where it lies, or None, and what was marked in it."""

    image: CocoImage
    path: Path | None
    objects: tuple[TruthObject, ...]
    unusable: list[LeftOutObject]
    numbers: tuple[int, ...]  # of `objects` in their file

    def taken(self, points: tuple[str, ...]) -> Iterator[CocoObject]:
        """The objects as COCO has them, with the keypoints `points`."""
        for item, number in zip(self.objects, self.numbers, strict=True):
            x0, y0, x1, y1 = (float(value) for value in item.box)
            where = {name: rest for name, *rest in item.keypoints}
            flat = [value for name in points for value in where.get(name, (0.0, 0.0, 0.0))]
            yield CocoObject(
                image=self.image.id,
                category=item.name,
                box=(x0, y0, x1 - x0, y1 - y0),
                outline=item.run_lengths
                or tuple(each.astype(np.float64) for each in item.polygons),
                area=item.area,
                crowd=item.ignore,
                keypoints=tuple(flat) if where else (),
                id=number,
            )


def _picture(
    path: Path,
    content: AnnotationFile,
    entry: Entry,
    known: frozenset[int],
    images: Path | None,
) -> _Picture:
    """What a label file says of its picture.

    Args:
        known: the numbers that the classes have; empty where they have names alone.

    Raises:
        InputError: its picture cannot be read.
    """
    source = content.source
    place = None
    if entry.name:
        folders = layouts.picture_folders(source, images)
        place = layouts.find_picture(folders, entry.name, shorten=True)
    place = place or layouts.picture_named(source, images)
    if place is None:
        name = entry.name or source.stem
        own = source.parent / name
        return _Picture(CocoImage(_below(path, own), name, None), None, (), [], ())
    name = _below(path, place)
    try:
        head = picture_head(place)
    except InputError:  # said when the pictures are checked
        return _Picture(CocoImage(name, name, None), place, (), [], ())
    truth = entry.read(head)
    unusable = [
        LeftOutObject(name, None, reason, reason.detail or None)
        for reason, count in truth.left_out.items()
        for _ in range(count)
    ]
    kept = []
    for number, item in enumerate(truth.objects, start=1):
        if known and item.number is not None and item.number not in known:
            told = f"class {item.number}"
            unusable.append(LeftOutObject(name, None, Reason("object.category"), number, told))
        else:
            kept.append((number, item))
    numbers = tuple(number for number, _ in kept)
    objects = tuple(item for _, item in kept)
    return _Picture(CocoImage(name, name, truth.picture_size), place, objects, unusable, numbers)


def _class_order(pictures: Iterable[_Picture]) -> list[str]:
    """Names of classes that no file lists: by their numbers, or else by the alphabet."""
    found = {item.name: item.number for each in pictures for item in each.objects}
    return sorted(found, key=lambda name: (found[name] or 0, name))


def _below(path: Path, file: Path) -> str:
    """A file as seen from the folder of the data, with slashes."""
    folder = path if path.is_dir() else path.parent
    try:
        return file.relative_to(folder).as_posix()
    except ValueError:
        return file.as_posix()
