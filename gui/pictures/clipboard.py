"""Pictures between Qt and NumPy."""

from __future__ import annotations

import numpy
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter


def pixels_of(image: QImage) -> numpy.ndarray:
    """(H, W, 3) uint8 RGB of a QImage; transparency is laid on white."""
    ground = QImage(image.size(), QImage.Format.Format_RGB888)
    ground.fill(Qt.GlobalColor.white)
    painter = QPainter(ground)
    image = QImage(image)
    image.setDevicePixelRatio(1.0)
    painter.drawImage(0, 0, image)
    painter.end()
    stride, width, height = ground.bytesPerLine(), ground.width(), ground.height()
    rows = numpy.frombuffer(ground.constBits(), numpy.uint8).reshape(height, stride)
    return rows[:, : width * 3].reshape(height, width, 3).copy()


def image_of(pixels: numpy.ndarray) -> QImage:
    """A QImage of its own from (H, W, 3) uint8 RGB."""
    height, width = pixels.shape[:2]
    rows = numpy.ascontiguousarray(pixels)
    return QImage(rows.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
