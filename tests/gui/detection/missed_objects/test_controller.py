"""Where an object was lost: the asked box, the failed gate, and the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from torchvision.ops import box_iou

from engine.detection.queries.missed_object import FOUND_IOU, GATES, follow_object
from engine.detection.queries.routes import Proof, Verdict
from gui.detection.instances import Box, as_box
from gui.detection.layers.callouts import ADDED, RIVAL
from gui.detection.layers.score_scale import levels
from gui.detection.missed_objects.attempts import CROP, LARGER
from gui.detection.missed_objects.route_text import BEYOND, change_text, proof_text
from gui.detection.missed_objects.text import GATE_FIELDS, LOST
from gui.detection.overlay_colors import INSTANCE_COLORS
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


def hidden(workspace: DetectionWorkspace) -> tuple[Box, int]:
    """The box of a pair that only the score hides, and its class."""
    session = workspace.session
    assert session.inspection is not None and session.selection is not None
    trace = session.inspection.trace
    for proposal in range(len(trace.proposals)):
        for label in range(1, trace.pair_scores.shape[1]):
            box = as_box(trace.to_picture(trace.pair_boxes[proposal, label]))
            if min(box[2] - box[0], box[3] - box[1]) < 8:
                continue
            if trace.pair_scores[proposal, label] < 0.2:
                continue
            result = follow_object(trace, session.selection, box, label)
            if result.failed == "class_score":
                return box, label
    raise AssertionError("there is no such pair")


def searched(qtbot: QtBot, workspace: DetectionWorkspace) -> Verdict:
    """Wait for the verdict on what is asked."""
    search, session = workspace.missed_objects.search, workspace.session

    def told() -> bool:
        return search.verdict is not None and search.thresholds == session.limits

    qtbot.waitUntil(told, timeout=WAIT_MS)
    settle(qtbot, workspace)
    assert search.verdict is not None
    return search.verdict


@pytest.fixture
def lost(qtbot: QtBot, detected: DetectionWorkspace) -> DetectionWorkspace:
    """An object that the score hides, asked for."""
    detected.thresholds.score.set_value(0.9)
    settle(qtbot, detected)
    box, label = hidden(detected)
    detected.missed_objects.ask_in_front(box, label)
    searched(qtbot, detected)
    return detected


def test_ways_back_say_their_cost_and_one_undo_takes_one_back(
    qtbot: QtBot, lost: DetectionWorkspace
) -> None:
    missed, panel, session = lost.missed_objects, lost.missed_objects.panel, lost.session
    box, label = missed.box, missed.label
    assert box is not None and label is not None
    assert "class score" in panel.text.text() and cell(lost, 7).startswith("✗ Class score")
    routes = searched(qtbot, lost).routes
    assert routes and panel.routes.chosen() == 0
    before, shown = session.limits, {i.pair for i in session.shown}
    for route, row in zip(routes, panel.routes.rows, strict=False):
        assert not row.isHidden()
        others = {0: "only this", 1: "one other"}.get(route.added, f"{route.added} other")
        assert others in row.label.text()
    lost.thresholds.score.set_value(0.89)  # a move of the same knob just before
    settle(qtbot, lost)
    before = session.limits
    verdict = searched(qtbot, lost)
    route = verdict.routes[0]
    qtbot.mouseClick(panel.apply, Qt.MouseButton.LeftButton)
    settle(qtbot, lost)
    assert missed.result is not None and missed.result.detection is not None
    found = [list(i.box) for i in session.shown if i.label == label]
    assert float(box_iou(torch.tensor([box]), torch.tensor(found)).max()) >= FOUND_IOU
    assert len({i.pair for i in session.shown} - shown) == route.added + 1
    lost.thresholds.history.undo()
    assert session.limits == before, "one undo takes back one press, and nothing else"
    assert searched(qtbot, lost) is verdict, "what was found is remembered"
    lost.thresholds.history.redo()
    qtbot.waitUntil(lambda: missed.result.detection is not None, timeout=WAIT_MS)  # type: ignore[union-attr]
    qtbot.mouseClick(panel.apply, Qt.MouseButton.LeftButton)
    assert lost.side.front() == "origin", "once found, it tells where it comes from"


def test_the_way_back_under_the_mouse_is_marked(qtbot: QtBot, lost: DetectionWorkspace) -> None:
    missed = lost.missed_objects
    boxes = [
        (10.0, 10.0, 40.0, 50.0), (12.0, 12.0, 30.0, 30.0), (60.0, 60.0, 90.0, 100.0),
    ]  # fmt: skip
    (real, *_) = searched(qtbot, lost).routes
    dear = replace(
        real,
        added_boxes=np.array(boxes, np.float32),
        added_labels=np.ones(3, np.int64),
        added_scores=np.array([0.9, 0.8, 0.7], np.float32),
        score=0.03,
        kind="hardly_seen",
    )
    verdict = searched(qtbot, lost)
    missed.search.verdict = replace(verdict, routes=(real, dear))
    missed.search.changed.emit()

    def marked() -> set[Box]:
        return {mark.box for mark in lost.context.layer.marks if mark.color == ADDED}

    first = {as_box(box) for box in real.added_boxes}
    assert marked() == first
    rows = missed.panel.routes.rows
    rows[1].pointed.emit(True)
    assert marked() == set(boxes)
    rows[1].pointed.emit(False)
    assert marked() == first
    qtbot.mouseClick(rows[1].label, Qt.MouseButton.LeftButton)
    assert missed.panel.routes.chosen() == 1 and marked() == set(boxes)
    assert missed.panel.apply.property("role") == "primary"
    missed.search.verdict = replace(verdict, routes=(dear,))
    missed.search.changed.emit()
    assert missed.panel.text.text().startswith("The model hardly sees")
    assert missed.panel.apply.property("role") == "" and missed.panel.apply.isEnabled()


def test_beyond_every_setting_is_said_with_its_numbers(
    qtbot: QtBot, lost: DetectionWorkspace
) -> None:
    missed, panel = lost.missed_objects, lost.missed_objects.panel
    inspection = lost.session.inspection
    assert inspection is not None
    trace, level = inspection.trace, 1
    facts: dict[str, Any] = {
        "gate": "refinement", "searched": 43, "reach": 0.2, "searched_nms": 1.0, "anchor": 5,
        "best_anchor_iou": 0.4, "anchor_iou": 0.3, "iou_before": 0.733, "iou_after": 0.44,
        "best_score": None, "label": None, "level": trace.feature_names[level],
        "box_before": [1, 2, 30, 40], "box_after": [5, 6, 70, 80],
    }  # fmt: skip
    verdict = searched(qtbot, lost)
    missed.search.verdict = replace(verdict, routes=(), proof=Proof("no_cover", facts))
    missed.search.changed.emit()
    told = panel.text.text()
    assert told.startswith("Beyond every setting, lost at the refinement")
    assert (
        "0.733" in told
        and "0.440" in told
        and "43 boxes" in told
        and f"level {levels(trace)[level].name}" in told
    )
    assert not panel.apply.isEnabled() and panel.routes.isHidden()
    assert {(1, 2, 30, 40), (5, 6, 70, 80)} <= {m.box for m in lost.context.layer.marks}
    for gate in BEYOND:
        proof = Proof("no_cover", {**facts, "gate": gate, "best_score": 0.001, "label": 1})
        assert proof_text(proof, inspection.model, inspection.trace, None)


def test_a_class_with_its_own_threshold_is_named(detected: DetectionWorkspace) -> None:
    session = detected.session
    assert session.inspection is not None
    session.change({"class_score_2": 0.8})
    assert session.limits.class_scores == ((2, 0.8),) and session.limits.score == 0.5
    model, trace = session.inspection.model, session.inspection.trace
    told = change_text({"class_score_2": 0.3, "nms": 0.7}, model, session.limits, trace)
    assert model.classes[1] in told and told.index("0.3") < told.index("0.7")


def test_the_rival_is_named_on_the_picture(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    """Of two boxes of one class the NMS takes one: it is asked for, and told by whom."""
    session = detected.session
    session.change({"nms": 1.0, "score": 0.05})
    settle(qtbot, detected)
    loose = session.shown
    session.change({"nms": 0.05})
    settle(qtbot, detected)
    kept = {instance.pair for instance in session.shown}
    model = session.inspection.model  # type: ignore[union-attr]
    for instance in loose:
        if instance.pair in kept:
            continue
        detected.missed_objects.ask_in_front(instance.box, instance.label)
        result = detected.missed_objects.result
        if result is not None and result.failed == "class_nms" and result.rival is not None:
            break
    else:
        raise AssertionError("no box was lost at the NMS")
    marks = [mark for mark in detected.context.layer.marks if mark.color == RIVAL]
    assert [mark.box for mark in marks] == [tuple(result.rival["box"])]
    name, iou = model.class_name(result.rival["label"]), f"{result.rival['iou']:.3f}"
    assert marks[0].text == f"suppressed by {name} {result.rival['score']:.2f}, IoU {iou}"
    assert detected.missed_objects.panel.rival.text() == f"S{marks[0].text[1:]}"
    assert RIVAL not in INSTANCE_COLORS
    searched(qtbot, detected)


def cell(workspace: DetectionWorkspace, row: int) -> str:
    item = workspace.missed_objects.panel.gates.item(row, 0)
    assert item is not None
    return item.text()


def test_the_head_is_asked_and_more_resolution_tried(
    qtbot: QtBot, lost: DetectionWorkspace
) -> None:
    missed, panel, session = lost.missed_objects, lost.missed_objects.panel, lost.session
    inspection, shown = session.inspection, session.shown
    assert inspection is not None
    qtbot.mouseClick(panel.ask, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: missed.head.painted is not None and missed.head.painted.answer.complete,
        timeout=WAIT_MS,
    )
    painted = missed.head.painted
    assert painted is not None and painted.instance.mask is not None
    assert panel.head.bars.rowCount() == len(inspection.model.classes) + 1
    assert "Given your box as its proposal" in panel.head.text.text()
    assert any(mark.text.startswith("the head:") for mark in lost.context.layer.marks)
    for kind in (LARGER, CROP):
        panel.attempts[kind].click()
        assert panel.attempts[kind].isChecked()
        qtbot.waitUntil(lambda kind=kind: kind in missed.attempts.done, timeout=WAIT_MS)
    assert panel.tried.text().count("return") == 2 and not missed.attempts.running
    assert session.inspection is inspection and session.shown is shown, "nothing shown was lost"
    panel.attempts[LARGER].click()
    panel.attempts[LARGER].click()
    assert not missed.attempts.running, "again stops it"
    missed.ask((3.0, 3.0, 40.0, 50.0))
    assert not missed.attempts.done and panel.tried.isHidden()
    lost.side.show_tab("layers")
    assert not lost.context.layer.marks
    settle(qtbot, lost)
