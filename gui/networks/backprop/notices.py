"""What is said above the net: what a scene shows, and what is odd about the numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.networks.backprop.spec import BackpropSpec, remarks
from gui.messages import note_text

MOST_REMARKS = 3
CAPTION_PX = 13


class Notices(QWidget):
    """A caption and remarks; each is there only when it says something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = self._label("networks.backprop.caption.label", "caption")
        self.remarks = self._label("networks.backprop.remarks.label", "warning")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.caption)
        column.addWidget(self.remarks)

    def show_caption(self, text: str) -> None:
        """What a scene of the lecture shows; empty for none."""
        self.caption.setText(text)
        self.caption.setVisible(bool(text))

    def show_remarks(self, spec: BackpropSpec) -> None:
        """What a person should know of a net that can be computed; the first few of many."""
        said = [note_text(each) for each in remarks(spec)]
        if len(said) > MOST_REMARKS:
            said[MOST_REMARKS - 1 :] = ["…"]
        self.remarks.setText("\n".join(said))
        self.remarks.setVisible(bool(said))

    def set_scale(self, factor: float) -> None:
        """Larger type for the lecture hall."""
        size = f"font-size: {round(CAPTION_PX * factor)}px;" if factor > 1 else ""
        self.caption.setStyleSheet(size)

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setContentsMargins(12, 4, 12, 4)
        label.hide()
        return label
