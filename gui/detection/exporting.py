"""Export: ask, ask again before overwriting, wait for the last masks, write on a worker."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.bridge import Bridge
from gui.detection.export_dialog import ExportDialog
from gui.detection.jobs import ExportProgress, ExportSpec, write_export
from gui.detection.session import Session
from gui.settings import Settings

EXPORT = "detection.export"
FOLDER, FORMATS = "detection/export_folder", "detection/export_formats"


class Exporter(QObject):
    """The exports of one workspace.

    Signals:
        status: how far it is.
        failed: why a file could not be written.
        written: the paths of the files.
    """

    status = Signal(str)
    failed = Signal(object)
    written = Signal(object)

    def __init__(
        self, parent: QWidget, bridge: Bridge, settings: Settings, session: Session
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._bridge, self._settings, self._session = bridge, settings, session
        self._spec: ExportSpec | None = None
        self._waiting = False
        self._dialog: ExportDialog | None = None
        self._question: QMessageBox | None = None
        session.shown_changed.connect(self._look_again)

    def possible(self) -> bool:
        return self._session.inspection is not None

    def suggestion(self) -> ExportSpec:
        """The last folder and formats, with a name made from the open picture's."""
        entry = self._session.entry
        folder = self._settings.text(FOLDER)
        if not folder:
            pictures = QStandardPaths.StandardLocation.PicturesLocation
            folder = QStandardPaths.writableLocation(pictures) or str(Path.home())
        formats = self._settings.text(FORMATS, "picture,coco").split(",")
        return ExportSpec(
            Path(folder),
            entry.title if entry else "",
            picture="picture" in formats,
            coco="coco" in formats,
            path=entry.path if entry else None,
        )

    # Ask

    def ask(self) -> None:
        """Open the dialog."""
        if not self.possible():
            self.status.emit(self.tr("There is nothing to export yet."))
            return
        self._dialog = ExportDialog(self.suggestion(), self._parent)
        self._dialog.accepted.connect(self._accept)
        self._dialog.finished.connect(self._dialog.deleteLater)
        self._dialog.open()

    def _accept(self) -> None:
        assert self._dialog is not None
        spec = self._dialog.spec()
        self._settings.set_text(FOLDER, str(spec.folder))
        formats = [name for name in ("picture", "coco") if getattr(spec, name)]
        self._settings.set_text(FORMATS, ",".join(formats))
        self.export(spec)

    def again(self) -> None:
        """The same folder and formats as last time, without the dialog."""
        if not self.possible():
            self.status.emit(self.tr("There is nothing to export yet."))
        elif not self._settings.text(FOLDER):
            self.ask()
        else:
            self.export(self.suggestion())

    def export(self, spec: ExportSpec) -> None:
        """Write, after a question where a file is already there."""
        self._spec = spec
        there = [path.name for path in spec.files if path.exists()]
        if not there:
            self._start()
            return
        self._question = QMessageBox(self._parent)
        self._question.setObjectName("detection.export.overwrite")
        self._question.setIcon(QMessageBox.Icon.Question)
        self._question.setWindowTitle(self.tr("Overwrite?"))
        self._question.setText(
            self.tr("In {folder} there is already: {names}.").format(
                folder=spec.folder, names=", ".join(there)
            )
        )
        overwrite = self._question.addButton(
            self.tr("Overwrite"), QMessageBox.ButtonRole.AcceptRole
        )
        overwrite.setObjectName("detection.export.overwrite.button")
        self._question.addButton(QMessageBox.StandardButton.Cancel)
        self._question.accepted.connect(self._start)
        self._question.finished.connect(self._question.deleteLater)
        self._question.open()

    # Do

    def _start(self) -> None:
        """Write as soon as every mask that is shown is there."""
        detections = self._session.detections()
        opened = self._session.opened
        if self._spec is None or detections is None or opened is None:
            return
        self._waiting = bool(detections.pending)
        if self._waiting:
            self.status.emit(self.tr("Exporting… (waiting for the last masks)"))
            return
        self._paths: list[Path] = []
        self._bridge.start(
            "files",
            EXPORT,
            partial(write_export, self._spec, opened.picture, detections),
            on_snapshot=self._tell,
            on_increments=self._collect,
            on_done=self._done,
            on_error=self.failed.emit,
            increment=_path,
        )

    def _look_again(self) -> None:
        if self._waiting:
            self._waiting = False
            self._start()

    def _tell(self, progress: ExportProgress) -> None:
        text = self.tr("Exporting… {done} of {count}")
        self.status.emit(text.format(done=progress.done, count=progress.count))

    def _collect(self, paths: tuple[Path | None, ...]) -> None:
        self._paths.extend(path for path in paths if path is not None)

    def _done(self) -> None:
        names = ", ".join(path.name for path in self._paths)
        folder = self._paths[0].parent if self._paths else ""
        self.status.emit(self.tr("Written to {folder}: {names}").format(folder=folder, names=names))
        self.written.emit(tuple(self._paths))


def _path(progress: Any) -> Path | None:
    return progress.path
