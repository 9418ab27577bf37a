"""Small pictures of what is no map: the input, the anchors of a cell, the best proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gui.detection.layers.score_scale import sigmoid
from gui.detection.overlay_colors import instance_color, scalar_color

if TYPE_CHECKING:
    from engine.detection.pipeline.trace import StageTrace

SIDE = 320  # px of the longer side
DRAWN = 25  # proposals


def thumbnail(pixels: numpy.ndarray) -> QImage:
    """A small picture of (H, W, 3) uint8."""
    step = max(max(pixels.shape[:2]) // (2 * SIDE), 1)
    small = numpy.ascontiguousarray(pixels[::step, ::step])
    rows, columns = small.shape[:2]
    image = QImage(small.data, columns, rows, small.strides[0], QImage.Format.Format_RGB888)
    kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(SIDE, SIDE, kept, smooth).convertToFormat(QImage.Format.Format_RGB32)


def proposals(picture: QImage, trace: StageTrace) -> QImage:
    """The best proposals of a picture over its thumbnail, coloured by objectness."""
    image = picture.copy()
    painter = QPainter(image)
    high, wide = trace.picture_size
    boxes = trace.to_picture(trace.proposals[:DRAWN])
    scores = sigmoid(trace.objectness[trace.proposal_anchor[:DRAWN]])
    across, down = image.width() / wide, image.height() / high
    for (x0, y0, x1, y1), score in reversed(
        list(zip(boxes.tolist(), scores.tolist(), strict=True))
    ):
        painter.setPen(QPen(scalar_color(score), 4))
        painter.drawRect(QRectF(x0 * across, y0 * down, (x1 - x0) * across, (y1 - y0) * down))
    painter.end()
    return image


def anchors(trace: StageTrace, shapes: int, ground: QColor) -> QImage:
    """The anchors of one cell around their centre, each in the colour of its stage."""
    boxes = trace.anchors[:shapes]
    sizes = boxes[:, 2:] - boxes[:, :2]
    scale = 0.92 * SIDE / float(sizes.max())
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(ground)
    painter = QPainter(image)
    for index, (wide, high) in enumerate((sizes * scale).tolist()):
        painter.setPen(QPen(QColor(*instance_color(index)), 10))
        painter.drawRect(QRectF((SIDE - wide) / 2, (SIDE - high) / 2, wide, high))
    painter.end()
    return image
