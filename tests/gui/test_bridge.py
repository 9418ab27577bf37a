"""The door between workers and the window."""

from __future__ import annotations

import gc
import itertools
import threading
import weakref
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from pytestqt.qtbot import QtBot

from engine.errors import InputError
from engine.jobs import State
from gui.bridge import Bridge, NewestJob
from tests.deadlines import scaled

UPDATES = 20_000
LIMIT_S = scaled(10)


class Listener(QObject):
    """Keeps all that it hears."""

    heard = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.snapshots: list[Any] = []
        self.increments: list[Any] = []
        self.errors: list[Exception] = []
        self.done = 0
        self.threads: set[int] = set()

    def on_snapshot(self, snapshot: Any) -> None:
        self.threads.add(threading.get_ident())
        self.snapshots.append(snapshot)
        self.heard.emit()

    def on_increments(self, increments: tuple[Any, ...]) -> None:
        self.increments.extend(increments)

    def on_done(self) -> None:
        self.done += 1

    def on_error(self, error: Exception) -> None:
        self.errors.append(error)

    def is_done(self) -> bool:
        return self.done > 0

    def has_error(self) -> bool:
        return bool(self.errors)


def count(to: int) -> Iterator[int]:
    yield from range(to)


def fail() -> Iterator[int]:
    yield 1
    raise InputError("value.not_a_number", name="lr", value="abc")


def same(snapshot: int) -> int:
    return snapshot


@pytest.fixture
def listener() -> Listener:
    return Listener()


def make_20000() -> Iterator[int]:
    return count(UPDATES)


def test_poll_gives_newest_snapshot_and_every_increment(
    bridge: Bridge, listener: Listener, qtbot: QtBot
) -> None:
    bridge.start(
        "files",
        "count",
        make_20000,
        on_snapshot=listener.on_snapshot,
        on_increments=listener.on_increments,
        on_done=listener.on_done,
        increment=same,
    )
    qtbot.waitUntil(listener.is_done, timeout=30_000)
    assert listener.increments == list(range(UPDATES))
    assert listener.snapshots[-1] == UPDATES - 1
    assert listener.snapshots == sorted(listener.snapshots)
    assert len(listener.snapshots) < UPDATES / 10  # the newest wins, the others are passed by
    assert listener.threads == {threading.get_ident()}
    assert not bridge.busy()


def test_failed_job_tells_its_error_and_the_bridge_goes_on(
    bridge: Bridge, listener: Listener, qtbot: QtBot
) -> None:
    bridge.start("files", "a", fail, on_snapshot=listener.on_snapshot, on_error=listener.on_error)
    qtbot.waitUntil(listener.has_error)
    assert isinstance(listener.errors[0], InputError)
    bridge.start(
        "files", "a", make_20000, on_snapshot=listener.on_snapshot, on_done=listener.on_done
    )
    qtbot.waitUntil(listener.is_done, timeout=30_000)


def test_error_without_listener_is_emitted(
    bridge: Bridge, listener: Listener, qtbot: QtBot
) -> None:
    bridge.failed.connect(listener.on_error)
    with qtbot.waitSignal(bridge.failed):
        bridge.start("files", "a", fail, on_snapshot=listener.on_snapshot)
    assert listener.has_error()


def test_starting_a_key_anew_forgets_the_old_job(
    bridge: Bridge, listener: Listener, qtbot: QtBot
) -> None:
    old = Listener()
    bridge.start("files", "key", itertools.count, on_snapshot=old.on_snapshot)
    qtbot.waitSignal(old.heard).wait()
    heard = len(old.snapshots)
    bridge.start(
        "files", "key", make_20000, on_snapshot=listener.on_snapshot, on_done=listener.on_done
    )
    qtbot.waitUntil(listener.is_done, timeout=30_000)
    assert len(old.snapshots) == heard


def test_cancel_ends_a_job_after_its_step_and_nothing_more_is_heard(
    bridge: Bridge, listener: Listener, qtbot: QtBot
) -> None:
    steps: list[int] = []

    def endless() -> Iterator[int]:
        for number in itertools.count():
            steps.append(number)
            yield number

    job = bridge.start("files", "key", endless, on_snapshot=listener.on_snapshot)
    qtbot.waitSignal(listener.heard).wait()
    heard = len(listener.snapshots)
    bridge.cancel("key")
    made = len(steps)
    assert bridge.close(LIMIT_S)
    assert job.state is State.CANCELLED
    assert len(steps) <= made + 1
    QCoreApplication.processEvents()
    assert len(listener.snapshots) == heard


def test_close_refuses_new_jobs_and_ends_the_lanes(bridge: Bridge, listener: Listener) -> None:
    bridge.start("files", "key", itertools.count, on_snapshot=listener.on_snapshot)
    assert bridge.close(LIMIT_S)
    job = bridge.start("files", "key", itertools.count, on_snapshot=listener.on_snapshot)
    assert job.state is State.CANCELLED
    assert not bridge.busy()


def test_close_does_not_wait_for_ever_for_a_long_kernel(listener: Listener) -> None:
    bridge = Bridge()
    released, entered = threading.Event(), threading.Event()

    def kernel() -> Iterator[int]:
        entered.set()
        released.wait()
        yield 1

    bridge.start("files", "key", kernel, on_snapshot=listener.on_snapshot)
    assert entered.wait(LIMIT_S)
    assert not bridge.close(0.05)  # the window then leaves without it
    released.set()
    assert bridge.close(LIMIT_S)


def test_idle_bridge_does_not_wake_up(bridge: Bridge, listener: Listener, qtbot: QtBot) -> None:
    bridge.start("files", "key", make_20000, on_snapshot=listener.on_snapshot)
    bridge.cancel("key")
    timer = bridge.findChild(QTimer)
    assert timer is not None and not timer.isActive()


