"""On the map: where every example pulls the chosen racer, and the mean of all of them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.descent.step.vectors_layer import HEAD_PX, magnification, near
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.drawing import arrow_head, draw_plate, plate_font
from gui.plots.layer import PlotLayer
from gui.racing.racer_style import arrow_color, casing_color

if TYPE_CHECKING:
    from engine.descent.step.example_gradients import ExampleGradients

Array = NDArray[np.float64]

MOST_ARROWS = 120  # of a huge data set, beside those of the batch
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
MEANINGS = {
    "full": QT_TRANSLATE_NOOP("descent", "−∇f, of all examples"),
    "expected": QT_TRANSLATE_NOOP("descent", "−∇f, the expected one"),
    "batch": QT_TRANSLATE_NOOP("descent", "−g, of the batch"),
    "velocity": QT_TRANSLATE_NOOP("descent", "−v, the velocity"),
    "example": QT_TRANSLATE_NOOP("descent", "thin: one example"),
    "chosen": QT_TRANSLATE_NOOP("descent", "thin: one of the batch"),
}


class ExampleGradientsLayer(PlotLayer):
    """Arrows from one place, magnified alike, over a view box in whose pixels it draws."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=34)
        self.magnified = 1.0
        self._pulls: ExampleGradients | None = None
        self._only = -1

    @property
    def pulls(self) -> ExampleGradients | None:
        return self._pulls

    def show_pulls(self, pulls: ExampleGradients | None, only: int = -1) -> None:
        """The gradients of all examples at a racer's place, of one (`only`), or none."""
        self._pulls = pulls
        self._only = only
        self.refresh()

    def refresh(self, *_: object) -> None:
        if self._pulls is not None:
            rect = self.boundingRect()
            if self._only >= 0:
                lengths = self._lengths(self._pulls.gradients[[self._only]])
            else:
                every = np.sort(self._lengths(self._pulls.gradients))
                means = self._lengths(np.stack([self._pulls.full, self._pulls.mean]))
                lengths = np.array([every[int(TYPICAL * (len(every) - 1))], *means])
            self.magnified = magnification(lengths, view_px=min(rect.width(), rect.height()))
        super().refresh()

    def places(self) -> Array:
        """(N, 2) pixels of the racer and of the tips of the means."""
        if self._pulls is None:
            return np.empty((0, 2))
        means = (np.zeros(2), self._pulls.full, self._pulls.mean)
        return stacked(self._tip(gradient) for gradient in means)

    def tips(self) -> Array:
        """(N, 2) pixels of all arrows' tips."""
        if self._pulls is None:
            return np.empty((0, 2))
        return stacked(self._tip(gradient) for _, gradient in self._arrows(self._pulls))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        pulls = self._pulls
        tail = self._tip(np.zeros(2)) if pulls is not None else None
        if pulls is None or tail is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.boundingRect())
        drawn = [(role, self._tip(gradient)) for role, gradient in self._arrows(pulls)]
        shown = [(role, tip) for role, tip in drawn if tip is not None and not near(tail, tip)]
        for role, tip in shown:
            self._draw(painter, tail, tip, role)
        font = plate_font(self.scale_factor, bold=True)
        for role, tip in shown:
            if role in LETTERS:
                letter, share, side = LETTERS[role]
                place = beyond(tail, tip, share, side * 15 * self.scale_factor)
                draw_plate(painter, place, letter, font, arrow_color(role))

    def _arrows(self, pulls: ExampleGradients) -> list[tuple[str, Array]]:
        """Role and gradient of each arrow, the lowest first."""
        if self._only >= 0:
            return [("example", pulls.gradients[self._only])]
        if pulls.full_batch:
            return [*(("example", one) for one in some(pulls.gradients)), ("full", pulls.full)]
        arrows = [("example", one) for one in some(pulls.gradients[~pulls.chosen])]
        arrows += [("chosen", one) for one in some(pulls.gradients[pulls.chosen])]
        arrows += [("expected" if pulls.stream else "full", pulls.full), ("batch", pulls.mean)]
        if np.isfinite(pulls.velocity).all():
            arrows.append(("velocity", pulls.velocity))
        return arrows

    def keys(self) -> list[tuple[str, str, bool]]:
        """Role, meaning and whether dashed, of each kind of arrow that is drawn."""
        if self._pulls is None:
            return []
        drawn = {role for role, _ in self._arrows(self._pulls)}
        if "example" in drawn:
            drawn.discard("chosen")  # thin and red speaks for itself; the map is small
        say = QCoreApplication.translate
        return [
            (role, say("descent", text), False) for role, text in MEANINGS.items() if role in drawn
        ]

    def _lengths(self, gradients: Array) -> Array:
        """(N,) pixels of gradients (N, 2) in true size."""
        rect = self.boundingRect()
        (x0, x1), (y0, y1) = self._view.viewRange()
        scale = np.array([rect.width() / (x1 - x0), rect.height() / (y1 - y0)])
        with np.errstate(all="ignore"):
            return np.nan_to_num(np.hypot(*(gradients * scale).T), posinf=0.0)

    def _tip(self, gradient: Array) -> QPointF | None:
        """Where the arrow downhill ends; None where that is no place."""
        assert self._pulls is not None
        with np.errstate(all="ignore"):
            end = self._pulls.point - self.magnified * gradient
        ((x, y),) = self.pixels(end[None])
        if not (math.isfinite(x) and math.isfinite(y)) or max(abs(x), abs(y)) > 1e5:
            return None
        return QPointF(float(x), float(y))

    def _draw(self, painter: QPainter, tail: QPointF, tip: QPointF, role: str) -> None:
        width = WIDTHS_PX[role] * self.scale_factor
        head = arrow_head(tail, tip, (0.7 * HEAD_PX + width) * self.scale_factor)
        neck = (head[1] + head[2]) / 2
        ink = arrow_color(role)
        if role == "example":
            ink.setAlphaF(0.72)
        for casing in (True, False):
            color = casing_color() if casing else ink
            pen = QPen(color, width + 1.8 if casing else width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(tail, neck)
            painter.setPen(QPen(color, 1.8) if casing else QPen(Qt.PenStyle.NoPen))
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
