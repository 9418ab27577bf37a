"""Where an object was lost: the asked box, the failed gate, and the way back."""

from __future__ import annotations

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from torchvision.ops import box_iou

from engine.detection.queries.missed_object import FOUND_IOU, GATES, judge
from gui.detection.missed_objects.text import GATE_FIELDS, LOST
from gui.detection.provenance.animation import Box, as_box
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import WAIT_MS, settle


def test_every_gate_has_its_sentence() -> None:
    assert tuple(GATE_FIELDS) == tuple(LOST) == GATES


def draw(qtbot: QtBot, room: DetectionWorkspace, box: Box) -> None:
    """Drag a box over the picture with the left button."""
    view, left = room.picture.view(), Qt.MouseButton.LeftButton
    first, last = view.point(*box[:2]).toPoint(), view.point(*box[2:]).toPoint()
    qtbot.mousePress(room.picture, left, pos=first)
    qtbot.mouseMove(room.picture, QPoint((first.x() + last.x()) // 2, (first.y() + last.y()) // 2))
    qtbot.mouseMove(room.picture, last)
    qtbot.mouseRelease(room.picture, left, pos=last)


def test_drawing_asks_and_escape_leaves(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    detected.inquiry.find_lost()
    assert detected.side.front() == "lost" and detected.inquiry.lost.draw.isChecked()
    origin = detected.picture.view().picture.topLeft()
    draw(qtbot, detected, (20.0, 20.0, 90.0, 80.0))
    assert detected.inquiry.lost._box == pytest.approx((20, 20, 90, 80), abs=1)
    assert detected.picture.view().picture.topLeft() == origin, "it must not pan"
    assert detected.inquiry.lost.gates.rowCount() == len(GATES)
    assert detected.scope.layer.marks[0].box == detected.inquiry.lost._box
    detected.inquiry.escape()
    assert not detected.picture.armed and not detected.inquiry.lost.draw.isChecked()


def hidden(room: DetectionWorkspace) -> Box:
    """The box of a pair that only the score hides."""
    session = room.session
    assert session.inspection is not None and session.selection is not None
    trace = session.inspection.trace
    for proposal in range(len(trace.proposals)):
        for label in range(1, trace.pair_scores.shape[1]):
            box = as_box(trace.to_picture(trace.pair_boxes[proposal, label]))
            if min(box[2] - box[0], box[3] - box[1]) < 8:
                continue
            verdict = judge(trace, session.selection, box)
            if verdict.failed == "class_score" and verdict.change:
                return box
    raise AssertionError("there is no such pair")


def test_the_change_brings_the_object_back(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    detected.score.set_value(0.9)
    settle(qtbot, detected)
    box = hidden(detected)
    detected.side.show_tab("lost")
    detected.inquiry.lost.ask(box)
    assert "class score" in detected.inquiry.lost.text.text()
    assert any(f"✗ {name}" in cell(detected, row) for row, name in ((7, "Class score"),))
    qtbot.mouseClick(detected.inquiry.lost.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: (
            detected.inquiry.lost._verdict is not None
            and detected.inquiry.lost._verdict.detection is not None
        ),
        timeout=WAIT_MS,
    )
    assert detected.score.value() < 0.9, "the slider moves"
    found = [list(instance.box) for instance in detected.session.shown]
    assert float(box_iou(torch.tensor([box]), torch.tensor(found)).max()) >= FOUND_IOU
    settle(qtbot, detected)
    qtbot.mouseClick(detected.inquiry.lost.apply, Qt.MouseButton.LeftButton)
    assert detected.side.front() == "origin", "once found, it tells where it comes from"


def cell(room: DetectionWorkspace, row: int) -> str:
    item = room.inquiry.lost.gates.item(row, 0)
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
    detected.inquiry.lost.ask((3.0, 3.0, 9.0, 7.0))
    qtbot.mouseClick(detected.inquiry.lost.apply, Qt.MouseButton.LeftButton)
    settle(qtbot, detected)
    verdict = detected.inquiry.lost._verdict
    assert verdict is not None
    assert verdict.detection is not None or session.limits == before
