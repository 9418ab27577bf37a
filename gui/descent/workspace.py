"""The Descent workspace: optimizers race on a landscape."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from engine.descent.race.spec import RaceSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.descent import race_files
from gui.descent import setup as setups
from gui.descent.basin_view import BasinView
from gui.descent.basins.bar import BasinBar
from gui.descent.basins.controller import LOSS, Ground
from gui.descent.commands import DescentCommands
from gui.descent.critical_points.controller import CriticalPointsController
from gui.descent.cross_section.controller import CURVES, CrossSectionController
from gui.descent.data_fit.controller import DataFitController
from gui.descent.data_fit.panel import DataPanel
from gui.descent.editor import Editor
from gui.descent.export.controller import ExportController
from gui.descent.fair_race.controller import FairRaceController
from gui.descent.header import Header
from gui.descent.layout import Layout
from gui.descent.presenter import Presenter
from gui.descent.race_jobs import RaceJobs
from gui.descent.race_panel import RacePanel
from gui.descent.scenes import Scene
from gui.descent.setup import Setup, SetupStore, setup_of
from gui.descent.stability.controller import StabilityController
from gui.descent.status_text import StatusText
from gui.descent.step.controller import StepController
from gui.descent.step.panel import StepPanel
from gui.descent.surfaces.panel import SurfacePanel
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_view import MapView
from gui.landscape.surface_switch import SurfaceSwitch
from gui.racing.curves import Curves
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import DEFAULT_SPEED, SPEEDS, Player
from gui.racing.standings import Standings
from gui.settings import Settings
from gui.widgets.tab_panel import TabPanel
from gui.widgets.timeline import Timeline
from gui.workspace import Workspace

if TYPE_CHECKING:
    from engine.landscape import Landscape

FIRST_STEPS = 100  # how much of the race the first picture shows
LECTURE_SCALE = 1.5


class DescentWorkspace(Workspace):
    """Map, curves and timeline on the left, what can be set on the right."""

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(bridge, settings, parent)
        self.keeper = SetupStore(setup_of(RaceSpec()), self)
        self.runner = RaceJobs(bridge, self)
        self.player = Player(self)
        self._started = False
        self._finishing = False
        self._announced = False
        self._final_map = False
        self._sketched = False
        self._lecture = False
        self._build()
        self.talk = StatusText(self.keeper, self.runner, self.player, self.map, self)
        self.editor = Editor(self.keeper, self.map.visible_domain, self)
        self.presenter = Presenter(
            self.runner,
            self.player,
            self.map,
            self.curves,
            self.standings,
            self.timeline,
            self.optimizers,
            self,
        )
        self.ground = Ground(bridge, self.keeper, self.map, self.optimizers, self)
        self.relief = SurfaceSwitch(self.map, self)
        self.basin_view = BasinView(
            self.basin_bar,
            self.ground,
            self.keeper,
            self.editor,
            self.optimizers,
            self.map,
            self.presenter,
            self.player,
            self,
        )
        self.step_view = StepController(
            bridge, self.presenter, self.player, self.optimizers, self.step_panel, self
        )
        self.critical = CriticalPointsController(
            self.bridge, self.keeper, self.map, self.panels, self
        )
        self.cut = CrossSectionController(
            self.bridge, self.runner, self.keeper, self.map, self.panels, self
        )
        self.exports = ExportController(self.bridge, self.settings, self.keeper, self.map, self)
        self.tuning = StabilityController(
            self.runner, self.keeper, self.editor, self.optimizers, self
        )
        self.data = DataFitController(self)
        self.fairness = FairRaceController(bridge, self.keeper, self.editor, self)
        self.commands = DescentCommands(self)
        self._connect()
        self._show_setup()
        self.map.set_home(setups.home_domain(self.setup))
        self.retranslate()

    @property
    def setup(self) -> Setup:
        """What is set now."""
        return self.keeper.setup

    # -- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.header = Header(self)
        self.map = MapView(self)
        self.curves = Curves("descent", self)
        self.timeline = Timeline("descent", SPEEDS, DEFAULT_SPEED, self)
        self.surfaces = SurfacePanel(self)
        self.optimizers = OptimizerTable("descent", self)
        self.race_panel = RacePanel(self)
        self.standings = Standings("descent", self)
        self.step_panel = StepPanel(self)
        self.basin_bar = BasinBar(self)
        self.panels = TabPanel(self)
        self.panels.add(
            CURVES,
            self.curves,
            QT_TRANSLATE_NOOP("descent", "Curves"),
            tip=QT_TRANSLATE_NOOP("descent", "Loss, gradient, distance and step along the race"),
            corner=self.curves.measure,
        )
        self.data_panel = DataPanel(self)
        self.data_panel.hide()
        self.frame = Layout(self)

    def _connect(self) -> None:
        editor, runner = self.editor, self.runner
        self.keeper.changed.connect(self._on_changed)
        self.surfaces.surface_chosen.connect(editor.choose_surface)
        self.surfaces.parameter_changed.connect(editor.set_parameter)
        self.surfaces.formula_entered.connect(editor.enter_formula)
        self.optimizers.enabled_changed.connect(editor.enable)
        self.optimizers.setting_changed.connect(editor.set_setting)
        self.optimizers.course.schedule_chosen.connect(editor.set_schedule)
        self.optimizers.course.value_changed.connect(editor.set_course)
        self.optimizers.added.connect(editor.add)
        self.optimizers.copied.connect(editor.copy)
        self.optimizers.removed.connect(editor.remove)
        self.race_panel.start_wanted.connect(editor.set_start)
        self.race_panel.changed.connect(editor.set_race_value)
        self.map.start_wanted.connect(editor.set_start)
        self.map.start_dragged.connect(editor.drag_start)
        self.map.copy_wanted.connect(self._on_copy_wanted)
        editor.added.connect(self.optimizers.choose)
        editor.refused.connect(self._on_refused)
        editor.opened.connect(self.opened)
        editor.formula_wanted.connect(self._on_formula_wanted)
        editor.formula_refused.connect(self.surfaces.show_problem)
        editor.settled.connect(self._on_settled)
        editor.clamped.connect(self.talk.say_clamped)
        runner.formula_ready.connect(editor.take_formula)
        runner.formula_failed.connect(self.surfaces.show_problem)
        self.map.view_settled.connect(self._draw_map)
        self.map.view_settled.connect(self.ground.update)
        self.ground.changed.connect(self.header.show_ground)
        self.ground.failed.connect(self.error)
        self.tuning.failed.connect(self.error)
        self.fairness.failed.connect(self.error)
        self.header.ground_chosen.connect(self.ground.choose)
        self.header.relief_wanted.connect(self.relief.set_shown)
        self.relief.changed.connect(self.header.show_relief)
        self.relief.failed.connect(self.error)
        self.data.example_changed.connect(self._draw_map)
        self.data.failed.connect(self.error)
        self.talk.status.connect(self.status)
        self.talk.readout.connect(self.readout)
        runner.map_ready.connect(self._on_map)
        runner.race_replaced.connect(self._on_race_replaced)
        self.exports.status.connect(self.status)
        self.exports.failed.connect(self._on_export_failed)
        self.presenter.changed.connect(self.talk.say_state)
        self.presenter.grew.connect(self._check_first_work)

    # -- what the window asks -----------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Descent")

    def actions(self) -> list[ActionSpec]:  # type: ignore[override]
        return self.commands.actions()

    def canvas(self) -> QWidget:
        return self.map

    def activate(self) -> None:
        self.map.setFocus(Qt.FocusReason.OtherFocusReason)
        self.talk.say_state()

    def start_first_work(self) -> None:
        """The landscape, and the race computed as far as it goes; it waits for Play."""
        self._started = True
        self.talk.listen()
        self._draw_map()
        self._start_race()
        self.runner.draw_thumbnails(self.surfaces.list.show_pictures)

    def finish_first_work(self) -> None:
        """Show the first steps of the race without waiting for Play."""
        self._finishing = True
        self._check_first_work()

    def open_paths(self, paths: list[Path]) -> bool:
        """Open the first race among some files."""
        for path in paths:
            if race_files.is_race(path):
                self.editor.open_race(path)
                return True
        return False

    def save_state(self) -> dict[str, Any]:
        return {**self.frame.sizes(), "speed": self.player.speed}

    def restore_state(self, state: dict[str, Any]) -> None:
        self.frame.restore(state)
        if state.get("speed") in SPEEDS:
            self.player.set_speed(state["speed"])

    def reset_layout(self) -> None:
        self.frame.reset()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Descent"))
        self.presenter.show_names()
        self.data.retranslate()
        self.talk.say_state()

    # -- what the menus ask -----------------------------------------------------------------------

    def open_scene(self, scene: Scene) -> None:
        """Show a race of the lecture, with what is to be seen in it."""
        self.presenter.reset()
        self.editor.take_scene(scene)
        self.header.show_scene(scene, self.setup)
        self.optimizers.choose(scene.chosen)
        self.player.seek(scene.step)
        self.map.fit()
        self.presenter.show()
        # What the scene before has left open would stand in the way.
        self.relief.set_shown(False)
        self.ground.choose(LOSS)
        self.critical.set_shown(False)
        self.panels.show_panel(scene.panel or CURVES)
        self.frame.make_room(for_panel=bool(scene.panel))
        self.map.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def lecture(self) -> bool:
        """Whether all but the picture is put away."""
        return self._lecture

    def set_lecture(self, lecture: bool) -> None:
        """Only the picture, thick lines and large type; or all again."""
        self._lecture = lecture
        self.frame.show_settings(not lecture)
        scale = LECTURE_SCALE if lecture else 1.0
        self.map.set_scale(scale)
        self.curves.set_scale(scale)
        self.cut.set_scale(scale)
        self.header.set_scale(scale)
        self.step_panel.set_scale(scale)
        self.data_panel.set_scale(scale)
        self.panels.set_bare(lecture)
        self.presenter.show_names()

    # -- changes reach the jobs and the panels ----------------------------------------------------

    def _on_changed(self, before: Setup, after: Setup) -> None:
        old, new = before.race, after.race
        self.talk.forget_clamped()
        ground = (old.surface, old.formula, old.domain) != (new.surface, new.formula, new.domain)
        self._show_setup()
        if ground:
            self.runner.forget_formula()
            self.presenter.reset()
            self.map.set_home(setups.home_domain(after))
        if not self._started:
            return
        if ground or dict(old.parameters) != dict(new.parameters) or old.data != new.data:
            self._draw_map()
        if before.spec() != after.spec():
            self._start_race()
        self.ground.update()
        self.tuning.update()

    def _show_setup(self) -> None:
        setup = self.setup
        self.surfaces.show_setup(setup)
        self.optimizers.show_entries(setup.entries, setup.settings())
        self.race_panel.show_setup(setup)
        self.header.show_setup(setup)
        self.map.show_start(*setup.start())
        self.timeline.set_total(setup.race.steps)

    def _draw_map(self) -> None:
        domain, size = self.map.visible_domain(), self.map.pixel_size()
        if self._started and not self.data.draw_example(self.setup, domain, size):
            dragging = self.editor.dragging
            draw = self.runner.sketch_map if dragging else self.runner.draw_map
            draw(self.setup, domain, size)
            self._sketched = dragging

    def _on_settled(self) -> None:
        if self._sketched:
            self._draw_map()

    def _start_race(self) -> None:
        self.presenter.expect(self.setup)
        needed = max(1, self.player.step) if self.editor.dragging else 0
        self.runner.start_race(self.setup, needed=needed)

    def _on_formula_wanted(self, candidate: Setup) -> None:
        self.surfaces.show_problem(None)
        self.runner.check_formula(candidate)

    def _on_copy_wanted(self, x: float, y: float) -> None:
        self.editor.copy_to(self.optimizers.chosen_name(), x, y)

    def _on_refused(self, error: Exception) -> None:
        """Say why, and show what is still set."""
        self.error.emit(error)
        self.race_panel.show_setup(self.setup)

    # -- jobs report ---------------------------------------------------------------------------

    def _on_map(self, landscape: Landscape) -> None:
        self.map.show_landscape(landscape)
        self._final_map = landscape.final
        self._check_first_work()

    def _on_race_replaced(self) -> None:
        if self.runner.setup is not None and not self.runner.setup.running:
            self.map.show_note(self.tr("Nobody races: tick an optimizer."))

    def _on_export_failed(self, error: Exception) -> None:
        self.talk.say_state()
        self.error.emit(error)

    # -- the first picture ------------------------------------------------------------------------

    def _check_first_work(self) -> None:
        history = self.runner.history
        if self._announced or not self._final_map or history is None:
            return
        wanted = min(FIRST_STEPS, self.setup.race.steps)
        if history.count > wanted:
            if self._finishing:
                self.player.seek(wanted)
            self._announced = True
            self.first_work_done.emit()
