"""The Descent workspace: optimizers race on a landscape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from engine.descent.race.spec import RaceSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.descent.basins.controller import BasinsController
from gui.descent.bifurcation.controller import BifurcationController
from gui.descent.critical_points.controller import CriticalPointsController
from gui.descent.cross_section.controller import CURVES, CrossSectionController
from gui.descent.data_fit.controller import DataFitController
from gui.descent.editor import Editor
from gui.descent.explanation.controller import ExplanationController
from gui.descent.export.controller import ExportController
from gui.descent.export.scene import SceneTeller
from gui.descent.fair_race.controller import FairRaceController
from gui.descent.header import Header
from gui.descent.layout import Layout
from gui.descent.lecture import LectureController
from gui.descent.map_tools.bar import Beside
from gui.descent.map_tools.controller import MapTools
from gui.descent.presenter import RHYTHM, Presenter, RacePlayback
from gui.descent.preview.controller import PathPreviewController
from gui.descent.race.caption import CaptionNumbers
from gui.descent.race.cost_controller import CostController
from gui.descent.race.costs import COSTS
from gui.descent.race.measures import MEASURES
from gui.descent.race.scene_state import SceneState
from gui.descent.race.standings import RaceStandings
from gui.descent.race.step_marks import StepMarks
from gui.descent.race_controller import RaceController
from gui.descent.race_files import RaceFiles
from gui.descent.race_jobs import RaceJobs
from gui.descent.race_panel import RacePanel
from gui.descent.scenes import Scene
from gui.descent.settings_controller import SettingsController
from gui.descent.setup import Setup, SetupStore, setup_of
from gui.descent.stability.controller import StabilityController
from gui.descent.status_text import StatusText
from gui.descent.step.controller import StepController
from gui.descent.step.vectors_controller import VectorsController
from gui.descent.surfaces.controller import SurfacesController
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_view import MapView
from gui.landscape.surface_switch import SurfaceSwitch
from gui.racing.curves import Curves
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import DEFAULT_SPEED, SPEEDS, Player
from gui.settings import Settings
from gui.widgets.tab_panel import TabPanel
from gui.widgets.timeline import Timeline
from gui.workspace import Workspace


class DescentWorkspace(Workspace):
    """Map, curves and timeline on the left, what can be set on the right."""

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(bridge, settings, parent)
        self.store = SetupStore(setup_of(RaceSpec()), self)
        self.jobs = RaceJobs(bridge, self)
        self.player = Player(self)
        self._build_widgets()
        self._build_features()
        self._layout = Layout(
            self,
            above=(self.header, self.basins.bar),
            map_view=Beside(self.map_tools.bar, self.map),
            panels=self.panels,
            data=self.data_fit.panel,
            timeline=self.timeline,
            step=self.step.panel,
            settings=(
                (self.surfaces.panel, 3),
                (self.optimizers, 2),
                (self.race_panel, 0),
                (self.standings, 2),
            ),
        )
        self.lecture = LectureController(
            self.store,
            self.editor,
            self.playback,
            self.player,
            self.optimizers,
            self.header,
            self.map,
            self.panels,
            self._layout,
            self.surface_switch,
            self.basins,
            self.critical_points,
            scaled=(
                *(self.map, self.curves, self.cross_section, self.header),
                *(self.step.panel, self.data_fit.panel, self.map_tools.bar),
                self.basins.bar,
            ),
            parent=self,
        )
        self.scene = SceneState(
            self.store,
            self.editor,
            self.playback,
            self.player,
            self.optimizers,
            self.curves,
            self.map,
            self.panels,
            self.surface_switch,
            self.basins,
            self.cross_section,
            self.critical_points,
            self.vectors,
            self.step,
            self.data_fit,
        )
        self.files = RaceFiles(self.store, self.editor, self.scene, self.settings, self)
        self.caption_numbers = CaptionNumbers(self.bridge, self.jobs, self.header, self)
        self._join()
        self.retranslate()

    @property
    def setup(self) -> Setup:
        """What is set now."""
        return self.store.setup

    # -- building -----------------------------------------------------------------------------

    def _build_widgets(self) -> None:
        self.header = Header(self)
        self.map = MapView("descent", self)
        self.curves = Curves("descent", MEASURES, self, costs=COSTS)
        self.timeline = Timeline("descent", SPEEDS, DEFAULT_SPEED, self)
        self.optimizers = OptimizerTable("descent", self)
        self.race_panel = RacePanel(self)
        self.standings = RaceStandings("descent", self)
        self.panels = TabPanel(self)
        self.panels.add(
            CURVES,
            self.curves,
            QT_TRANSLATE_NOOP("descent", "Curves"),
            tip=QT_TRANSLATE_NOOP("descent", "Loss, gradient, distance and step along the race"),
            corner=self.curves.measure,
        )

    def _build_features(self) -> None:
        bridge, store, jobs, player = self.bridge, self.store, self.jobs, self.player
        view, optimizers = self.map, self.optimizers
        self.status_text = StatusText(bridge, store, jobs, player, view, self)
        self.editor = editor = Editor(store, view.visible_domain, self)
        self.surfaces = SurfacesController(bridge, store, editor, self)
        self.surface_switch = SurfaceSwitch(view, self)
        self.playback = playback = RacePlayback(
            jobs, player, self.curves, self.standings, optimizers, RHYTHM, self
        )
        self.presenter = Presenter(jobs, playback, player, view, self.timeline, optimizers, self)
        self.preview = PathPreviewController(
            bridge, jobs, editor, player, self.presenter, view, self
        )
        self.costs = CostController(bridge, jobs, self.curves, self)
        self.step_marks = StepMarks(jobs, self.curves, view, self)
        self.vectors = VectorsController(bridge, playback, player, optimizers, view, self)
        self.step = StepController(bridge, playback, player, optimizers, self)
        self.basins = BasinsController(
            bridge, store, editor, optimizers, view, playback, player, self
        )
        self.stability = StabilityController(bridge, store, editor, optimizers, self)
        self.critical_points = CriticalPointsController(bridge, store, view, self.panels, self)
        self.cross_section = CrossSectionController(bridge, jobs, store, view, self.panels, self)
        self.map_tools = MapTools(view, self.surface_switch, self.cross_section, self)
        self.bifurcation = BifurcationController(
            bridge, store, editor, optimizers, self.cross_section, self
        )
        self.fair_race = FairRaceController(bridge, store, editor, self)
        self.explanation = ExplanationController(
            bridge, playback, editor, optimizers, self.standings, self
        )
        self.data_fit = DataFitController(
            bridge, jobs, store, optimizers, view, player, self.vectors, self.basins, self
        )
        self.teller = SceneTeller(
            *(self.header, view, self.curves, self.cross_section.panel, self.data_fit.panel),
            *(player, store, playback, self.surface_switch),
        )
        self.export = ExportController(
            *(bridge, self.settings, store, self.teller.describe, self.teller.about), self
        )
        self.settings_panels = SettingsController(
            store,
            editor,
            self.surfaces.panel,
            optimizers,
            self.race_panel,
            self.header,
            view,
            self.timeline,
            self,
        )
        self.race = RaceController(
            jobs,
            store,
            editor,
            player,
            playback,
            view,
            self.data_fit.examples,
            self.preview,
            self,
        )

    def _join(self) -> None:
        self.race.updated.connect(self.basins.update)
        self.basins.bar.approached.connect(self._on_sliders_approached)
        self.race.updated.connect(self.stability.update)
        self.race.first_work_done.connect(self.first_work_done)
        self.editor.clamped.connect(self.status_text.say_clamped)
        self.playback.changed.connect(self.status_text.say_state)
        self.export.failed.connect(self.status_text.say_state)
        self.header.caption.said_changed.connect(self.said_changed)
        self.basins.changed.connect(self.header.show_coloring)
        self.header.coloring_chosen.connect(self.basins.choose)
        self.header.three_d_wanted.connect(self.surface_switch.set_shown)
        self.surface_switch.changed.connect(self.header.show_three_d)
        self.status_text.readout.connect(self.readout)
        self.files.opened.connect(self.opened)
        self.optimizers.chosen.connect(self.order_tabs_soon)
        for says in (self.status_text, self.files, self.export):
            says.status.connect(self.status)
        for fails in (
            *(self.files, self.export, self.surface_switch, self.basins),
            *(self.stability, self.fair_race, self.data_fit, self.settings_panels),
            self.explanation,
        ):
            fails.failed.connect(self.error)

    def _on_sliders_approached(self) -> None:
        self.preview.prepare(self.optimizers.chosen_name())

    # -- what the window asks -----------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Descent")

    def actions(self) -> list[ActionSpec]:  # type: ignore[override]
        return [
            *self.files.actions(),
            *self.export.actions(),
            *self.store.actions("descent"),
            *self.surface_switch.actions(),
            *self.map_tools.actions(),
            *self.vectors.actions(),
            *self.step.actions(),
            *self.basins.actions(),
            *self.stability.actions(),
            *self.bifurcation.actions(),
            *self.critical_points.actions(),
            *self.cross_section.actions(),
            *self.fair_race.actions(),
            *self.explanation.actions(),
            *self.costs.actions(),
            *self.data_fit.actions(),
            *self.data_fit.examples.actions(),
            *self.player.actions("descent", self.playback.reset),
        ]

    def canvas(self) -> QWidget:
        return self.map

    def activate(self) -> None:
        self.map.setFocus(Qt.FocusReason.OtherFocusReason)
        self.status_text.say_state()

    def start_first_work(self) -> None:
        self.status_text.listen()
        self.race.start()
        self.surfaces.draw_gallery()

    def finish_first_work(self) -> None:
        self.race.finish()

    def open_paths(self, paths: list[Path]) -> bool:
        """Open the first race among some files."""
        return self.files.open_first(paths)

    def open_scene(self, scene: Scene) -> None:
        self.lecture.open_scene(scene)

    def said(self) -> str:
        return self.header.caption.text()

    def set_lecture(self, shown: bool) -> None:
        self.lecture.set_shown(shown)

    def can_play(self) -> bool:
        return True

    def play(self) -> None:
        self.player.toggle()

    def can_escape(self) -> bool:
        return self.map_tools.can_leave() or self.data_fit.examples.is_shown()

    def save_state(self) -> dict[str, Any]:
        return {**self._layout.sizes(), "speed": self.player.speed}

    def restore_state(self, state: dict[str, Any]) -> None:
        self._layout.restore(state)
        speed = state.get("speed")
        if type(speed) is int and speed in SPEEDS:
            self.player.set_speed(speed)

    def reset_layout(self) -> None:
        self._layout.reset()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Descent"))
        self.playback.show_names()
        self.data_fit.retranslate()
        self.status_text.say_state()
