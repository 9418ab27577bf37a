"""From which checkpoint a run is forked, and what its fork does from there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gui.training.run_folder import Run
from gui.widgets.number_field import NumberField

WIDTH_PX = 380


@dataclass(frozen=True)
class Fork:
    """What was chosen.

    Attributes:
        run: the run whose past the fork has.
        step: its checkpoint.
        steps: steps of the fork from the run's start; None for those of the run.
        lr: learning rate from there; None for that of the run.
    """

    run: Run
    step: int
    steps: int | None
    lr: float | None


class ForkDialog(QDialog):
    """Asks without blocking the window.

    Signals:
        chosen: a Fork.
    """

    chosen = Signal(object)

    def __init__(self, run: Run, parent: QWidget) -> None:
        super().__init__(parent)
        self._run = run
        self.setObjectName("dialog.training.fork")
        self.setWindowTitle(self.tr("Fork {run}").format(run=run.name))
        self.setFixedWidth(WIDTH_PX)
        told = QLabel(
            self.tr("A new run with the same past up to a checkpoint, and the whole state."), self
        )
        told.setWordWrap(True)
        self._step = QComboBox(self)
        self._step.setObjectName("dialog.training.fork.step")
        for step in run.states:
            self._step.addItem(self.tr("step {step}").format(step=step), step)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.addRow(self.tr("Checkpoint"), self._step)
        self._steps = self._field("steps", run.total, 1, 1e9, integer=True)
        self._rate = self._field("rate", run.lr, 1e-9, 100, integer=False)
        if self._steps is not None:
            form.addRow(self.tr("Steps"), self._steps)
        if self._rate is not None:
            form.addRow(self.tr("Learning rate"), self._rate)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        fork = buttons.button(kinds.Ok)
        fork.setObjectName("dialog.training.fork.button")
        fork.setText(self.tr("Fork"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(told)
        column.addLayout(form)
        column.addWidget(buttons)
        self.accepted.connect(self._choose)
        self.finished.connect(self.deleteLater)

    def _field(
        self, name: str, value: float | None, low: float, high: float, *, integer: bool
    ) -> NumberField | None:
        """A field for what the run has; what it does not say cannot be changed."""
        if value is None:
            return None
        field = NumberField(
            value, self, minimum=low, maximum=high, integer=integer, logarithmic=not integer
        )
        field.setObjectName(f"dialog.training.fork.{name}")
        return field

    def _choose(self) -> None:
        steps = None if self._steps is None else int(self._steps.value())
        lr = None if self._rate is None else self._rate.value()
        self.chosen.emit(Fork(self._run, int(self._step.currentData()), steps, lr))
