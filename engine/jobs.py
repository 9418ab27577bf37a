"""Drive plain generators on background threads: pace, pause, step, cancel, error.

A job is a generator of frozen snapshots. A `Lane` is one worker thread that
advances its jobs in turn, one `next()` at a time, so a paused or slow-paced
race shares its lane with a map that is being computed. The worker leaves what
it got in the job's slot under a lock; the reader takes the newest snapshot
and every unread increment together. A job that only waits for another process
yields None meanwhile, which nobody reads. No Qt here, and no callbacks.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

# A worker in pure Python would hold the interpreter 5 ms at a time by default,
# which makes a 16 ms window tick stutter; measured 57 ms -> 25 ms at p99.
SWITCH_INTERVAL_S = 0.0005


class _SwitchInterval:
    """Shortens the interpreter's switch interval while any lane has work to do."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._busy = 0
        self._usual_s = 0.0

    def hold(self) -> None:
        with self._lock:
            if self._busy == 0:
                self._usual_s = sys.getswitchinterval()
                sys.setswitchinterval(SWITCH_INTERVAL_S)
            self._busy += 1

    def release(self) -> None:
        with self._lock:
            self._busy -= 1
            if self._busy == 0:
                sys.setswitchinterval(self._usual_s)


_switch_interval = _SwitchInterval()


class State(Enum):
    """Where a job is in its life; the last three are final."""

    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        return self not in (State.RUNNING, State.PAUSED)


@dataclass(frozen=True)
class Taken:
    """What a reader finds in a job's slot.

    Attributes:
        newest: the newest snapshot not read before, or None.
        increments: what `increment` made of every snapshot since the last take,
            in order; nothing is ever dropped.
        state: the job's state at that moment.
        error: the exception, when the state is FAILED.
    """

    newest: Any | None
    increments: tuple[Any, ...]
    state: State
    error: BaseException | None


class Job:
    """One generator on a lane. Every method may be called from any thread."""

    def __init__(
        self,
        lane: Lane,
        make: Callable[[], Iterator[Any]],
        increment: Callable[[Any], Any] | None,
        pace: float | None,
        paused: bool,
    ) -> None:
        self._lane = lane
        self._make = make
        self._increment = increment
        self._iterator: Iterator[Any] | None = None
        self._pace = pace
        self._due = 0.0
        self._steps = 0  # single steps owed while paused
        self._state = State.PAUSED if paused else State.RUNNING
        self._newest: Any | None = None
        self._increments: list[Any] = []
        self._error: BaseException | None = None

    @property
    def state(self) -> State:
        with self._lane.changed:
            return self._state

    @property
    def ended(self) -> bool:
        """Whether the worker is done with it: what its generator does at its end is done, too."""
        with self._lane.changed:
            return self._state.final and self not in self._lane.jobs

    def take(self) -> Taken:
        """Empty the slot: the newest unread snapshot and all unread increments."""
        with self._lane.changed:
            taken = Taken(self._newest, tuple(self._increments), self._state, self._error)
            self._newest = None
            self._increments.clear()
            return taken

    def pause(self) -> None:
        with self._lane.changed:
            if self._state is State.RUNNING:
                self._state = State.PAUSED

    def resume(self) -> None:
        with self._lane.changed:
            if self._state is State.PAUSED:
                self._state, self._steps, self._due = State.RUNNING, 0, 0.0
                self._lane.changed.notify_all()

    def step(self, count: int = 1) -> None:
        """Advance a paused job by `count` snapshots."""
        with self._lane.changed:
            if self._state is State.PAUSED:
                self._steps += count
                self._lane.changed.notify_all()

    def set_pace(self, snapshots_per_second: float | None) -> None:
        """Limit the job to a rate; None lets it run as fast as it can."""
        with self._lane.changed:
            self._pace, self._due = snapshots_per_second, 0.0
            self._lane.changed.notify_all()

    def cancel(self) -> None:
        """Stop pulling; the worker closes the generator, so its `finally` runs."""
        with self._lane.changed:
            if not self._state.final:
                self._state = State.CANCELLED
                self._lane.changed.notify_all()

    def _due_at(self) -> float | None:
        """When the job wants its next turn; None while it waits for its reader."""
        if self._state is State.CANCELLED or self._steps or self._pace is None:
            return 0.0 if self._state is not State.PAUSED or self._steps else None
        return self._due if self._state is State.RUNNING else None

    def _advance(self) -> None:
        """One turn on the worker, without the lock but to read and to publish."""
        if self.state is State.CANCELLED:
            self._close()
            return
        try:
            if self._iterator is None:
                self._iterator = self._make()
            snapshot = next(self._iterator)
            if snapshot is None:
                return  # in the middle of a long step: a cancel is heard before the next turn
            increment = None if self._increment is None else self._increment(snapshot)
        except StopIteration:
            self._finish(State.DONE)
        except BaseException as error:
            # Every failure is the reader's to show, an exit too.
            self._end_iterator()
            self._finish(State.FAILED, error)
        else:
            with self._lane.changed:
                if self._state is State.CANCELLED:
                    return
                self._newest = snapshot
                if self._increment is not None:
                    self._increments.append(increment)
                if self._steps:
                    self._steps -= 1
                if self._pace is not None:
                    # Catch up after a slow snapshot by at most one interval.
                    now, interval_s = time.monotonic(), 1 / self._pace
                    self._due = max((self._due or now) + interval_s, now - interval_s)

    def _close(self) -> None:
        self._finish(State.CANCELLED, self._end_iterator())

    def _end_iterator(self) -> BaseException | None:
        """Run the generator's `finally`, without the lock; gives what that raised."""
        close = getattr(self._iterator, "close", None)
        if close is not None:
            try:
                close()
            except BaseException as raised:
                return raised
        return None

    def _finish(self, state: State, error: BaseException | None = None) -> None:
        with self._lane.changed:
            self._state = state if self._state is not State.CANCELLED else State.CANCELLED
            self._error = error
            self._iterator = None
            self._lane.jobs.remove(self)
            self._lane.changed.notify_all()


