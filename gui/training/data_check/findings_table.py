"""The findings of a check as a table; what a row looks like is read when it is seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from engine.file_text import printable
from engine.training.data_check.findings import KINDS, Finding
from gui import theme
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text
from gui.plots.plot_widget import line_pen
from gui.widgets.user_text import tip

if TYPE_CHECKING:
    from engine.training.data_check.thumbnails import FindingThumbnail

Index = QModelIndex | QPersistentModelIndex
THUMBNAIL = QSize(96, 64)
KEPT = 400  # thumbnails
COLUMNS = (
    "",
    QT_TRANSLATE_NOOP("check", "Picture"),
    QT_TRANSLATE_NOOP("check", "Annotation"),
    QT_TRANSLATE_NOOP("check", "Finding"),
    QT_TRANSLATE_NOOP("check", "What"),
    QT_TRANSLATE_NOOP("check", "Value"),
    QT_TRANSLATE_NOOP("check", "Training"),
)
NO_PARENT = QModelIndex()


class FindingsModel(QAbstractTableModel):
    """Findings of all kinds, or of one.

    Signals:
        thumbnails_wanted: a row without its thumbnail is painted.
    """

    thumbnails_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Finding, ...] = ()
        self._rows: list[Finding] = []
        self._kind = ""
        self._pixmaps: OrderedDict[int, QPixmap] = OrderedDict()  # by the finding's id()
        self._wanted: OrderedDict[int, Finding] = OrderedDict()

    @property
    def rows(self) -> Sequence[Finding]:
        """The findings that are shown."""
        return self._rows

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show others, of all kinds."""
        self.beginResetModel()
        self._all, self._kind = tuple(findings), ""
        self._rows = list(findings)
        self._pixmaps.clear()
        self._wanted.clear()
        self.endResetModel()

    def set_kind(self, kind: str) -> None:
        """Show those of one kind alone; "" for all."""
        self.beginResetModel()
        self._kind = kind
        self._rows = [each for each in self._all if not kind or each.kind == kind]
        self._wanted.clear()
        self.endResetModel()

    def take_wanted(self) -> list[Finding]:
        """The findings that were painted without a thumbnail, and forget them."""
        wanted = list(self._wanted.values())
        self._wanted.clear()
        return wanted

    def show_thumbnail(self, made: FindingThumbnail) -> None:
        """Keep what a finding looks like."""
        self._pixmaps[id(made.finding)] = _pixmap(made)
        while len(self._pixmaps) > KEPT:
            self._pixmaps.popitem(last=False)
        for row, finding in enumerate(self._rows):
            if finding is made.finding:
                index = self.index(row, 0)
                self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])
                break

    # -- Qt's model ---------------------------------------------------------------------------

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return QCoreApplication.translate("check", COLUMNS[section])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self._rows[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return self._thumbnail(finding)
        if column > 0 and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = _texts(finding)[column - 1]
            return text if role == Qt.ItemDataRole.DisplayRole else tip(text)
        return None

    def _thumbnail(self, finding: Finding) -> QPixmap | None:
        found = self._pixmaps.get(id(finding))
        if found is not None:
            self._pixmaps.move_to_end(id(finding))
        elif finding.path is not None and id(finding) not in self._wanted:
            self._wanted[id(finding)] = finding
            self.thumbnails_wanted.emit()
        return found

    def retranslate(self) -> None:
        """Ask for every text again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._rows:
            last = self.index(len(self._rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class FindingsTable(QTableView):
    """A row a finding, as high as its thumbnail."""

    def __init__(self, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setObjectName("training.check.table")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setIconSize(THUMBNAIL)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(THUMBNAIL.height() + 4)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in enumerate((THUMBNAIL.width() + 8, 150, 96, 150, 0, 96, 116)):
            if width:
                header.resizeSection(column, width)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


def sentence_of(finding: Finding) -> str:
    """What is wrong, in the window's language."""
    return printable(finding.sentence(engine_text(KINDS[finding.kind].sentence)))


def _texts(finding: Finding) -> tuple[str, ...]:
    return (
        printable(finding.picture or finding.file),
        printable(finding.annotation),
        engine_text(KINDS[finding.kind].title),
        sentence_of(finding),
        printable(finding.value),
        engine_text(finding.effect.value),
    )


def _pixmap(made: FindingThumbnail) -> QPixmap:
    """The thumbnail with its box, in the middle of the place that it has."""
    whole = QPixmap(THUMBNAIL)
    whole.fill(QColor(0, 0, 0, 0))
    if made.pixels is None:
        return whole
    height, width = made.pixels.shape[:2]
    image = QImage(made.pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    painter = QPainter(whole)
    painter.translate((THUMBNAIL.width() - width) // 2, (THUMBNAIL.height() - height) // 2)
    painter.drawImage(0, 0, image)
    if made.box is not None:
        x0, y0, x1, y1 = made.box
        painter.setClipRect(0, 0, width, height)
        for color, pen_width in (("#000000", 3.0), (theme.current().accent, 1.5)):
            painter.setPen(line_pen(color, width=pen_width))
            painter.drawRect(round(x0), round(y0), round(x1 - x0), round(y1 - y0))
    painter.end()
    return whole
