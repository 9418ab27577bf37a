"""The page of backpropagation with its first net computed."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.networks.backprop.page import BackpropPage
from gui.networks.workspace import NetworksWorkspace


@pytest.fixture
def page(networks: NetworksWorkspace, qtbot: QtBot) -> BackpropPage:
    networks.show_page("backprop")
    found = networks.page
    assert isinstance(found, BackpropPage)
    with qtbot.waitSignal(networks.first_work_done, timeout=20_000):
        networks.start_first_work()
    qtbot.waitUntil(lambda: found.player.available == found.player.total > 0)
    return found
