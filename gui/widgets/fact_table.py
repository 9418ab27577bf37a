"""Small tables of facts, as the panels beside the picture show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui import theme

PADDING = 5  # of a row, above and below its lines together


class FactTable(QTableWidget):
    """Read-only rows, one of which can be chosen.

    Signals:
        row_chosen: its index, or -1 for none.
    """

    row_chosen = Signal(int)

    def __init__(
        self, name: str, columns: int, parent: QWidget | None = None, *, titled: bool = False
    ) -> None:
        super().__init__(0, columns, parent)
        self.setObjectName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFont(theme.tabular(self.font()))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setVisible(titled)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(20)
        self._quiet = False
        self.currentCellChanged.connect(self._walked)

    def stretch(self, column: int) -> None:
        """Let one column take the room, the others what they need."""
        header = self.horizontalHeader()
        for index in range(self.columnCount()):
            mode = QHeaderView.ResizeMode.ResizeToContents
            if index == column:
                mode = QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(index, mode)

    def title(self, titles: Sequence[str], *, numbers_from: int = 1) -> None:
        """Head the columns, each title above the texts or the numbers of its column.

        Args:
            numbers_from: the first column that is set to the right.
        """
        self.setHorizontalHeaderLabels(titles)
        for column in range(len(titles)):
            item = self.horizontalHeaderItem(column)
            if item is not None:
                item.setTextAlignment(side_of(column, numbers_from))

    def fill(self, rows: Sequence[Sequence[str]], *, numbers_from: int = 1) -> None:
        """Show texts, of several lines where they have them. The choice is kept by index.

        Args:
            numbers_from: the first column that is set to the right.
        """
        chosen = self.currentRow()
        self._quiet = True
        self.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = self.item(row, column)
                if item is None:
                    item = QTableWidgetItem()
                    self.setItem(row, column, item)
                    item.setTextAlignment(side_of(column, numbers_from))
                item.setText(text)
            lines = max((text.count("\n") + 1 for text in texts), default=1)
            self.setRowHeight(row, lines * self.fontMetrics().height() + PADDING)
        self.choose(chosen if chosen < len(rows) else -1)
        self._quiet = False

    def paint_cell(self, row: int, column: int, color: QColor) -> None:
        """A text colour."""
        item = self.item(row, column)
        if item is not None:
            item.setForeground(color)

    def mark_cell(self, row: int, column: int, color: tuple[int, int, int]) -> None:
        """A square of a colour before the text."""
        item = self.item(row, column)
        if item is not None:
            pixmap = QPixmap(10, 10)
            pixmap.fill(QColor(*color))
            item.setIcon(QIcon(pixmap))

    def fit_rows(self, *, most: int) -> None:
        """Be as high as the rows there are, or as so many."""
        rows = range(max(min(self.rowCount(), most), 1))
        height = sum(self.rowHeight(row) for row in rows) + 2 * self.frameWidth() + 2
        if self.horizontalHeader().isVisibleTo(self):
            height += self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(height)

    def hint(self, row: int, text: str) -> None:
        """A tooltip for the cells of a row; an empty text for none."""
        for column in range(self.columnCount()):
            item = self.item(row, column)
            if item is not None:
                item.setToolTip(text)

    def choose(self, row: int) -> None:
        """Choose a row without telling; -1 for none."""
        quiet, self._quiet = self._quiet, True
        if 0 <= row < self.rowCount():
            self.selectRow(row)
            self.setCurrentCell(row, 0)
        else:
            self.clearSelection()
            self.setCurrentCell(-1, -1)
        self._quiet = quiet

    def _walked(self, row: int, *_: int) -> None:
        if not self._quiet:
            self.row_chosen.emit(row)


def side_of(column: int, numbers_from: int) -> Qt.AlignmentFlag:
    """Numbers stand to the right, texts to the left."""
    right = column >= numbers_from
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def figure(value: float | NDArray[Any], digits: int = 2) -> str:
    """A number in the window's language."""
    return QLocale().toString(float(value), "f", digits)


def probability(value: float) -> str:
    """With two digits; with four where two would say 0 or 1 and it is neither."""
    near = value < 0.005 or value > 0.995
    return figure(value, 4 if near and 0 < value < 1 else 2)


def whole(value: float) -> str:
    """A whole number in the window's language, with its groups."""
    return QLocale().toString(round(value))


def signed(value: float, digits: int = 2) -> str:
    """With its sign, a real minus."""
    text = figure(abs(value), digits)
    return f"−{text}" if value < 0 else f"+{text}"


def size_of(box: Sequence[float] | NDArray[Any]) -> str:
    """`128 × 181`, px, of a box (4,) xyxy."""
    return f"{box[2] - box[0]:.0f} × {box[3] - box[1]:.0f}"


def cell(table: QTableWidget, row: int, column: int) -> QTableWidgetItem:
    """The item of a cell that has been filled.

    Raises:
        KeyError: it has not.
    """
    item = table.item(row, column)
    if item is None:
        raise KeyError((row, column))
    return item
