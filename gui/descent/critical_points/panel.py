"""The critical points as a table: kind, place, loss, the Hessian's eigenvalues."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import icons, number_text, theme
from gui.descent.critical_points.layer import ICON, critical_icon
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.descent.maps.critical_points import CriticalPoints

ROW_PX = 24
DIGITS = 7
KIND_NAMES = {
    "minimum": QT_TRANSLATE_NOOP("descent", "minimum"),
    "cusp": QT_TRANSLATE_NOOP("descent", "minimum, no derivative"),
    "saddle": QT_TRANSLATE_NOOP("descent", "saddle"),
    "maximum": QT_TRANSLATE_NOOP("descent", "maximum"),
    "degenerate": QT_TRANSLATE_NOOP("descent", "degenerate"),
}
COLUMNS = ("x", "y", "f(x, y)", "λ₁", "λ₂")  # after the kind


class CriticalPanel(QWidget):
    """A line for each point.

    Signals:
        chosen: the index of the point that was pressed.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points: CriticalPoints | None = None
        self._failed = False
        self.summary = QLabel(self)
        self.summary.setObjectName("descent.critical.label")
        self.summary.setProperty("role", "muted")
        self.copy_button = QToolButton(self)
        self.copy_button.setObjectName("descent.critical.copy.button")
        self.copy_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.set_icon(self.copy_button, "copy")
        self.copy_button.clicked.connect(self.copy)
        self.table = QTableWidget(0, 1 + len(COLUMNS), self)
        self.table.setObjectName("descent.critical.table")
        font = theme.tabular(self.table.font())
        font.setPixelSize(12)
        self.table.setFont(font)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setIconSize(ICON)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.currentCellChanged.connect(self._on_cell)
        self.table.cellClicked.connect(self._on_cell)
        keys = QAction(self.table)
        keys.setObjectName("descent.critical.copy_keys")
        keys.setShortcut(QKeySequence.StandardKey.Copy)
        keys.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        keys.triggered.connect(self.copy)
        self.table.addAction(keys)
        row = QHBoxLayout()
        row.addWidget(self.summary, 1)
        row.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, 2, theme.MARGIN, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self.retranslate()

    def show_points(self, points: CriticalPoints | None, *, failed: bool = False) -> None:
        """Fill the table; None while they are being looked for, or where they cannot be."""
        self.points, self._failed = points, failed
        with QSignalBlocker(self.table):
            self.table.setRowCount(0 if points is None else len(points.kind))
            if points is not None:
                for index in range(len(points.kind)):
                    self._fill(index, points)
            self.table.setCurrentCell(-1, -1)
        self.retranslate()

    def choose(self, index: int) -> None:
        """Show a line as the chosen one; asks for nothing."""
        with QSignalBlocker(self.table):
            self.table.setCurrentCell(index, 0)

    def copy(self) -> None:
        """All lines on the clipboard, parted by tabs, numbers in full and in C's notation."""
        if self.points is None:
            return
        points = self.points
        lines = ["kind\tx\ty\tloss\teigenvalue_1\teigenvalue_2"]
        for index, kind in enumerate(points.kind):
            values = (*points.place[index], points.loss[index], *points.eigenvalues[index])
            lines.append("\t".join([kind, *(repr(float(value)) for value in values)]))
        QApplication.clipboard().setText("\n".join(lines) + "\n")

    def retranslate(self) -> None:
        say = QCoreApplication.translate
        self.table.setAccessibleName(self.tr("Critical points"))
        self.table.setToolTip(
            self.tr(
                "Where the gradient is zero. The signs of the Hessian's eigenvalues λ tell the "
                "kind: both positive a minimum,\nboth negative a maximum, one of each a saddle; "
                "where one is zero they do not tell."
            )
        )
        self.table.setHorizontalHeaderLabels([self.tr("kind"), *COLUMNS])
        self.copy_button.setAccessibleName(self.tr("Copy the table"))
        self.copy_button.setToolTip(self.tr("Copy the table (Ctrl+C in it)"))
        if self.points is None:
            text = "" if self._failed else self.tr("Looking for critical points…")
        elif not self.points.kind:
            text = self.tr("There is no critical point in view.")
        else:
            counts = [
                f"{say('descent', name)}: {self.points.kind.count(kind)}"
                for kind, name in KIND_NAMES.items()
                if kind in self.points.kind
            ]
            text = "   ".join(counts)
            if self.points.more:
                text = self.tr("{counts}   and more than these").format(counts=text)
        self.summary.setText(text)
        self.copy_button.setEnabled(self.points is not None and bool(self.points.kind))
        for index, kind in enumerate(self.points.kind if self.points is not None else ()):
            item = self.table.item(index, 0)
            if item is not None:
                item.setText(say("descent", KIND_NAMES[kind]))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fill(self, index: int, points: CriticalPoints) -> None:
        first = QTableWidgetItem(critical_icon(points.kind[index]), "")
        self.table.setItem(index, 0, first)
        curvatures = points.eigenvalues[index]
        if points.kind[index] == "degenerate":  # else their signs tell, however small they are
            curvatures = [tidy(float(value)) for value in curvatures]
        places = (*points.place[index], points.loss[index])
        for column, value in enumerate((*map(tidy, map(float, places)), *curvatures), start=1):
            text = "–" if math.isnan(value) else number_text.write(float(value), digits=DIGITS)
            item = QTableWidgetItem(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(index, column, item)

    def _on_cell(self, row: int, *_: int) -> None:
        if row >= 0:
            self.chosen.emit(row)


def tidy(value: float) -> float:
    """Zero for what is only rounding."""
    return 0.0 if abs(value) < 1e-13 else value