class Lane:
    """One worker thread and the jobs that share it. The thread starts with the first job."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.changed = threading.Condition()
        self.jobs: list[Job] = []
        self._thread: threading.Thread | None = None
        self._closing = False

    def start(
        self,
        make: Callable[[], Iterator[Any]],
        *,
        increment: Callable[[Any], Any] | None = None,
        pace: float | None = None,
        paused: bool = False,
    ) -> Job:
        """Put a job on the lane.

        Args:
            make: gives the generator; called on the worker, so it may import torch.
            increment: what to keep of every snapshot, however slowly it is read.
            pace: snapshots per second at most; None for as fast as it can.
            paused: wait for `step` or `resume` before the first snapshot.
        """
        job = Job(self, make, increment, pace, paused)
        with self.changed:
            if self._closing:
                job._state = State.CANCELLED
                return job
            self.jobs.append(job)
            if self._thread is None:
                # A daemon: a job deep in a long kernel must not hold the exit back.
                self._thread = threading.Thread(target=self._work, name=self.name, daemon=True)
                self._thread.start()
            self.changed.notify_all()
        return job

    def close(self, timeout_s: float = 5.0) -> bool:
        """Cancel every job, refuse new ones, and wait for the worker.

        Returns:
            True when the worker has ended, False when it is still in a long step.
        """
        with self.changed:
            self._closing = True
            for job in self.jobs:
                if not job._state.final:
                    job._state = State.CANCELLED
            self.changed.notify_all()
            thread = self._thread
        if thread is None:
            return True
        thread.join(timeout_s)
        return not thread.is_alive()

    def _work(self) -> None:
        _switch_interval.hold()
        try:
            while (job := self._next_job()) is not None:
                job._advance()
        finally:
            _switch_interval.release()

    def _next_job(self) -> Job | None:
        """Wait for the next job in turn that is due; None when the lane closes."""
        with self.changed:
            while True:
                if self._closing and not self.jobs:
                    return None
                now = time.monotonic()
                wait_s: float | None = None
                for job in self.jobs:
                    due = job._due_at()
                    if due is None:
                        continue
                    if due <= now:
                        # To the back of the queue: every job gets its turn.
                        self.jobs.remove(job)
                        self.jobs.append(job)
                        return job
                    wait_s = due - now if wait_s is None else min(wait_s, due - now)
                if wait_s is not None:
                    self.changed.wait(wait_s)
                    continue
                _switch_interval.release()  # nothing runs until somebody asks
                try:
                    self.changed.wait()
                finally:
                    _switch_interval.hold()
