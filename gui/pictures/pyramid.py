"""A picture at several sizes, so that a reduced view is sharp and quick to paint."""

from __future__ import annotations

from dataclasses import dataclass

import numpy
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gui.pictures.view_transform import View

SHARED_FROM = 40_000_000  # pixels from which the largest level stays where the array has it
PIXELS_FROM = 3.0  # device pixels a picture pixel from which these are drawn as squares


@dataclass(frozen=True)
class Pyramid:
    """A picture at full size and halved again and again, ready to be painted.

    Made off the window's thread: `build_pyramid` touches no widget.

    Attributes:
        levels: the largest first.
        pixels: the array whose memory the first level may share.
        full: (width, height) of the picture while only its coarse levels are there.
    """

    levels: tuple[QImage, ...]
    pixels: numpy.ndarray | None = None
    full: tuple[int, int] | None = None

    @property
    def width(self) -> int:
        return self.full[0] if self.full else self.levels[0].width()

    @property
    def height(self) -> int:
        return self.full[1] if self.full else self.levels[0].height()

    def color(self, x: int, y: int) -> QColor:
        """The pixel at a place of the picture, as far as it is known."""
        level = self.levels[0]
        column, row = x * level.width() // self.width, y * level.height() // self.height
        return QColor(level.pixel(column, row))


def build_pyramid(
    pixels: numpy.ndarray, *, smallest: int = 256, full: tuple[int, int] | None = None
) -> Pyramid:
    """Turn (H, W, 3) uint8 RGB into QImages of halved sizes, down to `smallest` px.

    Args:
        full: (width, height) of the picture of which these pixels are a reduced copy.
    """
    pixels = numpy.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    shared = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    large = width * height >= SHARED_FROM
    level = shared if large else shared.convertToFormat(QImage.Format.Format_RGB32)
    levels = [level]
    while max(level.width(), level.height()) > smallest and min(level.width(), level.height()) > 1:
        half = QSize((level.width() + 1) // 2, (level.height() + 1) // 2)
        if level is shared:  # Qt would copy all of it first
            level = _halved(pixels, half)
        else:
            level = level.scaled(
                half,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        levels.append(level.convertToFormat(QImage.Format.Format_RGB32))
    return Pyramid(tuple(levels), pixels if large else None, full)


def _halved(pixels: numpy.ndarray, size: QSize) -> QImage:
    from engine.pictures.thumbnails import shrink

    small = shrink(pixels, (size.width(), size.height()))
    height, width = small.shape[:2]
    image = QImage(small.data, width, height, small.strides[0], QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def draw_pyramid(painter: QPainter, pyramid: Pyramid, view: View) -> None:
    """Draw the visible part from the smallest level that is still large enough."""
    scale = view.scale * view.ratio
    level = pyramid.levels[0]
    for smaller in pyramid.levels[1:]:
        if smaller.width() < scale * pyramid.width:
            break
        level = smaller
    if view.visible.isEmpty():
        return
    # The source rectangle in whole level pixels, so that panning does not shimmer.
    kx, ky = level.width() / pyramid.width, level.height() / pyramid.height
    first, last = (
        (corner - QPointF(view.left, view.top)) / view.scale
        for corner in (view.visible.topLeft(), view.visible.bottomRight())
    )
    x0, y0 = max(int(first.x() * kx) - 1, 0), max(int(first.y() * ky) - 1, 0)
    x1 = min(int(last.x() * kx) + 2, level.width())
    y1 = min(int(last.y() * ky) + 2, level.height())
    target = view.rect(x0 / kx, y0 / ky, x1 / kx, y1 / ky)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < PIXELS_FROM)
    painter.drawImage(target, level, QRectF(QRect(x0, y0, x1 - x0, y1 - y0)))
