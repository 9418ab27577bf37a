"""Races as files and as text on the clipboard: save, open, copy, paste."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from engine import specs
from engine.atomic_write import replacing
from engine.descent.race.spec import RaceSpec, check
from engine.errors import InputError
from engine.export.race import script
from gui.actions import ActionSpec
from gui.descent import edit_text
from gui.descent.editor import Editor
from gui.descent.setup import SetupStore
from gui.i18n import QT_TRANSLATE_NOOP
from gui.settings import Settings

SUFFIX = ".json"
LARGEST_BYTES = 1_000_000
FOLDER = "descent/folder"  # the setting: where a race was saved last


def is_race(path: Path) -> bool:
    """Whether a file looks like a saved race, so that this workspace should open it."""
    if path.suffix.lower() != SUFFIX or not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(LARGEST_BYTES)
    except (OSError, UnicodeDecodeError):
        return False
    return '"thalweg"' in text and '"race"' in text


def read_race(path: Path) -> RaceSpec:
    """The race in a file.

    Raises:
        OSError: it cannot be read.
        SpecError: it holds no race that can be run.
    """
    return race_of(path.read_text(encoding="utf-8"))


def write_race(path: Path, spec: RaceSpec) -> None:
    """Save a race; a file that is there is replaced when the new one is complete.

    Raises:
        ExportError: it cannot be written.
        SpecError: a number in it is not finite.
    """
    text = specs.to_json(spec)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def race_of(text: str) -> RaceSpec:
    """The race in a spec's text.

    Raises:
        InputError: it holds no race that can be run.
    """
    spec = specs.from_json(text, RaceSpec)
    check(spec)
    return spec


class RaceFiles(QObject):
    """Saves and opens the race, and takes it to and from the clipboard.

    Signals:
        status: what was done.
        opened: a path that was opened or saved.
        failed: why something could not be done.
    """

    status = Signal(str)
    opened = Signal(object)
    failed = Signal(object)

    def __init__(
        self, store: SetupStore, editor: Editor, settings: Settings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._editor = editor
        self._settings = settings
        self._window = parent

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            ActionSpec(
                "descent.save",
                QT_TRANSLATE_NOOP("actions", "&Save Race…"),
                "File",
                self.ask_save,
                "Ctrl+S",
                section=20,
                icon="save",
            ),
            ActionSpec(
                "descent.copy_race",
                QT_TRANSLATE_NOOP("actions", "&Copy Race as Text"),
                "Edit",
                self.copy_race,
                "Ctrl+Shift+C",
                section=20,
                icon="copy",
            ),
            ActionSpec(
                "descent.copy_script",
                QT_TRANSLATE_NOOP("actions", "Copy as Py&Torch"),
                "Edit",
                self.copy_script,
                section=20,
            ),
            ActionSpec(
                "descent.paste_race",
                QT_TRANSLATE_NOOP("actions", "&Paste Race"),
                "Edit",
                self.paste_race,
                "Ctrl+V",
                section=20,
                icon="paste",
            ),
        ]

    def copy_race(self) -> None:
        """The race as JSON on the clipboard."""
        QApplication.clipboard().setText(specs.to_json(self._store.setup.spec()))
        self.status.emit(self.tr("The race is on the clipboard"))

    def copy_script(self) -> None:
        """The race as a Python script that runs by itself, on the clipboard."""
        try:
            text = script.script(self._store.setup.spec())
        except InputError as error:
            self.failed.emit(error)
            return
        QApplication.clipboard().setText(text)
        self.status.emit(self.tr("The script is on the clipboard"))

    def paste_race(self) -> None:
        """Take a race from the clipboard's text."""
        try:
            spec = specs.from_pasted(QApplication.clipboard().text(), RaceSpec)
            check(spec)
        except Exception as error:
            self.failed.emit(error)
            return
        self._editor.set_race(spec, edit_text.PASTED)

    def open(self, path: Path) -> None:
        """Open a race that was saved."""
        try:
            spec = read_race(path)
        except Exception as error:
            self.failed.emit(error)
            return
        self._editor.set_race(spec, edit_text.OPENED)
        self.opened.emit(path)

    def open_first(self, paths: Sequence[Path]) -> bool:
        """Open the first race among some files; False when there is none."""
        race = next(filter(is_race, paths), None)
        if race is not None:
            self.open(race)
        return race is not None

    def ask_save(self) -> None:
        """Ask for a file without blocking, then save."""
        dialog = QFileDialog(self._window, self.tr("Save Race"))
        dialog.setObjectName("dialog.save_race")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Race (*.json)"))
        dialog.setDefaultSuffix("json")
        dialog.selectFile("race.json")
        folder = self._settings.folder(FOLDER)
        if folder:
            dialog.setDirectory(folder)
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, name: str) -> None:
        """Save the race as a spec file."""
        path = Path(name)
        try:
            write_race(path, self._store.setup.spec())
        except Exception as error:
            self.failed.emit(error)
            return
        self._settings.set_text(FOLDER, str(path.parent))
        self.opened.emit(path)
        self.status.emit(self.tr("Saved {name}").format(name=path.name))
