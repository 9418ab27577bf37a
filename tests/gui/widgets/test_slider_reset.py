"""A double click on a slider brings its default back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

from engine.descent.surfaces.surface import Parameter
from gui.widgets.parameter_form import ParameterForm
from gui.widgets.slider_field import Threshold

LEFT = Qt.MouseButton.LeftButton


def test_of_a_threshold(qtbot: QtBot) -> None:
    threshold = Threshold("score", 0.5, minimum=0.05)
    qtbot.addWidget(threshold)
    threshold.set_value(0.9)
    with qtbot.waitSignal(threshold.changed) as told:
        QTest.mouseDClick(threshold.slider, LEFT)
    assert told.args == [0.5] and threshold.value() == 0.5 and threshold.slider.value() == 50


def test_of_a_surfaces_parameter(qtbot: QtBot) -> None:
    form = ParameterForm()
    qtbot.addWidget(form)
    facts = {"condition": Parameter(50, 1, 10_000, logarithmic=True, symbol="κ")}
    form.show_parameters(facts, {"condition": 900.0}, anew=True)
    slider = form.findChild(QSlider)
    with qtbot.waitSignal(form.changed) as told:
        QTest.mouseDClick(slider, LEFT)
    assert told.args == ["condition", 50, 3]
    assert "double click" in slider.toolTip()
