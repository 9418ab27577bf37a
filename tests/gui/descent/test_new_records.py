"""What is new in the engine's registries is there in the window, with its formula and arrows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.descent.step.vectors import next_step
from engine.descent.surfaces.registry import SURFACES
from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS
from gui.descent.step.panel import StepPanel, fill_step
from gui.descent.step.vectors_layer import StepVectorsLayer
from gui.descent.surfaces.gallery import Gallery
from gui.landscape.map_view import MapView
from gui.racing.optimizer_table import OptimizerTable
from gui.training.spec_form import Form
from tests.plain_descent import BOWL, PLAIN


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPTIMIZERS, "plain", PLAIN)
    monkeypatch.setitem(SURFACES, "bowl", BOWL)


def test_menus_and_lists_offer_them(qtbot: QtBot) -> None:
    table, form, gallery = OptimizerTable("descent"), Form(), Gallery()
    for widget in (table, form, gallery):
        qtbot.addWidget(widget)
    gallery.retranslate()
    action = table.findChild(QAction, "descent.optimizers.add.plain")
    assert action is not None and action.text() == "Plain descent"
    combo = form.findChild(QComboBox, "training.optimizer.combo")
    assert combo.currentData() == "adamw"
    offered = {combo.itemData(index): combo.itemText(index) for index in range(combo.count())}
    assert offered["plain"] == "Plain descent" and offered["rprop"] == "Rprop"
    assert not offered.keys() & {"lion", "newton", "line-search", "lbfgs"}
    combo.setCurrentIndex(combo.findData("plain"))
    assert form.spec().optimizer == "plain:lr=0.01"
    tile = gallery.item_of("bowl")
    assert tile is not None and tile.text() == "Bowl"
    assert tile.data(Qt.ItemDataRole.ToolTipRole) == "f(x, y) = x^2 + 2*y^2"


def test_its_step_is_written_and_explained(qtbot: QtBot) -> None:
    spec = RaceSpec("bowl", racers=(Racer("plain", {"beta1": 0.5}),), steps=3)
    frames = list(race(spec))
    panel, view = StepPanel(), MapView("descent")
    for widget in (panel, view):
        qtbot.addWidget(widget)
    panel.show_step(next(fill_step(spec, frames[:3], frames[3], 0)), "Plain descent")
    texts = [block.text for block in panel.sheet.blocks]
    assert "It is plain." in texts
    layer = StepVectorsLayer(view.view_box)
    layer.show_vectors(next_step(spec, frames[2], 0), frames[2].position[0], "Plain descent")
    assert layer.legend.notes[-1].startswith("dashed: reach, x ")
