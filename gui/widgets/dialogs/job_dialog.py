"""A dialog of a job: what it says, how far it is, and its end with the dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from gui.messages import sentence
from gui.widgets.dialogs.layout import quiet_button
from gui.widgets.task_progress import TaskStrip


class JobDialog(QDialog):
    """A line of text, a strip while something runs, a button that closes.

    The dialog of a job adds its own parts, lays all out and says its texts.

    Signals:
        cancelled: stop what runs; also when the dialog is closed.
    """

    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """
        Args:
            name: with which the object names begin.
        """
        super().__init__(parent)
        self.setObjectName(f"{name}.dialog")
        self.heading = QLabel(self)
        self.heading.setObjectName(f"{name}.label")
        self.heading.setWordWrap(True)
        self.strip = TaskStrip(f"{name}.progress", self)
        self.close_button = quiet_button(f"{name}.close", self)
        self.strip.cancel_wanted.connect(self.cancelled)
        self.close_button.clicked.connect(self.close)

    def open_again(self) -> None:
        """Show it, in front where it is shown already."""
        self.show()
        self.raise_()

    def say(self, text: str) -> None:
        """One sentence above all."""
        self.heading.setText(text)

    def fail(self, error: Exception) -> None:
        """The job has ended by an error, which is said."""
        self.strip.hide()
        self.say(sentence(error))

    def retranslate(self) -> None:
        """Say all texts in the window's language."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.cancelled.emit()
        super().closeEvent(event)
