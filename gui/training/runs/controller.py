"""What is done with a run of the list: go on, fork, rename, delete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from engine.training.runs.requests import Requests
from engine.training.spec import TrainFrame
from gui.bridge import Bridge, whole
from gui.training import jobs
from gui.training.run_folder import Run, new_folder
from gui.training.runs.fork_dialog import Fork, ForkDialog
from gui.training.runs.panel import RunsPanel

CHANGE = "training.runs.change"
MOST_STEPS = 10**9
MOST_NAMES = 10  # in a question
DIALOG_PX = 400
Make = Callable[[Requests], Iterator[TrainFrame]]


class RunController(QObject):
    """Asks what there is to ask, and does it.

    Signals:
        launched: a folder, what makes the frames of the training in it from `Requests`, and the
            coefficients of its losses.
        moved: where a run was, and where it is now; None for the bin.
        failed: an exception to be shown.
    """

    launched = Signal(object, object, object)
    moved = Signal(object, object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, panel: RunsPanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge, self._panel, self._window = bridge, panel, parent
        self._run: Run | None = None  # the one that a dialog asks about
        self._renamed: Path | None = None  # where the one that is renamed was
        self._binned: tuple[Path, ...] = ()  # those that a question asks about
        panel.continued.connect(self.go_on)
        panel.forked.connect(self.fork)
        panel.renamed.connect(self.rename)
        panel.deleted.connect(self.delete)

    def go_on(self, run: Run) -> None:
        """Continue a run; one at its end is asked how far it goes from there."""
        if run.total is None or run.steps < run.total:
            self._launch(run, None)
            return
        self._run = run
        dialog = QInputDialog(self._window)
        dialog.setObjectName("dialog.training.continue")
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(run.total + 1, MOST_STEPS)
        dialog.setIntValue(2 * run.total)
        dialog.setWindowTitle(self.tr("Continue {run}").format(run=run.name))
        dialog.setLabelText(self.tr("All steps are done. Steps from the run's start:"))
        dialog.intValueSelected.connect(self._continue)
        _open(dialog)

    def _continue(self, steps: int) -> None:
        if self._run is not None:
            self._launch(self._run, steps)

    def _launch(self, run: Run, steps: int | None) -> None:
        self.launched.emit(run.path, partial(_go_on, run.path, steps), run.loss_weights)

    def fork(self, run: Run) -> None:
        """Ask from where, and begin a new run beside it."""
        dialog = ForkDialog(run, self._window)
        dialog.chosen.connect(self._fork)
        dialog.open()

    def _fork(self, fork: Fork) -> None:
        name = fork.run.model or ("shapes" if fork.run.data == "shapes" else "people")
        folder = new_folder(fork.run.path.parent, f"{name.removeprefix('run:')}-fork")
        self.launched.emit(folder, partial(_fork, fork, folder), fork.run.loss_weights)

    def rename(self, run: Run) -> None:
        """Ask for another name."""
        self._run = run
        dialog = QInputDialog(self._window)
        dialog.setObjectName("dialog.training.rename")
        dialog.setWindowTitle(self.tr("Rename {run}").format(run=run.name))
        dialog.setLabelText(self.tr("New name:"))
        dialog.setTextValue(run.name)
        dialog.textValueSelected.connect(self._rename)
        _open(dialog)

    def _rename(self, name: str) -> None:
        if self._run is not None:
            self._rename_to(self._run.path, name)

    def delete(self, runs: tuple[Run, ...]) -> None:
        """Move runs to the bin, after one question."""
        self._binned = tuple(run.path for run in runs)
        question = QMessageBox(self._window)
        question.setObjectName("dialog.training.delete")
        question.setIcon(QMessageBox.Icon.Question)
        question.setTextFormat(Qt.TextFormat.PlainText)
        if len(runs) == 1:
            question.setWindowTitle(self.tr("Delete the Run?"))
            text = self.tr("Move “{run}” with its {steps} steps and all checkpoints to the bin?")
            question.setText(text.format(run=runs[0].name, steps=runs[0].steps))
        else:
            question.setWindowTitle(self.tr("Delete the Runs?"))
            text = self.tr("Move the selected runs ({count}) with all checkpoints to the bin?")
            question.setText(text.format(count=len(runs)))
            question.setInformativeText("\n".join(run.name for run in runs[:MOST_NAMES]))
        delete = question.addButton(self.tr("Move to Bin"), QMessageBox.ButtonRole.AcceptRole)
        delete.setObjectName("dialog.training.delete.button")
        cancel = question.addButton(QMessageBox.StandardButton.Cancel)
        question.setDefaultButton(cancel)
        question.accepted.connect(self._delete)
        question.finished.connect(question.deleteLater)
        question.open()

    def _delete(self) -> None:
        self._bridge.start(
            "files",
            CHANGE,
            partial(_bin_runs, self._binned),
            on_increments=self._on_gone,
            on_error=self.failed.emit,
            increment=whole,
        )

    def _rename_to(self, path: Path, name: str) -> None:
        self._renamed = path
        self._bridge.start(
            "files",
            CHANGE,
            partial(jobs.rename_run, path, name),
            on_snapshot=self._on_renamed,
            on_error=self.failed.emit,
        )

    def _on_renamed(self, new: Path) -> None:
        self.moved.emit(self._renamed, new)

    def _on_gone(self, paths: tuple[Path, ...]) -> None:
        for path in paths:
            self.moved.emit(path, None)


def _bin_runs(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Move runs to the bin one after another; yields each that is there."""
    for path in paths:
        yield from jobs.bin_run(path)


def _open(dialog: QInputDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.resize(DIALOG_PX, dialog.sizeHint().height())  # so that names and the title fit
    dialog.open()


def _go_on(folder: Path, steps: int | None, requests: Requests) -> Iterator[TrainFrame]:
    return jobs.continue_training(folder, steps, requests=requests)


def _fork(fork: Fork, folder: Path, requests: Requests) -> Iterator[TrainFrame]:
    return jobs.fork_training(fork, folder, requests=requests)
