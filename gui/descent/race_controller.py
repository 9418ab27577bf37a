"""Has the map and the race computed, and again when what decides them is set otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.descent import setup as setups
from gui.descent.data_fit.example_controller import ExampleController
from gui.descent.editor import Editor
from gui.descent.presenter import RacePlayback
from gui.descent.preview.controller import PathPreviewController
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import Setup, SetupStore
from gui.landscape.map_view import MapView
from gui.racing.first_work import FirstWork
from gui.racing.player import Player

if TYPE_CHECKING:
    from engine.landscape import Landscape


class RaceController(QObject):
    """Starts the jobs of the map and of the race, and shows the map.

    Signals:
        updated: the map and the race of a changed setup are asked for.
        first_work_done: once, when the first map is final and the first steps are computed.
    """

    updated = Signal()
    first_work_done = Signal()

    def __init__(
        self,
        jobs: RaceJobs,
        store: SetupStore,
        editor: Editor,
        player: Player,
        playback: RacePlayback,
        map_view: MapView,
        examples: ExampleController,
        preview: PathPreviewController,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._store = store
        self._editor = editor
        self._player = player
        self._playback = playback
        self._map = map_view
        self._examples = examples
        self._preview = preview
        self._started = False
        self._final_map = False
        self._first_work = FirstWork(jobs, store, player, self, is_ready=self._has_final_map)
        self._first_work.done.connect(self.first_work_done)
        self._sketched = False
        store.changed.connect(self._on_changed)
        editor.settled.connect(self._on_settled)
        map_view.view_settled.connect(self._draw_map)
        examples.changed.connect(self._draw_map)
        jobs.map_ready.connect(self._on_map)
        jobs.race_replaced.connect(self._on_race_replaced)
        playback.grew.connect(self._first_work.check)
        map_view.set_home(setups.home_domain(store.setup))

    def start(self) -> None:
        """The landscape, and the race computed as far as it goes; it waits for Play."""
        self._started = True
        wanted = self._player.wanted  # a file that was opened before names its step
        self._draw_map()
        self._start_race()
        self._player.seek(wanted)

    def finish(self) -> None:
        """Show the first steps of the race without waiting for Play."""
        self._first_work.finish()

    def _on_changed(self, before: Setup, after: Setup) -> None:
        old, new = before.race, after.race
        other_surface = setups.landscape_key(before) != setups.landscape_key(after)
        if other_surface:
            # Nothing old under a new title.
            self._playback.forget()
            self._map.forget_landscape()
            self._map.set_home(setups.home_domain(after))
        if not self._started:
            return
        if other_surface or dict(old.parameters) != dict(new.parameters) or old.data != new.data:
            self._draw_map()
        if before.spec() != after.spec() and not self._preview.follow(before, after):
            self._start_race()
        self.updated.emit()

    def _draw_map(self) -> None:
        setup = self._store.setup
        domain, size = self._map.visible_domain(), self._map.pixel_size()
        if self._started and not self._examples.draw(setup, domain, size):
            self._sketched = self._editor.dragging
            draw = self._jobs.sketch_map if self._sketched else self._jobs.draw_map
            draw(setup, domain, size)

    def _on_settled(self) -> None:
        if self._sketched:
            self._draw_map()
        if self._preview.leading and not self._preview.let_go_of:
            self._start_race()

    def _start_race(self) -> None:
        setup = self._store.setup
        self._playback.expect(setup)
        needed = self._preview.let_go(setup)
        if self._editor.dragging:
            needed = max(1, self._player.step)
        self._jobs.start_race(setup, needed=needed)

    def _on_map(self, landscape: Landscape) -> None:
        self._map.show_landscape(landscape)
        self._final_map = landscape.final
        self._first_work.check()

    def _has_final_map(self) -> bool:
        return self._final_map

    def _on_race_replaced(self) -> None:
        if self._jobs.setup is not None and not self._jobs.setup.running:
            self._map.show_note(self.tr("Nobody races: tick an optimizer."))
