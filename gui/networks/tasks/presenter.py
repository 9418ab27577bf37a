"""What the pictures show of the race at a step, and how fast it is computed for that."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from engine.optimizers.looks import RacerStyle
from gui.networks.tasks.history import PATH, FitHistory
from gui.networks.tasks.jobs import LEAST_PLAYING, FitJobs
from gui.networks.tasks.pictures.panel import PicturesPanel
from gui.networks.tasks.setup import TaskSetup
from gui.racing.jobs import LEAST_PACE
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.playback import Playback, Rhythm
from gui.racing.player import Player

RHYTHM = Rhythm(pictures=2, curves=3, standings=6)

FitPlayback = Playback[TaskSetup, FitHistory]


class Presenter(QObject):
    """Keeps the pictures in step with the race, and the race ahead of the pictures."""

    def __init__(
        self,
        jobs: FitJobs,
        playback: FitPlayback,
        player: Player,
        pictures: PicturesPanel,
        optimizers: OptimizerTable,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._playback = playback
        self._player = player
        self._pictures = pictures
        self._optimizers = optimizers
        playback.named.connect(self._on_named)
        playback.pictures_due.connect(self._draw)
        player.playing_changed.connect(self._follow)
        player.speed_changed.connect(self._follow)
        player.waiting_changed.connect(self._follow)
        pictures.chosen.connect(self._on_picked)

    def _on_named(self, racers: Sequence[tuple[str, RacerStyle]]) -> None:
        setup = self._jobs.setup
        if setup is not None:
            self._pictures.set_task(setup.task(), setup.spec(), racers)

    def _draw(self) -> None:
        shown = self._playback.shown()
        if shown is None:
            return
        _, history, step = shown
        self._pictures.show_frame(history.frames[step])
        paths = [history.series(PATH, racer) for racer in range(history.racers)]
        if all(path.ndim == 2 for path in paths):
            self._pictures.show_paths(paths, step)

    def _follow(self, _: object) -> None:
        """Let the race be computed ahead of what is shown, and no faster."""
        player = self._player
        least = LEAST_PLAYING if player.playing else LEAST_PACE
        self._jobs.follow(player.speed, hurry=player.waiting, least=least)

    def _on_picked(self, racer: int) -> None:
        """A racer was picked in the pictures: its settings are shown."""
        setup = self._jobs.setup
        if setup is not None and 0 <= racer < len(setup.running):
            self._optimizers.choose(setup.running[racer].racer.name)
