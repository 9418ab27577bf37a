"""The step under the cursor of the curves: every racer's values, and where it was on the map."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui import number_text, theme
from gui.descent.workspace import DescentWorkspace
from gui.racing.axes.plot import Curve
from tests.gui.descent.conftest import scene_point


def place(descent: DescentWorkspace, plot: Curve, step: float) -> QPoint:
    """Where in the curves a step is, in the middle of a plot."""
    height = sum(plot.box.viewRange()[1]) / 2
    return descent.curves.mapFromScene(plot.box.mapViewToScene(QPointF(step, height)))


def point_at(descent: DescentWorkspace, plot: Curve, step: float) -> None:
    QTest.mouseMove(descent.curves.viewport(), place(descent, plot, step) + QPoint(2, 0))
    QTest.mouseMove(descent.curves.viewport(), place(descent, plot, step))


@pytest.mark.parametrize("plot", ["loss", "slope"])
def test_every_racer_tells_its_values_and_both_plots_and_the_map_show_where(
    qtbot: QtBot, reused: DescentWorkspace, plot: str
) -> None:
    reused.player.seek(50)
    curves, history = reused.curves, reused.jobs.history
    assert history is not None
    point_at(reused, getattr(curves, plot), 20)
    qtbot.waitUntil(curves.hover.plate.isVisible)
    step = curves.hover.step
    assert abs(step - 20) <= 1 and reused.player.step == 50
    said = curves.hover.plate.values
    assert said is not None and said.title == f"step {step}"
    assert [name for name, *_ in said.rows] == ["SGD", "Momentum", "Nesterov"]
    for racer, (_, look, numbers) in enumerate(said.rows):
        assert look == reused.setup.running[racer].look
        assert numbers == (
            number_text.write(float(history.loss(racer)[step]), digits=4),
            number_text.write(float(history.slope(racer)[step]), digits=4),
        )
    assert all(line.isVisible() and line.value() == step for line in curves.hover.lines)
    where = np.array([history.path(racer)[step] for racer in range(3)])
    np.testing.assert_array_equal(reused.step_marks.layer.points, where)
    last, picture = scene_point(reused.map, *where[2]), reused.map.grab().toImage()
    reach = range(-11, 12)
    shades = {picture.pixelColor(last + QPoint(dx, dy)).name() for dx in reach for dy in reach}
    assert theme.current().accent in shades
    QTest.mouseMove(curves.viewport(), QPoint(1, 1))
    assert not curves.hover.plate.isVisible() and not len(reused.step_marks.layer.points)
    assert not any(line.isVisible() for line in curves.hover.lines)


def test_of_a_step_that_is_not_drawn_nothing_is_said(
    qtbot: QtBot, reused: DescentWorkspace
) -> None:
    reused.player.seek(10)
    point_at(reused, reused.curves.loss, 40)
    assert reused.curves.hover.step == -1 and not reused.curves.hover.plate.isVisible()
    point_at(reused, reused.curves.loss, 5)
    qtbot.waitUntil(reused.curves.hover.plate.isVisible)
    reused.editor.choose_surface("quadratic")
    assert not reused.curves.hover.plate.isVisible() and not len(reused.step_marks.layer.points)
