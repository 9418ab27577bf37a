"""What a person does in the Detection workspace, and sees."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from engine.detection.pipeline.selection import Thresholds, select
from engine.pictures.reader import NOTES
from gui import i18n
from gui.detection.header import NOTE_TEXTS
from gui.detection.layers.anchors import AnchorLayer
from gui.detection.layers.proposals import ProposalLayer
from gui.detection.layers.stack import listed
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import WAIT_MS, settle


def test_first_screen_says_model_threshold_device(detected: DetectionWorkspace) -> None:
    told = detected.header.facts.text()
    assert "Random" in told and "0.50" in told and "cpu" in told
    assert detected.results.table.rows.rowCount() == len(detected.session.shown) > 0
    assert [detected.header.model.itemData(k) for k in range(detected.header.model.count())] == [
        "people",
        "points",
    ]


def test_first_work_is_told_once(qtbot: QtBot, workspace: DetectionWorkspace) -> None:
    with qtbot.waitSignal(workspace.first_work_done, timeout=WAIT_MS):
        workspace.start_first_work()
    settle(qtbot, workspace)
    with qtbot.assertNotEmitted(workspace.first_work_done):
        workspace.thresholds.score.set_value(0.3)
    settle(qtbot, workspace)


def test_slider_selects_what_the_engine_would_without_a_run(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    session = detected.session
    assert session.inspection is not None
    for score, nms in ((0.2, 0.5), (0.05, 0.3), (0.05, 0.9), (0.6, 0.9)):
        detected.thresholds.score.slider.setValue(round(score * 100))
        detected.thresholds.nms.slider.setValue(round(nms * 100))
        wanted = select(
            session.inspection.trace,
            Thresholds(score, nms, session.inspection.trace.max_detections),
        )
        assert [instance.pair for instance in session.shown] == list(wanted.pairs)
        assert np.allclose([instance.box for instance in session.shown], wanted.boxes)
    assert session.runs == 1
    settle(qtbot, detected)


def test_slider_and_field_follow_each_other(detected: DetectionWorkspace) -> None:
    detected.thresholds.score.slider.setValue(31)
    assert detected.thresholds.score.field.value() == pytest.approx(0.31)
    detected.thresholds.score.field.set_value(0.5)
    detected.thresholds.score.field.selectAll()
    detected.thresholds.score.field.setText("0,275")
    detected.thresholds.score.field.setModified(True)
    detected.thresholds.score.field.editingFinished.emit()
    assert detected.session.score == pytest.approx(0.275)
    assert detected.thresholds.score.slider.value() in (27, 28)


def test_new_boxes_come_at_once_and_their_masks_later(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    detected.thresholds.score.set_value(0.05)
    detected.thresholds.nms.set_value(0.95)
    late = {instance.pair for instance in detected.session.shown if instance.pending}
    assert late, "a looser NMS must bring pairs that the stock pass left out"
    detected.picture.repaint()  # hatched
    settle(qtbot, detected)
    shown = {instance.pair: instance for instance in detected.session.shown}
    assert not any(instance.pending for instance in shown.values())
    assert all(shown[pair].mask is not None for pair in late)
    detections = detected.session.detections()
    assert detections is not None and detections.ready.all()


def test_colours_stay_while_sliders_move(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    before = {instance.pair: instance.color for instance in detected.session.shown}
    detected.thresholds.score.set_value(0.05)
    settle(qtbot, detected)
    after = {instance.pair: instance.color for instance in detected.session.shown}
    assert all(after[pair] == color for pair, color in before.items())


def test_another_model_runs_on_the_same_picture(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    entry = detected.session.entry
    detected.header.model.setCurrentIndex(1)
    detected.header.model.activated.emit(1)
    detected.thresholds.score.set_value(0.05)
    settle(qtbot, detected)
    assert detected.session.entry is entry and detected.session.runs == 2
    assert all(i.keypoints is not None for i in detected.session.shown)
    assert not detected.layers.panel.rows["masks"].eye.isEnabled()
    assert detected.layers.panel.rows["keypoints"].eye.isEnabled()


def test_a_model_trained_anew_is_loaded_anew(
    qtbot: QtBot, detected: DetectionWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    workbench = detected.session._workbench.get()
    load = workbench._load

    def watched(spec: object, device: object) -> object:
        loaded.append(spec.model)  # type: ignore[attr-defined]
        return load(spec, device)  # type: ignore[arg-type]

    monkeypatch.setattr(workbench, "_load", watched)
    detected.session.run()
    settle(qtbot, detected)
    assert loaded == []
    detected.receive("people")
    settle(qtbot, detected)
    assert loaded == ["people"] and detected.session.runs == 3


def test_what_the_reader_changed_is_said(
    qtbot: QtBot, workspace: DetectionWorkspace, tmp_path: Path
) -> None:
    deep = np.linspace(0, 65535, 64 * 80).reshape(64, 80).astype(np.uint16)
    Image.fromarray(deep).save(tmp_path / "deep.png")
    workspace.open_paths([tmp_path / "deep.png"])
    settle(qtbot, workspace)
    assert "percentiles" in workspace.header.facts.text()
    assert set(NOTE_TEXTS) == set(NOTES)


def test_model_that_cannot_be_loaded_says_so_and_leaves_the_window_usable(
    qtbot: QtBot, workspace: DetectionWorkspace
) -> None:
    workspace.session.model = "broken"  # as it was remembered; its file is gone since
    workspace.activate()
    workspace.start_first_work()
    settle(qtbot, workspace)
    assert workspace.notice.isVisible() and "broken" in workspace.notice.text.text()
    qtbot.mouseClick(workspace.notice.try_other, Qt.MouseButton.LeftButton)
    settle(qtbot, workspace)
    inspection = workspace.session.inspection
    assert inspection is not None and not workspace.notice.isVisible()
    # Once something is shown, a model that cannot be loaded takes nothing away.
    with qtbot.waitSignal(workspace.error, timeout=WAIT_MS):
        workspace.models.set_model("broken")
    settle(qtbot, workspace)
    assert workspace.session.inspection is inspection and not workspace.notice.isVisible()


def test_when_nothing_is_found_it_says_why_and_helps(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    detected.thresholds.score.set_value(1.0)
    assert detected.notice.isVisible()
    best = detected.session.best()
    assert best is not None
    told = detected.notice.text.text()
    assert "ant, bee, cat" in told and best[1] in told and f"{best[0]:.2f}" in told
    qtbot.mouseClick(detected.notice.try_lower, Qt.MouseButton.LeftButton)
    assert detected.session.shown and not detected.notice.isVisible()
    settle(qtbot, detected)


def test_cancel_stops_and_the_picture_stays(qtbot: QtBot, workspace: DetectionWorkspace) -> None:
    workspace.start_first_work()
    qtbot.waitUntil(lambda: workspace.session.opened is not None, timeout=WAIT_MS)
    workspace.session.cancel()
    qtbot.waitUntil(lambda: not workspace.bridge.busy(), timeout=WAIT_MS)
    assert workspace.picture.pyramid is not None and workspace.session.inspection is None
    qtbot.mouseClick(workspace.header.run, Qt.MouseButton.LeftButton)
    settle(qtbot, workspace)
    assert workspace.session.runs == 1


def test_table_and_picture_are_linked_both_ways(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    first = detected.session.shown[0]
    view = detected.picture.view()
    inside = view.point((first.box[0] + first.box[2]) / 2, (first.box[1] + first.box[3]) / 2)
    qtbot.mouseMove(detected.picture, inside.toPoint())
    raised = detected.layers.raised
    assert raised is not None and detected.results.table.rows._raised == raised
    qtbot.mouseClick(detected.picture, Qt.MouseButton.LeftButton, pos=inside.toPoint())
    assert detected.layers.selected == raised
    rows = detected.results.table.selectionModel().selectedRows()
    assert [index.row() for index in rows] == [detected.results.table.rows.row(raised)]
    scale = detected.picture.zoom
    place = detected.results.table.visualRect(detected.results.table.model().index(0, 1)).center()
    qtbot.mouseMove(detected.results.table.viewport(), place)
    qtbot.mouseClick(detected.results.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert detected.layers.selected == first.pair
    assert detected.picture.zoom != scale


def test_table_sorts_by_number_not_by_text(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    detected.thresholds.score.set_value(0.05)
    detected.results.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    model = detected.results.table.model()
    scores = [model.index(row, 2).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]
    assert scores == sorted(scores) and len(scores) > 2
    settle(qtbot, detected)


def test_readout_says_place_colour_detection_and_zoom(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    with qtbot.waitSignal(detected.readout) as told:
        detected.picture.hovered.emit(QPointF(7.5, 9.5))
    red, green, blue = detected.session.opened.picture.pixels[9, 7]  # type: ignore[union-attr]
    text = told.args[0].replace("\u2007", "")
    assert "x 7" in text and "y 9" in text and "160 × 120" in text
    assert f"RGB {red} {green} {blue}" in text
    assert f"{100 * detected.picture.zoom:.0f} %" in text


@pytest.mark.parametrize("name", ["anchors", "objectness", "proposals", "boxes", "masks"])
def test_each_layer_is_switched_and_faded(
    qtbot: QtBot, detected: DetectionWorkspace, name: str
) -> None:
    for other in listed():
        detected.layers.show(other.name, False)
    detected.layers.panel.set_opacity(name, 1.0)
    bare = detected.picture.render_view()
    row = detected.layers.panel.rows[name]
    qtbot.mouseClick(row.eye, Qt.MouseButton.LeftButton)
    full = detected.picture.render_view()
    row.opacity.setValue(40)
    faded = detected.picture.render_view()
    assert difference(bare, full) > difference(bare, faded) > 0


def test_anchor_level_and_proposal_count_are_chosen(detected: DetectionWorkspace) -> None:
    inspection = detected.session.inspection
    assert inspection is not None
    detected.layers.show_alone("anchors")
    for level in range(len(inspection.trace.feature_names)):
        detected.layers.panel.choices["anchors"][1].setCurrentIndex(level + 1)
        anchors = detected.layers.by_name["anchors"]
        assert isinstance(anchors, AnchorLayer) and anchors.level == level
        detected.picture.render_view()
    detected.layers.panel.choices["proposals"][1].setCurrentIndex(3)
    proposals = detected.layers.by_name["proposals"]
    assert isinstance(proposals, ProposalLayer) and proposals.top == 300


def test_hold_h_hides_overlays_until_release(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    full = detected.picture.render_view()
    detected.layers.peek()
    assert difference(detected.picture.render_view(), full) > 0
    detected.picture.setFocus()
    qtbot.keyRelease(detected.picture, Qt.Key.Key_H)
    assert difference(detected.picture.render_view(), full) == 0


def test_paste_opens_a_picture_and_files(
    qtbot: QtBot, detected: DetectionWorkspace, album: object
) -> None:
    assert not detected.pictures.take_mime(None)  # some platforms have no clipboard at times
    image = QImage(90, 60, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    QGuiApplication.clipboard().setImage(image)
    detected.pictures.paste()
    settle(qtbot, detected)
    assert detected.session.opened is not None
    pixels = detected.session.opened.picture.pixels
    assert pixels.shape == (60, 90, 3) and (pixels == 255).all()
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(f"{album}/2.png")])
    assert detected.pictures.take_mime(files)
    qtbot.waitUntil(
        lambda: detected.session.entry is not None and detected.session.entry.title == "2.png",
        timeout=WAIT_MS,
    )
    settle(qtbot, detected)
    assert not detected.pictures.take_mime(QMimeData())


def test_copy_gives_the_view_and_the_table(detected: DetectionWorkspace) -> None:
    detected.link.copy_view()
    image = QGuiApplication.clipboard().image()
    assert image.size() == detected.picture.size() * detected.picture.devicePixelRatioF()
    detected.link.copy_table()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["number", "class", "score", "x0", "y0", "x1", "y1", "area"]
    assert len(lines) == 1 + len(detected.session.shown)
    assert float(lines[1].split("\t")[2]) == pytest.approx(detected.session.shown[0].score)


def test_state_comes_back(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    detected.thresholds.score.set_value(0.33)
    detected.layers.show("masks", False)
    detected.layers.panel.rows["boxes"].opacity.setValue(50)
    state = detected.save_state()
    detected.thresholds.score.set_value(0.8)
    detected.layers.show("masks", True)
    detected.layers.panel.rows["boxes"].opacity.setValue(100)
    detected.restore_state(state)
    assert detected.session.score == pytest.approx(0.33)
    assert not detected.layers.is_shown("masks")
    assert detected.layers.boxes.opacity == 0.5
    detected.restore_state({"layers": 3, "score": "x", "splitter": "ü", "model": None})
    settle(qtbot, detected)


def test_every_control_has_a_name_for_tests_and_for_ears(detected: DetectionWorkspace) -> None:
    kinds = (QAbstractButton, QComboBox, QAbstractSlider)
    for widget in (*detected.findChildren(QWidget), detected.picture):
        if not isinstance(widget, kinds) or not widget.isVisible():
            continue
        if widget.objectName().startswith("qt_") or not widget.focusPolicy():
            continue
        assert widget.objectName().startswith("detection."), widget
        named = widget.accessibleName() or (
            widget.text() if isinstance(widget, QAbstractButton) else ""
        )
        assert named, widget.objectName()


def test_russian_and_back(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    i18n.apply("ru")
    qtbot.waitUntil(lambda: "0,50" in detected.header.facts.text())
    detected.thresholds.score.set_value(1.0)
    assert "1,00" in detected.notice.heading.text()
    i18n.apply("en")
    qtbot.waitUntil(lambda: "1.00" in detected.header.facts.text())
    assert "1.00" in detected.notice.heading.text()


def test_click_beside_everything_chooses_nothing(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    detected.layers.select_pair(detected.session.shown[0].pair)
    qtbot.mouseClick(detected.picture, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert detected.layers.selected is None


def difference(a: QImage, b: QImage) -> int:
    """Sum of differences of two images of one size."""
    assert a.size() == b.size()
    arrays = []
    for image in (a, b):
        plain = image.convertToFormat(QImage.Format.Format_RGB32)
        arrays.append(np.frombuffer(plain.constBits(), np.uint8).astype(int))
    return int(np.abs(arrays[0] - arrays[1]).sum())
