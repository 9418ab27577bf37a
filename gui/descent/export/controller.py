"""Export of the race: ask, write on a worker, show how far it is, let it be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QProgressDialog, QPushButton, QWidget

from engine.descent.race.spec import RaceSpec
from engine.errors import ThalwegError
from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.descent.setup import SetupStore
from gui.i18n import QT_TRANSLATE_NOOP
from gui.pictures.clipboard import image_of
from gui.settings import Settings

if TYPE_CHECKING:
    from engine.export.scene.job import ExportProgress, ExportSpec
    from engine.export.scene.records import Scene
    from gui.descent.export.dialog import RaceExportDialog

EXPORT, PREVIEW, SLIDE = "descent.export", "descent.export.preview", "descent.slide"
PREVIEW_PX = 900  # width of a preview
LOOK, FOLDER = "descent/export", "descent/folder"
LATER_MS = 500  # a quicker export shows no progress
PARTS = 1000  # of the progress bar


def write_scene(
    spec: RaceSpec, scene: Scene, export: ExportSpec, about: str
) -> Iterator[ExportProgress]:
    """Write a scene of a race, on the worker."""
    from engine.export.scene.job import export_scene

    return export_scene(spec, scene, export, about)


def paint_scene(scene: Scene, export: ExportSpec, dpi: float | None) -> Iterator[np.ndarray]:
    """A scene as a picture, (H, W, 3) uint8 RGB, on the worker."""
    from engine.export.scene.job import picture

    yield picture(scene, export, dpi=dpi)


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
        tell: Callable[..., Scene],
        tell_about: Callable[[], str],
        parent: QWidget,
    ) -> None:
        """
        Args:
            tell: what is seen now; takes `dark`, the theme that it is seen in, and
                `flat` for the map where it is seen in three dimensions.
            tell_about: all hyper-parameters of it.
        """
        super().__init__(parent)
        self._window = parent
        self._bridge = bridge
        self._settings = settings
        self._store = store
        self.tell, self._tell_about = tell, tell_about
        self._preview = NewestJob(bridge, "files", PREVIEW)
        self._scenes: dict[tuple[str, bool], Scene] = {}
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
            ActionSpec(
                "descent.copy_slide",
                QT_TRANSLATE_NOOP("actions", "Copy as S&lide"),
                "Edit",
                self.copy_slide,
                "Ctrl+Shift+L",
                section=20,
            ),
        ]

    def was_exported(self) -> bool:
        return self._last is not None

    @Slot()
    def ask(self) -> None:
        """Ask what to write and where to; it is what is seen now."""
        from gui.descent.export.dialog import RaceExportDialog

        seen = self.tell()
        self._scenes = {("window", False): seen}
        self.dialog = RaceExportDialog(self.suggestion(), seen, self._window)
        self.dialog.preview_wanted.connect(self._draw_preview)
        self.dialog.accepted.connect(self._on_accepted)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.finished.connect(self._preview.cancel)
        self._draw_preview(self.dialog.spec())
        self.dialog.open()

    def _draw_preview(self, spec: ExportSpec) -> None:
        """Show what would be written."""
        from engine.export.scene.job import MM

        dpi = min(spec.dpi, PREVIEW_PX / spec.width_mm * MM)
        self._preview.request(
            partial(paint_scene, self._scene(spec), spec, dpi), on_snapshot=self._on_preview
        )

    def _on_preview(self, pixels: np.ndarray) -> None:
        if self.dialog is not None:
            self.dialog.show_picture(image_of(pixels))

    def _scene(self, spec: ExportSpec) -> Scene:
        """What is seen, in the colours that are wanted; films are of the map."""
        from engine.export.scene.job import ANIMATIONS

        wanted = (spec.theme, spec.kind in ANIMATIONS)
        if wanted not in self._scenes:
            dark = None if spec.theme == "window" else spec.theme == "dark"
            self._scenes[wanted] = self.tell(dark=dark, flat=wanted[1])
        return self._scenes[wanted]

    @Slot()
    def copy_slide(self) -> None:
        """The scene as a picture for a presentation, to the clipboard."""
        from engine.export.scene.job import slide

        self.status.emit(self.tr("Drawing the slide…"))
        scene = self.tell()
        self._bridge.start(
            "files",
            SLIDE,
            partial(paint_scene, scene, slide(scene), None),
            on_snapshot=self._on_slide,
            on_error=self.failed.emit,
        )

    def _on_slide(self, pixels: np.ndarray) -> None:
        height, width = pixels.shape[:2]
        QGuiApplication.clipboard().setImage(image_of(pixels))
        copied = self.tr("The slide is in the clipboard: {width} × {height} pixels")
        self.status.emit(copied.format(width=width, height=height))

    @Slot()
    def again(self) -> None:
        """As the last time, over the same file."""
        if self._last is not None:
            self._scenes = {}
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
        """Write what is seen of the race; an older export that is not done is given up."""
        try:
            spec.check()
        except ThalwegError as error:
            self.failed.emit(error)
            return
        about = self._tell_about() if spec.about else ""
        self._path = spec.path
        self._settings.set_text(FOLDER, str(spec.path.parent))
        self.status.emit(self.tr("Writing {name}…").format(name=spec.path.name))
        self._show_progress()
        self._bridge.start(
            "files",
            EXPORT,
            partial(write_scene, self._store.setup.spec(), self._scene(spec), spec, about),
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
    from engine.export.scene.job import ExportSpec

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
