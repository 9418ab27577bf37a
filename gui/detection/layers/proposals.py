"""The layers of what comes before detections: anchors and proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy
from PySide6.QtGui import QFont, QPainter

from gui.detection.layers.base import Overlay
from gui.detection.layers.score_scale import draw_scale, draw_scored, sigmoid
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from engine.detection.pipeline.trace import StageTrace


class ProposalLayer(Overlay):
    """The RPN's best proposals, coloured by objectness."""

    def __init__(self, font: QFont) -> None:
        super().__init__("proposals", shown=False)
        self.top = 50
        self.font = font
        self.scale_title = ""
        self._boxes = numpy.zeros((0, 4), numpy.float32)
        self._scores = numpy.zeros(0, numpy.float32)

    def set_trace(self, trace: StageTrace | None) -> None:
        if trace is None:
            self._boxes, self._scores = self._boxes[:0], self._scores[:0]
            return
        self._boxes = trace.to_picture(trace.proposals)
        self._scores = sigmoid(trace.objectness[trace.proposal_anchor])

    def count(self) -> int:
        """How many proposals are drawn."""
        return min(self.top, len(self._boxes))

    def draw(self, painter: QPainter, view: View) -> None:
        draw_scored(painter, view, self._boxes[: self.top][::-1], self._scores[: self.top][::-1])
        draw_scale(painter, view, font=self.font, title=self.scale_title)
