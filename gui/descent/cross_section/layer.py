"""The line of a cut on the map, with a handle at each end."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.checks import Point
from engine.export.scene.records import Layer, Line, Marks
from gui import theme
from gui.landscape.drawing import plate_font
from gui.landscape.head_markers import GRIP_PX, WHITE
from gui.landscape.layer import MapLayer
from gui.plots.drag_handle import DragHandle
from gui.plots.polylines import clip

CASING = QColor(0, 0, 0, 190)
INK = QColor(20, 24, 29)
RADIUS_PX = 9.0


class CutHandle(DragHandle):
    """An end of the line: a disc with a letter."""

    def __init__(self, view: pg.ViewBox, letter: str) -> None:
        super().__init__(view, z=38, grip_px=GRIP_PX)
        self._letter = letter

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = RADIUS_PX * self.scale_factor
        painter.setPen(QPen(CASING, 3.0))
        painter.setBrush(WHITE)
        painter.drawEllipse(QPointF(0, 0), radius, radius)
        painter.setFont(plate_font(self.scale_factor, bold=True))
        painter.setPen(INK)
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(self._letter)
        down = (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(-width / 2, down), self._letter)


class CutLayer(MapLayer):
    """A line across the map, with its handles.

    Signals:
        moved: both ends, after a handle was dragged.
    """

    moved = Signal(object, object)

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=15)
        self._ends: tuple[Point, Point] | None = None
        self._grips: list[Point] = [(0.0, 0.0), (1.0, 0.0)]
        self.handles = (CutHandle(view, "A"), CutHandle(view, "B"))
        self.handles[0].dragged.connect(self._on_first)
        self.handles[1].dragged.connect(self._on_last)

    def show_line(self, ends: tuple[Point, Point] | None, *, inset: float = 0.0) -> None:
        """Draw from end to end, or nothing.

        Args:
            inset: how far inside the ends the handles are, as a share of the line.
        """
        self._ends = ends
        if ends is not None:
            (x0, y0), (x1, y1) = ends
            dx, dy = inset * (x1 - x0), inset * (y1 - y0)
            self._grips = [(x0 + dx, y0 + dy), (x1 - dx, y1 - dy)]
        for handle, grip in zip(self.handles, self._grips, strict=True):
            handle.set_place(None if ends is None else grip)
        self.refresh()

    def set_scale(self, factor: float) -> None:
        super().set_scale(factor)
        for handle in self.handles:
            handle.set_scale(factor)

    def describe(self) -> list[Layer]:
        if self._ends is None:
            return []
        scale, casing = self.scale_factor, theme.written(CASING)
        line = Line(
            *("cut", np.array(self._ends), theme.written(WHITE), 1.6 * scale, (5, 4)),
            casing=casing,
            casing_width=4.0 * scale,
        )
        ends = [
            Marks(
                *("end", np.array([grip]), "o", 2 * RADIUS_PX * scale, "#ffffff", casing, 3.0),
                letter=letter,
            )
            for grip, letter in zip(self._grips, "AB", strict=True)
        ]
        return [line, *ends]

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._ends is None:
            return
        rect = self.boundingRect()
        pixels = clip(self.pixels(np.array(self._ends)), rect)
        if len(pixels) < 2 or not np.isfinite(pixels[:2]).all():
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = (QPointF(*pixel) for pixel in pixels[:2])
        for color, width in ((CASING, 4.0), (WHITE, 1.6)):
            pen = QPen(color, width * self.scale_factor)
            if width < 2:
                pen.setDashPattern([5, 4])
            painter.setPen(pen)
            painter.drawLine(first, last)

    def _on_first(self, x: float, y: float, stage: int) -> None:
        self.moved.emit((x, y), self._grips[1])

    def _on_last(self, x: float, y: float, stage: int) -> None:
        self.moved.emit(self._grips[0], (x, y))
