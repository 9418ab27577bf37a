"""The table of detections, linked with the picture both ways."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui import theme
from gui.detection.instances import Instance, Pair

COLUMNS = ("number", "name", "score", "size", "area")
ARROW_PX = 20  # what Qt keeps free beside a title, beyond the arrow itself
AREA_FROM = 320  # px; a narrower table leaves the area to its tool tip
Index = QModelIndex | QPersistentModelIndex


class DetectionsModel(QAbstractTableModel):
    """The shown instances as rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.instances: tuple[Instance, ...] = ()
        self._raised: Pair | None = None
        self._swatches: dict[tuple[int, int, int], QPixmap] = {}

    def set_instances(self, instances: tuple[Instance, ...]) -> None:
        """Show other instances."""
        if len(instances) == len(self.instances):
            # Values only: the view keeps its scroll position.
            self.instances = instances
            if instances:
                last = self.index(len(instances) - 1, len(COLUMNS) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.instances = instances
        self.endResetModel()

    def set_raised(self, pair: Pair | None) -> None:
        """Colour the row of the instance under the cursor."""
        for changed in (self._raised, pair):
            row = self.row(changed)
            self._raised = pair
            if row is not None:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def row(self, pair: Pair | None) -> int | None:
        for row, instance in enumerate(self.instances):
            if instance.pair == pair:
                return row
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.instances)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        instance = self.instances[index.row()]
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(instance, column)
        if role == Qt.ItemDataRole.UserRole:
            return self._key(instance, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column != "name":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DecorationRole and column == "number":
            return self._swatch(instance.color)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(instance)
        if role == Qt.ItemDataRole.BackgroundRole and instance.pair == self._raised:
            return theme.current().color("hover")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[section] != "name":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hints()[section]
        return None

    def _titles(self) -> tuple[str, ...]:
        return ("#", self.tr("Class"), self.tr("Score"), self.tr("Size"), self.tr("Area"))

    def _hints(self) -> tuple[str, ...]:
        return (
            self.tr("Rank by score"),
            self.tr("Class"),
            self.tr("How sure the model is, 0 to 1"),
            self.tr("Width and height of the box in pixels of the picture"),
            self.tr("Pixels inside the mask; inside the box where there is no mask"),
        )

    def _text(self, instance: Instance, column: str) -> str:
        x0, y0, x1, y1 = instance.box
        locale = QLocale()
        match column:
            case "number":
                return str(instance.number)
            case "name":
                return instance.name
            case "score":
                return locale.toString(instance.score, "f", 3)
            case "size":
                return f"{x1 - x0:.0f} × {y1 - y0:.0f}"
            case _:
                return locale.toString(round(instance.area))

    def _hint(self, instance: Instance) -> str:
        x0, y0, x1, y1 = instance.box
        text = self.tr("{name}: x {x0} to {x1}, y {y0} to {y1}, area {area} px")
        return text.format(
            name=instance.name,
            x0=round(x0),
            x1=round(x1),
            y0=round(y0),
            y1=round(y1),
            area=round(instance.area),
        )

    def _key(self, instance: Instance, column: str) -> Any:
        x0, y0, x1, y1 = instance.box
        match column:
            case "number":
                return instance.number
            case "name":
                return instance.name
            case "score":
                return instance.score
            case "size":
                return (x1 - x0) * (y1 - y0)
            case _:
                return instance.area

    def _swatch(self, color: tuple[int, int, int]) -> QPixmap:
        if color not in self._swatches:
            pixmap = QPixmap(10, 10)
            pixmap.fill(QColor(*color))
            self._swatches[color] = pixmap
        return self._swatches[color]

    def as_text(self) -> str:
        """Tab-separated values with a heading, in C locale, boxes in picture px."""
        lines = ["number\tclass\tscore\tx0\ty0\tx1\ty1\tarea"]
        for i in self.instances:
            box = "\t".join(f"{value:.2f}" for value in i.box)
            lines.append(f"{i.number}\t{i.name}\t{i.score:.6f}\t{box}\t{i.area:.0f}")
        return "\n".join(lines) + "\n"


class DetectionsTable(QTableView):
    """Sortable rows; the row under the mouse and the chosen one are told.

    Signals:
        row_hovered: the pair under the mouse, or None.
        row_chosen: the pair that was clicked or walked to.
        row_activated: a clicked pair, to be zoomed to.
        chosen_changed: other rows are chosen; they are told by `chosen`.
    """

    row_hovered = Signal(object)
    row_chosen = Signal(object)
    row_activated = Signal(object)
    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.table")
        self.rows = DetectionsModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.rows)
        self._sorted.setSortRole(Qt.ItemDataRole.UserRole)
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFont(theme.tabular(self.font()))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(26)
        header = self.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(24)
        header.setHighlightSections(False)
        self.setMinimumHeight(84)
        self.entered.connect(self._entered)
        self.clicked.connect(self._clicked)
        self.selectionModel().currentRowChanged.connect(self._walked)
        self.selectionModel().selectionChanged.connect(self._tell_chosen)
        self._quiet = False
        self.retranslate()

    def set_instances(self, instances: tuple[Instance, ...], selected: Pair | None) -> None:
        """Show these rows and keep the chosen one."""
        self._quiet = True
        chosen = self.chosen()
        self.rows.set_instances(instances)
        self._mark(selected)
        for pair in chosen if len(chosen) > 1 else ():
            self._select(pair)
        self._quiet = False
        self.chosen_changed.emit()

    def chosen(self) -> tuple[Pair, ...]:
        """Every chosen row's pair, in the order of the rows."""
        rows = sorted(self.selectionModel().selectedRows(), key=_row_of)
        return tuple(pair for row in rows if (pair := self._pair(row)) is not None)

    def toggle(self, pair: Pair) -> None:
        """Choose one more row, or no longer."""
        self._select(pair, QItemSelectionModel.SelectionFlag.Toggle)

    def _select(
        self,
        pair: Pair,
        flag: QItemSelectionModel.SelectionFlag = QItemSelectionModel.SelectionFlag.Select,
    ) -> None:
        row = self.rows.row(pair)
        if row is not None:
            index = self._sorted.mapFromSource(self.rows.index(row, 0))
            self.selectionModel().select(index, flag | QItemSelectionModel.SelectionFlag.Rows)

    def _tell_chosen(self) -> None:
        if not self._quiet:
            self.chosen_changed.emit()

    def set_raised(self, pair: Pair | None) -> None:
        """Show which row belongs to the box under the cursor."""
        self.rows.set_raised(pair)

    def set_selected(self, pair: Pair | None) -> None:
        """Choose a row without telling."""
        self._quiet = True
        self._mark(pair)
        self._quiet = False

    def _mark(self, pair: Pair | None) -> None:
        row = self.rows.row(pair)
        if row is None:
            self.selectionModel().clear()
            return
        index = self._sorted.mapFromSource(self.rows.index(row, 0))
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(index)

    def _pair(self, index: QModelIndex) -> Pair | None:
        if not index.isValid():
            return None
        return self.rows.instances[self._sorted.mapToSource(index).row()].pair

    def _entered(self, index: QModelIndex) -> None:
        self.row_hovered.emit(self._pair(index))

    def _clicked(self, index: QModelIndex) -> None:
        if len(self.selectionModel().selectedRows()) > 1:
            return  # several are being chosen: the view stays
        self.row_activated.emit(self._pair(index))

    def _walked(self, current: QModelIndex) -> None:
        if not self._quiet:
            self.row_chosen.emit(self._pair(current))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setColumnHidden(COLUMNS.index("area"), self.viewport().width() < AREA_FROM)
        super().resizeEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.row_hovered.emit(None)
        super().leaveEvent(event)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Detections"))
        self.rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        # By the widest figures there can be: fitting to the rows costs 5 ms a slider move.
        figures = self.fontMetrics().horizontalAdvance
        header = self.horizontalHeader()
        for column, widest in enumerate(("■■88", "", "0.000", "8888 × 8888", "8888888")):
            if widest:
                shown = figures(widest) + 12
                self.setColumnWidth(column, max(shown, header.sectionSizeHint(column) - ARROW_PX))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _row_of(index: QModelIndex) -> int:
    return index.row()
