"""The workspace without a window, with its first formula computed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.bridge import Bridge
from gui.networks.chain_rule.page import ChainRulePage
from gui.networks.workspace import NetworksWorkspace
from gui.settings import Settings


@pytest.fixture
def networks(qtbot: QtBot, bridge: Bridge, settings: Settings) -> Iterator[NetworksWorkspace]:
    made = NetworksWorkspace(bridge, settings)
    made.complete()
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    qtbot.waitExposed(made)
    yield made


@pytest.fixture
def chain(networks: NetworksWorkspace, qtbot: QtBot) -> ChainRulePage:
    networks.show_page("chain_rule")
    page = networks.page
    assert isinstance(page, ChainRulePage)
    with qtbot.waitSignal(networks.first_work_done):
        networks.start_first_work()
    return page
