"""The list of pictures under hands: remove and undo, order, what the filter hides, badges."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QUndoStack
from pytestqt.qtbot import QtBot

from gui.bridge import Bridge
from gui.detection.jobs import LazyWorkbench
from gui.detection.pictures.badges import Badges
from gui.detection.pictures.controller import PicturesController
from gui.detection.pictures.file_model import Entry
from gui.detection.pictures.file_panel import FilePanel
from gui.detection.session import Session
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import save

NAMES = ("b 10.png", "a.png", "b 2.png", "c.png")


@pytest.fixture
def pictures(qtbot: QtBot, bridge: Bridge) -> PicturesController:
    """A list of files that are not there, which nobody opens."""
    panel = FilePanel(bridge)
    qtbot.addWidget(panel)
    made = PicturesController(bridge, Session(bridge, LazyWorkbench()), panel)
    panel.add([Entry(name, Path("/nowhere") / name) for name in NAMES])
    panel.choose(panel.model.entries[1])
    return made


def titles(pictures: PicturesController) -> list[str]:
    return [entry.title for entry in pictures.panel.model.entries]


def test_several_are_removed_and_come_back_where_they_were(pictures: PicturesController) -> None:
    panel, stack = pictures.panel, pictures.undo
    assert isinstance(stack, QUndoStack)
    rows = panel.view.selectionModel()
    for row in (1, 2):
        rows.select(panel.model.index(row), rows.SelectionFlag.Select)
    pictures.remove_selected()
    assert titles(pictures) == ["b 10.png", "c.png"]
    assert panel.current is panel.model.entries[1], "the next one is opened"
    panel.add([Entry("late.png")])
    assert "2" in stack.undoText()
    stack.undo()
    assert titles(pictures) == [*NAMES, "late.png"]
    assert panel.current is not None and panel.current.title == "a.png"
    pictures.clear()
    assert not titles(pictures) and panel.current is None and panel.position.text() == "0 / 0"
    stack.undo()
    assert titles(pictures) == [*NAMES, "late.png"]


def test_del_in_the_list_keeps_the_files(
    qtbot: QtBot, bridge: Bridge, pictures: PicturesController, tmp_path: Path
) -> None:
    file = save(tmp_path / "kept.png")
    panel = pictures.panel
    panel.add([entry := Entry(file.name, file)])
    panel.choose(entry)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    panel.view.setFocus()
    qtbot.waitUntil(panel.view.hasFocus)
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert titles(pictures) == list(NAMES) and file.is_file()
    qtbot.waitUntil(lambda: not bridge.busy())


def test_the_filter_says_what_it_hides_and_hides_nothing_new(
    qtbot: QtBot, pictures: PicturesController
) -> None:
    panel = pictures.panel
    panel.filter.setText("b")
    assert titles(pictures) == ["b 10.png", "b 2.png"]
    assert not panel.hidden.isHidden() and panel.hidden.text().startswith("2 ")
    panel.add([Entry("b new.png")])
    assert panel.filter.text() == "b" and len(titles(pictures)) == 3, "it passes"
    panel.add([Entry("dropped.png"), Entry("b too.png")])
    assert panel.filter.text() == "" and panel.hidden.isHidden()
    assert titles(pictures)[-2:] == ["dropped.png", "b too.png"]
    panel.filter.setText("b")
    qtbot.mouseClick(panel.hidden, Qt.MouseButton.LeftButton)
    assert len(titles(pictures)) == 7


def test_orders_keep_the_open_picture(pictures: PicturesController) -> None:
    panel = pictures.panel
    opened = panel.current
    told: list[Entry] = []
    panel.chosen.connect(told.append)
    panel.set_order("name")
    assert titles(pictures) == ["a.png", "b 2.png", "b 10.png", "c.png"]
    panel.set_badges(panel.model.everything[3], Badges(found=4, missed=1))
    panel.set_badges(panel.model.everything[2], Badges(found=9, judged=9, to_judge=9))
    panel.set_order("found")
    assert titles(pictures)[:2] == ["b 2.png", "c.png"]
    panel.set_order("missed")
    assert titles(pictures)[0] == "c.png"
    panel.set_order("unjudged")
    assert titles(pictures)[-1] == "b 2.png"
    panel.set_order("added")
    assert titles(pictures) == list(NAMES)
    assert panel.current is opened and not told, "nothing is opened anew"
    assert panel.view.currentIndex().row() == 1


def test_the_menu_removes_orders_and_counts(pictures: PicturesController) -> None:
    pictures.panel.view.selectAll()
    pictures.menu.menu.aboutToShow.emit()
    items = {action.objectName(): action for action in pictures.menu.menu.findChildren(QAction)}
    assert "4" in items["detection.files.remove.item"].text()
    items["detection.files.order.name"].trigger()
    assert titles(pictures)[0] == "a.png"
    items["detection.files.clear.item"].trigger()
    assert titles(pictures) == []


def test_the_list_says_how_many_were_found(detected: DetectionWorkspace) -> None:
    entry = detected.files.current
    assert entry is not None and entry.badges.found == len(detected.session.shown) > 0
    detected.thresholds.score.set_value(0.99)
    assert entry.badges.found == len(detected.session.shown)
    assert entry.badges.missed is None, "there is no ground truth"
