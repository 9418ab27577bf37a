"""A sheet on which a digit is drawn with the mouse or the arrow keys."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.networks.tasks.pictures.racer_tile import text_font

CANVAS = 64  # pixels of the sheet
PEN, RUBBER = 8.0, 16.0  # their widths on it
KEY_STEP = 4.0


class DrawingPad(QWidget):
    """The left button draws, the right one erases.

    Signals:
        drawn: what is on it, (64, 64) float64 from 0 to 1, rows from the top; None when empty.
    """

    drawn = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.setMinimumSize(72, 72)
        self._sheet = QImage(CANVAS, CANVAS, QImage.Format.Format_Grayscale8)
        self._sheet.fill(0)
        self._last: QPointF | None = None
        self._rubber = False
        self._cursor: QPointF | None = None  # of the keyboard, on the sheet
        self._hint = ""
        self._scale = 1.0

    def sizeHint(self) -> QSize:
        return QSize(150, 150)

    def set_hint(self, text: str) -> None:
        """What stands on the empty sheet."""
        self._hint = text
        self.update()

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self._scale = factor
        self.update()

    def canvas(self) -> NDArray[np.float64]:
        """(64, 64), 1 where it is drawn."""
        pixels = np.frombuffer(self._sheet.constBits(), np.uint8)
        rows = pixels.reshape(CANVAS, self._sheet.bytesPerLine())[:, :CANVAS]
        return rows.astype(np.float64) / 255

    @property
    def empty(self) -> bool:
        return not self.canvas().any()

    @Slot()
    def clear(self) -> None:
        """Wipe everything off."""
        self._sheet.fill(0)
        self._last = None
        self.update()
        self.drawn.emit(None)

    def stroke(self, start: QPointF, end: QPointF, *, erase: bool = False) -> None:
        """A line between two places of the sheet, and say what is on it now."""
        painter = QPainter(self._sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(0, 0, 0) if erase else QColor(255, 255, 255), RUBBER if erase else PEN)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        # A line without length is not drawn; a dot is.
        away = end if end != start else end + QPointF(0.01, 0)
        painter.drawLine(start, away)
        painter.end()
        self.update()
        self.drawn.emit(None if self.empty else self.canvas())

    def square(self) -> QRectF:
        """The sheet in the widget."""
        side = min(self.width(), self.height()) - 2
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _on_sheet(self, place: QPointF) -> QPointF:
        square = self.square()
        return (place - square.topLeft()) * (CANVAS / square.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colors, square = theme.current(), self.square()
        painter.fillRect(square, colors.color("field"))
        paper = QImage(self._sheet.size(), QImage.Format.Format_ARGB32)
        paper.fill(colors.color("text"))
        paper.setAlphaChannel(self._sheet)
        painter.drawImage(square, paper)
        focused = self.hasFocus()
        painter.setPen(QPen(colors.color("accent" if focused else "muted"), 2 if focused else 1))
        painter.drawRect(square)
        if self.empty:
            painter.setFont(text_font(self._scale))
            painter.setPen(colors.color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(square.adjusted(6, 6, -6, -6), int(flags), self._hint)
        if focused and self._cursor is not None:
            unit = square.width() / CANVAS
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colors.color("accent"), 2))
            centre = square.topLeft() + self._cursor * unit
            painter.drawEllipse(centre, PEN / 2 * unit, PEN / 2 * unit)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        self._rubber = event.button() is Qt.MouseButton.RightButton
        self._cursor = None
        self._last = self._on_sheet(event.position())
        self.stroke(self._last, self._last, erase=self._rubber)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            here = self._on_sheet(event.position())
            self.stroke(self._last, here, erase=self._rubber)
            self._last = here

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._last = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: QPointF(-KEY_STEP, 0),
            Qt.Key.Key_Right: QPointF(KEY_STEP, 0),
            Qt.Key.Key_Up: QPointF(0, -KEY_STEP),
            Qt.Key.Key_Down: QPointF(0, KEY_STEP),
        }
        step = steps.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
            return
        if step is None:
            super().keyPressEvent(event)
            return
        before = self._cursor if self._cursor is not None else QPointF(CANVAS / 2, CANVAS / 2)
        after = before + step
        self._cursor = QPointF(
            min(max(after.x(), 0.0), float(CANVAS)), min(max(after.y(), 0.0), float(CANVAS))
        )
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ShiftModifier:
            self.stroke(before, self._cursor)
        elif held & Qt.KeyboardModifier.ControlModifier:
            self.stroke(before, self._cursor, erase=True)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)
