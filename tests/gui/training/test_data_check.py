"""Check of the data and preview of the augmentation, from the form to what is adopted."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.training import initialization
from engine.training.data_check.progress import Progress
from gui.bridge import Bridge
from gui.settings import Settings
from gui.training.augmentation_preview.view import MIDDLE, side_of
from gui.training.data_check import controller
from gui.training.data_check.dialog import CheckDialog
from gui.training.workspace import TrainingWorkspace
from tests.deadlines import scaled
from tests.engine.training.conftest import write_coco
from tests.engine.training.test_trainer import TINY


@pytest.fixture
def workspace(
    qtbot: QtBot, bridge: Bridge, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> TrainingWorkspace:
    for name in ("people", "shapes"):
        monkeypatch.setitem(initialization.ARCHITECTURES, name, TINY)
    made = TrainingWorkspace(bridge, settings)
    qtbot.addWidget(made)
    made.resize(1190, 820)
    made.show()
    return made


def press(within: QWidget, qtbot: QtBot, name: str) -> None:
    button = within.findChild(QPushButton, f"training.{name}.button")
    assert button is not None and button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def wait(qtbot: QtBot, condition: Any) -> None:
    qtbot.waitUntil(condition, timeout=round(scaled(60) * 1000))


@pytest.fixture
def checked(workspace: TrainingWorkspace, qtbot: QtBot, tmp_path: Path) -> CheckDialog:
    path = write_coco(tmp_path / "data")
    workspace.form.choose_file(str(path))
    press(workspace, qtbot, "check")
    wait(qtbot, lambda: workspace.check.report is not None)
    dialog = workspace.check.dialog
    assert dialog is not None
    return dialog


def test_findings_are_listed_with_thumbnails_and_by_kind(
    checked: CheckDialog, qtbot: QtBot
) -> None:
    rows = checked.model.rows
    assert len(rows) >= 3
    shown = [row for row, each in enumerate(rows) if each.path is not None and each.box is not None]
    decoration = Qt.ItemDataRole.DecorationRole

    def painted() -> bool:
        return all(checked.model.index(row, 0).data(decoration) is not None for row in shown)

    wait(qtbot, painted)
    combo = checked.findChild(QComboBox, "training.check.kind.combo")
    assert combo is not None
    combo.setCurrentIndex(combo.findData("object.area"))
    assert [each.annotation for each in checked.model.rows] == ["5"]
    assert checked.model.index(0, 3).data() == "Box without area"
    combo.setCurrentIndex(0)
    assert len(checked.model.rows) == len(rows)


def test_the_labels_are_drawn(checked: CheckDialog) -> None:
    page = checked.statistics
    assert page.sizes.counts.sum() == 3
    assert page.counts.counts.tolist() == [0, 1, 1]
    assert page.heat.values.sum() == pytest.approx(1)
    assert {page.classes.item(row, 0).text() for row in range(2)} == {"cat", "dog"}


def test_proposed_anchors_are_adopted_by_the_form(
    checked: CheckDialog, workspace: TrainingWorkspace, qtbot: QtBot
) -> None:
    checked.tabs.setCurrentIndex(1)
    press(checked, qtbot, "check.propose")
    adopt = checked.statistics.adopt
    wait(qtbot, adopt.isEnabled)
    press(checked, qtbot, "check.adopt")
    sizes = workspace.form.spec().anchor_sizes
    assert len(sizes) == len(TINY.anchor_sizes)
    label = workspace.findChild(QLabel, "training.anchors.label")
    assert label is not None and label.isVisible()
    assert label.text() == ", ".join(map(str, sizes))
    press(checked, qtbot, "check.own")
    assert workspace.form.spec().anchor_sizes == ()
    assert not label.isVisible()


def test_bad_pictures_are_left_out_by_a_button(
    workspace: TrainingWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_coco(tmp_path / "data")
    (path.parent / "a.png").unlink()
    workspace.form.choose_file(str(path))
    press(workspace, qtbot, "check")
    wait(qtbot, lambda: workspace.check.report is not None)
    dialog = workspace.check.dialog
    assert dialog is not None
    assert "picture.missing" in {each.kind for each in dialog.model.rows}
    press(dialog, qtbot, "check.leaveout")
    box = workspace.findChild(QCheckBox, "training.leaveout.check")
    assert box is not None and box.isChecked()
    assert workspace.form.spec().leave_out_bad


def test_findings_are_exported(
    checked: CheckDialog, workspace: TrainingWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    checked.csv_wanted.emit(str(out))
    wait(qtbot, lambda: str(out) in checked.heading.text())
    with out.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(checked.model.rows)


def test_a_check_is_cancelled(
    workspace: TrainingWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def endless(_spec: Any) -> Iterator[Progress]:
        try:
            while True:
                yield Progress(1, 2)
        finally:
            ended.set()

    monkeypatch.setattr(controller, "run_check", endless)
    press(workspace, qtbot, "check")
    dialog = workspace.check.dialog
    assert dialog is not None
    wait(qtbot, lambda: dialog.strip.bar.maximum() == 2)
    qtbot.mouseClick(dialog.strip.cancel, Qt.MouseButton.LeftButton)
    wait(qtbot, ended.is_set)
    assert not dialog.strip.isVisible()
    assert workspace.check.report is None


def test_what_cannot_be_opened_is_said_in_the_dialog(
    workspace: TrainingWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    workspace.form.choose_file(str(tmp_path))
    press(workspace, qtbot, "check")
    dialog = workspace.check.dialog
    assert dialog is not None
    wait(qtbot, lambda: str(tmp_path) in dialog.heading.text())
    assert not dialog.strip.isVisible()


def test_the_preview_draws_what_the_net_gets_and_more(
    workspace: TrainingWorkspace, qtbot: QtBot
) -> None:
    press(workspace, qtbot, "preview")
    dialog = workspace.preview.dialog
    assert dialog is not None

    def numbers() -> list[int]:
        return [view.shown.number for view in dialog.views if view.shown is not None]

    wait(qtbot, lambda: numbers() == [0, 1, 2, 3, 4, 5])
    view = dialog.views[0]
    assert view.shown is not None
    assert max(view.shown.pixels.shape[:2]) <= TINY.max_size
    image = view.grab().toImage()
    colors = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert len(colors) > 50
    press(dialog, qtbot, "preview.again")
    wait(qtbot, lambda: numbers() == [6, 7, 8, 9, 10, 11])
    sides = {side_of(view.shown, point) for point in range(len(view.shown.keypoint_names))}
    assert sides <= {"L", "R", MIDDLE} and {"L", "R"} <= sides
