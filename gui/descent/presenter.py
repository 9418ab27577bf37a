"""What map and timeline show of the race at a step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from engine.optimizers.looks import RacerStyle
from gui.descent.multi_start_layer import MultiStartLayer
from gui.descent.race.history import RaceHistory
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import Setup
from gui.landscape.head_markers import Head
from gui.landscape.map_view import MapView
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.playback import Playback, Rhythm
from gui.racing.player import Player
from gui.widgets.timeline import Timeline

RHYTHM = Rhythm(pictures=1, curves=2, standings=6)

RacePlayback = Playback[Setup, RaceHistory]


class Presenter(QObject):
    """Keeps map and timeline in step with the race, and lets it be played by the timeline."""

    def __init__(
        self,
        jobs: RaceJobs,
        playback: RacePlayback,
        player: Player,
        map_view: MapView,
        timeline: Timeline,
        optimizers: OptimizerTable,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._playback = playback
        self._player = player
        self._map = map_view
        self.further_starts = MultiStartLayer(map_view.view_box)
        map_view.add_layer(self.further_starts)
        self._timeline = timeline
        self._optimizers = optimizers
        self._hidden: int | None = None
        playback.named.connect(self._on_named)
        playback.pictures_due.connect(self._draw)
        playback.grew.connect(self._on_grew)
        player.playing_changed.connect(timeline.set_playing)
        player.speed_changed.connect(self._on_speed)
        player.waiting_changed.connect(self._on_waiting)
        optimizers.chosen.connect(self._on_chosen)
        timeline.play_pressed.connect(player.toggle)
        timeline.reset_pressed.connect(playback.reset)
        timeline.stepped.connect(player.move)
        timeline.sought.connect(playback.seek)
        timeline.speed_chosen.connect(player.set_speed)

    def hide(self, racer: int | None) -> None:
        """Leave a racer's trail and head to another layer; None: draw all."""
        if racer != self._hidden:
            self._hidden = racer
            self._map.trails.restart()
            self._draw()

    def _on_named(self, racers: Sequence[tuple[str, RacerStyle]]) -> None:
        self._map.set_racers(racers)

    def _draw(self) -> None:
        self._timeline.set_step(self._player.step)
        shown = self._playback.shown()
        if shown is None:
            self.further_starts.show_step(None, 0, (), ())
            self._map.show_race((), 0, ())
            return
        setup, history, step = shown
        chosen = self._optimizers.chosen_name()
        paths = [history.path(racer) for racer in range(history.racers)]
        heads = [
            Head(entry.look, path[step][0], path[step][1], entry.racer.name == chosen)
            for racer, (entry, path) in enumerate(zip(setup.running, paths, strict=True))
            if racer != self._hidden
        ]
        if self._hidden is not None:
            paths[self._hidden] = paths[self._hidden][:0]
        looks = [entry.look for entry in setup.running]
        keeps = [entry.racer.keeps_best for entry in setup.running]
        self.further_starts.show_step(history, step, looks, keeps)
        self._map.show_race(paths, step + 1, heads)

    def _on_grew(self) -> None:
        self._timeline.set_computed(self._player.available)

    def _on_speed(self, speed: int) -> None:
        self._timeline.set_speed(speed)
        self._jobs.follow(speed, hurry=self._player.waiting)

    def _on_waiting(self, waiting: bool) -> None:
        self._jobs.follow(self._player.speed, hurry=waiting)

    def _on_chosen(self, name: str) -> None:
        self._draw()
