"""Export of the race: ask, write on a worker, show how far it is, let it be cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QProgressDialog, QPushButton, QWidget

from engine.atomic_write import make_folder
from engine.checks import Domain
from engine.descent.race.spec import RaceSpec
from engine.errors import ThalwegError
from engine.export.race.job import ExportProgress, ExportSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.descent.export.dialog import RaceExportDialog
from gui.descent.setup import SetupStore
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_view import MapView
from gui.settings import Settings

EXPORT = "descent.export"
LOOK, FOLDER = "descent/export", "descent/folder"
LATER_MS = 500  # a quicker export shows no progress
PARTS = 1000  # of the progress bar


def write_race(spec: RaceSpec, domain: Domain, export: ExportSpec) -> Iterator[ExportProgress]:
    """Run a race and write it, on the worker, into a folder that is made where it is missing."""
    from engine.export.race.job import export_race

    make_folder(export.path.parent)
    return export_race(spec, domain, export)


class ExportController(QObject):
    """The exports of one workspace.

    Signals:
        status: what goes on.
        written: the path of the file.
        failed: why it could not be written.
    """

    status = Signal(str)
    written = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        settings: Settings,
        store: SetupStore,
        map_view: MapView,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._bridge = bridge
        self._settings = settings
        self._store = store
        self._map = map_view
        self._last: ExportSpec | None = None
        self._path = Path()
        self.dialog: RaceExportDialog | None = None
        self.progress: QProgressDialog | None = None

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            ActionSpec(
                "descent.export",
                QT_TRANSLATE_NOOP("actions", "&Export Race…"),
                "File",
                self.ask,
                "Ctrl+E",
                section=30,
                icon="export",
            ),
            ActionSpec(
                "descent.export_again",
                QT_TRANSLATE_NOOP("actions", "Export &Again"),
                "File",
                self.again,
                "Ctrl+Shift+E",
                enabled=self.was_exported,
                section=30,
            ),
        ]

    def was_exported(self) -> bool:
        return self._last is not None

    @Slot()
    def ask(self) -> None:
        """Ask what to write and where to."""
        self.dialog = RaceExportDialog(self.suggestion(), self._window)
        self.dialog.accepted.connect(self._on_accepted)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    @Slot()
    def again(self) -> None:
        """As the last time, over the same file."""
        if self._last is not None:
            self.export(self._last)

    def suggestion(self) -> ExportSpec:
        """The last choice, with a name after the surface."""
        race = self._store.setup.race
        folder = self._settings.folder(FOLDER)
        if not folder:
            pictures = QStandardPaths.StandardLocation.PicturesLocation
            folder = QStandardPaths.writableLocation(pictures) or str(Path.home())
        look = kept_look(self._settings.state(LOOK))
        name = f"{race.surface or 'formula'}{look.kind}"
        return replace(look, path=Path(folder) / name)

    def export(self, spec: ExportSpec) -> None:
        """Write the race as it is set, with what can be seen of its landscape; an older export
        that is not done is given up."""
        try:
            spec.check()
        except ThalwegError as error:
            self.failed.emit(error)
            return
        self._path = spec.path
        self._settings.set_text(FOLDER, str(spec.path.parent))
        self.status.emit(self.tr("Writing {name}…").format(name=spec.path.name))
        self._show_progress()
        self._bridge.start(
            "files",
            EXPORT,
            partial(write_race, self._store.setup.spec(), self._map.visible_domain(), spec),
            on_snapshot=self._on_progress,
            on_error=self._on_failed,
        )
        self._last = spec

    @Slot()
    def cancel(self) -> None:
        """Give the export up; there is no file, or still the old one."""
        self._bridge.cancel(EXPORT)
        self._hide_progress()
        self.status.emit(self.tr("{name} was not written").format(name=self._path.name))

    def _on_accepted(self) -> None:
        assert self.dialog is not None
        spec = self.dialog.spec()
        look = {key: value for key, value in asdict(spec).items() if key != "path"}
        self._settings.set_state(LOOK, look | {"kind": spec.kind})
        self.export(spec)

    def _on_progress(self, progress: ExportProgress) -> None:
        if self.progress is not None:
            self.progress.setValue(round(PARTS * progress.share))
        if progress.path is not None:
            self._hide_progress()
            self.status.emit(self.tr("Wrote {name}").format(name=progress.path.name))
            self.written.emit(progress.path)

    def _on_failed(self, error: Exception) -> None:
        self._hide_progress()
        self.failed.emit(error)

    def _show_progress(self) -> None:
        self._hide_progress()
        button = QPushButton(self.tr("Cancel"))
        button.setObjectName("descent.export.progress.cancel.button")
        button.setToolTip(self.tr("Give the export up"))
        shown = QProgressDialog(self._window)
        shown.setObjectName("descent.export.progress")
        shown.setWindowTitle(self.tr("Export"))
        shown.setLabelText(self.tr("Writing {name}…").format(name=self._path.name))
        shown.setCancelButton(button)
        shown.setRange(0, PARTS)
        shown.setMinimumDuration(LATER_MS)
        shown.setAutoReset(False)
        shown.setAutoClose(False)
        shown.setWindowModality(Qt.WindowModality.NonModal)
        shown.setMinimumWidth(320)
        shown.canceled.connect(self.cancel)
        shown.setValue(0)
        self.progress = shown

    def _hide_progress(self) -> None:
        shown, self.progress = self.progress, None
        if shown is not None:
            shown.canceled.disconnect(self.cancel)
            shown.reset()  # else it would still pop up later
            shown.hide()
            shown.deleteLater()


def kept_look(kept: dict[str, Any]) -> ExportSpec:
    """The look that was remembered; what is broken has the default."""
    look = ExportSpec(Path("race.png"))
    kind = kept.get("kind")
    changes: list[dict[str, Any]] = [{"path": Path(f"race{kind}")}] if isinstance(kind, str) else []
    for name, usual in asdict(look).items():
        kinds = (int, float) if type(usual) is float else (type(usual),)
        if name != "path" and type(kept.get(name)) in kinds:
            changes.append({name: kept[name]})
    for change in changes:
        with suppress(ThalwegError):
            changed = replace(look, **change)
            changed.check()
            look = changed
    return look
