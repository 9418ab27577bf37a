"""Leads a racer's whole path while its settings are dragged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.descent.race.spec import RaceSpec
from gui.bridge import Bridge, NewestJob
from gui.descent.editor import Editor
from gui.descent.presenter import Presenter
from gui.descent.preview.layer import PathPreviewLayer
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import Setup
from gui.landscape.map_view import MapView
from gui.racing.jobs import LANE
from gui.racing.player import Player

if TYPE_CHECKING:
    from engine.descent.race.path import RacerPath

JOB, JOB_BEFORE, JOB_AHEAD = (f"descent.preview{part}" for part in ("", ".before", ".ahead"))
MOST_STEPS = 5000  # of a race that is waited for whole, before it replaces the preview


def lead_path(spec: RaceSpec, racer: int) -> Iterator[RacerPath | None]:
    """One racer's path, on the worker."""
    from engine.descent.race.path import racer_path

    return racer_path(spec, racer)


def prepare_path(spec: RaceSpec, racer: int) -> Iterator[None]:
    """Have its step compiled, on the worker."""
    from engine.descent.race.path import compile_path

    return compile_path(spec, racer)


class PathPreviewController(QObject):
    """While a racer's settings are dragged its path is computed alone, and seen whole at once.

    When it is let go the race is computed as ever, and what that says takes the place of the
    preview.
    """

    def __init__(
        self,
        bridge: Bridge,
        jobs: RaceJobs,
        editor: Editor,
        player: Player,
        presenter: Presenter,
        map_view: MapView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._job = NewestJob(bridge, LANE, JOB, answers=True)
        self._jobs = jobs
        self._editor = editor
        self._player = player
        self._presenter = presenter
        self.layer = PathPreviewLayer(map_view.view_box)
        map_view.add_layer(self.layer)
        self._racer: int | None = None  # that is led
        self._awaited: Setup | None = None  # the race that is to replace the preview
        jobs.race_grew.connect(self._on_grew)

    @property
    def leading(self) -> bool:
        """Whether a path is shown instead of the race's."""
        return self._racer is not None

    @property
    def let_go_of(self) -> bool:
        """Whether the race that will replace it is being computed."""
        return self._awaited is not None

    def follow(self, before: Setup, after: Setup) -> bool:
        """Lead the path of the racer that is dragged; says whether there is one."""
        racer = led_racer(before, after)
        if racer is None:
            self.cancel()
            return False
        if not self._editor.dragging:
            return False
        if racer != self._racer or self._awaited is not None:
            self._begin(racer, before)
        self._job.request(partial(lead_path, after.spec(), racer), on_snapshot=self._on_path)
        return True

    def prepare(self, name: str) -> None:
        """A racer's settings are likely to be dragged soon."""
        setup = self._editor.setup
        for place, entry in enumerate(setup.running):
            if entry.racer.name == name:
                make = partial(prepare_path, setup.spec(), place)
                self._bridge.start(LANE, JOB_AHEAD, make, on_error=self._on_unprepared)

    def _on_unprepared(self, error: Exception) -> None:
        """What is wrong with the race is said where it is run."""

    def let_go(self, setup: Setup) -> int:
        """The race of this setup is computed now; from which step on it may be shown, 0: any."""
        if self._racer is None:
            return 0
        self._awaited = setup
        return setup.steps if setup.steps <= MOST_STEPS else max(1, self._player.step)

    def cancel(self) -> None:
        """Show the race alone."""
        if self._racer is not None:
            self._racer, self._awaited = None, None
            self._job.cancel()
            self._bridge.cancel(JOB_BEFORE)
            self.layer.clear()
            self._presenter.hide(None)

    def _begin(self, racer: int, before: Setup) -> None:
        self._player.pause()
        self._racer, self._awaited = racer, None
        self.layer.begin(before.running[racer].look)
        history = self._jobs.history
        if history is not None and self._jobs.setup == before and history.count > before.steps:
            self.layer.show_before(history.path(racer).copy())
            return
        # The race has not come so far yet.
        make = partial(lead_path, before.spec(), racer)
        self._bridge.start(LANE, JOB_BEFORE, make, on_snapshot=self._on_path_before, answers=True)

    def _on_path(self, path: RacerPath) -> None:
        if self._racer is not None:
            self.layer.show_path(path.points)
            self._presenter.hide(self._racer)
            self._job.release()

    def _on_path_before(self, path: RacerPath) -> None:
        if path.final:
            self.layer.show_before(path.points[0])

    def _on_grew(self) -> None:
        """The race of what was dragged is there: whole, as the preview was."""
        if self._awaited is None or self._jobs.setup != self._awaited:
            return
        whole = self._player.available >= self._awaited.steps
        self.cancel()
        if whole:
            self._player.seek(self._player.total)


def led_racer(before: Setup, after: Setup) -> int | None:
    """The place of the one racer that runs with other settings; None where more has changed."""
    if before.race != after.race or len(before.running) != len(after.running):
        return None
    pairs = list(zip(before.running, after.running, strict=True))
    changed = [place for place, (old, new) in enumerate(pairs) if old != new]
    if len(changed) != 1:
        return None
    old, new = (entry.racer for entry in pairs[changed[0]])
    return changed[0] if replace(old, settings=new.settings) == new else None
