"""The list of pictures: thumbnails of what is visible, read when it is needed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.bridge import Bridge
from gui.detection.jobs import THUMBNAIL_PX, Thumbnail, read_thumbnails
from gui.messages import sentence

THUMBNAILS = "detection.thumbnails"
Index = QModelIndex | QPersistentModelIndex
_keys = itertools.count()


@dataclass(eq=False)
class Entry:
    """A picture of the list.

    Attributes:
        title: what is shown; the file's name.
        path: its file, or None for one from the clipboard.
        pixels: (H, W, 3) uint8 RGB of one without a file.
        sample: whether the program put it there by itself.
        thumbnail: None until it has been seen.
        problem: one sentence, when the file cannot be read.
    """

    title: str
    path: Path | None = None
    pixels: numpy.ndarray | None = None
    sample: bool = False
    thumbnail: QImage | None = None
    problem: str = ""
    key: int = field(default_factory=lambda: next(_keys))


class FilesModel(QAbstractListModel):
    """The entries as rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def add(self, entries: Sequence[Entry]) -> None:
        first = len(self.entries)
        self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
        self.entries.extend(entries)
        self.endInsertRows()

    def remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.entries[row]
        self.endRemoveRows()

    def changed(self, entry: Entry) -> None:
        """Repaint an entry's row."""
        index = self.index(self.entries.index(entry))
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.problem or str(entry.path or entry.title)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return entry.problem
        if role == Qt.ItemDataRole.UserRole:
            return entry
        return None


