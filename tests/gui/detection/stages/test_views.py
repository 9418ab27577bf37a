"""Each stage's view: what it shows is what the trace and torchvision say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from pytestqt.qtbot import QtBot

from engine.detection.pipeline.trace import FATE_NAMES
from engine.detection.queries.channels import SORTS
from gui.detection.scenes import SCENES
from gui.detection.stages.anchors import AnchorsView
from gui.detection.stages.boxes import BoxesView
from gui.detection.stages.features import FeaturesView
from gui.detection.stages.input import InputView
from gui.detection.stages.keypoints import KeypointsView
from gui.detection.stages.masks import MasksView
from gui.detection.stages.objectness import ObjectnessView
from gui.detection.stages.proposals import RPN_GATES, ProposalsView
from gui.detection.stages.registry import FAMILIES, NAMES, STAGE_OF_GATE, STAGES, added, has
from gui.detection.stages.rois import RoisView
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import WAIT_MS, settle


def test_every_stage_has_a_note_and_every_gate_a_stage() -> None:
    assert all(stage.note for stage in STAGES) and len(set(NAMES)) == len(STAGES)
    assert (*STAGE_OF_GATE, "detected") == FATE_NAMES


def test_what_each_network_added() -> None:
    """Fast: backbone and head; Faster: the RPN; Mask: masks; Keypoint: points, no masks."""
    by_name = {stage.name: stage for stage in STAGES}
    assert {s.name for s in STAGES if added("faster", s)} == {"anchors", "objectness", "proposals"}
    assert {s.name for s in STAGES if added("mask", s)} == {"masks"}
    assert has("fast", by_name["boxes"]) and not has("fast", by_name["anchors"])
    assert has("keypoint", by_name["keypoints"]) and not has("keypoint", by_name["masks"])
    assert all(has("faster", stage) for stage in STAGES if stage.part == "rpn")
    assert set(FAMILIES) == {"fast", "faster", "mask", "keypoint"}


def opened(qtbot: QtBot, workspace: DetectionWorkspace, name: str) -> object:
    """A stage's view, chosen in the strip."""
    qtbot.mouseClick(workspace.stages.bar.buttons[name], Qt.MouseButton.LeftButton)
    settle(qtbot, workspace)
    view = workspace.stages.panel.view()
    assert view is not None and view.front and workspace.side.front() == "stage"
    return view


