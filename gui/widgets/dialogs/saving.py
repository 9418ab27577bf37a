"""A window that is closed first has its work saved, however long the step at hand takes."""

from __future__ import annotations

import time
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

WIDTH_PX = 380
AT_ONCE_S = 0.4  # what ends within this is over before a dialog would be read
LOOK_MS = 30


class Jobs(Protocol):
    """What is asked of the bridge."""

    def stop_saving_jobs(self) -> None: ...

    def is_saving(self) -> bool: ...


class SavingDialog(QDialog):
    """Stays until the work is saved or given up; nothing else closes it.

    Signals:
        given_up: the window is to close at once.
    """

    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.saving")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH_PX)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        bar = QProgressBar(self)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        self._give_up = QPushButton(self)
        self._give_up.setObjectName("dialog.saving.giveup")
        self._give_up.setAutoDefault(False)  # Return must not throw work away
        self._give_up.clicked.connect(self.given_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(self._text)
        column.addWidget(bar)
        column.addWidget(self._give_up, 0, Qt.AlignmentFlag.AlignRight)
        self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape neither closes the dialog nor throws work away."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Saving…"))
        self._text.setText(
            self.tr("The training finishes its step and is saved; then the window closes.")
        )
        self._give_up.setText(self.tr("Close Without Saving"))
        self._give_up.setToolTip(self.tr("Close now; what was learnt since the last save is lost"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class SavedFirst(QObject):
    """Holds the closing of one window back until jobs that save are at their end.

    Attributes:
        given_up: whether the person does not want to wait.
    """

    def __init__(self, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._jobs, self._window = jobs, window
        self._dialog: SavingDialog | None = None
        self.given_up = False
        self._looks = QTimer(self)
        self._looks.timeout.connect(self._look)

    def holds(self) -> bool:
        """Have work saved; whether the window has to stay open for that."""
        if self.given_up or not self._jobs.is_saving():
            return False
        self._jobs.stop_saving_jobs()
        if self._dialog is None:
            end = time.monotonic() + AT_ONCE_S
            while self._jobs.is_saving() and time.monotonic() < end:
                time.sleep(0.01)
            if not self._jobs.is_saving():
                return False
            self._dialog = SavingDialog(self._window)
            self._dialog.given_up.connect(self._give_up)
            self._dialog.open()
            self._looks.start(LOOK_MS)
        return True

    def _look(self) -> None:
        if not self._jobs.is_saving():
            self._end()

    def _give_up(self) -> None:
        self.given_up = True
        self._end()

    def _end(self) -> None:
        self._looks.stop()
        if self._dialog is not None:
            self._dialog.close()
        self._window.close()
