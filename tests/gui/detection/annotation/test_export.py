"""Only what was accepted is written when that is asked for."""

from __future__ import annotations

from pathlib import Path

from pycocotools.coco import COCO
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.detection.export.dialog import ExportDialog
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.annotation.test_pass import KEYS, judging, press
from tests.gui.detection.conftest import WAIT_MS, settle

__all__ = ["judging"]


def asked(qtbot: QtBot, workspace: DetectionWorkspace, folder: Path) -> ExportDialog:
    """The dialog that the pass opens, for COCO alone."""
    button = workspace.annotation.panel.export
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = workspace.export._dialog
    assert dialog is not None
    dialog.folder.setText(str(folder))
    for name, check in dialog.formats.items():
        check.setChecked(name in ("coco", "npz"))
    return dialog


def export(qtbot: QtBot, workspace: DetectionWorkspace, dialog: ExportDialog) -> None:
    with qtbot.waitSignal(workspace.export.written, timeout=WAIT_MS):
        dialog.accept()


def told(file: Path) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Pictures, and class and mask of what is in each."""
    read = COCO(str(file))
    names = {each["id"]: each["name"] for each in read.dataset["categories"]}
    return [
        (
            image["file_name"],
            [
                (names[each["category_id"]], "segmentation" in each)
                for each in read.loadAnns(read.getAnnIds(imgIds=[image["id"]]))
            ],
        )
        for image in read.dataset["images"]
    ]


def test_accepted_objects_of_judged_pictures(
    qtbot: QtBot, judging: DetectionWorkspace, tmp_path: Path
) -> None:
    dialog = asked(qtbot, judging, tmp_path / "none")
    assert dialog.only_accepted.isHidden(), "nothing was judged"
    dialog.reject()
    names = [item.name for item in judging.annotation.items]
    press(qtbot, judging, KEYS.Key_A, KEYS.Key_D, KEYS.Key_3, KEYS.Key_N)
    accepted = [(names[0], True), ("cat", True), ("cat", True)]
    dialog = asked(qtbot, judging, tmp_path / "out")
    assert dialog.scope.currentData() == "list"
    assert dialog.only_accepted.isChecked()
    assert "1 of 2" in dialog.only_accepted.text()
    assert not dialog.formats["npz"].isEnabled()
    export(qtbot, judging, dialog)
    assert told(tmp_path / "out" / "annotations.json") == [("1.png", accepted)]
    assert not list((tmp_path / "out").glob("*.npz"))
    # The second is gone through without a word: it is judged, and nothing is in it.
    press(qtbot, judging, KEYS.Key_Return)
    settle(qtbot, judging)
    press(qtbot, judging, KEYS.Key_Return)
    dialog = asked(qtbot, judging, tmp_path / "both")
    export(qtbot, judging, dialog)
    assert told(tmp_path / "both" / "annotations.json") == [("1.png", accepted), ("2.png", [])]


def test_the_open_picture_alone(qtbot: QtBot, judging: DetectionWorkspace, tmp_path: Path) -> None:
    press(qtbot, judging, KEYS.Key_D, KEYS.Key_A)
    name = judging.annotation.items[1].name
    dialog = asked(qtbot, judging, tmp_path)
    dialog.scope.setCurrentIndex(dialog.scope.findData("picture"))
    qtbot.waitUntil(lambda: not dialog.preview.pixmap().isNull(), timeout=WAIT_MS)
    export(qtbot, judging, dialog)
    assert told(tmp_path / "1.coco.json") == [("1.png", [(name, True)])]
