"""A mask as numbers: 28 by 28 zeros and ones, or the probabilities they come from."""

from __future__ import annotations

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.detection.overlay_colors import scalar_color

SMALLEST_PX = 5.0  # smaller figures cannot be read
INSIDE, OUTSIDE = QColor(255, 255, 255), QColor(170, 176, 186)


def draw_figures(
    painter: QPainter, area: QRectF, values: NDArray[numpy.float32], *, threshold: float | None
) -> None:
    """A figure a cell over an area: 0 and 1 by a threshold, tenths without one."""
    rows, columns = values.shape
    wide, high = area.width() / columns, area.height() / rows
    size = min(wide * 1.4, high) * 0.85
    if size < SMALLEST_PX:
        return
    font = QFont(painter.font())
    font.setPixelSize(round(min(size, 14)))
    painter.setFont(font)
    for row in range(rows):
        for column in range(columns):
            value = float(values[row, column])
            inside = value >= (0.5 if threshold is None else threshold)
            text = str(min(int(value * 10), 9)) if threshold is None else str(int(inside))
            cell = QRectF(area.left() + column * wide, area.top() + row * high, wide, high)
            for ink, shift in ((QColor(0, 0, 0, 200), 1.0), (INSIDE if inside else OUTSIDE, 0.0)):
                painter.setPen(ink)
                painter.drawText(cell.translated(shift, shift), Qt.AlignmentFlag.AlignCenter, text)


class Matrix(QWidget):
    """Square cells with a figure each.

    Signals:
        pointed: row and column under the mouse, or None.
    """

    pointed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(224, 224)  # eight pixels a figure
        self._values: NDArray[numpy.float32] = numpy.zeros((0, 0), numpy.float32)
        self._threshold = 0.5
        self._soft = False
        self._color = (86, 180, 233)

    def show_values(
        self,
        values: NDArray[numpy.float32],
        *,
        threshold: float,
        soft: bool,
        color: tuple[int, int, int],
    ) -> None:
        """Probabilities (n, n); figures 0 and 1 by the threshold, or tenths when soft."""
        self._values, self._threshold, self._soft = values, threshold, soft
        self._color = color
        self.update()

    def inspect_state(self) -> dict[str, object]:
        """For tests that look from outside."""
        ones = int((self._values >= self._threshold).sum()) if self._values.size else 0
        return {"size": list(self._values.shape), "ones": ones}

    def sizeHint(self) -> QSize:
        return QSize(224, 224)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._values.size:
            return
        rows, columns = self._values.shape
        side, left, top = self._grid()
        font = QFont(self.font())
        font.setPixelSize(max(round(side * 0.85), 5))
        painter.setFont(theme.tabular(font))
        ground, one = theme.current().color("field"), QColor(*self._color)
        zero_ink, one_ink = theme.current().color("muted"), QColor(0, 0, 0)
        for row in range(rows):
            for column in range(columns):
                value = float(self._values[row, column])
                cell = QRectF(left + column * side, top + row * side, side, side)
                inside = value >= self._threshold
                if self._soft:
                    color = scalar_color(value)
                    painter.fillRect(cell, color)
                    painter.setPen(QColor(0, 0, 0) if value > 0.55 else QColor(255, 255, 255))
                    text = str(min(int(value * 10), 9))
                else:
                    painter.fillRect(cell, one if inside else ground)
                    painter.setPen(one_ink if inside else zero_ink)
                    text = "1" if inside else "0"
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def _grid(self) -> tuple[float, float, float]:
        rows, columns = self._values.shape
        side = min(self.width() / columns, self.height() / rows)
        return side, (self.width() - side * columns) / 2, 0.0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._values.size:
            side, left, top = self._grid()
            row = int((event.position().y() - top) // side)
            column = int((event.position().x() - left) // side)
            rows, columns = self._values.shape
            inside = 0 <= row < rows and 0 <= column < columns
            self.pointed.emit((row, column) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)
