"""What the status bar says of a training."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.training.evaluation.progress import Progress
from engine.training.spec import TrainFrame
from gui.training.progress import State
from gui.training.status_text import StatusText

BEGUN = TrainFrame(0, 16, "1-rpn")
RPN = TrainFrame(2, 16, "1-rpn", losses={"loss": 0.5})
DETECTOR = TrainFrame(6, 16, "2-detector", losses={"loss": 0.5})


@pytest.fixture
def text(qtbot: QtBot) -> StatusText:
    return StatusText(QObject())


def test_before_the_first_step_it_knows_how_many_there_are(text: StatusText) -> None:
    assert text.text(State.RUNNING, None, BEGUN) == "Training: step 0 of 16."
    assert text.text(State.PAUSED, None, BEGUN) == "Paused at step 0 of 16."
    assert text.text(State.STOPPED, None, BEGUN) == "Stopped before the first step."


def test_an_evaluation_that_was_asked_for_is_said(text: StatusText) -> None:
    said = text.text(State.RUNNING, DETECTOR, DETECTOR, asked=True)
    assert said == "Training: step 6 of 16. The evaluation follows the step at hand."
    said = text.text(State.RUNNING, RPN, RPN, asked=True)
    assert said == "Training: step 2 of 16. The evaluation waits: this step trains the RPN only."
    assert text.text(State.PAUSED, RPN, RPN, asked=True) == "Paused at step 2 of 16."


def test_what_is_measured_is_counted(text: StatusText) -> None:
    judging = TrainFrame(4, 16, judging=Progress(3, 20))
    said = text.text(State.EVALUATING, RPN, judging)
    assert said == "Evaluating held-out pictures: 3 of 20."
    proposing = TrainFrame(4, 16, "1-rpn", proposing=Progress(7, 20))
    said = text.text(State.EVALUATING, RPN, proposing)
    assert said == "Keeping the proposals of held-out pictures: 7 of 20."
    assert text.text(State.EVALUATING, RPN, RPN) == "Measuring on held-out pictures…"
