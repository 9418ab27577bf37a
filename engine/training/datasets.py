"""Pictures with objects to learn from: annotation files, and what every data set offers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.annotations.coco_file import CocoImage, CocoObject, DataFile, why_useless
from engine.annotations.files import base_name, ends_whole, picture_head
from engine.annotations.json_stream import ReadProgress, Steps, finish
from engine.annotations.labelled_folder import open_file_steps
from engine.annotations.layouts import find_picture, picture_folders, said
from engine.annotations.mask_encoding import decode_outline, encode_outline, outline_area
from engine.annotations.named_splits import TRAIN
from engine.annotations.remarks import Reason, Tally
from engine.annotations.sizes import fit
from engine.annotations.values import Unusable
from engine.errors import InputError
from engine.training.splits import named_split, split_ids

CACHE_BYTES = 1 << 30  # decoded pictures kept in memory at most
TOLD_PICTURES = 1000  # of a data set's pictures, between two reports while it is opened
TOLD_HEADS = 100  # of its pictures' heads, between two reports while they are looked at


@dataclass(frozen=True)
class Example:
    """One picture and its objects, in picture pixels.

    Attributes:
        pixels: (H, W, 3) uint8 RGB.
        boxes: (N, 4) float32 xyxy.
        labels: (N,) int64, 1 for the first class.
        masks: (N, H, W) uint8, 0 or 1; all 0 for an object whose outline is not known.
        keypoints: (N, K, 3) float32 x, y, visible; K = 0 where there are none, and all 0
            for an object whose points are not known.
        ignored: (M, 4) float32 xyxy, regions in which nothing is learnt, such as crowds.
    """

    pixels: NDArray[np.uint8]
    boxes: NDArray[np.float32]
    labels: NDArray[np.int64]
    masks: NDArray[np.uint8]
    keypoints: NDArray[np.float32]
    ignored: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 4), np.float32))


@dataclass(frozen=True)
class PictureProblem:
    """A picture of a data set that cannot be used, or whose objects are changed to fit it.

    Attributes:
        index: its number in the data set; name: as the data give it.
        change: "turned" or "scaled", of `engine.annotations.remarks.CHANGES`, or "".
        error: why it cannot be used, or None.
    """

    index: int
    name: str
    change: str = ""
    error: InputError | None = None


@dataclass(frozen=True, eq=False)
class _Fitted:
    """A picture's file, its (height, width), and its objects in that size."""

    path: Path
    size: tuple[int, int]
    objects: tuple[CocoObject, ...]
    change: str


