"""Regression: fitted curves and examples in one plot."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gui import theme
from gui.networks.tasks.pictures.curves_picture import CurvesPicture
from tests.gui.networks.tasks.pictures import records
from tests.gui.networks.tasks.pictures.conftest import shown_panel


def color_at(picture: CurvesPicture, x: float, y: float) -> QColor:
    spot = picture.view.mapFromScene(picture.plot.box.mapViewToScene(QPointF(x, y)))
    return picture.view.grab().toImage().pixelColor(spot)


def test_a_curve_follows_its_net(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.NUMBERS, 1)
    picture = panel.picture
    assert isinstance(picture, CurvesPicture)
    ground = theme.current().color("panel")
    view = records.number_view(1)
    assert view.curve is not None
    for level in (-1.3, 1.3):
        view.curve[:] = level
        panel.show_view(view)
        assert color_at(picture, 0.5, level).lightness() > ground.lightness() + 80
        assert color_at(picture, 0.5, -level) == ground


def test_noisy_targets_stay_in_view(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.NUMBERS, 1)
    examples = records.number_examples()
    examples.targets[3] = 4.5
    panel.show_examples(examples)
    picture = panel.picture
    assert isinstance(picture, CurvesPicture)
    _, (low, high) = picture.plot.box.viewRange()
    assert low < -1.5 and high > 4.5


def test_names_have_their_losses(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.NUMBERS, 2)
    nothing = np.full(2, np.nan)
    panel.show_frame(records.frame(2, train_accuracy=nothing, test_accuracy=nothing))
    picture = panel.picture
    assert isinstance(picture, CurvesPicture)
    assert picture.key.texts() == ["SGD  loss 0.02", "Momentum  loss 0.04, converged"]


def test_many_names_take_several_lines(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.NUMBERS, 6)
    picture = panel.picture
    assert isinstance(picture, CurvesPicture)
    assert picture.key.heightForWidth(260) > 2 * picture.key.heightForWidth(2000)
