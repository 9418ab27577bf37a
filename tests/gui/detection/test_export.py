"""Export from the window: what is written, and what never is."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from pycocotools.coco import COCO
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox
from pytestqt.qtbot import QtBot

from gui.detection.export_dialog import ExportDialog
from gui.detection.jobs import ExportSpec
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import WAIT_MS, settle


def ask(qtbot: QtBot, room: DetectionWorkspace, folder: Path) -> ExportDialog:
    """Press Export and name a folder."""
    qtbot.mouseClick(room.header.export, Qt.MouseButton.LeftButton)
    dialog = room.exporter._dialog
    assert dialog is not None
    dialog.folder.setText(str(folder))
    return dialog


def test_dialog_writes_picture_and_coco_into_a_new_folder(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    folder = tmp_path / "мои результаты"
    dialog = ask(qtbot, detected, folder)
    assert "sample.png" in dialog.files.text()
    with qtbot.waitSignal(detected.exporter.written, timeout=WAIT_MS) as told:
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert told.args[0] == (folder / "sample.png", folder / "sample.coco.json")
    with Image.open(folder / "sample.png") as drawn:
        assert drawn.size == (160, 120)
    read = COCO(str(folder / "sample.coco.json"))
    marks = read.loadAnns(read.getAnnIds())
    assert len(marks) == len(detected.session.shown)
    areas = [instance.area for instance in detected.session.shown]
    assert [read.annToMask(mark).sum() for mark in marks] == areas
    assert detected.exporter.suggestion().folder == folder


def test_an_existing_file_is_kept_unless_said_otherwise(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    kept = tmp_path / "out" / "sample.coco.json"
    kept.write_text("mine")
    spec = ExportSpec(tmp_path / "out", "sample.png", picture=False)
    detected.exporter.export(spec)
    question = detected.exporter._question
    assert isinstance(question, QMessageBox) and "sample.coco.json" in question.text()
    question.reject()
    assert kept.read_text() == "mine" and not detected.bridge.busy()
    detected.exporter.export(spec)
    question = detected.exporter._question
    assert isinstance(question, QMessageBox)
    overwrite = question.buttons()[
        [question.buttonRole(b) for b in question.buttons()].index(
            QMessageBox.ButtonRole.AcceptRole
        )
    ]
    with qtbot.waitSignal(detected.exporter.written, timeout=WAIT_MS):
        overwrite.click()
    assert kept.read_text() != "mine"


def test_the_input_is_never_the_output(detected: DetectionWorkspace, tmp_path: Path) -> None:
    source = tmp_path / "sample.png"
    spec = ExportSpec(tmp_path, "sample.png", path=source)
    assert source not in spec.files and spec.picture_file.name == "sample-annotated.png"


def test_a_folder_that_cannot_be_written_is_one_sentence(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with qtbot.waitSignal(detected.error, timeout=WAIT_MS) as told:
        detected.exporter.export(ExportSpec(taken, "sample.png"))
    assert "taken" in str(told.args[0])
    assert taken.read_text() == "a file" and detected.session.shown
    settle(qtbot, detected)


def test_export_waits_for_the_last_masks(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    detected.score.set_value(0.05)
    detected.nms.set_value(0.95)
    assert any(instance.pending for instance in detected.session.shown)
    with qtbot.waitSignal(detected.exporter.written, timeout=WAIT_MS):
        detected.exporter.export(ExportSpec(tmp_path / "late", "sample.png", picture=False))
    read = COCO(str(tmp_path / "late" / "sample.coco.json"))
    marks = read.loadAnns(read.getAnnIds())
    assert len(marks) == len(detected.session.shown)
    assert all("segmentation" in mark for mark in marks)
    settle(qtbot, detected)


def test_nothing_chosen_cannot_be_accepted(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    dialog = ask(qtbot, detected, tmp_path)
    dialog.picture.setChecked(False)
    dialog.coco.setChecked(False)
    assert not dialog.accept_button.isEnabled()
    dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()


def test_without_detections_there_is_nothing_to_export(
    qtbot: QtBot, room: DetectionWorkspace
) -> None:
    with qtbot.waitSignal(room.status) as told:
        room.exporter.ask()
    assert told.args[0]
    with qtbot.waitSignal(room.status):
        room.exporter.again()
