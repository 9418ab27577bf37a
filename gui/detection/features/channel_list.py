"""Every channel of a feature map as a small picture, in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QLocale, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from gui.detection.layers.objectness import heat_image
from gui.detection.stages.feature_grids import map_image
from gui.widgets.fact_table import signed, whole

if TYPE_CHECKING:
    from engine.detection.queries.channels import ChannelOrder, ChannelSheet

NORM = -1  # in the place of a channel's number: the length of all of them
ICON_PX = 60
GRID = QSize(88, 86)


class ChannelList(QListWidget):
    """The norm, then every channel.

    Signals:
        channel_chosen: its number, or `NORM`.
    """

    channel_chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setGridSize(GRID)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        # As high as there is room for: its hint would be counted as needed.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._icons: dict[int, QIcon] = {}
        self._order: list[int] = []
        self._scores: dict[int, str] = {}
        self._chosen = NORM
        self.currentItemChanged.connect(self._tell)

    @property
    def chosen(self) -> int:
        """The channel that is looked at, or `NORM`."""
        return self._chosen

    def shown_order(self) -> list[int]:
        """The channels' numbers as they stand."""
        return list(self._order)

    def set_sheet(self, sheet: ChannelSheet) -> None:
        """The channels of another map, by their numbers until they are sorted."""
        count, rows, _ = sheet.small.shape
        low = sheet.small.min((1, 2), keepdims=True)
        span = sheet.small.max((1, 2), keepdims=True) - low
        ranged = numpy.divide(
            sheet.small - low, span, out=numpy.zeros_like(sheet.small), where=span > 0
        )
        strip = heat_image(ranged.reshape(count * rows, -1))
        self._icons = {
            channel: _icon(strip.copy(0, channel * rows, strip.width(), rows))
            for channel in range(count)
        }
        self._icons[NORM] = _icon(map_image(sheet.norm))
        self._order, self._scores = list(range(count)), {}
        if self._chosen >= count:
            self._chosen = NORM
        self._fill()

    def set_order(self, found: ChannelOrder) -> None:
        """The channels in an order, with what they were sorted by."""
        if len(found.order) != len(self._icons) - 1:
            return  # of another map
        self._order = found.order.tolist()
        self._scores = {
            channel: score_text(found.sort, float(found.score[channel])) for channel in self._order
        }
        self._fill()
        self.scrollToTop()

    def choose(self, channel: int) -> None:
        """Look at a channel, or at `NORM`, without telling."""
        self._chosen = channel
        with QSignalBlocker(self):
            for row in range(self.count()):
                item = self.item(row)
                if item is not None and item.data(Qt.ItemDataRole.UserRole) == channel:
                    self.setCurrentItem(item)
                    self.scrollToItem(item)
                    return

    def _fill(self) -> None:
        with QSignalBlocker(self):
            self.clear()
            for channel in (NORM, *self._order):
                text = self.tr("norm") if channel == NORM else whole(channel)
                score = self._scores.get(channel, "")
                item = QListWidgetItem(self._icons[channel], f"{text} · {score}" if score else text)
                item.setData(Qt.ItemDataRole.UserRole, channel)
                self.addItem(item)
                if channel == self._chosen:
                    self.setCurrentItem(item)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._chosen = int(item.data(Qt.ItemDataRole.UserRole))
            self.channel_chosen.emit(self._chosen)


def score_text(sort: str, score: float) -> str:
    """What a channel was sorted by, in few signs."""
    if sort in ("place", "box"):
        return f"{signed(score, 1)} σ"
    if sort == "only":
        return f"{whole(100 * score)} %"
    return QLocale().toString(score, "g", 3) if sort == "spread" else ""


def _icon(image: QImage) -> QIcon:
    pixmap = QPixmap.fromImage(image)
    return QIcon(pixmap.scaled(ICON_PX, ICON_PX, Qt.AspectRatioMode.KeepAspectRatio))
