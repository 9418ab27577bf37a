"""One line for work in the background: what, how far, and a button that stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from engine.file_text import printable
from gui import theme
from gui.widgets.user_text import tip

if TYPE_CHECKING:
    from engine.annotations.json_stream import ReadProgress


class TaskStrip(QWidget):
    """Hidden until something runs.

    Signals:
        cancel_wanted: the button.
    """

    cancel_wanted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "panel")
        self.label = QLabel(self)
        self.label.setObjectName(f"{name}.label")
        self.label.setFont(theme.tabular(self.label.font()))
        # A long file name must not widen the window.
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar(self)
        self.bar.setObjectName(f"{name}.bar")
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.cancel = QPushButton(self)
        self.cancel.setObjectName(f"{name}.cancel.button")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 4)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self.cancel)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.hide()
        self.retranslate()

    def show_progress(self, text: str, done: int, count: int) -> None:
        """Say what runs; a count of 0 is a bar that does not know how far it is."""
        self.label.setText(printable(text))
        self.label.setToolTip(tip(text))
        self.bar.setRange(0, count)
        self.bar.setValue(done)
        number = QLocale()
        self.bar.setAccessibleDescription(f"{number.toString(done)} / {number.toString(count)}")
        self.show()

    def show_reading(self, progress: ReadProgress) -> None:
        """Say how much of a file is read."""
        share = QLocale().toString(100 * progress.done // max(progress.count, 1))
        text = self.tr("Reading {name}… {percent} %").format(name=progress.file.name, percent=share)
        # In kilobytes: a bar counts in 32 bits.
        self.show_progress(text, progress.done // 1000, progress.count // 1000)

    def retranslate(self) -> None:
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Stop this; what is done stays"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
