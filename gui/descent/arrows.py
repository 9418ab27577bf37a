"""The vectors of the next step on the map, and the legends that name everything there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui import numbers, theme
from gui.descent.lines import to_pixels
from gui.descent.looks import arrow_color, casing_color, draw_swatch
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.descent.anatomy import Anatomy, Arrow

# Magnified by powers of two until the longest arrow is at least this part of the view,
# and at most the double of it.
WANTED_SHARE = 0.16
MOST_MAGNIFIED = 2**20
SHORTEST_PX = 2.0
# Nearly equal vectors lie on one another: the later ones are thinner, so all are seen.
WIDTHS_PX = {"momentum": 5.6, "classical": 3.8, "nesterov": 2.0}
HEAD_PX = 9.0
PLATE_ALPHA = 0.93
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

MEANINGS = {
    "gradient": QT_TRANSLATE_NOOP("descent", "−lr·g₀, the gradient step at x₀"),
    "gradient_ahead": QT_TRANSLATE_NOOP("descent", "−lr·g₁, the gradient step at x₁"),
    "momentum": QT_TRANSLATE_NOOP("descent", "m, the momentum"),
    "classical": QT_TRANSLATE_NOOP("descent", "classical momentum's step"),
    "nesterov": QT_TRANSLATE_NOOP("descent", "Nesterov's step"),
}
NEXT_STEP = QT_TRANSLATE_NOOP("descent", "Next step: {name}")
TRUE_SIZE = QT_TRANSLATE_NOOP("descent", "arrows in true size")
MAGNIFIED = QT_TRANSLATE_NOOP("descent", "arrows drawn × {times}")
REDUCED = QT_TRANSLATE_NOOP("descent", "arrows drawn × 1/{times}")


def written(letter: str) -> str:
    """g0 as g with a lowered 0."""
    return letter.translate(SUBSCRIPTS)


def magnification(lengths_px: NDArray[np.float64], *, view_px: float) -> float:
    """The power of two that brings the longest arrow to a readable length."""
    longest = float(lengths_px.max(initial=0.0))
    if not math.isfinite(longest) or longest <= 0 or view_px <= 0:
        return 1.0
    wanted = WANTED_SHARE * view_px
    if wanted <= longest <= 3 * wanted:
        return 1.0
    exponent = math.ceil(math.log2(wanted / longest))
    return float(min(max(2.0**exponent, 2.0**-60), MOST_MAGNIFIED))


class ArrowsLayer(pg.GraphicsObject):
    """Arrows over a view box, in whose pixels it draws; magnified about the racer."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__()
        self.setParentItem(view)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(35)
        self.scale_factor = 1.0
        self.magnified = 1.0
        self._view = view
        self._anatomy: Anatomy | None = None
        self._anchor: NDArray[np.float64] = np.zeros(2)
        view.sigRangeChanged.connect(self.refresh)
        view.sigResized.connect(self.refresh)

    @property
    def anatomy(self) -> Anatomy | None:
        return self._anatomy

    def show_anatomy(self, anatomy: Anatomy | None, anchor: NDArray[np.float64]) -> None:
        """Show the vectors of a step, or none.

        Args:
            anchor: (2,) the racer's own point, which stays in place when magnified.
        """
        self._anatomy = anatomy
        self._anchor = anchor
        self.refresh()

    def refresh(self, *_: object) -> None:
        self.prepareGeometryChange()
        if self._anatomy is not None:
            rect = self.boundingRect()
            arrows = self._anatomy.arrows
            tails = to_pixels(np.array([arrow.tail for arrow in arrows]), self._view, rect)
            heads = to_pixels(np.array([arrow.head for arrow in arrows]), self._view, rect)
            with np.errstate(all="ignore"):
                lengths = np.nan_to_num(np.hypot(*(heads - tails).T), posinf=0.0)
            self.magnified = magnification(lengths, view_px=min(rect.width(), rect.height()))
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self._view.rect())

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._anatomy is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plates: list[tuple[QPointF, str, QColor]] = []
        drawn: list[tuple[QPointF, QPointF, Arrow]] = []
        for arrow in self._anatomy.arrows:
            tail, head = self._pixel(arrow.tail), self._pixel(arrow.head)
            if tail is not None and head is not None and not near(tail, head):
                drawn.append((tail, head, arrow))
        for casing in (True, False):
            for tail, head, arrow in sorted(drawn, key=thickness, reverse=True):
                self._draw_arrow(painter, tail, head, arrow, casing=casing)
        for tail, head, arrow in drawn:
            if arrow.letter:
                place = beside(tail, head, 15 * self.scale_factor)
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

    def _pixel(self, point: NDArray[np.float64]) -> QPointF | None:
        rect = self.boundingRect()
        both = to_pixels(np.array([self._anchor, point]), self._view, rect)
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


def thickness(item: tuple[QPointF, QPointF, Arrow]) -> float:
    return WIDTHS_PX.get(item[2].role, 3.0)


def arrow_head(tail: QPointF, head: QPointF, size: float) -> list[QPointF]:
    """Tip, left and right corner of an arrow's point; short arrows have a smaller one."""
    dx, dy = head.x() - tail.x(), head.y() - tail.y()
    length = math.hypot(dx, dy)
    size = min(size, 0.7 * length)
    ux, uy = dx / length, dy / length
    back = QPointF(head.x() - ux * size, head.y() - uy * size)
    side = QPointF(-uy, ux) * (0.48 * size)
    return [head, back + side, back - side]


