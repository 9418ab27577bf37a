"""Where an object was lost: the asked box, the failed gate, and the way back."""

from __future__ import annotations

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from torchvision.ops import box_iou

from engine.detection.queries.missed_object import FOUND_IOU, GATES, follow_object
from gui.detection.instances import Box, as_box
from gui.detection.missed_objects.text import GATE_FIELDS, LOST
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import WAIT_MS, settle


def test_every_gate_has_its_sentence() -> None:
    assert tuple(GATE_FIELDS) == tuple(LOST) == GATES


def draw(qtbot: QtBot, workspace: DetectionWorkspace, box: Box) -> None:
    """Drag a box over the picture with the left button."""
    view, left = workspace.picture.view(), Qt.MouseButton.LeftButton
    first, last = view.point(*box[:2]).toPoint(), view.point(*box[2:]).toPoint()
    qtbot.mousePress(workspace.picture, left, pos=first)
    qtbot.mouseMove(
        workspace.picture, QPoint((first.x() + last.x()) // 2, (first.y() + last.y()) // 2)
    )
    qtbot.mouseMove(workspace.picture, last)
    qtbot.mouseRelease(workspace.picture, left, pos=last)


def test_drawing_asks_and_escape_leaves(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    detected.missed_objects.draw_box()
    assert detected.side.front() == "lost" and detected.missed_objects.panel.draw.isChecked()
    origin = detected.picture.view().picture.topLeft()
    draw(qtbot, detected, (20.0, 20.0, 90.0, 80.0))
    assert detected.missed_objects.box == pytest.approx((20, 20, 90, 80), abs=1)
    assert detected.picture.view().picture.topLeft() == origin, "it must not pan"
    assert detected.missed_objects.panel.gates.rowCount() == len(GATES)
    assert detected.context.layer.marks[0].box == detected.missed_objects.box
    detected.tools.escape()
    assert not detected.picture.armed and not detected.missed_objects.panel.draw.isChecked()


def hidden(workspace: DetectionWorkspace) -> Box:
    """The box of a pair that only the score hides."""
    session = workspace.session
    assert session.inspection is not None and session.selection is not None
    trace = session.inspection.trace
    for proposal in range(len(trace.proposals)):
        for label in range(1, trace.pair_scores.shape[1]):
            box = as_box(trace.to_picture(trace.pair_boxes[proposal, label]))
            if min(box[2] - box[0], box[3] - box[1]) < 8:
                continue
            result = follow_object(trace, session.selection, box)
            if result.failed == "class_score" and result.change:
                return box
    raise AssertionError("there is no such pair")


def test_the_change_brings_the_object_back(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    detected.thresholds.score.set_value(0.9)
    settle(qtbot, detected)
    box = hidden(detected)
    detected.side.show_tab("lost")
    detected.missed_objects.ask(box)
    assert "class score" in detected.missed_objects.panel.text.text()
    assert any(f"✗ {name}" in cell(detected, row) for row, name in ((7, "Class score"),))
    qtbot.mouseClick(detected.missed_objects.panel.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: (
            detected.missed_objects.result is not None
            and detected.missed_objects.result.detection is not None
        ),
        timeout=WAIT_MS,
    )
    assert detected.thresholds.score.value() < 0.9, "the slider moves"
    found = [list(instance.box) for instance in detected.session.shown]
    assert float(box_iou(torch.tensor([box]), torch.tensor(found)).max()) >= FOUND_IOU
    settle(qtbot, detected)
    qtbot.mouseClick(detected.missed_objects.panel.apply, Qt.MouseButton.LeftButton)
    assert detected.side.front() == "origin", "once found, it tells where it comes from"


def cell(workspace: DetectionWorkspace, row: int) -> str:
    item = workspace.missed_objects.panel.gates.item(row, 0)
    assert item is not None
    return item.text()


def test_the_rpn_is_changed_live_and_set_back_in_vain(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    session = detected.session
    assert session.inspection is not None
    runs = session.runs
    session.change({"rpn_post_nms_top_n": 200})
    qtbot.waitUntil(lambda: not len(session.selection.waiting), timeout=WAIT_MS)  # type: ignore[union-attr]
    settle(qtbot, detected)
    assert len(session.selection.proposals) == 200 and session.runs == runs  # type: ignore[union-attr]
    before = session.limits
    detected.side.show_tab("lost")
    detected.missed_objects.ask((3.0, 3.0, 9.0, 7.0))
    qtbot.mouseClick(detected.missed_objects.panel.apply, Qt.MouseButton.LeftButton)
    settle(qtbot, detected)
    result = detected.missed_objects.result
    assert result is not None
    assert result.detection is not None or session.limits == before
