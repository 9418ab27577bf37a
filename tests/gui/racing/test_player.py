"""The playhead: it follows the clock, waits for the engine, and stops at the end."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.racing.player import SPEEDS, Player


class Clock:
    """A clock that goes when it is told."""

    def __init__(self) -> None:
        self.passed_ms = 0

    def start(self) -> None:
        self.passed_ms = 0

    def restart(self) -> int:
        passed, self.passed_ms = self.passed_ms, 0
        return passed


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def player(qtbot: QtBot, clock: Clock) -> Player:
    """At step 0 of 100, all computed, 50 steps a second."""
    made = Player()
    made._clock = clock  # type: ignore[assignment]
    made._timer.setInterval(10_000_000)  # ticks come by hand
    made.set_race(100)
    made.set_available(100)
    made.set_speed(50)
    return made


def advance(player: Player, clock: Clock, passed_ms: int) -> None:
    clock.passed_ms = passed_ms
    player.tick()


def test_it_follows_the_clock_not_the_ticks(player: Player, clock: Clock) -> None:
    player.play()
    advance(player, clock, 10)
    assert player.step == 0
    advance(player, clock, 30)
    assert player.step == 2
    advance(player, clock, 1000)
    assert player.step == 52
    player.pause()


def test_it_stops_at_the_end_and_begins_again(player: Player, clock: Clock) -> None:
    player.play()
    advance(player, clock, 60_000)
    assert player.step == 100 and not player.playing
    player.play()
    assert player.step == 0 and player.playing
    player.pause()


def test_it_waits_for_the_engine_and_never_goes_back(player: Player, clock: Clock) -> None:
    player.seek(40)
    player.play()
    player.set_race(100)  # a parameter has changed: nothing is computed yet
    advance(player, clock, 500)
    assert player.step == 40 and player.playing
    player.set_available(45)
    advance(player, clock, 500)
    assert player.step == 45
    player.pause()


def test_a_step_that_is_not_computed_is_shown_when_it_is(player: Player) -> None:
    waiting: list[bool] = []
    player.waiting_changed.connect(waiting.append)
    player.set_race(100)
    player.set_available(10)
    player.seek(30)
    assert player.step == 10 and player.waiting
    player.set_available(25)
    assert player.step == 25
    player.set_available(60)
    assert player.step == 30 and not player.waiting
    assert waiting == [True, False]


def test_keys_go_on_from_the_step_that_is_waited_for(player: Player) -> None:
    player.set_race(100)
    player.set_available(10)
    player.seek(30)
    for _ in range(6):
        player.move(1)
    player.move(-2)
    player.set_available(50)
    assert player.step == 34 and not player.waiting


def test_steps_stay_within_the_race(player: Player) -> None:
    player.move(-5)
    assert player.step == 0
    player.seek(10_000)
    assert player.step == 100
    player.set_race(20)
    assert player.step == 20


def test_speeds_have_ends(player: Player) -> None:
    player.change_speed(-100)
    assert player.speed == SPEEDS[0]
    player.change_speed(100)
    assert player.speed == SPEEDS[-1]
    player.set_speed(37)
    player.change_speed(1)
    assert player.speed == 100  # one above 50, the nearest


def test_nothing_to_play_does_not_play(qtbot: QtBot) -> None:
    player = Player()
    player.play()
    assert not player.playing
