"""The Descent workspace: optimizers race on a landscape."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from engine.descent.race import Racer, RaceSpec
from engine.errors import InputError
from gui import numbers, theme
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.descent import files, probe, wording
from gui.descent import setup as setups
from gui.descent.commands import DescentCommands
from gui.descent.curves import Curves
from gui.descent.exporting import WriteRace
from gui.descent.header import Header
from gui.descent.history import DIVERGED, History
from gui.descent.lecture import Scene
from gui.descent.map_view import MapView
from gui.descent.marks import Head
from gui.descent.optimizer_table import OptimizerTable, racer_title
from gui.descent.player import DEFAULT_SPEED, SPEEDS, Player
from gui.descent.probe import Figures
from gui.descent.race_panel import RacePanel
from gui.descent.runner import Runner
from gui.descent.setup import Setup, SetupKeeper, setup_of
from gui.descent.standings import Standings
from gui.descent.surface_panel import SurfacePanel
from gui.settings import Settings
from gui.widgets.timeline import Timeline
from gui.workspace import Workspace

if TYPE_CHECKING:
    from engine.descent.anatomy import Anatomy
    from engine.descent.landscape import Landscape
    from engine.descent.race import RaceFrame

PANEL_PX = 340
FIRST_STEPS = 100  # how much of the race the first picture shows
CURVES_EVERY, TABLE_EVERY = 2, 6  # of the player's ticks
LECTURE_SCALE = 1.5


class DescentWorkspace(Workspace):
    """Map, curves and timeline on the left, what can be set on the right."""

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(bridge, settings, parent)
        self.keeper = SetupKeeper(setup_of(RaceSpec()), self)
        self.runner = Runner(bridge, self)
        self.player = Player(self)
        self.commands = DescentCommands(self)
        self._reached = 0
        self._ticks = 0
        self._gesture = 0
        self._started = False
        self._finishing = False
        self._announced = False
        self._final_map = False
        self._show_arrows = True
        self._lecture = False
        self._build()
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
        self.curves = Curves(self)
        self.timeline = Timeline("descent", SPEEDS, DEFAULT_SPEED, self)
        self.surfaces = SurfacePanel(self)
        self.optimizers = OptimizerTable(self)
        self.race_panel = RacePanel(self)
        self.standings = Standings(self)

        self._plots = QSplitter(Qt.Orientation.Vertical, self)
        self._plots.setObjectName("descent.plots.splitter")
        self._plots.setChildrenCollapsible(False)
        self._plots.addWidget(self.map)
        self._plots.addWidget(self.curves)
        self._plots.setStretchFactor(0, 5)
        self._plots.setStretchFactor(1, 1)

        left = QWidget(self)
        left.setProperty("role", "panel")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._plots, 1)
        column.addWidget(self.timeline)

        inside = QWidget()
        panel = QVBoxLayout(inside)
        panel.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        panel.setSpacing(theme.MARGIN)
        panel.addWidget(self.surfaces, 3)
        panel.addWidget(self.optimizers, 2)
        panel.addWidget(self.race_panel)
        panel.addWidget(self.standings, 2)
        self._panel = QScrollArea(self)
        self._panel.setObjectName("descent.panel")
        self._panel.setWidget(inside)
        self._panel.setWidgetResizable(True)
        self._panel.setFrameShape(QFrame.Shape.NoFrame)
        self._panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._panel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._panel.setMinimumWidth(PANEL_PX)

        self._columns = QSplitter(Qt.Orientation.Horizontal, self)
        self._columns.setObjectName("descent.columns.splitter")
        self._columns.setChildrenCollapsible(False)
        self._columns.addWidget(left)
        self._columns.addWidget(self._panel)
        self._columns.setStretchFactor(0, 1)
        self._columns.setStretchFactor(1, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._columns)
        self.reset_layout()

    def _connect(self) -> None:
        self.keeper.changed.connect(self._on_changed)
        self.surfaces.surface_chosen.connect(self.choose_surface)
        self.surfaces.parameter_changed.connect(self.set_parameter)
        self.surfaces.formula_entered.connect(self.enter_formula)
        self.optimizers.enabled_changed.connect(self.enable)
        self.optimizers.setting_changed.connect(self.set_setting)
        self.optimizers.added.connect(self.add)
        self.optimizers.copied.connect(self.copy)
        self.optimizers.removed.connect(self.remove)
        self.optimizers.chosen.connect(self._on_racer_chosen)
        self.race_panel.start_wanted.connect(self.set_start)
        self.race_panel.changed.connect(self.set_race_value)
        self.map.start_wanted.connect(self.set_start)
        self.map.copy_wanted.connect(self.copy_to)
        self.map.start_dragged.connect(self._on_start_dragged)
        self.map.view_settled.connect(self._draw_map)
        self.map.hovered.connect(self._on_hovered)
        self.map.left.connect(self._on_left)
        self.runner.point_ready.connect(self._on_point)
        self.curves.step_wanted.connect(self._on_step_wanted)
        self.timeline.play_pressed.connect(self.player.toggle)
        self.timeline.reset_pressed.connect(self.reset)
        self.timeline.stepped.connect(self.player.move)
        self.timeline.sought.connect(self._on_step_wanted)
        self.timeline.speed_chosen.connect(self.player.set_speed)
        self.player.moved.connect(self._on_moved)
        self.player.playing_changed.connect(self._on_playing)
        self.player.speed_changed.connect(self._on_speed)
        self.player.waiting_changed.connect(self._on_waiting)
        self.runner.race_replaced.connect(self._on_race_replaced)
        self.runner.race_grew.connect(self._on_race_grew)
        self.runner.map_ready.connect(self._on_map)
        self.runner.step_ready.connect(self._on_anatomy)
        self.runner.exported.connect(self._on_exported)
        self.runner.export_failed.connect(self._on_export_failed)
        self.runner.formula_ready.connect(self._on_formula_ready)
        self.runner.formula_failed.connect(self._on_formula_failed)

    # -- what the window asks -----------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Descent")

    def actions(self) -> list[ActionSpec]:  # type: ignore[override]
        return self.commands.actions()

    def canvas(self) -> QWidget:
        return self.map

    def activate(self) -> None:
        self.map.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_state()

    def start_first_work(self) -> None:
        """The landscape, and the race computed as far as it goes; it waits for Play."""
        self._started = True
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
            if files.is_race(path):
                self.open_race(path)
                return True
        return False

    def save_state(self) -> dict[str, Any]:
        return {
            "columns": self._columns.sizes(),
            "plots": self._plots.sizes(),
            "speed": self.player.speed,
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        for splitter, key in ((self._columns, "columns"), (self._plots, "plots")):
            sizes = state.get(key)
            if isinstance(sizes, list) and len(sizes) == 2 and all(
                isinstance(size, int) and size > 0 for size in sizes
            ):  # fmt: skip
                splitter.setSizes(sizes)
        if state.get("speed") in SPEEDS:
            self.player.set_speed(state["speed"])

    def reset_layout(self) -> None:
        self._columns.setSizes([10_000, PANEL_PX])
        self._plots.setSizes([740, 200])

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Descent"))
        self._show_names()
        self._say_state()

    # -- what can be changed; each is one line of the Edit menu ----------------------------------

    def choose_surface(self, name: str) -> None:
        after = setups.with_surface(self.setup, name)
        old, new = wording.surface_name(self.setup), wording.surface_name(after)
        self._change(after, wording.say(wording.SURFACE, old=old, new=new))

    def set_parameter(self, name: str, value: float) -> None:
        text = wording.parameter_text(self.setup, name, value)
        self._change(setups.with_parameter(self.setup, name, value), text)

    def enter_formula(self, text: str) -> None:
        """Check a formula in the background; the landscape stays until it can be drawn."""
        self.surfaces.show_problem(None)
        self.runner.check_formula(setups.with_formula(self.setup, text))

    def enable(self, name: str, enabled: bool) -> None:
        template = wording.SWITCHED_ON if enabled else wording.SWITCHED_OFF
        text = wording.say(template, name=wording.title_of(self.setup, name))
        self._change(setups.with_enabled(self.setup, name, enabled), text)

    def set_setting(self, name: str, key: str, value: float) -> None:
        text = wording.setting_text(self.setup, name, key, value)
        self._change(setups.with_setting(self.setup, name, key, value), text)

    def add(self, optimizer: str) -> None:
        self._add(Racer(optimizer))

    def copy(self, name: str) -> None:
        entry = self.setup.entry(name)
        if entry is not None:
            self._add(replace(entry.racer, name=entry.racer.optimizer))

    def copy_to(self, x: float, y: float) -> None:
        """Let a copy of the chosen racer start at another place."""
        entry = self.setup.entry(self.optimizers.chosen_name())
        if entry is not None:
            start = (float(f"{x:.5g}"), float(f"{y:.5g}"))
            self._add(replace(entry.racer, name=entry.racer.optimizer, start=start))

    def remove(self, name: str) -> None:
        if len(self.setup.entries) > 1:
            text = wording.say(wording.REMOVED, name=wording.title_of(self.setup, name))
            self._change(setups.without(self.setup, name), text)

    def set_race_value(self, name: str, value: float) -> None:
        """Another "steps", "noise" or "seed"."""
        text = wording.race_text(self.setup, name, value)
        whole = value if name == "noise" else int(value)
        self._change(setups.with_race(self.setup, **{name: whole}), text)

    def set_start(self, x: float, y: float) -> None:
        """Another start; one that cannot be seen is refused."""
        if not self._in_view(x, y):
            x0, x1, y0, y1 = (numbers.write(end, digits=4) for end in self.map.visible_domain())
            self.error.emit(
                InputError(
                    "race.start_outside",
                    x=numbers.write(x), y=numbers.write(y), x0=x0, x1=x1, y0=y0, y1=y1,
                )
            )  # fmt: skip
            self.race_panel.show_setup(self.setup)
            return
        self._move_start(x, y)

    def open_race(self, path: Path) -> None:
        """Open a race that was saved."""
        try:
            after = setup_of(files.read_race(path))
        except Exception as error:
            self.error.emit(error)
            return
        self._change(after, wording.say(wording.OPENED))
        self.opened.emit(path)

    def export_race(self, path: Path) -> None:
        """Write the race as it is set, with what can be seen of its landscape."""
        spec = self.setup.spec()
        self.status.emit(self.tr("Writing {name}…").format(name=path.name))
        self.runner.export(WriteRace(spec, self.map.visible_domain(), path))

    def _on_export_failed(self, error: Exception) -> None:
        self._say_state()
        self.error.emit(error)

    def _on_exported(self, path: Path) -> None:
        self.status.emit(self.tr("Wrote {name}").format(name=path.name))

    def paste_race(self, text: str) -> None:
        """Take a race from the text of a spec."""
        try:
            after = setup_of(files.race_of(text))
        except Exception as error:
            self.error.emit(error)
            return
        self._change(after, wording.say(wording.PASTED))

    def open_scene(self, scene: Scene) -> None:
        """Show a race of the lecture, with what is to be seen in it."""
        self.player.pause()
        self._reached = 0
        self._change(setup_of(scene.spec()), wording.say(wording.LECTURE))
        self.header.show_scene(scene, self.setup)
        self.optimizers.choose(scene.chosen)
        self.player.seek(scene.step)
        self.map.fit()
        self._show_step()
        self.map.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def reset(self) -> None:
        """Back to the start; the race is as it was before it was played."""
        self.player.pause()
        self._reached = 0
        self.player.seek(0)
        self._show_step()

    def show_arrows(self, shown: bool) -> None:
        """Whether the vectors of the next step are drawn while paused."""
        self._show_arrows = shown
        self._ask_anatomy()

    @property
    def arrows_shown(self) -> bool:
        return self._show_arrows

    @property
    def lecture(self) -> bool:
        """Whether all but the picture is put away."""
        return self._lecture

    def set_lecture(self, lecture: bool) -> None:
        """Only the picture, thick lines and large type; or all again."""
        self._lecture = lecture
        self._panel.setVisible(not lecture)
        scale = LECTURE_SCALE if lecture else 1.0
        self.map.set_scale(scale)
        self.curves.set_scale(scale)
        self.header.set_scale(scale)
        self._show_names()
        self._show_step()

    # -- changes reach the jobs and the panels ---------------------------------------------------

    def _change(self, after: Setup, text: str, *, gesture: int = 0) -> None:
        self.keeper.change(after, text, gesture=gesture)

    def _add(self, racer: Racer) -> None:
        after, name = setups.with_added(self.setup, racer)
        text = wording.say(wording.ADDED, name=wording.title_of(after, name))
        self._change(after, text)
        self.optimizers.choose(name)

    def _move_start(self, x: float, y: float, *, gesture: int = 0) -> None:
        text = wording.say(wording.START, x=float(x), y=float(y))
        self._change(setups.with_race(self.setup, start=(x, y)), text, gesture=gesture)

    def _in_view(self, x: float, y: float) -> bool:
        for x0, x1, y0, y1 in (self.map.visible_domain(), setups.home_domain(self.setup)):
            if x0 <= x <= x1 and y0 <= y <= y1:
                return True
        return False

    def _on_start_dragged(self, x: float, y: float, stage: int) -> None:
        if stage == 1 or not self._gesture:
            self._gesture = self.keeper.new_gesture()
        x0, x1, y0, y1 = self.map.visible_domain()
        x, y = (
            float(f"{value:.5g}") for value in (min(max(x, x0), x1), min(max(y, y0), y1))
        )  # a drag is no finer than the screen
        self._move_start(x, y, gesture=self._gesture)
        if stage == 2:
            self._gesture = 0

    def _on_formula_ready(self, after: Setup) -> None:
        text = wording.short_formula(after.race.formula or "")
        # What was set meanwhile stays: only the formula comes from the checked setup.
        after = setups.with_formula(self.setup, after.race.formula or "")
        self._change(after, wording.say(wording.FORMULA, new=text))

    def _on_formula_failed(self, error: Exception) -> None:
        self.surfaces.show_problem(error)

    def _on_changed(self, before: Setup, after: Setup) -> None:
        old, new = before.race, after.race
        ground = (old.surface, old.formula, old.domain) != (new.surface, new.formula, new.domain)
        self._show_setup()
        if ground:
            self.player.pause()
            self._reached = 0
            self.player.seek(0)
            self.map.set_home(setups.home_domain(after))
        if not self._started:
            return
        if ground or dict(old.parameters) != dict(new.parameters):
            self._draw_map()
        if before.spec() != after.spec():
            self._start_race()

    def _show_setup(self) -> None:
        setup = self.setup
        self.surfaces.show_setup(setup)
        self.optimizers.show_setup(setup)
        self.race_panel.show_setup(setup)
        self.header.show_setup(setup)
        self.map.show_start(*setup.start())
        self.timeline.set_total(setup.race.steps)

    def _draw_map(self) -> None:
        if self._started:
            self.runner.draw_map(self.setup, self.map.visible_domain(), self.map.pixel_size())

    def _start_race(self) -> None:
        self.player.set_race(self.setup.race.steps)
        self._reached = min(self._reached, self.setup.race.steps)
        self.runner.forget_step()
        self.runner.start_race(self.setup)

    # -- jobs report ---------------------------------------------------------------------------

    def _on_map(self, landscape: Landscape) -> None:
        self.map.show_landscape(landscape)
        self._final_map = landscape.final
        self._check_first_work()

    def _on_race_replaced(self) -> None:
        setup, history = self.runner.setup, self.runner.history
        if setup is None or history is None:
            return
        self.curves.set_race([entry.look for entry in setup.running], setup.race.steps)
        self._show_names()
        if not setup.running:
            self.map.show_note(self.tr("Nobody races: tick an optimizer."))
            self._show_step()

    def _on_race_grew(self) -> None:
        history = self.runner.history
        if history is None:
            return
        self.player.set_available(history.count - 1)
        self.timeline.set_computed(history.count - 1)
        self._show_step()
        self._check_first_work()

    def _show_names(self) -> None:
        setup = self.runner.setup
        if setup is None:
            return
        racers = [(racer_title(entry), entry.look) for entry in setup.running]
        self.map.set_racers(racers)
        self.standings.set_racers(racers)
        self._show_step()

    # -- one step on the screen ------------------------------------------------------------------

    def _shown(self) -> tuple[History, int] | None:
        """The race on the screen and its step, which the engine may not have reached yet."""
        history = self.runner.history
        if history is None or not history.count:
            return None
        return history, min(self.player.step, history.count - 1)

    def _on_moved(self, step: int) -> None:
        self._reached = max(self._reached, step)
        self.timeline.set_step(step)
        self._ticks += 1
        playing = self.player.playing
        self._show_map_step()
        if not playing or self._ticks % CURVES_EVERY == 0:
            self._show_curves()
        if not playing or self._ticks % TABLE_EVERY == 0:
            self._show_standings()
        if not playing:
            self._ask_anatomy()
            self._say_state()

    def _show_step(self) -> None:
        """Everything that depends on the step and on the race."""
        self.timeline.set_step(self.player.step)
        self._show_map_step()
        self._show_curves()
        self._show_standings()
        self._ask_anatomy()
        self._say_state()

    def _show_map_step(self) -> None:
        shown, setup = self._shown(), self.runner.setup
        if shown is None or setup is None:
            self.map.show_race((), 0, ())
            return
        history, step = shown
        chosen = self.optimizers.chosen_name()
        paths = [history.path(racer) for racer in range(history.racers)]
        heads = [
            Head(entry.look, path[step][0], path[step][1], entry.racer.name == chosen)
            for entry, path in zip(setup.running, paths, strict=True)
        ]
        self.map.show_race(paths, step + 1, heads)

    def _show_curves(self) -> None:
        shown = self._shown()
        if shown is not None:
            self.curves.show_history(shown[0], self._reached + 1)
            self.curves.set_cursor(shown[1])

    def _show_standings(self) -> None:
        shown = self._shown()
        if shown is not None:
            self.standings.show_step(*shown)

    def _on_speed(self, speed: int) -> None:
        self.timeline.set_speed(speed)
        self.runner.follow(speed, hurry=self.player.waiting)

    def _on_waiting(self, waiting: bool) -> None:
        self.runner.follow(self.player.speed, hurry=waiting)

    def _on_step_wanted(self, step: int) -> None:
        self.player.pause()
        self.player.seek(step)

    def _on_playing(self, playing: bool) -> None:
        self.timeline.set_playing(playing)
        if playing:
            self.runner.forget_step()
            self.map.show_anatomy(None, np.zeros(2))
            self._say_state()
        else:
            self._show_step()

    # -- the vectors of the next step -------------------------------------------------------------

    def _on_racer_chosen(self, name: str) -> None:
        self._show_map_step()
        self._ask_anatomy()

    def _ask_anatomy(self) -> None:
        shown, setup = self._shown(), self.runner.setup
        names = [entry.racer.name for entry in setup.running] if setup is not None else []
        name = self.optimizers.chosen_name()
        if shown is None or setup is None or not self._show_arrows or self.player.playing:
            self.map.show_anatomy(None, np.zeros(2))
            return
        history, step = shown
        if name not in names or history.state(step)[names.index(name)] == DIVERGED:
            self.runner.forget_step()
            self.map.show_anatomy(None, np.zeros(2))
            return
        self.runner.split_step(setup.spec(), history.frames[step], names.index(name))

    def _on_anatomy(self, anatomy: Anatomy, frame: RaceFrame) -> None:
        shown, setup = self._shown(), self.runner.setup
        if shown is None or setup is None or self.player.playing or not self._show_arrows:
            return
        history, step = shown
        name = self.optimizers.chosen_name()
        for racer, entry in enumerate(setup.running):
            if entry.racer.name == name and history.frames[step] is frame:
                self.map.show_anatomy(anatomy, frame.position[racer], racer_title(entry))

    # -- the point under the cursor ---------------------------------------------------------------

    def _on_hovered(self, x: float, y: float) -> None:
        if self._started:
            self.runner.probe(self.setup, x, y)

    def _on_left(self) -> None:
        self.runner.forget_point()
        self.readout.emit("")

    def _on_point(self, figures: Figures) -> None:
        template = self.tr("x {x}   y {y}   f {f}   |∇f| {slope}   curvature {low} … {high}")
        self.readout.emit(probe.write(figures, template))

    # -- words -------------------------------------------------------------------------------------

    def _say_state(self) -> None:
        """The left of the status bar."""
        if self.player.playing:
            self.status.emit(self.tr("Racing"))
        elif self.player.total and self.player.step >= self.player.total:
            self.status.emit(self.tr("The race is over; Play starts it again"))
        elif self.player.step:
            self.status.emit(self.tr("Paused; arrow keys go step by step"))
        else:
            self.status.emit(self.tr("Ready; Space starts the race, drag the start to move it"))

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
