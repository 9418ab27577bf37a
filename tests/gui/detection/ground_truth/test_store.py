"""Ground truth beside the picture: matched, drawn, counted, and followed where it was missed."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import numpy
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.annotations import reading
from engine.annotations.json_stream import ReadProgress, Steps
from engine.detection.survey import run as survey
from gui.detection.ground_truth.layer import (
    COLORS,
    FALSE,
    FOUND,
    IGNORED,
    LINES,
    MISSED,
    GroundTruthLayer,
    MatchedBox,
)
from gui.detection.layers.callouts import ADDED, GIVEN, RIVAL
from gui.detection.overlay_colors import INSTANCE_COLORS, LEFT_SIDE, MIDDLE, RIGHT_SIDE
from gui.detection.workspace import DetectionWorkspace
from gui.pictures.viewport import Viewport
from tests.gui.detection.conftest import WAIT_MS, save, settle

FAR = (150.0, 2.0, 159.0, 9.0)  # where no detection is


def labelme(path: Path, boxes: list[tuple[str, Any]]) -> Path:
    shapes = [
        {"label": name, "shape_type": "rectangle", "points": [list(box[:2]), list(box[2:])]}
        for name, box in boxes
    ]
    facts = {"version": "5.5.0", "flags": {}, "imageData": None, "imagePath": "1.png"}
    told = {**facts, "shapes": shapes, "imageHeight": 120, "imageWidth": 160}
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


@pytest.fixture
def compared(qtbot: QtBot, workspace: DetectionWorkspace, tmp_path: Path) -> DetectionWorkspace:
    """A picture whose best detection is marked beside it, and an object that is not there."""
    folder = tmp_path / "истина"
    folder.mkdir()
    path = save(folder / "1.png", seed=1)
    workspace.activate()
    with qtbot.waitSignal(workspace.files.chosen, timeout=WAIT_MS):
        workspace.open_paths([path])
    settle(qtbot, workspace)
    best = workspace.session.shown[0]
    labelme(folder / "1.json", [(best.name, best.box), (best.name, FAR)])
    workspace.ground_truth.store.look()
    qtbot.waitUntil(lambda: workspace.ground_truth.store.matching is not None, timeout=WAIT_MS)
    return workspace


def texts(workspace: DetectionWorkspace) -> list[str]:
    return workspace.ground_truth.panel.counts.texts()


def test_objects_beside_the_picture_are_matched_and_counted(
    qtbot: QtBot, compared: DetectionWorkspace
) -> None:
    count = len(compared.session.shown)
    assert texts(compared) == ["found 1", "missed 1", f"false {count - 1}"]
    kinds = [item.kind for item in compared.ground_truth.layer.items]
    assert sorted(kinds) == sorted([FALSE] * (count - 1) + [FOUND, MISSED])
    compared.thresholds.score.set_value(min(compared.session.shown[0].score + 1e-3, 1.0))
    assert texts(compared) == ["found 0", "missed 2", "false 0"], "it follows the slider"
    compared.thresholds.score.set_value(0.5)
    compared.ground_truth.panel.iou.set_value(1.0)
    matching = compared.ground_truth.store.matching
    assert matching is not None and matching.iou == 1.0
    settle(qtbot, compared)


def test_a_click_on_a_missed_object_asks_where_it_was_lost(
    qtbot: QtBot, compared: DetectionWorkspace
) -> None:
    x, y = (FAR[0] + FAR[2]) / 2, (FAR[1] + FAR[3]) / 2
    compared.picture.clicked.emit(QPointF(x, y))
    assert compared.side.front() == "lost"
    assert compared.missed_objects.box == FAR
    assert compared.missed_objects.panel.label.currentText() == compared.session.shown[0].name
    assert compared.missed_objects.result is not None and compared.missed_objects.result.failed
    settle(qtbot, compared)


def test_a_source_can_be_chosen_and_a_bad_one_is_named(
    qtbot: QtBot, compared: DetectionWorkspace, tmp_path: Path
) -> None:
    store = compared.ground_truth.store
    chosen = tmp_path / "coco.json"
    marks = [{"id": 1, "image_id": 7, "category_id": 3, "bbox": [150, 2, 9, 7], "iscrowd": 0}]
    told = {
        "images": [{"id": 7, "file_name": "1.png", "width": 160, "height": 120}],
        "annotations": marks,
        "categories": [{"id": 3, "name": compared.session.shown[0].name}],
    }
    chosen.write_text(json.dumps(told))
    compared.ground_truth.panel.take_source(str(chosen))
    qtbot.waitUntil(lambda: store.truth is not None, timeout=WAIT_MS)
    assert texts(compared)[:2] == ["found 0", "missed 1"]
    assert compared.ground_truth.panel.source.currentText() == "coco.json"
    bad = tmp_path / "bad.json"
    bad.write_text("[]")
    with qtbot.waitSignal(compared.error, timeout=WAIT_MS) as error:
        compared.ground_truth.panel.take_source(str(bad))
    assert "bad.json" in str(error.args[0])
    assert store.truth is None and not compared.ground_truth.layer.items
    settle(qtbot, compared)


def coco(path: Path, names: list[str]) -> Path:
    """A COCO file with an object in each of some pictures."""
    images = [
        {"id": i, "file_name": name, "width": 160, "height": 120} for i, name in enumerate(names)
    ]
    marks = [
        {"id": i, "image_id": i, "category_id": 1, "bbox": [9, 9, 20 + i, 20], "iscrowd": 0}
        for i in range(len(names))
    ]
    told = {"images": images, "annotations": marks, "categories": [{"id": 1, "name": "ant"}]}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(told))
    return path


def test_copies_are_compared_once_their_folder_is_named(
    qtbot: QtBot, compared: DetectionWorkspace, tmp_path: Path
) -> None:
    panel, store = compared.ground_truth.panel, compared.ground_truth.store
    chosen = coco(tmp_path / "set" / "truth.json", ["1.png"])
    save(chosen.parent / "1.png", seed=1)
    compared.side.show_tab("lost")
    panel.take_source(str(chosen))
    qtbot.waitUntil(lambda: panel.images.isVisible(), timeout=WAIT_MS)
    assert str(chosen.parent) in panel.told.text() and store.truth is None
    copies = compared.session.entry
    assert copies is not None and copies.path is not None
    qtbot.mouseClick(panel.images, Qt.MouseButton.LeftButton)
    dialog = panel.findChild(QFileDialog, "detection.truth.images.dialog")
    assert dialog is not None and Path(dialog.directory().path()) == copies.path.parent
    dialog.fileSelected.emit(str(copies.path.parent))
    dialog.reject()
    qtbot.waitUntil(lambda: store.truth is not None, timeout=WAIT_MS)
    assert texts(compared)[1] == "missed 1" and not panel.images.isVisible()
    settle(qtbot, compared)


def test_a_name_that_two_pictures_of_the_list_have_is_said(
    qtbot: QtBot, compared: DetectionWorkspace, tmp_path: Path
) -> None:
    chosen = coco(tmp_path / "set" / "truth.json", ["1.png"])  # and no such picture lies there
    store = compared.ground_truth.store
    compared.ground_truth.panel.take_source(str(chosen))
    qtbot.waitUntil(lambda: store.truth is not None, timeout=WAIT_MS)
    (tmp_path / "other").mkdir()
    with qtbot.waitSignal(compared.error, timeout=WAIT_MS) as error:
        compared.open_paths([save(tmp_path / "other" / "1.png", seed=2)])
    assert "2 pictures are called 1.png" in str(error.args[0])
    assert store.truth is None and not compared.ground_truth.layer.items
    settle(qtbot, compared)


def test_a_survey_takes_what_was_read(
    qtbot: QtBot, compared: DetectionWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = compared.ground_truth.store
    compared.ground_truth.panel.take_source(str(coco(tmp_path / "set" / "t.json", ["1.png"])))
    qtbot.waitUntil(lambda: store.truth is not None, timeout=WAIT_MS)
    monkeypatch.delattr(reading, "read_truth_steps")
    monkeypatch.delattr(survey, "read_truth_steps")
    with qtbot.waitSignal(compared.survey.finished, timeout=WAIT_MS) as finished:
        compared.survey.start()
    assert len(finished.args[0].losses) == 1
    settle(qtbot, compared)


def test_what_is_left_out_and_sizes_that_disagree_are_said(
    qtbot: QtBot, compared: DetectionWorkspace, tmp_path: Path
) -> None:
    store, told = compared.ground_truth.store, compared.ground_truth.panel.told
    assert told.isHidden(), "nothing was left out"
    chosen = tmp_path / "1.json"
    labelme(chosen, [("ant", FAR)])
    content = json.loads(chosen.read_text())
    content["shapes"].append({"label": "x", "shape_type": "cuboid", "points": [[1, 1]]})
    chosen.write_text(json.dumps(content))
    compared.ground_truth.panel.take_source(str(chosen))
    qtbot.waitUntil(lambda: store.truth is not None, timeout=WAIT_MS)
    assert told.text() == "1 of 2 objects left out: 1 of unknown shape 'cuboid'."
    assert not told.isHidden() and texts(compared)[1] == "missed 1"
    other = tmp_path / "2.json"
    other.write_text(json.dumps({**content, "imageWidth": 777}))
    with qtbot.waitSignal(compared.error, timeout=WAIT_MS):
        compared.ground_truth.panel.take_source(str(other))
    assert "160 x 120" in told.text() and "777" in told.text()
    settle(qtbot, compared)


def test_a_picture_without_ground_truth_says_so(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    detected.side.show_tab("lost")
    assert (
        detected.ground_truth.panel.told.isVisible()
        and not detected.ground_truth.panel.counts.isVisible()
    )


def test_the_three_kinds_differ_in_colour_and_line(qtbot: QtBot) -> None:
    kinds = (FOUND, MISSED, FALSE)
    assert len({COLORS[kind].name() for kind in kinds}) == len({LINES[kind] for kind in kinds}) == 3
    colors = [COLORS[kind].getRgb()[:3] for kind in (*kinds, IGNORED)]
    others = [color.getRgb()[:3] for color in (LEFT_SIDE, RIGHT_SIDE, MIDDLE)]
    for taken in (*INSTANCE_COLORS, *others, RIVAL, ADDED, GIVEN):
        assert taken not in colors, "no class and no answer has a colour of the ground truth"
    layer, port = GroundTruthLayer(QFont()), Viewport()
    port.picture, port.scale = (200, 200), 1.0
    port.widget.setRect(0, 0, 200, 200)
    seen = []
    for kind in kinds:
        image = QImage(200, 200, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        layer.items = [MatchedBox(kind, (40.0, 40.0, 160.0, 160.0))]
        layer.paint(painter, port.view())
        painter.end()
        pixels = numpy.frombuffer(image.constBits(), numpy.uint8).reshape(200, 200, 4)
        color = COLORS[kind]
        hit = (pixels[..., :3] == [color.blue(), color.green(), color.red()]).all(-1)
        seen.append(int(hit.sum()))
    solid, dashed, dotted = seen
    assert solid > 300 and dotted > 0 and dashed > 0


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Ground truth is a large file that is being read until this is set."""
    opened, real = threading.Event(), reading.read_truth_steps

    def slowly(path: Path, *others: Any) -> Steps[reading.Truth]:
        while not opened.is_set():
            yield ReadProgress(path, 3_000_000_000, 12_000_000_000)
        return (yield from real(path, *others))

    monkeypatch.setattr(reading, "read_truth_steps", slowly)
    return opened


