"""The funnel: how many anchors ended at each gate, from the grids to the detections."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING, Any

import numpy
from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QLocale,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from gui import theme
from gui.detector.gate_names import GATES
from gui.widgets.bar_delegate import BAR_ROLE, BarDelegate, Index

if TYPE_CHECKING:
    from engine.detection.pipeline.selection import Selection
    from engine.detection.pipeline.trace import StageTrace


class FunnelModel(QAbstractTableModel):
    """A row for all anchors, then one a gate: its name, how many ended there, how many are left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ended: tuple[int, ...] = (0,) * len(GATES)
        self.total = 0

    def set_fates(self, fate: numpy.ndarray | None) -> None:
        """(A,) uint8 fates, in the order of the gates; None empties the table."""
        self.total = 0 if fate is None else len(fate)
        known = numpy.zeros(0, numpy.uint8) if fate is None else fate
        self.ended = tuple(numpy.bincount(known, minlength=len(GATES)).tolist()[: len(GATES)])
        self.dataChanged.emit(self.index(0, 0), self.index(len(GATES), 2))

    def left(self, row: int) -> int:
        """How many passed the row's gate."""
        return self.total - sum(self.ended[:row])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(GATES) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column > 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and row > 0:
            hint = tuple(GATES.values())[row - 1][1]
            return QCoreApplication.translate("funnel", hint)
        if role == BAR_ROLE and column == 2:
            # Logarithmic: the first gate drops hundreds of thousands, the last a handful.
            return log10(1 + self.left(row)) / log10(1 + self.total) if self.total else 0.0
        return None

    def _text(self, row: int, column: int) -> str:
        if column == 0:
            if row == 0:
                return self.tr("All anchors")
            return QCoreApplication.translate("funnel", tuple(GATES.values())[row - 1][0])
        if column == 1:
            ended = self.ended[row - 1] if row else 0
            return f"−{QLocale().toString(ended)}" if ended else ""
        return QLocale().toString(self.left(row))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Gate"), self.tr("Ended"), self.tr("Left"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class FunnelTable(QTableView):
    """The funnel as a table; a chosen gate shows the boxes that ended there.

    Signals:
        gate_chosen: index of the gate among `GATES`, or -1 for none.
    """

    gate_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.funnel.table")
        self.rows = FunnelModel(self)
        self.setModel(self.rows)
        self.setItemDelegateForColumn(2, BarDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFont(theme.tabular(self.font()))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(22)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.setColumnWidth(1, 68)
        self.setColumnWidth(2, 78)
        self.selectionModel().currentRowChanged.connect(self._chose)
        self.retranslate()

    def show_fates(self, trace: StageTrace | None, selection: Selection | None) -> None:
        """Count the fates at the selection's thresholds."""
        from engine.detection.pipeline.selection import anchor_fates

        if trace is None or selection is None:
            self.rows.set_fates(None)
        else:
            self.rows.set_fates(anchor_fates(trace, selection))

    def forget_choice(self) -> None:
        """Choose no gate."""
        self.selectionModel().clear()
        self.gate_chosen.emit(-1)

    def _chose(self, current: QModelIndex) -> None:
        self.gate_chosen.emit(current.row() - 1 if current.isValid() else -1)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Funnel"))
        self.setToolTip(
            self.tr("Where the anchors ended; choose a gate to see the boxes that ended there")
        )
        self.rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 2)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
