"""A strip above the work that says one sentence about an error and can be dismissed."""

from __future__ import annotations

import traceback

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.errors import ThalwegError
from engine.file_text import printable
from gui import icons, messages, theme

DETAILS_SIZE = QSize(720, 420)


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
        self._details = QPushButton(self)
        self._details.setObjectName("banner.details.button")
        self._details.clicked.connect(self.show_details)
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
        row.addWidget(self._details)
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
        self._details.setVisible(not isinstance(error, ThalwegError))
        self.show()

    def show_details(self) -> None:
        """Where the error came from, as `--debug` tells it, in a dialog to copy from."""
        if self._error is None:
            return
        dialog = QDialog(self)  # it wears the banner's sheet
        dialog.setObjectName("banner.details.dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Details of the error"))
        text = QPlainTextEdit(dialog)
        text.setObjectName("banner.details.text")
        text.setReadOnly(True)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setPlainText(printable("".join(traceback.format_exception(self._error))))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("banner.details.copy.button")
        copy.clicked.connect(text.selectAll)
        copy.clicked.connect(text.copy)
        buttons.rejected.connect(dialog.reject)
        column = QVBoxLayout(dialog)
        column.addWidget(text, 1)
        column.addWidget(buttons)
        dialog.resize(DETAILS_SIZE)
        dialog.open()

    def set_aside(self, aside: bool) -> None:
        """Hide what another place speaks of, until that is in front again."""
        self.setVisible(self._error is not None and not aside)

    def dismiss(self) -> None:
        self._error = None
        self.hide()

    def retranslate(self) -> None:
        self._word.setText(self.tr("Error"))
        self._details.setText(self.tr("Details…"))
        self._details.setToolTip(self.tr("Where in the program it happened"))
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
