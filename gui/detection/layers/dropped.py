"""Boxes that a filter dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy
from PySide6.QtGui import QFont, QPainter

from gui.detection.layers.base import Overlay
from gui.detection.layers.score_scale import draw_scale, draw_scored, sigmoid
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from engine.detection.pipeline.trace import StageTrace

TOP_DROPPED = 60  # by objectness, of those that ended at a gate


class DroppedBoxesLayer(Overlay):
    """Decoded boxes that ended at one gate, the most object-like of them."""

    def __init__(self, font: QFont) -> None:
        super().__init__(font)
        self.top = TOP_DROPPED
        self._boxes = numpy.zeros((0, 4), numpy.float32)
        self._scores = numpy.zeros(0, numpy.float32)

    def set_dropped(self, trace: StageTrace | None, dropped: numpy.ndarray | None) -> None:
        """Show the anchors' boxes where (A,) bool `dropped` is true; None shows nothing."""
        if trace is None or dropped is None:
            self._boxes, self._scores = self._boxes[:0], self._scores[:0]
            return
        which = numpy.flatnonzero(dropped)
        best = which[numpy.argsort(-trace.objectness[which], kind="stable")[: self.top]]
        height, width = trace.input_size
        limit = numpy.array([width, height, width, height], numpy.float32)
        self._boxes = trace.to_picture(numpy.clip(trace.decoded[best], 0, limit))
        self._scores = sigmoid(trace.objectness[best])

    def painted(self) -> int:
        """How many boxes."""
        return len(self._boxes)

    def draw(self, painter: QPainter, view: View) -> None:
        if len(self._boxes):
            draw_scored(painter, view, self._boxes[::-1], self._scores[::-1])
            draw_scale(painter, view, font=self.font)
