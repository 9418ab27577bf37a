"""A bar behind the number of a table cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from gui import theme

if TYPE_CHECKING:
    pass


Index = QModelIndex | QPersistentModelIndex


BAR_ROLE = Qt.ItemDataRole.UserRole + 1


class BarDelegate(QStyledItemDelegate):
    """A bar below the number, as long as what is left."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        share = index.data(BAR_ROLE)
        if share:
            area = option.rect
            width = round((area.width() - 4) * share)
            bar = QRect(area.right() - width - 1, area.bottom() - 3, width, 3)
            painter.fillRect(bar, theme.current().color("accent"))


class WideBarDelegate(QStyledItemDelegate):
    """A cell filled as far as its share of the largest one, in its text colour."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        share = index.data(BAR_ROLE)
        if share:
            area = option.rect.adjusted(6, 4, -12, -4)
            area.setWidth(max(round(area.width() * share), 2))
            painter.fillRect(area, index.data(Qt.ItemDataRole.ForegroundRole))
