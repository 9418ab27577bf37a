"""Ground truth in the list of layers, from the File menu, by drop, and under the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui import i18n
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import WAIT_MS, save, settle
from tests.gui.detection.ground_truth.test_store import FAR, coco, labelme


@pytest.fixture
def around(qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path) -> DetectionWorkspace:
    """Two missed objects around the best detection, one in the other, dropped as a file."""
    best = detected.session.shown[0]
    x0, y0, x1, y1 = best.box
    inner = (x0 - 6, y0 - 6, x1 + 60, y1 + 60)
    outer = (x0 - 12, y0 - 12, x1 + 90, y1 + 90)
    told = labelme(tmp_path / "sample.json", [(best.name, outer), (best.name, inner)])
    detected.ground_truth.store.set_iou(1.0)  # whatever covers them, they are missed
    assert detected.open_paths([told])
    qtbot.waitUntil(lambda: detected.ground_truth.store.matching is not None, timeout=WAIT_MS)
    assert len(detected.ground_truth.store.missed()) == 2
    return detected


def test_a_click_goes_from_the_smallest_to_the_next_below(
    qtbot: QtBot, around: DetectionWorkspace
) -> None:
    best = around.session.shown[0]
    inner, outer = (box for _, box in reversed(around.ground_truth.store.missed()))
    middle = QPointF((best.box[0] + best.box[2]) / 2, (best.box[1] + best.box[3]) / 2)
    found = around.missed_objects
    around.picture.clicked.emit(middle)
    first = around.context.pair
    assert first is not None, "a detection lies on top"
    asked = []
    for _ in range(len(around.session.shown) + 3):
        around.picture.clicked.emit(middle)
        asked.append(found.box)
    assert {inner, outer} <= set(asked), "each click goes one below"
    assert asked.index(inner) < asked.index(outer), "the smaller first"
    at = around.picture.view().point(middle.x(), middle.y()).toPoint()
    zoom, turn = around.picture.zoom, around.ground_truth._turn
    qtbot.mouseDClick(around.picture, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseRelease(around.picture, Qt.MouseButton.LeftButton, pos=at)
    assert around.ground_truth._turn != turn and around.picture.zoom == zoom, "a quick one counts"
    around.picture.clicked.emit(QPointF(outer[2] - 1, outer[3] - 1))
    assert found.box == outer, "at its edge the larger one is meant"
    settle(qtbot, around)


def test_plates_speak_the_windows_language(around: DetectionWorkspace) -> None:
    assert all(item.text.startswith("missed: ") for item in around.ground_truth.layer.items[-2:])
    around.context.choose(around.session.shown[0].pair)
    around.provenance.show()
    marked = [mark.text for mark in around.context.layer.marks if mark.text]
    try:
        i18n.apply("ru")
        around.changeEvent(QEvent(QEvent.Type.LanguageChange))
        items = around.ground_truth.layer.items
        assert all(item.text.startswith("пропущено: ") for item in items[-2:])
        told = [mark.text for mark in around.context.layer.marks if mark.text]
        assert len(told) == len(marked) and not set(told) & set(marked)
    finally:
        i18n.apply("en")


def test_it_has_a_row_with_an_eye_and_a_number(qtbot: QtBot, around: DetectionWorkspace) -> None:
    truth, row = around.ground_truth, around.layers.panel.rows["truth"]
    assert (row.title.text(), row.count.text()) == ("Ground truth", "2")
    assert truth.counts.texts()[:2] == ["found 0", "missed 2"]
    assert around.layers.painted()["truth"]["missed"] == 2
    qtbot.mouseClick(row.eye, Qt.MouseButton.LeftButton)
    assert not truth.layer.shown and not truth.panel.check.isChecked()
    assert around.layers.painted()["truth"] == {}
    around.picture.clicked.emit(QPointF(*FAR[:2]))
    assert around.missed_objects.box is None, "what is not seen cannot be clicked"
    truth.panel.check.setChecked(True)
    assert row.eye.isChecked() and truth.layer.shown
    around.stages.open("anchors")
    assert truth.layer.shown, "a stage closes eyes of the detector's layers alone"
    around.stages.open("")
    settle(qtbot, around)


def test_it_is_loaded_from_the_file_menu(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    row = detected.layers.panel.rows["truth"]
    assert row.count.text() == "–" and not row.eye.isEnabled()
    spec = next(s for s in detected.actions() if s.id == "detection.truth.open")
    assert spec.menu == "File"
    spec.callback()
    dialog = detected.ground_truth.panel.findChild(QFileDialog, "detection.truth.dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(coco(tmp_path / "set" / "truth.json", ["sample.png"])))
    dialog.reject()
    qtbot.waitUntil(lambda: row.count.text() == "1", timeout=WAIT_MS)
    assert row.eye.isEnabled()
    settle(qtbot, detected)


def test_a_drop_of_pictures_and_annotations_is_both(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    picture = save(tmp_path / "a.png", seed=3)
    labels = tmp_path / "labels"
    labels.mkdir()
    labelme(labels / "a.json", [("yeti", FAR)])
    assert detected.open_paths([picture, labels])
    store = detected.ground_truth.store
    qtbot.waitUntil(lambda: store.truth is not None, timeout=WAIT_MS)
    assert store.source.path == labels and detected.session.entry is not None
    assert detected.session.entry.path == picture
    settle(qtbot, detected)
