"""The table of standings: names are whole first, then numbers, then the state."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from engine.optimizers.registry import OPTIMIZERS, racer_style
from gui.descent.race.history import RaceHistory
from gui.descent.race.standings import RaceStandings
from gui.racing.standings import LOSS, NAME, short_number
from tests.gui.racing.test_history import frame

RACERS = [(OPTIMIZERS[name].title, racer_style(name)) for name in ("momentum", "rmsprop", "adam")]
STATE = 2


@pytest.fixture
def standings(qtbot: QtBot) -> RaceStandings:
    made = RaceStandings("test")
    qtbot.addWidget(made)
    made.set_racers(RACERS)
    made.show()
    qtbot.waitExposed(made)
    return made


def history_of(losses: list[float], states: list[str]) -> RaceHistory:
    made = RaceHistory(3)
    made.extend([frame(step, losses, states) for step in range(3)])
    return made


def is_whole(standings: RaceStandings, row: int, column: int) -> bool:
    """Whether the text of a cell has the room that the style wants for it."""
    table = standings.table
    index = table.model().index(row, column)
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    table.itemDelegate().initStyleOption(option, index)
    option.rect = table.visualRect(index)
    place = table.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, table)
    text = table.item(row, column)
    assert text is not None
    margin = 2 * (table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
    return place.width() - margin >= table.fontMetrics().horizontalAdvance(text.text())


def written(standings: RaceStandings, row: int, column: int) -> str:
    item = standings.table.item(row, column)
    assert item is not None
    return item.text()


LOSSES, STATES = [0.00734, 0.0123, 99.6], ["running"] * 3


def test_with_room_all_is_whole(standings: RaceStandings) -> None:
    standings.resize(420, 200)
    standings.show_step(history_of(LOSSES, STATES), 1)
    assert [written(standings, row, LOSS) for row in range(3)] == ["0.00734", "0.0123", "99.6"]
    assert all(is_whole(standings, row, column) for row in range(3) for column in range(3))
    assert written(standings, 0, NAME) == "Momentum"


def test_with_little_room_numbers_lose_a_digit_and_names_nothing(
    standings: RaceStandings,
) -> None:
    standings.show_step(history_of(LOSSES, STATES), 1)
    for width in range(420, 150, -1):
        standings.resize(width, 200)
        if written(standings, 0, LOSS) != "0.00734":
            break
    assert [written(standings, row, LOSS) for row in range(3)] == ["0.0073", "0.012", "99.6"]
    assert all(is_whole(standings, row, column) for row in range(3) for column in range(3))
    standings.resize(420, 200)  # there is room again
    assert written(standings, 0, LOSS) == "0.00734"


def test_then_the_state_is_a_sign_and_told_in_a_tool_tip(standings: RaceStandings) -> None:
    standings.resize(230, 200)
    history = history_of(LOSSES, ["converged"] * 3)
    standings.show_step(history, 1)
    assert all(is_whole(standings, row, NAME) for row in range(3))
    assert all(is_whole(standings, row, LOSS) for row in range(3))
    assert is_whole(standings, 0, STATE)
    state = standings.table.item(0, STATE)
    assert state is not None and (state.text(), state.toolTip()) == ("✓ 0", "converged at 0")
    standings.resize(420, 200)
    assert state.text() == "converged at 0"


def test_a_name_longer_than_the_room_has_a_tool_tip(standings: RaceStandings) -> None:
    long = "A name that somebody gave " * 4
    standings.set_racers([(long, racer_style("sgd")), *RACERS[1:]])
    standings.resize(230, 200)
    standings.show_step(history_of(LOSSES, STATES), 1)
    first = standings.table.item(0, NAME)
    assert first is not None and first.toolTip() == long
    standings.set_racers(RACERS)
    standings.show_step(history_of(LOSSES, STATES), 1)
    assert first is not standings.table.item(0, NAME)
    first = standings.table.item(0, NAME)
    assert first is not None and first.toolTip() == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.00734, "0.0073"), (99.6, "99.6"), (123.4, "123"), (1.23e-9, "1.2e-9"), (5, "5")],
)
def test_numbers_are_shorter_and_no_power_takes_the_place_of_digits(
    value: float, text: str
) -> None:
    assert short_number(value, 2) == text
