"""`--inspect FILE.json`: what is on the screen, for a hand that clicks from outside.

A test drives the installed program with real mouse and key events and has to
know where things are, without coordinates written down in advance. Every named
widget is listed with its text, state and place on the screen. Read only.
"""

from __future__ import annotations

import json
import os
import time
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

INTERVAL_MS = 60
UNSEEN_S = 0.3  # after which a change is looked for that nothing was painted for
PAINT_MS = 16  # Qt paints what has changed within 5 ms
ROWS_AT_MOST = 200  # of a table or list
DIALOG_NAMES = ("fileNameEdit", "qt_msgbox_label", "qt_spinbox_lineedit")


def _rect(widget: QWidget, area: QRect | None = None) -> list[int]:
    """x, y, width, height in logical pixels of the screen."""
    area = widget.rect() if area is None else area
    corner = widget.mapToGlobal(area.topLeft())
    return [corner.x(), corner.y(), area.width(), area.height()]


def _cells(view: QAbstractItemView) -> dict[str, Any]:
    """Texts, ticks and places of the rows that a view shows."""
    model = view.model()
    if model is None:
        return {"rows": []}
    header = getattr(view, "horizontalHeader", None)
    columns = model.columnCount() if isinstance(view, QTableView | QTreeView) else 1
    rows = []
    for row in range(min(model.rowCount(), ROWS_AT_MOST)):
        cells = []
        for column in range(columns):
            index = model.index(row, column)
            cells.append(
                {
                    "text": str(model.data(index) or ""),
                    "id": _identity(index),
                    "check": _number(model.data(index, Qt.ItemDataRole.CheckStateRole)),
                    "rect": _rect(view.viewport(), view.visualRect(index)),
                    "selected": view.selectionModel().isSelected(index),
                }
            )
        rows.append(cells)
    titles = [
        str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for column in range(columns if header is not None else 0)
    ]
    return {"rows": rows, "columns": titles, "current": view.currentIndex().row()}


def _identity(index: QModelIndex) -> str | int | None:
    value = index.data(Qt.ItemDataRole.UserRole)
    return value if isinstance(value, str | int) else None


def _number(value: Any) -> int | None:
    if value is None:
        return None
    return int(getattr(value, "value", value))


def _facts(widget: QWidget) -> dict[str, Any]:
    """What a kind of widget says: its text, value, tick, items."""
    facts: dict[str, Any] = {}
    if isinstance(widget, QAbstractButton):
        facts = {"text": widget.text(), "checked": widget.isChecked()}
    elif isinstance(widget, QLabel | QLineEdit):
        facts = {"text": widget.text()}
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        facts = {"text": widget.toPlainText()}
    elif isinstance(widget, QComboBox):
        facts = {
            "text": widget.currentText(),
            "items": [widget.itemText(i) for i in range(widget.count())],
            "ids": [widget.itemData(i) for i in range(widget.count())],
            "current": widget.currentIndex(),
            "popup": _cells(widget.view()) if widget.view().isVisible() else None,
        }
    elif isinstance(widget, QAbstractSpinBox):
        facts = {"text": widget.text()}
    elif isinstance(widget, QAbstractSlider | QProgressBar):
        facts = {"value": widget.value(), "low": widget.minimum(), "high": widget.maximum()}
    elif isinstance(widget, QGroupBox):
        facts = {"text": widget.title(), "checked": widget.isChecked()}
    elif isinstance(widget, QTabBar):
        every = range(widget.count())
        facts = {
            "items": [widget.tabText(i) for i in every],
            "rects": [_rect(widget, widget.tabRect(i)) for i in every],
        }
    elif isinstance(widget, QAbstractItemView):
        facts = _cells(widget)
    return facts


def _menu_items(menu: QMenu) -> list[dict[str, Any]]:
    return [
        {
            "id": action.objectName(),
            "menu": menu.title(),
            "text": action.text(),
            "enabled": action.isEnabled(),
            "checked": action.isChecked(),
            "submenu": isinstance(action.menu(), QMenu),
            "rect": _rect(menu, menu.actionGeometry(action)),
        }
        for action in menu.actions()
        if not action.isSeparator()
    ]


@cache
def tells_state(kind: type[QWidget]) -> bool:
    """Whether widgets of a class tell about themselves."""
    return hasattr(kind, "inspect_state")