def test_a_large_file_is_read_on_while_another_picture_is_opened(
    qtbot: QtBot, compared: DetectionWorkspace, tmp_path: Path, gate: threading.Event
) -> None:
    controller, store = compared.ground_truth, compared.ground_truth.store
    chosen = labelme(tmp_path / "2.json", [("yeti", FAR)])
    controller.panel.take_source(str(chosen))
    qtbot.waitUntil(lambda: controller.strip.isVisible(), timeout=WAIT_MS)
    assert controller.strip.label.text() == "Reading 2.json… 25 %"
    assert controller.panel.told.text() == "The ground truth is being read."
    with qtbot.waitSignal(compared.session.picture_changed, timeout=WAIT_MS):
        compared.open_paths([save(tmp_path / "2.png", seed=2)])
    assert compared.session.opened is not None
    assert store.reading is not None and store.truth is None
    gate.set()
    qtbot.waitUntil(lambda: store.truth is not None, timeout=WAIT_MS)
    assert store.truth is not None and store.truth.file_name == "2.png"
    assert store.truth.objects[0].name == "yeti" and not controller.strip.isVisible()
    settle(qtbot, compared)


def test_reading_a_large_file_can_be_stopped_and_begun_again(
    qtbot: QtBot, compared: DetectionWorkspace, tmp_path: Path, gate: threading.Event
) -> None:
    controller, store = compared.ground_truth, compared.ground_truth.store
    chosen = str(labelme(tmp_path / "1.json", [("yeti", FAR)]))
    controller.panel.take_source(chosen)
    qtbot.waitUntil(lambda: controller.strip.isVisible(), timeout=WAIT_MS)
    qtbot.mouseClick(controller.strip.cancel, Qt.MouseButton.LeftButton)
    settle(qtbot, compared)
    assert not controller.strip.isVisible() and store.reading is None
    assert controller.panel.told.text().startswith("Reading the ground truth was stopped.")
    store.look()
    assert not compared.bridge.busy(), "not before it is chosen again"
    gate.set()
    controller.panel.take_source(chosen)
    qtbot.waitUntil(lambda: store.truth is not None, timeout=WAIT_MS)
    gate.clear()
    controller.panel.take_source(chosen)
    qtbot.waitUntil(lambda: store.reading is not None, timeout=WAIT_MS)
    assert compared.bridge.close(), "the window closes while it is read"
