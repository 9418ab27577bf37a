"""The Detection workspace: builds its features, lays them out, and joins their actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from gui.actions import ActionSpec, ToolKeys
from gui.bridge import Bridge
from gui.detection.annotation.controller import AnnotationController
from gui.detection.annotation.keys import TOOL_KEYS
from gui.detection.annotation.store import ReviewStore
from gui.detection.canvas_notice import CanvasNotice
from gui.detection.canvas_tools import CanvasTools
from gui.detection.export.controller import ExportController
from gui.detection.ground_truth.controller import GroundTruthController
from gui.detection.header import Header
from gui.detection.jobs import LazyWorkbench
from gui.detection.layers.controller import LayersController
from gui.detection.lecture.controller import LectureController
from gui.detection.missed_objects.controller import MissedObjectsController
from gui.detection.models.controller import ModelController, list_models
from gui.detection.navigation.controller import NavigationController
from gui.detection.network.controller import NetworkController
from gui.detection.picture_context import PictureContext
from gui.detection.pictures.badge_keeper import BadgeKeeper
from gui.detection.pictures.controller import PicturesController
from gui.detection.pictures.file_panel import FilePanel
from gui.detection.precision.controller import PrecisionController
from gui.detection.provenance.controller import ProvenanceController
from gui.detection.results.tabs import ResultTabs
from gui.detection.scene_opener import SceneOpener
from gui.detection.scenes import Scene
from gui.detection.selection_link import SelectionLink
from gui.detection.session import Session
from gui.detection.session_status import SessionStatus
from gui.detection.side_panel import SidePanel
from gui.detection.stages.controller import StagesController
from gui.detection.survey.controller import SurveyController
from gui.detection.thresholds.controller import ThresholdsController
from gui.pictures.canvas import PictureCanvas
from gui.settings import Settings
from gui.workspace import Workspace

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Loader

FIRST_SIZES = (168, 800, 320)
FONT_PX = 12  # of what is written on the picture


class DetectionWorkspace(Workspace):
    """A detector looks at the user's pictures."""

    def __init__(
        self,
        bridge: Bridge,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        load: Loader | None = None,
        models: Callable[[], Iterator[list[Any]]] = list_models,
    ) -> None:
        """Build it.

        Args:
            load: gives a model and its facts for an `InspectSpec`; the zoo's by default.
            models: the job that lists the models there are.
        """
        super().__init__(bridge, settings, parent)
        workbench = LazyWorkbench(load)
        font = self.font()
        font.setPixelSize(FONT_PX)
        self.session = Session(bridge, workbench, self)
        self.files = FilePanel(bridge, self)
        self.header = Header(self)
        self.picture = PictureCanvas(self)
        self.picture.setObjectName("detection.canvas")
        self.picture.describe = self._describe
        self.notice = CanvasNotice(self.picture)
        self.layers = LayersController(self.picture, font)
        self.context = PictureContext(
            bridge, workbench, self.session, self.picture, self.layers, font
        )
        self.tools = CanvasTools(self.picture, self.session)
        self.pictures = PicturesController(bridge, self.session, self.files)
        self.precision = PrecisionController(bridge, self.session, workbench, self)
        self.models = ModelController(
            bridge, self.session, self.header, models, self.precision, self
        )
        self.results = ResultTabs(self.session, self.layers, self)
        self.link = SelectionLink(self.picture, self.results.table, self.layers, self.session)
        self.thresholds = ThresholdsController(self.session, self)
        self.side = SidePanel(self.thresholds.score, self.thresholds.nms, self.results, self)
        self.side.add_scrolled("layers", self.layers.panel)
        self.side.add("limits", self.thresholds.panel)
        self.stages = StagesController(self.context, self.tools, self.side, self)
        self.navigation = NavigationController(self.context, self.stages, self.side, self.tools)
        self.provenance = ProvenanceController(self.context, self.side, self)
        self.missed_objects = MissedObjectsController(self.context, self.tools, self.side, self)
        self.ground_truth = GroundTruthController(
            bridge, self.context, self.missed_objects, self.pictures.paths
        )
        self.pictures.undo = self.thresholds.history.stack
        self.badges = BadgeKeeper(self.session, self.files, self.ground_truth.store)
        self.annotation = AnnotationController(
            self.context,
            self.tools,
            self.side,
            self.files,
            ReviewStore(bridge, self.files, settings.file().parent / "reviews"),
            self.thresholds.history.stack,
            leave_others=self._leave_stages,
            parent=self,
        )
        self.export = ExportController(
            bridge,
            settings,
            self.session,
            self.files,
            workbench,
            self.results.table.chosen,
            self.annotation.store,
            self.annotation.is_on,
            self,
        )
        self.survey = SurveyController(
            bridge,
            workbench,
            self.session,
            self.pictures,
            self.ground_truth.store,
            self.missed_objects,
            self.picture,
            self,
        )
        self.scenes = SceneOpener(
            self.session, self.stages, self.pictures, self.models, self.layers, self
        )
        self.session_status = SessionStatus(
            self.session,
            self.picture,
            header=self.header,
            notice=self.notice,
            files=self.files,
            models=self.models,
            layers=self.layers,
        )
        self._lay_out()
        self.lecture = LectureController(
            self.context,
            self.stages,
            self.scenes,
            font,
            column=self._column,
            put_away=(self.files, self.header, self.navigation.breadcrumb),
            beside=self.side,
            next_picture=self.files.go,
        )
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        for task in (self.export, self.models.downloads, self.survey, self.ground_truth):
            column.addWidget(task.strip)
        column.addWidget(self.scenes.caption)
        column.addWidget(self.navigation.breadcrumb)
        column.addWidget(self.picture, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName("detection.splitter")
        for widget in (self.files, middle, self.side):
            self._splitter.addWidget(widget)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(1, 1)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.stages.bar)
        layout.addWidget(self._splitter, 1)
        self.network = NetworkController(self.context, self.stages, self.side, self._splitter, self)
        self.navigation.above = self.network
        self.network.opened.connect(self.navigation.refresh)
        self.reset_layout()

    def _leave_stages(self) -> None:
        """The picture itself, whatever is looked at."""
        if self.lecture.is_shown():
            self.lecture.set_shown(False)
        self.network.leave()
        self.navigation.go_to(0)

    def _connect(self) -> None:
        """What two features have to do with each other, and with the main window."""
        session = self.session
        self.header.run_wanted.connect(session.run)
        self.header.cancel_wanted.connect(session.cancel)
        self.header.export_wanted.connect(self.export.ask)
        self.side.drawing_changed.connect(self._leave_pass)
        self.network.opened.connect(self._leave_pass)
        self.header.annotate_wanted.connect(self.annotation.set_on)
        self.annotation.changed.connect(self._show_pass)
        self.annotation.panel.export_wanted.connect(self.export.ask_accepted)
        self.notice.threshold_wanted.connect(self.thresholds.score.set_value)
        self.notice.model_wanted.connect(self.models.set_model)
        self.notice.open_wanted.connect(self.pictures.ask_open)
        self.files.chosen.connect(session.open)
        self.pictures.menu.export_wanted.connect(self.export.ask_selected)
        self.picture.stepped.connect(self.files.go)
        self.side.escaped.connect(self.tools.escape)
        self.results.funnel.gate_chosen.connect(self.stages.show_gate)
        self.ground_truth.panel.survey_wanted.connect(self.survey.show)
        self.picture.goes_on_at = self.ground_truth.goes_on_at
        self.link.pickers = [self.stages.pick, self.ground_truth.pick]
        self.link.clicked.connect(self.provenance.follow_click)
        self.link.readout.connect(self.readout)
        self.pictures.opened.connect(self.opened)
        self.pictures.nothing_to_open.connect(self.session_status.show_nothing)
        self.session_status.answered.connect(self.first_work_done)
        downloads = self.models.downloads
        for teller in (
            self.session_status,
            self.pictures,
            self.export,
            downloads,
            self.survey,
            self.annotation,
        ):
            teller.status.connect(self.status)
            teller.failed.connect(self.error)
        self.scenes.network_wanted.connect(self.network.show)
        self.lecture.scene_wanted.connect(self.scene_wanted)
        self.scenes.caption.said_changed.connect(self.said_changed)
        self.ground_truth.detection_wanted.connect(self.link.choose)
        for speaker in (self.tools, self.link, self.ground_truth):
            speaker.status.connect(self.status)
        for source in (self.context, self.ground_truth, self.precision):
            source.failed.connect(self.error)

    def _leave_pass(self, _opened: bool = True) -> None:
        """Something else is looked at."""
        if self.annotation.is_on() and (self.side.drawing or self.network.can_go_back()):
            self.annotation.set_on(False)

    def _show_pass(self) -> None:
        self.header.annotate.setChecked(self.annotation.is_on())

    # What the main window asks

    def title(self) -> str:
        return self.tr("Detection")

    def actions(self) -> list[ActionSpec]:  # type: ignore[override]
        features = (
            self.export,
            self.models,
            self.thresholds,
            self.link,
            self.pictures,
            self.layers,
            self.session,
            self.tools,
            self.provenance,
            self.missed_objects,
            self.annotation,
            self.ground_truth,
            self.network,
            self.stages,
            self.survey,
            self.lecture,
        )
        return [spec for feature in features for spec in feature.actions()]

    def tool_keys(self) -> tuple[ToolKeys, ...]:
        return (TOOL_KEYS,)

    def canvas(self) -> QWidget:
        return self.picture

    def activate(self) -> None:
        self.models.refresh()

    def start_first_work(self) -> None:
        self.picture.setFocus(Qt.FocusReason.OtherFocusReason)  # its plain keys work at once
        self.pictures.open_first()

    def receive(self, message: object) -> None:
        """The name of a model to use, from the workspace that trained it."""
        if isinstance(message, str):
            self.session.renew(message)
            self.models.set_model(message)
        elif isinstance(message, Path):
            self.models.use_weights(message)

    def open_scene(self, scene: Scene) -> None:
        """Show what the lecture says of detectors."""
        self.annotation.set_on(False)
        self.network.leave()
        self.scenes.open(scene)

    def said(self) -> str:
        return self.scenes.caption.text()

    def set_lecture(self, shown: bool) -> None:
        self.lecture.set_shown(shown)

    def lead_on(self, by: int) -> bool:
        return self.lecture.lead_on(by)

    def can_play(self) -> bool:
        return self.session.has_result()

    def play(self) -> None:
        self.lecture.play()

    def can_escape(self) -> bool:
        return self.tools.can_escape()

    def open_paths(self, paths: list[Path]) -> bool:
        if len(paths) == 1 and self.models.takes(paths[0]):
            self.models.use_weights(paths[0])
            return True
        if self.isVisible():  # else annotations are a training's data
            others = self.ground_truth.take_from(paths)
            if not others:
                return True
            paths = others
        return self.pictures.open_paths(paths)

    def save_state(self) -> dict[str, Any]:
        self.annotation.store.flush()
        return {
            "model": self.session.model,
            "splitter": bytes(self._splitter.saveState().toHex().data()).decode(),
            **self.thresholds.save_state(),
            **self.layers.save_state(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        if isinstance(model := state.get("model"), str):
            self.session.model = model
        self.thresholds.restore_state(state)
        self.layers.restore_state(state)
        if isinstance(splitter := state.get("splitter"), str):
            self._splitter.restoreState(QByteArray.fromHex(splitter.encode("ascii", "ignore")))

    def reset_layout(self) -> None:
        self._splitter.setSizes(list(FIRST_SIZES))
        self.side.reset_layout()

    def _describe(self) -> dict[str, Any]:
        """What the canvas shows, for tests that look from outside."""
        entry = self.session.entry if self.session.opened is not None else None
        return {
            "picture": entry.shown if entry else "",
            "runs": self.session.runs,
            "stage": self.stages.panel.stage,
            "marks": self.context.marked(),
            "review": self.annotation.painted(),
            **self.lecture.describe(),
            **self.layers.painted(),
        }

    def retranslate(self) -> None:
        self.thresholds.retranslate()
        self.session_status.retranslate()
        # Plates over the picture are no widgets, so nobody else tells them.
        self.ground_truth.draw()
        self.provenance.draw()
        self.picture.update()
