"""What can stand in a generated scene: one record an object.

An outline is a list of closed polygons in radii around the object's centre, filled by
the even-odd rule, so a second one is a hole. The figure draws itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

# COCO's seventeen points, in COCO's order.
KEYPOINTS = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear",
    "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
    "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
)  # fmt: skip
RADII = (10, 50)  # of an outlined object, pixels
HEIGHTS = (64, 190)  # of a figure, pixels
FINER = 4

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Sketch:
    """Where one object is, before it is painted.

    Attributes:
        cover: (H, W) uint8, 255 inside, less where the edge cuts a pixel.
        points: (17, 3) float32 x, y, visible; all 0 where it has none.
        dots: (x, y, radius) of dark or light marks upon it.
    """

    cover: NDArray[np.uint8]
    points: NDArray[np.float32]
    dots: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True)
class SceneObject:
    """One kind of object.

    Attributes:
        name: its class.
        share: how often it is drawn, against the others' shares.
        sketch: draws it anywhere into a picture of (width, height).
    """

    name: str
    share: float
    sketch: Callable[[np.random.Generator, tuple[int, int]], Sketch]


def _corners(count: int, *radii: float) -> Points:
    """(count * len(radii), 2) corners around the centre, their distances taken in turn."""
    total = count * len(radii)
    angles = 2 * np.pi * np.arange(total) / total
    result: Points = (
        np.stack([np.cos(angles), np.sin(angles)], 1) * np.resize(radii, total)[:, None]
    )
    return result


def _cross(width: float) -> Points:
    """(12, 2) corners of a cross whose arms have a half width in radii."""
    w = width
    quarter = np.array([(1.0, w), (w, w), (w, 1.0)])
    turns = [np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]) for a in _QUARTERS]
    return np.concatenate([quarter @ turn for turn in turns])


_QUARTERS = np.arange(4) * np.pi / 2


def outlined(
    rng: np.random.Generator, size: tuple[int, int], *, outline: tuple[Points, ...]
) -> Sketch:
    """A solid object of random place, size and turn."""
    width, height = size
    radius, turn = float(rng.uniform(*RADII)), float(rng.uniform(0, 2 * np.pi))
    centre = rng.uniform((0.6 * radius,) * 2, (width - 0.6 * radius, height - 0.6 * radius))
    cos, sin = np.cos(turn), np.sin(turn)
    turned = [
        polygon @ np.array([[cos, sin], [-sin, cos]]) * radius + centre for polygon in outline
    ]
    # Drawn larger and averaged: OpenCV's own smooth edges widen an object by half a pixel.
    fine = np.zeros((FINER * height, FINER * width), np.uint8)
    corners = [np.rint(p * FINER - 0.5).astype(np.int32) for p in turned]
    cv2.fillPoly(fine, corners, 255)
    cover = cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA)
    return Sketch(np.asarray(cover, np.uint8), np.zeros((len(KEYPOINTS), 3), np.float32))


def figure(rng: np.random.Generator, size: tuple[int, int]) -> Sketch:
    """A stick figure that faces us: its left is on our right."""
    width, height = size
    tall = float(rng.uniform(*HEIGHTS))
    points = _pose(rng) * tall
    low, high = points.min(0), points.max(0)
    margin = 0.12 * tall
    room = np.maximum((width, height) - (high - low) - 2 * margin, 1)
    points = points - low + margin + rng.uniform(0, 1, 2) * room
    thick = max(round(tall * float(rng.uniform(0.07, 0.1))), 4)
    cover = np.zeros((height, width), np.uint8)
    torso = np.rint(points[[5, 6, 12, 11]]).astype(np.int32)
    cv2.fillPoly(cover, [torso], 255, cv2.LINE_AA)
    cv2.polylines(cover, [torso], True, 255, thick, cv2.LINE_AA)
    for chain in ((5, 7, 9), (6, 8, 10), (11, 13, 15), (12, 14, 16)):
        limb = np.rint(points[list(chain)]).astype(np.int32)
        cv2.polylines(cover, [limb], False, 255, thick, cv2.LINE_AA)
    cv2.line(cover, _pixel(points[5:7].mean(0)), _pixel(points[0]), 255, thick, cv2.LINE_AA)
    cv2.circle(cover, _pixel(points[0]), round(0.1 * tall), 255, -1, cv2.LINE_AA)
    places = np.zeros((len(KEYPOINTS), 3), np.float32)
    inside = (points >= 0).all(1) & (points < (width, height)).all(1)
    places[inside, :2] = points[inside]
    places[inside, 2] = 2
    radii = (0.012 * tall, 0.018 * tall, 0.018 * tall)  # of the nose and the eyes
    dots = tuple((float(x), float(y), r) for (x, y), r in zip(points[:3], radii, strict=True))
    return Sketch(cover, places, dots)


def _pixel(place: NDArray[Any]) -> tuple[int, int]:
    return round(float(place[0])), round(float(place[1]))


def _pose(rng: np.random.Generator) -> Points:
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


# One line a kind; its class is its place here.
OBJECTS: tuple[SceneObject, ...] = (
    SceneObject("circle", 1, partial(outlined, outline=(_corners(64, 1),))),
    SceneObject("square", 1, partial(outlined, outline=(_corners(4, 1),))),
    SceneObject("triangle", 1, partial(outlined, outline=(_corners(3, 1),))),
    SceneObject("star", 1, partial(outlined, outline=(_corners(5, 1, 0.42),))),
    SceneObject("ring", 1, partial(outlined, outline=(_corners(64, 1), _corners(64, 0.6)))),
    SceneObject("cross", 1, partial(outlined, outline=(_cross(0.3),))),
    SceneObject("person", 3, figure),
)
