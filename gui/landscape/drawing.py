"""Arrows and text plates on the map."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from gui import number_text, theme
from gui.i18n import QT_TRANSLATE_NOOP

PLATE_ALPHA = 0.93
# Arrows are magnified until the longest is at least this part of the view.
WANTED_SHARE = 0.22
MOST_MAGNIFIED = 1e6
SHORTEST_PX = 2.0
ARROW_HEAD_PX = 9.0
TRUE_SIZE = QT_TRANSLATE_NOOP("descent", "arrows in true size")
MAGNIFIED = QT_TRANSLATE_NOOP("descent", "arrows drawn × {times}")
REDUCED = QT_TRANSLATE_NOOP("descent", "arrows drawn × 1/{times}")
TOO_SHORT = QT_TRANSLATE_NOOP("descent", "too short to be drawn")


def magnification(lengths_px: NDArray[np.float64], *, view_px: float) -> float:
    """The 1, 2 or 5 of a power of ten that brings the longest arrow to a readable length.

    Args:
        lengths_px: (N,) float64, how long the arrows are in true size.
        view_px: the shorter side of the view.

    Returns:
        0 for arrows so short that only rounding would be seen.
    """
    longest = float(lengths_px.max(initial=0.0))
    if not math.isfinite(longest) or view_px <= 0:
        return 1.0
    if longest <= 0:
        return 0.0
    wanted = WANTED_SHARE * view_px
    if wanted <= longest <= 2.5 * wanted:
        return 1.0
    needed = max(wanted / longest, 1e-18)
    decade = 10.0 ** math.floor(math.log10(needed))
    times = next(rung * decade for rung in (1, 2, 5, 10) if rung * decade >= needed * (1 - 1e-9))
    return times if times <= MOST_MAGNIFIED else 0.0


def magnification_text(times: float) -> str:
    """How much larger or smaller than true the arrows are drawn."""
    say = QCoreApplication.translate
    if times == 0:
        return say("descent", TOO_SHORT)
    if times == 1:
        return say("descent", TRUE_SIZE)
    if times > 1:
        return say("descent", MAGNIFIED).format(times=number_text.write(times, digits=7))
    return say("descent", REDUCED).format(times=number_text.write(1 / times, digits=7))


def near(a: QPointF, b: QPointF) -> bool:
    """Whether an arrow from one pixel to the other would be too short to be drawn."""
    return math.hypot(a.x() - b.x(), a.y() - b.y()) < SHORTEST_PX


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
    """A short text on an opaque rounded plate, centred at a pixel."""
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text) + 8, metrics.height() + 2
    rect = QRectF(place.x() - width / 2, place.y() - height / 2, width, height)
    painter.setPen(QPen(theme.current().color("border"), 1))
    painter.setBrush(theme.current().color("panel", PLATE_ALPHA))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
