"""What can be done in the Descent workspace, as records for menus and keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from engine import specs
from engine.errors import InputError
from engine.export.race import script
from gui.actions import ActionSpec
from gui.descent import race_files
from gui.descent.data_commands import DataCommands
from gui.descent.look_commands import LookCommands
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from gui.descent.workspace import DescentWorkspace


class DescentCommands(QObject):
    """The workspace's actions; each is a bound method."""

    def __init__(self, workspace: DescentWorkspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._look = LookCommands(workspace)
        self._data = DataCommands(workspace)

    def actions(self) -> list[ActionSpec]:
        return [
            *self._file(),
            *self._edit(),
            *self._look.actions(),
            *self._data.actions(),
        ]

    def _file(self) -> list[ActionSpec]:
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
                "descent.export",
                QT_TRANSLATE_NOOP("actions", "&Export Race…"),
                "File",
                self._workspace.exports.ask,
                "Ctrl+E",
                section=30,
                icon="export",
            ),
            ActionSpec(
                "descent.export_again",
                QT_TRANSLATE_NOOP("actions", "Export &Again"),
                "File",
                self._workspace.exports.again,
                "Ctrl+Shift+E",
                enabled=self._workspace.exports.was_exported,
                section=30,
            ),
        ]

    def _edit(self) -> list[ActionSpec]:
        stack = self._workspace.keeper.stack
        return [
            ActionSpec(
                "descent.undo",
                QT_TRANSLATE_NOOP("actions", "&Undo"),
                "Edit",
                stack.undo,
                "Ctrl+Z",
                enabled=stack.canUndo,
                label=self.undo_text,
            ),
            ActionSpec(
                "descent.redo",
                QT_TRANSLATE_NOOP("actions", "&Redo"),
                "Edit",
                stack.redo,
                "Ctrl+Shift+Z Ctrl+Y",
                enabled=stack.canRedo,
                label=self.redo_text,
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

    # -- what they do -------------------------------------------------------------------------

    def undo_text(self) -> str:
        what = self._workspace.keeper.stack.undoText()
        return self.tr("&Undo: {what}").format(what=what) if what else self.tr("&Undo")

    def redo_text(self) -> str:
        what = self._workspace.keeper.stack.redoText()
        return self.tr("&Redo: {what}").format(what=what) if what else self.tr("&Redo")

    def copy_race(self) -> None:
        """The race as JSON on the clipboard."""
        QApplication.clipboard().setText(specs.to_json(self._workspace.setup.spec()))
        self._workspace.status.emit(self.tr("The race is on the clipboard"))

    def copy_script(self) -> None:
        """The race as a Python script that runs by itself, on the clipboard."""
        try:
            text = script.script(self._workspace.setup.spec())
        except InputError as error:
            self._workspace.error.emit(error)
            return
        QApplication.clipboard().setText(text)
        self._workspace.status.emit(self.tr("The script is on the clipboard"))

    def paste_race(self) -> None:
        self._workspace.editor.paste_race(QApplication.clipboard().text())

    def ask_save(self) -> None:
        """Ask for a file without blocking, then save."""
        dialog = QFileDialog(self._workspace, self.tr("Save Race"))
        dialog.setObjectName("dialog.save_race")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Race (*.json)"))
        dialog.setDefaultSuffix("json")
        dialog.selectFile("race.json")
        folder = self._workspace.settings.text("descent/folder")
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, name: str) -> None:
        """Save the race as a spec file."""
        path = Path(name)
        try:
            race_files.write_race(path, self._workspace.setup.spec())
        except Exception as error:
            self._workspace.error.emit(error)
            return
        self._workspace.settings.set_text("descent/folder", str(path.parent))
        self._workspace.opened.emit(path)
        self._workspace.status.emit(self.tr("Saved {name}").format(name=path.name))
