"""Nets as files, as a script on the clipboard, and exercises as sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QWidget,
)

from engine.networks.backprop.spec import BackpropSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text
from gui.networks.backprop.exercise_panel import SheetsWanted
from gui.racing.setup_store import SetupStore
from gui.racing.spec_files import FileKind, SpecFiles
from gui.settings import Settings
from gui.widgets.number_field import NumberField

SHEETS = "networks.backprop.sheets"
MOST_SHEETS = 200
SAID_PX = 300
NET = FileKind(
    BackpropSpec,
    "networks",
    action="networks.backprop.save",
    label=QT_TRANSLATE_NOOP("actions", "Save &Net…"),
    title=QT_TRANSLATE_NOOP("networks", "Save Net"),
    filter_=QT_TRANSLATE_NOOP("networks", "Net (*.json)"),
    name="net.json",
)


def write_class_set(path: Path, wanted: SheetsWanted, count: int) -> Iterator[Path]:
    """The sheets of so many seeds, or of a net's first examples, on the worker."""
    from engine.networks.backprop.exercise import exercises_of, random_exercise
    from engine.networks.backprop.sheets import write_sheets

    level = wanted.difficulty
    if wanted.net is None:
        exercises = [random_exercise(wanted.seed + number, level) for number in range(count)]
    else:
        net = replace(wanted.net, examples=wanted.net.examples[:count])
        exercises = list(exercises_of(net, level))
    write_sheets(exercises, path, engine_text)
    yield path


class SheetsDialog(QDialog):
    """How many sheets, before the file is asked for."""

    def __init__(self, wanted: SheetsWanted, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.exercise_sheets")
        self.setWindowTitle(self.tr("Exercises to Print"))
        self.wanted = wanted
        count = 1 if wanted.net is None else min(len(wanted.net.examples), MOST_SHEETS)
        most = MOST_SHEETS if wanted.net is None else count
        self.count = NumberField(count, self, minimum=1, maximum=most, integer=True)
        self.count.setObjectName("networks.backprop.sheets.count.field")
        self.count.setAccessibleName(self.tr("Number of sheets"))
        if wanted.net is None:
            hint = self.tr("Each has a seed of its own, from {seed} on").format(seed=wanted.seed)
        else:
            hint = self.tr("Each asks for another example of the net, from its weights as set")
        self.count.set_hint(hint)
        said = QLabel(hint, self)
        said.setObjectName("networks.backprop.sheets.label")
        said.setProperty("role", "muted")
        said.setWordWrap(True)
        said.setMinimumWidth(SAID_PX)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(self.tr("Number of sheets"), self.count)
        form.addRow(said)
        form.addRow(buttons)


class NetFiles(SpecFiles[BackpropSpec]):
    """Saves and opens nets, copies the script, writes sheets."""

    def __init__(
        self,
        store: SetupStore[BackpropSpec],
        bridge: Bridge,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(NET, store, settings, parent)
        self._bridge = bridge
        self._asked: SheetsDialog | None = None

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            *super().actions(),
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

    def ask_sheets(self, wanted: SheetsWanted) -> None:
        """Ask how many sheets, then for a file."""
        self._asked = SheetsDialog(wanted, self._window)
        self._asked.accepted.connect(self._ask_sheet_file)
        self._asked.open()

    def _ask_sheet_file(self) -> None:
        dialog = self.file_dialog(self.tr("Save Exercises"), "dialog.save_exercises")
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
            partial(write_class_set, Path(name), asked.wanted, count),
            on_snapshot=self.say_saved,
            on_error=self._on_error,
        )

    def _on_error(self, error: Exception) -> None:
        self.failed.emit(error)
