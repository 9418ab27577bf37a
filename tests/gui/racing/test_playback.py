"""What is shown of a race when it is played, sought, computed further and set anew."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.descent.race.spec import RaceFrame, RaceSpec
from engine.optimizers.racer import Racer
from gui.bridge import Bridge
from gui.descent.race.history import RaceHistory
from gui.descent.race.measures import MEASURES
from gui.descent.race.standings import RaceStandings
from gui.descent.setup import Setup, setup_of
from gui.racing.curves import Curves
from gui.racing.jobs import RacingJobs
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.playback import Playback, Rhythm
from gui.racing.player import Player
from tests.gui.racing.test_history import frame

SETUP = setup_of(RaceSpec(racers=(Racer("sgd"), Racer("momentum")), steps=20))


def frames(last: int) -> Iterator[RaceFrame]:
    """So many steps of which the second racer is always ahead."""
    for step in range(last + 1):
        yield frame(step, [9.0 - step, 8.0 - step], ["running"] * 2)


def tell(jobs: RacingJobs[Setup, RaceHistory], first: int, last: int) -> None:
    """More of the race is computed."""
    history = jobs.history
    assert history is not None
    history.extend(list(itertools.islice(frames(last), first, last + 1)))
    jobs.race_grew.emit()


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def jobs(bridge: Bridge, page: QWidget) -> RacingJobs[Setup, RaceHistory]:
    return RacingJobs(bridge, "test.race", page)


@pytest.fixture
def player(page: QWidget) -> Player:
    return Player(page)


@pytest.fixture
def playback(
    jobs: RacingJobs[Setup, RaceHistory], player: Player, page: QWidget
) -> Playback[Setup, RaceHistory]:
    """Of a race of 20 steps of which 10 are computed, at its beginning."""
    made: Playback[Setup, RaceHistory] = Playback(
        jobs,
        player,
        Curves("test", MEASURES, page),
        RaceStandings("test", page),
        OptimizerTable("test", page),
        Rhythm(pictures=2, curves=3, standings=6),
        page,
    )
    made.expect(SETUP)
    jobs.replace(SETUP, RaceHistory(2))
    tell(jobs, 0, 10)
    return made


@pytest.fixture
def standings(playback: Playback[Setup, RaceHistory], page: QWidget) -> RaceStandings:
    found = page.findChild(RaceStandings)
    assert found is not None
    return found


def leading_loss(standings: RaceStandings) -> str:
    item = standings.table.item(0, 1)
    assert item is not None
    return item.text()


def test_while_it_plays_each_part_is_drawn_in_its_own_rhythm(
    playback: Playback[Setup, RaceHistory],
    player: Player,
    standings: RaceStandings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[int] = []
    playback.pictures_due.connect(lambda: drawn.append(player.step))
    monkeypatch.setattr(Player, "playing", property(lambda self: True))
    told = []
    for step in range(1, 8):
        player.seek(step)
        told.append(leading_loss(standings))
    assert drawn == [2, 4, 6]
    assert told == ["8"] * 5 + ["2"] * 2


def test_what_is_sought_is_all_shown_at_once(
    playback: Playback[Setup, RaceHistory], player: Player, standings: RaceStandings
) -> None:
    drawn: list[int] = []
    playback.pictures_due.connect(lambda: drawn.append(player.step))
    playback.seek(5)
    assert drawn == [5] and leading_loss(standings) == "3"
    shown = playback.shown()
    assert shown is not None and shown[0] is SETUP and shown[2] == 5


def test_what_is_computed_ahead_draws_nothing_until_it_was_waited_for(
    playback: Playback[Setup, RaceHistory],
    jobs: RacingJobs[Setup, RaceHistory],
    player: Player,
    standings: RaceStandings,
) -> None:
    drawn: list[int] = []
    playback.pictures_due.connect(lambda: drawn.append(player.step))
    playback.seek(3)
    tell(jobs, 11, 14)
    assert drawn == [3] and player.available == 14
    playback.seek(18)  # not computed yet
    assert drawn == [3, 14]
    tell(jobs, 15, 20)
    assert drawn[-1] == 18 and leading_loss(standings) == "−10"


def test_curves_reach_as_far_as_the_race_was_ever_played(
    playback: Playback[Setup, RaceHistory], monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[int] = []
    monkeypatch.setattr(Curves, "show_history", lambda self, history, count: counts.append(count))
    playback.seek(8)
    playback.seek(2)
    playback.reset()
    assert counts == [9, 9, 1, 1]
