"""Generated scenes: shapes and stick figures, textured and noisy, on a busy ground.

Every scene is a pure function of (seed, index). Outlines and keypoints are exact; what
can be drawn stands in `scene_objects.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as rle

from engine.annotations.json_stream import Steps
from engine.training.datasets import Example, PictureProblem, check_classes
from engine.training.scene_objects import KEYPOINTS, OBJECTS, Sketch

CLASSES = tuple(kind.name for kind in OBJECTS)
SIDES = (208, 288)  # of a scene, pixels
MAX_OBJECTS = 6
MIN_AREA = 80  # pixels
HIDDEN = 1  # COCO's mark of a point that is labelled but covered
CONTRAST = 70  # largest distance of a texture's two colours, in each channel
MAX_HIDDEN = 0.35  # an object may be covered by later ones up to this share

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class _Drawn:
    """One object as drawn: label, visible mask, points (17, 3), area before it was covered."""

    label: int
    mask: NDArray[np.uint8]
    points: NDArray[np.float32]
    area: int


class ShapesPictures:
    """A data set of generated scenes.

    Args:
        seed: another seed, other scenes.
        count: how many there are.
        classes: names of what is drawn, in this order; empty for all.

    Raises:
        InputError: there is no such class.
    """

    notes: tuple[str, ...] = ()

    def __init__(self, seed: int, count: int, classes: Sequence[str] = ()) -> None:
        check_classes(classes, CLASSES)
        self.seed, self.count = seed, count
        self.classes: tuple[str, ...] = tuple(classes) or CLASSES
        figures = "person" in self.classes
        self.keypoint_names: tuple[str, ...] = KEYPOINTS if figures else ()
        self.keypoint_classes: tuple[str, ...] = ("person",) if figures else ()

    def __len__(self) -> int:
        return self.count

    def picture_id(self, index: int) -> int:
        return index + 1

    def check_pictures(self) -> Steps[tuple[PictureProblem, ...]]:
        """None: they are drawn."""
        yield from ()
        return ()

    def has_objects(self, index: int) -> bool:
        return True

    def pixels(self, index: int) -> NDArray[np.uint8]:
        """(H, W, 3) uint8 RGB, as in `Pictures`."""
        return self.load(index).pixels

    def load(self, index: int) -> Example:
        example = scene(self.seed, index, self.classes)
        return replace(example, keypoints=example.keypoints[:, : len(self.keypoint_names)])

    def truth(self, indices: Sequence[int]) -> dict[str, Any]:
        images: list[dict[str, Any]] = []
        annotations: list[dict[str, Any]] = []
        for index in indices:
            example = self.load(index)
            height, width = example.pixels.shape[:2]
            images.append({"id": index + 1, "width": width, "height": height})
            for row, mask in enumerate(example.masks):
                x0, y0, x1, y1 = (float(value) for value in example.boxes[row])
                points = example.keypoints[row]
                annotations.append(
                    {
                        "id": len(annotations) + 1,
                        "image_id": index + 1,
                        "category_id": int(example.labels[row]),
                        "bbox": [x0, y0, x1 - x0, y1 - y0],
                        "area": float(mask.sum()),
                        "iscrowd": 0,
                        "segmentation": rle.encode(np.asfortranarray(mask)),
                        "keypoints": [float(value) for value in points.ravel()],
                        "num_keypoints": int((points[:, 2] > 0).sum()),
                    }
                )
        return {
            "images": images,
            "annotations": annotations,
            "categories": [{"id": i + 1, "name": name} for i, name in enumerate(self.classes)],
        }


def scene(seed: int, index: int, classes: Sequence[str] = CLASSES) -> Example:
    """Scene `index` of `seed`: 1 to 6 objects that cover each other only a little.

    Args:
        classes: names of what is drawn; the first has label 1.
    """
    kinds = [OBJECTS[CLASSES.index(name)] for name in classes]
    rng = np.random.default_rng([seed, index])
    width, height = (int(side) for side in rng.integers(SIDES[0], SIDES[1] + 1, 2))
    pixels = _ground(rng, width, height)
    shares = np.asarray([kind.share for kind in kinds], float)
    drawn: list[_Drawn] = []
    for _ in range(int(rng.integers(1, MAX_OBJECTS + 1))):
        for _ in range(8):  # tries to find room
            label = int(rng.choice(len(kinds), p=shares / shares.sum())) + 1
            sketch = kinds[label - 1].sketch(rng, (width, height))
            mask = (sketch.cover > 127).astype(np.uint8)
            if mask.sum() < MIN_AREA:
                continue
            left = [int((other.mask & ~mask & 1).sum()) for other in drawn]
            if any(a < (1 - MAX_HIDDEN) * o.area for a, o in zip(left, drawn, strict=True)):
                continue
            pixels = _paint(rng, pixels, sketch)
            drawn = [_cover(other, mask) for other in drawn]
            drawn.append(_Drawn(label, mask, sketch.points, int(mask.sum())))
            break
    noise = rng.normal(0, rng.uniform(2, 9), pixels.shape)
    return _example((pixels + noise).clip(0, 255).astype(np.uint8), drawn)


def _cover(item: _Drawn, over: NDArray[np.uint8]) -> _Drawn:
    """What is left of an object behind another; its hidden points stay known, as COCO's do."""
    points = item.points.copy()
    known = np.flatnonzero(points[:, 2])
    columns, rows = points[known, :2].astype(int).T
    points[known[over[rows, columns] > 0], 2] = HIDDEN
    return replace(item, mask=item.mask * (over == 0), points=points)


