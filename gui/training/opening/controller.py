"""What is dropped on Training or opened in it, and the runs that lie elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.errors import InputError, ThalwegError
from gui.actions import ActionSpec
from gui.i18n import QT_TRANSLATE_NOOP
from gui.training.opening.file import open_file, run_of
from gui.training.spec_form import Form


class OpeningController(QObject):
    """Opens run folders, specs and data.

    Attributes:
        elsewhere: run folders that were opened in this session, besides the program's own.

    Signals:
        run_opened: the folder of a run that is to be shown.
        failed: an exception to be shown.
    """

    run_opened = Signal(object)
    failed = Signal(object)

    def __init__(self, form: Form, parent: QWidget) -> None:
        super().__init__(parent)
        self._form, self._window = form, parent
        self.elsewhere: list[Path] = []

    def actions(self) -> list[ActionSpec]:
        return [
            ActionSpec(
                "training.open_run",
                QT_TRANSLATE_NOOP("actions", "Open &Run Folder…"),
                "File",
                self.ask,
                section=10,
                icon="folder",
            )
        ]

    def ask(self) -> None:
        """Ask for a run folder without blocking."""
        dialog = QFileDialog(self._window, self.tr("Open Run Folder"))
        dialog.setObjectName("dialog.training.open_run")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        if self.elsewhere:
            dialog.setDirectory(str(self.elsewhere[-1].parent))
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_paths(self, paths: list[Path]) -> bool:
        """Show runs, the last one in the end; or take a spec or data into the form.

        Returns:
            False when the first is nothing for a training.
        """
        runs = [folder for path in paths if (folder := run_of(path)) is not None]
        for folder in runs:
            self.open_run(folder)
        try:
            return bool(runs) or open_file(paths[0], self._form)
        except ThalwegError as error:
            self.failed.emit(error)
            return True

    def open_run(self, folder: Path) -> None:
        """Show a run folder, wherever it is, and list it from now on."""
        folder = folder.absolute()
        self.remember(folder)
        self.run_opened.emit(folder)

    def remember(self, folder: Path) -> None:
        """List a run folder in this session."""
        if folder not in self.elsewhere:
            self.elsewhere.append(folder)

    def move(self, old: Path, new: Path | None) -> None:
        """A run has another name, or went to the bin."""
        kept = [new if folder == old else folder for folder in self.elsewhere]
        self.elsewhere = [folder for folder in kept if folder is not None]

    def _on_chosen(self, name: str) -> None:
        folder = run_of(Path(name))
        if folder is None:
            self.failed.emit(InputError("run.not_a_run", path=name))
        else:
            self.open_run(folder)
