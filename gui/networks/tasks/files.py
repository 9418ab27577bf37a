"""Races on tasks as files and on the clipboard: save, open, copy, paste, table, script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from engine.errors import InputError
from engine.networks.tasks.spec import FitSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.i18n import QT_TRANSLATE_NOOP
from gui.networks.tasks import edit_text
from gui.networks.tasks.editor import Editor
from gui.networks.tasks.jobs import FitJobs
from gui.networks.tasks.setup import OWN, TaskSetup, TaskStore
from gui.racing.spec_files import FileKind, SpecFiles
from gui.settings import Settings

if TYPE_CHECKING:
    from engine.networks.tasks.frame import FitFrame

TABLE, SCRIPT = "networks.tasks.table", "networks.tasks.script"
RACE = FileKind(
    FitSpec,
    "networks",
    action="networks.tasks.save",
    label=QT_TRANSLATE_NOOP("actions", "Save &Task Race…"),
    title=QT_TRANSLATE_NOOP("networks", "Save Task Race"),
    filter_=QT_TRANSLATE_NOOP("networks", "Race (*.json)"),
    name="race.json",
)


def write_table(spec: FitSpec, frames: Sequence[FitFrame], path: Path) -> Iterator[Path]:
    """The table of a race, on a worker; a race of which not all is computed is run for it."""
    from engine.networks.tasks import table
    from engine.networks.tasks.fit import fit

    steps = frames[-1].step if spec.task == OWN else spec.steps
    names = tuple(racer.name for racer in spec.racers)
    every = frames if len(frames) - 1 == steps else fit(spec)
    table.write(table.record(names, every), path)
    yield path


def write_script(spec: FitSpec) -> Iterator[str]:
    """The race as PyTorch, on a worker, where torch may be imported."""
    from engine.networks.tasks.script import script

    yield script(spec)


class FitFiles(SpecFiles[FitSpec]):
    """Saves and opens the race, and takes it to and from the clipboard."""

    def __init__(
        self,
        store: TaskStore,
        editor: Editor,
        jobs: FitJobs,
        bridge: Bridge,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(RACE, store, settings, parent)
        self._store: TaskStore = store
        self._editor = editor
        self._jobs = jobs
        self._bridge = bridge

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            *super().actions(),
            ActionSpec(
                "networks.tasks.export_table",
                QT_TRANSLATE_NOOP("actions", "Export Task Race as &CSV…"),
                "File",
                self.ask_table,
                section=20,
                icon="export",
            ),
            ActionSpec(
                "networks.tasks.copy",
                QT_TRANSLATE_NOOP("actions", "Copy Task &Race as Text"),
                "Edit",
                self.copy_text,
                section=20,
                icon="copy",
            ),
            ActionSpec(
                "networks.tasks.copy_script",
                QT_TRANSLATE_NOOP("actions", "Copy Tas&k Race as PyTorch"),
                "Edit",
                self.copy_script,
                section=20,
            ),
            ActionSpec(
                "networks.tasks.paste",
                QT_TRANSLATE_NOOP("actions", "Paste T&ask Race"),
                "Edit",
                self.paste_text,
                section=20,
                icon="paste",
            ),
        ]

    def spec(self) -> FitSpec:
        """The race that is set, with those who take part."""
        return self._store.setup.spec()

    def take(self, spec: FitSpec) -> bool:
        """Set a race that was opened."""
        return self._editor.set_spec(spec, edit_text.OPENED)

    def copy_text(self) -> None:
        """The race as JSON on the clipboard."""
        self.copy_spec(self.tr("The race is on the clipboard"))

    def paste_text(self) -> None:
        """Take a race from the clipboard's text."""
        spec = self.pasted_spec()
        if spec is not None:
            self._editor.set_spec(spec, edit_text.PASTED)

    def copy_script(self) -> None:
        """The race as a Python script that runs by itself, on the clipboard."""
        self._bridge.start(
            "files",
            SCRIPT,
            partial(write_script, self.spec()),
            on_snapshot=self._on_script,
            on_error=self._on_error,
        )

    def _on_script(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.status.emit(self.tr("The script is on the clipboard"))

    def ask_table(self) -> None:
        """Ask for a file without blocking, then write the table."""
        dialog = self.file_dialog(self.tr("Export Race"), "dialog.networks.tasks.export_table")
        dialog.setNameFilter(self.tr("Table (*.csv)"))
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{self._store.setup.fit.task}.csv")
        dialog.fileSelected.connect(self.export_table)
        dialog.open()

    def export_table(self, name: str) -> None:
        """Write losses and accuracies of every racer and step as CSV."""
        setup, frames = self._shown()
        if not setup.running:
            self.failed.emit(InputError("race.no_optimizer"))
            return
        if setup.fit.task == OWN and not frames:
            self.status.emit(self.tr("There is nothing to export yet"))
            return
        self._bridge.start(
            "files",
            TABLE,
            partial(write_table, setup.spec(), frames, Path(name)),
            on_snapshot=self.say_saved,
            on_error=self._on_error,
        )

    def _shown(self) -> tuple[TaskSetup, list[FitFrame]]:
        """The race that is set, and what is computed of it."""
        setup, history = self._store.setup, self._jobs.history
        if self._jobs.setup != setup or history is None:
            return setup, []
        return setup, list(history.frames)

    def _on_error(self, error: Exception) -> None:
        self.failed.emit(error)
