"""Generated scenes: circles, squares, triangles and stick figures on a busy ground.

Every scene is a pure function of (seed, index). Outlines and keypoints are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as rle

from engine.training.datasets import Example

CLASSES = ("circle", "square", "triangle", "person")
# COCO's seventeen points, in COCO's order.
KEYPOINTS = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear",
    "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
    "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
)  # fmt: skip
SIDES = (208, 288)  # of a scene, pixels
MAX_OBJECTS = 6
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
    """

    classes: tuple[str, ...] = CLASSES
    keypoint_names: tuple[str, ...] = KEYPOINTS
    keypoint_classes: tuple[str, ...] = ("person",)
    notes: tuple[str, ...] = ()

    def __init__(self, seed: int, count: int) -> None:
        self.seed, self.count = seed, count

    def __len__(self) -> int:
        return self.count

    def picture_id(self, index: int) -> int:
        return index + 1

    def has_objects(self, index: int) -> bool:
        return True

    def pixels(self, index: int) -> NDArray[np.uint8]:
        return self.load(index).pixels

    def load(self, index: int) -> Example:
        return scene(self.seed, index)

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
            "categories": [{"id": i + 1, "name": name} for i, name in enumerate(CLASSES)],
        }


def scene(seed: int, index: int) -> Example:
    """Scene `index` of `seed`: 1 to 6 objects that cover each other only a little."""
    rng = np.random.default_rng([seed, index])
    width, height = (int(side) for side in rng.integers(SIDES[0], SIDES[1] + 1, 2))
    pixels = _ground(rng, width, height)
    drawn: list[_Drawn] = []
    for _ in range(int(rng.integers(1, MAX_OBJECTS + 1))):
        for _ in range(8):  # tries to find room
            label = int(rng.choice((1, 2, 3, 4), p=(0.2, 0.2, 0.2, 0.4)))
            canvas = pixels.copy()
            item = _figure(rng, canvas) if label == 4 else _shape(rng, canvas, label)
            if item.mask.sum() < 80:
                continue
            left = [int((other.mask & ~item.mask & 1).sum()) for other in drawn]
            if any(a < (1 - MAX_HIDDEN) * o.area for a, o in zip(left, drawn, strict=True)):
                continue
            pixels = canvas
            drawn = [_cover(other, item.mask) for other in drawn]
            drawn.append(item)
            break
    return _example(pixels, drawn)


def _cover(item: _Drawn, over: NDArray[np.uint8]) -> _Drawn:
    return replace(item, mask=item.mask * (over == 0))


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
    """A gradient with blotches, stray lines and noise."""
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
    noise = rng.normal(0, rng.uniform(2, 9), pixels.shape)
    return (pixels + noise).clip(0, 255).astype(np.uint8)


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


def _shape(rng: np.random.Generator, pixels: NDArray[np.uint8], label: int) -> _Drawn:
    """Draw a filled circle, square or triangle."""
    height, width = pixels.shape[:2]
    radius = float(rng.uniform(10, 48))
    centre = rng.uniform((0.6 * radius,) * 2, (width - 0.6 * radius, height - 0.6 * radius))
    colour = _apart(rng, pixels, centre)
    mask = np.zeros((height, width), np.uint8)
    if label == 1:
        cv2.circle(pixels, _point(centre), round(radius), colour, -1, cv2.LINE_AA)
        cv2.circle(mask, _point(centre), round(radius), 1, -1)
    else:
        corners = 4 if label == 2 else 3
        turn = rng.uniform(0, 2 * np.pi)
        angles = turn + 2 * np.pi * np.arange(corners) / corners
        around = np.stack([np.cos(angles), np.sin(angles)], 1) * radius
        outline = np.rint(centre + around).astype(np.int32)
        cv2.fillPoly(pixels, [outline], colour, cv2.LINE_AA)
        cv2.fillPoly(mask, [outline], 1)
    nowhere = np.zeros((len(KEYPOINTS), 3), np.float32)
    return _Drawn(label, mask, nowhere, int(mask.sum()))