class Pictures(Protocol):
    """A data set: numbered pictures with objects of named classes."""

    classes: tuple[str, ...]
    keypoint_names: tuple[str, ...]
    keypoint_classes: tuple[str, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say of the data, a sentence each."""

    def __len__(self) -> int: ...

    def load(self, index: int) -> Example:
        """The picture and its objects."""

    def pixels(self, index: int) -> NDArray[np.uint8]:
        """The picture alone, (H, W, 3) uint8 RGB.

        Raises:
            InputError: it is missing, unreadable, or not of the size that the data say.
        """

    def has_objects(self, index: int) -> bool:
        """Whether the picture holds an object of `classes`."""

    def picture_id(self, index: int) -> int | str:
        """The id that `truth` uses."""

    def check_pictures(self) -> Steps[tuple[PictureProblem, ...]]:
        """Every picture that cannot be used or whose objects change, before the first step.

        A job that tells how many are looked at.
        """

    def truth(self, indices: Sequence[int]) -> dict[str, Any]:
        """The ground truth of these pictures as a COCO JSON object.

        Objects whose outline is not known have no `segmentation`.
        """


def split(pictures: Pictures, fraction: float) -> tuple[list[int], list[int]]:
    """Indices for training and for validation: as the data name them, or else by `split_ids`."""
    if isinstance(pictures, CocoPictures) and pictures.splits:
        return named_split(pictures.splits)
    return split_ids([pictures.picture_id(index) for index in range(len(pictures))], fraction)


class CocoPictures:
    """A COCO JSON file, or files of another format as `engine.annotations.labelled_folder` reads.

    Pictures lie beside them, or where `engine.annotations.layouts` says.

    Crowd regions are ignored, never objects to learn; an object without an outline has an
    empty mask. What cannot be used is left out and counted in `notes`. Objects that were
    marked on the picture before its EXIF turn, or on a larger or smaller one, are turned or
    scaled when it is first needed.

    Args:
        path: the file, the folder that holds it, or the folder of a file a picture.
        classes: names to keep, in this order; empty for all of the file's.
        some: whether classes that the file does not know are left out in place of refused.
        cache_bytes: decoded pictures kept in memory at most.
        images: the folder of the pictures, where they lie elsewhere.

    Raises:
        InputError: nothing of a known format is there, or a class is missing.
    """

    def __init__(
        self,
        path: Path,
        classes: Sequence[str] = (),
        *,
        some: bool = False,
        cache_bytes: int = CACHE_BYTES,
        images: Path | None = None,
    ) -> None:
        finish(self._open(path, classes, some=some, cache_bytes=cache_bytes, images=images))

    @classmethod
    def steps(
        cls,
        path: Path,
        classes: Sequence[str] = (),
        *,
        some: bool = False,
        cache_bytes: int = CACHE_BYTES,
        images: Path | None = None,
    ) -> Steps[CocoPictures]:
        """Open as a job that tells how much of a large file is read."""
        self = cls.__new__(cls)
        yield from self._open(path, classes, some=some, cache_bytes=cache_bytes, images=images)
        return self

    def _open(
        self,
        path: Path,
        classes: Sequence[str],
        *,
        some: bool,
        cache_bytes: int,
        images: Path | None,
    ) -> Steps[None]:
        self.path, content = yield from open_file_steps(Path(path), images)
        self._images: tuple[CocoImage, ...] = content.images
        ids = [image.id for image in self._images]
        mixed = any(isinstance(each, str) for each in ids)
        self._ids: list[int | str] = [str(each) for each in ids] if mixed else list(ids)
        self._places = content.places
        told = content.splits
        # The split of each picture, where the data name any.
        self.splits = tuple(told.get(image.id, TRAIN) for image in self._images) if told else ()
        self._said = content.notes
        self._folders = picture_folders(self.path, images)
        self._called = Counter(base_name(image.file_name) for image in self._images)
        known = tuple(dict.fromkeys(category.name for category in content.categories))
        if not some:
            check_classes(classes, known)
        self.classes: tuple[str, ...] = (
            tuple(name for name in classes if name in known) if classes else known
        )
        label_of = {
            category.id: self.classes.index(category.name) + 1
            for category in content.categories
            if category.name in self.classes
        }
        named = [c for c in content.categories if c.keypoints and c.id in label_of]
        self.keypoint_names: tuple[str, ...] = named[0].keypoints if named else ()
        self.keypoint_classes: tuple[str, ...] = tuple(
            c.name for c in named if c.keypoints == self.keypoint_names
        )
        self._label_of = label_of
        self._fits: dict[int, _Fitted] = {}
        self._objects: dict[int, list[CocoObject]] = defaultdict(list)
        self._tally = yield from self._take(content)
        self._outlines: dict[CocoObject, dict[str, Any] | None] = {}
        self._cache_bytes = cache_bytes
        self._cache: dict[int, NDArray[np.uint8]] = {}
        self._cached_bytes = 0

    def _take(self, content: DataFile) -> Steps[Tally]:
        """Keep the objects of the wanted classes that can be learnt, and count the others."""
        wanted = (*self._label_of, None)
        left_out = Counter(content.left_out)
        _, lost = content.objects_of(None)
        left_out.update(each.reason for each in lost if each.category in wanted)
        count = 0
        for index, image in enumerate(self._images):
            objects, unusable = content.objects_of(image)
            left_out.update(each.reason for each in unusable if each.category in wanted)
            size = image.size or self._size_of_file(image)
            for item in objects:
                if item.category not in self._label_of:
                    continue
                reason = why_useless(item.box, size)
                if reason is not None:
                    left_out[reason] += 1
                    continue
                count += 1
                self._objects[index].append(item)
                left_out.update(item.left_out)
                if self.keypoint_names and len(item.keypoints) not in (0, self._point_values):
                    left_out[Reason("keypoints.count")] += 1
            if index % TOLD_PICTURES == TOLD_PICTURES - 1:
                yield ReadProgress(self.path, index, len(self._images))
        tally = Tally()
        tally.count(objects=count, pictures=len(content.images), classes=len(content.categories))
        tally.leave(left_out)
        return tally

    def _size_of_file(self, image: CocoImage) -> tuple[int, int] | None:
        """(height, width) of a picture of which the data say none; None where it is missing."""
        try:
            return picture_head(self._find(image)).size
        except InputError:
            return None  # said when the picture is wanted

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out, and what was changed so far."""
        return (*self._said, *(f"{self.path.name}: {each}" for each in self._tally.sentences()))

    def __len__(self) -> int:
        return len(self._images)

    def picture_id(self, index: int) -> int | str:
        return self._ids[index]

    def has_objects(self, index: int) -> bool:
        return any(not item.crowd for item in self._objects[index])

    def check_pictures(self) -> Steps[tuple[PictureProblem, ...]]:
        """As in `Pictures`.

        As many pictures are decoded as are kept in memory: the first epoch would decode them
        anyway, so that this takes no time in all. Of the rest the head is read and the end
        looked at, and only a picture that does not end as its format does is decoded. Measured
        on two cores, 640 x 480 JPEG: 4.3 ms to decode a picture, .24 ms for head and end, so
        that 100 000 take half a minute in place of seven. What else is damaged in one of those
        is told at the step that draws it.
        """
        found = []
        for index, image in enumerate(self._images):
            change, error = "", None
            try:
                fitted = self._fitted(index)
                change = fitted.change
                if self._cached_bytes < self._cache_bytes or not ends_whole(fitted.path):
                    self.pixels(index)
            except InputError as raised:
                error = raised
            if change or error:
                found.append(PictureProblem(index, image.file_name, change, error))
            if index % TOLD_HEADS == TOLD_HEADS - 1:
                yield ReadProgress(self.path, index + 1, len(self._images))
        return tuple(found)

    def _find(self, image: CocoImage) -> Path:
        """The file of a picture.

        Raises:
            InputError: it is nowhere.
        """
        if image.id in self._places:
            return self._places[image.id]
        name = image.file_name
        alone = self._called[base_name(name)] == 1
        path = find_picture(self._folders, name, shorten=alone)
        if path is None:
            looked = said(self._folders, self.path)
            raise InputError("data.no_picture", path=self.path, picture=name, looked=looked)
        return path

    def _fitted(self, index: int) -> _Fitted:
        """The picture's size and its objects, in that size."""
        if index not in self._fits:
            image = self._images[index]
            path = self._find(image)
            head = picture_head(path)
            to = fit(image.size or head.size, head, Path(image.file_name), self.path)
            objects = self._objects[index]
            if to.change:
                objects = [item.fitted(to) for item in objects]
                self._tally.changed.setdefault(to.change, []).append(image.file_name)
            self._fits[index] = _Fitted(path, head.size, tuple(objects), to.change)
        return self._fits[index]

    def pixels(self, index: int) -> NDArray[np.uint8]:
        """(H, W, 3) uint8 RGB, as in `Pictures`.

        Raises:
            InputError: the file is missing, cannot be read, or has another size than the
                annotations say.
        """
        if index in self._cache:
            return self._cache[index]
        from engine.pictures.reader import read_picture

        fitted = self._fitted(index)
        pixels = read_picture(fitted.path).pixels
        (height, width), told = pixels.shape[:2], fitted.size
        if (height, width) != told:  # its head says otherwise
            raise InputError(
                "data.picture_size", picture=self._images[index].file_name, width=width,
                height=height, path=fitted.path.name, told_width=told[1], told_height=told[0],
            )  # fmt: skip
        if self._cached_bytes + pixels.nbytes <= self._cache_bytes:
            self._cache[index] = pixels
            self._cached_bytes += pixels.nbytes
        return pixels

    def load(self, index: int) -> Example:
        pixels = self.pixels(index)
        size, every = self._fitted(index).size, self._fitted(index).objects
        objects = [item for item in every if not item.crowd]
        crowds = [item for item in every if item.crowd]
        masks = np.zeros((len(objects), *size), np.uint8)
        points = np.zeros((len(objects), len(self.keypoint_names), 3), np.float32)
        for row, item in enumerate(objects):
            if item not in self._outlines:
                self._outlines[item] = _encoded(item, size)
            encoded = self._outlines[item]
            if encoded is not None:
                masks[row] = decode_outline(encoded)
            points[row] = np.asarray(self._keypoints(item), np.float32).reshape(-1, 3)
        labels = np.asarray([self._label_of[item.category] for item in objects], np.int64)
        return Example(pixels, _boxes(objects, size), labels, masks, points, _boxes(crowds, size))

    @property
    def _point_values(self) -> int:
        return len(self.keypoint_names) * 3

    def _keypoints(self, item: CocoObject) -> Sequence[float]:
        """x, y, visible of each of `keypoint_names`, picture px; all 0 where not known."""
        known = len(item.keypoints) == self._point_values
        return item.keypoints if known else [0] * self._point_values

    def truth(self, indices: Sequence[int]) -> dict[str, Any]:
        images: list[dict[str, Any]] = []
        annotations: list[dict[str, Any]] = []
        for index in indices:
            (height, width), picture = self._fitted(index).size, self.picture_id(index)
            name = self._images[index].file_name
            images.append({"id": picture, "file_name": name, "width": width, "height": height})
            for item in self._fitted(index).objects:
                kept: dict[str, Any] = {
                    "id": len(annotations) + 1,
                    "image_id": picture,
                    "category_id": self._label_of[item.category],
                    "bbox": list(item.box),
                    "iscrowd": int(item.crowd),
                }
                outline = _encoded(item, (height, width))
                area = float(np.prod(item.box[2:]))
                if outline is not None:
                    kept["segmentation"] = outline
                    area = outline_area(outline)
                kept["area"] = item.area or area
                if self.keypoint_names:
                    flat = list(self._keypoints(item))
                    kept["keypoints"] = flat
                    kept["num_keypoints"] = sum(v > 0 for v in flat[2::3])
                annotations.append(kept)
        categories = [{"id": i + 1, "name": name} for i, name in enumerate(self.classes)]
        return {"images": images, "annotations": annotations, "categories": categories}


def _encoded(item: CocoObject, size: tuple[int, int]) -> dict[str, Any] | None:
    """An object's mask as run lengths; None where there is none of the picture's size."""
    try:
        return encode_outline(item.outline, *size)
    except Unusable:
        return None


def check_classes(wanted: Sequence[str], known: Sequence[str]) -> None:
    """Whether every wanted class is there.

    Raises:
        InputError: names the first that is not.
    """
    for name in wanted:
        if name not in known:
            raise InputError("value.unknown_name", kind="Class", value=name, known=", ".join(known))


def _boxes(items: Sequence[CocoObject], size: tuple[int, int]) -> NDArray[np.float32]:
    """(N, 4) xyxy of annotations, inside the picture of (height, width)."""
    boxes = np.zeros((len(items), 4), np.float32)
    for row, item in enumerate(items):
        x, y, w, h = item.box
        boxes[row] = max(x, 0), max(y, 0), min(x + w, size[1]), min(y + h, size[0])
    return boxes
