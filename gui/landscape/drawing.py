"""Arrow heads and text plates on the map."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from gui import theme

if TYPE_CHECKING:
    pass


PLATE_ALPHA = 0.93


def arrow_head(tail: QPointF, head: QPointF, size: float) -> list[QPointF]:
    """Tip, left and right corner of an arrow's point; short arrows have a smaller one."""
    dx, dy = head.x() - tail.x(), head.y() - tail.y()
    length = math.hypot(dx, dy)
    size = min(size, 0.7 * length)
    ux, uy = dx / length, dy / length
    back = QPointF(head.x() - ux * size, head.y() - uy * size)
    side = QPointF(-uy, ux) * (0.48 * size)
    return [head, back + side, back - side]


def plate_font(scale: float, *, bold: bool = False) -> QFont:
    font = QFont()
    font.setPixelSize(round(13 * scale))
    font.setBold(bold)
    return font


def draw_plate(painter: QPainter, place: QPointF, text: str, font: QFont, color: QColor) -> None:
    """A short text on an opaque rounded ground, centred at a place."""
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text) + 8, metrics.height() + 2
    rect = QRectF(place.x() - width / 2, place.y() - height / 2, width, height)
    painter.setPen(QPen(theme.current().color("border"), 1))
    painter.setBrush(theme.current().color("panel", PLATE_ALPHA))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
