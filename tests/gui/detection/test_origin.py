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


def chosen(qtbot: QtBot, room: DetectionWorkspace) -> None:
    """Click the first detection in the picture."""
    x0, y0, x1, y1 = room.session.shown[0].box
    at = room.picture.view().point((x0 + x1) / 2, (y0 + y1) / 2)
    qtbot.mouseClick(room.picture, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert room.overlays.selected is not None
    told(qtbot, room)


def told(qtbot: QtBot, room: DetectionWorkspace) -> None:
    """Wait for the answer."""
    qtbot.waitUntil(lambda: bool(room.inquiry.origin._steps), timeout=WAIT_MS)


def test_a_click_tells_the_stations_of_that_detection(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    chosen(qtbot, detected)
    assert detected.side.front() == "origin"
    row = detected.scope.row()
    session = detected.session
    assert row is not None and session.inspection is not None and session.selection is not None
    wanted = ancestry(session.inspection.trace, session.selection, row)
    panel = detected.inquiry.origin
    assert panel.table.rowCount() == 7  # anchor to mask
    assert panel._steps[0].box == pytest.approx(wanted.anchor_box.tolist())
    assert panel._steps[5].box == pytest.approx(session.shown[row].box)
    for station in range(7):
        panel.table.selectRow(station)
        assert panel.station == station
        assert detected.scope.layer.marks[-1].box == pytest.approx(panel._steps[station].box)


def test_it_walks_to_the_mask_and_stops(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    chosen(qtbot, detected)
    panel = detected.inquiry.origin
    qtbot.mouseClick(panel.buttons["play"], Qt.MouseButton.LeftButton)
    assert panel.playing
    panel._progress = 5.9
    qtbot.waitUntil(lambda: not panel.playing, timeout=5000)
    assert panel.station == 6
    qtbot.mouseClick(panel.buttons["back"], Qt.MouseButton.LeftButton)
    assert panel.station == 5


def test_the_family_lost_to_it_by_the_boxes_own_iou(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    detected.score.set_value(0.05)
    detected.nms.set_value(0.3)
    settle(qtbot, detected)
    panel = detected.inquiry.origin
    for instance in detected.session.shown:
        detected.overlays.select_pair(instance.pair)
        detected.side.show_tab("origin")
        told(qtbot, detected)
        for row, relative in enumerate(panel._family):
            own = instance.box if relative.gate == "class_nms" else panel._steps[2].box
            wanted = box_iou(torch.tensor([own]), torch.tensor([relative.box]))
            assert relative.iou == pytest.approx(float(wanted), abs=2e-3)
            panel.family.selectRow(row)
            assert detected.scope.layer.marks[-1].box == relative.box
    assert np.isfinite([r.score for r in panel._family]).all()


def test_leaving_the_tab_leaves_no_marks(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    chosen(qtbot, detected)
    assert detected.scope.layer.marks
    detected.side.show_tab("layers")
    assert not detected.scope.layer.marks and detected.overlays.boxes.spotlight is None
