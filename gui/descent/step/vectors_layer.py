"""The vectors of the next step on the map, and what the legend says of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.export.scene.records import Layer
from gui import number_text, theme
from gui.descent.step.arrow_drawing import draw_arrows, draw_letters, draw_point
from gui.descent.step.arrow_records import (
    REGION_CASING_PX,
    REGION_DASH,
    REGION_PX,
    describe_arrows,
    describe_letters,
    describe_point,
    describe_region,
)
from gui.descent.step.lens_layer import StepLens
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.drawing import TOO_SHORT, TRUE_SIZE, near
from gui.landscape.layer import MapLayer, Places, Weight
from gui.landscape.map_legend import ArrowKey, Corner, Legend
from gui.racing.racer_style import casing_color

if TYPE_CHECKING:
    from engine.descent.step.vectors import StepVectors
    from engine.optimizers.region import Region
    from gui.descent.step.arrow_drawing import Drawn

REGION_SHARE = 0.16  # of the view: the longer half axis of a shape that has no size of its own
FARTHEST_PX = 1e5  # a painter loses its footing beyond; an arrow that leads there is cut
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
SEES = {
    "full": QT_TRANSLATE_NOOP("descent", "gradients: full, of all examples"),
    "batch": QT_TRANSLATE_NOOP("descent", "gradients: of the batch"),
}
IN_LENS = QT_TRANSLATE_NOOP("descent", "arrows in true size; in the lens × {times}")
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


class StepVectorsLayer(MapLayer):
    """Arrows over a view box in true size; where they are too short, a lens shows them, too."""

    legend: Legend
    inset: StepLens

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=36)  # above further starts
        self.legend = Legend(view, corner=Corner.TOP_RIGHT)
        self.inset = StepLens(view, corner=Corner.BOTTOM_RIGHT)
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
            anchor: (2,) float64 of the plane, the racer's own point.
            name: of the racer, for the legend.
        """
        self._vectors, self._anchor, self._name = vectors, anchor, name
        self.refresh()

    def refresh(self, *_: object) -> None:
        region = self._vectors.region if self._vectors is not None else None
        self.inset.show_vectors(
            self._vectors,
            self._anchor + outline(region) if region is not None else None,
            has_size=region is None or region.in_plane,
        )
        self._write_legend()
        super().refresh()

    def set_scale(self, factor: float) -> None:
        self.inset.set_scale(factor)
        super().set_scale(factor)

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
        return {"arrows": [arrow.role for arrow in shown], **self.inset.inspect_state()}

    def _write_legend(self) -> None:
        """What each arrow means, and in what size it is drawn."""
        vectors, say = self._vectors, QCoreApplication.translate
        if vectors is None:
            self.legend.show_keys("", (), ())
            return
        keys = [
            ArrowKey(arrow.role, say("descent", MEANINGS.get(arrow.role, arrow.role)), arrow.dashed)
            for arrow in vectors.arrows
        ]
        notes = [self._size_text(vectors)]
        if vectors.sees:
            notes.insert(0, say("descent", SEES[vectors.sees]))
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
        drawn = self._drawn_arrows()
        if self.inset.lens is not None:  # it has the letters and the shape
            draw_arrows(painter, drawn, self.scale_factor)
            return
        self._draw_region(painter)
        draw_arrows(painter, drawn, self.scale_factor)
        for point, name in self._points(self._vectors):
            ink, place = theme.current().color("text"), self._pixel(point)
            if place is not None:
                draw_point(painter, place, name, ink, self.scale_factor)
        draw_letters(painter, drawn, self.scale_factor)

    def describe(self) -> list[Layer]:
        """Arrows, their letters and the points of the step as on the screen, and the lens."""
        if self._vectors is None:
            return []
        scale, drawn = self.scale_factor, self._drawn_arrows()
        if self.inset.lens is not None:
            return [*describe_arrows(drawn, scale), *self.inset.describe()]
        layers: list[Layer] = []
        region = self._region_shape()
        if region is not None:
            layers.append(describe_region(region, scale))
        layers += describe_arrows(drawn, scale)
        for point, name in self._points(self._vectors):
            layers += describe_point(point, name, scale)
        return [*layers, *describe_letters(drawn, scale)]

    def _drawn_arrows(self) -> list[Drawn]:
        """Tail and head in pixels of each arrow that is long enough to be drawn."""
        found: list[Drawn] = []
        for arrow in self._vectors.arrows if self._vectors is not None else ():
            tail, head = self._pixel(arrow.tail), self._pixel(arrow.head)
            if tail is not None and head is not None and not near(tail, head):
                found.append((tail, head, arrow))
        return found

    def _points(self, vectors: StepVectors) -> list[tuple[NDArray[np.float64], str]]:
        """The points that the step is about, and their names."""
        base, ahead = self._pixel(vectors.base), self._pixel(vectors.lookahead)
        points = [(vectors.base, "x₀")] if base is not None else []
        if ahead is not None and (base is None or not near(ahead, base)):
            points.append((vectors.lookahead, "x₁"))
        return points

    def _size_text(self, vectors: StepVectors) -> str:
        say = QCoreApplication.translate
        if self.inset.lens is not None:
            times = number_text.write(self.inset.lens.times, digits=7)
            return say("descent", IN_LENS).format(times=times)
        return say("descent", TRUE_SIZE if self._drawn_arrows() else TOO_SHORT)

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
        times = 1.0
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
        """Where a point is; one that is far outside the view lies on the way to it, cut off."""
        anchor, place = self.pixels(np.array([self._anchor, point]))
        if not np.isfinite([anchor, place]).all() or np.abs(anchor).max() > FARTHEST_PX:
            return None
        length = float(np.hypot(*(place - anchor)))
        if length > FARTHEST_PX:
            place = anchor + (place - anchor) * (FARTHEST_PX / length)
        return QPointF(float(place[0]), float(place[1]))


def outline(region: Region) -> NDArray[np.float64]:
    """Points (N, 2) around a region, about the origin."""
    if region.box:
        along = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)], dtype=np.float64)
    else:
        angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
        along = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return along @ region.axes


def stacked(points: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """(N, 2) float64, also of no point at all: a step without vectors has no arrows."""
    return np.array(points, dtype=np.float64).reshape(-1, 2)
