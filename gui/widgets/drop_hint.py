"""What is shown while files are dragged over the window: that it takes them, and which."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget


class DropHint(QWidget):
    """A veil over its parent with one sentence; the mouse does not see it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self.setObjectName("window.drop_hint")
        self.setProperty("role", "veil")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sentence = QLabel(self)
        self._sentence.setObjectName("window.drop_hint.text")
        self._sentence.setProperty("role", "drop")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def offer(self, paths: list[Path]) -> None:
        """Say that these files or folders, one at least, would be opened."""
        text = self.tr("Drop to open {name}")
        if len(paths) > 1:
            text = self.tr("Drop to open {name} and {count} more")
        name = self.fontMetrics().elidedText(
            paths[0].name, Qt.TextElideMode.ElideMiddle, self._under.width() // 3
        )
        self._sentence.setText(text.format(name=name, count=len(paths) - 1))
        self.setGeometry(self._under.rect())
        self.raise_()
        self.show()


def local_paths(data: QMimeData) -> list[Path]:
    """Files and folders of this machine in what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