def describe(window: QWidget) -> dict[str, Any]:
    """Everything named that belongs to the program's windows, as plain JSON values."""
    widgets: dict[str, Any] = {}
    menus: list[dict[str, Any]] = []
    tops = [top for top in QApplication.topLevelWidgets() if top is window or top.isVisible()]
    for top in tops:
        if isinstance(top, QMenu) and top.isVisible():
            menus.extend(_menu_items(top))
        for widget in (top, *top.findChildren(QWidget)):
            name = widget.objectName()
            if "." not in name and name not in DIALOG_NAMES:
                continue
            entry: dict[str, Any] = {
                "class": type(widget).__name__,
                "name": widget.accessibleName(),
                "rect": _rect(widget),
                "visible": widget.isVisible() and not widget.visibleRegion().isEmpty(),
                "enabled": widget.isEnabled(),
                "focus": widget.hasFocus(),
                **_facts(widget),
            }
            if tells_state(type(widget)):  # type: ignore[arg-type]  # hashed as a class
                entry["state"] = widget.inspect_state()  # type: ignore[attr-defined]
            widgets[name] = entry
    bar = window.menuBar() if hasattr(window, "menuBar") else None
    titles = [] if bar is None else bar.actions()
    own = getattr(window, "inspect_state", None)
    modal = QApplication.activeModalWidget()
    return {
        "ready": bool(window.property("ready")),
        "title": window.windowTitle(),
        "window": _rect(window),
        "modal": "" if modal is None else type(modal).__name__,
        "active": [type(top).__name__ for top in tops if top.isVisible() and top.isActiveWindow()],
        "dialogs": [
            top.windowTitle() for top in tops if top is not window and isinstance(top, QWidget)
        ],
        "menubar": [
            {"text": title.text(), "rect": _rect(bar, bar.actionGeometry(title))}
            for title in titles
            if bar is not None and bar.isVisible() and title.isVisible()
        ],
        "menu": menus,
        "actions": {
            action.objectName(): {
                "text": action.text(),
                "enabled": action.isEnabled(),
                "checked": action.isChecked(),
                "keys": [keys.toString() for keys in action.shortcuts()],
            }
            for action in window.findChildren(QAction)
            if "." in action.objectName()
        },
        "state": own() if callable(own) else {},
        "widgets": widgets,
    }


class Inspector(QObject):
    """Writes `describe(window)` into a file whenever it has changed and the change is painted."""

    def __init__(self, window: QWidget, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        self._written = ""
        self._seen = ""  # described, not yet written
        self._tops: list[QWidget] = []
        self._changed = True  # something was painted, moved or activated since the last look
        self._looked_s = 0.0
        # One shot at a time: where describing is slow, the window still lives in between.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self._timer.start(INTERVAL_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every event of a window of the program; what is painted in it is one of its own."""
        self._changed = True
        return False

    def _look(self) -> None:
        """Describe, and write that at the next turn.

        Widgets tell of a change before it is painted: whoever read of it at once would not see it.
        A description takes longer than most of what a window does, so that one which rests is
        left in peace.
        """
        if self._seen:
            self._write(self._seen)
            self._seen = ""
            self._timer.start(INTERVAL_MS)
            return
        self._watch()
        if self._changed or time.monotonic() - self._looked_s > UNSEEN_S:
            self._changed = False
            text = json.dumps(describe(self._window), ensure_ascii=False, default=str)
            self._looked_s = time.monotonic()
            if text != self._written:
                self._seen = text
        self._timer.start(PAINT_MS if self._seen else INTERVAL_MS)

    def _watch(self) -> None:
        """Hear the events of windows that are new, and that one is gone."""
        tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
        if tops == self._tops:
            return
        self._tops, self._changed = tops, True
        for top in tops:
            for hears in (top, top.windowHandle()):
                hears.removeEventFilter(self)
                hears.installEventFilter(self)

    def _write(self, text: str) -> None:
        partial = self._path.with_name(self._path.name + ".part")
        # A name that is no UTF-8 is written as JSON's own escape.
        partial.write_bytes(text.encode("utf-8", "backslashreplace"))
        os.replace(partial, self._path)
        self._written = text


def on_screen(window: QWidget, point: QPoint) -> list[int]:
    """A widget's point as the screen's logical pixels, for `inspect_state`."""
    place = window.mapToGlobal(point)
    return [place.x(), place.y()]
