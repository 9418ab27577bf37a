"""The funnel counts every anchor once, and shows who ended at a gate."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.detection.pipeline.trace import FATE_NAMES
from gui.detection.workspace import DetectionWorkspace
from gui.detector.gate_names import GATES
from tests.gui.detection.conftest import settle


def test_gates_are_the_engines_but_for_the_detected() -> None:
    assert (*GATES, "detected") == FATE_NAMES


def test_every_anchor_ends_once_and_the_rest_is_detected(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    inspection = detected.session.inspection
    assert inspection is not None
    detected.results.setCurrentIndex(1)
    rows = detected.results.funnel.rows
    for score, nms in ((0.5, 0.5), (0.05, 0.95), (0.9, 0.1)):
        detected.thresholds.score.set_value(score)
        detected.thresholds.nms.set_value(nms)
        assert rows.total == len(inspection.trace.anchors)
        lefts = [rows.left(row) for row in range(rows.rowCount())]
        assert lefts == sorted(lefts, reverse=True)
        proposals = {instance.pair[0] for instance in detected.session.shown}
        assert lefts[-1] == len(proposals)
        assert lefts[list(GATES).index("post_nms_top_n") + 1] == len(inspection.trace.proposals)
    settle(qtbot, detected)


def test_a_chosen_gate_draws_who_ended_there(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    detected.results.setCurrentIndex(1)
    rows, funnel = detected.results.funnel.rows, detected.results.funnel
    gate = int(np.argmax(rows.ended))
    funnel.selectRow(gate + 1)
    assert detected.layers.painted()["dropped"] == min(60, rows.ended[gate])
    detected.picture.repaint()
    funnel.selectRow(0)
    assert detected.layers.painted()["dropped"] == 0
    funnel.selectRow(gate + 1)
    detected.results.setCurrentIndex(0)
    assert detected.layers.painted()["dropped"] == 0


def test_without_an_inspection_the_funnel_is_empty(workspace: DetectionWorkspace) -> None:
    workspace.results.setCurrentIndex(1)
    rows = workspace.results.funnel.rows
    assert rows.total == 0
    assert rows.index(0, 2).data(Qt.ItemDataRole.DisplayRole) == "0"
