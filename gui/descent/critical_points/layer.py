"""The critical points on the map: a shape for each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.export.scene.records import Layer, Marks
from gui import theme
from gui.landscape.head_markers import WHITE, draw_minimum
from gui.landscape.layer import MapLayer, Places, Points3d, Stack, Weight

if TYPE_CHECKING:
    from engine.descent.maps.critical_points import CriticalPoints

CASING = QColor(0, 0, 0, 190)
RADIUS_PX = 6.5
ICON = QSize(18, 18)
PICK_PX = 14.0
# Corners of the shapes, y downwards, in radii; a saddle is a cross.
SHAPES = {
    "maximum": ((0, -1.1), (1.0, 0.75), (-1.0, 0.75)),
    "degenerate": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
}

# The same in exports.
SCENE_SHAPES = {
    "minimum": "ring",
    "cusp": "ring",
    "saddle": "cross",
    "maximum": "up",
    "degenerate": "diamond",
}


def draw_critical(
    painter: QPainter, kind: str, place: QPointF, *, scale: float = 1.0, chosen: bool = False
) -> None:
    """Minimum and cusp a ring with a dot, maximum a triangle, saddle a cross, else a diamond."""
    radius = RADIUS_PX * scale
    painter.save()
    painter.translate(place)
    if chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((CASING, 5.0 * scale), (theme.current().color("accent"), 2.6 * scale)):
            painter.setPen(QPen(color, width))
            painter.drawEllipse(QPointF(0, 0), 2.1 * radius, 2.1 * radius)
    if kind in ("minimum", "cusp"):
        draw_minimum(painter, QPointF(0, 0), scale)
    elif kind == "saddle":
        reach = 0.8 * radius
        for color, width in ((CASING, 5.4 * scale), (WHITE, 2.4 * scale)):
            painter.setPen(QPen(color, width, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(-reach, -reach), QPointF(reach, reach))
            painter.drawLine(QPointF(-reach, reach), QPointF(reach, -reach))
    else:
        shape = QPolygonF([QPointF(x * radius, y * radius) for x, y in SHAPES[kind]])
        painter.setPen(QPen(CASING, 3.2 * scale, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(WHITE)
        painter.drawPolygon(shape)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(shape)
    painter.restore()


def critical_icon(kind: str, ratio: float = 2.0) -> QIcon:
    """The mark of a kind, for tables."""
    pixmap = QPixmap(ICON * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_critical(painter, kind, QPointF(ICON.width() / 2, ICON.height() / 2), scale=0.9)
    painter.end()
    return QIcon(pixmap)


class CriticalLayer(MapLayer):
    """A mark at each critical point, one of them chosen."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=25)
        self.points: CriticalPoints | None = None
        self.chosen = -1

    def show_points(self, points: CriticalPoints | None, chosen: int = -1) -> None:
        """Mark them, one of them as the chosen one; nothing with None."""
        self.points, self.chosen = points, chosen
        self.update()
        self.changed.emit()

    def places(self) -> list[Places]:
        return [Places(self.pixels(self._points()), Weight.MARK)]

    def points3d(self) -> list[Points3d]:
        return [Points3d(self._points(), self._draw, Stack.BELOW_TRAILS)]

    def inspect_state(self) -> dict[str, object]:
        return {"critical": list(self.points.kind) if self.points else []}

    def near(self, x: float, y: float) -> int:
        """The index of the mark at a point of the plane; -1 where none is."""
        pixels = self.pixels(self._points())
        if not len(pixels):
            return -1
        here = self.pixels(np.array([[x, y]]))[0]
        ways = np.hypot(*(pixels - here).T)
        closest = int(ways.argmin())
        return closest if ways[closest] <= PICK_PX * self.scale_factor else -1

    def describe(self) -> list[Layer]:
        points, scale = self.points, self.scale_factor
        if points is None:
            return []
        size, chosen = 2 * RADIUS_PX * scale, []
        if 0 <= self.chosen < len(points.kind):
            accent = theme.written(theme.current().color("accent"))
            chosen = [
                Marks(
                    *("selected", points.place[[self.chosen]], "circle", 2.1 * size, ""),
                    *(accent, 2.6 * scale),
                )
            ]
        marks = [
            Marks(
                *("critical", points.place[rows], SCENE_SHAPES[kind], size, "#ffffff"),
                edge="" if kind in ("minimum", "cusp") else theme.written(CASING),
                edge_width=(2.4 if kind == "saddle" else 1.6) * scale,
                name=kind,
            )
            for kind in dict.fromkeys(points.kind)
            for rows in [[row for row, each in enumerate(points.kind) if each == kind]]
        ]
        return [*chosen, *marks]

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pixels = self.pixels(self._points())
        near = self.rows_in_view(pixels, margin_px=20)
        self._draw(painter, pixels[near], near)

    def _points(self) -> NDArray[np.float64]:
        """(K, 2) float64 of the plane."""
        return np.empty((0, 2)) if self.points is None else self.points.place

    def _draw(self, painter: QPainter, pixels: NDArray[np.float64], rows: NDArray[np.intp]) -> None:
        points = self.points
        if points is None:
            return
        for (x, y), row in zip(pixels, rows, strict=True):
            draw_critical(
                painter,
                points.kind[row],
                QPointF(x, y),
                scale=self.scale_factor,
                chosen=row == self.chosen,
            )
