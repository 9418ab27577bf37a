"""What pictures, curves and standings show of the race at a step."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from gui.networks.tasks.history import PATH, FitHistory
from gui.networks.tasks.jobs import FitJobs
from gui.networks.tasks.pictures.panel import PicturesPanel
from gui.networks.tasks.setup import TaskSetup
from gui.networks.tasks.standings import FitStandings
from gui.racing.curves import Curves
from gui.racing.entries import racer_title
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player

PICTURES_EVERY, CURVES_EVERY, TABLE_EVERY = 2, 3, 6  # of the player's ticks


class Presenter(QObject):
    """Keeps everything in step with the player and with what is computed of the race.

    Signals:
        changed: the step, or whether it plays.
        grew: more of the race is computed.
        shown_frame: the frame whose nets are to be drawn.
    """

    changed = Signal()
    grew = Signal()
    shown_frame = Signal(object)

    def __init__(
        self,
        jobs: FitJobs,
        player: Player,
        pictures: PicturesPanel,
        curves: Curves,
        standings: FitStandings,
        optimizers: OptimizerTable,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._player = player
        self._pictures = pictures
        self._curves = curves
        self._standings = standings
        self._optimizers = optimizers
        self._reached = 0  # the curves go as far as the race was ever played
        self._ticks = 0
        self._fresh = False
        player.moved.connect(self._on_moved)
        player.playing_changed.connect(self._on_playing)
        player.speed_changed.connect(self._follow)
        player.waiting_changed.connect(self._follow)
        jobs.race_replaced.connect(self._on_race_replaced)
        jobs.race_grew.connect(self._on_race_grew)
        optimizers.chosen.connect(self._on_chosen)
        pictures.chosen.connect(self._on_picked)
        curves.step_wanted.connect(self.seek)

    # -- moving in time -------------------------------------------------------------------------

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

    def expect(self, setup: TaskSetup) -> None:
        """Another race begins to be computed; the old one stays until it has frames."""
        steps = setup.resolved().steps or 0
        self._player.set_race(steps)
        self._reached = min(self._reached, steps)

    # -- showing --------------------------------------------------------------------------------

    def shown(self) -> tuple[TaskSetup, FitHistory, int] | None:
        """The race on the screen and its step, which the engine may not have reached yet."""
        setup, history = self._jobs.setup, self._jobs.history
        if setup is None or history is None or not history.count:
            return None
        return setup, history, min(self._player.step, history.count - 1)

    def show_names(self) -> None:
        """Name and look of every racer, everywhere."""
        setup = self._jobs.setup
        if setup is None:
            return
        racers = [(racer_title(entry), entry.look) for entry in setup.running]
        self._pictures.set_task(setup.task(), setup.spec(), racers)
        keeps = [entry.racer.keeps_best for entry in setup.running]
        self._standings.set_racers(racers, keeps)
        self.show()

    def show(self) -> None:
        """Everything that depends on the step and on the race."""
        self._show_pictures()
        self._show_curves()
        self._show_standings()
        self.changed.emit()

    def _show_pictures(self) -> None:
        shown = self.shown()
        if shown is None:
            return
        _, history, step = shown
        frame = history.frames[step]
        self._pictures.show_frame(frame)
        paths = [history.series(PATH, racer) for racer in range(history.racers)]
        if all(path.ndim == 2 for path in paths):
            self._pictures.show_paths(paths, step)
        self.shown_frame.emit(frame)

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

    def _rate(self, shown: tuple[TaskSetup, FitHistory, int] | None) -> float | None:
        """The learning rate of the chosen racer's next update."""
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
        if self._ticks % PICTURES_EVERY == 0:
            self._show_pictures()
        if self._ticks % CURVES_EVERY == 0:
            self._show_curves()
        if self._ticks % TABLE_EVERY == 0:
            self._show_standings()

    def _on_playing(self, playing: bool) -> None:
        self._follow()
        self.show()

    def _follow(self) -> None:
        """Let the race be computed ahead of what is shown, and no faster."""
        player = self._player
        self._jobs.follow(player.speed, playing=player.playing, hurry=player.waiting)

    def _on_chosen(self, name: str) -> None:
        self._show_standings()

    def _on_picked(self, racer: int) -> None:
        """A racer was picked in the pictures: its settings are shown."""
        setup = self._jobs.setup
        if setup is not None and 0 <= racer < len(setup.running):
            self._optimizers.choose(setup.running[racer].racer.name)

    def _on_race_replaced(self) -> None:
        setup, history = self._jobs.setup, self._jobs.history
        if setup is not None and history is not None:
            self._fresh = True
            looks = [entry.look for entry in setup.running]
            self._curves.set_race(looks, history, setup.resolved().steps or 1)
            self.show_names()

    def _on_race_grew(self) -> None:
        history = self._jobs.history
        if history is None:
            return
        behind = self._player.step > self._player.available
        self._player.set_available(history.count - 1)
        # What is computed ahead of the step that is shown changes nothing on the screen.
        if self._fresh or behind:
            self._fresh = False
            self.show()
        self.grew.emit()
