"""What stands on the map: known minima, the racers' heads, the start that can be dragged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QStyleOptionGraphicsItem, QWidget

from gui import theme
from gui.plots.polylines import to_pixels
from gui.racing.racer_style import draw_marker

Array = NDArray[np.float64]

HIT_PX = 24.0
WHITE = QColor(255, 255, 255)


@dataclass(frozen=True)
class Head:
    """A racer where it is now."""

    look: int
    x: float
    y: float
    chosen: bool = False


class MarksLayer(pg.GraphicsObject):
    """Minima and heads over a view box, in whose pixels it draws."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__()
        self.setParentItem(view)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(30)
        self.scale_factor = 1.0
        self._view = view
        self._minima: Array = np.empty((0, 2))
        self.minima_hidden = False
        self._heads: Sequence[Head] = ()
        view.sigRangeChanged.connect(self.refresh)
        view.sigResized.connect(self.refresh)

    @property
    def heads(self) -> Sequence[Head]:
        return self._heads

    @property
    def minima(self) -> Array:
        """(M, 2) known minima that are marked."""
        return self._minima

    def set_minima(self, minima: Array) -> None:
        """Known minima (M, 2)."""
        self._minima = minima
        self.update()

    def hide_minima(self, hidden: bool) -> None:
        """Whether others mark them."""
        self.minima_hidden = hidden
        self.update()

    def set_heads(self, heads: Sequence[Head]) -> None:
        self._heads = heads
        self.update()

    def places(self) -> Array:
        """(N, 2) pixels of all heads."""
        points = np.array([(head.x, head.y) for head in self._heads]).reshape(-1, 2)
        return to_pixels(points, self._view, self.boundingRect())

    def refresh(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self._view.rect())

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        rect = self.boundingRect()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        minima = to_pixels(self._minima, self._view, rect)
        for x, y in () if self.minima_hidden else minima:
            draw_minimum(painter, QPointF(x, y), self.scale_factor)
        if not self._heads:
            return
        near = rect.adjusted(-40, -40, 40, 40)
        for head, (x, y) in zip(self._heads, self.places(), strict=True):
            if not (np.isfinite(x) and np.isfinite(y) and near.contains(x, y)):
                continue
            style = theme.current().series_style(head.look)
            size = (17.0 if head.chosen else 14.0) * self.scale_factor
            draw_marker(
                painter,
                style.marker,
                QPointF(x, y),
                size=size,
                fill=QColor(style.color),
                line=theme.current().color("casing"),
                width=1.6,
            )


def draw_minimum(painter: QPainter, place: QPointF, scale: float) -> None:
    """A small ring with a dot: here lies a known minimum."""
    radius = 6.5 * scale
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(0, 0, 0, 170), 4.0 * scale), (WHITE, 1.8 * scale)):
        painter.setPen(QPen(color, width))
        painter.drawEllipse(place, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(WHITE)
    painter.drawEllipse(place, 2.0 * scale, 2.0 * scale)


def draw_start(painter: QPainter, scale: float, *, strong: bool) -> None:
    """A cross-hair around the painter's origin: here the race begins."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius, reach = 8.0 * scale, 14.0 * scale
    line = 2.6 if strong else 2.0
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(0, 0, 0, 200), line + 2.4), (WHITE, line)):
        painter.setPen(QPen(color, width))
        painter.drawEllipse(QPointF(0, 0), radius, radius)
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(QPointF(dx * radius, dy * radius), QPointF(dx * reach, dy * reach))


class StartHandle(pg.GraphicsObject):
    """The start of the race: a cross-hair that can be dragged by a 24 px circle.

    Signals:
        dragged: where it is dragged to, in the view's coordinates, and whether this is
            the first (1), a further (0) or the last (2) move of the drag.
    """

    dragged = Signal(float, float, int)

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__()
        self.setParentItem(view)
        self.setZValue(40)
        self.setAcceptHoverEvents(True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.scale_factor = 1.0
        self._view = view
        self._place = (0.0, 0.0)
        self._grip = QPointF()
        self._hovered = False
        view.sigRangeChanged.connect(self.refresh)
        view.sigResized.connect(self.refresh)

    def set_place(self, x: float, y: float) -> None:
        """Show the start there, in the view's coordinates."""
        self._place = (x, y)
        self.refresh()

    def refresh(self, *_: object) -> None:
        rect = QRectF(self._view.rect())
        pixel = to_pixels(np.array([self._place]), self._view, rect)[0]
        visible = bool(
            np.isfinite(pixel).all() and rect.adjusted(-20, -20, 20, 20).contains(*pixel)
        )
        self.setVisible(visible)
        if visible:
            self.setPos(float(pixel[0]), float(pixel[1]))

    def boundingRect(self) -> QRectF:
        reach = HIT_PX * self.scale_factor
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addEllipse(QPointF(0, 0), HIT_PX / 2 + 2, HIT_PX / 2 + 2)
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        draw_start(painter, self.scale_factor, strong=self._hovered)

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = True
        self.update()

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = False
        self.update()

    def mouseDragEvent(self, event: object) -> None:
        """pyqtgraph's drag: the place under the grip follows the cursor."""
        if event.button() is not Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            event.ignore()  # type: ignore[attr-defined]
            return
        event.accept()  # type: ignore[attr-defined]
        scene_point = event.scenePos()  # type: ignore[attr-defined]
        here = self._view.mapFromScene(scene_point)
        if event.isStart():  # type: ignore[attr-defined]
            pressed = self._view.mapFromScene(event.buttonDownScenePos())  # type: ignore[attr-defined]
            self._grip = self.pos() - pressed
        target = self._view.mapToView(here + self._grip)
        stage = 1 if event.isStart() else 2 if event.isFinish() else 0  # type: ignore[attr-defined]
        self.dragged.emit(target.x(), target.y(), stage)
