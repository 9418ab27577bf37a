"""The tools of the map: armed by the row, the menu or a key, said on the map, left by Esc."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.descent.cross_section.controller import CUT
from gui.descent.map_tools.records import LENS, PAN, TOOLS
from gui.descent.workspace import DescentWorkspace
from gui.landscape.surface_switch import SurfaceSwitch
from tests.gui.descent.conftest import scene_point

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def descent(reused: DescentWorkspace) -> DescentWorkspace:
    reused.map_tools.leave()
    return reused


def drag(descent: DescentWorkspace, start: QPoint, end: QPoint) -> None:
    target = descent.map.viewport()
    QTest.mousePress(target, LEFT, pos=start)
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(target, start + (end - start) * share)
    QTest.mouseRelease(target, LEFT, pos=end)


def click(descent: DescentWorkspace, x: float, y: float) -> None:
    QTest.mouseClick(descent.map.viewport(), LEFT, pos=scene_point(descent.map, x, y))


def choose(descent: DescentWorkspace, name: str) -> None:
    QTest.mouseClick(descent.map_tools.bar.buttons[name], LEFT)


def test_each_tool_has_a_button_a_line_and_says_what_to_do(descent: DescentWorkspace) -> None:
    tools = descent.map_tools
    assert {f"descent.tool.{tool.name}" for tool in TOOLS} <= {
        action.id for action in descent.actions()
    }
    for tool in TOOLS[1:]:
        button = tools.bar.buttons[tool.name]
        assert button.isVisible() and not button.icon().isNull() and button.accessibleName()
        choose(descent, tool.name)
        assert tools.armed == tool.name and button.isChecked()
        assert tools.hint.isVisible() and tools.hint.text() == tool.hint
        assert descent.map.rect().contains(tools.hint.geometry())
        assert descent.map.view_box.cursor().shape() == tool.cursor
        QTest.keyClick(descent.map, Qt.Key.Key_Escape)
        assert tools.armed == PAN and not tools.hint.isVisible()
        assert not descent.map.view_box.hasCursor() and not button.isChecked()


def test_a_tool_is_armed_while_its_line_is_ticked(descent: DescentWorkspace) -> None:
    (action,) = (each for each in descent.actions() if each.id == "descent.tool.start")
    action.callback(True)
    assert descent.map_tools.armed == "start" and action.checked is not None and action.checked()
    action.callback(False)
    assert descent.map_tools.armed == PAN and descent.map_tools.bar.buttons[PAN].isChecked()


def test_the_start_is_placed_by_a_click_and_led_by_a_drag(descent: DescentWorkspace) -> None:
    choose(descent, "start")
    click(descent, 0.5, 2.0)
    pixel = descent.map.view_box.viewPixelSize()[0]
    assert descent.setup.start() == pytest.approx((0.5, 2.0), abs=pixel)
    view, changes = descent.map.visible_domain(), descent.store.stack.count()
    drag(descent, scene_point(descent.map, -1.0, 0.0), scene_point(descent.map, -0.5, 0.5))
    assert descent.setup.start() == pytest.approx((-0.5, 0.5), abs=pixel)
    assert descent.store.stack.count() == changes + 1 and descent.map.visible_domain() == view


def test_each_click_lets_one_more_start(descent: DescentWorkspace) -> None:
    descent.optimizers.choose("sgd")
    choose(descent, "copies")
    places = ((0.5, 2.0), (-0.5, 1.5), (0.0, 0.5))
    for x, y in places:
        click(descent, x, y)
    pixel = descent.map.view_box.viewPixelSize()[0]
    added = [entry.racer for entry in descent.setup.entries if entry.racer.name.startswith("sgd-")]
    assert len(added) == len(places)
    for racer, place in zip(added, places, strict=True):
        assert racer.start == pytest.approx(place, abs=pixel)


def test_a_line_is_drawn_and_its_cut_is_shown(descent: DescentWorkspace) -> None:
    view = descent.map.visible_domain()
    choose(descent, "cut")
    drag(descent, scene_point(descent.map, -1.0, 0.0), scene_point(descent.map, 1.0, 2.0))
    assert descent.panels.key == CUT and descent.map.visible_domain() == view
    pixel = descent.map.view_box.viewPixelSize()[0]
    for end, place in zip(descent.cross_section._ends(), ((-1.0, 0.0), (1.0, 2.0)), strict=True):
        assert end == pytest.approx(place, abs=pixel)


def test_the_lens_shows_what_is_under_the_cursor_larger(
    qtbot: QtBot, descent: DescentWorkspace
) -> None:
    choose(descent, LENS)
    lens, at = descent.map_tools.magnifier, scene_point(descent.map, -0.4, 2.2)
    QTest.mouseMove(descent.map.viewport(), at)
    qtbot.waitUntil(lens.isVisible)
    descent.map.look_at(0.0, 1.0)  # the lens goes along with the view
    QTest.mouseMove(descent.map.viewport(), at + QPoint(1, 0))
    magnified = lens.grab().toImage()
    assert QRect(at - QPoint(4, 4), at + QPoint(4, 4)).contains(lens.geometry().center())
    lens.hide()
    shown = descent.map.grab().toImage()
    center = QPointF(magnified.rect().center())
    for dx, dy in ((-60, 0), (50, 30), (0, -70)):
        here = magnified.pixelColor(int(center.x()) + dx, int(center.y()) + dy)
        there = shown.pixelColor(at + QPoint(1 + dx // 5, dy // 5))
        for one, other in zip(here.getRgb(), there.getRgb(), strict=True):
            assert abs(one - other) < 24
    QTest.keyClick(descent.map, Qt.Key.Key_Escape)
    QTest.mouseMove(descent.map.viewport(), at)
    assert not lens.isVisible()


def test_what_needs_the_map_is_not_offered_in_three_dimensions(
    descent: DescentWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(descent, "cut")
    monkeypatch.setattr(SurfaceSwitch, "shown", property(lambda _: True))
    descent.surface_switch.changed.emit(True)
    assert descent.map_tools.armed == PAN
    enabled = {tool.name: descent.map_tools.bar.buttons[tool.name].isEnabled() for tool in TOOLS}
    assert enabled == {tool.name: not tool.flat for tool in TOOLS}
    monkeypatch.undo()
    descent.surface_switch.changed.emit(False)
    assert all(button.isEnabled() for button in descent.map_tools.bar.buttons.values())


def test_in_the_lecture_hall_the_row_is_put_away(descent: DescentWorkspace) -> None:
    descent.set_lecture(True)
    assert not descent.map_tools.bar.isVisible()
    descent.set_lecture(False)
    assert descent.map_tools.bar.isVisible()
