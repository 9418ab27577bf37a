"""Export of curves: ask for a file, write on a worker, show how far it is, let it be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.atomic_write import make_folder
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.i18n import QT_TRANSLATE_NOOP
from gui.settings import Settings
from gui.widgets.task_progress import TaskStrip

if TYPE_CHECKING:
    from engine.export.curves.job import CurvesProgress

EXPORT = "training.export"
FOLDER, FILTER = "training/export/folder", "training/export/filter"
LATER_MS = 500  # a quicker export shows no progress


def write_curves(runs: tuple[Path, ...], path: Path, log: bool) -> Iterator[CurvesProgress]:
    """Read the runs and write their curves, on the worker; a missing folder is made."""
    from engine.export.curves.job import CurvesSpec, export_curves

    make_folder(path.parent)
    return export_curves(CurvesSpec(runs, path, log=log))


class CurvesExportController(QObject):
    """The exports of the runs that are shown.

    Signals:
        status: what goes on.
        failed: an exception to be shown.
    """

    status = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        settings: Settings,
        parent: QWidget,
        *,
        runs: Callable[[], tuple[Path, ...]],
        log: Callable[[], bool],
    ) -> None:
        """
        Args:
            runs: the folders of the runs that are shown.
            log: whether their losses are drawn on a logarithmic axis.
        """
        super().__init__(parent)
        self._bridge, self._settings, self._window = bridge, settings, parent
        self._runs, self._log = runs, log
        self._path = Path()
        self.strip = TaskStrip("training.export.progress", parent)
        self.strip.cancel_wanted.connect(self.cancel)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._share = 0, 0
        self._later.timeout.connect(self._show)

    def actions(self) -> list[ActionSpec]:
        return [
            ActionSpec(
                "training.export",
                QT_TRANSLATE_NOOP("actions", "&Export Curves…"),
                "File",
                self.ask,
                "Ctrl+E",
                section=30,
                icon="export",
                enabled=self.can,
            )
        ]

    def can(self) -> bool:
        """Whether a run is shown."""
        return bool(self._runs())

    def ask(self) -> None:
        """Ask for a file without blocking; its ending chooses what is written."""
        if not self.can():
            return
        filters = {
            ".png": self.tr("Figure (*.png)"),
            ".svg": self.tr("Vector figure (*.svg)"),
            ".pdf": self.tr("Figure for papers (*.pdf)"),
            ".csv": self.tr("Table of all numbers (*.csv)"),
        }
        dialog = QFileDialog(self._window, self.tr("Export Curves"))
        dialog.setObjectName("dialog.training.export")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(filters.values()))
        kept = self._settings.text(FILTER)
        kind = kept if kept in filters else ".png"
        dialog.selectNameFilter(filters[kind])
        dialog.setDefaultSuffix(kind)
        dialog.setDirectory(self._folder())
        runs = self._runs()
        dialog.selectFile((runs[0].name if len(runs) == 1 else "curves") + kind)
        dialog.filterSelected.connect(self._on_filter)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, path: Path) -> None:
        """Write the curves of the runs that are shown, as far as they are written by now."""
        self._path, self._share = path, (0, 0)
        self._settings.set_text(FOLDER, str(path.parent))
        self._settings.set_text(FILTER, path.suffix.lower())
        self._later.start()
        self._bridge.start(
            "files",
            EXPORT,
            partial(write_curves, self._runs(), path, self._log()),
            on_snapshot=self._on_progress,
            on_error=self._on_failed,
        )

    def cancel(self) -> None:
        """Give the export up; there is no file, or still the old one."""
        self._bridge.cancel(EXPORT)
        self._hide()
        self.status.emit(self.tr("{name} was not written").format(name=self._path.name))

    def _on_filter(self, text: str) -> None:
        """A name without an ending gets the one of the kind that is chosen."""
        dialog = self.sender()
        if isinstance(dialog, QFileDialog):
            dialog.setDefaultSuffix(text.rpartition("(*.")[2].rstrip(")"))

    def _on_chosen(self, name: str) -> None:
        self.export(Path(name))

    def _folder(self) -> str:
        kept = self._settings.folder(FOLDER)
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        return kept or QStandardPaths.writableLocation(pictures) or str(Path.home())

    def _on_progress(self, progress: CurvesProgress) -> None:
        self._share = progress.done, progress.count
        if progress.written:
            self._hide()
            self.status.emit(self.tr("Wrote {name}").format(name=self._path.name))
            for _, error in progress.unreadable:
                self.failed.emit(error)
        elif self.strip.isVisible():
            self._show()

    def _on_failed(self, error: Exception) -> None:
        self._hide()
        self.failed.emit(error)

    def _show(self) -> None:
        text = self.tr("Writing {name}…").format(name=self._path.name)
        self.strip.show_progress(text, *self._share)

    def _hide(self) -> None:
        self._later.stop()
        self.strip.hide()
