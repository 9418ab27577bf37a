"""Painting and erasing of examples, as plain functions of a tuple of points."""

from __future__ import annotations

import math

Point = tuple[float, float, int]  # x, y and class
Points = tuple[Point, ...]

MOST_POINTS = 2000
ERASER = -1  # in place of a class


def _apart(point: Point, x: float, y: float, unit: tuple[float, float]) -> float:
    """How many pixels a point is away from a place; `unit` is a pixel's width and height."""
    return math.hypot((point[0] - x) / unit[0], (point[1] - y) / unit[1])


def with_point(
    points: Points, place: Point, *, unit: tuple[float, float], apart_px: float
) -> Points:
    """One more example, unless one of its class is nearer than so many pixels."""
    x, y, group = place
    near = any(p[2] == group and _apart(p, x, y, unit) < apart_px for p in points)
    if near or len(points) >= MOST_POINTS:
        return points
    return (*points, (float(x), float(y), int(group)))


def without_points(
    points: Points, x: float, y: float, *, unit: tuple[float, float], reach_px: float
) -> Points:
    """Without the examples within so many pixels of a place."""
    return tuple(point for point in points if _apart(point, x, y, unit) > reach_px)
