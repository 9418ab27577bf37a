"""A choice shows all that can be chosen, whole and on the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from gui.appearance import put_on


def test_the_list_is_whole_and_on_the_screen_at_its_right_edge(qtbot: QtBot) -> None:
    combo = QComboBox()
    put_on(combo)
    qtbot.addWidget(combo)
    combo.addItems(["Colours: loss", "Colours: basins", "Colours: where two racers end apart"])
    combo.resize(combo.sizeHint())
    screen = combo.screen().availableGeometry()
    combo.move(screen.right() - 60, screen.top() + 100)
    combo.show()
    qtbot.waitExposed(combo)
    combo.showPopup()
    view = combo.view()
    qtbot.waitUntil(view.isVisible)
    room = view.viewport().rect()
    for row in range(combo.count()):
        place = view.visualRect(combo.model().index(row, 0))
        assert room.top() <= place.top() and place.bottom() <= room.bottom(), row
    assert screen.contains(view.window().frameGeometry())
    combo.hidePopup()
