"""A picture at several sizes, so that a reduced view is sharp and quick to paint."""

from __future__ import annotations

from dataclasses import dataclass

import numpy
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage


@dataclass(frozen=True)
class Pyramid:
    """A picture at full size and halved again and again, ready to be painted.

    Made off the window's thread: `build_pyramid` touches no widget.
    """

    levels: tuple[QImage, ...]

    @property
    def width(self) -> int:
        return self.levels[0].width()

    @property
    def height(self) -> int:
        return self.levels[0].height()


def build_pyramid(pixels: numpy.ndarray, *, smallest: int = 256) -> Pyramid:
    """Turn (H, W, 3) uint8 RGB into QImages of halved sizes, down to `smallest` px."""
    pixels = numpy.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    shared = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    level = shared.convertToFormat(QImage.Format.Format_RGB32)  # owns its memory
    levels = [level]
    while max(level.width(), level.height()) > smallest and min(level.width(), level.height()) > 1:
        half = QSize((level.width() + 1) // 2, (level.height() + 1) // 2)
        level = level.scaled(
            half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        levels.append(level.convertToFormat(QImage.Format.Format_RGB32))
    return Pyramid(tuple(levels))
