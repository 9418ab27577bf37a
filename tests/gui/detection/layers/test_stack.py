"""One record a layer: everything that shows layers reads the same table."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter
from pytestqt.qtbot import QtBot

from gui.actions import Action
from gui.detection.instances import Instance
from gui.detection.layers import stack
from gui.detection.layers.base import Overlay
from gui.detection.layers.controller import LayersController
from gui.detection.stages.catalogue import NAMES
from gui.pictures.canvas import PictureCanvas
from gui.pictures.pyramid import build_pyramid
from gui.pictures.view_transform import View

RED = QColor(255, 0, 0)


class Corner(Overlay):
    """What somebody new would write: one more overlay."""

    def draw(self, painter: QPainter, view: View) -> None:
        painter.fillRect(view.rect(0, 0, 8, 8), RED)

    def painted(self) -> int:
        return 1


def count_corners(trace: Any, shown: Sequence[Instance]) -> int:
    return 123


EXTRA = stack.LayerRecord(
    "corner",
    Corner,
    90,
    "Corner",
    "The upper left corner.",
    "Show &Corner",
    "Shift+0",
    count_corners,
)


@pytest.fixture
def layers(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> LayersController:
    """The layers of a black picture, one record more than there are."""
    monkeypatch.setattr(stack, "LAYERS", (*stack.LAYERS, EXTRA))
    canvas = PictureCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(200, 200)
    canvas.set_pyramid(build_pyramid(np.zeros((16, 16, 3), np.uint8)))
    made = LayersController(canvas, QFont())
    qtbot.addWidget(made.panel)
    return made


def test_one_more_record_is_in_list_menu_keys_and_counts(layers: LayersController) -> None:
    panel = layers.panel
    row = panel.rows["corner"]
    assert row.title.text() == "Corner" and row.title.toolTip() == "The upper left corner."
    assert "Shift+0" in row.eye.toolTip()
    spec = next(s for s in layers.actions() if s.id == "detection.stage.corner.toggle")
    action = Action(spec, panel)
    assert spec.menu == "View" and action.text() == "Show &Corner"
    assert action.shortcut().toString() == "Shift+0"
    trace = SimpleNamespace(
        anchors=(), proposals=(), objectness=np.zeros(0), mask_probs=None, keypoints=None
    )
    panel.set_results(cast(Any, trace), ())
    assert row.count.text() == "123" and row.eye.isEnabled()
    assert not panel.rows["masks"].eye.isEnabled()


def test_one_more_record_is_drawn_switched_and_remembered(
    qtbot: QtBot, layers: LayersController
) -> None:
    canvas = cast(PictureCanvas, layers.parent())
    at = canvas.view().point(4, 4).toPoint()
    assert canvas.render_view().pixelColor(at) == RED
    assert layers.painted()["corner"] == 1
    qtbot.mouseClick(layers.panel.rows["corner"].eye, Qt.MouseButton.LeftButton)
    assert canvas.render_view().pixelColor(at) == QColor(0, 0, 0)
    assert layers.painted()["corner"] == 0
    state = layers.save_state()
    layers.show("corner", True)
    layers.restore_state(state)
    assert not layers.is_shown("corner")


def test_every_layer_that_a_stage_shows_is_there_and_keys_differ() -> None:
    keys = [record.key for record in stack.listed()]
    assert len(set(keys)) == len(keys)
    # Where a stage has the same name, it has the same figure.
    for record in stack.listed():
        assert record.key == f"Shift+{NAMES.index(record.name) + 1}"
    assert len({record.depth for record in stack.LAYERS}) == len(stack.LAYERS)
