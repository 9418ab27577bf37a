"""Where one is, above the picture: "Picture › RPN: Proposals › this one", each a way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from gui import icons, theme
from gui.widgets.elided_label import ElidedLabel

PADDING = 6  # px beside a crumb's text
HEIGHT = 26
ICON_PX = 14


class Breadcrumb(QWidget):
    """The way from the picture to what is looked at. Its row never changes its height.

    Signals:
        went: the index of a place that was clicked.
        back_wanted: one step back.
        dimming_wanted: whether to dim what the stage does not ask about.
    """

    went = Signal(int)
    back_wanted = Signal()
    dimming_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.breadcrumb")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.setStyleSheet("QToolButton { padding: 1px 4px; }")
        self.crumbs: list[QToolButton] = []
        self._texts: tuple[str, ...] = ()
        self._dimmed, self._dimming = "", True
        self.back = self._button("detection.breadcrumb.back.button")
        self.back.setIconSize(QSize(ICON_PX, ICON_PX))
        icons.set_icon(self.back, "step-back")
        self.told = ElidedLabel(self)
        self.told.setObjectName("detection.breadcrumb.dimmed.label")
        self.told.setProperty("role", "muted")
        self.turn = self._button("detection.breadcrumb.dimmed.button")
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 2)
        layout.setSpacing(4)
        layout.addWidget(self.back)
        layout.addLayout(self._row)
        layout.addSpacing(theme.GAP)
        layout.addWidget(self.told, 1)
        layout.addWidget(self.turn)
        self.back.clicked.connect(self.back_wanted)
        self.turn.clicked.connect(self._turn)
        self.retranslate()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the picture keeps its keys
        return button

    def show_path(self, texts: Sequence[str]) -> None:
        """Places from the picture on; the last is where one is."""
        if tuple(texts) != self._texts:
            self._texts = tuple(texts)
            self._build()
        self.back.setEnabled(len(self._texts) > 1)
        self._write()

    def show_dimmed(self, names: str, *, dimming: bool) -> None:
        """What is dimmed, or would be; an empty text where nothing is beside the question."""
        self._dimmed, self._dimming = names, dimming
        self._write()

    def inspect_state(self) -> dict[str, object]:
        """For tests that look from outside."""
        return {"path": list(self._texts), "dimmed": self._dimmed if self._dimming else ""}

    def _build(self) -> None:
        while self._row.count():
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.crumbs = []
        for index, text in enumerate(self._texts):
            if index:
                arrow = QLabel("›", self)
                arrow.setProperty("role", "muted")
                self._row.addWidget(arrow)
            crumb = self._button(f"detection.breadcrumb.{index}.button")
            crumb.setText(text)
            last = index == len(self._texts) - 1
            font = crumb.font()
            font.setBold(last)
            crumb.setFont(font)
            # The style sheet's font is what the button would measure.
            crumb.setMinimumWidth(QFontMetrics(font).horizontalAdvance(text) + 2 * PADDING)
            crumb.setToolTip(self._where if last else self._hint)
            crumb.clicked.connect(self._go)
            self.crumbs.append(crumb)
            self._row.addWidget(crumb)
            crumb.show()

    def _go(self) -> None:
        index = next(i for i, crumb in enumerate(self.crumbs) if crumb is self.sender())
        if index < len(self._texts) - 1:
            self.went.emit(index)

    def _turn(self) -> None:
        self.dimming_wanted.emit(not self._dimming)

    def _write(self) -> None:
        self.turn.setVisible(bool(self._dimmed))
        self.turn.setText(self.tr("Show") if self._dimming else self.tr("Dim"))
        if self._dimmed:
            told = self.tr("dimmed: {layers}") if self._dimming else self.tr("not dimmed: {layers}")
            self.told.setText(told.format(layers=self._dimmed))
        else:
            # At the picture itself: how to look inside.
            self.told.setText("" if len(self._texts) > 1 else self.tr("1 to 9 open a stage"))

    def retranslate(self) -> None:
        self._hint = self.tr("Back to here")
        self._where = self.tr("You are here")
        self.back.setAccessibleName(self.tr("Back"))
        self.back.setToolTip(self.tr("One step back (Esc)"))
        self.turn.setToolTip(self.tr("Draw what this stage does not ask about as strong as ever"))
        self._build()
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
