"""The foot of the window in the lecture mode: what is to be seen, in type for a hall."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui import theme

LEAST_PX, MOST_PX, PART = 17, 34, 56  # of the type; its part of the width


class CaptionBar(QWidget):
    """A caption and its place in the lecture; or how to go on, where no scene is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lecture.bar")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = QLabel(self)
        self.text.setObjectName("lecture.caption")
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.place = QLabel(self)
        self.place.setObjectName("lecture.place")
        self.place.setProperty("role", "muted")
        self.place.setAlignment(Qt.AlignmentFlag.AlignBottom)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, theme.MARGIN, 10)
        row.setSpacing(20)
        row.addWidget(self.text, 1)
        row.addWidget(self.place)
        self._said = False
        self.hide()
        self._size(self.window().width())

    def say(self, text: str, place: str, *, hint: bool = True) -> None:
        """Show a caption and its place.

        Args:
            hint: in place of an empty caption say how to go on.
        """
        self._said = bool(text) or not hint
        self.text.setText(text if self._said else self._hint())
        self.place.setText(place)

    def _hint(self) -> str:
        return self.tr("PgDn and PgUp lead on and back, Space plays, B blanks, F5 or Esc leaves.")

    def _size(self, width: int) -> None:
        size = min(max(width // PART, LEAST_PX), MOST_PX)
        self.text.setStyleSheet(f"font-size: {size}px;")
        self.place.setStyleSheet(f"font-size: {max(size - 6, 13)}px;")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._size(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and not self._said:
            self.text.setText(self._hint())
        super().changeEvent(event)
