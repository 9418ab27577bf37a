"""Takes widgets out of a form that is built anew."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLayout, QWidget


def remove_widgets(layout: QLayout, widgets: Iterable[QWidget]) -> None:
    """Take widgets out of a layout and delete them; they pass no focus on and say nothing more.

    Qt would give the focus to the next widget, where it may choose another row or surface
    while the form is half built; and a field that loses it would take a half typed number,
    for a form that already stands for another racer or surface.
    """
    for widget in widgets:
        layout.removeWidget(widget)
        with QSignalBlocker(widget):
            widget.clearFocus()
            widget.hide()
            widget.setParent(None)
        widget.deleteLater()
