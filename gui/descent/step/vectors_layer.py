"""The vectors of the next step on the map, and the legends that name everything there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui import theme
from gui.landscape.drawing import arrow_head, draw_plate, plate_font
from gui.plots.layer import PlotLayer
from gui.racing.racer_style import arrow_color, casing_color

if TYPE_CHECKING:
    from engine.descent.step.vectors import Arrow, StepVectors
    from engine.optimizers.region import Region

# Magnified by powers of two until the longest arrow is at least this part of the view,
# and at most the double of it.
WANTED_SHARE = 0.22
MOST_MAGNIFIED = 1e6
SHORTEST_PX = 2.0
# Nearly equal vectors lie on one another: the later ones are thinner, so all are seen.
WIDTHS_PX = {"momentum": 5.6, "classical": 3.8, "nesterov": 2.0}
HEAD_PX = 9.0
REGION_SHARE = 0.16  # of the view: the longer half axis of a shape that has no size of its own
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def written(letter: str) -> str:
    """g0 as g with a lowered 0."""
    return letter.translate(SUBSCRIPTS)


def magnification(lengths_px: NDArray[np.float64], *, view_px: float) -> float:
    """The 1, 2 or 5 of a power of ten that brings the longest arrow to a readable length.

    0 for arrows so short that only rounding would be seen.
    """
    longest = float(lengths_px.max(initial=0.0))
    if not math.isfinite(longest) or view_px <= 0:
        return 1.0
    if longest <= 0:
        return 0.0
    wanted = WANTED_SHARE * view_px
    if wanted <= longest <= 2.5 * wanted:
        return 1.0
    needed = max(wanted / longest, 1e-18)
    decade = 10.0 ** math.floor(math.log10(needed))
    times = next(rung * decade for rung in (1, 2, 5, 10) if rung * decade >= needed * (1 - 1e-9))
    return times if times <= MOST_MAGNIFIED else 0.0


class ArrowsLayer(PlotLayer):
    """Arrows over a view box, in whose pixels it draws; magnified about the racer."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=35)
        self.magnified = 1.0
        self._anatomy: StepVectors | None = None
        self._anchor: NDArray[np.float64] = np.zeros(2)

    @property
    def anatomy(self) -> StepVectors | None:
        return self._anatomy

    def show_anatomy(self, anatomy: StepVectors | None, anchor: NDArray[np.float64]) -> None:
        """Show the vectors of a step, or none.

        Args:
            anchor: (2,) the racer's own point, which stays in place when magnified.
        """
        self._anatomy = anatomy
        self._anchor = anchor
        self.refresh()

    def refresh(self, *_: object) -> None:
        if self._anatomy is not None:
            rect = self.boundingRect()
            arrows = self._anatomy.arrows
            tails = self.pixels(stacked([a.tail for a in arrows]))
            heads = self.pixels(stacked([a.head for a in arrows]))
            with np.errstate(all="ignore"):
                lengths = np.nan_to_num(np.hypot(*(heads - tails).T), posinf=0.0)
            self.magnified = magnification(lengths, view_px=min(rect.width(), rect.height()))
        super().refresh()

    def places(self) -> NDArray[np.float64]:
        """(N, 2) pixels of ends and middles of all arrows."""
        found = []
        for arrow in self._anatomy.arrows if self._anatomy is not None else ():
            tail, head = self._pixel(arrow.tail), self._pixel(arrow.head)
            if tail is not None and head is not None:
                middle = (tail + head) / 2
                found += [(point.x(), point.y()) for point in (tail, middle, head)]
        return np.array(found).reshape(-1, 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._anatomy is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plates: list[tuple[QPointF, str, QColor]] = []
        self._draw_region(painter)
        drawn: list[tuple[QPointF, QPointF, Arrow]] = []
        for arrow in self._anatomy.arrows:
            tail, head = self._pixel(arrow.tail), self._pixel(arrow.head)
            if tail is not None and head is not None and not near(tail, head):
                drawn.append((tail, head, arrow))
        for casing in (True, False):
            for tail, head, arrow in sorted(drawn, key=thickness, reverse=True):
                self._draw_arrow(painter, tail, head, arrow, casing=casing)
        middles = [(tail + head) / 2 for tail, head, _ in drawn]
        center = sum(middles, QPointF()) / max(1, len(middles))
        for tail, head, arrow in drawn:
            if arrow.letter:
                place = beside(tail, head, 15 * self.scale_factor, away_from=center)
                plates.append((place, written(arrow.letter), arrow_color(arrow.role)))
        base, ahead = self._pixel(self._anatomy.base), self._pixel(self._anatomy.lookahead)
        for point, name in ((base, "x₀"), (ahead, "x₁")):
            if point is None or (name == "x₁" and base is not None and near(point, base)):
                continue
            painter.setPen(QPen(QColor(0, 0, 0, 220), 1.5))
            painter.setBrush(QColor(255, 255, 255))
            painter.drawEllipse(point, 4 * self.scale_factor, 4 * self.scale_factor)
            place = point + QPointF(-16, 14) * self.scale_factor
            plates.append((place, name, theme.current().color("text")))
        font = plate_font(self.scale_factor, bold=True)
        for place, text, color in plates:
            draw_plate(painter, place, text, font, color)

    def _draw_region(self, painter: QPainter) -> None:
        """The shape of second moments or curvature about the racer, dashed."""
        region = self._anatomy.region if self._anatomy is not None else None
        if region is None:
            return
        rect = self.boundingRect()
        points = self.pixels(self._anchor + outline(region))
        centre = self.pixels(self._anchor[None])[0]
        around = points - centre
        longest = float(np.hypot(*around.T).max(initial=0.0))
        if not math.isfinite(longest) or longest <= 0:
            return
        times = self.magnified
        if not region.in_plane:
            times = REGION_SHARE * min(rect.width(), rect.height()) / longest
        shape = QPolygonF([QPointF(*(centre + times * place)) for place in around])
        dashed = QPen(theme.current().color("text"), 1.8 * self.scale_factor)
        dashed.setDashPattern([3, 2.4])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(casing_color(), 4.0 * self.scale_factor), dashed):
            painter.setPen(pen)
            painter.drawPolygon(shape)

    def _pixel(self, point: NDArray[np.float64]) -> QPointF | None:
        both = self.pixels(np.array([self._anchor, point]))
        x, y = both[0] + self.magnified * (both[1] - both[0])
        if not (math.isfinite(x) and math.isfinite(y)) or max(abs(x), abs(y)) > 1e5:
            return None
        return QPointF(float(x), float(y))

    def _draw_arrow(
        self, painter: QPainter, tail: QPointF, head: QPointF, arrow: Arrow, *, casing: bool
    ) -> None:
        """The dark ground of an arrow, or the arrow."""
        width = WIDTHS_PX.get(arrow.role, 3.0) * self.scale_factor
        tip = arrow_head(tail, head, (HEAD_PX + width) * self.scale_factor)
        neck = QPointF((tip[1].x() + tip[2].x()) / 2, (tip[1].y() + tip[2].y()) / 2)
        ink = casing_color() if casing else arrow_color(arrow.role)
        pen = QPen(ink, width + 2.6 if casing else width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if arrow.dashed and not casing:
            pen.setDashPattern([2.4, 1.6])
        painter.setPen(pen)
        painter.drawLine(tail, neck)
        outline = QPen(ink, 2.6)
        outline.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(outline if casing else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF(tip))


def outline(region: Region) -> NDArray[np.float64]:
    """Points (N, 2) around a region, about the origin."""
    if region.box:
        along = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)], dtype=np.float64)
    else:
        angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
        along = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return along @ region.axes


def thickness(item: tuple[QPointF, QPointF, Arrow]) -> float:
    return WIDTHS_PX.get(item[2].role, 3.0)


def stacked(points: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """(N, 2), also of no point at all: a step that cannot be taken apart has no arrows."""
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def beside(tail: QPointF, head: QPointF, distance: float, *, away_from: QPointF) -> QPointF:
    """A place next to the middle of an arrow, on the side where the others are not."""
    dx, dy = head.x() - tail.x(), head.y() - tail.y()
    length = max(1e-9, math.hypot(dx, dy))
    middle = (tail + head) / 2
    side = QPointF(dy / length, -dx / length)
    outwards = QPointF.dotProduct(side, middle - away_from) >= 0
    return middle + side * (distance if outwards else -distance)


def near(a: QPointF, b: QPointF) -> bool:
    return math.hypot(a.x() - b.x(), a.y() - b.y()) < SHORTEST_PX
