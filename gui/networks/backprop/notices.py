"""What is said above the net: what a scene shows, and what is odd about the numbers."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.networks.backprop.spec import BackpropSpec, remarks
from gui.messages import note_text
from gui.widgets.scene_caption import Caption

MOST_REMARKS = 3
MARGINS = QMargins(12, 4, 12, 4)


class Notices(QWidget):
    """A caption and remarks; each is there only when it says something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = Caption("networks.backprop.caption.label", MARGINS, self)
        self.caption.setProperty("role", "caption")
        self.remarks = self._label("networks.backprop.remarks.label", "warning")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.caption)
        column.addWidget(self.remarks)

    def show_caption(self, text: str) -> None:
        """What a scene of the lecture shows; empty for none."""
        self.caption.say(text)

    def show_remarks(self, spec: BackpropSpec) -> None:
        """What a person should know of a net that can be computed; the first few of many."""
        said = [note_text(each) for each in remarks(spec)]
        if len(said) > MOST_REMARKS:
            said[MOST_REMARKS - 1 :] = ["…"]
        self.remarks.setText("\n".join(said))
        self.remarks.setVisible(bool(said))

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setContentsMargins(MARGINS)
        label.hide()
        return label
