"""What map, curves, table and timeline show of the race at a step."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from gui.descent.multi_start_layer import MultiStartLayer
from gui.descent.race.history import RaceHistory
from gui.descent.race.standings import RaceStandings
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import Setup
from gui.landscape.head_markers import Head
from gui.landscape.map_view import MapView
from gui.racing.curves import Curves
from gui.racing.entries import racer_title
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player
from gui.widgets.timeline import Timeline

CURVES_EVERY, TABLE_EVERY = 2, 6  # of the player's ticks


class Presenter(QObject):
    """Keeps the pictures in step with the player and with what is computed of the race.

    Signals:
        changed: the step, or whether it plays.
        grew: more of the race is computed.
    """

    changed = Signal()
    grew = Signal()

    def __init__(
        self,
        jobs: RaceJobs,
        player: Player,
        map_view: MapView,
        curves: Curves,
        standings: RaceStandings,
        timeline: Timeline,
        optimizers: OptimizerTable,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._player = player
        self._map = map_view
        self.further_starts = MultiStartLayer(map_view.view_box)
        map_view.add_layer(self.further_starts)
        self._curves = curves
        self._standings = standings
        self._timeline = timeline
        self._optimizers = optimizers
        self._reached = 0  # the curves go as far as the race was ever played
        self._ticks = 0
        self._fresh = False
        player.moved.connect(self._on_moved)
        player.playing_changed.connect(self._on_playing)
        player.speed_changed.connect(self._on_speed)
        player.waiting_changed.connect(self._on_waiting)
        jobs.race_replaced.connect(self._on_race_replaced)
        jobs.race_grew.connect(self._on_race_grew)
        optimizers.chosen.connect(self._on_chosen)
        timeline.play_pressed.connect(player.toggle)
        timeline.reset_pressed.connect(self.reset)
        timeline.stepped.connect(player.move)
        timeline.sought.connect(self.seek)
        timeline.speed_chosen.connect(player.set_speed)
        curves.step_wanted.connect(self.seek)

    # -- moving in time -------------------------------------------------------------------------

    @Slot()
    def reset(self) -> None:
        """Back to the start; the race is as it was before it was played."""
        self._player.pause()
        self._reached = 0
        self._player.seek(0)
        self.show()

    @Slot(int)
    def seek(self, step: int) -> None:
        """Pause and show a step."""
        self._player.pause()
        self._player.seek(step)

    def expect(self, setup: Setup) -> None:
        """Another race begins to be computed; the old one stays until it has frames."""
        steps = setup.race.steps
        self._player.set_race(steps)
        self._reached = min(self._reached, steps)

    # -- showing --------------------------------------------------------------------------------

    def show_names(self) -> None:
        """Name, marker and line of every racer."""
        setup = self._jobs.setup
        if setup is None:
            return
        racers = [(racer_title(entry), entry.look) for entry in setup.running]
        self._map.set_racers(racers)
        self._standings.set_racers(racers, keeping(setup))
        self.show()

    def show(self) -> None:
        """Everything that depends on the step and on the race."""
        self._timeline.set_step(self._player.step)
        self._show_map()
        self._show_curves()
        self._show_standings()
        self.changed.emit()

    def shown(self) -> tuple[Setup, RaceHistory, int] | None:
        """The race on the screen and its step, which the engine may not have reached yet."""
        setup, history = self._jobs.setup, self._jobs.history
        if setup is None or history is None or not history.count:
            return None
        return setup, history, min(self._player.step, history.count - 1)

    def _show_map(self) -> None:
        shown = self.shown()
        if shown is None:
            self.further_starts.show_step(None, 0, (), ())
            self._map.show_race((), 0, ())
            return
        setup, history, step = shown
        chosen = self._optimizers.chosen_name()
        paths = [history.path(racer) for racer in range(history.racers)]
        heads = [
            Head(entry.look, path[step][0], path[step][1], entry.racer.name == chosen)
            for entry, path in zip(setup.running, paths, strict=True)
        ]
        looks = [entry.look for entry in setup.running]
        self.further_starts.show_step(history, step, looks, keeping(setup))
        self._map.show_race(paths, step + 1, heads)

    def _show_curves(self) -> None:
        shown = self.shown()
        if shown is not None:
            _, history, step = shown
            self._curves.show_history(history, self._reached + 1)
            self._curves.set_cursor(step)

    def _show_standings(self) -> None:
        shown = self.shown()
        if shown is not None:
            self._standings.show_step(*shown[1:])
        self._optimizers.schedule_form.show_rate(self._rate(shown))

    def _rate(self, shown: tuple[Setup, RaceHistory, int] | None) -> float | None:
        """The learning rate of the chosen racer's next step."""
        name = self._optimizers.chosen_name()
        if shown is not None:
            setup, history, step = shown
            for racer, entry in enumerate(setup.running):
                if entry.racer.name == name:
                    return float(history.frames[step].rate[racer])
        return None

    # -- what happens ---------------------------------------------------------------------------

    def _on_moved(self, step: int) -> None:
        self._reached = max(self._reached, step)
        if not self._player.playing:
            self.show()
            return
        self._ticks += 1
        self._timeline.set_step(step)
        self._show_map()
        if self._ticks % CURVES_EVERY == 0:
            self._show_curves()
        if self._ticks % TABLE_EVERY == 0:
            self._show_standings()

    def _on_playing(self, playing: bool) -> None:
        self._timeline.set_playing(playing)
        self.show()

    def _on_speed(self, speed: int) -> None:
        self._timeline.set_speed(speed)
        self._jobs.follow(speed, hurry=self._player.waiting)

    def _on_waiting(self, waiting: bool) -> None:
        self._jobs.follow(self._player.speed, hurry=waiting)

    def _on_chosen(self, name: str) -> None:
        self._show_map()
        self._show_standings()

    def _on_race_replaced(self) -> None:
        setup, history = self._jobs.setup, self._jobs.history
        if setup is not None and history is not None:
            self._fresh = True
            looks = [entry.look for entry in setup.running]
            self._curves.set_race(looks, history, setup.race.steps)
            self.show_names()

    def _on_race_grew(self) -> None:
        history = self._jobs.history
        if history is None:
            return
        behind = self._player.step > self._player.available
        self._player.set_available(history.count - 1)
        self._timeline.set_computed(history.count - 1)
        # What is computed ahead of the step that is shown changes nothing on the screen.
        if self._fresh or behind:
            self._fresh = False
            self.show()
        self.grew.emit()


def keeping(setup: Setup) -> list[bool]:
    """Of each running racer whether its best point so far is marked."""
    return [entry.racer.keeps_best for entry in setup.running]
