"""Random gestures on a window: each follows from a seed, its number and what is shown then."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTabBar,
    QWidget,
)

from gui.window import Window

SIZES = ((1280, 800), (1920, 1080), (1024, 768), (700, 500))
TEXTS = (
    *("", "0", "-1", "7", "0.5", "0,5", "1e9", "1e-300", "9" * 30, "nan", "inf", "abc", "х"),
    *("x^2+y^2", "2x y", "sin(x*y", "3/0", "sqrt(x)", "out", "out/a.csv", "out.mp4"),
)
KEYS = (
    *(Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Delete),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_F1, Qt.Key.Key_F5),
    *(Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_9),
    *(Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_D, Qt.Key.Key_F, Qt.Key.Key_H, Qt.Key.Key_Z),
)
BUTTONS = (*6 * (Qt.MouseButton.LeftButton,), Qt.MouseButton.RightButton)
MODIFIERS = (
    *4 * (Qt.KeyboardModifier.NoModifier,),
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
FORBIDDEN = ("quit", "download")  # parts of names: what ends the window, or asks the network
SMALLEST_PX = 5  # what is narrower cannot be hit
HELD_MS = 100  # a gesture that takes longer in a loop of its own is held by a menu or a question
COLLECT_EVERY = 25
DIALOGS = 20  # more than can be open at once


@dataclass(frozen=True)
class Gesture:
    """One thing that a person does, and how to say it."""

    text: str
    do: Callable[[], object]


@dataclass(frozen=True)
class Scene:
    """What can be reached now.

    Attributes:
        window: the main window.
        front: what takes the mouse and the keys: a menu, a dialog, or the main window.
        files: what a file dialog may choose from.
    """

    window: Window
    front: QWidget
    files: tuple[Path, ...]


def play(window: Window, seed: int, count: int, files: tuple[Path, ...]) -> Iterator[str]:
    """Make `count` gestures; gives each one's text before it is made, and works after it."""
    release = QTimer()
    release.timeout.connect(release_held)
    for index in range(count):
        rng = Random(f"{seed}:{index}")
        gesture = choose(rng, Scene(window, front_of(window, rng), files))
        yield gesture.text
        release.start(HELD_MS)
        gesture.do()
        release.stop()
        let_work(window, rng.randint(1, 2))
        if index % COLLECT_EVERY == 0:
            gc.collect(0)  # as the program's own collector does


def let_work(window: Window, rounds: int) -> None:
    """Handle what is posted; where a worker is busy, what it has to say by the next look too."""
    for _ in range(rounds):
        flags = QEventLoop.ProcessEventsFlag.AllEvents
        if window.bridge.busy() and not window.closing:
            flags |= QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        QCoreApplication.processEvents(flags)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def front_of(window: Window, rng: Random) -> QWidget:
    """The menu or the dialog that keeps the rest from the mouse, or any of the windows."""
    popup = QApplication.activePopupWidget()
    modal = QApplication.activeModalWidget()
    shown = [top for top in QApplication.topLevelWidgets() if top.isVisible() and top.isWindow()]
    others = sorted((top for top in shown if isinstance(top, QDialog)), key=path_of)
    return popup or modal or rng.choice([window, window, *others])


def close_popup() -> None:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def release_held() -> None:
    """Close what holds a gesture: a menu, or a question that a file dialog asks."""
    close_popup()
    asking = QApplication.activeModalWidget()
    if isinstance(asking, QMessageBox):
        asking.close()


def close_all(window: Window) -> None:
    """Close every dialog, one after the other, and then the window."""
    for _ in range(DIALOGS):
        close_popup()
        dialogs = [top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog)]
        shown = [dialog for dialog in dialogs if dialog.isVisible()]
        if not shown:
            break
        (QApplication.activeModalWidget() or shown[0]).close()
        let_work(window, 1)
    window.close()
    let_work(window, 3)


# -- what is there ---------------------------------------------------------------------------


