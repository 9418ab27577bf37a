"""Opens a scene of the lecture over its picture, and says what is to be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.detection.detail_panels import DetailPanels
from gui.detection.scenes import Scene
from gui.detection.session import Session
from gui.detection.stages.masks import MasksView
from gui.detection.stages.proposals import RPN_GATES, ProposalsView


class Caption(QLabel):
    """What is to be seen, over the picture, until another picture or stage is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.lecture.caption")
        self.setWordWrap(True)
        self.setContentsMargins(12, 0, 12, 8)
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


class Lecture(QObject):
    """Opens a scene: its picture, its model, and, once the model has looked, its stage."""

    def __init__(
        self,
        session: Session,
        inquiry: DetailPanels,
        open_picture: Callable[[Path], None],
        set_model: Callable[[str], None],
        caption: Caption,
    ) -> None:
        super().__init__(caption)
        self._session, self._inquiry = session, inquiry
        self._open_picture, self._set_model = open_picture, set_model
        self._caption = caption
        self._scene: Scene | None = None
        self._pending = False
        session.inspected.connect(self._go_on)
        session.picture_changed.connect(self._leave)
        inquiry.stage.stage_changed.connect(self._leave)

    def open(self, scene: Scene) -> None:
        """Show a scene."""
        self._scene, self._pending = scene, True
        entry = self._session.entry
        there = entry is not None and entry.path == scene.path
        if self._session.model != scene.model:
            self._set_model(scene.model)
        if not there:
            self._open_picture(scene.path)
        self._go_on()

    def _ready(self) -> bool:
        scene, session = self._scene, self._session
        if scene is None or session.inspection is None or session.entry is None:
            return False
        return (
            session.entry.path == scene.path
            and session.inspection.spec.model == scene.model
            and not session.running
        )

    def _go_on(self) -> None:
        scene, inquiry = self._scene, self._inquiry
        if scene is None or not self._pending or not self._ready():
            return
        inquiry.open_stage(scene.stage)
        if scene.family:
            inquiry.strip.show_family(scene.family)
        view = inquiry.stage.view()
        if scene.at is not None and view is not None:
            view.pick(QPointF(*scene.at))
        if isinstance(view, MasksView):
            view.numbers.setChecked(True)
        if isinstance(view, ProposalsView):
            view.choose_gate(len(RPN_GATES), dropped=False)
        self._pending = False
        self._caption.show_scene(scene)

    def _leave(self, *_: object) -> None:
        if not self._pending:
            self._scene = None
            self._caption.show_scene(None)
