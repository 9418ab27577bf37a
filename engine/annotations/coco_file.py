"""What a COCO JSON file holds: pictures, classes, objects, and what could not be used.

`read_file_steps` is the one reader: ground truth, survey and training all take what it gives.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from engine.annotations import values
from engine.annotations.json_stream import JsonStream, Steps, parse
from engine.annotations.mask_encoding import (
    CheckedOutline,
    check_outline,
    decode_outline,
    encode_mask,
    encode_outline,
)
from engine.annotations.remarks import Reason
from engine.annotations.sizes import Fit
from engine.annotations.values import Unusable
from engine.errors import InputError
from engine.file_text import printable
from engine.pictures.reader import MAX_PIXELS


@dataclass(frozen=True)
class CocoImage:
    """A picture of the file.

    Attributes:
        id: a whole number, or a string that is none.
        file_name: its path as the file gives it, with slashes.
        size: (height, width); None where the file gives none that a picture can have.
    """

    id: int | str
    file_name: str
    size: tuple[int, int] | None


@dataclass(frozen=True)
class CocoCategory:
    """A class of the file, with the names of its keypoints."""

    id: int | str
    name: str
    keypoints: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class CocoObject:
    """One annotation.

    Attributes:
        image, category: ids that the file's images and categories have.
        box: x, y, width, height, picture px, as the file has it; four finite numbers.
        outline: run lengths, or polygons, each (n, 2) float64 x, y in picture px, of three
            points or more; empty where there is none that can be used.
        area: px, by the file; 0 where it says nothing.
        crowd: a region of objects that are not told apart.
        keypoints: x, y, visible, x, y, visible ... in picture px; empty where there are none.
        scored: a model's answer and not the truth.
        left_out: why a part of it could not be used.
        id: by the file; None where it gives none.
    """

    image: int | str
    category: int | str
    box: tuple[float, float, float, float]
    outline: CheckedOutline = ()
    area: float = 0.0
    crowd: bool = False
    keypoints: tuple[float, ...] = ()
    scored: bool = False
    left_out: tuple[Reason, ...] = ()
    id: int | str | None = None

    def fitted(self, to: Fit) -> CocoObject:
        """The same object in the picture of another size that `to` describes."""
        x, y, width, height = self.box
        x0, y0, x1, y1 = to.box(np.array([x, y, x + width, y + height])).tolist()
        outline: CheckedOutline
        if isinstance(self.outline, dict):
            whole = encode_outline(self.outline, *to.told)
            assert whole is not None, "run lengths are an outline"
            outline = encode_mask(to.mask(decode_outline(whole)))
        else:
            outline = tuple(to.points(part) for part in self.outline)
        points = np.array(self.keypoints, np.float64).reshape(-1, 3)
        points[:, :2] = np.where(points[:, 2:] > 0, to.points(points[:, :2]), points[:, :2])
        return replace(
            self,
            box=(x0, y0, x1 - x0, y1 - y0),
            outline=outline,
            area=self.area * to.area,
            keypoints=tuple(points.ravel().tolist()),
        )


def why_useless(
    box: tuple[float, float, float, float], size: tuple[int, int] | None
) -> Reason | None:
    """Why a box x, y, width, height cannot be learnt: no pixel of it lies in its picture."""
    x, y, width, height = box
    if width <= 0 or height <= 0:
        return Reason("object.area")
    if width < 1 or height < 1:
        return Reason("object.small")
    if size is None:
        return None
    right, bottom = min(x + width, size[1]), min(y + height, size[0])
    inside = right - max(x, 0) >= 1 and bottom - max(y, 0) >= 1
    return None if inside else Reason("object.outside")


@dataclass(frozen=True)
class LeftOutObject:
    """An annotation that could not be used, by the picture and class that it names.

    Attributes:
        id: by the file; None where it gives none.
        text: as the file has it; "" where that is not kept.
    """

    image: int | str | None
    category: int | str | None
    reason: Reason
    id: int | str | None = None
    text: str = field(default="", repr=False)


@dataclass(frozen=True)
class LeftOutImage:
    """An image of the file that could not be used: its number in the list, id and name."""

    number: int
    id: str
    name: str
    reason: Reason


class DataFile(Protocol):
    """What training takes of annotations in whatever format."""

    @property
    def images(self) -> tuple[CocoImage, ...]: ...

    @property
    def categories(self) -> tuple[CocoCategory, ...]: ...

    @property
    def left_out(self) -> Mapping[Reason, int]:
        """Images and categories that could not be used, by reason."""

    @property
    def lost_images(self) -> tuple[LeftOutImage, ...]:
        """Those of the images, one by one."""

    @property
    def places(self) -> Mapping[int | str, Path]:
        """Where pictures lie that have been found already, by their ids."""

    @property
    def splits(self) -> Mapping[int | str, str]:
        """The named split of pictures by their ids; empty where the data name none."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say of the whole, a sentence each."""

    def objects_of(self, image: CocoImage | None) -> tuple[list[CocoObject], list[LeftOutObject]]:
        """The objects of a picture, and the annotations that cannot be used; None: of none."""


