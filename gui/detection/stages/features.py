"""The feature maps: a level, all its channels in any order, and what a cell of it sees."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QPointF, QSignalBlocker, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSizePolicy, QSlider, QWidget

from gui import theme
from gui.detection.canvas_tools import CanvasTools
from gui.detection.features.channel_list import NORM, ChannelList
from gui.detection.features.receptive_field import draw_field, field_image, field_marks
from gui.detection.instances import Instance, as_box
from gui.detection.layers.callouts import LIGHT, Mark
from gui.detection.layers.score_scale import draw_scale
from gui.detection.picture_context import PictureContext
from gui.detection.stages.base import LIST_PX, StageView
from gui.detection.stages.feature_grids import draw_grid, list_levels, map_image
from gui.pictures.view_transform import View
from gui.widgets.fact_table import signed, whole
from gui.widgets.number_field import NumberField
from gui.widgets.wheel_guard import DoubleClickReset

if TYPE_CHECKING:
    from engine.detection.pipeline.trace import StageTrace
    from engine.detection.queries.channels import ChannelOrder, ChannelSheet
    from engine.detection.queries.features import FeatureMaps
    from engine.detection.queries.receptive_field import ReceptiveField

OPACITY = 75  # percent, of the map over the picture
BESIDE_FIELD = 0.4  # of the map's opacity, while a receptive field is drawn over it
SHEET, MAP, ORDER, FIELD = (f"features.{name}" for name in ("sheet", "map", "order", "field"))


class FeaturesView(StageView):
    """A browser of channels; the first picture is the norm over all of them."""

    def __init__(self, context: PictureContext, tools: CanvasTools, parent: QWidget) -> None:
        super().__init__(context, tools, "features", parent)
        self._sheet: ChannelSheet | None = None
        self._values: numpy.ndarray | None = None  # (h, w), of the map that is drawn
        self._image: QImage | None = None
        self._of: tuple[object, int] = (None, -1)  # the inspection and level of the sheet
        self._sorted: tuple[object, ...] = ()  # what the order was asked for
        self._at: QPointF | None = None  # the place that was clicked
        self._field: ReceptiveField | None = None
        self._field_image: QImage | None = None
        self.level = QComboBox(self)
        self.level.setObjectName("detection.stage.features.level.combo")
        self.sort_label = QLabel(self)
        self.sort = QComboBox(self)
        self.sort.setObjectName("detection.stage.features.sort.combo")
        for combo in (self.level, self.sort):
            # Long texts give way in it, and are whole in its list.
            combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.channel_label = QLabel(self)
        self.channel = NumberField(0, self, minimum=0, maximum=255, step=1)
        self.channel.setObjectName("detection.stage.features.channel.field")
        self.channel.setFixedWidth(56)
        self.opacity = QSlider(Qt.Orientation.Horizontal, self)
        self.opacity.setObjectName("detection.stage.features.opacity")
        self.opacity.setRange(0, 100)
        self.opacity.setValue(OPACITY)
        self.opacity_label = QLabel(self)
        self.told = self.note()
        self.channels = ChannelList("detection.stage.features.channels.list", self)
        self.channels.setMinimumHeight(LIST_PX)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.level, 0, 0, 1, 4)
        grid.addWidget(self.sort_label, 1, 0)
        grid.addWidget(self.sort, 1, 1, 1, 3)
        for column, widget in enumerate(
            (self.channel_label, self.channel, self.opacity_label, self.opacity)
        ):
            grid.addWidget(widget, 2, column)
        grid.setColumnStretch(3, 1)
        self.column.addLayout(grid)
        self.column.addWidget(self.channels, 1)
        self.column.addWidget(self.told)
        self.level.currentIndexChanged.connect(self._turn_level)
        self.sort.currentIndexChanged.connect(self._sort)
        self.channel.value_changed.connect(self._want)
        self.opacity.valueChanged.connect(self._redraw)
        self._reset = DoubleClickReset(self)
        self._reset.watch(self.opacity)
        self._reset.asked.connect(self._on_reset)
        self.channels.channel_chosen.connect(self._choose)
        self.write()

    def leave(self) -> None:
        super().leave()
        for key in (SHEET, MAP, ORDER, FIELD):
            self.context.drop(key)

    def refresh(self) -> None:
        inspection = self.context.inspection
        trace = inspection.trace if inspection else None
        list_levels(self.level, trace, self.tr("{name}: stride {stride}, {size} cells"))
        if inspection is not self._of[0]:
            self._forget_place()
        if (inspection, self.level.currentIndex()) != self._of:
            self._ask()
        else:
            self._sort()
            self._tell()

    # What is asked of the engine

    def _ask(self) -> None:
        from engine.detection.queries.channels import channel_sheet

        level = self.level.currentIndex()
        self._sheet = self._image = self._values = None
        if level < 0 or self.context.inspection is None:
            self._of = (None, -1)
            self.channels.clear()
            return
        self._of = (self.context.inspection, level)
        self.context.ask(SHEET, partial(channel_sheet, level=level), self._take_sheet)
        self._ask_field()

    def _take_sheet(self, sheet: ChannelSheet) -> None:
        self._sheet, self._sorted = sheet, ()
        self.channel.set_range(0, sheet.shape[0] - 1)
        self.channels.set_sheet(sheet)
        self._choose(self.channels.chosen)
        self._sort()
        self._tell()

    def _choose(self, channel: int) -> None:
        """Lay a channel over the picture, or the norm."""
        from engine.detection.queries.features import feature_maps

        if self._sheet is None:
            return
        if channel == NORM:
            self.context.drop(MAP)
            self._lay(self._sheet.norm)
            return
        with QSignalBlocker(self.channel):
            self.channel.set_value(channel)
        question = partial(feature_maps, level=self._sheet.level, channels=(channel,))
        self.context.ask(MAP, question, self._take_map)

    def _take_map(self, maps: FeatureMaps) -> None:
        if self._sheet is not None and maps.level == self._sheet.level:
            self._lay(maps.values[0])

    def _lay(self, values: numpy.ndarray) -> None:
        self._values, self._image = values, map_image(values)
        self._redraw()

    def _want(self, channel: float) -> None:
        self.channels.choose(round(channel))
        self._choose(round(channel))

    def _sort(self) -> None:
        """Put the channels in the chosen order, where there is what it needs."""
        from engine.detection.queries.channels import SORTS, sort_channels

        inspection, level = self.context.inspection, self.level.currentIndex()
        if self._sheet is None or inspection is None or not self.front:
            return
        sort, cell, instance = SORTS[max(self.sort.currentIndex(), 0)], self._cell(), self._object()
        needs = {"place": cell, "box": instance, "only": instance}
        asked = (inspection, level, sort, *((needs[sort],) if sort in needs else ()))
        if sort in ("box", "only") and instance is not None:
            asked = (inspection, level, sort, instance.box)
        self._tell()
        if asked == self._sorted or needs.get(sort, sort) is None:
            return
        self._sorted = asked
        box = numpy.array(instance.box, numpy.float32) if instance is not None else None
        question = partial(sort_channels, level=level, sort=sort, cell=cell, box=box)
        self.context.ask(ORDER, question, self._take_order)

    def _take_order(self, found: ChannelOrder) -> None:
        if self._sheet is None or found.level != self._sheet.level:
            return
        self.channels.set_order(found)
        if found.sort in ("place", "box", "only"):
            # What was asked for is what one wants to see.
            self.channels.choose(int(found.order[0]))
            self._choose(int(found.order[0]))

    def _ask_field(self) -> None:
        from engine.detection.queries.receptive_field import ask_receptive_field

        cell = self._cell()
        self._field = self._field_image = None
        if cell is None:
            self.context.drop(FIELD)
        else:
            question = partial(
                ask_receptive_field, level=self.level.currentIndex(), row=cell[0], column=cell[1]
            )
            self.context.ask(FIELD, question, self._take_field)
        self._mark()

    def _take_field(self, field: ReceptiveField) -> None:
        if self._cell() == (field.row, field.column) and self._of[1] == field.level:
            self._field, self._field_image = field, field_image(field)
            self._mark()
            self._tell()

    # Which place, which object

    def pick(self, at: QPointF) -> bool:
        self._at = at
        self._ask_field()
        self._sort()
        self.item_changed.emit()
        return True

    def item(self) -> str:
        cell = self._cell()
        if cell is None:
            return ""
        text = self.tr("row {row}, column {column}")
        return text.format(row=whole(cell[0]), column=whole(cell[1]))

    def forget_item(self) -> None:
        self._forget_place()
        self._ask_field()
        self._tell()
        self.item_changed.emit()

    def _forget_place(self) -> None:
        self._at = self._field = self._field_image = None

    def _turn_level(self) -> None:
        self._ask()
        self.item_changed.emit()

    def _cell(self) -> tuple[int, int] | None:
        """Row and column of the clicked place on the chosen level."""
        from engine.detection.queries.anchors import cell_at

        inspection, level = self.context.inspection, self.level.currentIndex()
        if self._at is None or inspection is None or level < 0:
            return None
        return cell_at(inspection.trace, level, self._at.x(), self._at.y())

    def _object(self) -> Instance | None:
        """The chosen detection, else the best."""
        shown = self.context.session.shown
        return self.context.instance() or (shown[0] if shown else None)

    # What is seen

    def _mark(self) -> None:
        from engine.detection.queries.anchors import cell_box

        cell, inspection = self._cell(), self.context.inspection
        if cell is None or inspection is None:
            self.mark()
            return
        box = cell_box(inspection.trace, self.level.currentIndex(), *cell, size=1)
        marks = [Mark(as_box(box), "", LIGHT)]
        if self._field is not None:
            anchors, seen = self.tr("anchors' centre"), self.tr("centre of what it sees")
            marks += field_marks(self._field, anchors=anchors, seen=seen)
        self.mark(marks)

    def _tell(self) -> None:
        from engine.detection.queries.channels import SORTS

        sort, field = SORTS[max(self.sort.currentIndex(), 0)], self._field
        if sort == "place" and self._at is None:
            text = self.tr("Click a place in the picture to sort by it.")
        elif sort in ("box", "only") and self._object() is None:
            text = self.tr("There is no detection to sort by.")
        elif field is not None:
            text = self.tr(
                "This cell sees {x} cells to the right of its anchors' centre and {y} down; half"
                " of what moves it lies within {radius} px."
            ).format(
                x=signed(field.offset[0], 1), y=signed(field.offset[1], 1),
                radius=whole(field.radius),
            )  # fmt: skip
        else:
            text = self.tr(
                "Cells are drawn around their anchors' centres, i × stride. What a cell sees lies"
                " elsewhere, often half a cell on: click one."
            )
        self.told.setText(text)

    def _on_reset(self, slider: object) -> None:
        self.opacity.setValue(OPACITY)

    def _redraw(self) -> None:
        self.context.canvas.update()

    def paint(self, painter: QPainter, view: View) -> None:
        inspection = self.context.inspection
        image, values = self._image, self._values
        if image is None or values is None or self._sheet is None or inspection is not self._of[0]:
            return
        assert inspection is not None
        trace: StageTrace = inspection.trace
        strength = self.opacity.value() / 100
        seen = self._field_image
        painter.setOpacity(strength * BESIDE_FIELD if seen is not None else strength)
        draw_grid(painter, view, trace, self._sheet.level, image)
        if seen is not None and self._field is not None:
            draw_field(painter, view, self._field, seen)
        channel = self.channels.chosen
        title = self.tr("channel {number}").format(number=whole(channel))
        draw_scale(
            painter,
            view,
            font=self.context.layer.font,
            title=self.tr("norm") if channel == NORM else title,
            low=float(values.min()),
            high=float(values.max()),
        )

    def write(self) -> None:
        self.level.setAccessibleName(self.tr("Level"))
        self.level.setToolTip(self.tr("A feature map of the pyramid"))
        self.sort_label.setText(self.tr("Sort"))
        chosen = max(self.sort.currentIndex(), 0)
        with QSignalBlocker(self.sort):
            self.sort.clear()
            self.sort.addItems(
                [
                    self.tr("by number"),
                    self.tr("most different from place to place"),
                    self.tr("most active at the clicked place"),
                    self.tr("most active in the chosen object"),
                    self.tr("active in the chosen object alone"),
                ]
            )
            self.sort.setCurrentIndex(chosen)
        self.sort.setAccessibleName(self.tr("Order of the channels"))
        self.sort.setToolTip(
            self.tr(
                "σ: standard deviations from the channel's mean; %: how much of what fires lies"
                " in the object's box"
            )
        )
        self.channel_label.setText(self.tr("Channel"))
        self.channel.setAccessibleName(self.tr("Channel"))
        self.channel.set_hint(self.tr("One channel by its number"))
        self.opacity_label.setText(self.tr("Opacity"))
        self.opacity.setAccessibleName(self.tr("Opacity"))
        self.opacity.setToolTip(self.tr("How strongly the map covers the picture"))
        self.channels.setAccessibleName(self.tr("Channels"))
        self.channels.setToolTip(self.tr("The norm over all channels, then every channel"))
        self._of = (None, -1)  # the list is in another language, too
