"""A Descent workspace that is shown, with its landscape and its race computed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gui.bridge import Bridge
from gui.descent.surfaces.gallery import DrawThumbnails
from gui.descent.workspace import DescentWorkspace
from gui.settings import Settings
from gui.widgets.number_field import NumberField

WAIT_MS = 20_000


@pytest.fixture
def workspace(qtbot: QtBot, bridge: Bridge, settings: Settings) -> DescentWorkspace:
    """Shown at 1000x740, before any work."""
    made = DescentWorkspace(bridge, settings)
    qtbot.addWidget(made)
    made.resize(1000, 740)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def racing(
    qtbot: QtBot, workspace: DescentWorkspace, monkeypatch: pytest.MonkeyPatch
) -> DescentWorkspace:
    """With the final landscape and all steps of a race of 60; without the gallery's pictures."""
    monkeypatch.setattr(DrawThumbnails, "__call__", no_pictures)
    workspace.editor.set_race_value("steps", 60)
    workspace.start_first_work()
    wait_for_race(qtbot, workspace)
    qtbot.waitUntil(lambda: has_final_map(workspace), timeout=WAIT_MS)
    return workspace


def no_pictures(draw: DrawThumbnails) -> Iterator[tuple[str, np.ndarray]]:
    return iter(())


def has_final_map(workspace: DescentWorkspace) -> bool:
    landscape = workspace.map.layer.landscape
    return landscape is not None and landscape.final


def wait_for_race(qtbot: QtBot, workspace: DescentWorkspace) -> None:
    """Until every step of the race that is set now is computed."""

    def computed() -> bool:
        history = workspace.runner.history
        return (
            workspace.runner.setup == workspace.setup
            and history is not None
            and history.count == workspace.setup.race.steps + 1
        )

    qtbot.waitUntil(computed, timeout=WAIT_MS)


def field(workspace: DescentWorkspace, name: str) -> NumberField:
    found = workspace.findChild(NumberField, name)
    assert found is not None, name
    return found


def enter(widget: QLineEdit, text: str) -> None:
    widget.setFocus()
    widget.selectAll()
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Return)


def scene_point(workspace: DescentWorkspace, x: float, y: float) -> QPoint:
    """A place of the plane in the canvas's pixels."""
    place = workspace.map.view_box.mapViewToScene(QPointF(x, y))
    return workspace.map.mapFromScene(place)
