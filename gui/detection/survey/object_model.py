"""The objects of a survey as rows, with thumbnails: filtered and sorted in one go each."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QPixmap

from engine.file_text import printable
from gui.detector.gate_names import outcome_text
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.detection.survey.comparison import Pair
    from engine.detection.survey.records import Loss

Index = QModelIndex | QPersistentModelIndex
OBJECT, PICTURE, CLASS, SIZE, OUTCOME, SCORE, OTHER = range(7)
SIZE_NAMES = {
    "small": QT_TRANSLATE_NOOP("detection", "small"),
    "medium": QT_TRANSLATE_NOOP("detection", "medium"),
    "large": QT_TRANSLATE_NOOP("detection", "large"),
}
KEPT = 500  # decoded thumbnails


class ObjectModel(QAbstractTableModel):
    """Ten thousand objects are few: a filter or an order of them is one pass over a list.

    Attributes:
        rows: the objects that pass the filter, in the order shown.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Loss, ...] = ()
        self._pairs: dict[int, Pair] = {}  # by id of the survey's own object
        self._passes: Callable[[Loss], bool] = _any
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self._pixmaps: OrderedDict[bytes, QPixmap] = OrderedDict()
        self.rows: list[Loss] = []

    def set_objects(self, objects: Sequence[Loss], pairs: Sequence[Pair] = ()) -> None:
        """Show other objects.

        Args:
            pairs: the same objects in another survey, which fill the last column.
        """
        self._all = tuple(objects)
        self._pairs = {id(pair.first): pair for pair in pairs}
        self._arrange()

    def set_filter(self, passes: Callable[[Loss], bool]) -> None:
        """Show only those for which this is true."""
        self._passes = passes
        self._arrange()

    def pair(self, loss: Loss) -> Pair | None:
        """The object in both surveys, where there are two."""
        return self._pairs.get(id(loss))

    def _arrange(self) -> None:
        self.beginResetModel()
        self.rows = [loss for loss in self._all if self._passes(loss)]
        column, order = self._sorted
        if column >= 0:
            keys = {id(loss): self._key(loss, column) for loss in self.rows}
            backwards = order is Qt.SortOrder.DescendingOrder
            self.rows.sort(key=lambda loss: keys[id(loss)], reverse=backwards)
        self.endResetModel()

    def _key(self, loss: Loss, column: int) -> Any:
        x0, y0, x1, y1 = loss.box.tolist()
        pair = self.pair(loss)
        keys: dict[int, Callable[[], Any]] = {
            OBJECT: lambda: (x1 - x0) * (y1 - y0),
            PICTURE: lambda: (loss.path.name.lower(), loss.index),
            CLASS: lambda: loss.class_name,
            SIZE: lambda: (x1 - x0) * (y1 - y0),
            OUTCOME: lambda: outcome_text(loss.outcome),
            SCORE: lambda: -1.0 if loss.score is None else loss.score,
            OTHER: lambda: "" if pair is None else outcome_text(pair.second.outcome),
        }
        return keys[column]()

    # What Qt asks

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return OTHER + 1

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = column, order
        self._arrange()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        loss, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole and column != OBJECT:
            return self._text(loss, column)
        if role == Qt.ItemDataRole.DecorationRole and column == OBJECT:
            return self._pixmap(loss.thumbnail)
        if role == Qt.ItemDataRole.ToolTipRole:
            return printable(str(loss.path)) if column == PICTURE else None
        if role == Qt.ItemDataRole.AccessibleTextRole and column == OBJECT:
            return printable(loss.class_name)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == SCORE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Object"),
            self.tr("Picture"),
            self.tr("Class"),
            self.tr("Size"),
            self.tr("Outcome"),
            self.tr("Score"),
            self.tr("In the other survey"),
        )[section]

    def _text(self, loss: Loss, column: int) -> str:
        pair = self.pair(loss)
        if column == PICTURE:
            return printable(loss.path.name)
        if column == CLASS:
            return printable(loss.class_name)
        if column == SIZE:
            return QCoreApplication.translate("detection", SIZE_NAMES[loss.size])
        if column == OUTCOME:
            return outcome_text(loss.outcome)
        if column == SCORE:
            return "–" if loss.score is None else QLocale().toString(loss.score, "f", 2)
        return "" if pair is None else outcome_text(pair.second.outcome)

    def _pixmap(self, data: bytes) -> QPixmap:
        pixmap = self._pixmaps.get(data)
        if pixmap is None:
            pixmap = QPixmap()
            pixmap.loadFromData(data, "JPG")  # 0.1 ms, for a row that is seen
            self._pixmaps[data] = pixmap
            if len(self._pixmaps) > KEPT:
                self._pixmaps.popitem(last=False)
        return pixmap

    def retranslate(self) -> None:
        """Every text in the current language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, OTHER)
        self._arrange()


def _any(loss: Loss) -> bool:
    return True