class EntryDelegate(QStyledItemDelegate):
    """Draws a thumbnail over its name; a file that cannot be read gets a sign."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(THUMBNAIL_PX[0] + 8, THUMBNAIL_PX[1] + option.fontMetrics.height() + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        colors = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = option.rect.adjusted(4, 2, -4, -2)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colors.color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, colors.color("hover"))
        space = QRect(area.x(), area.y() + 4, area.width(), THUMBNAIL_PX[1])
        if entry.thumbnail is not None:
            size = entry.thumbnail.size().scaled(
                space.size().boundedTo(QSize(*THUMBNAIL_PX)), Qt.AspectRatioMode.KeepAspectRatio
            )
            place = QRect(QRect(0, 0, 1, 1).topLeft(), size.expandedTo(QSize(1, 1)))
            place.moveCenter(space.center())
            painter.drawImage(place, entry.thumbnail)
        else:
            name, token = ("warning", "warning") if entry.problem else ("picture", "disabled")
            ratio = painter.device().devicePixelRatioF()
            pixmap = icons.pixmap(name, getattr(colors, token), 32, ratio=ratio)
            painter.drawPixmap(space.center().x() - 16, space.center().y() - 16, pixmap)
        words = QRect(area.x() + 4, space.bottom() + 2, area.width() - 8, area.height())
        words.setBottom(area.bottom())
        painter.setPen(colors.color("warning" if entry.problem else "text"))
        middle = Qt.TextElideMode.ElideMiddle
        text = option.fontMetrics.elidedText(entry.title, middle, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


class FilesPanel(QWidget):
    """The pictures at hand, and which one is open.

    Signals:
        chosen: the entry to open.
        open_wanted: the button was pressed.
    """

    chosen = Signal(object)
    open_wanted = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setProperty("role", "panel")
        self.model = FilesModel(self)
        self.heading = QLabel(self)
        self.heading.setProperty("role", "section")
        self.open = QToolButton(self)
        self.open.setObjectName("detection.open.button")
        icons.set_icon(self.open, "open")
        self.view = QListView(self)
        self.view.setObjectName("detection.files.list")
        self.view.setModel(self.model)
        self.view.setItemDelegate(EntryDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.position = QLabel(self)
        self.position.setObjectName("detection.files.position")
        self.position.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.position.setFont(theme.tabular(self.position.font()))
        self.previous = QToolButton(self)
        self.previous.setObjectName("detection.files.previous.button")
        icons.set_icon(self.previous, "step-back")
        self.next = QToolButton(self)
        self.next.setObjectName("detection.files.next.button")
        icons.set_icon(self.next, "step")
        self._lay_out()
        # Scrolling asks for thumbnails once it rests.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(60)
        self._rest.timeout.connect(self.read_visible)
        self.view.verticalScrollBar().valueChanged.connect(self._rest_soon)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.model.rowsInserted.connect(self._rest_soon)
        self.model.rowsRemoved.connect(self._count)
        self.open.clicked.connect(self.open_wanted)
        self.previous.clicked.connect(self.go_previous)
        self.next.clicked.connect(self.go_next)
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addWidget(self.open)
        foot = QHBoxLayout()
        foot.addWidget(self.previous)
        foot.addWidget(self.position, 1)
        foot.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        layout.setSpacing(theme.GAP)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)

    @property
    def current(self) -> Entry | None:
        row = self.view.currentIndex().row()
        return self.model.entries[row] if 0 <= row < len(self.model.entries) else None

    @property
    def selected(self) -> list[Entry]:
        """The entries that are selected, in the order of the list."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self.model.entries[row] for row in rows]

    def add(self, entries: Sequence[Entry]) -> None:
        """Append pictures."""
        if entries:
            self.model.add(entries)
        self._count()

    def choose(self, entry: Entry) -> None:
        """Make an entry the current one; it is told by `chosen`."""
        self.view.setCurrentIndex(self.model.index(self.model.entries.index(entry)))

    def mark(self, entry: Entry, problem: str) -> None:
        """Say that a file cannot be read; it stays in the list."""
        entry.problem = problem
        if entry in self.model.entries:
            self.model.changed(entry)

    def drop_samples(self) -> None:
        """Take the program's own pictures off the list, once there is one of the user's."""
        for row in reversed(range(len(self.model.entries))):
            if self.model.entries[row].sample:
                self.model.remove(row)

    def remove_current(self) -> None:
        """Take the current picture off the list; its file is not touched."""
        row = self.view.currentIndex().row()
        if row >= 0:
            self.model.remove(row)

    def go_next(self) -> None:
        self.go(1)

    def go_previous(self) -> None:
        self.go(-1)

    def go(self, by: int) -> None:
        """Open the picture so many rows further, where there is one."""
        row = self.view.currentIndex().row() + by
        if 0 <= row < len(self.model.entries):
            self.view.setCurrentIndex(self.model.index(row))

    def _moved(self, current: QModelIndex) -> None:
        self._count()
        if current.isValid():
            self.view.scrollTo(current)
            self.chosen.emit(self.model.entries[current.row()])

    def _count(self) -> None:
        count, row = len(self.model.entries), self.view.currentIndex().row()
        self.position.setText(f"{row + 1} / {count}")
        self.previous.setEnabled(row > 0)
        self.next.setEnabled(row + 1 < count)
        self._rest_soon()

    # Thumbnails

    def _rest_soon(self) -> None:
        self._rest.start()

    def read_visible(self) -> None:
        """Read the thumbnails that can be seen and are not there yet."""
        shown = self.view.viewport().rect()
        first = self.view.indexAt(shown.topLeft()).row()
        last = self.view.indexAt(shown.bottomLeft()).row()
        last = len(self.model.entries) - 1 if last < 0 else last
        wanted = [
            (entry, entry.path, entry.pixels)
            for entry in self.model.entries[max(first, 0) : last + 1]
            if entry.thumbnail is None and not entry.problem
        ]
        if wanted:
            self._bridge.start(
                "files",
                THUMBNAILS,
                partial(read_thumbnails, wanted),
                on_snapshot=self._ignore,
                on_increments=self._take,
                increment=_itself,
            )

    def _ignore(self, snapshot: Any) -> None:
        """Every thumbnail arrives as an increment."""

    def _take(self, thumbnails: tuple[Thumbnail, ...]) -> None:
        for thumbnail in thumbnails:
            entry = thumbnail.key
            assert isinstance(entry, Entry)
            entry.thumbnail = thumbnail.image
            if thumbnail.error is not None:
                entry.problem = sentence(thumbnail.error)
            if entry in self.model.entries:
                self.model.changed(entry)

    def resizeEvent(self, event: Any) -> None:
        self._rest_soon()
        super().resizeEvent(event)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("PICTURES"))
        self.open.setToolTip(self.tr("Open pictures (Ctrl+O)"))
        self.open.setAccessibleName(self.tr("Open pictures"))
        self.view.setAccessibleName(self.tr("Pictures"))
        self.previous.setToolTip(self.tr("Previous picture (A or Page Up)"))
        self.previous.setAccessibleName(self.tr("Previous picture"))
        self.next.setToolTip(self.tr("Next picture (D or Page Down)"))
        self.next.setAccessibleName(self.tr("Next picture"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _itself(snapshot: Any) -> Any:
    return snapshot
