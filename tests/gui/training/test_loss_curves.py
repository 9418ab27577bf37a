"""The curves of a training and the numbers above them."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from engine.training.spec import TrainFrame
from gui import number_text
from gui.training.loss_curves import Curves


def test_a_number_of_the_legend_is_the_mean_that_its_tip_names(qtbot: QtBot) -> None:
    curves = Curves()
    qtbot.addWidget(curves)
    curves.add(
        TrainFrame(step, 40, losses={"loss": float(step), "loss_mask": 1.0 / step})
        for step in range(1, 41)
    )
    label = curves.legend._values["loss_mask"]
    mean = sum(1.0 / step for step in range(16, 41)) / 25
    assert label.text() == number_text.write(mean, digits=3)
    assert "25" in label.toolTip()
