"""The layers of what comes before detections: anchors and proposals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QLinearGradient, QPainter

from gui.detection.layers.base import Overlay, line_pen, outline
from gui.detection.overlay_colors import CASING, VIRIDIS, instance_color, scalar_color
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from engine.detection.pipeline.trace import StageTrace

AROUND_CURSOR = -1
TOP_ANCHORS = 40  # by objectness, of one level
TOP_ENDED = 60  # by objectness, of those that ended at a gate
DOT_SPACING = 7.0  # widget px; closer centres are thinned out


@dataclass(frozen=True)
class Level:
    """One level of anchors.

    Attributes:
        first: index of its first anchor.
        rows, columns: of its grid.
        shapes: anchors a cell.
        stride: (down, across) network-input px.
    """

    first: int
    rows: int
    columns: int
    shapes: int
    stride: tuple[int, int]

    @property
    def count(self) -> int:
        return self.rows * self.columns * self.shapes


def levels(trace: StageTrace) -> tuple[Level, ...]:
    """The levels of a trace's anchors; torchvision's order is level, row, column, shape."""
    counts = numpy.bincount(trace.anchor_level, minlength=len(trace.feature_shapes))
    result, first = [], 0
    for count, (_, rows, columns) in zip(counts, trace.feature_shapes, strict=True):
        stride = (trace.padded_size[0] // rows, trace.padded_size[1] // columns)
        result.append(Level(first, rows, columns, int(count) // (rows * columns), stride))
        first += int(count)
    return tuple(result)


class AnchorLayer(Overlay):
    """The anchors at a place on every level, or one level with its most object-like anchors."""

    def __init__(self, font: QFont) -> None:
        super().__init__("anchors", shown=False)
        self.font = font
        self.scale_title = ""
        self.level = AROUND_CURSOR
        self.at: QPointF | None = None  # picture px; None: the picture's middle
        self._trace: StageTrace | None = None
        self._levels: tuple[Level, ...] = ()

    def set_trace(self, trace: StageTrace | None) -> None:
        self._trace = trace
        self._levels = levels(trace) if trace is not None else ()
        if self.level >= len(self._levels):
            self.level = AROUND_CURSOR

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
            draw_scale(painter, view, font=self.font, title=self.scale_title)

    def count(self) -> int:
        """How many anchors are drawn."""
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


class DroppedBoxesLayer(Overlay):
    """Decoded boxes that ended at one gate, the most object-like of them."""

    def __init__(self, font: QFont) -> None:
        super().__init__("ended", shown=True)
        self.top = TOP_ENDED
        self.font = font
        self.scale_title = ""
        self._boxes = numpy.zeros((0, 4), numpy.float32)
        self._scores = numpy.zeros(0, numpy.float32)

    def set_ended(self, trace: StageTrace | None, ended: numpy.ndarray | None) -> None:
        """Show the anchors' boxes where (A,) `ended` is true; None shows nothing."""
        if trace is None or ended is None:
            self._boxes, self._scores = self._boxes[:0], self._scores[:0]
            return
        which = numpy.flatnonzero(ended)
        best = which[numpy.argsort(-trace.objectness[which], kind="stable")[: self.top]]
        height, width = trace.input_size
        limit = numpy.array([width, height, width, height], numpy.float32)
        self._boxes = trace.to_picture(numpy.clip(trace.decoded[best], 0, limit))
        self._scores = sigmoid(trace.objectness[best])

    def count(self) -> int:
        """How many boxes are drawn."""
        return len(self._boxes)

    def draw(self, painter: QPainter, view: View) -> None:
        if len(self._boxes):
            draw_scored(painter, view, self._boxes[::-1], self._scores[::-1])
            draw_scale(painter, view, font=self.font, title=self.scale_title)


def draw_scored(painter: QPainter, view: View, boxes: numpy.ndarray, scores: numpy.ndarray) -> None:
    """Outline (N, 4) picture boxes in the order given, coloured by scores of 0 to 1."""
    seen = QRectF(view.visible).adjusted(-4, -4, 4, 4)
    for box, score in zip(boxes.tolist(), scores.tolist(), strict=True):
        rect = view.rect(*box)
        if not rect.intersects(seen):
            continue
        outline(painter, rect, CASING, 4)
        outline(painter, rect, scalar_color(score), 2)


def draw_scale(painter: QPainter, view: View, *, font: QFont, title: str) -> None:
    """What the colours mean, in the lower left corner of the visible picture."""
    metrics = QFontMetricsF(font)
    bar = 96.0
    width = metrics.horizontalAdvance(title) + bar + metrics.horizontalAdvance("01") + 40
    if width > view.visible.width() or view.visible.height() < 60:
        return
    corner = view.visible.bottomLeft() + QPointF(8, -8 - metrics.height() - 8)
    plate = QRectF(corner.x(), corner.y(), width, metrics.height() + 8)
    painter.setOpacity(1.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 22, 26, 235))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawRoundedRect(plate, 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(240, 240, 240))
    x, middle = plate.x() + 8, plate.center().y()
    for text in (title, "0"):
        advance = metrics.horizontalAdvance(text)
        area = QRectF(x, plate.y(), advance, plate.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        x += advance + 8
    gradient = QLinearGradient(x, 0, x + bar, 0)
    for index, color in enumerate(VIRIDIS):
        gradient.setColorAt(index / (len(VIRIDIS) - 1), color)
    painter.fillRect(QRectF(x, middle - 5, bar, 10), QBrush(gradient))
    area = QRectF(x + bar + 8, plate.y(), metrics.horizontalAdvance("1"), plate.height())
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "1")


def sigmoid(logits: numpy.ndarray | numpy.float32) -> numpy.ndarray:
    """1 / (1 + exp(-x)) without overflow."""
    return 0.5 * (1 + numpy.tanh(0.5 * logits))
