"""The lecture mode of the window: its chrome, its keys, and the way back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.lecture.headings import scenes
from gui.window import Window
from gui.workspaces import workspace_names


@pytest.fixture
def hall(window: Window, qtbot: QtBot) -> Iterator[Window]:
    """The window with Descent in front, for its keys."""
    window.show_workspace("descent")
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.lecture.set_shown(False)


def press(window: Window, qtbot: QtBot, key: Qt.Key) -> None:
    front = window.current()
    assert front is not None
    qtbot.keyClick(front.canvas() or front, key)


def chrome(window: Window) -> list[bool]:
    parts: list[QWidget] = [window.menuBar(), window.rail, window.statusBar()]
    return [part.isVisible() for part in parts]


def said(window: Window) -> str:
    found = window.findChild(QLabel, "lecture.caption")
    assert found is not None
    return found.text() if found.isVisible() else ""


def test_the_chrome_goes_and_comes_back_as_it_was(hall: Window, qtbot: QtBot) -> None:
    hall.statusBar().hide()  # as a person may have it
    before = chrome(hall)
    press(hall, qtbot, Qt.Key.Key_F5)
    assert hall.lecture.is_shown() and chrome(hall) == [False] * 3 and "PgDn" in said(hall)
    press(hall, qtbot, Qt.Key.Key_F5)
    assert chrome(hall) == before == [True, True, False] and not said(hall)
    press(hall, qtbot, Qt.Key.Key_F5)
    press(hall, qtbot, Qt.Key.Key_Escape)
    assert not hall.lecture.is_shown() and chrome(hall) == before


def test_keys_of_the_menus_work_without_the_menu_bar(hall: Window, qtbot: QtBot) -> None:
    hall.lecture.set_shown(True)
    control = Qt.KeyboardModifier.ControlModifier
    at = workspace_names().index("networks")
    front = hall.current()
    assert front is not None
    qtbot.keyClick(front.canvas() or front, Qt.Key(Qt.Key.Key_1 + at), control)
    assert hall.current_name == "networks"
    networks = hall.current()
    assert networks is not None and networks.findChild(QWidget, "networks.pages.bar").isHidden()
    hall.lecture.set_shown(False)
    assert not networks.findChild(QWidget, "networks.pages.bar").isHidden()


def test_page_down_leads_through_the_scenes_of_all_workspaces(hall: Window, qtbot: QtBot) -> None:
    order = list(scenes(workspace_names()))
    hall.lecture.set_shown(True)
    press(hall, qtbot, Qt.Key.Key_PageDown)
    first = [name for name, _ in order].index("descent")
    assert hall.lecture.inspect_state()["scene"] == f"descent.{order[first][1].name}"
    assert said(hall) == order[first][1].said()
    press(hall, qtbot, Qt.Key.Key_PageUp)
    assert first and hall.current_name == order[first - 1][0] != "descent"
    hall.rail.setFocus()  # wherever the focus is
    qtbot.keyClick(hall, Qt.Key.Key_PageDown)
    assert hall.current_name == "descent" and said(hall) == order[first][1].said()
    at = f"{first + 1} / {len(order)}"
    assert hall.findChild(QLabel, "lecture.place").text() == at
    caption = hall.findChild(QLabel, "descent.caption.label")
    assert not caption.isVisible(), "it is said once"
    hall.lecture.set_shown(False)
    assert caption.isVisible() and caption.text() == order[first][1].said()


def test_the_first_and_the_last_scene_are_the_ends(hall: Window) -> None:
    order = list(scenes(workspace_names()))
    name, scene = order[0]
    hall.open_scene(name, scene)
    hall.lecture.go(-1)
    assert hall.lecture.inspect_state()["scene"] == f"{name}.{scene.name}"


def test_b_blanks_until_the_next_key_and_space_plays(hall: Window, qtbot: QtBot) -> None:
    hall.lecture.set_shown(True)
    press(hall, qtbot, Qt.Key.Key_B)
    blank = hall.findChild(QWidget, "lecture.blank")
    assert blank is not None and blank.isVisible() and blank.size() == hall.size()
    press(hall, qtbot, Qt.Key.Key_PageDown)
    assert not blank.isVisible() and not hall.lecture.inspect_state()["scene"]
    hall.rail.setFocus()
    front = hall.current()
    assert front is not None
    playing = front.player.playing  # type: ignore[attr-defined]
    qtbot.keyClick(hall, Qt.Key.Key_Space)
    assert front.player.playing != playing  # type: ignore[attr-defined]
    qtbot.keyClick(hall, Qt.Key.Key_Space)
