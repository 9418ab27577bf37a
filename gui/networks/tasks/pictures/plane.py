"""A part of the plane inside a rectangle of pixels, with a frame and few numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from engine.checks import Domain
from gui import number_text, theme

Array = NDArray[np.float64]

TICK_ROOM_PX = 46.0  # that a number and its gap take


@dataclass(frozen=True)
class Plane:
    """A map from a domain to a rectangle, y upwards.

    Attributes:
        domain: x0, x1, y0, y1.
        area: in pixels.
    """

    domain: Domain
    area: QRectF

    def pixels(self, points: Array) -> Array:
        """Points (n, 2) of the plane as pixels."""
        x0, x1, y0, y1 = self.domain
        x = self.area.left() + (points[:, 0] - x0) * (self.area.width() / (x1 - x0))
        y = self.area.bottom() - (points[:, 1] - y0) * (self.area.height() / (y1 - y0))
        return np.column_stack((x, y))

    def point(self, pixel: QPointF) -> tuple[float, float]:
        """A pixel as a point of the plane."""
        x0, x1, y0, y1 = self.domain
        across = (pixel.x() - self.area.left()) / self.area.width()
        up = (self.area.bottom() - pixel.y()) / self.area.height()
        return x0 + across * (x1 - x0), y0 + up * (y1 - y0)

    def spread(self, x: Array, y: Array) -> QRectF:
        """Where a picture lies whose pixels are centred at x (n,) and y (m,), ends included."""
        across, up = (x[-1] - x[0]) / (len(x) - 1) / 2, (y[-1] - y[0]) / (len(y) - 1) / 2
        ends = [[x[0] - across, y[0] - up], [x[-1] + across, y[-1] + up]]
        low, high = self.pixels(np.array(ends))
        return QRectF(QPointF(low[0], high[1]), QPointF(high[0], low[1]))


def few_numbers(low: float, high: float, room: float) -> list[float]:
    """Two to five round numbers between two ends, as many as there is room for."""
    wanted = max(2.0, min(5.0, room))
    least = (high - low) / wanted
    decade = 10.0 ** math.floor(math.log10(least)) if least > 0 else 1.0
    step = next(rung * decade for rung in (1, 2, 5, 10) if rung * decade >= least * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{place * step:.10g}") for place in range(first, last + 1)]


def draw_frame(
    painter: QPainter, plane: Plane, font: QFont, names: tuple[str, str], *, numbers: bool
) -> None:
    """A thin frame, numbers below and left of it, and the names of the axes at their ends."""
    colors, area = theme.current(), plane.area
    x0, x1, y0, y1 = plane.domain
    metrics = QFontMetricsF(font)
    high = metrics.height()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colors.color("border"), 1))
    painter.drawRect(area)
    if not numbers:
        return
    painter.setFont(font)
    painter.setPen(colors.color("muted"))
    middle = Qt.AlignmentFlag.AlignCenter
    below = area.bottom() + 1
    name_wide = metrics.horizontalAdvance(names[0])
    across = area.width() / (x1 - x0)
    for value in few_numbers(x0, x1, area.width() / TICK_ROOM_PX):
        text = number_text.write(value, digits=3)
        wide = metrics.horizontalAdvance(text)
        centre = area.left() + (value - x0) * across
        if centre + wide / 2 > area.right() - name_wide - 4:
            continue  # the name of the axis stands there
        painter.drawText(QRectF(centre - wide, below, 2 * wide, high), middle, text)
    end = QRectF(area.right() - name_wide - 2, below, name_wide + 2, high)
    painter.drawText(end, Qt.AlignmentFlag.AlignRight, names[0])
    up = area.height() / (y1 - y0)
    side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for value in few_numbers(y0, y1, area.height() / (2 * high)):
        text = number_text.write(value, digits=3)
        level = area.bottom() - (value - y0) * up
        if level - high / 2 < area.top() + 0.8 * high:
            continue
        painter.drawText(QRectF(0, level - high / 2, area.left() - 3, high), side, text)
    painter.drawText(QRectF(0, area.top() - 1, area.left() - 3, high), side, names[1])


def number_width(font: QFont, low: float, high: float) -> float:
    """Pixels of the widest of the numbers at an axis."""
    metrics = QFontMetricsF(font)
    numbers = few_numbers(low, high, 5)
    return max(metrics.horizontalAdvance(number_text.write(v, digits=3)) for v in numbers)