def _figure(rng: np.random.Generator, pixels: NDArray[np.uint8]) -> _Drawn:
    """Draw a stick figure that faces us: its left is on our right."""
    height, width = pixels.shape[:2]
    tall = float(rng.uniform(64, 190))
    points = _pose(rng) * tall
    low, high = points.min(0), points.max(0)
    margin = 0.12 * tall
    room = np.maximum((width, height) - (high - low) - 2 * margin, 1)
    points = points - low + margin + rng.uniform(0, 1, 2) * room
    colour = _apart(rng, pixels, points[5:13].mean(0))
    thick = max(round(tall * float(rng.uniform(0.07, 0.1))), 4)
    mask = np.zeros((height, width), np.uint8)
    for canvas, ink in ((pixels, colour), (mask, 1)):
        kind = cv2.LINE_AA if canvas is pixels else cv2.LINE_8
        torso = np.rint(points[[5, 6, 12, 11]]).astype(np.int32)
        cv2.fillPoly(canvas, [torso], ink, kind)
        cv2.polylines(canvas, [torso], True, ink, thick, kind)
        for chain in ((5, 7, 9), (6, 8, 10), (11, 13, 15), (12, 14, 16)):
            limb = np.rint(points[list(chain)]).astype(np.int32)
            cv2.polylines(canvas, [limb], False, ink, thick, kind)
        neck = points[5:7].mean(0)
        cv2.line(canvas, _point(neck), _point(points[0]), ink, thick, kind)
        cv2.circle(canvas, _point(points[0]), round(0.1 * tall), ink, -1, kind)
    dark = (20, 20, 20) if sum(colour) > 330 else (240, 240, 240)
    for eye in (1, 2):
        cv2.circle(pixels, _point(points[eye]), max(round(0.018 * tall), 1), dark, -1, cv2.LINE_AA)
    cv2.circle(pixels, _point(points[0]), max(round(0.012 * tall), 1), dark, -1, cv2.LINE_AA)
    places = np.zeros((len(KEYPOINTS), 3), np.float32)
    places[:, :2] = points
    inside = (points >= 0).all(1) & (points < (width, height)).all(1)
    places[:, 2] = np.where(inside, 2, 0)
    places[~inside] = 0
    return _Drawn(4, mask, places, int(mask.sum()))


def _pose(rng: np.random.Generator) -> NDArray[np.float64]:
    """(17, 2) joints of a figure about one unit tall, y down."""
    points = np.zeros((17, 2))
    lean = rng.uniform(-0.25, 0.25)
    up = np.array([np.sin(lean), -np.cos(lean)])
    right = np.array([np.cos(lean), np.sin(lean)])  # our right, the figure's left
    hip, neck = np.zeros(2), up * 0.32
    points[11], points[12] = hip + right * 0.075, hip - right * 0.075
    points[5], points[6] = neck + right * 0.11, neck - right * 0.11
    head = neck + up * 0.16 + right * rng.uniform(-0.02, 0.02)
    points[0] = head
    points[1], points[2] = (head + up * 0.03 + right * side * 0.04 for side in (1, -1))
    points[3], points[4] = (head + up * 0.01 + right * side * 0.095 for side in (1, -1))
    for shoulder, side in ((5, 1), (6, -1)):
        angle = lean + side * rng.uniform(0.1, 2.6)
        bend = angle + side * rng.uniform(-0.3, 1.2)
        elbow = points[shoulder] + 0.18 * np.array([np.sin(angle), np.cos(angle)])
        points[shoulder + 2] = elbow
        points[shoulder + 4] = elbow + 0.17 * np.array([np.sin(bend), np.cos(bend)])
    for joint, side in ((11, 1), (12, -1)):
        angle = side * rng.uniform(0.02, 0.7)
        bend = angle + side * rng.uniform(-0.6, 0.15)
        knee = points[joint] + 0.23 * np.array([np.sin(angle), np.cos(angle)])
        points[joint + 2] = knee
        points[joint + 4] = knee + 0.22 * np.array([np.sin(bend), np.cos(bend)])
    return points
