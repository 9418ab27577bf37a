"""The foot of the window: what is going on, and figures under the cursor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from engine.file_text import printable
from gui import theme
from gui.widgets.user_text import tip


class StatusLine(QStatusBar):
    """A message on the left, figures on the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.message = QLabel(self)
        self.message.setObjectName("status.message")
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        # A long message must not push the window wider than the screen.
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.readout = QLabel(self)
        self.readout.setObjectName("status.readout")
        self.readout.setTextFormat(Qt.TextFormat.PlainText)
        self.readout.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.readout.setFont(theme.tabular(self.readout.font()))
        self.setSizeGripEnabled(False)
        self.addWidget(self.message, 1)
        self.addPermanentWidget(self.readout)
        self.retranslate()

    def say(self, text: str) -> None:
        """What is going on."""
        self.message.setText(printable(text))
        self.message.setToolTip(tip(text))

    def forget(self) -> None:
        """Say nothing."""
        self.message.clear()
        self.readout.clear()

    def retranslate(self) -> None:
        self.message.setAccessibleName(self.tr("Status"))
        self.readout.setAccessibleName(self.tr("Figures under the cursor"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
