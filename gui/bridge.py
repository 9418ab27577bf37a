"""The only door between the window and the engine's worker threads.

A workspace hands over a job and bound methods; thirty times a second the window
empties every job's slot and calls them. In between it looks for answers: a picture
that was read, say, and that the network waits for. The workers touch no QObject.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.jobs import Job, Lane, State

LANES = ("descent", "inference", "training", "files", "network")
INTERVAL_MS = 33
LOOK_MS, LOOKS = 8, 4  # between two looks for answers; every fourth empties all slots
ANSWERING = ("inference", "files")  # lanes whose jobs end soon, with what the next one needs

Snapshot = Callable[[Any], None]


@dataclass(frozen=True, eq=False)
class Watch:
    """A job and the bound methods that want to hear of it."""

    job: Job
    answers: bool  # it ends soon, with what somebody waits for
    on_snapshot: Snapshot | None
    on_increments: Callable[[tuple[Any, ...]], None] | None
    on_done: Callable[[], None] | None
    on_error: Callable[[Exception], None] | None


class Bridge(QObject):
    """Starts jobs on the engine's lanes and reads them on the window's thread.

    Signals:
        failed: the exception of a job that was started without `on_error`.
        busy_changed: whether any job is being watched.
    """

    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {name: Lane(name) for name in LANES}
        self._watches: dict[str, Watch] = {}
        self._saving: list[Job] = []  # jobs whose end is to be waited for
        self._closing = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._looks = 0

    def start(
        self,
        lane: str,
        key: str,
        make: Callable[[], Iterator[Any]],
        *,
        on_snapshot: Snapshot | None = None,
        on_increments: Callable[[tuple[Any, ...]], None] | None = None,
        on_done: Callable[[], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        increment: Callable[[Any], Any] | None = None,
        pace: float | None = None,
        paused: bool = False,
        saves: bool = False,
        answers: bool = False,
    ) -> Job:
        """Start a job; the old job of this key is cancelled and forgotten first.

        Args:
            lane: one of `LANES`; jobs of a lane share its one thread in turn.
            key: names the job's purpose, such as "descent.race".
            make: gives the generator; called on the worker, where torch may be imported.
            on_snapshot: gets the newest unread snapshot.
            on_increments: gets what `increment` made of every snapshot, none lost.
            on_done: called once after the last snapshot; not after a cancel.
            on_error: gets the exception of a failed job; by default `failed` is emitted.
            increment: called on the worker for every snapshot.
            pace: snapshots per second at most.
            paused: wait for `Job.step` or `Job.resume`.
            saves: it saves work when it is cancelled, which must not be cut.
            answers: it ends soon and its end is looked for at once; always so in `ANSWERING`.
        """
        self.cancel(key)
        job = self._lanes[lane].start(make, increment=increment, pace=pace, paused=paused)
        self._saving = [each for each in self._saving if not each.ended]
        if saves:
            self._saving.append(job)
        if self._closing:
            return job
        was_busy = self.busy()
        answers = answers or lane in ANSWERING
        self._watches[key] = Watch(job, answers, on_snapshot, on_increments, on_done, on_error)
        interval_ms = LOOK_MS if answers else INTERVAL_MS
        if not self._timer.isActive() or interval_ms < self._timer.interval():
            self._timer.start(interval_ms)
        if not was_busy:
            self.busy_changed.emit(True)
        return job

    def job(self, key: str) -> Job | None:
        """The watched job of a key, if it has not ended."""
        watch = self._watches.get(key)
        return watch.job if watch else None

    def busy(self) -> bool:
        """Whether any job, paused ones included, has not ended."""
        return bool(self._watches)

    def cancel(self, key: str) -> None:
        """Cancel a key's job and forget it: none of its methods is called again."""
        watch = self._watches.pop(key, None)
        if watch is not None:
            watch.job.cancel()
            self._rest()

    def stop_saving_jobs(self) -> None:
        """Cancel the jobs that save work when they are cancelled."""
        for key, watch in list(self._watches.items()):
            if watch.job in self._saving:
                self.cancel(key)

    def is_saving(self) -> bool:
        """Whether work is not saved yet, of a job that runs or that was cancelled."""
        return not all(job.ended for job in self._saving)

    def close(self, timeout_s: float = 5.0) -> bool:
        """Refuse new jobs, cancel all, and wait for the workers up to a bound.

        Returns:
            True when every worker has ended.
        """
        self._closing = True
        self._timer.stop()
        for key in list(self._watches):
            self.cancel(key)
        # First tell every lane, then wait: the lanes wind down side by side.
        for lane in self._lanes.values():
            lane.close(0.0)
        deadline = time.monotonic() + timeout_s
        ended = [lane.close(max(0.0, deadline - time.monotonic())) for lane in self._lanes.values()]
        return all(ended)

    @Slot()
    def poll(self) -> None:
        """Empty every slot once and tell the listeners."""
        for key, watch in list(self._watches.items()):
            if self._watches.get(key) is watch:
                self._deliver(key, watch)
        self._rest()

    @Slot()
    def _look(self) -> None:
        """What has ended at once, the rest thirty times a second."""
        self._looks += 1
        if self._looks % LOOKS == 0 or self._timer.interval() == INTERVAL_MS:
            self.poll()
            awaited = any(watch.answers for watch in self._watches.values())
            interval_ms = LOOK_MS if awaited else INTERVAL_MS
            if interval_ms != self._timer.interval():
                self._timer.setInterval(interval_ms)
            return
        for key, watch in list(self._watches.items()):
            if self._watches.get(key) is watch and watch.job.state.final:
                self._deliver(key, watch)
        self._rest()

    def _deliver(self, key: str, watch: Watch) -> None:
        """Pass on one slot; a listener may start this key anew or cancel it meanwhile."""
        taken = watch.job.take()
        final = taken.state.final
        try:
            if taken.increments and watch.on_increments is not None:
                watch.on_increments(taken.increments)
            shown = taken.newest is not None and self._watches.get(key) is watch
            if shown and watch.on_snapshot is not None:
                watch.on_snapshot(taken.newest)
        finally:
            current = self._watches.get(key) is watch
            if final and current:
                del self._watches[key]
        if not (final and current):
            return
        if taken.state is State.FAILED and isinstance(taken.error, Exception):
            if watch.on_error is not None:
                watch.on_error(taken.error)
            else:
                self.failed.emit(taken.error)
        elif taken.state is State.DONE and watch.on_done is not None:
            watch.on_done()

    def _rest(self) -> None:
        """Without jobs there is nothing to poll: an idle window does not wake up."""
        if not self._watches and self._timer.isActive():
            self._timer.stop()
            self.busy_changed.emit(False)