def path_of(widget: QWidget) -> str:
    """Names from the window down to a widget, the same in every run."""
    above = widget.parentWidget()
    name = widget.objectName() or type(widget).__name__
    return name if above is None or widget.isWindow() else f"{path_of(above)}/{name}"


def widgets_of(front: QWidget) -> list[QWidget]:
    """What can be hit in a window, by path; what has the same path stays in Qt's order."""
    return sorted(
        (
            widget
            for widget in front.findChildren(QWidget)
            if widget.isVisible()
            and widget.window() is front
            and min(widget.width(), widget.height()) >= SMALLEST_PX
            and is_allowed(widget.objectName())
        ),
        key=path_of,
    )


def is_allowed(name: str) -> bool:
    return not any(word in name for word in FORBIDDEN)


# -- gestures --------------------------------------------------------------------------------


def choose(rng: Random, scene: Scene) -> Gesture:
    """Any gesture that the window in front can take."""
    if isinstance(scene.front, QFileDialog):
        return answer(rng, scene.front, scene.files)
    if isinstance(scene.front, QMenu):
        return choose_entry(rng, scene.front)
    if scene.front is not scene.window and rng.random() < 0.25:
        return Gesture(f"close {path_of(scene.front)}", scene.front.close)
    makers = GESTURES if scene.front is scene.window else DIALOG_GESTURES
    (make,) = rng.choices(tuple(makers), tuple(makers.values()))
    return make(rng, scene)


def answer(rng: Random, dialog: QFileDialog, files: tuple[Path, ...]) -> Gesture:
    """Choose a file of ours, or a new name beside it; never one of the disk's others."""
    chosen = rng.choice(files)
    if dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave:
        chosen = chosen.with_name(f"new-{rng.randrange(9)}{chosen.suffix}")
    elif dialog.fileMode() is QFileDialog.FileMode.Directory:
        chosen = chosen.parent

    def select() -> None:
        dialog.setDirectory(str(chosen.parent))
        dialog.selectFile(str(chosen))
        dialog.accept()

    if rng.random() < 0.4:
        return Gesture(f"close {path_of(dialog)}", dialog.close)
    return Gesture(f"choose {chosen.name} in {path_of(dialog)}", select)


def choose_entry(rng: Random, menu: QMenu) -> Gesture:
    entries = [
        entry
        for entry in menu.actions()
        if entry.isEnabled() and not entry.menu() and is_allowed(entry.objectName())
    ]
    if not entries or rng.random() < 0.3:
        return Gesture(f"close the menu {menu.objectName()}", menu.close)
    entry = rng.choice(entries)

    def run() -> None:
        menu.close()
        entry.trigger()

    return Gesture(f"menu {menu.objectName()}: {entry.objectName() or entry.text()}", run)


def run_action(rng: Random, scene: Scene) -> Gesture:
    names = [spec.id for spec in scene.window.actions_in_use() if is_allowed(spec.id)]
    action = scene.window.action(rng.choice(names))
    assert action is not None
    return Gesture(f"action {action.objectName()}", action.trigger)


def click(rng: Random, scene: Scene) -> Gesture:
    widget, button = any_widget(rng, scene), rng.choice(BUTTONS)
    modifiers, start, end = rng.choice(MODIFIERS), spot(rng, widget), spot(rng, widget)
    way = rng.choice(("click", "click", "double click", "drag"))

    def drag() -> None:
        QTest.mousePress(widget, button, modifiers, start)
        for part in range(1, 5):
            if shiboken6.isValid(widget):
                QTest.mouseMove(widget, start + (end - start) * part / 4)
        if shiboken6.isValid(widget):
            QTest.mouseRelease(widget, button, modifiers, end)

    def press() -> None:
        hit = QTest.mouseDClick if way == "double click" else QTest.mouseClick
        hit(widget, button, modifiers, start)

    where = f"{path_of(widget)} at {start.x()}, {start.y()}"
    held = f"{button.name}, {modifiers.name}"
    if way == "drag":
        return Gesture(f"drag {where} to {end.x()}, {end.y()}: {held}", drag)
    return Gesture(f"{way} {where}: {held}", press)


