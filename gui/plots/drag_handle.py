"""A point of a plot that can be dragged: the base of all handles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsSceneHoverEvent

from gui.plots.layer import to_pixels

MARGIN_PX = 20.0  # a handle so far outside the view is still shown
PAINT_PX = 10.0  # so far beyond its grip a handle may paint


class DragHandle(pg.GraphicsObject):
    """A point of a view box's plane that can be dragged; subclasses paint it around (0, 0).

    Signals:
        dragged: where it is dragged to, in the view's coordinates, and whether this is
            the first (1), a further (0) or the last (2) move of the drag.
    """

    dragged = Signal(float, float, int)

    def __init__(self, view: pg.ViewBox, *, z: float, grip_px: float) -> None:
        """Nowhere at first; the mouse takes it within `grip_px` pixels, times the scale."""
        super().__init__()
        self.scale_factor = 1.0
        self.hovered = False
        self._view = view
        self._grip_px = grip_px
        self._place: tuple[float, float] | None = None
        self._grip = QPointF()
        self.setVisible(False)
        self.setParentItem(view)  # a view on the screen asks at once how large it is
        self.setZValue(z)
        self.setAcceptHoverEvents(True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        view.sigRangeChanged.connect(self.refresh)
        view.sigResized.connect(self.refresh)

    def set_place(self, place: tuple[float, float] | None) -> None:
        """Stand there, in the view's coordinates; None: nowhere."""
        self._place = place
        self.refresh()

    def set_scale(self, factor: float) -> None:
        """Draw everything so many times larger: for the lecture hall."""
        self.prepareGeometryChange()
        self.scale_factor = factor
        self.refresh()

    def refresh(self, *_: object) -> None:
        """The view has moved, or the place is another."""
        rect = QRectF(self._view.rect())
        pixel = np.full(2, np.nan)
        if self._place is not None:
            pixel = to_pixels(np.array([self._place]), self._view, rect)[0]
        near = rect.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)
        visible = bool(np.isfinite(pixel).all() and near.contains(*pixel))
        self.setVisible(visible)
        if visible:
            self.prepareGeometryChange()  # near an edge the grip lies elsewhere
            self.setPos(float(pixel[0]), float(pixel[1]))
        self.update()

    def boundingRect(self) -> QRectF:
        reach = (self._grip_px + PAINT_PX) * self.scale_factor
        painted = QRectF(-reach, -reach, 2 * reach, 2 * reach)
        return painted.united(self._grip_rect())

    def shape(self) -> QPainterPath:
        """Around the place and, at an edge, all of a disc inside the view: the rest is clipped."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        inside = self._grip_rect()
        path.addEllipse(inside)
        path.addEllipse(inside.translated(-inside.center()))
        return path

    def _grip_rect(self) -> QRectF:
        """Of the disc inside the view."""
        reach = self._grip_px * self.scale_factor
        inside = QRectF(self._view.rect()).adjusted(reach, reach, -reach, -reach)
        x = max(inside.left(), min(self.x(), inside.right())) - self.x()
        y = max(inside.top(), min(self.y(), inside.bottom())) - self.y()
        return QRectF(x - reach, y - reach, 2 * reach, 2 * reach)

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.hovered = True
        self.update()

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.hovered = False
        self.update()

    def mouseDragEvent(self, event: Any) -> None:
        """pyqtgraph's `MouseDragEvent`: the place under the grip follows the cursor."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        here = self._view.mapFromScene(event.scenePos())
        if event.isStart():
            self._grip = self.pos() - self._view.mapFromScene(event.buttonDownScenePos())
        target = self._view.mapToView(here + self._grip)
        stage = 1 if event.isStart() else 2 if event.isFinish() else 0
        self.dragged.emit(target.x(), target.y(), stage)
