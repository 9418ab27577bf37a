"""Digits: what they are taken for, and the one that is drawn."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gui import theme
from gui.networks.tasks.pictures.digits.digits_picture import DigitsPicture
from gui.networks.tasks.pictures.digits.drawing_pad import CANVAS, DrawingPad
from gui.networks.tasks.pictures.panel import PicturesPanel
from tests.gui.networks.tasks.pictures import records
from tests.gui.networks.tasks.pictures.conftest import shown_panel


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[PicturesPanel]:
    yield shown_panel(qtbot, records.DIGITS, 2)


def digits(panel: PicturesPanel) -> DigitsPicture:
    assert isinstance(panel.picture, DigitsPicture)
    return panel.picture


def spot(pad: DrawingPad, x: float, y: float) -> QPoint:
    """Shares of the sheet, from the top left."""
    square = pad.square()
    return QPoint(
        round(square.left() + x * square.width()), round(square.top() + y * square.height())
    )


def draw(qtbot: QtBot, pad: DrawingPad, *places: tuple[float, float], right: bool = False) -> None:
    button = Qt.MouseButton.RightButton if right else Qt.MouseButton.LeftButton
    qtbot.mousePress(pad, button, pos=spot(pad, *places[0]))
    for place in places[1:]:
        qtbot.mouseMove(pad, spot(pad, *place))
    qtbot.mouseRelease(pad, button, pos=spot(pad, *places[-1]))


def test_wrong_ones_are_framed_and_crossed(panel: PicturesPanel) -> None:
    examples = records.digit_examples()
    panel.show_view(records.digit_view(2, examples))
    first, second = digits(panel).tiles
    truth = examples.test_targets[:40]
    expected = [k for k in range(0, 40, 10) if truth[k] != 3]
    assert first.wrong == [] and second.wrong == expected and expected
    error = theme.current().color("error").rgb()

    def inked(tile: object, place: int) -> int:
        assert tile in (first, second)
        cell = digits(panel).tiles[tile is second].cells()[place].adjusted(-1, -1, 1, 1).toRect()
        image = digits(panel).tiles[tile is second].grab(cell).toImage()
        return sum(
            image.pixel(x, y) == error for x in range(image.width()) for y in range(image.height())
        )

    place = expected[0]
    # The frame alone would have some four sides of pixels; inside it lies the cross.
    assert inked(second, place) > 60 and inked(first, place) == 0


def test_left_draws_and_right_erases(panel: PicturesPanel, qtbot: QtBot) -> None:
    pad = digits(panel).pad
    told: list[object] = []
    panel.drawn.connect(told.append)
    draw(qtbot, pad, (0.2, 0.5), (0.8, 0.5))
    canvas = told[-1]
    assert isinstance(canvas, np.ndarray) and canvas.shape == (CANVAS, CANVAS)
    middle = CANVAS // 2
    assert canvas[middle, middle] == 1.0 and canvas[middle, 2] == 0.0 and canvas[4, middle] == 0.0
    draw(qtbot, pad, (0.5, 0.5), right=True)
    canvas = told[-1]
    assert isinstance(canvas, np.ndarray)
    assert canvas[middle, middle] == 0.0 and canvas[middle, round(0.25 * CANVAS)] == 1.0
    digits(panel).clear.click()
    assert told[-1] is None and pad.empty


def test_the_keyboard_draws(panel: PicturesPanel, qtbot: QtBot) -> None:
    pad = digits(panel).pad
    qtbot.keyClick(pad, Qt.Key.Key_Left)
    assert pad.empty
    for _ in range(4):
        qtbot.keyClick(pad, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    rows, _ = np.nonzero(pad.canvas() > 0.5)
    assert rows.max() - rows.min() >= 16
    qtbot.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.empty


def test_answers_are_said_in_numbers_and_go_with_the_drawing(
    panel: PicturesPanel, qtbot: QtBot
) -> None:
    examples, picture = records.digit_examples(), digits(panel)
    panel.show_view(records.digit_view(2, examples))
    assert picture.bars.answers() == []  # nothing is drawn
    draw(qtbot, picture.pad, (0.2, 0.2), (0.8, 0.2), (0.4, 0.9))
    panel.show_view(records.digit_view(2, examples))
    assert picture.bars.answers() == ["7  91 %", "6  91 %"]
    assert picture.bars.accessibleDescription() == "SGD: 7  91 %; Momentum: 6  91 %"
    picture.clear.click()
    assert picture.bars.answers() == []


def test_only_as_many_digits_as_there_is_room_for(panel: PicturesPanel) -> None:
    panel.show_view(records.digit_view(2, records.digit_examples()))
    panel.resize(460, 240)
    for tile in digits(panel).tiles:
        cells = tile.cells()
        assert 0 < len(cells) <= 40
        assert all(tile.rect().contains(cell.toAlignedRect()) for cell in cells)
