"""The vectors of the next step on the map, and what the legend says of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.export.scene import records
from engine.export.scene.records import Label, Layer, Line, Marks
from gui import number_text, theme
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.drawing import (
    ARROW_HEAD_PX,
    arrow_head,
    draw_plate,
    magnification,
    magnification_text,
    near,
    plate_font,
)
from gui.landscape.layer import MapLayer, Places, Weight
from gui.landscape.map_legend import ArrowKey, Corner, Legend
from gui.racing.racer_style import arrow_color, casing_color

if TYPE_CHECKING:
    from engine.descent.step.vectors import Arrow, StepVectors
    from engine.optimizers.region import Region

    Drawn = tuple[QPointF, QPointF, Arrow]  # tail, head

# Nearly equal vectors lie on one another: the later ones are thinner, so all are seen.
WIDTHS_PX = {"momentum": 5.6, "classical": 3.8, "nesterov": 2.0}
CASING_PX = 2.6  # around arrows
POINT_PX = 4.0  # the radius of a point of the step, and where its name stands from it
NAME_PX = (-16.0, 14.0)
REGION_PX, REGION_CASING_PX, REGION_DASH = 1.8, 4.0, (3.0, 2.4)
REGION_SHARE = 0.16  # of the view: the longer half axis of a shape that has no size of its own
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# By the role of an arrow.
MEANINGS = {
    "gradient": QT_TRANSLATE_NOOP("descent", "−lr·g₀, the gradient step at x₀"),
    "gradient_ahead": QT_TRANSLATE_NOOP("descent", "−lr·g₁, the gradient step at x₁"),
    "momentum": QT_TRANSLATE_NOOP("descent", "m, the momentum"),
    "classical": QT_TRANSLATE_NOOP("descent", "classical momentum's step"),
    "nesterov": QT_TRANSLATE_NOOP("descent", "Nesterov's step"),
    "direction": QT_TRANSLATE_NOOP("descent", "where −g₀ points"),
    "average": QT_TRANSLATE_NOOP("descent", "where the mean gradient −m points"),
    "step": QT_TRANSLATE_NOOP("descent", "the step taken"),
}
NEXT_STEP = QT_TRANSLATE_NOOP("descent", "Next step: {name}")
RATES = QT_TRANSLATE_NOOP("descent", "rate along x {x}, along y {y}")
# By the symbol of `engine.optimizers.region.Region`; all are drawn dashed.
REGIONS = {
    "s_new": QT_TRANSLATE_NOOP("descent", "dashed: √s′ of the squares, x {x}, y {y}"),
    "v_new": QT_TRANSLATE_NOOP("descent", "dashed: √v′ of the squares, x {x}, y {y}"),
    "v_hat": QT_TRANSLATE_NOOP("descent", "dashed: √v̂ of the squares, x {x}, y {y}"),
    "u_new": QT_TRANSLATE_NOOP("descent", "dashed: u′, the largest gradient, x {x}, y {y}"),
    "size_new": QT_TRANSLATE_NOOP("descent", "dashed: Δ′, the step's own sizes, x {x}, y {y}"),
    "lr": QT_TRANSLATE_NOOP("descent", "dashed: lr each way, x {x}, y {y}"),
    "curvature": QT_TRANSLATE_NOOP(
        "descent", "dashed: the model's level line, curvatures {x}, {y}"
    ),
}
OTHER_REGION = QT_TRANSLATE_NOOP("descent", "dashed: {symbol}, x {x}, y {y}")


def written(letter: str) -> str:
    """g0 as g with a lowered 0."""
    return letter.translate(SUBSCRIPTS)


class StepVectorsLayer(MapLayer):
    """Arrows over a view box, in whose pixels it draws; magnified about the racer."""

    legend: Legend

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=36)  # above further starts
        self.legend = Legend(view, corner=Corner.TOP_RIGHT)
        self.magnified = 1.0
        self._vectors: StepVectors | None = None
        self._name = ""
        self._anchor: NDArray[np.float64] = np.zeros(2)

    @property
    def vectors(self) -> StepVectors | None:
        return self._vectors

    def show_vectors(
        self, vectors: StepVectors | None, anchor: NDArray[np.float64], name: str = ""
    ) -> None:
        """Show the vectors of a step, or none.

        Args:
            anchor: (2,) float64 of the plane, the racer's own point, which stays in place
                when magnified.
            name: of the racer, for the legend.
        """
        self._vectors, self._anchor, self._name = vectors, anchor, name
        self.refresh()

    def refresh(self, *_: object) -> None:
        if self._vectors is not None:
            rect = self.boundingRect()
            arrows = self._vectors.arrows
            tails = self.pixels(stacked([a.tail for a in arrows]))
            heads = self.pixels(stacked([a.head for a in arrows]))
            with np.errstate(all="ignore"):
                lengths = np.nan_to_num(np.hypot(*(heads - tails).T), posinf=0.0)
            self.magnified = magnification(lengths, view_px=min(rect.width(), rect.height()))
        self._write_legend()
        super().refresh()

    def places(self) -> list[Places]:
        """Ends and middles of all arrows."""
        found = []
        for arrow in self._vectors.arrows if self._vectors is not None else ():
            tail, head = self._pixel(arrow.tail), self._pixel(arrow.head)
            if tail is not None and head is not None:
                middle = (tail + head) / 2
                found += [(point.x(), point.y()) for point in (tail, middle, head)]
        return [Places(np.array(found).reshape(-1, 2), Weight.FOCUS)]

    def inspect_state(self) -> dict[str, object]:
        shown = self._vectors.arrows if self._vectors is not None else ()
        return {"arrows": [arrow.role for arrow in shown]}

    def describe(self) -> list[Layer]:
        """Arrows, their letters and the points of the step, drawn as large as on the screen."""
        vectors, scale = self._vectors, self.scale_factor
        if vectors is None:
            return []
        text = theme.written(theme.current().color("text"))
        region = self._region_shape()
        layers: list[Layer] = []
        if region is not None:
            casing = theme.written(casing_color())
            layers.append(
                Line(
                    *("region", region, text, REGION_PX * scale, REGION_DASH),
                    *(casing, REGION_CASING_PX * scale),
                    closed=True,
                )
            )
        drawn = self._drawn_arrows()
        layers += [
            self._arrow_record(arrow) for *_, arrow in sorted(drawn, key=thickness, reverse=True)
        ]
        for (tail, head, arrow), place in self._letters(drawn):
            away = place - (tail + head) / 2
            middle = self._place((arrow.tail + arrow.head) / 2)
            ink = theme.written(arrow_color(arrow.role))
            layers.append(Label(written(arrow.letter), middle, (away.x(), away.y()), ink))
        for point, _, name in self._points(vectors):
            at, size = self._place(point), 2 * POINT_PX * scale
            layers.append(Marks("base", at[None], "dot", size, "#ffffff", "#000000dc", 1.5))
            layers.append(Label(name, at, (NAME_PX[0] * scale, NAME_PX[1] * scale), text))
        return layers

    def _arrow_record(self, arrow: Arrow) -> records.Arrow:
        width = WIDTHS_PX.get(arrow.role, 3.0) * self.scale_factor
        return records.Arrow(
            arrow.role,
            self._place(arrow.tail),
            self._place(arrow.head),
            theme.written(arrow_color(arrow.role)),
            width,
            (ARROW_HEAD_PX + width) * self.scale_factor,
            arrow.dashed,
            theme.written(casing_color()),
            CASING_PX,
        )

    def _place(self, point: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where in the plane a point of the vectors is drawn."""
        return self._anchor + self.magnified * (point - self._anchor)

    def _write_legend(self) -> None:
        """What each arrow means and how much they are magnified."""
        vectors, say = self._vectors, QCoreApplication.translate
        if vectors is None:
            self.legend.show_keys("", (), ())
            return
        keys = [
            ArrowKey(arrow.role, say("descent", MEANINGS.get(arrow.role, arrow.role)), arrow.dashed)
            for arrow in vectors.arrows
        ]
        notes = [magnification_text(self.magnified)]
        if any(arrow.role == "step" for arrow in vectors.arrows):
            x, y = (number_text.write(float(rate), digits=3) for rate in vectors.rates)
            notes.append(say("descent", RATES).format(x=x, y=y))
        if vectors.region is not None:
            x, y = (number_text.write(float(size), digits=3) for size in vectors.region.values)
            symbol = vectors.region.symbol
            text = say("descent", REGIONS.get(symbol, OTHER_REGION))
            notes.append(text.format(symbol=symbol, x=x, y=y))
        self.legend.show_keys(say("descent", NEXT_STEP).format(name=self._name), keys, notes)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._vectors is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plates: list[tuple[QPointF, str, QColor]] = []
        self._draw_region(painter)
        drawn = self._drawn_arrows()
        for casing in (True, False):
            for tail, head, arrow in sorted(drawn, key=thickness, reverse=True):
                self._draw_arrow(painter, tail, head, arrow, casing=casing)
        for (*_, arrow), place in self._letters(drawn):
            plates.append((place, written(arrow.letter), arrow_color(arrow.role)))
        for _, pixel, name in self._points(self._vectors):
            painter.setPen(QPen(QColor(0, 0, 0, 220), 1.5))
            painter.setBrush(QColor(255, 255, 255))
            radius = POINT_PX * self.scale_factor
            painter.drawEllipse(pixel, radius, radius)
            place = pixel + QPointF(*NAME_PX) * self.scale_factor
            plates.append((place, name, theme.current().color("text")))
        font = plate_font(self.scale_factor, bold=True)
        for place, text, color in plates:
            draw_plate(painter, place, text, font, color)

    def _drawn_arrows(self) -> list[Drawn]:
        """Tail and head in pixels of each arrow that is long enough to be drawn."""
        found = []
        for arrow in self._vectors.arrows if self._vectors is not None else ():
            tail, head = self._pixel(arrow.tail), self._pixel(arrow.head)
            if tail is not None and head is not None and not near(tail, head):
                found.append((tail, head, arrow))
        return found

    def _letters(self, drawn: Sequence[Drawn]) -> Iterator[tuple[Drawn, QPointF]]:
        """The arrows that have a letter, and where it stands: where the others are not."""
        middles = [(tail + head) / 2 for tail, head, _ in drawn]
        center = sum(middles, QPointF()) / max(1, len(middles))
        for each in drawn:
            tail, head, arrow = each
            if arrow.letter:
                yield each, beside(tail, head, 15 * self.scale_factor, away_from=center)

    def _points(self, vectors: StepVectors) -> Iterator[tuple[NDArray[np.float64], QPointF, str]]:
        """The points that the step is about, with their pixels and names."""
        base, ahead = self._pixel(vectors.base), self._pixel(vectors.lookahead)
        if base is not None:
            yield vectors.base, base, "x₀"
        if ahead is not None and (base is None or not near(ahead, base)):
            yield vectors.lookahead, ahead, "x₁"

    def _region_shape(self) -> NDArray[np.float64] | None:
        """The corners (N, 2) in the plane of the scales' shape, as large as it is drawn."""
        region = self._vectors.region if self._vectors is not None else None
        if region is None:
            return None
        rect, around = self.boundingRect(), outline(region)
        pixels = self.pixels(self._anchor + around) - self.pixels(self._anchor[None])
        longest = float(np.hypot(*pixels.T).max(initial=0.0))
        if not math.isfinite(longest) or longest <= 0:
            return None
        times = self.magnified
        if not region.in_plane:
            times = REGION_SHARE * min(rect.width(), rect.height()) / longest
        shape: NDArray[np.float64] = self._anchor + times * around
        return shape

    def _draw_region(self, painter: QPainter) -> None:
        """The shape of second moments or curvature about the racer, dashed."""
        region = self._region_shape()
        if region is None:
            return
        shape = QPolygonF([QPointF(*place) for place in self.pixels(region)])
        dashed = QPen(theme.current().color("text"), REGION_PX * self.scale_factor)
        dashed.setDashPattern(list(REGION_DASH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(casing_color(), REGION_CASING_PX * self.scale_factor), dashed):
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
        tip = arrow_head(tail, head, (ARROW_HEAD_PX + width) * self.scale_factor)
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


def outline(region: Region) -> NDArray[np.float64]:
    """Points (N, 2) around a region, about the origin."""
    if region.box:
        along = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)], dtype=np.float64)
    else:
        angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
        along = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return along @ region.axes


def thickness(item: Drawn) -> float:
    return WIDTHS_PX.get(item[2].role, 3.0)


def stacked(points: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """(N, 2) float64, also of no point at all: a step without vectors has no arrows."""
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def beside(tail: QPointF, head: QPointF, distance: float, *, away_from: QPointF) -> QPointF:
    """A place next to the middle of an arrow, on the side where the others are not."""
    dx, dy = head.x() - tail.x(), head.y() - tail.y()
    length = max(1e-9, math.hypot(dx, dy))
    middle = (tail + head) / 2
    side = QPointF(dy / length, -dx / length)
    outwards = QPointF.dotProduct(side, middle - away_from) >= 0
    return middle + side * (distance if outwards else -distance)
