"""What a page is set to as a file or a text: saved, recognised, opened, copied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from engine import specs
from engine.atomic_write import replacing
from gui.actions import ActionSpec
from gui.racing.setup_store import SetupStore
from gui.settings import Settings

Spec = TypeVar("Spec")

SUFFIX = ".json"
LARGEST_BYTES = specs.MAX_LENGTH
READ_BYTES = 4 * LARGEST_BYTES  # so many bytes may that many characters be


@dataclass(frozen=True)
class FileKind(Generic[Spec]):
    """A kind of file.

    Attributes:
        type_: of what it holds, a spec of `engine.specs`.
        workspace: name of the one that opens it; the setting of where something was saved
            last begins with it.
        action: id of the action that saves it.
        label: the action's text, marked for "actions".
        title: of the dialog, marked for the workspace.
        filter_: the dialog's name for such files, marked for the workspace.
        name: that the dialog offers.
        keys: of the action.
        dialog: its object name, where that is not the action's id.
        others: further types of spec that such a file may hold.
    """

    type_: type[Spec]
    workspace: str
    action: str
    label: str
    title: str
    filter_: str
    name: str
    keys: str = ""
    dialog: str = ""
    others: tuple[type, ...] = ()

    def holds(self, path: Path) -> bool:
        """Whether a file looks like one, so that its page should open it."""
        if path.suffix.lower() != SUFFIX or not path.is_file():
            return False
        try:
            with path.open(encoding="utf-8-sig") as file:
                text = file.read(LARGEST_BYTES)
        except (OSError, UnicodeDecodeError):
            return False
        kinds = "|".join(re.escape(specs.kind_of(type_)) for type_ in (self.type_, *self.others))
        return '"thalweg"' in text and re.search(rf'"kind"\s*:\s*"({kinds})"', text) is not None


class SpecFiles(QObject, Generic[Spec]):
    """Saves and opens what a page is set to.

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
        kind: FileKind[Spec],
        store: SetupStore[Any],
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._kind, self._store, self._settings = kind, store, settings
        self._window = parent
        self._folder = f"{kind.workspace}/folder"

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        kind = self._kind
        return [
            ActionSpec(
                kind.action,
                kind.label,
                "File",
                self.ask_save,
                kind.keys,
                section=20,
                icon="save",
            )
        ]

    def spec(self) -> Spec:
        """What is saved."""
        setup: Spec = self._store.setup
        return setup

    def read(self, text: str) -> Spec:
        """What a file or a pasted text holds.

        Raises:
            SpecError, InputError: it is nothing of the kind.
        """
        return specs.from_json(text, self._kind.type_)

    def take(self, spec: Spec) -> bool:
        """Set what was opened; False where it was refused."""
        self._store.change(spec, self.tr("open"))
        return True

    def open_first(self, paths: Sequence[Path]) -> bool:
        """Open the first of some files that is of this kind; False when there is none."""
        path = next(filter(self._kind.holds, paths), None)
        if path is not None:
            self.open(path)
        return path is not None

    def open(self, path: Path) -> None:
        """Open what was saved; what cannot be used is said, and what is set stays."""
        try:
            with path.open(encoding="utf-8-sig") as file:
                text = file.read(READ_BYTES)
            spec = self.read(text)
        except Exception as error:
            self.failed.emit(error)
            return
        if self.take(spec):
            self.opened.emit(path)

    def copy_spec(self, said: str) -> None:
        """What is set as JSON on the clipboard, which is told as `said`."""
        try:
            text = specs.to_json(self.spec())
        except Exception as error:
            self.failed.emit(error)
            return
        QApplication.clipboard().setText(text)
        self.status.emit(said)

    def pasted_spec(self) -> Spec | None:
        """What the clipboard's text holds; None, and said, where it is nothing of the kind."""
        try:
            return specs.from_pasted(QApplication.clipboard().text(), self.read)
        except Exception as error:
            self.failed.emit(error)
            return None

    def ask_save(self) -> None:
        """Ask for a file without blocking, then save."""
        kind = self._kind
        title, filter_ = (
            QCoreApplication.translate(kind.workspace, text) for text in (kind.title, kind.filter_)
        )
        dialog = self.file_dialog(title, f"dialog.{kind.dialog or kind.action}")
        dialog.setNameFilter(filter_)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(kind.name)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def save(self, name: str) -> None:
        """Save what is set; a file that is there is replaced when the new one is complete."""
        path = Path(name)
        try:
            text = specs.to_json(self.spec())
            with replacing(path) as temporary:
                temporary.write_text(text, encoding="utf-8")
        except Exception as error:
            self.failed.emit(error)
            return
        self.say_saved(path)
        self.opened.emit(path)

    def file_dialog(self, title: str, name: str) -> QFileDialog:
        """A dialog that asks where to save, where something was saved last."""
        dialog = QFileDialog(self._window, title)
        dialog.setObjectName(name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        folder = self._settings.folder(self._folder)
        if folder:
            dialog.setDirectory(folder)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def say_saved(self, path: Path) -> None:
        """Remember the folder and say what was saved."""
        self._settings.set_text(self._folder, str(path.parent))
        self.status.emit(self.tr("Saved {name}").format(name=path.name))
