"""Where a box comes from: the stations, the walk and the family beside the picture."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from torchvision.ops import box_iou

from engine.detection.queries.provenance import ancestry
from gui.detection.provenance.animation import HOLD, Step, between
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import WAIT_MS, settle

STATIONS = (
    Step("anchor", (0.0, 0.0, 10.0, 10.0)),
    Step("decoded", (10.0, 0.0, 30.0, 10.0)),
    Step("proposal", (10.0, 0.0, 20.0, 10.0)),
)


def test_the_rectangle_rests_at_each_station_and_is_half_way_in_between() -> None:
    assert between(STATIONS, 0) == between(STATIONS, HOLD) == STATIONS[0].box
    assert between(STATIONS, HOLD + (1 - HOLD) / 2) == pytest.approx((5, 0, 20, 10))
    assert between(STATIONS, 2) == between(STATIONS, 9) == STATIONS[2].box
    assert between(STATIONS[:1], 3) == STATIONS[0].box


def chosen(qtbot: QtBot, workspace: DetectionWorkspace) -> None:
    """Click the first detection in the picture."""
    x0, y0, x1, y1 = workspace.session.shown[0].box
    at = workspace.picture.view().point((x0 + x1) / 2, (y0 + y1) / 2)
    qtbot.mouseClick(workspace.picture, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert workspace.layers.selected is not None
    told(qtbot, workspace)


def told(qtbot: QtBot, workspace: DetectionWorkspace) -> None:
    """Wait for the answer."""
    qtbot.waitUntil(lambda: bool(workspace.provenance.steps), timeout=WAIT_MS)


def test_a_click_tells_the_stations_of_that_detection(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    chosen(qtbot, detected)
    assert detected.side.front() == "origin"
    row = detected.context.row()
    session = detected.session
    assert row is not None and session.inspection is not None and session.selection is not None
    wanted = ancestry(session.inspection.trace, session.selection, row)
    origin = detected.provenance
    assert origin.panel.table.rowCount() == 7  # anchor to mask
    assert origin.steps[0].box == pytest.approx(wanted.anchor_box.tolist())
    width, height = (wanted.anchor_box[2:] - wanted.anchor_box[:2]).tolist()
    told_anchor = origin.panel.table.item(0, 1)
    assert told_anchor is not None and f"{width:.0f} × {height:.0f} px" in told_anchor.text()
    net = session.inspection.trace.anchors[wanted.anchor]
    assert f"{net[2] - net[0]:.0f} × {net[3] - net[1]:.0f}" in told_anchor.toolTip()
    assert origin.steps[5].box == pytest.approx(session.shown[row].box)
    for station in range(7):
        origin.panel.table.selectRow(station)
        assert origin.station == station
        assert detected.context.layer.marks[-1].box == pytest.approx(origin.steps[station].box)


def test_it_walks_to_the_mask_and_stops(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    chosen(qtbot, detected)
    origin = detected.provenance
    qtbot.mouseClick(origin.panel.buttons["play"], Qt.MouseButton.LeftButton)
    assert origin.playing
    origin.progress = 5.9
    qtbot.waitUntil(lambda: not origin.playing, timeout=5000)
    assert origin.station == 6
    qtbot.mouseClick(origin.panel.buttons["back"], Qt.MouseButton.LeftButton)
    assert origin.station == 5


def test_the_family_lost_to_it_by_the_boxes_own_iou(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    detected.thresholds.score.set_value(0.05)
    detected.thresholds.nms.set_value(0.3)
    settle(qtbot, detected)
    origin = detected.provenance
    for instance in detected.session.shown:
        detected.layers.select_pair(instance.pair)
        detected.side.show_tab("origin")
        told(qtbot, detected)
        assert origin.provenance is not None
        for row, relative in enumerate(origin.provenance.suppressed):
            own = instance.box if relative.gate == "class_nms" else origin.steps[2].box
            wanted = box_iou(torch.tensor([own]), torch.tensor([relative.box]))
            assert relative.iou == pytest.approx(float(wanted), abs=2e-3)
            origin.panel.suppressed.selectRow(row)
            assert detected.context.layer.marks[-1].box == relative.box
    assert origin.provenance is not None
    assert np.isfinite([r.score for r in origin.provenance.suppressed]).all()


def test_leaving_the_tab_leaves_no_marks(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    chosen(qtbot, detected)
    assert detected.context.layer.marks
    detected.side.show_tab("layers")
    assert not detected.context.layer.marks and detected.layers.boxes.spotlight is None
