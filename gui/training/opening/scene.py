"""Opens a scene of the lecture: its run on the pages, its spec in the form, and what is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

from engine import specs
from engine.errors import InputError
from engine.training.spec import TrainSpec
from gui.training.run_pages import RunPages
from gui.training.scenes import Scene
from gui.training.spec_form import Form


class SceneCaption(QLabel):
    """What is to be seen, over the pages, until another run is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training.lecture.caption")
        self.setWordWrap(True)
        self.setContentsMargins(16, 8, 16, 4)
        self.setProperty("role", "panel")
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


def open_scene(
    scene: Scene,
    *,
    form: Form,
    pages: RunPages,
    caption: SceneCaption,
    show_folder: Callable[[Path], None],
    idle: bool,
) -> None:
    """Show a scene.

    Args:
        show_folder: draws the run of a folder.
        idle: whether nothing trains; else the form shows what does, and keeps it.

    Raises:
        InputError: the run's spec cannot be read.
    """
    path = scene.folder / "spec.json"
    try:
        spec = specs.from_json(path.read_text(encoding="utf-8"), TrainSpec)
    except OSError as error:
        raise InputError("file.unreadable", path=path) from error
    if idle:
        form.set_spec(spec)
    show_folder(scene.folder)
    pages.show_page(scene.page)
    caption.show_scene(scene)
