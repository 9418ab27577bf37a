"""The keypoints of one box: a heat map a point, names, and the skeleton's two sides."""

from __future__ import annotations

from functools import partial

import numpy
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from gui.detection.canvas_tools import CanvasTools
from gui.detection.instances import Instance
from gui.detection.keypoint_names import point_name
from gui.detection.layers.callouts import Mark
from gui.detection.overlay_colors import LEFT_SIDE, MIDDLE, RIGHT_SIDE
from gui.detection.picture_context import PictureContext
from gui.detection.stages.base import LIST_PX, StageView
from gui.detection.stages.feature_grids import draw_in_box, map_image
from gui.detection.stages.roi_maps import Maps, roi_maps
from gui.pictures.view_transform import View
from gui.widgets.fact_table import FactTable, figure

HEAT_OPACITY = 0.7


class KeypointsView(StageView):
    """The chosen detection's, or the best one's that has them."""

    def __init__(self, context: PictureContext, tools: CanvasTools, parent: QWidget) -> None:
        super().__init__(context, tools, "keypoints", parent)
        self._maps: Maps | None = None
        self._image: QImage | None = None
        self.text = self.note()
        self.table = FactTable("detection.stage.keypoints.table", 3, self, titled=True)
        self.table.stretch(0)
        self.column.addWidget(self.text)
        self.table.setMinimumHeight(LIST_PX)
        self.column.addWidget(self.table, 1)
        self.column.addStretch(0)
        self.table.row_chosen.connect(self._choose)
        self.write()

    def leave(self) -> None:
        super().leave()
        self.context.layers.spotlight(None)

    def refresh(self) -> None:
        inspection, instance = self.context.inspection, self._instance()
        if inspection is None or instance is None:
            self.context.drop(self.name)
            self._maps, self._image = None, None
            self.table.fill(())
            self.table.hide()
            has = inspection is not None and inspection.model.has_keypoints
            self.text.setText(
                self.tr("There is no detection with keypoints.")
                if has
                else self.tr("This model has no keypoint head. The bundled Shapes model has one.")
            )
            self.mark()
            return
        box = numpy.array(instance.box, numpy.float32)
        question = partial(
            roi_maps, box=box, label=instance.label, color=instance.color, threshold=0.5
        )
        depends_on = (inspection, instance.pair)
        self.context.ask(self.name, question, self._take, depends_on=depends_on)

    def _instance(self) -> Instance | None:
        chosen = self.context.instance()
        if chosen is not None and chosen.keypoints is not None:
            return chosen
        return next((i for i in self.context.session.shown if i.keypoints is not None), None)

    def _take(self, maps: Maps) -> None:
        self._maps = maps
        inspection, instance, found = self.context.inspection, self._instance(), maps.maps
        if inspection is None or instance is None or found.keypoints is None:
            return
        if self.front:
            self.context.layers.spotlight(instance.pair)
        assert found.keypoint_scores is not None
        names = inspection.model.keypoint_names
        self.table.show()
        self.table.fill(
            [
                (point_name(name), figure(score, 1), f"{point[0]:.0f}, {point[1]:.0f}")
                for name, score, point in zip(
                    names, found.keypoint_scores, found.keypoints, strict=True
                )
            ]
        )
        for row, name in enumerate(names):
            color = side_color(name)
            self.table.mark_cell(row, 0, (color.red(), color.green(), color.blue()))
        text = self.tr("{name} {score}: {count} points; left blue, right orange.")
        self.text.setText(
            text.format(name=instance.name, score=figure(instance.score), count=len(names))
        )
        self._choose(self.table.currentRow())

    def _choose(self, row: int) -> None:
        found = self._maps.maps if self._maps is not None else None
        inspection = self.context.inspection
        if found is None or found.keypoints is None or inspection is None:
            return
        heat = found.keypoint_heat
        self._image = map_image(heat[row]) if heat is not None and row >= 0 else None
        names = inspection.model.keypoint_names
        marks = []
        for index, (name, (x, y)) in enumerate(
            zip(names, found.keypoints[:, :2].tolist(), strict=True)
        ):
            if row in (-1, index):
                color = side_color(name)
                rgb = color.red(), color.green(), color.blue()
                marks.append(Mark((x - 3, y - 3, x + 3, y + 3), point_name(name), rgb, width=1))
        self.mark(marks)

    def paint(self, painter: QPainter, view: View) -> None:
        instance = self._instance()
        if self._image is not None and instance is not None:
            painter.setOpacity(HEAT_OPACITY)
            draw_in_box(painter, view, instance.box, self._image)

    def write(self) -> None:
        self.table.setAccessibleName(self.tr("Keypoints"))
        self.table.setToolTip(self.tr("Choose a point to see its heat map"))
        self.table.setHorizontalHeaderLabels([self.tr("Point"), self.tr("Logit"), self.tr("x, y")])
        self.context.drop(self.name)  # the answer's names are written in the language of now


def side_color(name: str) -> QColor:
    """Blue for the left, orange for the right, white between."""
    head = name.split("_", 1)[0]
    return {"left": LEFT_SIDE, "right": RIGHT_SIDE}.get(head, MIDDLE)
