"""Batches made ahead: in time, in order, and with their own errors."""

from __future__ import annotations

import threading

import pytest

from engine.training.batches_ahead import BatchesAhead
from tests.deadlines import scaled

LIMIT_S = scaled(10)


def test_the_next_batch_is_made_while_a_step_is_taken() -> None:
    made = [threading.Event() for _ in range(4)]

    def make(step: int) -> int:
        made[step].set()
        return 10 * step

    batches = BatchesAhead(make)
    assert batches.take(0, more=True) == 0
    assert made[1].wait(LIMIT_S), "nobody has asked for it yet"
    assert batches.take(1, more=True) == 10
    assert batches.take(2, more=False) == 20
    batches.close()
    assert not made[3].is_set(), "the last step has no next one"


def test_a_run_that_goes_on_elsewhere_has_the_batch_of_its_step() -> None:
    batches = BatchesAhead(lambda step: step)
    assert [batches.take(step, more=True) for step in (0, 1, 7, 8, 2)] == [0, 1, 7, 8, 2]
    batches.close()


def test_an_error_belongs_to_its_own_step() -> None:
    def make(step: int) -> int:
        if step == 1:
            raise ValueError("picture 1")
        return step

    batches = BatchesAhead(make)
    assert batches.take(0, more=True) == 0
    with pytest.raises(ValueError, match="picture 1"):
        batches.take(1, more=True)
    batches.close()


def test_closing_does_not_wait_for_a_picture() -> None:
    begun, go, ended = threading.Event(), threading.Event(), threading.Event()

    def make(step: int) -> int:
        if step == 1:
            begun.set()
            go.wait(LIMIT_S)
            ended.set()
        return step

    batches = BatchesAhead(make)
    batches.take(0, more=True)
    assert begun.wait(LIMIT_S)
    batches.close()
    assert not ended.is_set()
    go.set()
    assert ended.wait(LIMIT_S)
