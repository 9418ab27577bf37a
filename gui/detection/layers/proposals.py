"""The proposals of the RPN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy
from PySide6.QtGui import QFont, QPainter

from gui.detection.instances import Instance
from gui.detection.layers.base import Overlay
from gui.detection.layers.score_scale import draw_scale, draw_scored, sigmoid
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection
    from engine.detection.pipeline.trace import StageTrace


class ProposalLayer(Overlay):
    """The RPN's best proposals, coloured by objectness."""

    def __init__(self, font: QFont) -> None:
        super().__init__(font, shown=False)
        self.top = 50
        self._boxes = numpy.zeros((0, 4), numpy.float32)
        self._scores = numpy.zeros(0, numpy.float32)

    def set_inspection(self, inspection: Inspection | None) -> None:
        if inspection is None:
            self._boxes, self._scores = self._boxes[:0], self._scores[:0]
            return
        trace = inspection.trace
        self._boxes = trace.to_picture(trace.proposals)
        self._scores = sigmoid(trace.objectness[trace.proposal_anchor])

    def set_top(self, top: int) -> None:
        self.top = top

    def painted(self) -> int:
        """How many proposals."""
        return min(self.top, len(self._boxes))

    def draw(self, painter: QPainter, view: View) -> None:
        draw_scored(painter, view, self._boxes[: self.top][::-1], self._scores[: self.top][::-1])
        draw_scale(painter, view, font=self.font)


def count_proposals(trace: StageTrace, shown: Sequence[Instance]) -> int:
    """How many boxes the RPN let through."""
    return len(trace.proposals)
