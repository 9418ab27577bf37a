"""The page of tasks with its first race computed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from engine.networks.tasks.spec import FitSpec
from gui.networks.tasks.page import TasksPage
from gui.networks.tasks.setup import setup_of
from gui.networks.workspace import NetworksWorkspace

WAIT_MS = 20_000
SHORT = FitSpec(steps=40)


@pytest.fixture
def page(networks: NetworksWorkspace, qtbot: QtBot) -> TasksPage:
    """XOR with 40 updates, computed and drawn at the start."""
    networks.show_page("tasks")
    found = networks.page
    assert isinstance(found, TasksPage)
    found.store.apply(setup_of(replace(SHORT)))
    with qtbot.waitSignal(networks.first_work_done, timeout=WAIT_MS):
        networks.start_first_work()
    wait_for_race(qtbot, found)
    return found


def wait_for_race(qtbot: QtBot, page: TasksPage) -> None:
    """Until every step of the race that is set now is computed."""

    def computed() -> bool:
        history, setup = page.jobs.history, page.store.setup
        return (
            page.jobs.setup == setup
            and history is not None
            and history.count == (setup.resolved().steps or 0) + 1
        )

    qtbot.waitUntil(computed, timeout=WAIT_MS)


def wait_for_view(qtbot: QtBot, page: TasksPage) -> None:
    """Until the nets of the step that is shown are drawn."""
    qtbot.waitUntil(lambda: page.views.shown_step == page.player.step, timeout=WAIT_MS)
