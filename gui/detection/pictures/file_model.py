"""The pictures at hand as a list model: thousands of entries, of which a filter shows some."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from engine.file_text import printable
from gui import icons, theme
from gui.detection.pictures.badges import Badges, draw_badges
from gui.detection.pictures.jobs import THUMBNAIL_PX
from gui.widgets.user_text import tip

Index = QModelIndex | QPersistentModelIndex
_keys = itertools.count()


@dataclass(eq=False)
class Entry:
    """A picture of the list.

    Attributes:
        title: the file's name, as the system has it.
        path: its file, or None for one from the clipboard.
        pixels: (H, W, 3) uint8 RGB of one without a file.
        sample: whether the program put it there by itself.
        thumbnail: None until it has been seen.
        problem: one sentence, when the file cannot be read.
        badges: what is known of it.
    """

    title: str
    path: Path | None = None
    pixels: numpy.ndarray | None = None
    sample: bool = False
    thumbnail: QImage | None = None
    problem: str = ""
    badges: Badges = field(default_factory=Badges)
    key: int = field(default_factory=lambda: next(_keys))

    @property
    def shown(self) -> str:
        """The title with escapes for what no text can hold."""
        return printable(self.title)


ADDED, NAME, FOUND, MISSED, UNJUDGED = "added", "name", "found", "missed", "unjudged"
ORDERS = (ADDED, NAME, FOUND, MISSED, UNJUDGED)


class FileModel(QAbstractListModel):
    """The entries that pass the filter, as rows.

    Attributes:
        everything: all entries, in the order in which they came.
        entries: those shown, in the chosen order.
        order: of `ORDERS`.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.everything: list[Entry] = []
        self.entries: list[Entry] = []
        self.order = ADDED
        self._wanted: tuple[str, ...] = ()

    @property
    def hidden(self) -> int:
        """How many entries the filter hides."""
        return len(self.everything) - len(self.entries)

    def add(self, entries: Sequence[Entry]) -> None:
        """Append entries; those that the filter hides are kept."""
        self.everything.extend(entries)
        shown = [entry for entry in entries if self.passes(entry)]
        if shown and self.order != ADDED:
            self._arrange()
        elif shown:
            first = len(self.entries)
            self.beginInsertRows(QModelIndex(), first, first + len(shown) - 1)
            self.entries.extend(shown)
            self.endInsertRows()

    def remove(self, entries: Sequence[Entry]) -> None:
        """Forget entries."""
        gone = {entry.key for entry in entries}
        self.set_everything([entry for entry in self.everything if entry.key not in gone])

    def set_everything(self, entries: Sequence[Entry]) -> None:
        """Hold these entries and no others."""
        self.everything = list(entries)
        self._arrange()

    def set_filter(self, text: str) -> None:
        """Show the entries whose names hold every word, in any case."""
        self._wanted = tuple(text.casefold().split())
        self._arrange()

    def set_order(self, order: str) -> None:
        """Put the entries into an order, by what is known of them now."""
        self.order = order
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        self.entries = [entry for entry in self.everything if self.passes(entry)]
        if self.order != ADDED:
            self.entries.sort(key=_KEYS[self.order])
        self.endResetModel()

    def passes(self, entry: Entry) -> bool:
        """Whether the filter shows an entry."""
        name = entry.title.casefold()
        return all(word in name for word in self._wanted)

    def changed(self, entry: Entry) -> None:
        """Repaint an entry's row, if it has one."""
        if entry in self.entries:
            index = self.index(self.entries.index(entry))
            self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.shown
        if role == Qt.ItemDataRole.ToolTipRole:
            place = str(entry.path or entry.title)
            return tip(entry.problem or "\n".join(filter(None, (place, entry.badges.sentence()))))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return entry.problem or entry.badges.sentence()
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
        draw_badges(painter, entry.badges, QRectF(space).adjusted(4, 0, -4, -2), option.font)
        painter.setFont(option.font)
        words = QRect(area.x() + 4, space.bottom() + 2, area.width() - 8, area.height())
        words.setBottom(area.bottom())
        painter.setPen(colors.color("warning" if entry.problem else "text"))
        middle = Qt.TextElideMode.ElideMiddle
        text = option.fontMetrics.elidedText(entry.shown, middle, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


def _by_name(entry: Entry) -> Any:
    from engine.pictures.reader import natural_key

    return natural_key(entry.title), str(entry.path or "")


def _by_found(entry: Entry) -> Any:
    return -(-1 if entry.badges.found is None else entry.badges.found)


def _by_missed(entry: Entry) -> Any:
    return -(entry.badges.missed or 0)


def _by_judged(entry: Entry) -> Any:
    return entry.badges.done, bool(entry.badges.judged)


_KEYS: dict[str, Callable[[Entry], Any]] = {
    NAME: _by_name,
    FOUND: _by_found,
    MISSED: _by_missed,
    UNJUDGED: _by_judged,
}
