"""Anchors: their places, and the boxes around the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from gui.detection.instances import Instance
from gui.detection.layers.base import AROUND_CURSOR, Overlay, line_pen, outline
from gui.detection.layers.score_scale import Level, draw_scale, draw_scored, levels, sigmoid
from gui.detection.overlay_colors import CASING, instance_color
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection
    from engine.detection.pipeline.trace import StageTrace

TOP_ANCHORS = 40  # by objectness, of one level
DOT_SPACING = 7.0  # widget px; closer centres are thinned out


class AnchorLayer(Overlay):
    """The anchors at a place on every level, or one level with its most object-like anchors."""

    def __init__(self, font: QFont) -> None:
        super().__init__(font, shown=False)
        self._level = AROUND_CURSOR
        self.at: QPointF | None = None  # picture px; None: the picture's middle
        self._trace: StageTrace | None = None
        self._levels: tuple[Level, ...] = ()

    def set_inspection(self, inspection: Inspection | None) -> None:
        self._trace = inspection.trace if inspection is not None else None
        self._levels = levels(self._trace) if self._trace is not None else ()

    def set_level(self, level: int) -> None:
        self._level = level

    @property
    def level(self) -> int:
        """Index of the level that is drawn, or AROUND_CURSOR."""
        return self._level if self._level < len(self._levels) else AROUND_CURSOR

    def draw(self, painter: QPainter, view: View) -> None:
        trace = self._trace
        if trace is None:
            return
        if self.level == AROUND_CURSOR:
            for index in range(len(self._levels)):
                self._draw_cell(painter, view, index, QColor(*instance_color(index)))
        else:
            self._draw_centres(painter, view, self._levels[self.level])
            self._draw_best(painter, view, self._levels[self.level])
            self._draw_cell(painter, view, self.level, QColor(*instance_color(self.level)))
            draw_scale(painter, view, font=self.font)

    def point_at(self, at: QPointF) -> bool:
        self.at = at
        return True

    def painted(self) -> int:
        """How many anchors."""
        if self.level == AROUND_CURSOR:
            return sum(level.shapes for level in self._levels)
        level = self._levels[self.level]
        return min(TOP_ANCHORS, level.count) + level.shapes

    def cell(self, index: int) -> tuple[int, int]:
        """Row and column of a level's cell nearest the cursor."""
        assert self._trace is not None
        trace, level = self._trace, self._levels[index]
        at = self.at or QPointF(trace.picture_size[1] / 2, trace.picture_size[0] / 2)
        y = at.y() * trace.input_size[0] / trace.picture_size[0]
        x = at.x() * trace.input_size[1] / trace.picture_size[1]
        # Anchors sit at index * stride, without torchvision's missing half stride.
        row = min(max(round(y / level.stride[0]), 0), level.rows - 1)
        column = min(max(round(x / level.stride[1]), 0), level.columns - 1)
        return row, column

    def _draw_cell(self, painter: QPainter, view: View, index: int, color: QColor) -> None:
        assert self._trace is not None
        level = self._levels[index]
        row, column = self.cell(index)
        first = level.first + (row * level.columns + column) * level.shapes
        boxes = self._trace.to_picture(self._trace.anchors[first : first + level.shapes])
        for box in boxes.tolist():
            outline(painter, view.rect(*box), CASING, 4)
            outline(painter, view.rect(*box), color, 2)

    def _draw_best(self, painter: QPainter, view: View, level: Level) -> None:
        assert self._trace is not None
        logits = self._trace.objectness[level.first : level.first + level.count]
        top = numpy.argsort(logits, kind="stable")[-TOP_ANCHORS:]  # the best is drawn last
        boxes = self._trace.to_picture(self._trace.anchors[level.first + top])
        draw_scored(painter, view, boxes, sigmoid(logits[top]))

    def _draw_centres(self, painter: QPainter, view: View, level: Level) -> None:
        assert self._trace is not None
        trace = self._trace
        down = level.stride[0] * trace.picture_size[0] / trace.input_size[0]
        across = level.stride[1] * trace.picture_size[1] / trace.input_size[1]
        thin = max(1, -int(-DOT_SPACING // (min(down, across) * view.scale)))
        points = [
            view.point(column * across, row * down)
            for row in range(0, level.rows, thin)
            for column in range(0, level.columns, thin)
        ]
        points = [point for point in points if view.visible.contains(point)]
        for ink, width in ((CASING, 3.5), (QColor(255, 255, 255, 200), 1.75)):
            painter.setPen(line_pen(ink, width, cap=Qt.PenCapStyle.SquareCap))
            painter.drawPoints(points)


def count_anchors(trace: StageTrace, shown: Sequence[Instance]) -> int:
    """How many anchors there are."""
    return len(trace.anchors)
