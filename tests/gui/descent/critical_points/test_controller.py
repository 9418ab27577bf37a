"""Points without slope on the map and in the table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.descent.workspace import DescentWorkspace
from tests.gui.descent.conftest import WAIT_MS, has_final_map, scene_point


def wait_for_kinds(qtbot: QtBot, workspace: DescentWorkspace, kinds: tuple[str, ...]) -> None:
    def found() -> bool:
        points = workspace.critical.panel.points
        return points is not None and points.kind == kinds

    qtbot.waitUntil(found, timeout=WAIT_MS)


HIMMELBLAU = ("minimum",) * 4 + ("saddle",) * 4 + ("maximum",)


def test_they_are_marked_listed_and_put_away(qtbot: QtBot, racing: DescentWorkspace) -> None:
    racing.editor.choose_surface("himmelblau")
    racing.critical.set_shown(True)
    assert racing.panels.currentWidget() is racing.critical.panel
    wait_for_kinds(qtbot, racing, HIMMELBLAU)
    assert racing.map.inspect_state()["critical"] == list(HIMMELBLAU)
    assert racing.critical.panel.table.rowCount() == 9
    assert racing.critical.panel.summary.text().split() == [
        "minimum:", "4", "saddle:", "4", "maximum:", "1",
    ]  # fmt: skip
    racing.critical.set_shown(False)
    assert racing.map.inspect_state()["critical"] == []
    assert racing.panels.currentWidget() is racing.curves


def test_a_line_that_is_pressed_is_looked_at(qtbot: QtBot, racing: DescentWorkspace) -> None:
    racing.editor.choose_surface("himmelblau")
    racing.panels.show_panel("descent.critical")
    wait_for_kinds(qtbot, racing, HIMMELBLAU)
    table = racing.critical.panel.table
    cell = table.visualItemRect(table.item(1, 2))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    x, y = racing.critical.panel.points.place[1]
    middle = racing.map.view_box.viewRect().center()
    assert (middle.x(), middle.y()) == pytest.approx((x, y), abs=1e-6)
    assert racing.critical.layer.chosen == 1


def test_a_mark_that_is_pressed_is_found_in_the_table(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    qtbot.waitUntil(lambda: has_final_map(racing), timeout=WAIT_MS)
    racing.critical.set_shown(True)
    wait_for_kinds(qtbot, racing, ("minimum",))
    viewport = racing.map.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=scene_point(racing, 1.0, 1.0))
    assert racing.critical.panel.table.currentRow() == 0


def test_the_table_is_copied_in_full_and_in_one_notation(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    racing.critical.set_shown(True)
    wait_for_kinds(qtbot, racing, ("minimum",))
    QTest.mouseClick(racing.critical.panel.copy_button, Qt.MouseButton.LeftButton)
    head, line = QApplication.clipboard().text().strip().split("\n")
    assert head.split("\t") == ["kind", "x", "y", "loss", "eigenvalue_1", "eigenvalue_2"]
    kind, *values = line.split("\t")
    assert kind == "minimum"
    assert [float(value) for value in values] == pytest.approx(
        [1, 1, 0, 0.399361, 1001.6006], rel=1e-5, abs=1e-12
    )


def test_they_follow_another_ground(qtbot: QtBot, racing: DescentWorkspace) -> None:
    racing.critical.set_shown(True)
    racing.editor.choose_surface("monkey-saddle")
    wait_for_kinds(qtbot, racing, ("degenerate",))
    racing.editor.choose_surface("saddle")
    wait_for_kinds(qtbot, racing, ("saddle",))
