"""The main window: workspaces, menus, languages, themes, errors, memory."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QMenu,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine.errors import InputError
from engine.specs import to_json
from engine.training.spec import TrainSpec
from gui import app, theme
from gui.lecture import headings
from gui.settings import Settings
from gui.widgets.banner import Banner
from gui.window import Window
from gui.window_actions import RECENT
from gui.workspaces import workspace_names

ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_-]+)+")


def button(window: Window, name: str) -> QToolButton:
    found = window.findChild(QToolButton, f"workspace.{name}.button")
    assert found is not None
    return found


def menu_texts(window: Window) -> list[str]:
    return [action.text().replace("&", "") for action in window.menuBar().actions()]


def test_rail_switches_workspaces(window: Window, qtbot: QtBot) -> None:
    window.show()
    for name in workspace_names():
        qtbot.mouseClick(button(window, name), Qt.MouseButton.LeftButton)
        assert window.current_name == name
        assert button(window, name).isChecked()
        assert window.current() is not None and window.current().isVisible()


def test_number_keys_switch_workspaces(window: Window, qtbot: QtBot) -> None:
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    for index, name in reversed(list(enumerate(workspace_names()))):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + index), Qt.KeyboardModifier.ControlModifier)
        assert window.current_name == name


def test_language_is_switched_live_and_remembered(
    window: Window, settings: Settings, qtbot: QtBot
) -> None:
    window.show()
    assert menu_texts(window)[0] == "File"
    window.set_language("ru")
    qtbot.waitUntil(lambda: menu_texts(window)[0] == "Файл")
    assert button(window, "training").text() == "Обучение"
    assert Settings().text("view/language") == "ru"
    window.set_language("en")
    qtbot.waitUntil(lambda: menu_texts(window)[0] == "File")
    assert button(window, "training").text() == "Training"


def test_theme_is_switched_live_and_remembered(window: Window, qapp: QApplication) -> None:
    window.show()
    window.set_theme(theme.Mode.LIGHT)
    assert qapp.palette().window().color().lightness() > 200
    assert Settings().text("view/theme") == "light"
    window.set_theme(theme.Mode.DARK)
    assert qapp.palette().window().color().lightness() < 60


def test_error_is_a_sentence_that_can_be_dismissed(window: Window, qtbot: QtBot) -> None:
    window.show()
    window.show_error(InputError("value.not_a_number", name="lr", value="abc"))
    banner = window.findChild(Banner)
    assert banner is not None and banner.isVisible()
    assert banner.text() == "lr: 'abc' is not a number."
    close = window.findChild(QToolButton, "banner.close.button")
    assert close is not None
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_what_one_workspace_says_does_not_stay_into_another(window: Window) -> None:
    window.show()
    window.show_workspace("detection")
    window.workspace("detection").error.emit(InputError("file.missing", path="weights.pth"))
    assert window.banner.isVisible()
    window.show_workspace("training")
    assert not window.banner.isVisible()
    window.show_workspace("detection")  # nobody has dismissed it
    assert window.banner.isVisible() and "weights.pth" in window.banner.text()
    window.banner.dismiss()
    window.show_workspace("training")
    window.show_workspace("detection")
    assert not window.banner.isVisible()


def test_error_is_retranslated(window: Window, qtbot: QtBot) -> None:
    window.show_error(InputError("value.not_a_number", name="lr", value="abc"))
    english = window.banner.text()
    window.set_language("ru")
    qtbot.waitUntil(lambda: window.banner.text() != english)
    assert "abc" in window.banner.text()


def test_missing_and_strange_files_are_named(window: Window, tmp_path: Path) -> None:
    window.commands.open([tmp_path / "nothing.png"])
    assert "nothing.png" in window.banner.text()
    strange = tmp_path / "strange.json"
    strange.write_text("{}", encoding="utf-8")
    window.commands.open([strange])
    assert "strange.json" in window.banner.text()


def dragged(data: QMimeData) -> QDragEnterEvent:
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, modifiers)


def test_files_over_the_window_are_named_before_they_are_dropped(
    window: Window, tmp_path: Path
) -> None:
    window.show()
    hint = window.findChild(QWidget, "window.drop_hint")
    sentence = window.findChild(QLabel, "window.drop_hint.text")
    assert isinstance(hint, QWidget) and isinstance(sentence, QLabel)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("cat.png", "dog.png")])
    event = dragged(data)
    window.dragEnterEvent(event)
    assert event.isAccepted() and hint.isVisible()
    assert sentence.text() == "Drop to open cat.png and 1 more"
    window.dragLeaveEvent(QDragLeaveEvent())
    assert not hint.isVisible()
    data.setUrls([QUrl("https://example.org/cat.png")])
    event = dragged(data)
    event.ignore()
    window.dragEnterEvent(event)
    assert not event.isAccepted() and not hint.isVisible()


def test_drop_routes_a_training_spec_to_training(window: Window, tmp_path: Path) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text(to_json(TrainSpec(data="shapes", steps=77)), encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(spec))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    assert window.current_name == "training"
    assert window.current().form.spec().steps == 77  # type: ignore[union-attr]
    assert Settings().recent() == [spec]


def test_recent_greys_what_is_missing(window: Window, tmp_path: Path) -> None:
    there, gone = tmp_path / "there.json", tmp_path / "gone.json"
    there.write_text("{}", encoding="utf-8")
    window.settings.add_recent(gone)
    window.settings.add_recent(there)
    window.commands.refresh_recent()
    menu = next(m for m in window.commands.submenus.values() if m.objectName() == "menu.recent")
    listed = {str(action.data()): action.isEnabled() for action in menu.actions() if action.data()}
    assert listed == {str(there): True, str(gone): False}
    window.commands.clear_recent()
    assert Settings().recent() == []


def test_every_action_has_text_id_and_a_menu(window: Window) -> None:
    for name in workspace_names():
        window.show_workspace(name)
        specs = window.actions_in_use()
        assert len({spec.id for spec in specs}) == len(specs)
        in_menus = set()
        for top in window.menuBar().actions():
            pending = [top]
            while pending:
                action = pending.pop()
                in_menus.add(action.objectName())
                if action.menu() is not None:
                    pending.extend(action.menu().actions())  # type: ignore[attr-defined]
        for spec in specs:
            assert ID.fullmatch(spec.id), spec.id
            assert spec.text and spec.id in in_menus, spec.id


def test_the_lecture_is_whole_in_every_workspace(window: Window) -> None:
    top = next(menu for menu in window.menuBar().actions() if menu.text() == "&Lecture").menu()
    assert isinstance(top, QMenu)
    for name in workspace_names():
        window.show_workspace(name)
        listed = [heading for heading in top.actions() if not heading.isSeparator()]
        assert [heading.text() for heading in listed] == list(headings.HEADINGS.values())
        for heading in listed:
            lines = heading.menu()
            assert isinstance(lines, QMenu) and lines.actions(), heading.text()


def test_a_scene_of_the_lecture_brings_its_workspace_to_the_front(window: Window) -> None:
    window.show_workspace("training")
    scene = window.findChild(QAction, "lecture.descent.momentum_ravine")
    assert scene is not None
    scene.trigger()
    assert window.current_name == "descent"
    caption = window.findChild(QLabel, "descent.caption.label")
    assert caption is not None and "ravine" in caption.text()


def test_what_a_menu_greyed_works_by_its_key_once_it_can_be_done(window: Window) -> None:
    window.show_workspace("descent")
    leave = window.findChild(QAction, "descent.view.all_examples")
    assert leave is not None
    menu = next(one.menu() for one in window.menuBar().actions() if leave in one.menu().actions())
    menu.aboutToShow.emit()
    assert not leave.isEnabled()
    menu.aboutToHide.emit()
    assert leave.isEnabled()


def test_no_two_actions_in_use_share_a_key(window: Window) -> None:
    for name in workspace_names():
        window.show_workspace(name)
        keys = [key for spec in window.actions_in_use() for key in spec.shortcut.split()]
        assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)


def test_plain_keys_belong_to_the_canvas(window: Window) -> None:
    for name in workspace_names():
        window.show_workspace(name)
        for spec in window.actions_in_use():
            for key in spec.shortcut.split():
                window_wide = key.startswith(("Ctrl+", "Alt+", "F")) and key != "F"
                assert window_wide or spec.canvas_only or key.startswith("F1"), (spec.id, key)


def test_all_controls_have_names(window: Window) -> None:
    for name in workspace_names():
        window.show_workspace(name)
        front = window.current()
        assert front is not None
        nameless = [
            f"{type(child).__name__} {child.objectName()}"
            for child in front.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus
            and type(child).__module__.startswith(("gui", "PySide6.QtWidgets"))
            and not isinstance(child, QTabBar | QTabWidget)  # each tab has its own name
            and child.isVisibleTo(front)
            and child.objectName()
            and not child.objectName().startswith("qt_")
            and not (child.accessibleName() or getattr(child, "text", str)())
        ]
        assert not nameless


def test_help_dialogs_do_not_block(window: Window, qtbot: QtBot) -> None:
    window.show()
    window.commands.show_shortcuts()
    window.commands.show_about()
    dialogs = [top for top in window.findChildren(QDialog) if top.isVisible()]
    assert {dialog.objectName() for dialog in dialogs} == {"dialog.shortcuts", "dialog.about"}
    versions = window.findChild(QLabel, "about.versions")
    assert versions is not None and "torch" in versions.text()
    for dialog in dialogs:
        assert not dialog.isModal()
        dialog.close()


def test_workspace_and_geometry_are_remembered(
    window: Window, settings: Settings, qtbot: QtBot
) -> None:
    window.resize(1000, 700)
    window.show_workspace("training")
    window.close()
    again = app.build_window(settings)
    qtbot.addWidget(again)
    assert again.current_name == "training"
    again.bridge.close()


@pytest.mark.parametrize("key", ["window/geometry", "workspace/training", "view/theme", "recent"])
def test_broken_settings_are_ignored(settings: Settings, qtbot: QtBot, key: str) -> None:
    settings.set_text(key, "{nonsense")
    settings.set_text("window/workspace", "training")
    window = app.build_window(settings)
    qtbot.addWidget(window)
    assert window.current_name == "training"
    window.bridge.close()


def test_fullscreen_and_back(window: Window, qtbot: QtBot) -> None:
    window.show()
    action = window.findChild(QAction, "view.fullscreen")
    assert action is not None
    action.trigger()
    assert window.isFullScreen()
    action.trigger()
    assert not window.isFullScreen()


def test_shortcuts_work_on_a_russian_layout_alone(window: Window, qtbot: QtBot) -> None:
    window.show_workspace("descent")
    window.show()

    def press(letter: str, modifiers: Qt.KeyboardModifier) -> None:
        event = QKeyEvent(QEvent.Type.KeyPress, ord(letter), modifiers, letter)
        target = QApplication.focusWidget() or window
        QApplication.sendEvent(target, event)

    press("Щ", Qt.KeyboardModifier.ControlModifier)  # the key O
    dialogs = [top for top in window.findChildren(QDialog) if top.isVisible()]
    assert [dialog.objectName() for dialog in dialogs] == ["dialog.open"]
    dialogs[0].close()
    # A canvas's key is the canvas's alone.
    action = window.action("descent.view.vectors")
    assert action is not None
    before = action.spec.checked() if action.spec.checked else False
    window.rail.setFocus()
    press("М", Qt.KeyboardModifier.NoModifier)  # the key V
    assert action.spec.checked is not None and action.spec.checked() == before


def test_a_recent_name_that_is_no_utf8_opens_the_same_file(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / os.fsdecode(b"fran\xe7ois.json")
    file.write_text("{}", encoding="utf-8")
    window.settings.add_recent(file)
    window.commands.refresh_recent()
    menu = window.commands.submenus[RECENT]
    (action,) = [each for each in menu.actions() if each.data()]
    opened: list[list[Path]] = []
    monkeypatch.setattr(window.commands, "open", opened.append)
    menu.triggered.emit(action)
    assert r"fran\udce7ois.json" in action.text() and action.isEnabled()
    assert opened == [[file]]
