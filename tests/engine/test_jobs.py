"""Jobs on a lane: nothing lost, prompt answers, errors carried, clean ends."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator

import pytest

from engine.jobs import SWITCH_INTERVAL_S, Job, Lane, State
from tests.deadlines import scaled

LIMIT_S = scaled(10)


@pytest.fixture
def lane() -> Iterator[Lane]:
    lane = Lane("test")
    yield lane
    assert lane.close(LIMIT_S), "the worker did not end"
    assert not any(thread.name == "test" for thread in threading.enumerate())


def count(limit: int | None = None) -> Iterator[int]:
    number = 0
    while limit is None or number < limit:
        yield number
        number += 1


def wait(lane: Lane, condition) -> None:
    """Wait until the lane's worker has made something true."""
    end = time.monotonic() + LIMIT_S
    with lane.changed:
        while not condition():
            assert time.monotonic() < end
            lane.changed.wait(0.001)  # a snapshot wakes nobody: its reader has a timer


def finish(lane: Lane, job: Job) -> None:
    wait(lane, lambda: job._state.final)


class Turns:
    """A generator whose every step waits for the test, so that nothing depends on time."""

    def __init__(self) -> None:
        self.go = threading.Semaphore(0)
        self.began = threading.Semaphore(0)
        self.closed = threading.Event()

    def __call__(self) -> Iterator[int]:
        try:
            for number in count():
                self.began.release()
                assert self.go.acquire(timeout=LIMIT_S)
                yield number
        finally:
            self.closed.set()


def test_take_gives_the_newest_and_every_increment(lane: Lane) -> None:
    job = lane.start(lambda: count(1000), increment=lambda number: number * 2)
    increments: list[int] = []
    newest = -1
    while not (taken := job.take()).state.final:
        increments.extend(taken.increments)
        if taken.newest is not None:
            assert taken.newest > newest
            newest = taken.newest
    increments.extend(taken.increments)
    assert taken.state is State.DONE
    assert increments == [number * 2 for number in range(1000)]
    assert (newest if taken.newest is None else taken.newest) == 999
    assert job.take().increments == ()


def test_twenty_thousand_updates_lose_nothing_while_they_are_read(lane: Lane) -> None:
    job = lane.start(lambda: count(20_000), increment=lambda number: number)
    seen: list[int] = []
    while True:
        taken = job.take()
        seen.extend(taken.increments)
        if taken.state.final:
            break
    assert seen == list(range(20_000))
    assert lane.jobs == []


def test_cancel_lets_a_job_make_at_most_the_step_that_it_is_in(lane: Lane) -> None:
    steps: list[int] = []
    closed = threading.Event()

    def endless() -> Iterator[int]:
        try:
            for number in count():
                steps.append(number)
                yield number
        finally:
            closed.set()

    job = lane.start(endless)
    wait(lane, lambda: job._newest is not None)
    job.cancel()
    made = len(steps)
    assert job.state is State.CANCELLED
    assert closed.wait(LIMIT_S)
    assert len(steps) <= made + 1


def test_cancel_during_a_step_drops_its_snapshot_and_runs_finally(lane: Lane) -> None:
    turns = Turns()
    job = lane.start(turns)
    assert turns.began.acquire(timeout=LIMIT_S)
    job.cancel()
    turns.go.release()
    assert turns.closed.wait(LIMIT_S)
    taken = job.take()
    assert (taken.newest, taken.state, taken.error) == (None, State.CANCELLED, None)


def test_cancel_before_the_first_step_never_makes_the_generator(lane: Lane) -> None:
    made = threading.Event()

    def make() -> Iterator[int]:
        made.set()
        return count()

    job = lane.start(make, paused=True)
    job.cancel()
    wait(lane, lambda: not lane.jobs)
    assert not made.is_set()


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(3), MemoryError()])
def test_an_error_is_carried_and_the_lane_goes_on(lane: Lane, error: BaseException) -> None:
    def fail() -> Iterator[int]:
        yield 1
        raise error

    job = lane.start(fail, increment=lambda number: number)
    finish(lane, job)
    taken = job.take()
    assert taken.state is State.FAILED and taken.error is error and taken.increments == (1,)
    after = lane.start(lambda: count(3))
    finish(lane, after)
    assert after.take().newest == 2


def test_an_error_of_make_or_increment_is_carried_too(lane: Lane) -> None:
    def make() -> Iterator[int]:
        raise KeyError("make")

    first = lane.start(make)
    second = lane.start(lambda: count(), increment=lambda number: 1 / number)
    finish(lane, first)
    finish(lane, second)
    assert isinstance(first.take().error, KeyError)
    assert isinstance(second.take().error, ZeroDivisionError)


