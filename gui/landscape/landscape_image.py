"""The loss as a picture with contour lines, under everything else on the map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.export.scene.records import Layer, Lines, Picture
from gui import theme
from gui.landscape.layer import MapLayer

if TYPE_CHECKING:
    from engine.landscape import Landscape

LIGHT_LINE = QColor(255, 255, 255, 88)
DARK_LINE = QColor(0, 0, 0, 96)
HATCH_PERIOD, HATCH_WIDTH = 10, 3


class Coloring(Protocol):
    """Colours for the map in place of those of the loss.

    Attributes:
        x: (W,) float64, the columns of its grid in the plane.
        y: (H,) float64, the rows.
        final: no finer one follows.
    """

    @property
    def x(self) -> NDArray[np.float64]: ...

    @property
    def y(self) -> NDArray[np.float64]: ...

    @property
    def final(self) -> bool: ...

    def picture(self) -> NDArray[np.uint32]:
        """(H, W) 0xffRRGGBB in the colours of the present theme, first row on top."""
        ...


@cache
def color_table() -> NDArray[np.uint32]:
    """(256,) colours of viridis as 0xffRRGGBB; dark is low."""
    rgb = pg.colormap.get("viridis").getLookupTable(0.0, 1.0, 256).astype(np.uint32)
    result: NDArray[np.uint32] = (
        np.uint32(0xFF000000) | rgb[:, 0] << 16 | rgb[:, 1] << 8 | rgb[:, 2]
    )
    return result


def color_range(landscape: Landscape) -> tuple[float, float]:
    """The `scaled` losses at the two ends of the colours."""
    scaled = landscape.scaled(landscape.loss[np.isfinite(landscape.loss)])
    if not scaled.size:
        return 0.0, 1.0
    low, high = float(scaled.min()), float(scaled.max())
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def shade(landscape: Landscape, low: float, high: float) -> NDArray[np.uint32]:
    """The picture, first row on top: (H, W) 0xffRRGGBB; what is no number is hatched."""
    loss = landscape.loss[::-1]
    finite = np.isfinite(loss)
    with np.errstate(all="ignore"):
        share = (landscape.scaled(np.where(finite, loss, 0.0)) - low) / (high - low)
    picture = color_table()[np.clip(np.nan_to_num(share) * 255, 0, 255).astype(np.intp)]
    if not finite.all():
        rows, columns = np.arange(loss.shape[0])[:, None], np.arange(loss.shape[1])
        stripes = (rows + columns) % HATCH_PERIOD < HATCH_WIDTH
        colors = theme.current()
        hatch = np.where(stripes, colors.color("muted").rgb(), colors.color("raised").rgb())
        picture = np.where(finite, picture, hatch.astype(np.uint32))
    return np.ascontiguousarray(picture)


class LandscapeLayer(MapLayer):
    """Heat map and contour lines over a view box, in whose pixels it draws.

    What it has drawn is kept as one picture until the view or the landscape changes.
    """

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=-50)
        self._landscape: Landscape | None = None
        self._coloring: Coloring | None = None
        self._picture = QImage()
        self._range = (0.0, 1.0)
        self._kept = QImage()
        self._key: tuple[float, ...] = ()
        self._lines = QImage()  # the contours, which stay while the colours change
        self._lines_key: tuple[float, ...] = ()

    @property
    def landscape(self) -> Landscape | None:
        return self._landscape

    @property
    def color_range(self) -> tuple[float, float]:
        """The `scaled` losses at the two ends of the colours."""
        return self._range

    def show_landscape(self, landscape: Landscape) -> None:
        self._landscape = landscape
        self._range = color_range(landscape)
        self._lines_key = ()
        self.restyle()

    def forget(self) -> None:
        """Show no landscape, until there is one."""
        self._landscape, self._coloring = None, None
        self._picture, self._kept, self._lines = QImage(), QImage(), QImage()
        self._key, self._lines_key = (), ()
        self.update()

    @property
    def coloring(self) -> Coloring | None:
        """What colours the map; None for the loss."""
        return self._coloring

    def color_by(self, coloring: Coloring | None) -> None:
        """Other colours than the loss's, whose contour lines stay; None: by the loss."""
        self._coloring = coloring
        self.restyle()

    def colors(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.uint32]]:
        """Columns (W,) and rows (H,) of the plane, and the colours that are seen there.

        Returns:
            The colours are (H, W) 0xffRRGGBB, first row on top.
        """
        assert self._landscape is not None
        if self._coloring is not None:
            return self._coloring.x, self._coloring.y, self._coloring.picture()
        return self._landscape.x, self._landscape.y, shade(self._landscape, *self._range)

    def describe(self) -> list[Layer]:
        if self._landscape is None:
            return []
        x, y, picture = self.colors()
        channels = np.stack([picture >> 16 & 255, picture >> 8 & 255, picture & 255], axis=-1)
        lines = [
            Lines("contour", tuple(lines), theme.written(ink), level=level)
            for level, lines, ink in self._contours(self._landscape)
        ]
        return [Picture(x, y, channels.astype(np.uint8)), *lines]

    def _contours(
        self, landscape: Landscape
    ) -> Iterator[tuple[float, Sequence[NDArray[np.float64]], QColor]]:
        """Level, lines and colour of the contours: dark ones where the map is light."""
        low, high = self._range
        for level, lines in zip(landscape.levels, landscape.contours, strict=True):
            share = (float(landscape.scaled(float(level))) - low) / (high - low)
            if lines:
                yield float(level), lines, DARK_LINE if share > 0.55 else LIGHT_LINE

    def restyle(self) -> None:
        """Colour anew; the hatching has the theme's colours."""
        if self._landscape is None:
            return
        *_, picture = self.colors()
        height, width = picture.shape
        # A copy of its own: QImage only borrows the array's memory.
        self._picture = QImage(
            picture.data, width, height, picture.strides[0], QImage.Format.Format_RGB32
        ).copy()
        self._key = ()
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        rect = self.boundingRect()
        if self._landscape is None or rect.width() < 1 or rect.height() < 1:
            return
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        (x0, x1), (y0, y1) = self._view.viewRange()
        key = (rect.width(), rect.height(), ratio, x0, x1, y0, y1)
        if key != self._key:
            self._key = key
            self._draw(rect, ratio, self._landscape)
        painter.drawImage(rect.topLeft(), self._kept)

    def _draw(self, rect: QRectF, ratio: float, landscape: Landscape) -> None:
        width, height = int(np.ceil(rect.width() * ratio)), int(np.ceil(rect.height() * ratio))
        self._kept = QImage(width, height, QImage.Format.Format_RGB32)
        self._kept.setDevicePixelRatio(ratio)
        self._kept.fill(theme.current().color("canvas"))
        painter = QPainter(self._kept)
        painter.translate(-rect.topLeft())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        grid = self._coloring or landscape
        painter.drawImage(self._place(grid.x, grid.y), self._picture)
        if self._lines_key != self._key:
            self._lines_key = self._key
            self._draw_lines(rect, ratio, landscape)
        painter.drawImage(rect.topLeft(), self._lines)
        painter.end()

    def _draw_lines(self, rect: QRectF, ratio: float, landscape: Landscape) -> None:
        self._lines = QImage(self._kept.size(), QImage.Format.Format_ARGB32_Premultiplied)
        self._lines.setDevicePixelRatio(ratio)
        self._lines.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._lines)
        painter.translate(-rect.topLeft())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for _, lines, ink in self._contours(landscape):
            painter.setPen(QPen(ink, 1.0))
            # All lines of a level as one path, NaN between them.
            gap = np.full((1, 2), np.nan)
            parts = [part for line in lines for part in (line, gap)]
            pixels = self.pixels(np.concatenate(parts))
            painter.drawPath(
                pg.functions.arrayToQPath(pixels[:, 0], pixels[:, 1], connect="finite")
            )
        painter.end()

    def _place(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> QRectF:
        """Where the picture goes: the grid's points are the middles of its pixels."""
        half_x, half_y = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2
        corners = np.array([[x[0] - half_x, y[-1] + half_y], [x[-1] + half_x, y[0] - half_y]])
        (left, top), (right, bottom) = self.pixels(corners)
        return QRectF(QPointF(left, top), QPointF(right, bottom))
