"""Export from the window: what is written, and what never is."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy
import pytest
from PIL import Image
from pycocotools.coco import COCO
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox
from pytestqt.qtbot import QtBot

from engine.export.formats import variants, writers
from engine.export.picture.layers.registry import PICTURE_LAYERS
from engine.export.picture.style import Style
from gui.detection.export.choices import Choices, restored
from gui.detection.export.controller import EXPORT
from gui.detection.export.dialog import ExportDialog
from gui.detection.layers.stack import exported
from gui.detection.workspace import DetectionWorkspace
from gui.settings import Settings
from tests.gui.detection.conftest import WAIT_MS, save, settle


def ask(qtbot: QtBot, workspace: DetectionWorkspace, folder: Path) -> ExportDialog:
    """Press Export and name a folder."""
    qtbot.mouseClick(workspace.header.export, Qt.MouseButton.LeftButton)
    dialog = workspace.export._dialog
    assert dialog is not None
    dialog.folder.setText(str(folder))
    return dialog


def only_coco(folder: Path) -> Choices:
    return Choices(str(folder), formats=("coco",))


def overwrite(qtbot: QtBot, workspace: DetectionWorkspace) -> QMessageBox:
    """The question that comes before anything is replaced."""
    qtbot.waitUntil(lambda: workspace.export._question is not None, timeout=WAIT_MS)
    question = workspace.export._question
    assert isinstance(question, QMessageBox)
    return question


def dialog_pixels(image: QImage) -> numpy.ndarray:
    """(H, W, 3) uint8 RGB of a preview."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = numpy.frombuffer(image.constBits(), numpy.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def agree(question: QMessageBox) -> None:
    roles = [question.buttonRole(button) for button in question.buttons()]
    question.buttons()[roles.index(QMessageBox.ButtonRole.AcceptRole)].click()


@pytest.fixture
def many(qtbot: QtBot, workspace: DetectionWorkspace, tmp_path: Path) -> DetectionWorkspace:
    """Four pictures in the list, one of them broken; the first is detected."""
    folder = tmp_path / "много"
    folder.mkdir()
    for number in (1, 2, 10):
        save(folder / f"{number}.png", seed=number)
    (folder / "3.png").write_text("no picture")
    workspace.activate()
    with qtbot.waitSignal(workspace.files.chosen, timeout=WAIT_MS):
        workspace.open_paths([folder])
    settle(qtbot, workspace)
    return workspace


def test_every_format_and_layer_of_the_engine_can_be_chosen() -> None:
    known, groups = writers(), variants()
    assert [name for group in groups.values() for name in group] == list(known)
    assert {record.exported for record in exported()} == set(PICTURE_LAYERS)
    for group in groups.values():
        assert len({known[name].target for name in group}) == 1, "these exclude each other"
    assert len({known[group[0]].target for group in groups.values()}) == len(groups)


