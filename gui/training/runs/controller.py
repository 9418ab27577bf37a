"""What is done with a run of the list: go on, fork, rename, delete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from engine.training.runs.requests import Requests
from engine.training.spec import TrainFrame
from gui.bridge import Bridge
from gui.training import jobs
from gui.training.run_folder import Run, new_folder
from gui.training.runs.fork_dialog import Fork, ForkDialog
from gui.training.runs.panel import RunsPanel

CHANGE = "training.runs.change"
MOST_STEPS = 10**9
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
        self._changed: Path | None = None  # the one that is renamed or deleted
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
            self._change(self._run.path, partial(jobs.rename_run, self._run.path, name), gone=False)

    def delete(self, run: Run) -> None:
        """Move a run to the bin, after a question."""
        self._run = run
        question = QMessageBox(self._window)
        question.setObjectName("dialog.training.delete")
        question.setIcon(QMessageBox.Icon.Question)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWindowTitle(self.tr("Delete the Run?"))
        question.setText(
            self.tr("Move {run} with its {steps} steps and all checkpoints to the bin?").format(
                run=run.name, steps=run.steps
            )
        )
        delete = question.addButton(self.tr("Move to Bin"), QMessageBox.ButtonRole.AcceptRole)
        delete.setObjectName("dialog.training.delete.button")
        cancel = question.addButton(QMessageBox.StandardButton.Cancel)
        question.setDefaultButton(cancel)
        question.accepted.connect(self._delete)
        question.finished.connect(question.deleteLater)
        question.open()

    def _delete(self) -> None:
        if self._run is not None:
            self._change(self._run.path, partial(jobs.bin_run, self._run.path), gone=True)

    def _change(self, path: Path, make: Callable[[], Iterator[Path]], *, gone: bool) -> None:
        self._changed = path
        told = self._on_gone if gone else self._on_renamed
        self._bridge.start("files", CHANGE, make, on_snapshot=told, on_error=self.failed.emit)

    def _on_renamed(self, new: Path) -> None:
        self.moved.emit(self._changed, new)

    def _on_gone(self, old: Path) -> None:
        self.moved.emit(old, None)


def _open(dialog: QInputDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _go_on(folder: Path, steps: int | None, requests: Requests) -> Iterator[TrainFrame]:
    return jobs.continue_training(folder, steps, requests=requests)


def _fork(fork: Fork, folder: Path, requests: Requests) -> Iterator[TrainFrame]:
    return jobs.fork_training(fork, folder, requests=requests)
