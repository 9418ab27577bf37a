"""A line that opens and closes what is below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget


class Disclosure(QWidget):
    """Closed at first. Space or a click on the line turns it.

    Attributes:
        line: the button; its object name is given.
    """

    def __init__(self, name: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self.line = QToolButton(self)
        self.line.setObjectName(name)
        self.line.setProperty("role", "disclosure")
        self.line.setCheckable(True)
        self.line.setAutoRaise(True)
        self.line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.toggled.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.line)
        column.addWidget(content)
        self._turn(False)

    def is_open(self) -> bool:
        return self.line.isChecked()

    def open(self) -> None:
        """Show what is below the line."""
        self.line.setChecked(True)

    def set_title(self, title: str, tip: str) -> None:
        """What the line reads."""
        self.line.setText(title)
        self.line.setToolTip(tip)

    def _turn(self, on: bool) -> None:
        self.line.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self._content.setVisible(on)
