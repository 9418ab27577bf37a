"""Nets as files, as a script on the clipboard, and exercises as sheets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QWidget,
)

from engine import specs
from engine.atomic_write import replacing
from engine.networks.backprop.spec import BackpropSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text
from gui.racing.setup_store import SetupStore
from gui.settings import Settings
from gui.widgets.number_field import NumberField

FOLDER = "networks/folder"  # the setting: where a net was saved last
SHEETS = "networks.backprop.sheets"
LARGEST_BYTES = 1_000_000
MOST_SHEETS = 200


def write_class_set(path: Path, seed: int, count: int, difficulty: int) -> Iterator[Path]:
    """The sheets of so many seeds, on the worker."""
    from engine.networks.backprop.exercise import random_exercise
    from engine.networks.backprop.sheets import write_sheets

    exercises = [random_exercise(seed + number, difficulty) for number in range(count)]
    write_sheets(exercises, path, engine_text)
    yield path


def is_net(path: Path) -> bool:
    """Whether a file looks like a saved net."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(LARGEST_BYTES)
    except (OSError, UnicodeDecodeError):
        return False
    return '"thalweg"' in text and '"backprop"' in text


class SheetsDialog(QDialog):
    """How many sheets, before the file is asked for."""

    def __init__(self, seed: int, difficulty: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.exercise_sheets")
        self.setWindowTitle(self.tr("Exercises to Print"))
        self.seed, self.difficulty = seed, difficulty
        self.count = NumberField(1, self, minimum=1, maximum=MOST_SHEETS, integer=True)
        self.count.setObjectName("networks.backprop.sheets.count.field")
        self.count.setAccessibleName(self.tr("Number of sheets"))
        self.count.set_hint(self.tr("Each has a seed of its own, from {seed} on").format(seed=seed))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(self.tr("Number of sheets"), self.count)
        form.addRow(buttons)


class NetFiles(QObject):
    """Saves and opens nets, copies the script, writes sheets.

    Signals:
        status: what was done.
        opened: a path that was opened or saved.
        failed: why something could not be done.
    """

    status = Signal(str)
    opened = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        store: SetupStore[BackpropSpec],
        bridge: Bridge,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._store, self._bridge, self._settings, self._window = store, bridge, settings, parent
        self._asked: SheetsDialog | None = None

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            ActionSpec(
                "networks.backprop.save",
                QT_TRANSLATE_NOOP("actions", "Save &Net…"),
                "File",
                self.ask_save,
                section=20,
                icon="save",
            ),
            ActionSpec(
                "networks.backprop.copy_script",
                QT_TRANSLATE_NOOP("actions", "Copy Net as Py&Torch"),
                "Edit",
                self.copy_script,
                section=20,
            ),
        ]

    def copy_script(self) -> None:
        """The net and its training as a script, on the clipboard."""
        from engine.networks.backprop.script import script

        try:
            text = script(self._store.setup)
        except Exception as error:
            self.failed.emit(error)
            return
        QApplication.clipboard().setText(text)
        self.status.emit(self.tr("The script is on the clipboard"))

    def open(self, path: Path) -> None:
        """Open a net that was saved."""
        try:
            spec = specs.from_json(path.read_text(encoding="utf-8"), BackpropSpec)
        except Exception as error:
            self.failed.emit(error)
            return
        self._store.change(spec, self.tr("open"))
        self.opened.emit(path)

    def ask_save(self) -> None:
        """Ask for a file without blocking, then save."""
        dialog = self._file_dialog(self.tr("Save Net"), "dialog.save_net")
        dialog.setNameFilter(self.tr("Net (*.json)"))
        dialog.setDefaultSuffix("json")
        dialog.selectFile("net.json")
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def save(self, name: str) -> None:
        """Save the net as a spec file."""
        path = Path(name)
        try:
            text = specs.to_json(self._store.setup)
            with replacing(path) as temporary:
                temporary.write_text(text, encoding="utf-8")
        except Exception as error:
            self.failed.emit(error)
            return
        self._done(path)

    def ask_sheets(self, seed: int, difficulty: int) -> None:
        """Ask how many sheets, then for a file."""
        self._asked = SheetsDialog(seed, difficulty, self._window)
        self._asked.accepted.connect(self._ask_sheet_file)
        self._asked.open()

    def _ask_sheet_file(self) -> None:
        dialog = self._file_dialog(self.tr("Save Exercises"), "dialog.save_exercises")
        dialog.setNameFilters([self.tr("PDF (*.pdf)"), self.tr("Markdown (*.md)")])
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile("exercises.pdf")
        dialog.fileSelected.connect(self.write_sheets)
        dialog.open()

    def write_sheets(self, name: str) -> None:
        """Write the sheets that were asked for."""
        asked = self._asked
        if asked is None:
            return
        count = int(asked.count.value())
        self._bridge.start(
            "files",
            SHEETS,
            partial(write_class_set, Path(name), asked.seed, count, asked.difficulty),
            on_snapshot=self._done,
            on_error=self._on_error,
        )

    def _file_dialog(self, title: str, name: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setObjectName(name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        folder = self._settings.folder(FOLDER)
        if folder:
            dialog.setDirectory(folder)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _done(self, path: Path) -> None:
        self._settings.set_text(FOLDER, str(path.parent))
        self.status.emit(self.tr("Saved {name}").format(name=path.name))

    def _on_error(self, error: Exception) -> None:
        self.failed.emit(error)