def _example(pixels: NDArray[np.uint8], drawn: list[_Drawn]) -> Example:
    height, width = pixels.shape[:2]
    boxes = np.zeros((len(drawn), 4), np.float32)
    for row, item in enumerate(drawn):
        columns, rows = np.flatnonzero(item.mask.any(0)), np.flatnonzero(item.mask.any(1))
        boxes[row] = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
    return Example(
        pixels,
        boxes,
        np.asarray([item.label for item in drawn], np.int64),
        np.asarray([item.mask for item in drawn], np.uint8).reshape(-1, height, width),
        np.asarray([item.points for item in drawn], np.float32).reshape(-1, len(KEYPOINTS), 3),
    )


def _ground(rng: np.random.Generator, width: int, height: int) -> NDArray[np.uint8]:
    """A gradient with blotches and stray lines."""
    ends = rng.integers(40, 216, (2, 3))
    if rng.random() < 0.5:
        ramp = np.linspace(0, 1, width)[None, :, None]
    else:
        ramp = np.linspace(0, 1, height)[:, None, None]
    pixels = np.broadcast_to(ends[0] + (ends[1] - ends[0]) * ramp, (height, width, 3))
    coarse = rng.normal(0, 18, (5, 5, 3)).astype(np.float32)
    pixels = pixels + cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    pixels = pixels.clip(0, 255).astype(np.uint8).copy()
    for _ in range(int(rng.integers(0, 7))):
        a, b = rng.integers(0, (width, height), (2, 2))
        cv2.line(pixels, _point(a), _point(b), _colour(rng), int(rng.integers(1, 3)), cv2.LINE_AA)
    return pixels


def _colour(rng: np.random.Generator) -> Colour:
    red, green, blue = (int(value) for value in rng.integers(0, 256, 3))
    return red, green, blue


def _apart(rng: np.random.Generator, pixels: NDArray[np.uint8], centre: NDArray[Any]) -> Colour:
    """A colour that can be told from the ground around a place."""
    height, width = pixels.shape[:2]
    x, y = int(np.clip(centre[0], 0, width - 1)), int(np.clip(centre[1], 0, height - 1))
    ground = pixels[max(y - 8, 0) : y + 8, max(x - 8, 0) : x + 8].reshape(-1, 3).mean(0)
    for _ in range(20):
        colour = _colour(rng)
        if np.abs(np.asarray(colour) - ground).sum() > 150:
            break
    return colour


def _point(place: NDArray[Any]) -> tuple[int, int]:
    return round(float(place[0])), round(float(place[1]))


def _paint(
    rng: np.random.Generator, pixels: NDArray[np.uint8], sketch: Sketch
) -> NDArray[np.uint8]:
    """The picture with an object in a colour and a texture of its own."""
    height, width = sketch.cover.shape
    rows, columns = np.nonzero(sketch.cover)
    colour = _apart(rng, pixels, np.asarray((columns.mean(), rows.mean())))
    other = (np.asarray(colour) + rng.uniform(-CONTRAST, CONTRAST, 3)).clip(0, 255)
    mixed = TEXTURES[int(rng.integers(len(TEXTURES)))](rng, width, height)[..., None]
    texture = np.asarray(colour) * (1 - mixed) + other * mixed
    soft = (sketch.cover / 255)[..., None]
    painted = (texture * soft + pixels * (1 - soft)).astype(np.uint8)
    dark = (20, 20, 20) if sum(colour) > 330 else (240, 240, 240)
    for x, y, radius in sketch.dots:
        place = _point(np.asarray((x, y)))
        cv2.circle(painted, place, max(round(radius), 1), dark, -1, cv2.LINE_AA)
    return painted


def _plain(rng: np.random.Generator, width: int, height: int) -> NDArray[np.float64]:
    return np.zeros((height, width))


def _waves(rng: np.random.Generator, width: int, height: int) -> NDArray[np.float64]:
    """Stripes in any direction, sharp or soft."""
    angle, period = rng.uniform(0, np.pi), rng.uniform(6, 30)
    y, x = np.mgrid[:height, :width]
    wave = np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / period)
    result: NDArray[np.float64] = (wave * rng.uniform(0.5, 4)).clip(-1, 1) / 2 + 0.5
    return result


def _checks(rng: np.random.Generator, width: int, height: int) -> NDArray[np.float64]:
    side = int(rng.integers(4, 16))
    y, x = np.mgrid[:height, :width] // side
    result: NDArray[np.float64] = ((x + y) % 2).astype(float)
    return result


def _blotches(rng: np.random.Generator, width: int, height: int) -> NDArray[np.float64]:
    coarse = rng.random((int(rng.integers(6, 24)),) * 2).astype(np.float32)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR).astype(float)


# How much of a second colour is where, 0 to 1: (height, width).
TEXTURES = (_plain, _plain, _waves, _checks, _blotches)