def test_dialog_writes_picture_and_coco_into_a_new_folder(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    folder = tmp_path / "мои результаты"
    dialog = ask(qtbot, detected, folder)
    with qtbot.waitSignal(detected.export.written, timeout=WAIT_MS) as told:
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert told.args[0] == (folder / "sample.png", folder / "sample.coco.json")
    with Image.open(folder / "sample.png") as drawn:
        assert drawn.size == (160, 120)
    read = COCO(str(folder / "sample.coco.json"))
    marks = read.loadAnns(read.getAnnIds())
    assert len(marks) == len(detected.session.shown)
    areas = [instance.area for instance in detected.session.shown]
    assert [read.annToMask(mark).sum() for mark in marks] == areas
    assert detected.export.suggestion().path == folder


def test_preview_follows_the_look_and_the_file_has_it(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    dialog = ask(qtbot, detected, folder)
    qtbot.waitUntil(lambda: not dialog._image.isNull(), timeout=WAIT_MS)
    first = dialog._image.copy()
    dialog.look.palette_combo.setCurrentIndex(dialog.look.palette_combo.findData("white"))
    for part in dialog.look.parts.values():
        part.setChecked(False)
    qtbot.waitUntil(lambda: dialog._image != first, timeout=WAIT_MS)
    style = dialog.choices().style
    assert (style.palette, style.label) == ("white", ())
    dialog.look.line.setValue(3)
    dialog.look.opacities["masks"].setValue(80)
    for name, check in dialog.formats.items():
        check.setChecked(name in ("png", "svg"))
    shown = []
    dialog.show_preview = shown.append  # type: ignore[method-assign]
    dialog.look_changed.emit()
    qtbot.waitUntil(lambda: bool(shown), timeout=WAIT_MS)
    with qtbot.waitSignal(detected.export.written, timeout=WAIT_MS):
        dialog.accept_button.click()
    svg = (folder / "sample.svg").read_text(encoding="utf-8")
    assert 'fill-opacity="0.8"' in svg and 'stroke-width="3"' in svg and "<text" not in svg
    drawn = numpy.asarray(Image.open(folder / "sample.png"))
    height, width = drawn.shape[:2]
    seen = dialog_pixels(shown[-1])
    assert (seen == drawn).all() and seen.shape == (height, width, 3), "what was seen is written"
    assert (drawn == 255).all(-1).any(), "white lines"
    settle(qtbot, detected)


def test_choices_are_remembered_and_repeated_without_the_dialog(
    qtbot: QtBot, detected: DetectionWorkspace, settings: Settings, tmp_path: Path
) -> None:
    dialog = ask(qtbot, detected, tmp_path / "out")
    for name, check in dialog.formats.items():
        check.setChecked(name == "yolo")
    dialog.variants["yolo"].setCurrentIndex(dialog.variants["yolo"].findData("yolo-seg"))
    dialog.look.by_class.setChecked(True)
    chosen = dialog.choices()
    assert chosen.formats == ("yolo-seg",)
    with qtbot.waitSignal(detected.export.written, timeout=WAIT_MS):
        dialog.accept_button.click()
    (tmp_path / "out" / "sample.txt").unlink()
    assert detected.export.suggestion() == chosen
    with qtbot.waitSignal(detected.export.written, timeout=WAIT_MS):
        detected.export.again()
    assert (tmp_path / "out" / "sample.txt").read_text().count("\n") == len(detected.session.shown)
    settle(qtbot, detected)


def test_a_strange_memory_is_put_right() -> None:
    usual = Choices("here")
    state = {
        "folder": 7,
        "scope": "moon",
        "formats": ["png", "bogus"],
        "layers": "boxes",
        "style": {"palette": "x", "line_width": "9", "opacities": [["masks", 7], ["x"], 3]},
    }
    made = restored(state, usual)
    assert made == replace(usual, formats=("png",), style=Style(opacities=(("masks", 1.0),)))
    assert restored({}, usual) == usual


def test_an_existing_file_is_kept_unless_said_otherwise(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    kept = tmp_path / "out" / "sample.coco.json"
    kept.write_text("mine")
    detected.export.export(only_coco(tmp_path / "out"))
    question = overwrite(qtbot, detected)
    assert "sample.coco.json" in question.text()
    qtbot.keyClick(question, Qt.Key.Key_Return)  # the default is to keep it
    assert not question.isVisible()
    detected.export._question = None
    assert kept.read_text() == "mine" and detected.bridge.job(EXPORT) is None
    detected.export.export(only_coco(tmp_path / "out"))
    question = overwrite(qtbot, detected)
    with qtbot.waitSignal(detected.export.written, timeout=WAIT_MS):
        agree(question)
    assert kept.read_text() != "mine"


def test_the_input_is_never_the_output(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    before = (tmp_path / "sample.png").read_bytes()
    with qtbot.waitSignal(detected.export.written, timeout=WAIT_MS) as told:
        detected.export.export(Choices(str(tmp_path), formats=("png",)))
    assert told.args[0] == (tmp_path / "sample-annotated.png",)
    assert (tmp_path / "sample.png").read_bytes() == before


def test_a_folder_that_cannot_be_written_is_one_sentence(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with qtbot.waitSignal(detected.error, timeout=WAIT_MS) as told:
        detected.export.export(Choices(str(taken)))
    assert "taken" in str(told.args[0])
    assert taken.read_text() == "a file" and detected.session.shown
    assert not detected.export.strip.isVisible()
    settle(qtbot, detected)


def test_export_waits_for_the_last_masks(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    detected.thresholds.score.set_value(0.05)
    detected.thresholds.nms.set_value(0.95)
    assert any(instance.pending for instance in detected.session.shown)
    with qtbot.waitSignal(detected.export.written, timeout=WAIT_MS):
        detected.export.export(only_coco(tmp_path / "late"))
    read = COCO(str(tmp_path / "late" / "sample.coco.json"))
    marks = read.loadAnns(read.getAnnIds())
    assert len(marks) == len(detected.session.shown)
    assert all("segmentation" in mark for mark in marks)
    settle(qtbot, detected)


def test_export_waits_for_boxes_that_the_head_has_not_answered(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    detected.session.change({"rpn_nms": 0.95, "rpn_post_nms_top_n": 200, "score": 0.05})
    detected.export.export(only_coco(tmp_path / "late"))
    with qtbot.waitSignal(detected.export.written, timeout=WAIT_MS):
        pass
    selection = detected.session.selection
    assert selection is not None and len(selection.waiting) == 0
    read = COCO(str(tmp_path / "late" / "sample.coco.json"))
    assert len(read.getAnnIds()) == len(detected.session.shown)
    settle(qtbot, detected)


def test_the_whole_list_is_written_in_the_background(
    qtbot: QtBot, many: DetectionWorkspace, tmp_path: Path
) -> None:
    dialog = ask(qtbot, many, tmp_path / "out")
    dialog.scope.setCurrentIndex(dialog.scope.findData("list"))
    assert "4" in dialog.scope.currentText()
    for name, check in dialog.formats.items():
        check.setChecked(name in ("coco", "png"))
    with (
        qtbot.waitSignal(many.export.written, timeout=WAIT_MS) as told,
        qtbot.waitSignal(
            many.export.status, timeout=WAIT_MS, check_params_cb=lambda text: "3.png" in text
        ),
    ):
        dialog.accept_button.click()
    assert [path.name for path in told.args[0]] == ["1.png", "2.png", "10.png"]
    read = COCO(str(tmp_path / "out" / "annotations.json"))
    assert [each["file_name"] for each in read.dataset["images"]] == ["1.png", "2.png", "10.png"]
    first = read.getAnnIds(imgIds=[1])
    assert len(first) == len(many.session.shown), "the same thresholds as on the screen"
    assert many.session.inspection is not None and not many.export.strip.isVisible()
    settle(qtbot, many)


def test_the_selection_is_written_and_can_be_stopped(
    qtbot: QtBot, many: DetectionWorkspace, tmp_path: Path
) -> None:
    view = many.files.view
    view.selectionModel().select(
        many.files.model.index(3), QItemSelectionModel.SelectionFlag.Select
    )
    assert [entry.title for entry in many.files.selected] == ["1.png", "10.png"]
    many.export.export(Choices(str(tmp_path / "out"), scope="selection", formats=("csv",)))
    qtbot.waitUntil(many.export.strip.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(many.export.strip.cancel, Qt.MouseButton.LeftButton)
    assert not many.export.strip.isVisible()
    settle(qtbot, many)

    def left() -> list[str]:
        return [path.name for path in (tmp_path / "out").glob("*")]

    # What was done by then is kept, in a whole file; nothing half written is left. The
    # window forgets the job at once, its worker may still be ending that file.
    qtbot.waitUntil(lambda: left() in ([], ["detections.csv"]), timeout=WAIT_MS)
    if left():
        with (tmp_path / "out" / "detections.csv").open(encoding="utf-8", newline="") as file:
            assert {row["file_name"] for row in csv.DictReader(file)} <= {"1.png", "10.png"}


def test_only_the_chosen_detections_are_written(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    table = detected.results.table
    shown = detected.session.shown
    assert len(shown) > 2
    table.set_selected(shown[0].pair)
    table.toggle(shown[2].pair)
    dialog = ask(qtbot, detected, tmp_path / "out")
    dialog.scope.setCurrentIndex(dialog.scope.findData("chosen"))
    assert "2" in dialog.scope.currentText()
    for name, check in dialog.formats.items():
        check.setChecked(name == "coco")
    with qtbot.waitSignal(detected.export.written, timeout=WAIT_MS) as told:
        dialog.accept_button.click()
    marks = COCO(str(told.args[0][0])).dataset["annotations"]
    assert [mark["score"] for mark in marks] == [shown[0].score, shown[2].score]
    assert [mark["area"] for mark in marks] == [shown[0].area, shown[2].area]
    assert detected.export.suggestion().scope == "picture", "chosen anew each time"
    settle(qtbot, detected)


def test_nothing_chosen_cannot_be_accepted(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    dialog = ask(qtbot, detected, tmp_path)
    for check in dialog.formats.values():
        check.setChecked(False)
    assert not dialog.accept_button.isEnabled() and dialog.problem.text()
    dialog.formats["csv"].setChecked(True)
    assert dialog.accept_button.isEnabled() and not dialog.look.isEnabled()
    dialog.folder.setText(" ")
    assert not dialog.accept_button.isEnabled() and dialog.problem.text()
    dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    settle(qtbot, detected)


def test_without_detections_there_is_nothing_to_export(
    qtbot: QtBot, workspace: DetectionWorkspace
) -> None:
    with qtbot.waitSignal(workspace.status) as told:
        workspace.export.ask()
    assert told.args[0]
    with qtbot.waitSignal(workspace.status):
        workspace.export.again()