def test_20000_emits_neither_abort_nor_lose_one(listener: Listener) -> None:
    # PySide6 6.12.0 on Python 3.11 aborts here: each emit loses a reference to True.
    bridge = Bridge()
    seen: list[bool] = []
    bridge.busy_changed.connect(seen.append)
    for _ in range(UPDATES):
        bridge.busy_changed.emit(True)
    assert len(seen) == UPDATES
    assert bridge.close()


def test_listener_is_freed_when_its_job_has_ended(bridge: Bridge, qtbot: QtBot) -> None:
    listener = Listener()
    gone = weakref.ref(listener)
    bridge.start(
        "files", "key", make_20000, on_snapshot=listener.on_snapshot, on_done=listener.on_done
    )
    qtbot.waitUntil(listener.is_done, timeout=30_000)
    del listener
    QCoreApplication.processEvents()
    gc.collect()
    assert gone() is None


def test_an_answer_is_passed_on_before_the_stream_beside_it(
    bridge: Bridge, listener: Listener
) -> None:
    stream = Listener()
    streams = threading.Event()

    def race() -> Iterator[int]:
        for number in itertools.count():
            if number:
                streams.set()  # the one before is in the slot
            yield number

    endless = bridge.start("descent", "race", race, on_snapshot=stream.on_snapshot)
    answer = bridge.start(
        "files",
        "answer",
        lambda: count(3),
        on_snapshot=listener.on_snapshot,
        on_done=listener.on_done,
    )
    while not answer.state.final:
        pass
    assert streams.wait(LIMIT_S)
    bridge._looks = 0  # the slots were all emptied just now
    bridge._look()
    assert listener.snapshots == [2] and listener.done == 1
    assert not stream.snapshots
    for _ in range(3):
        bridge._look()
    assert len(stream.snapshots) == 1
    endless.cancel()


def answer(number: int, gate: threading.Event | None = None) -> Iterator[int]:
    """One number, once the gate is open."""
    if gate is not None:
        gate.wait()
    yield number


def test_only_the_newest_of_the_requests_in_between_is_run(
    bridge: Bridge, listener: Listener, qtbot: QtBot
) -> None:
    gate = threading.Event()
    newest = NewestJob(bridge, "files", "key")
    for number in range(5):
        newest.request(partial(answer, number, gate), on_snapshot=listener.on_snapshot)
    gate.set()
    qtbot.waitUntil(lambda: newest.job is None)
    assert listener.snapshots == [0, 4]


def test_each_request_is_told_by_its_own_methods(bridge: Bridge, qtbot: QtBot) -> None:
    gate, first, second = threading.Event(), Listener(), Listener()
    newest = NewestJob(bridge, "files", "key")
    for listener in (first, second):
        newest.request(
            partial(answer, 1, gate), on_snapshot=listener.on_snapshot, on_done=listener.on_done
        )
    gate.set()
    qtbot.waitUntil(second.is_done)
    assert first.snapshots == second.snapshots == [1]
    assert first.done == second.done == 1


def test_the_newest_request_runs_after_one_that_failed(
    bridge: Bridge, listener: Listener, qtbot: QtBot
) -> None:
    newest = NewestJob(bridge, "files", "key")
    newest.request(fail, on_snapshot=listener.on_snapshot, on_error=listener.on_error)
    newest.request(partial(answer, 7), on_snapshot=listener.on_snapshot, on_done=listener.on_done)
    qtbot.waitUntil(listener.is_done)
    assert listener.has_error() and listener.snapshots[-1] == 7
    bridge.failed.connect(listener.on_error)
    with qtbot.waitSignal(bridge.failed):
        newest.request(fail, on_snapshot=listener.on_snapshot)


def test_a_released_job_is_replaced_at_once(
    bridge: Bridge, listener: Listener, qtbot: QtBot
) -> None:
    newest = NewestJob(bridge, "files", "key")
    newest.request(itertools.count, on_snapshot=listener.on_snapshot)
    first = newest.job
    newest.request(partial(answer, -1), on_snapshot=listener.on_snapshot)
    assert newest.job is first
    newest.release()
    assert newest.job is not first
    newest.release()
    newest.request(partial(answer, -2), on_snapshot=listener.on_snapshot, on_done=listener.on_done)
    qtbot.waitUntil(listener.is_done)
    assert listener.snapshots == [-2]


def test_a_cancelled_request_runs_no_more_and_the_next_runs_at_once(
    bridge: Bridge, listener: Listener, qtbot: QtBot
) -> None:
    newest = NewestJob(bridge, "files", "key")
    newest.request(itertools.count, on_snapshot=listener.on_snapshot)
    newest.request(partial(answer, 1), on_snapshot=listener.on_snapshot)
    newest.cancel()
    assert newest.job is None
    newest.request(partial(answer, 2), on_snapshot=listener.on_snapshot, on_done=listener.on_done)
    qtbot.waitUntil(listener.is_done)
    assert listener.snapshots == [2]


def test_a_request_that_depends_on_the_same_is_dropped(
    bridge: Bridge, listener: Listener, qtbot: QtBot
) -> None:
    newest = NewestJob(bridge, "files", "key")

    def ask(depends_on: object) -> bool:
        return newest.request(
            partial(answer, 3),
            on_snapshot=listener.on_snapshot,
            on_done=listener.on_done,
            depends_on=depends_on,
        )

    assert ask("a")
    assert not ask("a")
    qtbot.waitUntil(lambda: newest.job is None)
    ask("a")
    assert newest.job is None and listener.done == 1
    ask("b")
    qtbot.waitUntil(lambda: listener.done == 2)
    newest.cancel()
    ask("b")
    qtbot.waitUntil(lambda: listener.done == 3)
