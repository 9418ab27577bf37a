"""What can be asked of a training while it runs: to wait, to go on, to be measured."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget


class LiveButtons(QWidget):
    """Two buttons, disabled while nothing runs.

    Signals:
        paused: the training is to wait after its step, or to go on.
        evaluated: an evaluation is wanted now.
    """

    paused = Signal()
    evaluated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_paused = False
        self._pause = QPushButton(self)
        self._pause.setObjectName("training.pause.button")
        self._pause.clicked.connect(self.paused)
        self._evaluate = QPushButton(self)
        self._evaluate.setObjectName("training.evaluate.button")
        self._evaluate.clicked.connect(self.evaluated)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._pause, 1)
        row.addWidget(self._evaluate, 1)
        self.retranslate()
        self.set_state(paused=False, can=False)

    def set_state(self, *, paused: bool, can: bool, evaluate: bool = False) -> None:
        """Show whether the training is paused.

        Args:
            can: whether it can be paused or resumed now.
            evaluate: whether it can be evaluated now.
        """
        self._is_paused = paused
        self._pause.setEnabled(can)
        self._evaluate.setEnabled(evaluate)
        self._retranslate_pause()

    def _retranslate_pause(self) -> None:
        if self._is_paused:
            self._pause.setText(self.tr("Resume"))
            self._pause.setToolTip(self.tr("Go on with the next step"))
        else:
            self._pause.setText(self.tr("Pause"))
            self._pause.setToolTip(self.tr("Wait after the step at hand"))

    def retranslate(self) -> None:
        self._retranslate_pause()
        self._evaluate.setText(self.tr("Evaluate Now"))
        self._evaluate.setToolTip(self.tr("Measure on held-out pictures after the step at hand"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
