"""Races as files and as text on the clipboard: save, open, copy, paste."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from engine.descent.race.spec import RaceSpec
from engine.errors import InputError
from engine.export.race import script
from gui.actions import ActionSpec
from gui.descent import edit_text
from gui.descent.editor import Editor
from gui.descent.setup import SetupStore
from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.spec_files import FileKind, SpecFiles
from gui.settings import Settings

RACE = FileKind(
    RaceSpec,
    "descent",
    action="descent.save",
    label=QT_TRANSLATE_NOOP("actions", "&Save Race…"),
    title=QT_TRANSLATE_NOOP("descent", "Save Race"),
    filter_=QT_TRANSLATE_NOOP("descent", "Race (*.json)"),
    name="race.json",
    keys="Ctrl+S",
    dialog="save_race",
)


class RaceFiles(SpecFiles[RaceSpec]):
    """Saves and opens the race, and takes it to and from the clipboard."""

    def __init__(
        self, store: SetupStore, editor: Editor, settings: Settings, parent: QWidget
    ) -> None:
        super().__init__(RACE, store, settings, parent)
        self._editor = editor

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            *super().actions(),
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

    def spec(self) -> RaceSpec:
        """The race that is set, with those who take part."""
        spec: RaceSpec = self._store.setup.spec()
        return spec

    def take(self, spec: RaceSpec) -> bool:
        """Set a race that was opened."""
        self._editor.set_race(spec, edit_text.OPENED)
        return True

    def copy_race(self) -> None:
        """The race as JSON on the clipboard."""
        self.copy_spec(self.tr("The race is on the clipboard"))

    def paste_race(self) -> None:
        """Take a race from the clipboard's text."""
        spec = self.pasted_spec()
        if spec is not None:
            self._editor.set_race(spec, edit_text.PASTED)

    def copy_script(self) -> None:
        """The race as a Python script that runs by itself, on the clipboard."""
        try:
            text = script.script(self._store.setup.spec())
        except InputError as error:
            self.failed.emit(error)
            return
        QApplication.clipboard().setText(text)
        self.status.emit(self.tr("The script is on the clipboard"))