def beside(tail: QPointF, head: QPointF, distance: float) -> QPointF:
    """A place next to the middle of an arrow, on its left."""
    dx, dy = head.x() - tail.x(), head.y() - tail.y()
    length = max(1e-9, math.hypot(dx, dy))
    middle = (tail + head) / 2
    return middle + QPointF(dy / length, -dx / length) * distance


def near(a: QPointF, b: QPointF) -> bool:
    return math.hypot(a.x() - b.x(), a.y() - b.y()) < SHORTEST_PX


def plate_font(scale: float, *, bold: bool = False) -> QFont:
    font = QFont()
    font.setPixelSize(round(13 * scale))
    font.setBold(bold)
    return font


def draw_plate(painter: QPainter, place: QPointF, text: str, font: QFont, color: QColor) -> None:
    """A short text on an opaque rounded ground, centred at a place."""
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text) + 8, metrics.height() + 2
    rect = QRectF(place.x() - width / 2, place.y() - height / 2, width, height)
    painter.setPen(QPen(theme.current().color("border"), 1))
    painter.setBrush(theme.current().color("panel", PLATE_ALPHA))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class Legend(pg.GraphicsObject):
    """A plate in a corner of a view box: racers on the left, arrows on the right."""

    def __init__(self, view: pg.ViewBox, *, right: bool) -> None:
        super().__init__()
        self.setParentItem(view)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(50)
        self.scale_factor = 1.0
        self._view = view
        self._right = right
        self._title = ""
        self._note = ""
        self._racers: Sequence[tuple[str, int]] = ()
        self._arrows: Sequence[tuple[str, str, bool]] = ()
        view.sigResized.connect(self.refresh)

    def show_racers(self, racers: Sequence[tuple[str, int]]) -> None:
        """Names with their looks."""
        self._racers = racers
        self.refresh()

    def show_arrows(self, anatomy: Anatomy | None, *, name: str, times: float) -> None:
        """What each arrow means and how much they are magnified."""
        self._arrows = ()
        self._title = self._note = ""
        if anatomy is not None:
            say = QCoreApplication.translate
            self._arrows = [
                (arrow.role, say("descent", MEANINGS.get(arrow.role, arrow.role)), arrow.dashed)
                for arrow in anatomy.arrows
            ]
            self._title = say("descent", NEXT_STEP).format(name=name)
            self._note = magnification_text(times)
        self.refresh()

    def refresh(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self._view.rect())

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        lines = len(self._racers) + len(self._arrows)
        if not lines:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.scale_factor
        font, bold = plate_font(scale), plate_font(scale, bold=True)
        metrics, bold_metrics = QFontMetricsF(font), QFontMetricsF(bold)
        row, key, pad = metrics.height() + 5 * scale, 34 * scale, 8 * scale
        texts = [name for name, _ in self._racers] + [text for _, text, _ in self._arrows]
        width = max(metrics.horizontalAdvance(text) for text in texts) + key + 3 * pad
        width = max(width, bold_metrics.horizontalAdvance(self._title) + 2 * pad)
        rows = lines + bool(self._title) + bool(self._note)
        area = self.boundingRect()
        left = area.right() - width - 10 if self._right else area.left() + 10
        plate = QRectF(left, area.top() + 10, width, rows * row + pad)
        painter.setPen(QPen(theme.current().color("border"), 1))
        painter.setBrush(theme.current().color("panel", PLATE_ALPHA))
        painter.drawRoundedRect(plate, 6, 6)
        line = QRectF(left + pad, plate.top() + pad / 2, width - 2 * pad, row)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if self._title:
            painter.setFont(bold)
            painter.setPen(theme.current().color("text"))
            painter.drawText(line, middle, self._title)
            line.translate(0, row)
        painter.setFont(font)
        for name, look in self._racers:
            style = theme.current().series_style(look)
            draw_swatch(
                painter,
                QRectF(line.left(), line.top(), key, row),
                color=QColor(style.color),
                marker=style.marker,
                dash=style.dash,
                casing=theme.current().color("panel"),
            )
            self._write(painter, line, key + pad, name)
            line.translate(0, row)
        for role, text, dashed in self._arrows:
            self._draw_key(painter, QRectF(line.left(), line.top(), key, row), role, dashed)
            self._write(painter, line, key + pad, text)
            line.translate(0, row)
        if self._note:
            painter.setPen(theme.current().color("muted"))
            painter.drawText(line, middle, self._note)

    @staticmethod
    def _write(painter: QPainter, line: QRectF, indent: float, text: str) -> None:
        painter.setPen(theme.current().color("text"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line.adjusted(indent, 0, indent, 0), flags, text)

    @staticmethod
    def _draw_key(painter: QPainter, rect: QRectF, role: str, dashed: bool) -> None:
        color = arrow_color(role)
        tail = QPointF(rect.left(), rect.center().y())
        head = QPointF(rect.right(), rect.center().y())
        tip = arrow_head(tail, head, 9)
        pen = QPen(color, 3)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dashed:
            pen.setDashPattern([2.4, 1.6])
        painter.setPen(pen)
        painter.drawLine(tail, QPointF(tip[1].x(), tail.y()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF(tip))


def magnification_text(times: float) -> str:
    """How much larger or smaller than true the arrows are drawn."""
    say = QCoreApplication.translate
    if times == 1:
        return say("descent", TRUE_SIZE)
    if times > 1:
        return say("descent", MAGNIFIED).format(times=numbers.write(times, digits=7))
    return say("descent", REDUCED).format(times=numbers.write(1 / times, digits=7))
