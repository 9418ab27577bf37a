"""What stands on the map: known minima, the racers' heads, the start that can be dragged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.export.scene.records import Layer, Marks
from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.landscape.layer import MapLayer, Places, Points3d, Stack, Weight
from gui.plots.drag_handle import DragHandle
from gui.racing.racer_style import describe_marker, draw_head

Array = NDArray[np.float64]

MINIMUM_PX, HEAD_LINE_PX = 6.5, 1.6
START_PX, START_LINE_PX = 14.0, 2.0
GRIP_PX = 14.0  # from the start: so near the mouse takes it
WHITE = QColor(255, 255, 255)


@dataclass(frozen=True)
class Head:
    """A racer where it is now."""

    look: RacerStyle
    x: float
    y: float
    chosen: bool = False


class MarksLayer(MapLayer):
    """Minima and heads over a view box, in whose pixels it draws."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=30)
        self._minima: Array = np.empty((0, 2))
        self.minima_hidden = False
        self._heads: Sequence[Head] = ()

    @property
    def heads(self) -> Sequence[Head]:
        return self._heads

    @property
    def minima(self) -> Array:
        """(M, 2) float64 of the plane, the known minima."""
        return self._minima

    def set_minima(self, minima: Array) -> None:
        """Known minima, (M, 2) float64 of the plane."""
        self._minima = minima
        self.update()

    def hide_minima(self, hidden: bool) -> None:
        """Leave them to another layer."""
        self.minima_hidden = hidden
        self.update()

    def set_heads(self, heads: Sequence[Head]) -> None:
        self._heads = heads
        self.update()

    def places(self) -> list[Places]:
        return [
            Places(self.pixels(self._points()), Weight.FOCUS),
            Places(self.pixels(self._minima), Weight.MARK),
        ]

    def points3d(self) -> list[Points3d]:
        minima = np.empty((0, 2)) if self.minima_hidden else self._minima
        return [
            Points3d(minima, self._draw_minima, Stack.BELOW_TRAILS),
            Points3d(self._points(), self._draw_heads, Stack.ABOVE_START),
        ]

    def describe(self) -> list[Layer]:
        shown = [] if self.minima_hidden or not len(self._minima) else [self._minima]
        minima = [
            Marks("minimum", each, "ring", 2 * MINIMUM_PX * self.scale_factor, "#ffffff")
            for each in shown
        ]
        casing = theme.written(theme.current().color("casing"))
        heads = [
            describe_marker(
                "head",
                np.array([[head.x, head.y]]),
                theme.current().racer(head.look),
                self._size(head),
                casing,
                HEAD_LINE_PX,
                row,
            )
            for row, head in enumerate(self._heads)
        ]
        return [*minima, *heads]

    def _size(self, head: Head) -> float:
        return (17.0 if head.chosen else 14.0) * self.scale_factor

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.minima_hidden:
            self._draw_minima(painter, self.pixels(self._minima))
        pixels = self.pixels(self._points())
        near = self.rows_in_view(pixels, margin_px=40)
        self._draw_heads(painter, pixels[near], near)

    def _points(self) -> Array:
        """(N, 2) float64 of the plane, where the heads are."""
        return np.array([(head.x, head.y) for head in self._heads]).reshape(-1, 2)

    def _draw_minima(self, painter: QPainter, pixels: Array, rows: object = None) -> None:
        for x, y in pixels:
            draw_minimum(painter, QPointF(x, y), self.scale_factor)

    def _draw_heads(self, painter: QPainter, pixels: Array, rows: NDArray[np.intp]) -> None:
        for (x, y), row in zip(pixels, rows, strict=True):
            head = self._heads[row]
            draw_head(
                painter,
                theme.current().racer(head.look),
                QPointF(x, y),
                size=self._size(head),
                casing=theme.current().color("casing"),
                width=HEAD_LINE_PX,
            )


def draw_minimum(painter: QPainter, place: QPointF, scale: float) -> None:
    """A small ring with a dot: here lies a known minimum."""
    radius = MINIMUM_PX * scale
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(0, 0, 0, 170), 4.0 * scale), (WHITE, 1.8 * scale)):
        painter.setPen(QPen(color, width))
        painter.drawEllipse(place, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(WHITE)
    painter.drawEllipse(place, 2.0 * scale, 2.0 * scale)


def draw_start(painter: QPainter, scale: float, *, strong: bool) -> None:
    """A cross-hair around the painter's origin: here the race begins.

    Args:
        strong: the mouse would take it.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius, reach = 8.0 * scale, START_PX * scale
    line = 2.6 if strong else START_LINE_PX
    if strong:
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1.5))
        painter.setBrush(QColor(255, 255, 255, 140))  # no colour of the map
        painter.drawEllipse(QPointF(0, 0), reach, reach)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(0, 0, 0, 200), line + 2.4), (WHITE, line)):
        painter.setPen(QPen(color, width))
        painter.drawEllipse(QPointF(0, 0), radius, radius)
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(QPointF(dx * radius, dy * radius), QPointF(dx * reach, dy * reach))


class StartHandle(DragHandle):
    """The start of the race: a cross-hair."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=40, grip_px=GRIP_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        draw_start(painter, self.scale_factor, strong=self.hovered)

    def describe(self, place: tuple[float, float]) -> Marks:
        """The cross-hair at the start of the race."""
        size = 2 * START_PX * self.scale_factor
        return Marks(
            "start", np.array([place]), "crosshair", size, "#ffffff", edge_width=START_LINE_PX
        )
