"""The signals that ask a program to end, and the one that nohup takes away."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from engine.signals import asked_to_end

ALL = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in ALL}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", ALL)
def test_each_is_told_and_nothing_else_happens(number: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell has it for what it starts with &
    told: list[int] = []
    with asked_to_end(told.append):
        os.kill(os.getpid(), number)
    assert told == [number]
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_nohup_stays() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    told: list[int] = []
    with asked_to_end(told.append):
        os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGTERM)
    assert told == [signal.SIGTERM]
