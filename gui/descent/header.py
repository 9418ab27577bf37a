"""The name and formula of the surface, over its map."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui import theme
from gui.descent import wording
from gui.descent.notation import rich
from gui.descent.setup import Setup

LONGEST = 84  # characters of a formula that are shown


class Header(QWidget):
    """A title, and the formula in mathematical notation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup: Setup | None = None
        self._scale = 1.0
        self.title = QLabel(self)
        self.title.setObjectName("descent.title.label")
        self.title.setProperty("role", "heading")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.formula = QLabel(self)
        self.formula.setObjectName("descent.formula.label")
        self.formula.setTextFormat(Qt.TextFormat.RichText)
        self.formula.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 0)
        row.setSpacing(theme.MARGIN)
        row.addWidget(self.title)
        row.addWidget(self.formula, 1)
        self.setFixedHeight(32)

    def show_setup(self, setup: Setup) -> None:
        self._setup = setup
        self.retranslate()

    def set_scale(self, factor: float) -> None:
        """Larger type for the lecture hall."""
        self._scale = factor
        size = f"font-size: {round(15 * factor)}px;"
        self.title.setStyleSheet(size)
        self.formula.setStyleSheet(size if factor > 1 else "")
        self.setFixedHeight(round(32 * factor))

    def retranslate(self) -> None:
        if self._setup is None:
            return
        self.title.setText(wording.surface_name(self._setup))
        text = self._setup.surface().formula
        short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
        self.formula.setText(f"<i>f</i>(<i>x</i>, <i>y</i>) = {rich(short)}")
        self.formula.setToolTip(f"f(x, y) = {html.escape(text)}")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
