"""Ground truth over the picture: found, missed and false, each its colour and its line.

No class has these colours, and no detection a broken line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from engine.export.picture.label_placement import place_plates
from gui.detection.layers.base import Overlay, corners, line_pen
from gui.detection.overlay_colors import CASING, on_color
from gui.pictures.view_transform import View

FOUND, MISSED, FALSE, IGNORED = "found", "missed", "false", "ignored"
COLORS = {
    FOUND: QColor(163, 59, 255),
    MISSED: QColor(255, 43, 214),
    FALSE: QColor(255, 255, 255),
    IGNORED: QColor(170, 170, 170),
}
LINES = {
    FOUND: Qt.PenStyle.DashDotDotLine,
    MISSED: Qt.PenStyle.DashLine,
    FALSE: Qt.PenStyle.DashDotLine,
    IGNORED: Qt.PenStyle.DotLine,
}
WIDTHS = {FOUND: 2.0, MISSED: 3.0, FALSE: 2.0, IGNORED: 1.5}
AROUND_PX = 4.0  # a false box gets its line outside its own


@dataclass(frozen=True)
class MatchedBox:
    """One box and what it is: one of `COLORS`; picture px."""

    kind: str
    box: tuple[float, float, float, float]
    text: str = ""


class GroundTruthLayer(Overlay):
    """Draws boxes that were matched with the ground truth; the missed ones carry a plate."""

    def __init__(self, font: QFont) -> None:
        super().__init__(font)
        self.items: Sequence[MatchedBox] = ()

    def draw(self, painter: QPainter, view: View) -> None:
        """Draw in widget pixels."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for item in self.items:
            rect = QRectF(view.rect(*item.box).toRect())
            if item.kind == FALSE:
                rect.adjust(-AROUND_PX, -AROUND_PX, AROUND_PX, AROUND_PX)
            if not rect.adjusted(-6, -6, 6, 6).intersects(view.visible):
                continue
            painter.setPen(line_pen(CASING, WIDTHS[item.kind] + 2))
            painter.drawRect(rect)
            painter.setPen(line_pen(COLORS[item.kind], WIDTHS[item.kind], LINES[item.kind]))
            painter.drawRect(rect)
        self._draw_plates(painter, view)

    def painted(self) -> dict[str, int]:
        """How many there are of each kind."""
        return dict(Counter(item.kind for item in self.items))

    def _draw_plates(self, painter: QPainter, view: View) -> None:
        named = [item for item in self.items if item.text]
        metrics = QFontMetricsF(self.font)
        sizes = [
            (metrics.horizontalAdvance(item.text) + 10, metrics.height() + 2) for item in named
        ]
        boxes = [corners(view.rect(*item.box)) for item in named]
        painter.setFont(self.font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = place_plates(boxes, sizes, corners(view.visible), view.plates)
        for item, size, corner in zip(named, sizes, places, strict=True):
            if corner is None:
                continue
            plate, color = QRectF(*corner, *size), COLORS[item.kind]
            view.plates.append(corners(plate))
            painter.setPen(line_pen(CASING, 1))
            painter.setBrush(color)
            painter.drawRoundedRect(plate.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setPen(on_color((color.red(), color.green(), color.blue())))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, item.text)


def sample(kind: str, ratio: float) -> QPixmap:
    """A piece of a kind's line on its casing, for a legend on any ground."""
    size = QSize(26, 10)
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setPen(line_pen(CASING, WIDTHS[kind] + 2))
    painter.drawLine(0, 5, 26, 5)
    painter.setPen(line_pen(COLORS[kind], max(WIDTHS[kind], 2.0), LINES[kind]))
    painter.drawLine(1, 5, 25, 5)
    painter.end()
    return pixmap
