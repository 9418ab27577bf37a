"""The race as a file, asked for and written in the background."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.export.race.job import ExportSpec
from gui.descent.export.controller import LOOK, kept_look
from gui.descent.export.dialog import RaceExportDialog
from gui.descent.workspace import DescentWorkspace
from tests.gui.descent.conftest import WAIT_MS, enter


def dialog_of(workspace: DescentWorkspace) -> RaceExportDialog:
    workspace.exports.ask()
    dialog = workspace.exports.dialog
    assert dialog is not None
    return dialog


def test_a_figure_of_a_chosen_size_is_written(
    qtbot: QtBot, racing: DescentWorkspace, tmp_path: Path
) -> None:
    dialog = dialog_of(racing)
    path = tmp_path / "race.png"
    dialog.file.setText(str(path))
    enter(dialog.width_field, "101,6")
    enter(dialog.height_field, "76.2")
    enter(dialog.dpi, "50")
    assert "200 × 150" in dialog.note.text()
    with qtbot.waitSignal(racing.exports.written, timeout=WAIT_MS):
        QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    with Image.open(path) as picture:
        assert picture.size == (200, 150)
    assert racing.exports.was_exported() and racing.exports.progress is None
    # The choice is remembered, and once more over the same file needs no question.
    assert kept_look(racing.settings.text(LOOK)).dpi == 50
    path.unlink()
    with qtbot.waitSignal(racing.exports.written, timeout=WAIT_MS):
        racing.exports.again()
    assert path.is_file()


def test_format_and_ending_follow_each_other(racing: DescentWorkspace, tmp_path: Path) -> None:
    dialog = dialog_of(racing)
    dialog.file.setText(str(tmp_path / "a.webp"))
    assert dialog.format.currentData() == ".webp" and dialog.frames.isEnabled()
    dialog.format.setCurrentIndex(dialog.format.findData(".csv"))
    assert dialog.spec().path == tmp_path / "a.csv"
    assert not dialog.dpi.isEnabled() and not dialog.curves.isEnabled()
    (tmp_path / "a.csv").write_text("")
    dialog.file.setText(str(tmp_path / "b.csv"))
    dialog.file.setText(str(tmp_path / "a.csv"))
    assert "a.csv" in dialog.note.text()
    dialog.file.setText(str(tmp_path / "a.xyz"))
    assert not dialog.accept_button.isEnabled() and dialog.note.text()


def test_an_export_is_cancelled(qtbot: QtBot, racing: DescentWorkspace, tmp_path: Path) -> None:
    said: list[str] = []
    racing.status.connect(said.append)
    racing.exports.export(ExportSpec(tmp_path / "race.gif", 160, 140, 250))  # takes seconds
    shown = racing.exports.progress
    assert shown is not None
    qtbot.waitUntil(lambda: shown.isVisible() and shown.value() > 0, timeout=WAIT_MS)
    button = shown.findChild(QPushButton, "descent.export.progress.cancel.button")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert racing.exports.progress is None and "race.gif" in said[-1]
    assert racing.bridge.job("descent.export") is None
    assert not (tmp_path / "race.gif").exists()


@pytest.mark.parametrize("name", ["race.xyz", "nowhere/race.csv"])
def test_an_export_that_cannot_be_written_says_so(
    qtbot: QtBot, racing: DescentWorkspace, tmp_path: Path, name: str
) -> None:
    with qtbot.waitSignal(racing.error, timeout=WAIT_MS) as said:
        racing.exports.export(ExportSpec(tmp_path / name))
    assert name.rpartition("/")[2] in str(said.args[0])


def test_a_broken_memory_of_the_last_export_is_forgotten() -> None:
    default = ExportSpec(Path("race.png"))
    for text in ("", "[1, 2", "7", '{"dpi": "many"}', '{"kind": ".exe"}', '{"sharp": 1}'):
        assert kept_look(text) == default
