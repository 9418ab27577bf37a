"""The lens over the map: a circle in a corner with the step in it and its scale below."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.export.scene import records
from engine.export.scene.records import Label, Line, Marks
from gui import number_text, theme
from gui.descent.step.arrow_drawing import draw_arrows, draw_letters, draw_point
from gui.descent.step.arrow_records import (
    REGION_DASH,
    REGION_PX,
    describe_arrows,
    describe_letters,
    describe_point,
    describe_region,
)
from gui.descent.step.lens import Lens, lens_over, radius_in
from gui.landscape.drawing import PLATE_ALPHA, near, plate_font
from gui.landscape.map_legend import AWAY_PX, Corner
from gui.plots.layer import PlotLayer
from gui.racing.racer_style import casing_color

if TYPE_CHECKING:
    from engine.descent.step.vectors import StepVectors
    from gui.descent.step.arrow_drawing import Drawn

Array = NDArray[np.float64]

RING_PX = 7.0  # the least radius of the ring around what the lens looks at
EDGE_PX = 2.0
FREE_SHARE = 0.62  # of the radius: a shape that has no size in the plane
NAME_PX = 19.0  # from a point to the middle of its name, away from the step
LEAST_TYPE, FULL_TYPE_PX = 0.78, 84.0  # letters shrink with a radius below this, so far
SCALE_PX = 20.0  # height of the plate with the scale


class StepLens(PlotLayer):
    """Shows a step's vectors magnified, and marks on the map where it looks.

    Takes part in the placing of legends, which asks it for its `plate`.

    Attributes:
        corner: where it stands.
        lens: what it shows; None for nothing.
    """

    def __init__(self, view: pg.ViewBox, *, corner: Corner) -> None:
        super().__init__(view, z=48)  # below the legends
        self.corner = corner
        self.lens: Lens | None = None
        self._vectors: StepVectors | None = None
        self._region: Array | None = None
        self._has_size = True

    def show_vectors(
        self, vectors: StepVectors | None, region: Array | None = None, *, has_size: bool = True
    ) -> None:
        """Look at a step, or at nothing.

        Args:
            region: (N, 2) float64 of the plane, the outline of the scales' shape.
            has_size: whether its size is one of the plane.
        """
        self._vectors, self._region, self._has_size = vectors, region, has_size
        self.refresh()

    def refresh(self, *_: object) -> None:
        self.lens = None
        rect = self.boundingRect()
        (x0, x1), _ = self._view.viewRange()
        if self._vectors is not None and rect.width() > 1:
            found = lens_over(
                self._vectors, px_per_unit=rect.width() / (x1 - x0), radius_px=self.radius_px()
            )
            if found is not None and len(self.rows_in_view(self.pixels(found.center[None]))):
                self.lens = found
        super().refresh()

    def radius_px(self) -> float:
        rect = self.boundingRect()
        return radius_in(rect.width(), rect.height(), self.scale_factor)

    def plate(self, corner: Corner | None = None) -> QRectF:
        """Where circle and scale are, or would be in another corner; empty without a lens."""
        if self.lens is None:
            return QRectF()
        area, radius = self.boundingRect(), self.radius_px()
        width = 2 * radius
        height = width + 0.6 * SCALE_PX * self.scale_factor
        across, down = (corner or self.corner).value
        left = area.left() + AWAY_PX + across * (area.width() - width - 2 * AWAY_PX)
        top = area.top() + AWAY_PX + down * (area.height() - height - 2 * AWAY_PX)
        return QRectF(left, top, width, height)

    def scale_text(self) -> str:
        """What is written beside the bar."""
        if self.lens is None:
            return ""
        bar = number_text.write(self.lens.bar, digits=2)
        return f"{bar}   × {number_text.write(self.lens.times, digits=7)}"

    def inspect_state(self) -> dict[str, object]:
        """What can be seen, for programs that look at the window from outside."""
        lens = self.lens
        if lens is None or not self.isVisible():
            return {"lens": None}
        return {
            "lens": {
                "center": [float(value) for value in lens.center],
                "times": lens.times,
                "reach": lens.reach,
                "bar": lens.bar,
            }
        }

    def place(self, point: Array) -> QPointF:
        """Where in the lens a point of the plane is drawn, in pixels of the view box."""
        assert self.lens is not None
        away = (point - self.lens.center) * (self.radius_px() / self.lens.reach)
        return self._middle() + QPointF(float(away[0]), -float(away[1]))

    # -- drawing ------------------------------------------------------------------------------

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.lens is None or self._vectors is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, radius = self._middle(), self.radius_px()
        self._draw_sight(painter, self.lens, middle, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("panel"))
        painter.drawEllipse(middle, radius, radius)
        glass = QPainterPath()
        glass.addEllipse(middle, radius, radius)
        painter.save()
        painter.setClipPath(glass)
        self._draw_region(painter)
        scale, drawn = self._scale(), self._drawn(self._vectors)
        draw_arrows(painter, drawn, scale)
        for point, name, away in self._points(self._vectors):
            ink = theme.current().color("text")
            draw_point(painter, self.place(point), name, ink, scale, away)
        draw_letters(painter, drawn, scale)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._stroke(painter, lambda: painter.drawEllipse(middle, radius, radius))
        self._draw_scale(painter, self.lens, middle, radius)

    def describe(self) -> list[records.Lens]:
        """What it shows and where it looks, as the record that exports draw."""
        lens, vectors = self.lens, self._vectors
        if lens is None or vectors is None or not self.isVisible():
            return []
        scale, drawn = self._scale(), self._drawn(vectors)
        layers: list[Line | Marks | records.Arrow | Label] = []
        shape = self._shape()
        if shape is not None:
            layers.append(describe_region(shape, self.scale_factor))
        layers += describe_arrows(drawn, scale)
        for point, name, away in self._points(vectors):
            layers += describe_point(point, name, scale, away)
        layers += describe_letters(drawn, scale)
        colors = theme.current()
        return [
            records.Lens(
                *(lens.center, lens.reach, lens.times, self.corner.value, tuple(layers)),
                *(lens.bar, self.scale_text(), RING_PX * self.scale_factor),
                fill=colors.panel,
                edge=theme.written(colors.color("text")),
                casing=theme.written(casing_color()),
                width=EDGE_PX * self.scale_factor,
            )
        ]

    def _scale(self) -> float:
        """Of arrows and letters: in a small lens they are smaller."""
        return self.scale_factor * min(1.0, max(LEAST_TYPE, self.radius_px() / FULL_TYPE_PX))

    def _drawn(self, vectors: StepVectors) -> list[Drawn]:
        """Where in the lens each arrow is that is long enough to be drawn."""
        ends = [(self.place(arrow.tail), self.place(arrow.head), arrow) for arrow in vectors.arrows]
        return [(tail, head, arrow) for tail, head, arrow in ends if not near(tail, head)]

    def _points(self, vectors: StepVectors) -> list[tuple[Array, str, tuple[float, float]]]:
        """The points that the step is about, their names, and where those stand beside them."""
        points = [(vectors.base, "x₀")]
        if not near(self.place(vectors.base), self.place(vectors.lookahead)):
            points.insert(0, (vectors.lookahead, "x₁"))
        found = []
        for point, name in points:
            outwards = QLineF(self._middle(), self.place(point))
            outwards.setLength(NAME_PX)
            found.append((point, name, (outwards.dx(), outwards.dy())))
        return found

    def _shape(self) -> Array | None:
        """The outline (N, 2) of the scales' shape as large as it is drawn."""
        if self._region is None or self.lens is None:
            return None
        if self._has_size:
            return self._region
        about = self._region.mean(axis=0)
        away = self._region - about
        longest = float(np.hypot(*away.T).max(initial=0.0))
        if not 0 < longest < math.inf:
            return None
        shape: Array = about + away * (FREE_SHARE * self.lens.reach / longest)
        return shape

    def _middle(self) -> QPointF:
        plate, radius = self.plate(), self.radius_px()
        return QPointF(plate.left() + radius, plate.top() + radius)

    def _stroke(self, painter: QPainter, draw: object) -> None:
        """Twice: the ground of the line, and the line."""
        assert callable(draw)
        width = EDGE_PX * self.scale_factor
        for color, wide in ((casing_color(), width + 2.4), (theme.current().color("text"), width)):
            painter.setPen(QPen(color, wide))
            draw()

    def _draw_sight(self, painter: QPainter, lens: Lens, middle: QPointF, radius: float) -> None:
        """The ring around what the lens looks at, and two lines from it to the lens."""
        ((x, y),) = self.pixels(lens.center[None])
        seen = QPointF(float(x), float(y))
        ring = max(radius / lens.times, RING_PX * self.scale_factor)
        lines = tangents(seen, ring, middle, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

        def draw() -> None:
            painter.drawEllipse(seen, ring, ring)
            painter.drawLines(lines)

        self._stroke(painter, draw)

    def _draw_region(self, painter: QPainter) -> None:
        shape = self._shape()
        if shape is None:
            return
        pen = QPen(theme.current().color("text"), REGION_PX * self.scale_factor)
        pen.setDashPattern(list(REGION_DASH))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF([self.place(point) for point in shape]))

    def _draw_scale(self, painter: QPainter, lens: Lens, middle: QPointF, radius: float) -> None:
        """The bar with its length, and how many times larger than on the map all is."""
        scale, colors = self.scale_factor, theme.current()
        font = plate_font(0.85 * scale)
        text, length = self.scale_text(), lens.bar * radius / lens.reach
        width = length + QFontMetricsF(font).horizontalAdvance(text) + 22 * scale
        height = SCALE_PX * scale
        # On the lower edge, where the lens is narrow and has nothing to show.
        top = middle.y() + radius - 0.4 * height
        area = self.boundingRect()
        left = middle.x() - width / 2
        left = min(max(left, area.left() + 2), area.right() - width - 2)
        plate = QRectF(left, top, width, height)
        painter.setPen(QPen(colors.color("border"), 1))
        painter.setBrush(colors.color("panel", PLATE_ALPHA))
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(QPen(colors.color("text"), 1.6 * scale))
        begin, y = plate.left() + 7 * scale, plate.center().y()
        painter.drawLines(
            [
                QLineF(begin, y, begin + length, y),
                QLineF(begin, y - 4 * scale, begin, y + 4 * scale),
                QLineF(begin + length, y - 4 * scale, begin + length, y + 4 * scale),
            ]
        )
        painter.setFont(font)
        painter.drawText(
            plate.adjusted(length + 14 * scale, 0, 0, 0),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            text,
        )


def tangents(a: QPointF, a_radius: float, b: QPointF, b_radius: float) -> list[QLineF]:
    """The two outer tangents of two circles; none where one lies in the other."""
    way = b - a
    distance = math.hypot(way.x(), way.y())
    if distance <= abs(a_radius - b_radius) or distance <= a_radius + b_radius:
        return []
    turn = math.acos((a_radius - b_radius) / distance)
    along = math.atan2(way.y(), way.x())
    return [
        QLineF(
            a + QPointF(math.cos(angle), math.sin(angle)) * a_radius,
            b + QPointF(math.cos(angle), math.sin(angle)) * b_radius,
        )
        for angle in (along + turn, along - turn)
    ]
