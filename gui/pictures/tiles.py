"""The picture cut into tiles at the scale it is shown at, so that panning only moves them."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap

from gui.pictures.pyramid import Pyramid, draw_pyramid
from gui.pictures.view_transform import View

TILE = 128  # device pixels a side
KEPT = 1536  # tiles: 100 MB, a 5,000 x 5,000 screen


class Tiles:
    """Draws a pyramid as `draw_pyramid` does and remembers what it drew.

    A tile is fixed to the picture, counted in device pixels from its corner.
    `Viewport` keeps that corner on a device pixel, so a tile drawn once fits
    wherever the picture is pushed; another scale begins anew.
    """

    def __init__(self) -> None:
        self._scale = 0.0
        self._pyramid: Pyramid | None = None
        self._drawn: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()

    def draw(self, painter: QPainter, pyramid: Pyramid, view: View) -> int:
        """Draw the visible part.

        Returns:
            How many tiles had to be made.
        """
        scale = view.scale * view.ratio
        if pyramid is not self._pyramid or scale != self._scale:
            self._pyramid, self._scale = pyramid, scale
            self._drawn.clear()
        if view.visible.isEmpty():
            return 0
        ratio = view.ratio
        origin = QPoint(round(view.left * ratio), round(view.top * ratio))
        seen = QRectF(
            view.visible.x() * ratio,
            view.visible.y() * ratio,
            view.visible.width() * ratio,
            view.visible.height() * ratio,
        ).toAlignedRect()
        seen.translate(-origin)
        made = 0
        end = max(round(scale * pyramid.width), 1) - 1, max(round(scale * pyramid.height), 1) - 1
        columns = range(seen.left() // TILE, min(seen.right(), end[0]) // TILE + 1)
        rows = range(seen.top() // TILE, min(seen.bottom(), end[1]) // TILE + 1)
        for row in rows:
            for column in columns:
                tile = self._drawn.get((column, row))
                if tile is None:
                    tile = self._make(column, row, pyramid, scale)
                    self._drawn[column, row] = tile
                    made += 1
                self._drawn.move_to_end((column, row))
                tile.setDevicePixelRatio(ratio)
                x, y = origin.x() + column * TILE, origin.y() + row * TILE
                painter.drawPixmap(QRectF(x / ratio, y / ratio, 0, 0).topLeft(), tile)
        while len(self._drawn) > KEPT:
            self._drawn.popitem(last=False)
        return made

    def _make(self, column: int, row: int, pyramid: Pyramid, scale: float) -> QPixmap:
        """One tile; where the picture ends, so does the tile."""
        whole = QRectF(0, 0, scale * pyramid.width, scale * pyramid.height)
        # Qt draws the device pixels whose middles lie inside.
        end = QRect(0, 0, max(round(whole.width()), 1), max(round(whole.height()), 1))
        area = QRect(column * TILE, row * TILE, TILE, TILE).intersected(end)
        pixmap = QPixmap(area.size())
        painter = QPainter(pixmap)
        painter.translate(-area.topLeft())
        view = View(scale, 0.0, 0.0, whole, QRectF(area).intersected(whole), 1.0)
        draw_pyramid(painter, pyramid, view)
        painter.end()
        return pixmap
