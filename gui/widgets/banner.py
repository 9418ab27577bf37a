"""A strip above the work that says one sentence about an error and can be dismissed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gui import icons, messages, theme


class Banner(QFrame):
    """Shows the newest error; never blocks, keeps its place until dismissed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("role", "banner")
        self._error: BaseException | None = None
        self._sign = QLabel(self)
        self._word = QLabel(self)
        self._word.setProperty("role", "error")
        self._text = QLabel(self)
        self._text.setObjectName("banner.text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton(self)
        self._close.setObjectName("banner.close.button")
        icons.set_icon(self._close, "close", token="muted")
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(theme.GAP)
        row.addWidget(self._sign)
        row.addWidget(self._word)
        row.addWidget(self._text, 1)
        row.addWidget(self._close)
        theme.notifier().changed.connect(self._tint)
        self._tint()
        self.retranslate()
        self.hide()

    def text(self) -> str:
        """The sentence that is shown."""
        return self._text.text()

    def show_error(self, error: BaseException) -> None:
        self._error = error
        self._text.setText(messages.sentence(error))
        self.setAccessibleName(self._text.text())
        self.show()

    def dismiss(self) -> None:
        self._error = None
        self.hide()

    def retranslate(self) -> None:
        self._word.setText(self.tr("Error"))
        self._close.setToolTip(self.tr("Dismiss"))
        self._close.setAccessibleName(self.tr("Dismiss"))
        if self._error is not None:
            self._text.setText(messages.sentence(self._error))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _tint(self) -> None:
        self._sign.setPixmap(
            icons.pixmap("error", theme.current().error, 20, ratio=self.devicePixelRatioF())
        )
