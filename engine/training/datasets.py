"""Pictures with objects to learn from: COCO JSON files, and what every data set offers."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.annotations.coco import CocoImage, CocoObject, read_file
from engine.annotations.mask_encoding import decode_outline, encode_outline, outline_area
from engine.errors import InputError

CACHE_BYTES = 1 << 30  # decoded pictures kept in memory at most


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


class Pictures(Protocol):
    """A data set: numbered pictures with objects of named classes."""

    classes: tuple[str, ...]
    keypoint_names: tuple[str, ...]
    keypoint_classes: tuple[str, ...]
    notes: tuple[str, ...]

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

    def picture_id(self, index: int) -> int:
        """The id that `truth` uses."""

    def truth(self, indices: Sequence[int]) -> dict[str, Any]:
        """The ground truth of these pictures as a COCO JSON object.

        Objects whose outline is not known have no `segmentation`.
        """


def split_fraction(picture_id: int | str) -> float:
    """A number from 0 to 1 by a hash of a picture's id, the same on every machine."""
    digest = hashlib.sha256(str(picture_id).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def held_out(picture_id: int | str, fraction: float) -> bool:
    """Whether a picture belongs to the validation split."""
    return split_fraction(picture_id) < fraction


def split(pictures: Pictures, fraction: float) -> tuple[list[int], list[int]]:
    """Indices for training and for validation, by `held_out`.

    Of two pictures or more at least one is held out when any are, and one is learnt from.
    """
    parts: tuple[list[int], list[int]] = ([], [])
    for index in range(len(pictures)):
        parts[held_out(pictures.picture_id(index), fraction)].append(index)
    training, validation = parts
    if fraction > 0 and len(pictures) > 1 and not (training and validation):
        order = sorted(range(len(pictures)), key=lambda i: split_fraction(pictures.picture_id(i)))
        validation = order[:1] if training else order[:-1]
        training = [index for index in range(len(pictures)) if index not in validation]
    return training, validation


def find_json(path: Path) -> Path:
    """The COCO JSON that a path means: the file itself, or the one in the folder.

    Raises:
        InputError: there is none, or a folder holds several.
    """
    if not path.is_dir():
        if not path.is_file():
            raise InputError("file.missing", path=path)
        return path
    found = sorted(path.glob("*.json"))
    named = [file for file in found if file.name in ("annotations.json", "_annotations.coco.json")]
    candidates = named or found
    if len(candidates) != 1:
        raise InputError("data.no_json", path=path, count=len(candidates))
    return candidates[0]


class CocoPictures:
    """A COCO JSON file; its pictures lie beside it or in `images/` beside it.

    Crowd regions are ignored, never objects to learn; an object without an outline has an
    empty mask. Objects whose box has no area, lies outside of the picture or is not
    numbers are dropped, and `notes` says so with the file's name.

    Args:
        path: the JSON file or the folder that holds it.
        classes: names to keep, in this order; empty for all of the file's.
        some: whether classes that the file does not know are left out in place of refused.
        cache_bytes: decoded pictures kept in memory at most.

    Raises:
        InputError: the file is not COCO JSON, or a class or a picture is missing.
    """

    def __init__(
        self,
        path: Path,
        classes: Sequence[str] = (),
        *,
        some: bool = False,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        self.path = find_json(Path(path))
        content = read_file(self.path)
        self._images: tuple[CocoImage, ...] = content.images
        known = tuple(category.name for category in content.categories)
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
        position = {image.id: index for index, image in enumerate(self._images)}
        self._objects: dict[int, list[CocoObject]] = defaultdict(list)
        dropped = sum(content.unusable.get(category, 0) for category in label_of)
        for item in content.objects:
            if item.category not in label_of:
                continue
            index = position[item.image]
            if _is_inside(item.box, self._images[index]):
                self._objects[index].append(item)
            else:
                dropped += 1
        self._label_of = label_of
        self._outlines: dict[CocoObject, dict[str, Any] | None] = {}
        self.notes: tuple[str, ...] = ()
        if dropped:
            said = f"{self.path.name}: {dropped} objects without a usable box were left out."
            self.notes = (said,)
        self._cache_bytes = cache_bytes
        self._cache: dict[int, NDArray[np.uint8]] = {}
        self._cached_bytes = 0

    def __len__(self) -> int:
        return len(self._images)

    def picture_id(self, index: int) -> int:
        result: int = self._images[index].id
        return result

    def has_objects(self, index: int) -> bool:
        return any(not item.crowd for item in self._objects[index])

    def pixels(self, index: int) -> NDArray[np.uint8]:
        """(H, W, 3) uint8 RGB, as in `Pictures`.

        Raises:
            InputError: the file is missing, cannot be read, or has another size than the
                annotations say.
        """
        if index in self._cache:
            return self._cache[index]
        from engine.pictures.reader import read_picture

        image = self._images[index]
        name = image.file_name
        for path in (self.path.parent / name, self.path.parent / "images" / name):
            if path.is_file():
                break
        else:
            raise InputError("data.no_picture", path=self.path, picture=name)
        pixels = read_picture(path).pixels
        height, width = pixels.shape[:2]
        if (height, width) != (image.height, image.width):
            raise InputError(
                "data.picture_size",
                picture=name,
                width=width,
                height=height,
                path=self.path.name,
            )
        if self._cached_bytes + pixels.nbytes <= self._cache_bytes:
            self._cache[index] = pixels
            self._cached_bytes += pixels.nbytes
        return pixels

    def load(self, index: int) -> Example:
        pixels = self.pixels(index)
        image = self._images[index]
        objects = [item for item in self._objects[index] if not item.crowd]
        crowds = [item for item in self._objects[index] if item.crowd]
        masks = np.zeros((len(objects), image.height, image.width), np.uint8)
        points = np.zeros((len(objects), len(self.keypoint_names), 3), np.float32)
        for row, item in enumerate(objects):
            if item not in self._outlines:
                self._outlines[item] = encode_outline(item.outline, image.height, image.width)
            encoded = self._outlines[item]
            if encoded is not None:
                masks[row] = decode_outline(encoded)
            points[row] = np.asarray(self._keypoints(item), np.float32).reshape(-1, 3)
        labels = np.asarray([self._label_of[item.category] for item in objects], np.int64)
        return Example(pixels, _boxes(objects, image), labels, masks, points, _boxes(crowds, image))

    def _keypoints(self, item: CocoObject) -> Sequence[float]:
        """x, y, visible of each of `keypoint_names`, picture px; all 0 where not known."""
        values = len(self.keypoint_names) * 3
        return item.keypoints if len(item.keypoints) == values else [0] * values

    def truth(self, indices: Sequence[int]) -> dict[str, Any]:
        annotations: list[dict[str, Any]] = []
        for index in indices:
            image = self._images[index]
            for item in self._objects[index]:
                kept = {
                    "id": len(annotations) + 1,
                    "image_id": image.id,
                    "category_id": self._label_of[item.category],
                    "bbox": list(item.box),
                    "iscrowd": int(item.crowd),
                }
                outline = encode_outline(item.outline, image.height, image.width)
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
        images = [self._images[index] for index in indices]
        return {
            "images": [
                {"id": each.id, "width": each.width, "height": each.height} for each in images
            ],
            "annotations": annotations,
            "categories": [{"id": i + 1, "name": name} for i, name in enumerate(self.classes)],
        }


def _is_inside(box: tuple[float, float, float, float], image: CocoImage) -> bool:
    """Whether at least a pixel of a box x, y, width, height lies in its picture."""
    x, y, width, height = box
    right, bottom = min(x + width, image.width), min(y + height, image.height)
    return right - max(x, 0) >= 1 and bottom - max(y, 0) >= 1


def check_classes(wanted: Sequence[str], known: Sequence[str]) -> None:
    """Whether every wanted class is there.

    Raises:
        InputError: names the first that is not.
    """
    for name in wanted:
        if name not in known:
            raise InputError("value.unknown_name", kind="Class", value=name, known=", ".join(known))


def _boxes(items: Sequence[CocoObject], image: CocoImage) -> NDArray[np.float32]:
    """(N, 4) xyxy of annotations, inside the picture."""
    boxes = np.zeros((len(items), 4), np.float32)
    for row, item in enumerate(items):
        x, y, w, h = item.box
        boxes[row] = max(x, 0), max(y, 0), min(x + w, image.width), min(y + h, image.height)
    return boxes
