"""Boxes that an answer points at: drawn over everything else, each with a word beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from engine.export.picture.label_placement import place_plates
from gui.detection.layers.base import corners, line_pen, outline
from gui.detection.overlay_colors import CASING, on_color
from gui.pictures.view_transform import View

LIGHT = (240, 240, 240)
ASKED = (255, 255, 255)  # what the user drew
RIVAL = (255, 0, 85)  # who took an object's place; nothing else has this colour
OTHER = (255, 122, 69)  # a second box beside one that is GIVEN
RETURNING = (57, 255, 20)  # the lost object as it would be shown
ADDED = (0, 229, 255)  # what would appear beside it
GIVEN = (47, 199, 154)  # what the network made of it


@dataclass(frozen=True)
class Mark:
    """One box to look at.

    Attributes:
        box: x0, y0, x1, y1 in picture px.
        text: on its plate; none for no plate.
        color: RGB.
        dashed: a step that is past, or something that is not shown otherwise.
        width: of the line, px.
    """

    box: tuple[float, float, float, float]
    text: str = ""
    color: tuple[int, int, int] = LIGHT
    dashed: bool = False
    width: int = 2


@dataclass(frozen=True)
class Arrow:
    """From one picture point to another."""

    tail: tuple[float, float]
    head: tuple[float, float]
    color: tuple[int, int, int] = LIGHT


class CalloutLayer:
    """Marks over the picture; the last on top."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.marks: Sequence[Mark] = ()
        self.arrows: Sequence[Arrow] = ()

    def paint(self, painter: QPainter, view: View) -> None:
        """Draw in widget pixels."""
        painter.setOpacity(1.0)
        for mark in self.marks:
            draw_box(painter, view, mark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for arrow in self.arrows:
            draw_arrow(painter, view, arrow)
        self._draw_plates(painter, view)

    def _draw_plates(self, painter: QPainter, view: View) -> None:
        named = [mark for mark in self.marks if mark.text][::-1]
        metrics = QFontMetricsF(self.font)
        height = metrics.height() + 2
        sizes = [(metrics.horizontalAdvance(mark.text) + 10, height) for mark in named]
        boxes = [corners(view.rect(*mark.box)) for mark in named]
        painter.setFont(self.font)
        places = place_plates(boxes, sizes, corners(view.visible), view.plates)
        for mark, size, corner in zip(named, sizes, places, strict=True):
            if corner is None:
                continue
            plate = QRectF(*corner, *size)
            view.plates.append(corners(plate))
            painter.setPen(line_pen(CASING, 1))
            painter.setBrush(QColor(*mark.color))
            painter.drawRoundedRect(plate.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setPen(on_color(mark.color))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, mark.text)


def draw_box(painter: QPainter, view: View, mark: Mark) -> None:
    """A mark's outline on a dark casing."""
    rect = view.rect(*mark.box)
    if not rect.adjusted(-6, -6, 6, 6).intersects(view.visible):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if not mark.dashed:
        outline(painter, rect, CASING, mark.width + 2)
        outline(painter, rect, QColor(*mark.color), mark.width)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width, style in (
        (CASING, mark.width + 2, Qt.PenStyle.SolidLine),
        (QColor(*mark.color), mark.width, Qt.PenStyle.DashLine),
    ):
        painter.setPen(line_pen(color, width, style))
        painter.drawRect(QRectF(rect.toRect()))


def draw_arrow(painter: QPainter, view: View, arrow: Arrow) -> None:
    """A line with a head, on a dark casing; too short a one is a dot."""
    tail, head = view.point(*arrow.tail), view.point(*arrow.head)
    along = head - tail
    length = (along.x() ** 2 + along.y() ** 2) ** 0.5
    if length < 3:
        painter.setPen(line_pen(CASING, 1))
        painter.setBrush(QColor(*arrow.color))
        painter.drawEllipse(head, 3, 3)
        return
    unit = along / length
    across = QPointF(-unit.y(), unit.x())
    size = min(9.0, 0.6 * length)
    for color, width in ((CASING, 4.0), (QColor(*arrow.color), 2.0)):
        painter.setPen(line_pen(color, width, cap=Qt.PenCapStyle.RoundCap))
        painter.drawLine(tail, head)
        for side in (across, -across):
            painter.drawLine(head, head - unit * size + side * (0.5 * size))
