"""Critical points on the map and in the table."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.descent.maps.critical_points import CriticalPoints
from gui.bridge import Bridge
from gui.descent.critical_points.controller import CURVES, CriticalPointsController
from gui.descent.editor import Editor
from gui.descent.setup import SetupStore
from gui.landscape.map_view import MapView
from gui.widgets.tab_panel import TabPanel
from tests.gui.descent.conftest import WAIT_MS, scene_point


@pytest.fixture
def critical_points(
    bridge: Bridge, store: SetupStore, map_view: MapView, panels: TabPanel
) -> CriticalPointsController:
    return CriticalPointsController(bridge, store, map_view, panels, map_view)


def wait_for_kinds(
    qtbot: QtBot, critical_points: CriticalPointsController, kinds: tuple[str, ...]
) -> None:
    def found() -> bool:
        points = critical_points.panel.points
        return points is not None and points.kind == kinds

    qtbot.waitUntil(found, timeout=WAIT_MS)


HIMMELBLAU = ("minimum",) * 4 + ("saddle",) * 4 + ("maximum",)


def test_they_are_marked_listed_and_put_away(
    qtbot: QtBot,
    editor: Editor,
    map_view: MapView,
    panels: TabPanel,
    critical_points: CriticalPointsController,
) -> None:
    editor.choose_surface("himmelblau")
    critical_points.set_shown(True)
    assert panels.currentWidget() is critical_points.panel
    wait_for_kinds(qtbot, critical_points, HIMMELBLAU)
    assert map_view.inspect_state()["critical"] == list(HIMMELBLAU)
    assert critical_points.panel.table.rowCount() == 9
    assert critical_points.panel.summary.text().split() == [
        "minimum:", "4", "saddle:", "4", "maximum:", "1",
    ]  # fmt: skip
    critical_points.set_shown(False)
    assert map_view.inspect_state()["critical"] == []
    assert panels.key == CURVES


def test_a_line_that_is_pressed_is_looked_at(
    qtbot: QtBot,
    editor: Editor,
    map_view: MapView,
    panels: TabPanel,
    critical_points: CriticalPointsController,
) -> None:
    editor.choose_surface("himmelblau")
    panels.show_panel("descent.critical")
    wait_for_kinds(qtbot, critical_points, HIMMELBLAU)
    table = critical_points.panel.table
    cell = table.visualItemRect(table.item(1, 2))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    x, y = critical_points.panel.points.place[1]
    middle = map_view.view_box.viewRect().center()
    assert (middle.x(), middle.y()) == pytest.approx((x, y), abs=1e-6)
    assert critical_points.layer.chosen == 1


def test_a_mark_that_is_pressed_is_found_in_the_table(
    qtbot: QtBot, map_view: MapView, critical_points: CriticalPointsController
) -> None:
    critical_points.set_shown(True)
    wait_for_kinds(qtbot, critical_points, ("minimum",))
    place = scene_point(map_view, 1.0, 1.0)
    QTest.mouseClick(map_view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert critical_points.panel.table.currentRow() == 0


def test_the_table_is_copied_in_full_and_in_one_notation(
    qtbot: QtBot, critical_points: CriticalPointsController
) -> None:
    critical_points.set_shown(True)
    wait_for_kinds(qtbot, critical_points, ("minimum",))
    QTest.mouseClick(critical_points.panel.copy_button, Qt.MouseButton.LeftButton)
    head, line = QApplication.clipboard().text().strip().split("\n")
    assert head.split("\t") == ["kind", "x", "y", "loss", "eigenvalue_1", "eigenvalue_2"]
    kind, *values = line.split("\t")
    assert kind == "minimum"
    assert [float(value) for value in values] == pytest.approx(
        [1, 1, 0, 0.399361, 1001.6006], rel=1e-5, abs=1e-12
    )


def test_they_follow_another_surface(
    qtbot: QtBot, editor: Editor, critical_points: CriticalPointsController
) -> None:
    critical_points.set_shown(True)
    editor.choose_surface("monkey-saddle")
    wait_for_kinds(qtbot, critical_points, ("degenerate",))
    editor.choose_surface("saddle")
    wait_for_kinds(qtbot, critical_points, ("saddle",))


def test_small_curvatures_keep_their_digits_and_a_cusp_has_none(
    qtbot: QtBot, critical_points: CriticalPointsController
) -> None:
    panel = critical_points.panel
    panel.show_points(
        CriticalPoints(
            place=np.array([[0.0, 0.0], [3.0, 8.0], [1.0, 1.0]]),
            loss=np.zeros(3),
            eigenvalues=np.array([[np.nan, np.nan], [-2.5e-20, 2.5e-20], [1e-18, 4.0]]),
            kind=("cusp", "saddle", "degenerate"),
        )
    )
    rows = [[panel.table.item(row, column).text() for column in (0, 4, 5)] for row in range(3)]
    assert rows == [
        ["minimum, no derivative", "–", "–"],
        ["saddle", "−2.5e-20", "2.5e-20"],
        ["degenerate", "0", "4"],
    ]
