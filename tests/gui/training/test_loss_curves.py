"""The curves of a training and the numbers above them."""

from __future__ import annotations

import pytest
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
    weights = [0.9 ** (40 - step) for step in range(1, 41)]
    mean = sum(w / step for step, w in enumerate(weights, start=1)) / sum(weights)
    assert label.text() == number_text.write(mean, digits=3)
    assert "0.9" in label.toolTip()
    # What is drawn ends at what is told.
    _, drawn = curves._curves["loss_mask"].smooth.getOriginalDataset()
    assert drawn[-1] == pytest.approx(mean, rel=1e-12)


def test_each_phase_has_an_average_of_its_own(qtbot: QtBot) -> None:
    curves = Curves()
    qtbot.addWidget(curves)
    for phase, first, value in (("1-rpn", 1, 9.0), ("2-detector", 11, 1.0)):
        curves.add(
            TrainFrame(step, 20, phase, losses={"loss": value}) for step in range(first, first + 10)
        )
    _, drawn = curves._curves["loss"].smooth.getOriginalDataset()
    assert drawn[:10] == pytest.approx(9.0) and drawn[10:] == pytest.approx(1.0)
