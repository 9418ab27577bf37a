"""On the map: where every example pulls the chosen racer, and the mean of all of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.descent.arrows import (
    HEAD_PX,
    arrow_head,
    beside,
    draw_plate,
    magnification,
    near,
    plate_font,
)
from gui.descent.lines import to_pixels
from gui.descent.looks import arrow_color, casing_color
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.descent.pulls import Pulls

Array = NDArray[np.float64]

MOST_ARROWS = 120  # of a huge data set, beside those of the batch
TYPICAL = 0.8  # this quantile of the examples' arrows is brought to a readable length
# Drawn in this order, so that the means lie above the examples.
WIDTHS_PX = {"example": 1.5, "chosen": 1.9, "full": 5.4, "batch": 3.6, "velocity": 2.4}
LETTERS = {"full": "∇f", "batch": "g", "velocity": "v"}
MEANINGS = {
    "full": QT_TRANSLATE_NOOP("descent", "−∇f, the mean of all"),
    "batch": QT_TRANSLATE_NOOP("descent", "−g, the mean of the batch"),
    "velocity": QT_TRANSLATE_NOOP("descent", "−v, the velocity as a mean"),
    "example": QT_TRANSLATE_NOOP("descent", "one example"),
    "chosen": QT_TRANSLATE_NOOP("descent", "one of the batch"),
}


class PullsLayer(pg.GraphicsObject):
    """Arrows from one place, magnified alike, over a view box in whose pixels it draws."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__()
        self.setParentItem(view)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(34)
        self.scale_factor = 1.0
        self.magnified = 1.0
        self._view = view
        self._pulls: Pulls | None = None
        view.sigRangeChanged.connect(self.refresh)
        view.sigResized.connect(self.refresh)

    @property
    def pulls(self) -> Pulls | None:
        return self._pulls

    def show_pulls(self, pulls: Pulls | None) -> None:
        """The gradients of all examples at a racer's place, or none."""
        self._pulls = pulls
        self.refresh()

    def refresh(self, *_: object) -> None:
        self.prepareGeometryChange()
        if self._pulls is not None:
            rect = self.boundingRect()
            lengths = np.sort(self._lengths(self._pulls.gradients))
            means = self._lengths(np.stack([self._pulls.full, self._pulls.mean]))
            typical = lengths[int(TYPICAL * (len(lengths) - 1))]
            self.magnified = magnification(
                np.array([typical, *means]), view_px=min(rect.width(), rect.height())
            )
        self.update()

    def places(self) -> Array:
        """(N, 2) pixels of the racer and of the arrows' tips."""
        if self._pulls is None:
            return np.empty((0, 2))
        found = [self._tip(gradient) for _, gradient in self._arrows(self._pulls)]
        found.append(self._tip(np.zeros(2)))
        return np.array([(tip.x(), tip.y()) for tip in found if tip is not None]).reshape(-1, 2)

    def boundingRect(self) -> QRectF:
        return QRectF(self._view.rect())

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
                middle = QPointF(tail + (tip - tail) * 0.8)
                place = beside(tail, middle + (middle - tail), 15 * self.scale_factor,
                               away_from=self._aside(tail, pulls))  # fmt: skip
                draw_plate(painter, place, LETTERS[role], font, arrow_color(role))

    def _aside(self, tail: QPointF, pulls: Pulls) -> QPointF:
        """The middle of the two means: plates stand on its other side."""
        tips = [self._tip(pulls.full), self._tip(pulls.mean)]
        found = [tip for tip in tips if tip is not None] or [tail]
        return sum(found, QPointF()) / len(found)

    @staticmethod
    def _arrows(pulls: Pulls) -> list[tuple[str, Array]]:
        """Role and gradient of each arrow, the lowest first."""
        others = np.flatnonzero(~pulls.chosen)
        every = max(1, -(-len(others) // MOST_ARROWS))
        arrows = [("example", pulls.gradients[row]) for row in others[::every]]
        rows = np.flatnonzero(pulls.chosen)
        every = max(1, -(-len(rows) // MOST_ARROWS))
        arrows += [("chosen", pulls.gradients[row]) for row in rows[::every]]
        arrows += [("full", pulls.full), ("batch", pulls.mean)]
        if np.isfinite(pulls.velocity).all():
            arrows.append(("velocity", pulls.velocity))
        return arrows

    def keys(self) -> list[tuple[str, str, bool]]:
        """Role, meaning and whether dashed, of each kind of arrow that is drawn."""
        if self._pulls is None:
            return []
        drawn = {role for role, _ in self._arrows(self._pulls)}
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
        ((x, y),) = to_pixels(end[None], self._view, self.boundingRect())
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
