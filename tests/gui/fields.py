"""How a hand finds fields by their names and types into them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.widgets.number_field import NumberField


def field(parent: QWidget, name: str) -> NumberField:
    found = parent.findChild(NumberField, name)
    assert found is not None, name
    return found


def enter(widget: QLineEdit, text: str) -> None:
    widget.setFocus()
    widget.selectAll()
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Return)
