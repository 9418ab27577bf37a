"""What was taken for what: rows are what it was, columns what the model said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui import theme
from gui.detection.pictures.file_model import Index

if TYPE_CHECKING:
    from engine.detection.survey.records import Survey


class CellDelegate(QStyledItemDelegate):
    """Fills a cell with its own colour, which a style sheet leaves out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        brush = index.data(Qt.ItemDataRole.BackgroundRole)
        if brush is not None:
            painter.fillRect(option.rect, brush)
        super().paint(painter, option, index)


class ConfusionTable(QTableWidget):
    """Counts of the classes that occur, and of nothing.

    Signals:
        chosen: what the cell counts, and its pictures.
    """

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.survey.confusion.table")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFont(theme.tabular(self.font()))
        self.setItemDelegate(CellDelegate(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._survey: Survey | None = None
        self._known: list[int] = []
        self.cellClicked.connect(self._choose)
        self.retranslate()

    def set_survey(self, survey: Survey) -> None:
        """Show another survey."""
        self._survey = survey
        self.refresh()

    def _name(self, index: int) -> str:
        assert self._survey is not None
        classes = self._survey.classes
        return classes[index] if index < len(classes) else self.tr("nothing")

    def refresh(self) -> None:
        """Fill it anew."""
        survey = self._survey
        if survey is None:
            return
        counts, number = survey.confusion, QLocale()
        last = len(survey.classes)
        self._known = [i for i in range(last) if counts[i].any() or counts[:, i].any()] + [last]
        names = [self._name(index) for index in self._known]
        self.clear()
        self.setRowCount(len(names))
        self.setColumnCount(len(names))
        self.setHorizontalHeaderLabels(names)
        self.setVerticalHeaderLabels(names)
        for row, i in enumerate(self._known):
            whole = max(int(counts[i].sum()), 1)
            for column, j in enumerate(self._known):
                count = int(counts[i, j])
                item = QTableWidgetItem(number.toString(count) if count else "")
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                if count:
                    color = QColor(theme.current().color("good" if i == j else "warning"))
                    color.setAlphaF(0.15 + 0.55 * count / whole)
                    item.setBackground(color)
                item.setToolTip(
                    self.tr("{count} x {truth}, the model says: {said}").format(
                        count=number.toString(count), truth=self._name(i), said=self._name(j)
                    )
                )
                self.setItem(row, column, item)

    def _choose(self, row: int, column: int) -> None:
        if self._survey is None:
            return
        i, j = self._known[row], self._known[column]
        text = self.tr("{truth}, the model says: {said}").format(
            truth=self._name(i), said=self._name(j)
        )
        self.chosen.emit(text, self._survey.confusion_pictures.get((i, j), ()))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Confusion"))
        self.setToolTip(
            self.tr("Rows: what it is. Columns: what the model says. Click a cell for its pictures")
        )
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