def test_an_error_while_closing_is_carried_by_a_cancelled_job(lane: Lane) -> None:
    def stubborn() -> Iterator[int]:
        try:
            yield from count()
        finally:
            raise OSError("disk full")

    job = lane.start(stubborn)
    wait(lane, lambda: job._newest is not None)
    job.cancel()
    wait(lane, lambda: job not in lane.jobs)
    assert job.take().state is State.CANCELLED
    assert isinstance(job.take().error, OSError)


def test_pause_step_and_resume(lane: Lane) -> None:
    job = lane.start(lambda: count(), increment=lambda number: number, paused=True)
    assert job.state is State.PAUSED and job.take().newest is None
    job.step()
    wait(lane, lambda: len(job._increments) == 1)
    job.step(4)
    wait(lane, lambda: len(job._increments) == 5)
    wait(lane, lambda: job._steps == 0)
    assert job.take().increments == (0, 1, 2, 3, 4)
    job.resume()
    wait(lane, lambda: len(job._increments) > 10)
    job.pause()
    assert job.state is State.PAUSED
    job.step()  # a step asked for while the last one may still run
    wait(lane, lambda: job._steps == 0)
    before = job.take().increments[-1]
    job.step()
    wait(lane, lambda: job._increments and job._increments[-1] > before)


def test_several_jobs_share_a_lane_in_turn(lane: Lane) -> None:
    order: list[str] = []

    def make(name: str):
        def job() -> Iterator[int]:
            for number in range(5):
                order.append(name)
                yield number

        return job

    with lane.changed:  # both are queued before the worker looks
        jobs = [lane.start(make(name)) for name in "ab"]
    for job in jobs:
        finish(lane, job)
    assert order == list("ab") * 5


def test_a_paused_and_a_paced_job_do_not_hold_another_back(lane: Lane) -> None:
    paused = lane.start(lambda: count(), paused=True)
    paced = lane.start(lambda: count(), pace=0.001)
    wait(lane, lambda: paced._newest == 0)
    quick = lane.start(lambda: count(500))
    finish(lane, quick)
    assert quick.take().newest == 499
    assert paused.take().newest is None
    assert paced.take().newest == 0  # the second is due in 1000 s


def test_an_unpaced_job_does_not_hold_a_paced_one_back(lane: Lane) -> None:
    busy = lane.start(lambda: count())
    paced = lane.start(lambda: count(), pace=1000.0, increment=lambda number: number)
    wait(lane, lambda: len(paced._increments) >= 20)
    assert busy.take().newest > 20


def test_set_pace_wakes_a_slow_job(lane: Lane) -> None:
    job = lane.start(lambda: count(), pace=0.001)
    wait(lane, lambda: job._newest == 0)
    job.set_pace(None)
    wait(lane, lambda: job._newest is not None and job._newest > 5)


def test_a_pace_is_kept_from_the_first_snapshot_on(lane: Lane) -> None:
    began = time.monotonic()
    job = lane.start(lambda: count(11), pace=200.0)
    finish(lane, job)
    assert time.monotonic() - began >= 10 / 200 - 1 / 200


def test_the_switch_interval_is_short_only_while_something_runs() -> None:
    usual = sys.getswitchinterval()
    lane, turns = Lane("switch"), Turns()
    job = lane.start(turns)
    assert turns.began.acquire(timeout=LIMIT_S)
    assert sys.getswitchinterval() == pytest.approx(SWITCH_INTERVAL_S)
    job.pause()
    turns.go.release()
    wait(lane, lambda: sys.getswitchinterval() == pytest.approx(usual))
    assert lane.close(LIMIT_S)
    assert sys.getswitchinterval() == pytest.approx(usual)


def test_close_cancels_all_and_refuses_new_jobs() -> None:
    lane = Lane("closing")
    jobs = [lane.start(lambda: count()) for _ in range(3)]
    jobs.append(lane.start(lambda: count(), paused=True))
    assert lane.close(LIMIT_S)
    assert all(job.state is State.CANCELLED for job in jobs)
    assert lane.start(lambda: count()).state is State.CANCELLED
    assert lane.close(LIMIT_S)


def test_close_without_a_job_has_no_thread_to_wait_for() -> None:
    assert Lane("never used").close()


def test_close_gives_up_on_a_long_step() -> None:
    lane, turns = Lane("long"), Turns()
    lane.start(turns)
    assert turns.began.acquire(timeout=LIMIT_S)
    assert not lane.close(timeout_s=0.01)
    turns.go.release()
    assert lane.close(LIMIT_S)