@dataclass(frozen=True, eq=False)
class CocoFile:
    """What a COCO JSON file holds.

    Attributes:
        images, categories: in the file's order.
        left_out: images and categories that could not be used, by reason.
        lost_images: those of the images, one by one.
        places, splits, notes: none: pictures are looked for when they are wanted.
        scored: whether it holds a model's answers.
        texts: the annotations of each image as the file has them, by its id, those of none
            under None. An object takes ten times as much memory, and as much time to read.
    """

    images: tuple[CocoImage, ...]
    categories: tuple[CocoCategory, ...]
    left_out: Mapping[Reason, int]
    scored: bool
    texts: Mapping[int | str | None, Sequence[str]] = field(repr=False)
    lost_images: tuple[LeftOutImage, ...] = ()
    places: Mapping[int | str, Path] = field(default_factory=dict)
    splits: Mapping[int | str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @cached_property
    def _category_ids(self) -> frozenset[int | str]:
        return frozenset(each.id for each in self.categories)

    def objects_of(self, image: CocoImage | None) -> tuple[list[CocoObject], list[LeftOutObject]]:
        """The objects of known categories whose box can be read, and the annotations that cannot.

        Args:
            image: one of `images`; None for the annotations of no image.
        """
        objects: list[CocoObject] = []
        unusable: list[LeftOutObject] = []
        image_id = None if image is None else image.id
        for text in self.texts.get(image_id, ()):
            item = parse(text)
            if not isinstance(item, dict):
                lost = LeftOutObject(None, None, Reason("object.form"), text=text)
                unusable.append(lost)
                continue
            category_id = _known(item, "category_id", self._category_ids)
            try:
                if image is None or category_id is None:
                    raise Unusable("object.picture" if image is None else "object.category")
                objects.append(_object(item, image.id, category_id, image.size))
            except Unusable as error:
                own = _identity(item, "id")
                lost = LeftOutObject(image_id, category_id, error.reason, own, text)
                unusable.append(lost)
        return objects, unusable


def read_file_steps(file: Path) -> Steps[CocoFile]:
    """Read a COCO JSON file; what cannot be used is counted.

    Raises:
        InputError: it cannot be opened, is no JSON, or has no images, annotations or
            categories that deserve the name.

    Source: cocodataset.org/#format-data.
    """
    lists: dict[str, list[Any]] = {}
    texts: dict[int | str | None, list[str]] = defaultdict(list)
    scored = annotated = formed = False
    with JsonStream(file, "data.not_coco") as stream:
        for key in stream.each_key():
            if key not in ("images", "categories", "annotations") or not stream.at_list():
                continue
            kept = lists[key] = []
            for item, text in stream.elements():
                if key != "annotations":
                    kept.append(item)
                else:
                    annotated = True
                    image_id = None
                    if isinstance(item, dict):
                        formed = True
                        scored = scored or "score" in item
                        image_id = _identity(item, "image_id")
                    texts[image_id].append(text)
                if (progress := stream.progress()) is not None:
                    yield progress
    left_out: Counter[Reason] = Counter()
    images: dict[int | str, CocoImage] = {}
    lost: list[LeftOutImage] = []
    for number, item in enumerate(_list(lists, "images", file)):
        try:
            image = _image(item)
            if image.id in images:
                raise Unusable("picture.id")
            images[image.id] = image
        except Unusable as error:
            left_out[error.reason] += 1
            told = item if isinstance(item, dict) else {}
            names = _said(told.get("id")), _said(told.get("file_name"))
            lost.append(LeftOutImage(number, *names, error.reason))
    if lists["images"] and not images:
        raise InputError("data.not_coco", path=file, place="images[0]")
    categories: dict[int | str, CocoCategory] = {}
    for item in _list(lists, "categories", file):
        try:
            category = _category(item)
            categories.setdefault(category.id, category)
        except Unusable as error:
            left_out[error.reason] += 1
    _list(lists, "annotations", file)
    if annotated and not formed:
        raise InputError("data.not_coco", path=file, place="annotations[0]")
    for unknown in [each for each in texts if each is not None and each not in images]:
        texts[None] += texts.pop(unknown)
    return CocoFile(
        tuple(images.values()),
        tuple(categories.values()),
        left_out,
        scored,
        dict(texts),
        tuple(lost),
    )


def _said(value: Any) -> str:
    """A value of the file in a few words, for a table."""
    return "" if value is None else printable(str(value)[:200])


def _list(content: Mapping[str, list[Any]], key: str, file: Path) -> list[Any]:
    """One of the file's lists, in which something is an object of JSON's."""
    found = content.get(key)
    if found is None:
        raise InputError("data.not_coco", path=file, place=key)
    if found and not any(isinstance(each, dict) for each in found):
        raise InputError("data.not_coco", path=file, place=f"{key}[0]")
    return found


def _image(item: Any) -> CocoImage:
    if not isinstance(item, dict):
        raise Unusable("picture.form")
    return CocoImage(
        values.identity(item.get("id"), "picture.id"),
        values.path(item.get("file_name")),
        values.size(item, "height", "width", MAX_PIXELS),
    )


def _category(item: Any) -> CocoCategory:
    if not isinstance(item, dict):
        raise Unusable("class.form")
    names = item.get("keypoints")
    points: tuple[str, ...] = ()
    if isinstance(names, list):
        points = tuple(values.text(name, "class.form") for name in names)
    return CocoCategory(
        values.identity(item.get("id"), "class.form"),
        values.text(item.get("name"), "class.form"),
        points,
    )


def _identity(item: Mapping[str, Any], key: str) -> int | str | None:
    """The id that an annotation names, if it is one."""
    try:
        return values.identity(item.get(key), "object.form")
    except Unusable:
        return None


def _known(item: Mapping[str, Any], key: str, known: Container[int | str]) -> int | str | None:
    """The id that an annotation names, if there is such."""
    named = _identity(item, key)
    return named if named is not None and named in known else None


def _object(
    item: Mapping[str, Any], image: int | str, category: int | str, size: tuple[int, int] | None
) -> CocoObject:
    """An annotation.

    Raises:
        Unusable: its box is no four finite numbers, or has a side below 0.
    """
    corners = item.get("bbox")
    if not isinstance(corners, list) or len(corners) != 4:
        raise Unusable("object.box")
    x, y, width, height = (values.number(value, "object.box") for value in corners)
    if width < 0 or height < 0:
        raise Unusable("object.box")
    left_out: list[Reason] = []
    outline: CheckedOutline = ()
    if segmentation := item.get("segmentation"):
        try:
            outline = check_outline(segmentation, size)
        except Unusable as error:
            left_out.append(error.reason)
    keypoints: tuple[float, ...] = ()
    if points := item.get("keypoints"):
        try:
            keypoints = _keypoints(points)
        except Unusable as error:
            left_out.append(error.reason)
    try:
        area = max(values.number(item.get("area")), 0.0)
    except Unusable:
        area = 0.0
    return CocoObject(
        image=image,
        category=category,
        box=(x, y, width, height),
        outline=outline,
        area=area,
        crowd=values.flag(item.get("iscrowd")),
        keypoints=keypoints,
        scored="score" in item,
        left_out=tuple(left_out),
        id=_identity(item, "id"),
    )


def _keypoints(points: Any) -> tuple[float, ...]:
    if not isinstance(points, list):
        raise Unusable("keypoints.number")
    if len(points) % 3:
        raise Unusable("keypoints.count")
    return tuple(values.number(each, "keypoints.number") for each in points)
