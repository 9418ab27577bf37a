"""How one arrow of a step is drawn, on the map and in its lens."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gui.landscape.drawing import ARROW_HEAD_PX, arrow_head, draw_plate, plate_font
from gui.racing.racer_style import arrow_color, casing_color

if TYPE_CHECKING:
    from engine.descent.step.vectors import Arrow

    Drawn = tuple[QPointF, QPointF, Arrow]  # tail and head in pixels

# Nearly equal vectors lie on one another: the later ones are thinner, so all are seen.
WIDTHS_PX = {"momentum": 5.6, "classical": 3.8, "nesterov": 2.0}
CASING_PX = 2.6
POINT_PX = 4.0  # radius of a point of the step
NAME_PX = (-16.0, 14.0)  # of its name, from it
LETTER_PX = 15.0  # of a letter, from its arrow
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def written(letter: str) -> str:
    """g0 as g with a lowered 0."""
    return letter.translate(SUBSCRIPTS)


def thickness(item: Drawn) -> float:
    return WIDTHS_PX.get(item[2].role, 3.0)


def draw_arrows(painter: QPainter, drawn: list[Drawn], scale: float) -> None:
    """All arrows, the thickest below, each on a ground of its own."""
    for casing in (True, False):
        for tail, head, arrow in sorted(drawn, key=thickness, reverse=True):
            draw_arrow(painter, tail, head, arrow, scale, casing=casing)


def draw_arrow(
    painter: QPainter, tail: QPointF, head: QPointF, arrow: Arrow, scale: float, *, casing: bool
) -> None:
    """The dark ground of an arrow, or the arrow."""
    width = WIDTHS_PX.get(arrow.role, 3.0) * scale
    tip = arrow_head(tail, head, (ARROW_HEAD_PX + width) * scale)
    neck = QPointF((tip[1].x() + tip[2].x()) / 2, (tip[1].y() + tip[2].y()) / 2)
    ink = casing_color() if casing else arrow_color(arrow.role)
    pen = QPen(ink, width + CASING_PX if casing else width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if arrow.dashed and not casing:
        pen.setDashPattern([2.4, 1.6])
    painter.setPen(pen)
    painter.drawLine(tail, neck)
    outline = QPen(ink, CASING_PX)
    outline.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(outline if casing else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF(tip))


def letter_places(drawn: list[Drawn], scale: float) -> list[tuple[Drawn, QPointF]]:
    """The arrows that have a letter, and where it stands: where the others are not."""
    middles = [(tail + head) / 2 for tail, head, _ in drawn]
    center = sum(middles, QPointF()) / max(1, len(middles))
    return [
        ((tail, head, arrow), beside(tail, head, LETTER_PX * scale, away_from=center))
        for tail, head, arrow in drawn
        if arrow.letter
    ]


def draw_letters(painter: QPainter, drawn: list[Drawn], scale: float) -> None:
    font = plate_font(scale, bold=True)
    for (_, _, arrow), place in letter_places(drawn, scale):
        draw_plate(painter, place, written(arrow.letter), font, arrow_color(arrow.role))


def draw_point(
    painter: QPainter,
    place: QPointF,
    name: str,
    ink: QColor,
    scale: float,
    away: tuple[float, float] = NAME_PX,
) -> None:
    """A point that the step is about, with its name `away` pixels beside it."""
    painter.setPen(QPen(QColor(0, 0, 0, 220), 1.5))
    painter.setBrush(QColor(255, 255, 255))
    painter.drawEllipse(place, POINT_PX * scale, POINT_PX * scale)
    font = plate_font(scale, bold=True)
    draw_plate(painter, place + QPointF(*away) * scale, name, font, ink)


def beside(tail: QPointF, head: QPointF, distance: float, *, away_from: QPointF) -> QPointF:
    """A place next to the middle of an arrow, on the side where the others are not."""
    dx, dy = head.x() - tail.x(), head.y() - tail.y()
    length = max(1e-9, math.hypot(dx, dy))
    middle = (tail + head) / 2
    side = QPointF(dy / length, -dx / length)
    outwards = QPointF.dotProduct(side, middle - away_from) >= 0
    return middle + side * (distance if outwards else -distance)
