"""Has the race computed, and again when what decides it is set otherwise."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.networks.tasks.editor import Editor
from gui.networks.tasks.jobs import FitJobs
from gui.networks.tasks.own_file import OwnBar, OwnFile
from gui.networks.tasks.presenter import FitPlayback
from gui.networks.tasks.setup import OWN, TaskSetup, TaskStore
from gui.racing.first_work import FirstWork
from gui.racing.player import Player


class RaceController(QObject):
    """Starts the race, or the question whether the user's file may run.

    Signals:
        first_work_done: once, when the first steps are computed.
        retried: what went wrong before is tried anew.
    """

    first_work_done = Signal()
    retried = Signal()

    def __init__(
        self,
        jobs: FitJobs,
        store: TaskStore,
        editor: Editor,
        player: Player,
        playback: FitPlayback,
        own_file: OwnFile,
        own_bar: OwnBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._store = store
        self._editor = editor
        self._player = player
        self._playback = playback
        self._own_file = own_file
        self._own_bar = own_bar
        self._started = False
        self._first_work = FirstWork(jobs, store, player, self)
        self._first_work.done.connect(self.first_work_done)
        store.changed.connect(self._on_changed)
        editor.settled.connect(self._start)
        playback.grew.connect(self._first_work.check)
        jobs.running_changed.connect(self._show_own)
        own_file.chosen.connect(self._on_chosen)
        own_file.allowed.connect(self._start)
        own_bar.run_wanted.connect(self._ask)
        own_bar.cancel_wanted.connect(jobs.cancel)

    def start(self) -> None:
        """The race computed as far as it goes; it waits for Play."""
        self._started = True
        self._start()

    def finish(self) -> None:
        """Show the first steps of the race without waiting for Play."""
        self._first_work.finish()

    def _on_changed(self, before: TaskSetup, after: TaskSetup) -> None:
        if (before.fit.task, before.fit.file) != (after.fit.task, after.fit.file):
            self._playback.reset()
        if before.spec() != after.spec() and self._started:
            self._start()

    def _start(self) -> None:
        """Compute what is set; the user's file only where it was allowed to run."""
        if not self._started:
            return
        setup = self._store.setup
        self.retried.emit()
        self._playback.expect(setup)
        if self._own_file.may_run(setup):
            shown = self._jobs.setup
            if setup.fit.task == OWN and (shown is None or shown.fit.file != setup.fit.file):
                # Its process takes seconds to begin: another task would be taken for it.
                self._jobs.clear(setup)
            needed = max(1, self._player.step) if self._editor.dragging else 0
            self._jobs.start(setup, needed=needed)
        else:
            self._jobs.clear(setup)
        self._show_own()

    def _show_own(self, _running: bool = False) -> None:
        setup = self._store.setup
        own = setup.fit.task == OWN
        running = own and self._jobs.running
        waiting = own and not running and not self._own_file.may_run(setup)
        self._own_bar.show_file(setup.fit.file or "", waiting=waiting, running=running)

    def _ask(self) -> None:
        self._own_file.ask_again(self._store.setup.fit.file or "")

    def _on_chosen(self, path: str) -> None:
        """A file that was allowed becomes the task; the same one again is run anew."""
        if (self._store.setup.fit.task, self._store.setup.fit.file) == (OWN, path):
            self._start()
        else:
            self._editor.choose_task(OWN, path)
