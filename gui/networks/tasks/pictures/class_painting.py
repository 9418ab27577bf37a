"""How two classes are drawn: the ground as two tints, the line between them, the examples."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from engine.landscape import trace_contours
from gui import theme

Array = NDArray[np.float64]

MARKERS = ("o", "t1")  # of class 0 and 1
EVEN = 0.5  # the probability on the line between the classes
CASING_PX = 1.4


@cache
def tints(look: str, colors: tuple[str, str, str]) -> list[int]:
    """256 colours from class 0 over the undecided to class 1, for an indexed picture."""
    low, middle, high = (_components(color) for color in colors)
    # Steeper around the middle: who is undecided is a narrow band.
    share = np.linspace(-1, 1, 256)
    share = np.sign(share) * np.abs(share) ** 0.75
    away = np.abs(share)[:, None]
    rows = middle + away * (np.where(share[:, None] < 0, low, high) - middle)
    return [QColor(*map(round, row)).rgb() for row in rows.tolist()]


def _components(color: str) -> Array:
    """Red, green and blue (3,) of "#rrggbb", from 0 to 255."""
    parts = QColor(color)
    return np.array([parts.red(), parts.green(), parts.blue()], dtype=np.float64)


def ground(probability: NDArray[np.float32]) -> QImage:
    """Probabilities (m, n) of class 1, row = y upwards, as a picture of n by m pixels.

    What is not a number is undecided.
    """
    levels = np.nan_to_num(probability, nan=EVEN) * 255
    pixels = np.ascontiguousarray(levels[::-1].clip(0, 255).astype(np.uint8))
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, width, QImage.Format.Format_Indexed8)
    colors = theme.current()
    image.setColorTable(tints(colors.name, colors.side_tints))
    # A copy, whose memory is its own and which Qt enlarges without converting it each time.
    return image.convertToFormat(QImage.Format.Format_RGB32)


def even_line(x: Array, y: Array, probability: NDArray[np.float32]) -> tuple[Array, ...]:
    """The line between the classes, polylines (K, 2) in the plane.

    Args:
        x, y: (n,) and (m,) of columns and rows.
        probability: (m, n) of class 1.
    """
    lines = trace_contours(x, y, probability.astype(np.float64), np.array([EVEN]))
    return lines[0] if lines else ()


def draw_line(painter: QPainter, pieces: list[Array], *, width: float, cased: bool = True) -> None:
    """Polylines (K, 2) of pixels in the theme's text colour."""
    colors = theme.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lines = [QPolygonF([QPointF(x, y) for x, y in pixels.tolist()]) for pixels in pieces]
    strokes = [(colors.color("casing", 0.5), width + 1.6)] if cased else []
    for color, thick in (*strokes, (colors.color("text"), width)):
        painter.setPen(QPen(color, thick))
        for line in lines:
            painter.drawPolyline(line)


def draw_examples(
    painter: QPainter,
    pixels: Array,
    classes: NDArray[np.float64],
    *,
    radius: float,
    hollow: bool,
) -> None:
    """Examples as circles (class 0) and triangles (class 1), filled or hollow.

    Args:
        pixels: (n, 2) where they are.
        classes: (n,) 0 or 1.
    """
    colors = theme.current()
    casing = colors.color("casing", 0.8)
    for group, marker in enumerate(MARKERS):
        rows = np.flatnonzero(classes == group)
        # The symbols are one wide; a triangle of the same width is half as large a spot.
        size = 2 * radius * (1.0 if group == 0 else 1.15)
        shape: QPainterPath = QTransform.fromScale(size, size).map(Symbols[marker])
        ink = QColor(colors.side_inks[group])
        for x, y in pixels[rows].tolist():
            painter.translate(x, y)
            if hollow:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(casing, 0.34 * radius + CASING_PX))
                painter.drawPath(shape)
                painter.setPen(QPen(ink, 0.34 * radius))
            else:
                painter.setBrush(ink)
                painter.setPen(QPen(casing, CASING_PX / 1.4))
            painter.drawPath(shape)
            painter.translate(-x, -y)


def draw_rings(painter: QPainter, pixels: Array, *, radius: float) -> None:
    """A ring around each of some examples (n, 2): taken for the other class."""
    colors = theme.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    around = 1.75 * radius
    rings = QPainterPath()
    for x, y in pixels.tolist():
        rings.addEllipse(QPointF(x, y), around, around)
    for color, width in ((colors.color("casing", 0.8), 2.8), (colors.color("text"), 1.3)):
        painter.strokePath(rings, QPen(color, width))
