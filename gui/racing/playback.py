"""A race on the screen: which step of it is shown, and how far it was played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from gui.racing.curves import Curves
from gui.racing.entries import racer_title
from gui.racing.history import History
from gui.racing.jobs import RacingJobs
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player
from gui.racing.race_setup import RaceSetup
from gui.racing.standings import Standings

SomeSetup = TypeVar("SomeSetup", bound=RaceSetup)
SomeHistory = TypeVar("SomeHistory", bound=History[Any])


@dataclass(frozen=True)
class Rhythm:
    """After how many of the player's ticks pictures, curves and standings are drawn again."""

    pictures: int
    curves: int
    standings: int


class Playback(QObject, Generic[SomeSetup, SomeHistory]):
    """Keeps what is shown in step with the player and with what is computed of the race.

    Curves and standings it shows itself; pictures are the page's own.

    Signals:
        named: there are other racers: a pair of name and look of each.
        pictures_due: the pictures are to be drawn as they are at the step.
        changed: the step, or whether it plays; everything is shown.
        grew: more of the race is computed.
    """

    named = Signal(object)
    pictures_due = Signal()
    changed = Signal()
    grew = Signal()

    def __init__(
        self,
        jobs: RacingJobs[SomeSetup, SomeHistory],
        player: Player,
        curves: Curves,
        standings: Standings[SomeHistory],
        optimizers: OptimizerTable,
        rhythm: Rhythm,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._player = player
        self._curves = curves
        self._standings = standings
        self._optimizers = optimizers
        self._rhythm = rhythm
        self._reached = 0  # the curves go as far as the race was ever played
        self._ticks = 0
        self._fresh = False
        player.moved.connect(self._on_moved)
        player.playing_changed.connect(self._on_playing)
        jobs.race_replaced.connect(self._on_race_replaced)
        jobs.race_grew.connect(self._on_race_grew)
        optimizers.chosen.connect(self._on_chosen)
        curves.step_wanted.connect(self.seek)

    # -- moving in time -------------------------------------------------------------------------

    @Slot()
    def reset(self) -> None:
        """Back to the start; the race is as it was before it was played."""
        self._player.pause()
        self._reached = 0
        self._player.seek(0)
        self.show()

    def forget(self) -> None:
        """Show no race: the one that was computed is of something else than what is shown now."""
        self._jobs.forget()
        self._curves.forget()
        self._standings.forget()
        self.reset()

    @Slot(int)
    def seek(self, step: int) -> None:
        """Pause and show a step."""
        self._player.pause()
        self._player.seek(step)

    def expect(self, setup: SomeSetup) -> None:
        """Another race begins to be computed; the old one stays until it has frames."""
        self._player.set_race(setup.steps)
        self._reached = min(self._reached, setup.steps)

    # -- showing --------------------------------------------------------------------------------

    def shown(self) -> tuple[SomeSetup, SomeHistory, int] | None:
        """The race on the screen and its step, which the engine may not have reached yet."""
        setup, history = self._jobs.setup, self._jobs.history
        if setup is None or history is None or not history.count:
            return None
        return setup, history, min(self._player.step, history.count - 1)

    def show_names(self) -> None:
        """Name and look of every racer, everywhere."""
        if self._jobs.setup is not None:
            self._name_racers(self._jobs.setup)
            self.show()

    def _name_racers(self, setup: SomeSetup) -> None:
        racers = [(racer_title(entry), entry.look) for entry in setup.running]
        self.named.emit(racers)
        self._curves.name_racers([name for name, _ in racers])
        self._standings.set_racers(racers, [entry.racer.keeps_best for entry in setup.running])

    def show(self) -> None:
        """Everything that depends on the step and on the race."""
        self.pictures_due.emit()
        self._show_curves()
        self._show_standings()
        self.changed.emit()

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

    def _rate(self, shown: tuple[SomeSetup, SomeHistory, int] | None) -> float | None:
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
        if self._ticks % self._rhythm.pictures == 0:
            self.pictures_due.emit()
        if self._ticks % self._rhythm.curves == 0:
            self._show_curves()
        if self._ticks % self._rhythm.standings == 0:
            self._show_standings()

    def _on_playing(self, playing: bool) -> None:
        self.show()

    def _on_chosen(self, name: str) -> None:
        self._show_standings()

    def _on_race_replaced(self) -> None:
        setup, history = self._jobs.setup, self._jobs.history
        if setup is not None and history is not None:
            self._fresh = True
            looks = [entry.look for entry in setup.running]
            self._curves.set_race(looks, history, setup.steps or 1)
            self._name_racers(setup)
            if not history.count:  # else it is shown when its steps are told
                self.show()

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
