"""The objects of the pass over the picture: each state its colour, its line and its sign."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from engine.detection.review.arrangement import Item
from engine.detection.review.records import ACCEPTED, REJECTED
from engine.export.picture.label_placement import place_plates
from gui.detection.layers.base import corners, line_pen
from gui.detection.overlay_colors import CASING, on_color
from gui.pictures.view_transform import View
from gui.widgets.fact_table import figure

UNJUDGED, CHANGED = "unjudged", "changed"
STATES = (UNJUDGED, ACCEPTED, CHANGED, REJECTED)
COLORS = {
    UNJUDGED: QColor(255, 200, 40),
    ACCEPTED: QColor(86, 201, 138),
    CHANGED: QColor(90, 170, 255),
    REJECTED: QColor(190, 190, 190),
}
SIGNS = {UNJUDGED: "?", ACCEPTED: "✓", CHANGED: "✎", REJECTED: "✕"}
DIM, DIM_PLATE = 0.6, 0.85  # what was rejected, and its words
GRIP_PX = 8.0  # of a corner that can be pulled


def state_of(item: Item) -> str:
    """Of `STATES`."""
    if item.verdict == ACCEPTED:
        return CHANGED if item.changed else ACCEPTED
    return REJECTED if item.verdict == REJECTED else UNJUDGED


class ReviewLayer:
    """Boxes and plates; the chosen one on top, with its grips."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.items: Sequence[Item] = ()
        self.chosen = -1

    def chosen_item(self) -> Item | None:
        """The chosen object."""
        return self.items[self.chosen] if 0 <= self.chosen < len(self.items) else None

    def paint(self, painter: QPainter, view: View) -> None:
        """Draw in widget pixels."""
        order = [row for row in range(len(self.items)) if row != self.chosen]
        if 0 <= self.chosen < len(self.items):
            order.append(self.chosen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for row in order:
            self._draw_box(painter, view, self.items[row], chosen=row == self.chosen)
        self._draw_plates(painter, view, order[::-1])

    def _draw_box(self, painter: QPainter, view: View, item: Item, *, chosen: bool) -> None:
        rect = QRectF(view.rect(*item.box).toRect())
        if not rect.adjusted(-8, -8, 8, 8).intersects(view.visible):
            return
        state = state_of(item)
        dashed = state == REJECTED
        width = 3.0 if chosen else 2.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setOpacity(DIM if dashed and not chosen else 1.0)
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(line_pen(CASING, width + 2))
        painter.drawRect(rect)
        painter.setPen(line_pen(COLORS[state], width, style))
        painter.drawRect(rect)
        if not chosen:
            return
        painter.setPen(line_pen(CASING, 1))
        painter.setBrush(COLORS[state])
        for corner in (rect.topLeft(), rect.topRight(), rect.bottomLeft(), rect.bottomRight()):
            half = QPointF(GRIP_PX / 2, GRIP_PX / 2)
            painter.drawRect(QRectF(corner - half, corner + half))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_plates(self, painter: QPainter, view: View, order: Sequence[int]) -> None:
        metrics = QFontMetricsF(self.font)
        texts = [plate_text(self.items[row]) for row in order]
        sizes = [(metrics.horizontalAdvance(text) + 10, metrics.height() + 2) for text in texts]
        boxes = [corners(view.rect(*self.items[row].box)) for row in order]
        painter.setFont(self.font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = place_plates(boxes, sizes, corners(view.visible), view.plates)
        for row, text, size, corner in zip(order, texts, sizes, places, strict=True):
            if corner is None:
                continue
            state = state_of(self.items[row])
            plate, color = QRectF(*corner, *size), COLORS[state]
            view.plates.append(corners(plate))
            painter.setOpacity(DIM_PLATE if state == REJECTED and row != self.chosen else 1.0)
            painter.setPen(line_pen(CASING, 1))
            painter.setBrush(color)
            painter.drawRoundedRect(plate.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setPen(on_color((color.red(), color.green(), color.blue())))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def plate_text(item: Item) -> str:
    """The sign of its state and its class; what is not judged yet has its score too."""
    state = state_of(item)
    score = f" {figure(item.score)}" if state == UNJUDGED else ""
    return f"{SIGNS[state]} {item.name}{score}"
