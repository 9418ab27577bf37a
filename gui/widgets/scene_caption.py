"""What a scene of the lecture shows, in a sentence or two over its pictures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.lecture.headings import Scene


class Caption(QLabel):
    """A caption that is there only while it says something, and while nobody else says it.

    Signals:
        said_changed: it says something else.
    """

    said_changed = Signal()

    def __init__(self, name: str, margins: QMargins, parent: QWidget | None = None) -> None:
        """
        Args:
            name: its object name.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setContentsMargins(margins)
        self._away = False
        self.hide()

    def say(self, text: str) -> None:
        """Say something; an empty text says nothing."""
        changed = text != self.text()
        self.setText(text)
        self._show()
        if changed:
            self.said_changed.emit()

    def put_away(self, away: bool) -> None:
        """In the lecture mode the window says it, larger."""
        self._away = away
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self.text()) and not self._away)


class SceneCaption(Caption):
    """What is to be seen in a scene, until something else is looked at."""

    def __init__(self, workspace: str, margins: QMargins, parent: QWidget | None = None) -> None:
        """
        Args:
            workspace: its name, with which the object name begins.
        """
        super().__init__(f"{workspace}.lecture.caption", margins, parent)
        self.setProperty("role", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._scene: Scene | None = None

    def show_scene(self, scene: Scene | None) -> None:
        """Say what a scene shows; None says nothing."""
        self._scene = scene
        self.say(scene.said() if scene is not None else "")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_scene(self._scene)
        super().changeEvent(event)
