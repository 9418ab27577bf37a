"""Curves are exported from the window: what is shown is what is written."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from engine.export.curves.job import CurvesProgress
from gui.bridge import Bridge
from gui.settings import Settings
from gui.training.export import controller as module
from gui.training.workspace import TrainingWorkspace
from tests.engine.export.curves.test_curves import STEPS, make


@pytest.fixture
def workspace(qtbot: QtBot, bridge: Bridge, settings: Settings) -> TrainingWorkspace:
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    made = TrainingWorkspace(bridge, settings)
    qtbot.addWidget(made)
    made.resize(1190, 720)
    made.show()
    return made


def show(workspace: TrainingWorkspace, qtbot: QtBot, run: Path) -> None:
    workspace.open_paths([run])
    qtbot.waitUntil(lambda: workspace.curves.values().get("loss") == STEPS, timeout=30_000)


def ask(workspace: TrainingWorkspace, qtbot: QtBot) -> QFileDialog:
    button = workspace.findChild(QPushButton, "training.export.button")
    assert button is not None and button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = workspace.findChild(QFileDialog, "dialog.training.export")
    assert dialog is not None
    return dialog


def test_nothing_is_exported_before_a_run_is_shown(workspace: TrainingWorkspace) -> None:
    (action,) = workspace.export.actions()
    assert action.enabled is not None and not action.enabled()
    button = workspace.findChild(QPushButton, "training.export.button")
    assert button is not None and not button.isVisible()


def test_the_button_writes_the_run_that_is_shown(
    workspace: TrainingWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    show(workspace, qtbot, make(tmp_path / "run"))
    out = tmp_path / "all.csv"
    dialog = ask(workspace, qtbot)
    assert Path(dialog.selectedFiles()[0]).name == "run.png"
    dialog.fileSelected.emit(str(out))
    dialog.reject()
    with qtbot.waitSignal(workspace.status, check_params_cb=lambda text: text == "Wrote all.csv"):
        pass
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == STEPS
    # What is drawn last is what is written last.
    _, y = workspace.curves._curves["loss"].raw.getOriginalDataset()
    assert float(rows[-1]["loss"]) == y[-1]
    assert not workspace.export.strip.isVisible()


def test_several_runs_are_written_together(
    workspace: TrainingWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in "ab":
        show(workspace, qtbot, make(tmp_path / name))
    table = workspace.runs.table
    qtbot.waitUntil(lambda: table.model().rowCount() == 2, timeout=30_000)
    table.selectAll()
    out = tmp_path / "both.svg"
    workspace.export.export(out)
    qtbot.waitUntil(out.exists, timeout=30_000)
    assert {path.name for path in workspace._runs_to_export()} == {"a", "b"}


def test_a_long_export_is_shown_and_can_be_given_up(
    workspace: TrainingWorkspace, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, closed = threading.Event(), threading.Event()

    def slowly(runs: tuple[Path, ...], path: Path, log: bool) -> Iterator[CurvesProgress | None]:
        try:
            yield CurvesProgress(1, 4)
            while not going.wait(0.01):
                yield None
            path.touch()
        finally:
            closed.set()

    monkeypatch.setattr(module, "write_curves", slowly)
    show(workspace, qtbot, make(tmp_path / "run"))
    said: list[str] = []
    workspace.status.connect(said.append)
    out = tmp_path / "slow.png"
    workspace.export.export(out)
    assert not workspace.export.strip.isVisible()  # most are done before anything is to be seen
    qtbot.waitUntil(workspace.export.strip.isVisible, timeout=30_000)
    assert workspace.export.strip.bar.value() == 1 and workspace.export.strip.bar.maximum() == 4
    qtbot.mouseClick(workspace.export.strip.cancel, Qt.MouseButton.LeftButton)
    assert not workspace.export.strip.isVisible()
    assert "slow.png was not written" in said
    qtbot.waitUntil(closed.is_set, timeout=30_000)
    assert not out.exists()


def test_what_cannot_be_written_is_said(
    workspace: TrainingWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    show(workspace, qtbot, make(tmp_path / "run"))
    with qtbot.waitSignal(workspace.error, timeout=30_000) as heard:
        workspace.export.export(tmp_path / "curves.jpg")
    assert heard.args[0].code == "export.unknown_format"
