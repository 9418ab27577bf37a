"""The masks of one box: a 28 x 28 map of every class, one as numbers and over the picture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from gui import theme
from gui.detection.canvas_tools import CanvasTools
from gui.detection.instances import Instance, Pair
from gui.detection.layers.objectness import heat_image
from gui.detection.picture_context import PictureContext
from gui.detection.stages.base import StageView
from gui.detection.stages.mask_matrix import Matrix, draw_figures
from gui.detection.stages.roi_maps import Maps, roi_maps
from gui.pictures.view_transform import View
from gui.widgets.fact_table import figure

if TYPE_CHECKING:
    from numpy.typing import NDArray

ICON_PX = 44


class MasksView(StageView):
    """The chosen detection's, or the best one's."""

    def __init__(self, context: PictureContext, tools: CanvasTools, parent: QWidget) -> None:
        super().__init__(context, tools, "masks", parent)
        self._maps: Maps | None = None
        self._of: tuple[object, Pair] | None = None  # the inspection and the pair of the label
        self._label = 0  # whose mask is looked at; 0 for the winner's
        self.text = self.note()
        self.classes = QListWidget(self)
        self.classes.setObjectName("detection.stage.masks.classes.list")
        self.classes.setViewMode(QListView.ViewMode.IconMode)
        self.classes.setMovement(QListView.Movement.Static)
        self.classes.setResizeMode(QListView.ResizeMode.Adjust)
        self.classes.setIconSize(QSize(ICON_PX, ICON_PX))
        self.classes.setFixedHeight(ICON_PX + 32)
        self.soft = QCheckBox(self)
        self.soft.setObjectName("detection.stage.masks.soft.check")
        self.numbers = QCheckBox(self)
        self.numbers.setObjectName("detection.stage.masks.numbers.check")
        self.matrix = Matrix("detection.stage.masks.matrix", self)
        self.column.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.soft)
        row.addWidget(self.numbers, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.matrix, 1)
        self.column.addWidget(self.classes)
        self.classes.currentRowChanged.connect(self._choose)
        self.soft.toggled.connect(self._show_numbers)
        self.numbers.toggled.connect(self._redraw)
        self.matrix.pointed.connect(self._point)
        self.write()

    def leave(self) -> None:
        super().leave()
        self._of = None
        self.context.layers.spotlight(None)

    def refresh(self) -> None:
        instance = self._instance()
        inspection = self.context.inspection
        if inspection is None or instance is None or not inspection.model.has_masks:
            self.context.drop(self.name)
            self._maps, self._of = None, None
            # While it empties itself it names rows that are going: nobody may listen.
            with QSignalBlocker(self.classes):
                self.classes.clear()
            self.matrix.show_values(
                numpy.zeros((0, 0), numpy.float32), threshold=0.5, soft=False, color=(0, 0, 0)
            )
            self.text.setText(
                self.tr("This model has no mask head.")
                if inspection is not None and not inspection.model.has_masks
                else self.tr("There is no detection to look at.")
            )
            self.context.canvas.update()
            return
        if (inspection, instance.pair) != self._of:
            self._of, self._label = (inspection, instance.pair), 0
        threshold = self.context.session.limits.mask
        label = self._label or instance.label
        box = numpy.array(instance.box, numpy.float32)
        question = partial(
            roi_maps, box=box, label=label, color=instance.color, threshold=threshold
        )
        depends_on = (inspection, instance.pair, label, threshold)
        self.context.ask(self.name, question, self._take, depends_on=depends_on)

    def _instance(self) -> Instance | None:
        shown = self.context.session.shown
        return self.context.instance() or (shown[0] if shown else None)

    def _take(self, maps: Maps) -> None:
        self._maps = maps
        instance = self._instance()
        inspection = self.context.inspection
        if instance is None or inspection is None or maps.maps.mask_probs is None:
            return
        if self.front:
            self.context.layers.spotlight(instance.pair, hidden=("masks",))
        probs = maps.maps.mask_probs
        order = [instance.label, *(k for k in range(1, len(probs)) if k != instance.label)]
        with QSignalBlocker(self.classes):
            self.classes.clear()
            for label in order:
                pixmap = QPixmap.fromImage(heat_image(probs[label])).scaled(ICON_PX, ICON_PX)
                item = QListWidgetItem(QIcon(pixmap), inspection.model.class_name(label))
                item.setData(Qt.ItemDataRole.UserRole, label)
                self.classes.addItem(item)
            self.classes.setCurrentRow(order.index(maps.label))
        self._show_numbers()
        self.context.canvas.update()

    def _choose(self, row: int) -> None:
        item = self.classes.item(row)
        if item is not None:
            self._label = int(item.data(Qt.ItemDataRole.UserRole))
            self.refresh()

    def _show_numbers(self) -> None:
        instance, probs = self._instance(), self._probs()
        if instance is None or probs is None:
            return
        self.matrix.show_values(
            probs,
            threshold=self.context.session.limits.mask,
            soft=self.soft.isChecked(),
            color=instance.color,
        )
        self._point(None)

    def _redraw(self) -> None:
        self.context.canvas.update()

    def _probs(self) -> NDArray[numpy.float32] | None:
        if self._maps is None or self._maps.maps.mask_probs is None:
            return None
        result: NDArray[numpy.float32] = self._maps.maps.mask_probs[self._maps.label]
        return result

    def _point(self, place: tuple[int, int] | None) -> None:
        """Which mask it is, and the probability under the mouse."""
        instance, probs, inspection = self._instance(), self._probs(), self.context.inspection
        if instance is None or probs is None or inspection is None or self._maps is None:
            return
        name = inspection.model.class_name(self._maps.label)
        if place is not None:
            text = self.tr("Row {row}, column {column}: {value}")
            value = figure(probs[place], 3)
            self.text.setText(text.format(row=place[0] + 1, column=place[1] + 1, value=value))
        elif self._maps.label == instance.label:
            text = self.tr("The class branch says {name} {score}: its mask is taken.")
            self.text.setText(text.format(name=name, score=figure(instance.score)))
        else:
            text = self.tr("The mask that {name} would have here; the winner is {winner}.")
            self.text.setText(text.format(name=name, winner=instance.name))

    def paint(self, painter: QPainter, view: View) -> None:
        maps = self._maps
        if maps is None or maps.soft is None or maps.contour is None:
            return
        painter.setOpacity(1.0)
        target = view.rect(maps.x, maps.y, maps.x + maps.soft.width(), maps.y + maps.soft.height())
        painter.setClipRect(view.visible)
        painter.drawImage(target, maps.soft)
        painter.drawImage(target, maps.contour)
        instance, probs = self._instance(), self._probs()
        if self.numbers.isChecked() and instance is not None and probs is not None:
            threshold = None if self.soft.isChecked() else self.context.session.limits.mask
            draw_figures(painter, view.rect(*instance.box), probs, threshold=threshold)
        painter.setClipping(False)

    def write(self) -> None:
        self.classes.setAccessibleName(self.tr("Masks of every class"))
        self.classes.setToolTip(self.tr("The mask of each class; the first is the winner's"))
        self.soft.setText(self.tr("Tenths"))
        self.numbers.setText(self.tr("Numbers on the picture"))
        self.numbers.setToolTip(self.tr("Write the 28 × 28 numbers where they lie"))
        self.soft.setToolTip(self.tr("Before the threshold: 0 to 9 tenths in place of 0 and 1"))
        self.matrix.setAccessibleName(self.tr("The mask as numbers"))
