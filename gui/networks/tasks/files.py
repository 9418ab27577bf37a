"""Races on tasks as files and as text on the clipboard: save, open, copy, paste."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from engine import specs
from engine.atomic_write import replacing
from engine.errors import ThalwegError
from engine.networks.tasks.spec import FitSpec
from gui.actions import ActionSpec
from gui.i18n import QT_TRANSLATE_NOOP
from gui.networks.tasks import edit_text
from gui.networks.tasks.editor import Editor
from gui.networks.tasks.setup import TaskStore
from gui.settings import Settings

FOLDER = "networks/folder"  # the setting: where something was saved last
SUFFIX = ".json"


def is_fit(path: Path) -> bool:
    """Whether a file is a saved race on a task, so that this page should open it."""
    if path.suffix.lower() != SUFFIX or not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(specs.MAX_LENGTH)
        return specs.kind_in(text) == specs.kind_of(FitSpec)
    except (OSError, UnicodeDecodeError, ThalwegError):
        return False


class FitFiles(QObject):
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
        self, store: TaskStore, editor: Editor, settings: Settings, parent: QWidget
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
                "networks.tasks.save",
                QT_TRANSLATE_NOOP("actions", "Save &Task Race…"),
                "File",
                self.ask_save,
                section=20,
                icon="save",
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
                "networks.tasks.paste",
                QT_TRANSLATE_NOOP("actions", "Paste T&ask Race"),
                "Edit",
                self.paste_text,
                section=20,
                icon="paste",
            ),
        ]

    def copy_text(self) -> None:
        """The race as JSON on the clipboard."""
        try:
            text = specs.to_json(self._store.setup.spec())
        except ThalwegError as error:
            self.failed.emit(error)
            return
        QApplication.clipboard().setText(text)
        self.status.emit(self.tr("The race is on the clipboard"))

    def paste_text(self) -> None:
        """Take a race from the clipboard's text."""
        self._take(QApplication.clipboard().text(), edit_text.PASTED, specs.from_pasted)

    def open(self, path: Path) -> None:
        """Open a race that was saved."""
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.failed.emit(error)
            return
        if self._take(text, edit_text.OPENED):
            self.opened.emit(path)

    def open_first(self, paths: Sequence[Path]) -> bool:
        """Open the first race among some files; False when there is none."""
        race = next(filter(is_fit, paths), None)
        if race is not None:
            self.open(race)
        return race is not None

    def _take(
        self,
        text: str,
        said: str,
        read: Callable[[str, type[FitSpec]], FitSpec] = specs.from_json,
    ) -> bool:
        try:
            spec = read(text, FitSpec)
        except ThalwegError as error:
            self.failed.emit(error)
            return False
        return self._editor.set_spec(spec, said)

    def ask_save(self) -> None:
        """Ask for a file without blocking, then save."""
        dialog = QFileDialog(self._window, self.tr("Save Race"))
        dialog.setObjectName("dialog.save_fit")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Race (*.json)"))
        dialog.setDefaultSuffix("json")
        dialog.selectFile(f"{self._store.setup.fit.task}.json")
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
            text = specs.to_json(self._store.setup.spec())
            with replacing(path) as temporary:
                temporary.write_text(text, encoding="utf-8")
        except Exception as error:
            self.failed.emit(error)
            return
        self._settings.set_text(FOLDER, str(path.parent))
        self.opened.emit(path)
        self.status.emit(self.tr("Saved {name}").format(name=path.name))
