"""Takes widgets out of a form that is built anew."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLayout, QWidget


def remove_widgets(layout: QLayout, widgets: Iterable[QWidget]) -> None:
    """Take widgets out of a layout and delete them; none of them passes the focus on.

    Qt would give it to the next widget, where it may choose another row or surface while
    the form is half built.
    """
    for widget in widgets:
        layout.removeWidget(widget)
        widget.clearFocus()
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()
