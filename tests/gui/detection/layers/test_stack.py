"""One record a layer: everything that shows layers reads the same table."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter
from pytestqt.qtbot import QtBot

from engine.commands import detect
from engine.detection.detections import Detections, ModelFacts
from engine.export.item import ExportItem
from engine.export.picture import svg
from engine.export.picture.draw import draw_item
from engine.export.picture.layers.base import LayerContext, PictureLayer
from engine.export.picture.layers.registry import PICTURE_LAYERS
from engine.export.picture.style import Style
from gui.actions import Action
from gui.detection.export.choices import Choices, restored
from gui.detection.export.dialog import ExportDialog
from gui.detection.instances import Instance
from gui.detection.layers import stack
from gui.detection.layers.base import AROUND_CURSOR, Overlay
from gui.detection.layers.controller import LayersController
from gui.detection.layers.proposals import ProposalLayer
from gui.detection.layers.score_scale import Level
from gui.detection.stages.registry import NAMES
from gui.pictures.canvas import PictureCanvas
from gui.pictures.pyramid import build_pyramid
from gui.pictures.view_transform import View

RED = QColor(255, 0, 0)


class Corner(Overlay):
    """What somebody new would write: one more overlay."""

    top = level = 0

    def draw(self, painter: QPainter, view: View) -> None:
        painter.fillRect(view.rect(0, 0, 8, 8), RED)

    def set_top(self, top: int) -> None:
        self.top = top

    def set_level(self, level: int) -> None:
        self.level = level

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
    stack.Choice("best", "How many corners", "The best ones"),
    exported="corner",
)


def draw_corner(canvas: NDArray[np.uint8], context: LayerContext) -> None:
    """What somebody new would write for the files."""
    canvas[:8, :8] = (1 - context.opacity) * canvas[:8, :8] + context.opacity * np.array(
        [255, 0, 0]
    )


def write_corner(root: ElementTree.Element, context: LayerContext) -> None:
    ElementTree.SubElement(root, "rect", id="corner", width="8", height="8", fill="#ff0000")


@pytest.fixture
def corner_in_files(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A record more than the engine has, and one more than the list."""
    monkeypatch.setattr(stack, "LAYERS", (*stack.LAYERS, EXTRA))
    monkeypatch.setitem(PICTURE_LAYERS, "corner", PictureLayer(draw_corner, 45, write_corner))
    importlib.reload(detect)  # its help is made when the command is imported
    yield
    monkeypatch.undo()
    importlib.reload(detect)


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


def test_one_more_record_has_its_own_number_and_the_level_of_all(layers: LayersController) -> None:
    corner, proposals = layers.by_name["corner"], layers.by_name["proposals"]
    assert isinstance(corner, Corner) and isinstance(proposals, ProposalLayer)
    _, combo = layers.panel.choices["corner"]
    assert combo.objectName() == "detection.stages.corner.combo"
    assert (combo.accessibleName(), combo.toolTip()) == ("How many corners", "The best ones")
    assert corner.top == proposals.top == 50
    combo.setCurrentIndex(2)
    assert (corner.top, proposals.top) == (100, 50)
    state = layers.save_state()
    layers.restore_state({"top": 10})  # as it once was saved
    assert corner.top == proposals.top == 10
    layers.restore_state(state)
    assert (corner.top, proposals.top) == (100, 50)
    layers.panel.set_levels((Level(0, 2, 2, 3, (8, 8)), Level(12, 1, 1, 3, (16, 16))))
    layers.choose_level(1)
    assert corner.level == layers.level == 1
    layers.panel.set_levels((Level(0, 2, 2, 3, (8, 8)),))
    assert corner.level == layers.level == AROUND_CURSOR


def test_one_more_record_is_exported(qtbot: QtBot, corner_in_files: None, tmp_path: Path) -> None:
    told = " ".join(CliRunner().invoke(detect.detect, ["--help"]).output.split())
    assert "corner" in told.partition("Drawn:")[2].partition(".")[0]

    nothing = Detections(
        ModelFacts("m", "M", ("ant",)),
        (16, 16),
        boxes=np.zeros((0, 4), np.float32),
        labels=np.zeros(0, np.int64),
        scores=np.zeros(0, np.float32),
        pairs=(),
        ready=np.zeros(0, bool),
    )
    item = ExportItem("a.png", np.zeros((16, 16, 3), np.uint8), nothing, layers=("corner",))
    drawn = draw_item(item)
    assert drawn[7, 7].tolist() == [255, 0, 0] and not drawn[8:].any() and not drawn[:, 8:].any()
    half = draw_item(replace(item, style=Style(opacities=(("corner", 0.5),))))
    assert half[0, 0].tolist() == [127, 0, 0]
    assert not draw_item(replace(item, layers=("boxes",))).any()
    svg.write(tmp_path / "a.svg", item)
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    assert root.find("s:rect[@id='corner']", {"s": svg.NAMESPACE}) is not None

    dialog = ExportDialog(Choices(str(tmp_path), layers=("corner",)), {"picture": 1})
    qtbot.addWidget(dialog)
    assert dialog.look.layers["corner"].text() == "Corner"
    assert dialog.choices().layers == ("corner",)
    dialog.look.opacities["corner"].setValue(50)
    assert dialog.choices().style.opacities == (("corner", 0.5),)
    state = {"layers": ["corner"], "style": {"opacities": [["corner", 0.5]]}}
    again = restored(state, Choices("here"))
    assert again.layers == ("corner",) and again.style.opacities == (("corner", 0.5),)


def test_every_layer_that_a_stage_shows_is_there_and_keys_differ() -> None:
    keys = [record.key for record in stack.listed()]
    assert len(set(keys)) == len(keys)
    # Where a stage has the same name, it has the same figure.
    for record in stack.listed():
        if record.of_model:
            assert record.key == f"Shift+{NAMES.index(record.name) + 1}"
    assert len({record.depth for record in stack.LAYERS}) == len(stack.LAYERS)
