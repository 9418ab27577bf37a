"""Tab goes through panels as one reads them, whatever was built first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.descent.workspace import DescentWorkspace
from gui.widgets.dialogs.tab_order import as_read, order_tabs

PLACES = {"a": (0, 0), "b": (90, 4), "c": (0, 40), "d": (90, 40)}  # in a panel


def test_a_panel_is_read_to_its_end_before_the_next(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    right, left = QWidget(whole), QWidget(whole)
    right.setGeometry(200, 0, 190, 80)
    left.setGeometry(0, 0, 190, 80)
    for panel, number in ((right, 2), (left, 1)):
        for letter in "dbca":
            field = QLineEdit(f"{letter}{number}", panel)
            field.setGeometry(*PLACES[letter], 80, 30)
    whole.show()
    qtbot.waitExposed(whole)
    order_tabs(whole)
    first = next(as_read(whole))
    first.setFocus()
    read = []
    for _ in range(8):
        focused = whole.focusWidget()
        assert isinstance(focused, QLineEdit)
        read.append(focused.text())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert read == ["a1", "b1", "c1", "d1", "a2", "b2", "c2", "d2"]


def test_descents_fields_of_a_new_racer_come_where_they_stand(
    qtbot: QtBot, bridge: object, settings: object
) -> None:
    workspace = DescentWorkspace(bridge, settings)  # type: ignore[arg-type]
    qtbot.addWidget(workspace)
    workspace.resize(1100, 740)
    workspace.show()
    qtbot.waitExposed(workspace)
    workspace.editor.add("adam")
    rate = workspace.optimizers.table.cellWidget(3, 1)
    above = workspace.optimizers.table.cellWidget(2, 2)
    qtbot.waitUntil(lambda: above.nextInFocusChain() is rate)
    order = [widget.objectName() for widget in as_read(workspace)]
    names = ("descent.ground.combo", "descent.play.button", "descent.optimizers.table")
    assert [order.index(name) for name in names] == sorted(order.index(name) for name in names)
