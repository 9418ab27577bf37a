"""A line of text that gives way: it ends in dots where there is no room, and widens nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """`text()` is the whole; what is painted is as much of it as there is room for."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        dots: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """Make an empty label; `dots` says which part of a long text gives way."""
        super().__init__(parent)
        self._dots = dots
        self.setProperty("elides", True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), self._dots, room.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
