"""The shapes of marks, about the origin, in their own size, y upwards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from engine.export.scene.records import Marks

if TYPE_CHECKING:
    from matplotlib.path import Path

RIM, DOT = 0.17, 0.34  # of an open marker's size: its outline, the dot within
WHITE, SHADE = "#ffffff", "#000000bb"
# Corners as pyqtgraph has them, turned upwards: what the window's racers are drawn with.
POLYGONS = {
    "t": ((-0.5, 0.5), (0.0, -0.5), (0.5, 0.5)),
    "t1": ((-0.5, -0.5), (0.0, 0.5), (0.5, -0.5)),
    "t2": ((-0.5, 0.5), (-0.5, -0.5), (0.5, 0.0)),
    "t3": ((0.5, -0.5), (0.5, 0.5), (-0.5, 0.0)),
    "s": ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)),
    "d": ((0.0, 0.5), (-0.4, 0.0), (0.0, -0.5), (0.4, 0.0)),
    "p": ((0.0, 0.5), (-0.476, 0.155), (-0.294, -0.405), (0.294, -0.405), (0.476, 0.155)),
    "h": ((0.433, 0.25), (0, 0.5), (-0.433, 0.25), (-0.433, -0.25), (0, -0.5), (0.433, -0.25)),
    "+": ((-0.5, 0.1), (-0.5, -0.1), (-0.1, -0.1), (-0.1, -0.5), (0.1, -0.5), (0.1, -0.1),
          (0.5, -0.1), (0.5, 0.1), (0.1, 0.1), (0.1, 0.5), (-0.1, 0.5), (-0.1, 0.1)),
    "x": ((-0.283, 0.424), (-0.424, 0.283), (-0.141, 0), (-0.424, -0.283), (-0.283, -0.424),
          (0, -0.141), (0.283, -0.424), (0.424, -0.283), (0.141, 0), (0.424, 0.283),
          (0.283, 0.424), (0, 0.141)),
    "diamond": ((0, 0.5), (0.5, 0), (0, -0.5), (-0.5, 0)),
    "up": ((0, 0.55), (0.5, -0.375), (-0.5, -0.375)),
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One stroke or area of a mark; `size` is what its path of size 1 is drawn in."""

    path: Path
    size: float
    fill: str
    edge: str
    width: float


def parts(marks: Marks) -> list[Part]:
    """What is drawn for a mark, the lowest first."""
    size = marks.size
    if marks.shape == "ring":
        thick = size / 13
        return [
            Part(circle(), size, "none", SHADE, 4.0 * thick),
            Part(circle(), size, "none", WHITE, 1.8 * thick),
            Part(circle(), 4.0 * thick, WHITE, "none", 0.0),
        ]
    if marks.shape in ("cross", "crosshair"):
        lines = _cross() if marks.shape == "cross" else _crosshair()
        return [
            Part(lines, size, "none", SHADE, marks.edge_width + 2.4),
            Part(lines, size, "none", marks.fill, marks.edge_width),
        ]
    path, edge, width = _outline(marks.shape), marks.edge, marks.edge_width
    if marks.filled == "full":
        return [Part(path, size, marks.fill, edge, width)]
    rim = size * RIM
    hollow = [
        Part(path, size, edge, edge, rim + 2 * width),
        Part(path, size, edge, marks.fill, rim),
    ]
    dot = Part(circle(), size * DOT, marks.fill, marks.fill, 0.5)
    return [*hollow, dot] if marks.filled == "dotted" else hollow


@cache
def circle() -> Path:
    """Of diameter 1."""
    from matplotlib.path import Path

    return Path.unit_circle().transformed(_half())


@cache
def _outline(shape: str) -> Path:
    from matplotlib.path import Path

    if shape in ("o", "dot", "circle"):
        return circle()
    if shape in ("star", "five"):
        angles = np.pi * (np.arange(10) / 5 + 0.5)
        reach = np.where(np.arange(10) % 2, 0.19 if shape == "star" else 0.225, 0.5)
        corners = np.column_stack([reach * np.cos(angles), reach * np.sin(angles)])
    else:
        corners = np.array(POLYGONS[shape], dtype=np.float64)
    return Path(np.concatenate([corners, corners[:1]]), closed=True)


@cache
def _cross() -> Path:
    from matplotlib.path import Path

    corners = [(-0.5, -0.5), (0.5, 0.5), (-0.5, 0.5), (0.5, -0.5)]
    return Path(corners, [Path.MOVETO, Path.LINETO] * 2)


@cache
def _crosshair() -> Path:
    """A ring with four lines outwards; the whole is of size 1."""
    from matplotlib.path import Path

    inner = 8.0 / 28.0
    ways = ((1, 0), (-1, 0), (0, 1), (0, -1))
    corners = [(x * reach, y * reach) for x, y in ways for reach in (inner, 0.5)]
    ring = circle().transformed(_half(2 * inner))
    return Path.make_compound_path(ring, Path(corners, [Path.MOVETO, Path.LINETO] * 4))


def _half(size: float = 0.5):  # type: ignore[no-untyped-def]
    from matplotlib.transforms import Affine2D

    return Affine2D().scale(size)
