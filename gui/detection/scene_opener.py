"""Opens a scene of the lecture over its picture, and says what is to be seen."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QObject, QPointF, Signal
from PySide6.QtWidgets import QWidget

from gui.detection.layers.controller import LayersController
from gui.detection.models.controller import ModelController
from gui.detection.pictures.controller import PicturesController
from gui.detection.scenes import Scene
from gui.detection.session import Session
from gui.detection.stages.controller import StagesController
from gui.detection.stages.masks import MasksView
from gui.detection.stages.proposals import RPN_GATES, ProposalsView
from gui.widgets.scene_caption import SceneCaption


class SceneOpener(QObject):
    """Opens a scene: its picture, its model, and, once the model has looked, its stage.

    Signals:
        network_wanted: the scene draws the network.
        opened: a scene is there, with its stage.
    """

    network_wanted = Signal()
    opened = Signal()

    def __init__(
        self,
        session: Session,
        stages: StagesController,
        pictures: PicturesController,
        models: ModelController,
        layers: LayersController,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._stages, self._layers = session, stages, layers
        self._pictures, self._models = pictures, models
        self.caption = SceneCaption("detection", QMargins(12, 0, 12, 8), parent)
        self.scene: Scene | None = None
        self._pending = False
        self.held = False  # its picture's way is played: other stages come and go
        session.inspected.connect(self._go_on)
        session.picture_changed.connect(self._leave)
        stages.panel.stage_changed.connect(self._leave)

    def open(self, scene: Scene) -> None:
        """Show a scene."""
        self.scene, self._pending = scene, True
        self.caption.show_scene(None)  # what is still seen is another scene's
        entry = self._session.entry
        there = entry is not None and entry.path == scene.path
        if self._session.model != scene.model:
            self._models.set_model(scene.model)
        if not there:
            self._pictures.open_sample(scene.path)
        self._go_on()

    def _ready(self) -> bool:
        scene, session = self.scene, self._session
        if scene is None or session.inspection is None or session.entry is None:
            return False
        return (
            session.entry.path == scene.path
            and session.inspection.spec.model == scene.model
            and not session.running
        )

    def _go_on(self) -> None:
        scene, stages = self.scene, self._stages
        if scene is None or not self._pending or not self._ready():
            return
        stages.open(scene.stage)
        if not scene.stage:
            self._layers.focus(scene.layers, alone=True)
        if scene.family:
            stages.bar.show_family(scene.family)
        view = stages.panel.view()
        if scene.at is not None and view is not None:
            view.pick(QPointF(*scene.at))
        if isinstance(view, MasksView):
            view.numbers.setChecked(True)
        if isinstance(view, ProposalsView):
            view.choose_gate(len(RPN_GATES), dropped=False)
        if scene.network:
            self.network_wanted.emit()
        self._pending = False
        self.caption.show_scene(scene)
        self.opened.emit()

    def _leave(self, *_: object) -> None:
        if not self._pending and not self.held:
            if self.scene is not None and not self._stages.panel.stage:
                self._layers.focus(None)
            self.scene = None
            self.caption.show_scene(None)
