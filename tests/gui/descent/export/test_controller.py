"""The race as a file, asked for and written in the background."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.descent.maps.landscape import landscape
from engine.descent.race.recording import record
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.export.scene.job import ExportSpec
from engine.export.scene.of_race import scene_of
from engine.export.scene.records import Scene
from gui.bridge import Bridge
from gui.descent.export.controller import LOOK, ExportController, kept_look
from gui.descent.export.dialog import RaceExportDialog
from gui.descent.setup import SetupStore
from gui.pictures.clipboard import pixels_of
from gui.settings import Settings
from tests.gui.descent.conftest import WAIT_MS
from tests.gui.fields import enter


@pytest.fixture(scope="module")
def scene() -> Scene:
    """Of a short race on a coarse landscape."""
    spec = RaceSpec(steps=5)
    *_, ground = landscape(spec, (30, 20))
    return replace(scene_of(record(spec, race(spec)), ground), caption="It falls.")


@pytest.fixture
def export(
    bridge: Bridge, settings: Settings, store: SetupStore, page: QWidget, scene: Scene
) -> ExportController:
    """The scene is the same in every theme, but knows in which it was asked for."""

    def tell(*, dark: bool | None = None, flat: bool = False) -> Scene:
        return replace(scene, dark=bool(dark))

    return ExportController(bridge, settings, store, tell, lambda: "lr = 0.001", page)


def dialog_of(export: ExportController) -> RaceExportDialog:
    export.ask()
    dialog = export.dialog
    assert dialog is not None
    return dialog


def test_a_figure_of_a_chosen_size_is_written(
    qtbot: QtBot, settings: Settings, export: ExportController, tmp_path: Path
) -> None:
    dialog = dialog_of(export)
    path = tmp_path / "race.png"
    dialog.file.setText(str(path))
    enter(dialog.width_field, "10,16")
    enter(dialog.dpi, "50")
    assert "200 × " in dialog.note.text()
    with qtbot.waitSignal(export.written, timeout=WAIT_MS):
        QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    with Image.open(path) as picture:
        assert picture.width == 200
    assert export.was_exported() and export.progress is None
    # The choice is remembered, and once more over the same file needs no question.
    assert kept_look(settings.state(LOOK)).dpi == 50
    path.unlink()
    with qtbot.waitSignal(export.written, timeout=WAIT_MS):
        export.again()
    assert path.is_file()


def test_format_and_ending_follow_each_other(export: ExportController, tmp_path: Path) -> None:
    dialog = dialog_of(export)
    dialog.file.setText(str(tmp_path / "a.webp"))
    assert dialog.format.currentData() == ".webp" and dialog.frames.isEnabled()
    dialog.format.setCurrentIndex(dialog.format.findData(".csv"))
    assert dialog.spec().path == tmp_path / "a.csv"
    assert not dialog.dpi.isEnabled() and not dialog.parts["curves"].isEnabled()
    (tmp_path / "a.csv").write_text("")
    dialog.file.setText(str(tmp_path / "b.csv"))
    dialog.file.setText(str(tmp_path / "a.csv"))
    assert "a.csv" in dialog.note.text()
    dialog.file.setText(str(tmp_path / "a.xyz"))
    assert not dialog.accept_button.isEnabled() and dialog.note.text()


def test_a_width_in_pixels_is_the_files(export: ExportController, tmp_path: Path) -> None:
    dialog = dialog_of(export)
    dialog.file.setText(str(tmp_path / "a.png"))
    dialog.unit.setCurrentIndex(dialog.unit.findData("px"))
    enter(dialog.width_field, "640")
    assert dialog.note.text().startswith("640 × ")
    enter(dialog.dpi, "300")  # so many pixels they stay
    assert dialog.note.text().startswith("640 × ") and dialog.width_field.value() == 640
    dialog.unit.setCurrentIndex(dialog.unit.findData("cm"))
    assert dialog.width_field.value() == pytest.approx(640 / 300 * 2.54)


def test_a_papers_column_has_its_width_serifs_and_a_text_beside_it(
    qtbot: QtBot, export: ExportController, tmp_path: Path
) -> None:
    dialog = dialog_of(export)
    dialog.file.setText(str(tmp_path / "a.svg"))
    dialog.look.setCurrentIndex(dialog.look.findData("column"))
    spec = dialog.spec()
    assert (spec.look, spec.width_mm, spec.theme, spec.about) == ("paper", 84.0, "light", True)
    assert dialog.note.text().startswith("8.4 × ")
    with qtbot.waitSignal(export.written, timeout=WAIT_MS):
        QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert (tmp_path / "a.txt").read_text() == "lr = 0.001"
    assert b"<svg" in (tmp_path / "a.svg").read_bytes()


def test_the_preview_is_what_is_written(
    qtbot: QtBot, export: ExportController, tmp_path: Path
) -> None:
    dialog = dialog_of(export)
    dialog.file.setText(str(tmp_path / "a.png"))
    dialog.parts["curves"].setChecked(False)
    enter(dialog.width_field, "20")
    enter(dialog.dpi, "100")
    width, height = dialog.spec().pixels(export.tell())

    def previewed() -> bool:
        image = dialog.picture
        return not image.isNull() and (image.width(), image.height()) == (width, height)

    qtbot.waitUntil(previewed, timeout=WAIT_MS)
    shown = pixels_of(dialog.picture)
    with qtbot.waitSignal(export.written, timeout=WAIT_MS):
        QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    with Image.open(tmp_path / "a.png") as picture:
        assert (np.asarray(picture.convert("RGB")) == shown).all()


def test_the_slide_is_in_the_clipboard(qtbot: QtBot, export: ExportController) -> None:
    QGuiApplication.clipboard().clear()
    said: list[str] = []
    export.status.connect(said.append)
    export.copy_slide()
    qtbot.waitUntil(lambda: "1920 × 1080" in said[-1], timeout=WAIT_MS)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (1920, 1080)
    assert pixels_of(image).std() > 10


def test_an_export_is_cancelled(
    qtbot: QtBot, bridge: Bridge, export: ExportController, tmp_path: Path
) -> None:
    said: list[str] = []
    export.status.connect(said.append)
    export.export(ExportSpec(tmp_path / "race.gif", dpi=250))  # takes seconds
    shown = export.progress
    assert shown is not None
    qtbot.waitUntil(lambda: shown.isVisible() and shown.value() > 0, timeout=WAIT_MS)
    button = shown.findChild(QPushButton, "descent.export.progress.cancel.button")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert export.progress is None and "race.gif" in said[-1]
    assert bridge.job("descent.export") is None
    assert not (tmp_path / "race.gif").exists()


def test_the_proposed_folder_is_made_where_it_is_missing(
    qtbot: QtBot, export: ExportController, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "Pictures"))
    path = export.suggestion().path
    assert path.parent == tmp_path / "Pictures" and not path.parent.exists()
    with qtbot.waitSignal(export.written, timeout=WAIT_MS):
        export.export(ExportSpec(path.with_suffix(".csv")))
    assert path.with_suffix(".csv").is_file()


@pytest.mark.parametrize("name", ["race.xyz", "file/race.csv"])
def test_an_export_that_cannot_be_written_says_so(
    qtbot: QtBot, export: ExportController, tmp_path: Path, name: str
) -> None:
    (tmp_path / "file").write_text("no folder")
    with qtbot.waitSignal(export.failed, timeout=WAIT_MS) as said:
        export.export(ExportSpec(tmp_path / name))
    assert name.partition("/")[0] in str(said.args[0])


def test_a_broken_memory_of_the_last_export_is_forgotten(settings: Settings) -> None:
    default = ExportSpec(Path("race.png"))
    for text in ("", "[1, 2", "7", '{"dpi": "many"}', '{"kind": ".exe"}', '{"sharp": 1}'):
        settings.set_text(LOOK, text)
        assert kept_look(settings.state(LOOK)) == default
