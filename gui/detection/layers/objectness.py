"""The layer of objectness: how object-like the RPN finds each cell of its grids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QImage, QPainter

from gui.detection.instances import Instance
from gui.detection.layers.base import AROUND_CURSOR, Overlay
from gui.detection.layers.score_scale import Level, draw_scale, levels, sigmoid
from gui.detection.overlay_colors import VIRIDIS
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection
    from engine.detection.pipeline.trace import StageTrace


def heat(trace: StageTrace, level: Level) -> numpy.ndarray:
    """(rows, columns) float32, 0 to 1: the best anchor of each cell of a level."""
    logits = trace.objectness[level.first : level.first + level.count]
    return sigmoid(logits.reshape(level.rows, level.columns, level.shapes).max(-1))


def heat_of_all(trace: StageTrace, of: tuple[Level, ...]) -> numpy.ndarray:
    """The best of all levels on the finest grid, (rows, columns) float32."""
    finest = of[0]
    result = numpy.zeros((finest.rows, finest.columns), numpy.float32)
    for level in of:
        # The nearest cell: anchors of every level sit at index * stride.
        rows = nearest(finest.rows, finest.stride[0], level.rows, level.stride[0])
        columns = nearest(finest.columns, finest.stride[1], level.columns, level.stride[1])
        result = numpy.maximum(result, heat(trace, level)[rows][:, columns])
    return result


def nearest(count: int, stride: int, other_count: int, other_stride: int) -> numpy.ndarray:
    """For each of `count` cells, the index of another grid's nearest cell."""
    index = numpy.rint(numpy.arange(count) * stride / other_stride).astype(int)
    result: numpy.ndarray = numpy.minimum(index, other_count - 1)
    return result


def heat_image(values: numpy.ndarray) -> QImage:
    """(rows, columns) 0 to 1 as an opaque viridis picture, one pixel a cell."""
    steps = numpy.linspace(0, 1, len(VIRIDIS))
    channels = [
        numpy.interp(values, steps, [getattr(color, name)() for color in VIRIDIS])
        for name in ("blue", "green", "red")
    ]
    bgra = numpy.full((*values.shape, 4), 255, numpy.uint8)
    for index, channel in enumerate(channels):
        bgra[..., index] = channel
    rows, columns = values.shape
    return QImage(bgra.data, columns, rows, bgra.strides[0], QImage.Format.Format_RGB32).copy()


class ObjectnessLayer(Overlay):
    """Objectness of one level, or the best of all."""

    def __init__(self, font: QFont) -> None:
        super().__init__(font, shown=False, opacity=0.6)
        self._level = AROUND_CURSOR
        self._trace: StageTrace | None = None
        self._levels: tuple[Level, ...] = ()
        self._image: QImage | None = None

    def set_inspection(self, inspection: Inspection | None) -> None:
        self._trace = inspection.trace if inspection is not None else None
        self._levels = levels(self._trace) if self._trace is not None else ()
        self._image = None

    def painted(self) -> bool:
        return True

    def set_level(self, level: int) -> None:
        self._level = level
        self._image = None

    def draw(self, painter: QPainter, view: View) -> None:
        trace = self._trace
        if trace is None:
            return
        one = self._level if 0 <= self._level < len(self._levels) else AROUND_CURSOR
        level = self._levels[max(one, 0)]
        if self._image is None:
            alone = one != AROUND_CURSOR
            values = heat(trace, level) if alone else heat_of_all(trace, self._levels)
            self._image = heat_image(values)
        down = level.stride[0] * trace.picture_size[0] / trace.input_size[0]
        across = level.stride[1] * trace.picture_size[1] / trace.input_size[1]
        # A cell lies around its anchors' centre, index * stride.
        target = view.rect(
            -across / 2, -down / 2, (level.columns - 0.5) * across, (level.rows - 0.5) * down
        )
        painter.setClipRect(view.visible)
        painter.drawImage(target, self._image, QRectF(self._image.rect()))
        painter.setClipping(False)
        draw_scale(painter, view, font=self.font)


def count_objectness(trace: StageTrace, shown: Sequence[Instance]) -> int:
    """How many anchors are more likely an object than not."""
    return int((trace.objectness > 0).sum())