def whole(snapshot: Any) -> Any:
    """As `increment` of a job: all of every snapshot is kept."""
    return snapshot


class NewestJob:
    """The requests of one key, coalesced: the newest runs when the one at work is done.

    Whatever is dragged asks for more than can be computed. The one at work is finished, so
    that something is always shown; of those that come meanwhile only the newest is run.
    """

    def __init__(self, bridge: Bridge, lane: str, key: str, *, answers: bool = False) -> None:
        """
        Args:
            lane: one of `LANES`.
            key: names the jobs' purpose; nothing else may start jobs of this key.
            answers: as in `Bridge.start`.
        """
        self._bridge = bridge
        self._lane = lane
        self._answers = answers
        self._key = key
        self._waiting: Callable[[], None] | None = None
        self._depends_on: object = None
        self._released = False

    @property
    def job(self) -> Job | None:
        """The job at work, if one is."""
        return self._bridge.job(self._key)

    def is_waiting(self) -> bool:
        """Whether a newer request waits; a job may ask this on its worker, to end early."""
        return self._waiting is not None

    def request(
        self,
        make: Callable[[], Iterator[Any]],
        *,
        on_snapshot: Snapshot | None = None,
        on_increments: Callable[[tuple[Any, ...]], None] | None = None,
        on_done: Callable[[], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        increment: Callable[[Any], Any] | None = None,
        pace: float | None = None,
        depends_on: object = None,
    ) -> bool:
        """Run this now, or when the one at work is done, unless a newer request comes.

        Args:
            depends_on: all that decides the answer; a request that depends on the same as
                the newest one is dropped. None is never dropped.

        The rest is as in `Bridge.start`; each request is told by its own methods.

        Returns:
            False where it was dropped.
        """
        if depends_on is not None and depends_on == self._depends_on:
            return False
        self._depends_on = depends_on
        start = partial(
            self._start,
            make,
            on_snapshot=on_snapshot,
            on_increments=on_increments,
            on_done=partial(self._on_done, on_done),
            on_error=partial(self._on_error, on_error),
            increment=increment,
            pace=pace,
        )
        if self.job is not None and not self._released:
            self._waiting = start
        else:
            start()
        return True

    def release(self) -> None:
        """The one at work has shown enough: a newer request now replaces it at once."""
        self._released = True
        self._start_waiting()

    def cancel(self) -> None:
        """Cancel the one at work and forget the one that waits; the next request runs at once."""
        self._waiting, self._depends_on = None, None
        self._bridge.cancel(self._key)

    def _start(self, make: Callable[[], Iterator[Any]], **told: Any) -> None:
        self._waiting, self._released = None, False
        self._bridge.start(self._lane, self._key, make, answers=self._answers, **told)

    def _start_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting()

    def _on_done(self, on_done: Callable[[], None] | None) -> None:
        if on_done is not None:
            on_done()
        self._start_waiting()

    def _on_error(self, on_error: Callable[[Exception], None] | None, error: Exception) -> None:
        if on_error is not None:
            on_error(error)
        else:
            self._bridge.failed.emit(error)
        self._start_waiting()
