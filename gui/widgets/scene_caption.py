"""What a scene of the lecture shows, in one sentence over its pictures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.lecture import Scene


class SceneCaption(QLabel):
    """What is to be seen, until something else is looked at."""

    def __init__(self, workspace: str, margins: QMargins, parent: QWidget | None = None) -> None:
        """
        Args:
            workspace: its name, with which the object name begins.
        """
        super().__init__(parent)
        self.setObjectName(f"{workspace}.lecture.caption")
        self.setWordWrap(True)
        self.setContentsMargins(margins)
        self.setProperty("role", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._scene: Scene | None = None
        self.hide()

    def show_scene(self, scene: Scene | None) -> None:
        """Say what a scene shows; None says nothing."""
        self._scene = scene
        self.setText(scene.said() if scene is not None else "")
        self.setVisible(scene is not None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_scene(self._scene)
        super().changeEvent(event)