def test_the_strip_opens_and_closes_a_stage(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    usual = [name for name in ("boxes", "masks") if detected.layers.is_shown(name)]
    opened(qtbot, detected, "objectness")
    assert detected.layers.is_shown("objectness") and detected.layers.boxes.dimmed
    button = detected.stages.bar.buttons["objectness"]
    assert button.isChecked()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isChecked() and detected.stages.panel.stage == ""
    assert all(detected.layers.is_shown(name) for name in usual)


def test_the_input_is_told_with_both_scales(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    view = opened(qtbot, detected, "input")
    assert isinstance(view, InputView) and detected.session.inspection is not None
    trace = detected.session.inspection.trace
    assert view._image is not None
    assert (view._image.height(), view._image.width()) == trace.padded_size
    told = " ".join(cell.text() for row in range(9) if (cell := view.table.item(row, 1)))
    scale = trace.input_size[1] / trace.picture_size[1]
    assert f"x {scale:.4f}" in told and f"x {1 / scale:.4f}" in told


def test_feature_maps_of_every_level(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    view = opened(qtbot, detected, "features")
    assert isinstance(view, FeaturesView) and detected.session.inspection is not None
    for level, (_, rows, columns) in enumerate(detected.session.inspection.trace.feature_shapes):
        view.level.setCurrentIndex(level)
        qtbot.waitUntil(lambda: not detected.bridge.busy(), timeout=WAIT_MS)
        assert view._image is not None
        assert (view._image.height(), view._image.width()) == (rows, columns)
    view.channel.set_value(7)
    view.channel.value_changed.emit(7)
    qtbot.waitUntil(lambda: not detected.bridge.busy(), timeout=WAIT_MS)
    assert view.channels.chosen == 7 and view._values is not None
    item = view.channels.currentItem()
    assert item is not None and item.text() == "7"
    assert view.channels.count() == 1 + detected.session.inspection.trace.feature_shapes[level][0]


def test_channels_are_sorted_by_a_place_and_by_the_object_alone(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    view = opened(qtbot, detected, "features")
    assert isinstance(view, FeaturesView)
    view.sort.setCurrentIndex(SORTS.index("place"))
    assert "Click a place" in view.told.text()
    view.pick(QPointF(40, 30))
    settle(qtbot, detected)
    at_place = view.channels.shown_order()
    assert at_place != sorted(at_place) and view.channels.chosen == at_place[0]
    for sort in ("box", "only"):
        view.sort.setCurrentIndex(SORTS.index(sort))
        settle(qtbot, detected)
        order = view.channels.shown_order()
        assert sorted(order) == sorted(at_place) and view.channels.chosen == order[0]
    assert view.channels.item(1).text().endswith("%")
    view.sort.setCurrentIndex(0)
    settle(qtbot, detected)
    assert view.channels.shown_order() == sorted(at_place)


def test_a_clicked_cell_shows_what_it_sees_beside_its_anchors_centre(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    view = opened(qtbot, detected, "features")
    assert isinstance(view, FeaturesView) and "i × stride" in view.told.text()
    at = detected.picture.view().point(70, 50)
    qtbot.mouseClick(detected.picture, Qt.MouseButton.LeftButton, pos=at.toPoint())
    settle(qtbot, detected)
    field = view._field
    assert field is not None and field.passes == field.of
    places = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in marked(detected)[-2:]]
    assert places[0] == pytest.approx(field.anchor_centre)
    assert places[1] == pytest.approx(field.centre)
    assert len(detected.navigation.path()) == 3
    detected.tools.escape()
    assert view._field is None and not marked(detected)


def marked(workspace: DetectionWorkspace) -> list[tuple[float, ...]]:
    """The boxes that are marked on the picture."""
    return [mark.box for mark in workspace.context.layer.marks]


def test_another_picture_takes_the_asked_anchor_away(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    view = opened(qtbot, detected, "anchors")
    assert isinstance(view, AnchorsView)
    settle(qtbot, detected)
    assert view.told.text() and view.detail.text()
    other = next(scene.path for scene in SCENES if scene.sample == "shapes.png")
    detected.pictures.open_sample(other)
    qtbot.waitUntil(
        lambda: (
            not (view.told.text() or view.detail.text())
            and view.window_label.pixmap().isNull()
            and view.shared.pixmap().isNull()
        ),
        timeout=WAIT_MS,
    )
    settle(qtbot, detected)


def test_an_asked_anchor_tells_cls_and_reg(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    view = opened(qtbot, detected, "anchors")
    assert isinstance(view, AnchorsView) and detected.session.inspection is not None
    trace = detected.session.inspection.trace
    at = detected.picture.view().point(40, 30)
    qtbot.mouseClick(detected.picture, Qt.MouseButton.LeftButton, pos=at.toPoint())
    settle(qtbot, detected)
    assert view.table.rowCount() == len(view._answers) == 3
    for row, answer in enumerate(view._answers):
        view.table.selectRow(row)
        p = 1 / (1 + math.exp(-float(trace.objectness[answer.anchor])))
        shown = [view.table.item(row, column) for column in (1, 2)]
        told = [float(item.text()) for item in shown if item is not None]
        assert told == pytest.approx([p, 1 - p], abs=6e-3)
        dx = f"{abs(trace.deltas[answer.anchor][0]):.2f}"
        assert dx in view.detail.text()
    assert not view.shared.pixmap().isNull() and not view.window_label.pixmap().isNull()


def test_objectness_counts_every_level(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    view = opened(qtbot, detected, "objectness")
    assert isinstance(view, ObjectnessView) and detected.session.inspection is not None
    trace = detected.session.inspection.trace
    counts = np.bincount(trace.anchor_level)
    view.table.selectRow(2)
    assert detected.layers.level == 1
    item = view.table.item(2, 3)
    assert item is not None
    assert int(item.text()) == int((trace.objectness[trace.anchor_level == 1] > 0).sum())
    assert view.table.rowCount() == 1 + len(counts)


def test_proposals_before_and_after_each_filter(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    view = opened(qtbot, detected, "proposals")
    assert isinstance(view, ProposalsView) and detected.session.inspection is not None
    trace = detected.session.inspection.trace
    item = view.table.item(len(RPN_GATES), 1)
    assert item is not None and int(item.text()) == len(trace.proposals)
    view.table.selectRow(0)
    view.count.setCurrentIndex(3)
    view.count.activated.emit(3)
    assert view._layer.painted() == min(500, len(trace.anchors))


def test_a_gate_of_the_funnel_opens_its_stage(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    detected.results.setCurrentIndex(1)
    detected.results.funnel.selectRow(4)  # the RPN's NMS
    assert detected.stages.panel.stage == "proposals"
    view = detected.stages.panel.view()
    assert isinstance(view, ProposalsView) and view._gate == 4
    detected.results.funnel.selectRow(8)  # the NMS of a class
    assert detected.stages.panel.stage == "boxes"
    settle(qtbot, detected)


def test_the_head_answers_for_a_drawn_box(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    detected.stages.ask_head()
    settle(qtbot, detected)
    view = detected.stages.panel.view()
    assert isinstance(view, RoisView) and detected.picture.armed
    detected.picture.drawn.emit(QRectF(20, 15, 90, 70))
    qtbot.waitUntil(lambda: view._answer is not None, timeout=WAIT_MS)
    values = [view.bars.item(row, 1) for row in range(view.bars.rowCount())]
    probs = [float(item.text()) for item in values if item is not None]
    assert len(probs) == 4 and sum(probs) == pytest.approx(1, abs=1e-3)
    assert probs == sorted(probs, reverse=True)
    detected.tools.escape()
    assert view.pick(QPointF(60, 50)) and view._drawn is None
    settle(qtbot, detected)


def test_a_click_on_a_roi_takes_its_best_class_and_again_the_next(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    view = opened(qtbot, detected, "rois")
    selection, inspection = detected.session.selection, detected.session.inspection
    assert isinstance(view, RoisView) and selection is not None and inspection is not None
    boxes = inspection.trace.to_picture(selection.rois.boxes[selection.proposals])
    at = QPointF(*boxes[:, :2].max(0).tolist())
    inside = (boxes[:, :2] <= (at.x(), at.y())).all(1) & (boxes[:, 2:] >= (at.x(), at.y())).all(1)
    if inside.sum() < 2:
        at = detected.context.middle()
        inside = (boxes[:, :2] <= (at.x(), at.y())).all(1)
        inside &= (boxes[:, 2:] >= (at.x(), at.y())).all(1)
    here = selection.proposals[inside]
    scores = selection.rois.pair_scores[here, 1:].max(1)
    order = here[np.argsort(-scores, kind="stable")].tolist()
    assert len(order) > 1
    view.pick(at)
    assert view._row == order[0]
    view.pick(QPointF(at))
    assert view._row == order[1]
    view.forget_item()
    view.pick(at)
    assert view._row == order[0]


def test_two_boxes_in_court(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    detected.thresholds.score.set_value(0.05)
    settle(qtbot, detected)
    view = opened(qtbot, detected, "boxes")
    assert isinstance(view, BoxesView)
    assert view.table.rowCount() >= len(detected.session.shown)
    first, second = view._pairs[:2]
    for row in (0, 1):
        flag = view.table.selectionModel().SelectionFlag
        index = view.table.model().index(row, 0)
        view.table.selectionModel().select(index, flag.Select | flag.Rows)
    told = view.comparison.text()
    assert told.startswith("IoU ")
    assert ("never meet" in told) == (first[1] != second[1])


def test_every_class_has_its_mask_and_the_winners_is_the_results(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    view = opened(qtbot, detected, "masks")
    assert isinstance(view, MasksView) and detected.session.inspection is not None
    qtbot.waitUntil(lambda: view._maps is not None, timeout=WAIT_MS)
    assert view.classes.count() == len(detected.session.inspection.model.classes)
    probs = view._probs()
    assert probs is not None and probs.shape == (28, 28)
    known = detected.session.filler.details.probs[detected.session.shown[0].pair]
    assert np.allclose(probs, known, atol=1e-5)
    assert view.matrix.inspect_state()["ones"] == int((known >= 0.5).sum())
    view.classes.setCurrentRow(1)
    settle(qtbot, detected)
    other = view._probs()
    assert other is not None and not np.allclose(other, known, atol=1e-5)


def test_keypoints_have_names_and_heat_maps(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    view = opened(qtbot, detected, "keypoints")
    assert isinstance(view, KeypointsView) and "no keypoint head" in view.text.text()
    detected.models.set_model("points")
    detected.thresholds.score.set_value(0.05)
    settle(qtbot, detected)
    qtbot.waitUntil(lambda: view.table.rowCount() > 0, timeout=WAIT_MS)
    shown = detected.session.shown[0].keypoints
    assert shown is not None and view.table.rowCount() == len(shown)
    view.table.selectRow(2)
    assert view._image is not None and view._image.width() == 56


def test_thresholds_are_live_undone_and_set_back(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    session, limits = detected.session, detected.thresholds.panel
    stock = session.limits
    limits.controls["rpn_nms"].set_value(0.9)
    settle(qtbot, detected)
    limits.agnostic.setChecked(True)
    assert session.limits.rpn_nms == 0.9 and session.limits.class_agnostic and session.runs == 1
    detected.thresholds.history.undo()
    assert not session.limits.class_agnostic and not limits.agnostic.isChecked()
    detected.thresholds.history.undo()
    assert session.limits == stock
    assert limits.controls["rpn_nms"].value() == pytest.approx(0.7)
    detected.thresholds.history.redo()
    assert session.limits.rpn_nms == 0.9
    limits.own.setChecked(True)
    limits.own_score.set_value(0.2)
    assert session.limits.class_scores == ((1, 0.2),)
    qtbot.mouseClick(limits.stock, Qt.MouseButton.LeftButton)
    assert session.limits == session.stock() and not limits.own.isChecked()
    assert session.inspection is not None
    own = session.inspection.trace
    assert (session.score, session.nms) == (own.score_threshold, own.nms_threshold) == (0.05, 0.5)
    settle(qtbot, detected)


def test_limits_and_stage_say_one_number_of_boxes(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    detected.stages.open("proposals")
    view = detected.stages.panel.view()
    assert isinstance(view, ProposalsView)
    qtbot.waitUntil(
        lambda: 0 < detected.session.filler.answered[1] == detected.session.filler.answered[0],
        timeout=WAIT_MS,
    )
    entering = view.table.item(1 + RPN_GATES.index("rpn_score"), 1)
    assert entering is not None
    done = detected.thresholds.panel.answered.text()
    assert done == f"The box head has answered for {entering.text()} of {entering.text()} boxes."


def test_another_mask_threshold_paints_the_masks_anew(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    before = {i.pair: i.mask.area for i in detected.session.shown if i.mask is not None}
    detected.thresholds.panel.controls["mask"].set_value(0.9)
    settle(qtbot, detected)
    after = {i.pair: i.mask for i in detected.session.shown}
    for pair, area in before.items():
        mask = after[pair]
        assert mask is not None and mask.threshold == 0.9 and mask.area <= area


def test_scenes_name_pictures_and_stages_that_there_are() -> None:
    for scene in SCENES:
        assert scene.path.is_file() and scene.stage in ("", *NAMES)
        assert not scene.family or scene.family in FAMILIES


def test_a_scene_opens_its_picture_and_stage(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    scene = next(scene for scene in SCENES if scene.name == "rpn")
    detected.open_scene(scene)
    qtbot.waitUntil(lambda: detected.scenes.caption.isVisible(), timeout=WAIT_MS)
    assert detected.session.entry is not None and detected.session.entry.path == scene.path
    assert detected.stages.panel.stage == "anchors"
    settle(qtbot, detected)
    detected.stages.open("boxes")
    assert not detected.scenes.caption.isVisible()
    settle(qtbot, detected)


def test_masks_of_nothing_are_nothing(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    """The list of classes once asked for its rows while it was being emptied, and Qt fell."""
    view = opened(qtbot, detected, "masks")
    assert isinstance(view, MasksView)
    qtbot.waitUntil(lambda: view.classes.count() > 1, timeout=WAIT_MS)
    view.classes.setCurrentRow(1)
    settle(qtbot, detected)
    detected.thresholds.score.set_value(1.0)
    view.refresh()
    assert view.classes.count() == 0 and view._probs() is None
    settle(qtbot, detected)
