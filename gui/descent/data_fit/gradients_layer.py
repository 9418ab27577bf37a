"""On the map: the gradient step of every example at the chosen racer, and of their mean."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.export.scene import records
from engine.export.scene.records import Label, Layer
from gui import theme
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
    from engine.descent.step.example_gradients import ExampleGradients

Array = NDArray[np.float64]

MOST_ARROWS = 120  # of a huge data set, beside those of the batch
CASING_PX = 1.8  # around arrows
TYPICAL = 0.8  # this quantile of the examples' arrows is brought to a readable length
# Drawn in this order, so that the means lie above the examples.
WIDTHS_PX = {
    "example": 1.5,
    "chosen": 1.9,
    "full": 5.4,
    "expected": 5.4,
    "batch": 3.6,
    "velocity": 2.4,
}
# Letter, where along its arrow it stands, and on which side: so that none hides another.
LETTERS = {
    "full": ("∇f", 1.0, 0.0),
    "expected": ("∇f", 1.0, 0.0),
    "batch": ("g", 0.8, 1.0),
    "velocity": ("v", 0.5, -1.0),
}
TITLE = QT_TRANSLATE_NOOP("descent", "Pull on {name}")
THIN = ("example", "chosen")  # arrows of single examples
MEANINGS = {
    "full": QT_TRANSLATE_NOOP("descent", "−∇f, full: all examples"),
    "expected": QT_TRANSLATE_NOOP("descent", "−∇f, full: the expected one"),
    "batch": QT_TRANSLATE_NOOP("descent", "−g, batch"),
    "velocity": QT_TRANSLATE_NOOP("descent", "−v, the velocity"),
    "example": QT_TRANSLATE_NOOP("descent", "thin: one example"),
    "chosen": QT_TRANSLATE_NOOP("descent", "thin: one of the batch"),
}


class ExampleGradientsLayer(MapLayer):
    """Arrows from one place, magnified alike, over a view box in whose pixels it draws."""

    legend: Legend

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=34)
        self.legend = Legend(view, corner=Corner.TOP_RIGHT)
        self.magnified = 1.0
        self._gradients: ExampleGradients | None = None
        self._name = ""
        self._only = -1

    @property
    def gradients(self) -> ExampleGradients | None:
        return self._gradients

    def show_gradients(
        self, gradients: ExampleGradients | None, name: str = "", *, only: int = -1
    ) -> None:
        """The gradients of all examples at a racer's place, or none.

        Args:
            name: of the racer, for the legend.
            only: the one example that is shown; -1 for all.
        """
        self._gradients, self._name, self._only = gradients, name, only
        self.refresh()

    def refresh(self, *_: object) -> None:
        if self._gradients is not None:
            rect = self.boundingRect()
            if self._only >= 0:
                lengths = self._lengths(self._gradients.gradients[[self._only]])
            else:
                every = np.sort(self._lengths(self._gradients.gradients))
                means = self._lengths(np.stack([self._gradients.full, self._gradients.mean]))
                lengths = np.array([every[int(TYPICAL * (len(every) - 1))], *means])
            self.magnified = magnification(lengths, view_px=min(rect.width(), rect.height()))
        keys = self.keys()
        title = QCoreApplication.translate("descent", TITLE).format(name=self._name)
        notes = [magnification_text(self.magnified)]
        self.legend.show_keys(*((title, keys, notes) if keys else ("", (), ())))
        super().refresh()

    def places(self) -> list[Places]:
        """The racer and the tips of the means, and less important the tips of all arrows."""
        gradients = self._gradients
        if gradients is None:
            return []
        means = (np.zeros(2), gradients.full, gradients.mean)
        every = (gradient for _, gradient in self._arrows(gradients))
        return [
            Places(stacked(map(self._tip, means)), Weight.FOCUS),
            Places(stacked(map(self._tip, every)), Weight.MARK),
        ]

    def inspect_state(self) -> dict[str, object]:
        return {"pulls": len(self._gradients.gradients) if self._gradients is not None else 0}

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        gradients = self._gradients
        tail = self._tip(np.zeros(2)) if gradients is not None else None
        if gradients is None or tail is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.boundingRect())
        drawn = [(role, self._tip(gradient)) for role, gradient in self._arrows(gradients)]
        shown = [(role, tip) for role, tip in drawn if tip is not None and not near(tail, tip)]
        for role, tip in shown:
            self._draw(painter, tail, tip, role)
        font = plate_font(self.scale_factor, bold=True)
        for role, tip in shown:
            if role in LETTERS:
                letter, share, side = LETTERS[role]
                place = beyond(tail, tip, share, side * 15 * self.scale_factor)
                draw_plate(painter, place, letter, font, arrow_color(role))

    def describe(self) -> list[Layer]:
        gradients, scale = self._gradients, self.scale_factor
        if gradients is None:
            return []
        casing = theme.written(casing_color())
        layers: list[Layer] = []
        letters: list[Layer] = []
        for role, gradient in self._arrows(gradients):
            width = WIDTHS_PX[role] * scale
            head = gradients.point - self.magnified * gradient
            layers.append(
                records.Arrow(
                    *(role, gradients.point, head, theme.written(self._ink(role)), width),
                    *((0.7 * ARROW_HEAD_PX + width) * scale, False, casing, CASING_PX),
                )
            )
            tail, tip = self._tip(np.zeros(2)), self._tip(gradient)
            if role in LETTERS and tail is not None and tip is not None and not near(tail, tip):
                letter, share, side = LETTERS[role]
                away = beyond(tail, tip, share, side * 15 * scale) - tip
                ink = theme.written(arrow_color(role))
                letters.append(Label(letter, head, (away.x(), away.y()), ink))
        return [*layers, *letters]

    @staticmethod
    def _ink(role: str) -> QColor:
        ink = arrow_color(role)
        if role == "example":
            ink.setAlphaF(0.72)
        return ink

    def _arrows(self, of: ExampleGradients) -> list[tuple[str, Array]]:
        """Role and gradient of each arrow, the lowest first."""
        if self._only >= 0:
            return [("example", of.gradients[self._only])]
        if of.full_batch:
            return [*(("example", one) for one in some(of.gradients)), ("full", of.full)]
        arrows = [("example", one) for one in some(of.gradients[~of.chosen])]
        arrows += [("chosen", one) for one in some(of.gradients[of.chosen])]
        arrows += [("expected" if of.stream else "full", of.full), ("batch", of.mean)]
        if np.isfinite(of.velocity).all():
            arrows.append(("velocity", of.velocity))
        return arrows

    def keys(self) -> list[ArrowKey]:
        """Each kind of arrow that is drawn, for the legend."""
        if self._gradients is None:
            return []
        drawn = {role for role, _ in self._arrows(self._gradients)}
        if "example" in drawn:
            drawn.discard("chosen")  # thin and red speaks for itself; the map is small
        say = QCoreApplication.translate
        return [
            ArrowKey(role, say("descent", text), thin=role in THIN)
            for role, text in MEANINGS.items()
            if role in drawn
        ]

    def _lengths(self, gradients: Array) -> Array:
        """(N,) pixels of gradients (N, 2) in true size."""
        rect = self.boundingRect()
        (x0, x1), (y0, y1) = self._view.viewRange()
        scale = np.array([rect.width() / (x1 - x0), rect.height() / (y1 - y0)])
        with np.errstate(all="ignore"):
            result: Array = np.nan_to_num(np.hypot(*(gradients * scale).T), posinf=0.0)
            return result

    def _tip(self, gradient: Array) -> QPointF | None:
        """Where the arrow downhill ends; None where that is no place."""
        assert self._gradients is not None
        with np.errstate(all="ignore"):
            end = self._gradients.point - self.magnified * gradient
        ((x, y),) = self.pixels(end[None])
        if not (math.isfinite(x) and math.isfinite(y)) or max(abs(x), abs(y)) > 1e5:
            return None
        return QPointF(float(x), float(y))

    def _draw(self, painter: QPainter, tail: QPointF, tip: QPointF, role: str) -> None:
        width = WIDTHS_PX[role] * self.scale_factor
        head = arrow_head(tail, tip, (0.7 * ARROW_HEAD_PX + width) * self.scale_factor)
        neck = (head[1] + head[2]) / 2
        ink = self._ink(role)
        for casing in (True, False):
            color = casing_color() if casing else ink
            pen = QPen(color, width + CASING_PX if casing else width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(tail, neck)
            painter.setPen(QPen(color, CASING_PX) if casing else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(color)
            painter.drawPolygon(QPolygonF(head))


def some(gradients: Array) -> Array:
    """At most `MOST_ARROWS` of gradients (N, 2), evenly chosen."""
    return gradients[:: max(1, -(-len(gradients) // MOST_ARROWS))]


def stacked(points: Iterable[QPointF | None]) -> Array:
    """(N, 2) float64 of those that there are."""
    found = [(point.x(), point.y()) for point in points if point is not None]
    return np.array(found, dtype=np.float64).reshape(-1, 2)


def beyond(tail: QPointF, tip: QPointF, share: float, aside: float) -> QPointF:
    """A place along an arrow, `aside` pixels beside it; at its tip a little beyond."""
    dx, dy = tip.x() - tail.x(), tip.y() - tail.y()
    length = max(1e-9, math.hypot(dx, dy))
    along = share * length + (16.0 if share >= 1 else 0.0)
    return QPointF(
        tail.x() + (along * dx + aside * dy) / length, tail.y() + (along * dy - aside * dx) / length
    )
