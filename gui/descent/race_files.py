"""Races as files and as text on the clipboard: save, open, copy, paste."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QApplication, QWidget

from engine import specs
from engine.descent.race.scene import SceneSpec
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

Race = SceneSpec | RaceSpec
RACE: FileKind[Race] = FileKind(
    SceneSpec,
    "descent",
    action="descent.save",
    label=QT_TRANSLATE_NOOP("actions", "&Save Race…"),
    title=QT_TRANSLATE_NOOP("descent", "Save Race"),
    filter_=QT_TRANSLATE_NOOP("descent", "Race (*.json)"),
    name="race.json",
    keys="Ctrl+S",
    dialog="save_race",
    others=(RaceSpec,),
)


class Scene(Protocol):
    """What is shown of the race, told and set."""

    def spec(self) -> SceneSpec: ...

    def show(self, spec: SceneSpec, text: str) -> None: ...


class RaceFiles(SpecFiles[Race]):
    """Saves and opens the race as it is shown, and takes it to and from the clipboard.

    A file of a race alone, as older versions wrote it, changes nothing of how it is looked at.
    """

    def __init__(
        self,
        store: SetupStore,
        editor: Editor,
        scene: Scene,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(RACE, store, settings, parent)
        self._editor = editor
        self._scene = scene

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

    def spec(self) -> SceneSpec:
        """The race as it is shown, with those who rest."""
        return self._scene.spec()

    def read(self, text: str) -> Race:
        """A race as it was shown, or a race alone."""
        if specs.kind_in(text) == specs.kind_of(RaceSpec):
            return specs.from_json(text, RaceSpec)
        return specs.from_json(text, SceneSpec)

    def take(self, spec: Race) -> bool:
        """Show a race that was opened."""
        self._show(spec, edit_text.OPENED)
        return True

    def _show(self, spec: Race, text: str) -> None:
        if isinstance(spec, SceneSpec):
            self._scene.show(spec, text)
        else:
            self._editor.set_race(spec, text)

    def copy_race(self) -> None:
        """The race as JSON on the clipboard."""
        self.copy_spec(self.tr("The race is on the clipboard"))

    def paste_race(self) -> None:
        """Take a race from the clipboard's text."""
        spec = self.pasted_spec()
        if spec is not None:
            self._show(spec, edit_text.PASTED)

    def copy_script(self) -> None:
        """The race as a Python script that runs by itself, on the clipboard."""
        try:
            text = script.script(self._store.setup.spec())
        except InputError as error:
            self.failed.emit(error)
            return
        QApplication.clipboard().setText(text)
        self.status.emit(self.tr("The script is on the clipboard"))
