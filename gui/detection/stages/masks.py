"""The masks of one box: a 28 x 28 map of every class, one as numbers and over the picture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QSize, Qt
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
from gui.detection.canvas_tools import Tools
from gui.detection.instances import Instance
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

    def __init__(self, scope: PictureContext, tools: Tools, parent: QWidget) -> None:
        super().__init__(scope, tools, "masks", parent)
        self._maps: Maps | None = None
        self._asked: tuple[object, ...] = ()
        self._label = 0  # whose mask is looked at; 0 for the winner's
        self.text = self.note()
        self.classes = QListWidget(self)
        self.classes.setObjectName("detection.stage.masks.classes.list")
        self.classes.setViewMode(QListView.ViewMode.IconMode)
        self.classes.setMovement(QListView.Movement.Static)
        self.classes.setResizeMode(QListView.ResizeMode.Adjust)
        self.classes.setIconSize(QSize(ICON_PX, ICON_PX))
        self.classes.setFixedHeight(ICON_PX + 36)
        self.soft = QCheckBox(self)
        self.soft.setObjectName("detection.stage.masks.soft.check")
        self.numbers = QCheckBox(self)
        self.numbers.setObjectName("detection.stage.masks.numbers.check")
        self.matrix = Matrix("detection.stage.masks.matrix", self)
        self.column.addWidget(self.text)
        self.column.addWidget(self.classes)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.soft)
        row.addWidget(self.numbers, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.matrix, 1)
        self.classes.currentRowChanged.connect(self._choose)
        self.soft.toggled.connect(self._show_numbers)
        self.numbers.toggled.connect(self._redraw)
        self.matrix.pointed.connect(self._point)
        self.write()

    def leave(self) -> None:
        super().leave()
        self._asked = ()
        self.scope.overlays.spotlight(None)

    def refresh(self) -> None:
        instance = self._instance()
        inspection = self.scope.inspection
        if inspection is None or instance is None or not inspection.model.has_masks:
            self._maps, self._asked = None, ()
            # While it empties itself it names rows that are going: nobody may listen.
            self.classes.blockSignals(True)
            self.classes.clear()
            self.classes.blockSignals(False)
            self.matrix.show_values(
                numpy.zeros((0, 0), numpy.float32), threshold=0.5, soft=False, color=(0, 0, 0)
            )
            self.text.setText(
                self.tr("This model has no mask head.")
                if inspection is not None and not inspection.model.has_masks
                else self.tr("There is no detection to look at.")
            )
            self.scope.canvas.update()
            return
        threshold = self.scope.session.limits.mask
        label = self._label or instance.label
        asked = (inspection, instance.pair, label, threshold)
        if asked[:2] != self._asked[:2]:
            self._label, label = 0, instance.label
            asked = (inspection, instance.pair, label, threshold)
        if asked != self._asked:
            self._asked = asked
            box = numpy.array(instance.box, numpy.float32)
            question = partial(
                roi_maps, box=box, label=label, color=instance.color, threshold=threshold
            )
            self.scope.ask(self.name, question, self._take)

    def _instance(self) -> Instance | None:
        shown = self.scope.session.shown
        return self.scope.instance() or (shown[0] if shown else None)

    def _take(self, maps: Maps) -> None:
        self._maps = maps
        instance = self._instance()
        inspection = self.scope.inspection
        if instance is None or inspection is None or maps.maps.mask_probs is None:
            return
        if self.front:
            self.scope.overlays.spotlight(instance.pair, hidden=("masks",))
        probs = maps.maps.mask_probs
        order = [instance.label, *(k for k in range(1, len(probs)) if k != instance.label)]
        self.classes.blockSignals(True)
        self.classes.clear()
        for label in order:
            pixmap = QPixmap.fromImage(heat_image(probs[label])).scaled(ICON_PX, ICON_PX)
            item = QListWidgetItem(QIcon(pixmap), inspection.model.class_name(label))
            item.setData(Qt.ItemDataRole.UserRole, label)
            self.classes.addItem(item)
        self.classes.setCurrentRow(order.index(maps.label))
        self.classes.blockSignals(False)
        self._show_numbers()
        self.scope.canvas.update()

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
            threshold=self.scope.session.limits.mask,
            soft=self.soft.isChecked(),
            color=instance.color,
        )
        self._point(None)

    def _redraw(self) -> None:
        self.scope.canvas.update()

    def _probs(self) -> NDArray[numpy.float32] | None:
        if self._maps is None or self._maps.maps.mask_probs is None:
            return None
        return self._maps.maps.mask_probs[self._maps.label]

    def _point(self, place: tuple[int, int] | None) -> None:
        """Which mask it is, and the probability under the mouse."""
        instance, probs, inspection = self._instance(), self._probs(), self.scope.inspection
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
            threshold = None if self.soft.isChecked() else self.scope.session.limits.mask
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
