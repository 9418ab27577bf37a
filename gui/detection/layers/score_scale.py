"""Boxes coloured by their score, and the scale that says which colour is which."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QLinearGradient, QPainter

from gui.detection.layers.base import outline
from gui.detection.overlay_colors import CASING, VIRIDIS, scalar_color
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from engine.detection.pipeline.trace import StageTrace


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

    @property
    def name(self) -> str:
        """The paper's P2 to P6: its stride is 2 to that power, but for what does not divide."""
        return f"P{round(log2(self.stride[0]))}"


def levels(trace: StageTrace) -> tuple[Level, ...]:
    """The levels of a trace's anchors; torchvision's order is level, row, column, shape."""
    counts = numpy.bincount(trace.anchor_level, minlength=len(trace.feature_shapes))
    result, first = [], 0
    for count, (_, rows, columns) in zip(counts, trace.feature_shapes, strict=True):
        stride = (trace.padded_size[0] // rows, trace.padded_size[1] // columns)
        result.append(Level(first, rows, columns, int(count) // (rows * columns), stride))
        first += int(count)
    return tuple(result)


def draw_scored(painter: QPainter, view: View, boxes: numpy.ndarray, scores: numpy.ndarray) -> None:
    """Outline (N, 4) picture boxes in the order given, coloured by scores of 0 to 1."""
    seen = QRectF(view.visible).adjusted(-4, -4, 4, 4)
    for box, score in zip(boxes.tolist(), scores.tolist(), strict=True):
        rect = view.rect(*box)
        if not rect.intersects(seen):
            continue
        outline(painter, rect, CASING, 4)
        outline(painter, rect, scalar_color(score), 2)


def draw_scale(
    painter: QPainter,
    view: View,
    *,
    font: QFont,
    title: str = "",
    low: float = 0.0,
    high: float = 1.0,
) -> None:
    """What the colours of a map mean, in the lower left of the visible picture.

    Args:
        title: of what is shown; objectness by default.
    """
    title = title or QCoreApplication.translate("layers", "Objectness")
    first, last = (QLocale().toString(value, "g", 3) for value in (low, high))
    metrics = QFontMetricsF(font)
    bar = 96.0
    width = metrics.horizontalAdvance(title) + bar + metrics.horizontalAdvance(first + last) + 40
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
    for text in (title, first):
        advance = metrics.horizontalAdvance(text)
        area = QRectF(x, plate.y(), advance, plate.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        x += advance + 8
    gradient = QLinearGradient(x, 0, x + bar, 0)
    for index, color in enumerate(VIRIDIS):
        gradient.setColorAt(index / (len(VIRIDIS) - 1), color)
    painter.fillRect(QRectF(x, middle - 5, bar, 10), QBrush(gradient))
    area = QRectF(x + bar + 8, plate.y(), metrics.horizontalAdvance(last), plate.height())
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, last)


def sigmoid(logits: numpy.ndarray | numpy.float32) -> numpy.ndarray:
    """1 / (1 + exp(-x)) without overflow."""
    return 0.5 * (1 + numpy.tanh(0.5 * logits))
