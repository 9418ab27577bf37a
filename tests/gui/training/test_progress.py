"""The figures of a run: all of them at any width."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.training.spec import TrainFrame
from gui.training.progress import COLUMNS, Meter, Progress, State

NARROW = 336  # pixels that a window of 960 leaves between form and runs
FRAME = TrainFrame(
    123456, 200000, losses={"loss": 1234.5678}, lr=1.2345e-5, seconds=0.5, pictures=4, memory=10**10
)


@pytest.fixture
def progress(qtbot: QtBot) -> Iterator[Progress]:
    place = QWidget()  # a window's middle: what lies in a layout may be narrower than its own
    qtbot.addWidget(place)
    made = Progress(place)
    QVBoxLayout(place).addWidget(made)
    place.layout().setContentsMargins(0, 0, 0, 0)
    meter = Meter()
    meter.state = State.RUNNING
    meter.add(FRAME)
    made.show_meter(meter)
    yield made


@pytest.mark.parametrize("width", [1400, 480, NARROW])
def test_every_figure_is_whole_at_any_width(progress: Progress, qtbot: QtBot, width: int) -> None:
    assert progress.minimumSizeHint().width() <= NARROW
    progress.window().resize(width, 160)
    with qtbot.waitExposed(progress.window()):
        progress.window().show()
    for name in Progress.FIELDS:
        figure = progress.findChild(QLabel, f"training.{name}")
        assert figure.width() >= figure.sizeHint().width(), name
        right = figure.mapTo(progress, figure.rect().topRight()).x()
        assert right <= progress.width(), name


def test_one_line_where_there_is_room(progress: Progress, qtbot: QtBot) -> None:
    with qtbot.waitExposed(progress.window()):
        progress.window().show()

    def lines() -> int:
        figures = (progress.findChild(QLabel, f"training.{name}") for name in Progress.FIELDS)
        return len({figure.mapTo(progress, figure.rect().topLeft()).y() for figure in figures})

    for width, expected in (
        (1400, 1),
        (NARROW, math.ceil(len(Progress.FIELDS) / COLUMNS[-1])),
        (1400, 1),
    ):
        progress.window().resize(width, 160)
        qtbot.waitUntil(lambda expected=expected: lines() == expected)
