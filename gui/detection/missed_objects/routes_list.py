"""The ways back of a lost object as a list, of which one is chosen; each says its cost."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from gui import theme


class RouteRow(QWidget):
    """A radio button with sentences that wrap; all of it can be clicked.

    Signals:
        pointed: whether the mouse is over it.
    """

    pointed = Signal(bool)

    def __init__(self, index: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"detection.lost.route.{index}.row")
        self.radio = QRadioButton(self)
        self.radio.setObjectName(f"detection.lost.route.{index}.radio")
        self.label = QLabel(self)
        self.label.setObjectName(f"detection.lost.route.{index}.label")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)

    def set_text(self, text: str) -> None:
        self.label.setText(text)
        self.radio.setAccessibleName(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
            self.radio.click()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.pointed.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(False)
        super().leaveEvent(event)


class RoutesList(QWidget):
    """A few rows, one of them chosen; hidden while there are none.

    Signals:
        changed: another one is chosen or under the mouse.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.lost.routes")
        self.rows: list[RouteRow] = []
        self._under = -1
        self._count = 0
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._toggled)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self.hide()

    def chosen(self) -> int:
        """The row that is chosen, -1 where there are none."""
        return self._group.checkedId() if self._count else -1

    def looked_at(self) -> int:
        """The row under the mouse, else the chosen one."""
        return self._under if 0 <= self._under < self._count else self.chosen()

    def set_texts(self, texts: Sequence[str]) -> None:
        """As many rows as there are texts; what is chosen stays, where there is as much."""
        while len(self.rows) < len(texts):
            index = len(self.rows)
            row = RouteRow(index, self)
            self.rows.append(row)
            self._group.addButton(row.radio, index)
            self._column.addWidget(row)
            row.pointed.connect(self._point)
        for index, row in enumerate(self.rows):
            row.setVisible(index < len(texts))
            if index < len(texts):
                row.set_text(texts[index])
        self._count = len(texts)
        self._under = min(self._under, self._count - 1)
        if self._count and not 0 <= self._group.checkedId() < self._count:
            self.choose(0)
        self.setVisible(self._count > 0)

    def choose(self, index: int) -> None:
        """Choose a row without telling."""
        with QSignalBlocker(self._group):
            self.rows[index].radio.setChecked(True)

    def _toggled(self, _index: int, checked: bool) -> None:
        if checked:
            self.changed.emit()

    def _point(self, entered: bool) -> None:
        row = self.sender()
        assert isinstance(row, RouteRow)
        index = self.rows.index(row)
        if entered:
            self._under = index
        elif self._under == index:
            self._under = -1
        self.changed.emit()
