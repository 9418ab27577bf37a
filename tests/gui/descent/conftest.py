"""The parts of the Descent workspace, each alone, and the workspace with its first work done."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.descent.race.spec import RaceSpec
from gui.bridge import Bridge
from gui.descent.editor import Editor
from gui.descent.setup import SetupStore, home_domain, setup_of
from gui.descent.surfaces import controller
from gui.descent.workspace import DescentWorkspace
from gui.landscape.map_view import MapView
from gui.racing.optimizer_table import OptimizerTable
from gui.settings import Settings

WAIT_MS = 20_000


@pytest.fixture
def store(qapp: QApplication) -> SetupStore:
    """The default race with 60 steps."""
    return SetupStore(setup_of(RaceSpec(steps=60)))


@pytest.fixture
def map_view(qtbot: QtBot, store: SetupStore) -> MapView:
    """Shown at 700x500; it goes to the home of every surface that is set."""
    view = MapView("descent")
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.set_home(home_domain(store.setup))
    store.changed.connect(lambda before, after: view.set_home(home_domain(after)))
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def editor(store: SetupStore) -> Editor:
    """Of the store; all of the plane can be seen."""
    return Editor(store, lambda: (-1e9, 1e9, -1e9, 1e9), store)


@pytest.fixture
def optimizers(qtbot: QtBot, store: SetupStore, editor: Editor) -> OptimizerTable:
    """The table of what is set; what is added comes into it."""
    table = OptimizerTable("descent")
    qtbot.addWidget(table)
    table.show_entries(store.setup.entries, store.setup.settings())
    store.changed.connect(lambda _, after: table.show_entries(after.entries, after.settings()))
    editor.added.connect(table.choose)
    return table


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """The parent of a feature's widgets, shown."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


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
    monkeypatch.setattr(controller, "draw_thumbnails", no_pictures)
    workspace.editor.set_race_value("steps", 60)
    workspace.start_first_work()
    wait_for_race(qtbot, workspace)
    qtbot.waitUntil(lambda: has_final_map(workspace), timeout=WAIT_MS)
    return workspace


def no_pictures() -> Iterator[tuple[str, np.ndarray]]:
    return iter(())


def has_final_map(workspace: DescentWorkspace) -> bool:
    landscape = workspace.map.layer.landscape
    return landscape is not None and landscape.final


def wait_for_race(qtbot: QtBot, workspace: DescentWorkspace) -> None:
    """Until every step of the race that is set now is computed."""

    def computed() -> bool:
        history = workspace.jobs.history
        return (
            workspace.jobs.setup == workspace.setup
            and history is not None
            and history.count == workspace.setup.race.steps + 1
        )

    qtbot.waitUntil(computed, timeout=WAIT_MS)


def scene_point(view: MapView, x: float, y: float) -> QPoint:
    """A place of the plane in the map's pixels."""
    return view.mapFromScene(view.view_box.mapViewToScene(QPointF(x, y)))
