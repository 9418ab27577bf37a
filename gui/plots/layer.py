"""What is drawn over a view box in its pixels: the base of all layers."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt

Array = NDArray[np.float64]


class PlotLayer(pg.GraphicsObject):
    """Covers a view box, paints in its pixels (y downwards) and takes no mouse.

    Attributes:
        scale_factor: how many times larger than usual it draws; see `set_scale`.
    """

    def __init__(self, view: pg.ViewBox, *, z: float = 0.0) -> None:
        """Lie over a view box; layers of a larger z lie above."""
        super().__init__()
        self.setParentItem(view)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(z)
        self.scale_factor = 1.0
        self._view = view
        view.sigRangeChanged.connect(self.refresh)
        view.sigResized.connect(self.refresh)

    def set_scale(self, factor: float) -> None:
        """Draw everything so many times larger: for the lecture hall."""
        self.scale_factor = factor
        self.refresh()

    def pixels(self, points: Array) -> Array:
        """(N, 2) float64 points in the view's coordinates as pixels of the view box."""
        return to_pixels(points, self._view, self.boundingRect())

    def rows_in_view(self, pixels: Array, *, margin_px: float = 0.0) -> NDArray[np.intp]:
        """(M,) the rows of pixels (N, 2) that lie in the view box, or so close to it."""
        margins = (-margin_px, -margin_px, margin_px, margin_px)
        return np.flatnonzero(inside(pixels, self.boundingRect().adjusted(*margins)))

    def refresh(self, *_: object) -> None:
        """The view has moved, or what is drawn is another."""
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self._view.rect())


def to_pixels(points: Array, view: pg.ViewBox, rect: QRectF) -> Array:
    """Points of a view as pixels of its rectangle.

    Args:
        points: (N, 2) float64 in the view's coordinates; what is not finite stays so.
        rect: the view box in its own pixels, y downwards.

    Returns:
        (N, 2) float64.
    """
    (x0, x1), (y0, y1) = view.viewRange()
    with np.errstate(over="ignore", invalid="ignore"):
        x = rect.left() + (points[:, 0] - x0) * (rect.width() / (x1 - x0))
        y = rect.bottom() - (points[:, 1] - y0) * (rect.height() / (y1 - y0))
    return np.column_stack((x, y))


def inside(pixels: Array, rect: QRectF) -> NDArray[np.bool_]:
    """(N,) which of the pixels (N, 2) lie in a rectangle; what is not finite does not."""
    x, y = pixels[:, 0], pixels[:, 1]
    return (x > rect.left()) & (x < rect.right()) & (y > rect.top()) & (y < rect.bottom())
