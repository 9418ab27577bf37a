"""Tab leads left to right and top to bottom, panel by panel."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def order_tabs(root: QWidget) -> None:
    """Let Tab go through all that is in a laid out widget as one reads it.

    What has been built later, such as the fields of another row, Qt puts last.
    """
    last: QWidget | None = None
    for widget in list(as_read(root)):
        if last is not None and last.nextInFocusChain() is not widget:
            QWidget.setTabOrder(last, widget)
        last = widget


def as_read(root: QWidget) -> Iterator[QWidget]:
    """All within a widget that Tab can reach: rows from the top, each from the left."""
    inside = [
        child for child in root.children() if isinstance(child, QWidget) and not child.isWindow()
    ]
    for row in _rows(inside):
        for child in row:
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.focusProxy() is None:
                yield child
            yield from as_read(child)


def _rows(widgets: list[QWidget]) -> Iterator[list[QWidget]]:
    """Widgets that stand beside one another, row by row."""
    waiting = sorted(widgets, key=_top)
    while waiting:
        lowest = waiting[0].geometry().bottom()
        row = [one for one in waiting if one.geometry().center().y() <= lowest or one is waiting[0]]
        waiting = [one for one in waiting if one not in row]
        yield sorted(row, key=_left)


def _top(widget: QWidget) -> int:
    return widget.y()


def _left(widget: QWidget) -> int:
    return widget.x()
