"""The name and the formula over the map."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces.registry import SURFACES
from gui.descent.header import Header
from gui.descent.setup import setup_of


@pytest.mark.parametrize("width", [480, 830, 1400])
def test_every_named_surface_shows_its_whole_formula(qtbot: QtBot, width: int) -> None:
    header = Header()
    qtbot.addWidget(header)
    header.resize(width, 60)
    header.show()
    below = 0
    for name in SURFACES:
        header.show_setup(setup_of(RaceSpec(name)))
        header.layout().activate()
        QApplication.processEvents()
        assert not header.formula.is_cut(), name
        assert header.rect().contains(header.formula.geometry())
        below += header.formula.y() > header.title.geometry().bottom()
    # Only those that are too long stand in a line of their own.
    assert below < len(SURFACES) and (below > 0) == (width < 1400)
