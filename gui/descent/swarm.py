"""Further starts of the racers: thin trails, or heads with short tails; the best point's star.

A few trails are drawn whole. Where there are many, each shows its last steps only, so that
thousands move at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui import theme
from gui.descent.history import History
from gui.descent.lines import LinesLayer, Stroke, to_pixels

Array = NDArray[np.float64]

FEW = 60  # trails that are drawn whole
TAIL = 12  # steps of a trail that is not
STAR_PX = 10.0
HEAD_PX = 3.2


class SwarmLayer(pg.GraphicsObject):
    """Trails from further starts over a view box, in whose pixels it draws.

    Attributes:
        heads: (N, 2) where all further trails are.
        stars: look, x and y of the best point of each racer that keeps it.
    """

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__()
        self.setParentItem(view)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(35)  # the star stays above the heads
        self.scale_factor = 1.0
        self.heads: Array = np.empty((0, 2))
        self.stars: tuple[tuple[int, float, float], ...] = ()
        self._view = view
        self._lines = LinesLayer(view)
        self._lines.setZValue(-1)
        self._history: History | None = None
        self._paths: Array = np.empty((0, 0, 2))  # trail, step
        self._count = 0
        self._owners: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._looks: Sequence[int] = ()
        self._tails: Array = np.empty((0, 0, 2))  # step, trail
        view.sigRangeChanged.connect(self.refresh)
        view.sigResized.connect(self.refresh)

    def show_step(
        self, history: History | None, step: int, looks: Sequence[int], keeps: Sequence[bool]
    ) -> None:
        """Everybody's further trails at a step.

        Args:
            history: the race; None for nobody.
            step: of the race, one that is computed.
            looks: of each racer.
            keeps: whether a racer's best point is marked.
        """
        if history is None or not history.count:
            self._forget()
            return
        frame = history.frames[step]
        if history is not self._history or list(looks) != list(self._looks):
            self._begin(history, looks, [len(other) for other in frame.others])
        self.stars = tuple(
            (look, float(x), float(y))
            for look, kept, (x, y) in zip(looks, keeps, frame.best, strict=False)
            if kept and np.isfinite([x, y]).all()
        )
        if len(self._owners):
            self.heads = np.concatenate(frame.others)
            if len(self._owners) <= FEW:
                self._extend(history)
                self._lines.show_lines(list(self._paths), step + 1)
            else:
                first = max(0, step - TAIL)
                frames = history.frames[first : step + 1]
                self._tails = np.stack([np.concatenate(each.others) for each in frames])
        self.update()

    def restyle(self) -> None:
        """Colours of another theme, or another scale."""
        self._restroke()

    def refresh(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self._view.rect())

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        rect = self.boundingRect()
        near = rect.adjusted(-20, -20, 20, 20)
        if len(self._owners) > FEW:
            self._paint_tails(painter, rect)
        self._paint_heads(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for look, x, y in self.stars:
            ((px, py),) = to_pixels(np.array([[x, y]]), self._view, rect)
            if near.contains(px, py):
                color = QColor(theme.current().series_style(look).color)
                draw_star(painter, QPointF(px, py), STAR_PX * self.scale_factor, color)

    def _paint_heads(self, painter: QPainter, rect: QRectF) -> None:
        """A dot each; where there are many, without the outline that takes time."""
        places = to_pixels(self.heads, self._view, rect)
        low, high = [rect.left(), rect.top()], [rect.right(), rect.bottom()]
        seen = ((places >= low) & (places <= high)).all(axis=1)  # what is NaN is not
        few = len(self._owners) <= FEW
        size = 2 * HEAD_PX * self.scale_factor
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, few)
        for racer in np.unique(self._owners).tolist():
            mine = QPolygonF([QPointF(x, y) for x, y in places[seen & (self._owners == racer)]])
            outline = [(theme.current().color("casing"), size + 2)] if few else []
            for color, width in (*outline, (self._color(racer), size if few else 0.7 * size)):
                pen = QPen(color, width)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawPoints(mine)

    def _paint_tails(self, painter: QPainter, rect: QRectF) -> None:
        """The last steps of all, each racer's as one path of single pixels."""
        steps, count, _ = self._tails.shape
        if steps < 2 or count != len(self._owners):
            return
        with np.errstate(all="ignore"):
            pixels = to_pixels(self._tails.reshape(-1, 2), self._view, rect)
        pixels = pixels.reshape(steps, count, 2)
        # Qt's rasteriser fails on huge numbers; who is far outside has no tail.
        inside = (np.abs(pixels - [rect.center().x(), rect.center().y()]) < 4000).all(axis=(0, 2))
        gap = np.full((1, count, 2), np.nan)
        pieces = np.concatenate([pixels, gap])  # NaN parts the tails
        for racer in np.unique(self._owners).tolist():
            mine = inside & (self._owners == racer)
            line = pieces[:, mine].transpose(1, 0, 2).reshape(-1, 2)
            if not len(line):
                continue
            painter.setPen(QPen(self._color(racer), 1))
            painter.drawPath(pg.functions.arrayToQPath(line[:, 0], line[:, 1], connect="finite"))

    def _color(self, racer: int) -> QColor:
        return QColor(theme.current().series_style(self._looks[racer]).color)

    def _forget(self) -> None:
        self._history = None
        self._owners = np.empty(0, dtype=np.int64)
        self.heads, self.stars = np.empty((0, 2)), ()
        self._lines.show_lines((), 0)
        self.update()

    def _begin(self, history: History, looks: Sequence[int], sizes: Sequence[int]) -> None:
        """Another race."""
        self._forget()
        self._history, self._looks = history, tuple(looks)
        self._owners = np.repeat(np.arange(len(sizes)), sizes)
        self._count = 0
        whole = len(self._owners) if len(self._owners) <= FEW else 0
        self._paths = np.empty((whole, max(512, history.count), 2))
        self._restroke()

    def _extend(self, history: History) -> None:
        """Take over what has been computed since."""
        if history.count > self._paths.shape[1]:
            grown = np.empty((len(self._paths), 2 * history.count, 2))
            grown[:, : self._count] = self._paths[:, : self._count]
            self._paths = grown
        for place in range(self._count, history.count):
            self._paths[:, place] = np.concatenate(history.frames[place].others)
        self._count = history.count

    def _restroke(self) -> None:
        scale = self.scale_factor
        casing = theme.current().color("casing")
        self._lines.set_strokes(
            [
                Stroke(self._color(racer), 1.2 * scale, casing=casing, casing_width=2.4 * scale)
                for racer in (self._owners.tolist() if len(self._owners) <= FEW else ())
            ]
        )


def draw_star(painter: QPainter, place: QPointF, radius: float, color: QColor) -> None:
    """Five points: here the loss was lowest so far."""
    angles = np.pi * (np.arange(10) / 5 - 0.5)
    reach = np.where(np.arange(10) % 2, 0.45, 1.0) * radius
    corners = [
        QPointF(
            place.x() + float(length * np.cos(angle)), place.y() + float(length * np.sin(angle))
        )
        for angle, length in zip(angles, reach, strict=True)
    ]
    painter.setPen(QPen(QColor(0, 0, 0, 220), 1.8))
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF(corners))
