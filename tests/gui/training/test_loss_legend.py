"""The legend above the loss curves: all of it at any width."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui import i18n
from gui.training import loss_names
from gui.training.loss_legend import COLUMNS, Legend

NARROW = 332  # pixels that a window of 960 leaves to a page between form and runs


@pytest.fixture
def legend(qtbot: QtBot) -> Iterator[Legend]:
    place = QWidget()
    qtbot.addWidget(place)
    made = Legend(place)
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(made)
    column.addStretch(1)
    made.show_only(tuple(loss_names.TITLES))
    yield made


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("width", "least"), [(1400, COLUMNS), (NARROW, 2)])
def test_every_entry_is_whole_at_any_width(
    legend: Legend, qtbot: QtBot, language: str, width: int, least: int
) -> None:
    i18n.apply(language)
    assert legend.minimumSizeHint().width() <= NARROW
    legend.window().resize(width, 400)
    with qtbot.waitExposed(legend.window()):
        legend.window().show()
    boxes = [box for box in legend.findChildren(QCheckBox) if box.isVisible()]
    assert len(boxes) == len(loss_names.TITLES)
    for box in boxes:
        assert box.width() >= box.sizeHint().width(), box.text()
        assert box.geometry().right() <= legend.width(), box.text()
    beside = [box for box in boxes if box.y() == boxes[0].y()]
    assert least <= len(beside) <= COLUMNS
    i18n.apply("en")


def test_what_is_not_there_keeps_no_place(legend: Legend, qtbot: QtBot) -> None:
    legend.window().resize(1400, 400)
    with qtbot.waitExposed(legend.window()):
        legend.window().show()
    names = tuple(loss_names.TITLES)
    legend.show_only((names[0], names[-1]))
    boxes = [legend.findChild(QCheckBox, f"training.legend.{n}.check") for n in names]
    qtbot.waitUntil(lambda: boxes[-1].isVisible() and boxes[-1].y() == boxes[0].y())
    assert [box.isVisible() for box in boxes] == [True, *[False] * (len(names) - 2), True]