def any_widget(rng: Random, scene: Scene) -> QWidget:
    return rng.choice([*widgets_of(scene.front), scene.front])


def spot(rng: Random, widget: QWidget) -> QPoint:
    return QPoint(rng.randrange(widget.width()), rng.randrange(widget.height()))


def press_key(rng: Random, scene: Scene) -> Gesture:
    widget = QApplication.focusWidget() or scene.front
    key, modifiers = rng.choice(KEYS), rng.choice(MODIFIERS)
    text = f"key {key.name}, {modifiers.name} in {path_of(widget)}"
    return Gesture(text, lambda: QTest.keyClick(widget, key, modifiers))


def change_value(rng: Random, scene: Scene) -> Gesture:
    """Give a field, a list, a slider, a tab or a button another value."""
    kinds = (QAbstractSlider, QComboBox, QLineEdit, QAbstractButton, QTabBar)
    there = [w for w in widgets_of(scene.front) if isinstance(w, kinds) and w.isEnabled()]
    if not there:
        return click(rng, scene)
    widget = rng.choice(there)
    name = path_of(widget)
    if isinstance(widget, QAbstractSlider):
        value = rng.randint(widget.minimum(), widget.maximum())
        return Gesture(f"set {name} to {value}", lambda: widget.setValue(value))
    if isinstance(widget, QAbstractButton):
        return Gesture(f"press {name} '{widget.text()}'", widget.click)
    if isinstance(widget, QLineEdit):
        return type_text(rng, widget)
    index = rng.randrange(max(widget.count(), 1))

    def switch() -> None:
        widget.setCurrentIndex(index)
        if isinstance(widget, QComboBox) and widget.count():
            widget.activated.emit(index)

    return Gesture(f"switch {name} to {index}", switch)


def type_text(rng: Random, field: QLineEdit) -> Gesture:
    """Type; Return ends it mostly, else whatever comes next does."""
    text, is_ended = rng.choice(TEXTS), rng.random() < 0.7

    def write() -> None:
        field.setFocus()
        field.selectAll()
        field.insert(text)  # as keys would do it, which a test can press for ASCII only
        if is_ended and shiboken6.isValid(field):
            QTest.keyClick(field, Qt.Key.Key_Return)

    return Gesture(f"type '{text}'{', Return' * is_ended} in {path_of(field)}", write)


def resize(rng: Random, scene: Scene) -> Gesture:
    width, height = rng.choice(SIZES)
    return Gesture(f"resize to {width}, {height}", lambda: scene.window.resize(width, height))


def open_file(rng: Random, scene: Scene) -> Gesture:
    path = rng.choice((*scene.files, scene.files[0].parent))
    return Gesture(f"open {path.name}", lambda: scene.window.commands.open([path]))


def fill_clipboard(rng: Random, scene: Scene) -> Gesture:
    data = QMimeData()
    kind = rng.choice(("nothing", "text", "picture", "file"))
    if kind == "text":
        data.setText(rng.choice(TEXTS))
    elif kind == "picture":
        data.setImageData(QImage(40, 30, QImage.Format.Format_RGB32))
    elif kind == "file":
        data.setUrls([QUrl.fromLocalFile(str(rng.choice(scene.files)))])
    return Gesture(f"copy {kind}", lambda: QApplication.clipboard().setMimeData(data))


Maker = Callable[[Random, Scene], Gesture]
DIALOG_GESTURES: dict[Maker, int] = {click: 25, press_key: 15, change_value: 35}
GESTURES: dict[Maker, int] = {
    **DIALOG_GESTURES,
    run_action: 30,
    resize: 3,
    open_file: 3,
    fill_clipboard: 2,
}
