"""One picture as the net gets it, fitted, with boxes, masks and keypoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.file_text import printable
from gui import theme
from gui.plots.plot_widget import faint, line_pen, small_font

if TYPE_CHECKING:
    from engine.training.data_check.augmented_pictures import AugmentedPicture

POINT_PX = 3.5
MASK_ALPHA, PLATE_ALPHA = 0.35, 0.7
MIDDLE = "●"  # a point of neither side


class AugmentedView(QWidget):
    """Paints one picture; its keypoints have the colour of their side, and L or R.

    A mirror exchanges the sides: what is L in the picture is R in its mirror image.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: AugmentedPicture | None = None
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        theme.notifier().changed.connect(self.update)

    @property
    def shown(self) -> AugmentedPicture | None:
        """What is painted."""
        return self._shown

    def sizeHint(self) -> QSize:
        return QSize(360, 280)

    def set_picture(self, shown: AugmentedPicture | None) -> None:
        """Paint another picture, or none."""
        self._shown = shown
        self._image = QImage()
        if shown is not None:
            height, width = shown.pixels.shape[:2]
            pixels = np.ascontiguousarray(shown.pixels)
            kind = QImage.Format.Format_RGB888
            self._image = QImage(pixels.data, width, height, 3 * width, kind).copy()
            self.setAccessibleDescription(", ".join(map(printable, shown.names)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().color("panel"))
        shown = self._shown
        if shown is None:
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        factor = size.width() / max(self._image.width(), 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), self._image)
        painter.setFont(small_font())
        for index, name in enumerate(shown.names):
            self._paint_object(painter, shown, index, printable(name), factor)
        painter.setPen(line_pen(theme.current().muted, width=1.5, dash=(4, 3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in shown.ignored:
            painter.drawRect(_rect(box, factor))

    def _paint_object(
        self, painter: QPainter, shown: AugmentedPicture, index: int, name: str, factor: float
    ) -> None:
        color = theme.current().series_style(index).color
        painter.setBrush(faint(color, MASK_ALPHA))
        painter.setPen(Qt.PenStyle.NoPen)
        for part in shown.outlines[index]:
            points = ((part + 0.5) * factor).tolist()
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(line_pen(color, width=1.5))
        rect = _rect(shown.boxes[index], factor)
        painter.drawRect(rect)
        plate = QRectF(painter.fontMetrics().boundingRect(name)).adjusted(-2, 0, 2, 0)
        plate.moveTopLeft(rect.topLeft())
        painter.fillRect(plate, faint(theme.current().panel, PLATE_ALPHA))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, name)
        for point, (x, y, seen) in enumerate(shown.keypoints[index].tolist()):
            if seen > 0:
                self._paint_point(painter, QPointF(x, y) * factor, side_of(shown, point))

    def _paint_point(self, painter: QPainter, place: QPointF, side: str) -> None:
        style = theme.current().series_style({"L": 0, "R": 1}.get(side, 2))
        painter.setPen(line_pen(theme.current().panel))
        painter.setBrush(QColor(style.color))
        painter.drawEllipse(place, POINT_PX, POINT_PX)
        if side != MIDDLE:
            painter.setPen(QColor(style.color))
            painter.drawText(place + QPointF(POINT_PX + 1, -POINT_PX), side)


def side_of(shown: AugmentedPicture, point: int) -> str:
    """L, R, or `MIDDLE` for a point that a mirror leaves what it is."""
    if int(shown.partners[point]) == point:
        return MIDDLE
    return "L" if "l" in _ends(shown.keypoint_names[point]) else "R"


def _ends(name: str) -> str:
    """The letter by which names tell sides: of left and right, or of the last part."""
    lower = name.lower()
    if "left" in lower or "right" in lower:
        return "l" if "left" in lower else "r"
    return lower[-1:]


def _rect(box: np.ndarray, factor: float) -> QRectF:
    x0, y0, x1, y1 = (box * factor).tolist()
    return QRectF(x0, y0, x1 - x0, y1 - y0)
