"""The feature maps: a level, its channels as small pictures, one of them over the picture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QSlider,
    QWidget,
)

from gui import theme
from gui.detection.canvas_tools import CanvasTools
from gui.detection.picture_context import PictureContext
from gui.detection.stages.base import StageView
from gui.detection.stages.feature_grids import draw_grid, list_levels, map_image
from gui.pictures.view_transform import View
from gui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from engine.detection.queries.features import FeatureMaps

ICON_PX = 60


class FeaturesView(StageView):
    """A browser of channels; the first picture is the norm over all of them."""

    def __init__(self, context: PictureContext, tools: CanvasTools, parent: QWidget) -> None:
        super().__init__(context, tools, "features", parent)
        self._maps: FeatureMaps | None = None
        self._image: QImage | None = None
        self._of: tuple[object, int] = (None, -1)
        self._typed: int | None = None  # a channel by number, when one was typed
        self.level = QComboBox(self)
        self.level.setObjectName("detection.stage.features.level.combo")
        self.channel_label = QLabel(self)
        self.channel = NumberField(0, self, minimum=0, maximum=255, step=1)
        self.channel.setObjectName("detection.stage.features.channel.field")
        self.channel.setFixedWidth(56)
        self.opacity = QSlider(Qt.Orientation.Horizontal, self)
        self.opacity.setObjectName("detection.stage.features.opacity")
        self.opacity.setRange(0, 100)
        self.opacity.setValue(75)
        self.opacity_label = QLabel(self)
        self.channels = QListWidget(self)
        self.channels.setObjectName("detection.stage.features.channels.list")
        self.channels.setViewMode(QListView.ViewMode.IconMode)
        self.channels.setMovement(QListView.Movement.Static)
        self.channels.setResizeMode(QListView.ResizeMode.Adjust)
        self.channels.setIconSize(QSize(ICON_PX, ICON_PX))
        self.channels.setUniformItemSizes(True)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.channel_label)
        row.addWidget(self.channel)
        row.addSpacing(theme.GAP)
        row.addWidget(self.opacity_label)
        row.addWidget(self.opacity, 1)
        self.column.addWidget(self.level)
        self.column.addLayout(row)
        self.column.addWidget(self.channels, 1)
        self.level.currentIndexChanged.connect(self._ask)
        self.channel.value_changed.connect(self._want)
        self.opacity.valueChanged.connect(self._redraw)
        self.channels.currentRowChanged.connect(self._choose)
        self.write()

    def refresh(self) -> None:
        inspection = self.context.inspection
        trace = inspection.trace if inspection else None
        list_levels(self.level, trace, self.tr("{name}: stride {stride}, {size} cells"))
        if (inspection, self.level.currentIndex()) != self._of:
            self._typed = None
            self._ask()

    def _ask(self) -> None:
        from engine.detection.queries.features import feature_maps

        level = self.level.currentIndex()
        if level < 0 or self.context.inspection is None:
            return
        self._of = (self.context.inspection, level)
        channels = None if self._typed is None else (self._typed,)
        self.context.ask(
            self.name, partial(feature_maps, level=level, channels=channels), self._take
        )

    def _want(self, channel: float) -> None:
        self._typed = round(channel)
        self._ask()

    def _take(self, maps: FeatureMaps) -> None:
        chosen = self.channels.currentRow()
        self._maps = maps
        numbered = zip(map(str, maps.channels), maps.values, strict=True)
        with QSignalBlocker(self.channels):
            self.channels.clear()
            # A typed channel stands beside the norm alone.
            for text, values in ((self.tr("norm"), maps.norm), *numbered):
                pixmap = QPixmap.fromImage(map_image(values)).scaled(
                    ICON_PX, ICON_PX, Qt.AspectRatioMode.KeepAspectRatio
                )
                self.channels.addItem(QListWidgetItem(QIcon(pixmap), text))
        self.channel.set_range(0, maps.shape[0] - 1)
        if self._typed is not None:
            chosen = 1
        self.channels.setCurrentRow(chosen if 0 <= chosen < self.channels.count() else 0)
        self._choose(self.channels.currentRow())

    def _choose(self, row: int) -> None:
        if self._maps is None or row < 0:
            return
        self._image = map_image(self._maps.norm if row == 0 else self._maps.values[row - 1])
        self._redraw()

    def _redraw(self) -> None:
        self.context.canvas.update()

    def paint(self, painter: QPainter, view: View) -> None:
        inspection = self.context.inspection
        if self._image is None or self._maps is None or inspection is not self._of[0]:
            return
        assert inspection is not None
        painter.setOpacity(self.opacity.value() / 100)
        draw_grid(painter, view, inspection.trace, self._maps.level, self._image)

    def write(self) -> None:
        self.level.setAccessibleName(self.tr("Level"))
        self.level.setToolTip(self.tr("A feature map of the pyramid"))
        self.channel_label.setText(self.tr("Channel"))
        self.channel.setAccessibleName(self.tr("Channel"))
        self.channel.set_hint(self.tr("One channel by its number"))
        self.opacity_label.setText(self.tr("Opacity"))
        self.opacity.setAccessibleName(self.tr("Opacity"))
        self.opacity.setToolTip(self.tr("How strongly the map covers the picture"))
        self.channels.setAccessibleName(self.tr("Channels"))
        self.channels.setToolTip(
            self.tr("The norm over all channels, and those that differ most from place to place")
        )
