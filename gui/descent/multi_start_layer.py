"""Further starts of the racers: thin trails, or heads with short tails; the best point's star.

A few trails are drawn whole. Where there are many, each shows its last steps only, so that
thousands move at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.export.scene.records import Layer, Lines, Marks
from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.descent.race.history import RaceHistory
from gui.landscape.layer import MapLayer, Places, Points3d, Stack, Weight, sampled
from gui.plots.polylines import LinesLayer, Stroke

Array = NDArray[np.float64]

FEW = 60  # trails that are drawn whole
MOST_DOTS_3D = 400  # of one racer
TAIL = 8  # steps of a trail that is not
STAR_PX = 10.0
HEAD_PX = 3.2
BETWEEN = 4  # pixels that are set on the way from one step to the next
CASING = 0xFF14181D


class MultiStartLayer(MapLayer):
    """Trails from further starts.

    Attributes:
        heads: (N, 2) float64 of the plane, where all further trails are.
        stars: look, x and y of the best point of each racer that keeps it.
    """

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=35)  # the star stays above the heads
        self.heads: Array = np.empty((0, 2))
        self.stars: tuple[tuple[RacerStyle, float, float], ...] = ()
        self._lines = LinesLayer(view)
        self._lines.setZValue(-1)
        self._history: RaceHistory | None = None
        self._paths: Array = np.empty((0, 0, 2))  # trail, step
        self._count = self._seen = 0
        self._owners: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._looks: Sequence[RacerStyle] = ()
        self._tails: Array = np.empty((0, 0, 2))  # step, trail

    def show_step(
        self,
        history: RaceHistory | None,
        step: int,
        looks: Sequence[RacerStyle],
        keeps: Sequence[bool],
    ) -> None:
        """All racers' further trails at a step.

        Args:
            history: the race; None for no trail.
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
        self._seen = step + 1
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

    def trails(self) -> list[Array]:
        """Further trails as far as they are drawn as lines, (n, 2) each."""
        return list(self._paths[:, : self._seen]) if 0 < len(self._owners) <= FEW else []

    def places(self) -> list[Places]:
        return [Places(self.pixels(sampled(self.trails())), Weight.TRAIL)]

    def points3d(self) -> list[Points3d]:
        """Some of each racer's further trails as dots, and the stars."""
        dots = [
            Points3d(
                self.heads[self._owners == racer][:MOST_DOTS_3D],
                partial(self._draw_dots, racer),
                Stack.ABOVE_TRAILS,
                faint=False,
            )
            for racer in sorted(set(self._owners.tolist()))
        ]
        return [*dots, Points3d(self._star_points(), self._draw_stars, Stack.ABOVE_TRAILS)]

    def describe_below(self) -> list[Layer]:
        """The thin trails, which lie under the racers' own."""
        strokes = zip(self._owners.tolist(), self._strokes(), self._paths, strict=False)
        starts = further_numbers(self._owners)
        return [
            stroke.line("further", path, racer=racer, start=starts[row], shown=self._seen)
            for row, (racer, stroke, path) in enumerate(strokes)
        ]

    def describe(self) -> list[Layer]:
        few = len(self._owners) <= FEW
        dot = 2 * HEAD_PX * self.scale_factor if few else 2 * round(self.scale_factor) + 1
        casing = theme.written(theme.current().color("casing"))
        layers: list[Layer] = []
        for racer in sorted(set(self._owners.tolist())):
            rows, ink = self._owners == racer, theme.written(self._color(racer))
            if not few and self._tails.shape[1] == len(rows):
                tails = tuple(self._tails[:, rows].swapaxes(0, 1))
                layers.append(Lines("tail", tails, ink, racer=racer))
            layers.append(
                Marks("further", self.heads[rows], "dot", dot, ink, casing, 1.0, racer=racer)
            )
        for look, x, y in self.stars:
            size, ink = 2 * STAR_PX * self.scale_factor, theme.current().racer(look).color
            racer = list(self._looks).index(look)
            layers.append(
                Marks(
                    *("star", np.array([[x, y]]), "five", size, ink, "#000000dc", 1.8), racer=racer
                )
            )
        return layers

    def restyle(self) -> None:
        self._restroke()
        super().restyle()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if len(self._owners) > FEW:
            self._paint_many(painter, self.boundingRect())
        else:
            self._paint_heads(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pixels = self.pixels(self._star_points())
        near = self.rows_in_view(pixels, margin_px=20)
        self._draw_stars(painter, pixels[near], near)

    def _paint_heads(self, painter: QPainter) -> None:
        """A dot with an outline each."""
        pixels = self.pixels(self.heads)
        seen = self.rows_in_view(pixels)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for racer in sorted(set(self._owners.tolist())):
            self._draw_dots(racer, painter, pixels[seen[self._owners[seen] == racer]])

    def _draw_dots(self, racer: int, painter: QPainter, pixels: Array, rows: object = None) -> None:
        dots = QPolygonF([QPointF(x, y) for x, y in pixels])
        size = 2 * HEAD_PX * self.scale_factor
        casing = theme.current().color("casing")
        for color, width in ((casing, size + 2), (self._color(racer), size)):
            pen = QPen(color, width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(dots)

    def _star_points(self) -> Array:
        """(N, 2) float64 of the plane."""
        return np.array([(x, y) for _, x, y in self.stars]).reshape(-1, 2)

    def _draw_stars(self, painter: QPainter, pixels: Array, rows: NDArray[np.intp]) -> None:
        for (x, y), row in zip(pixels, rows, strict=True):
            color = QColor(theme.current().racer(self.stars[row][0]).color)
            draw_star(painter, QPointF(x, y), STAR_PX * self.scale_factor, color)

    def _paint_many(self, painter: QPainter, rect: QRectF) -> None:
        """Heads and tails as pixels of one picture: thousands of strokes would take too long."""
        steps, count, _ = self._tails.shape
        width, height = int(rect.width()), int(rect.height())
        if count != len(self._owners) or min(width, height) < 3:
            return
        with np.errstate(all="ignore"):
            places = self.pixels(self._tails.reshape(-1, 2))
            places = places.reshape(steps, count, 2) - [rect.left(), rect.top()]
            if steps > 1:
                share = np.arange(BETWEEN)[:, None, None, None] / BETWEEN
                tails = (places[:-1] + share * np.diff(places, axis=0)).reshape(-1, count, 2)
            else:
                tails = np.empty((0, count, 2))
        colors = np.array([self._color(racer).rgb() for racer in range(len(self._looks))])
        colors = colors.astype(np.uint32)[self._owners]
        picture = np.zeros((height, width), dtype=np.uint32)
        dot_pixels(picture, tails, colors, 0)
        radius = round(self.scale_factor)
        dot_pixels(picture, places[-1:], np.full(count, CASING, dtype=np.uint32), radius + 1)
        dot_pixels(picture, places[-1:], colors, radius)
        painter.drawImage(
            rect.topLeft(),
            QImage(picture.data, width, height, 4 * width, QImage.Format.Format_ARGB32),
        )

    def _color(self, racer: int) -> QColor:
        return QColor(theme.current().racer(self._looks[racer]).color)

    def _forget(self) -> None:
        self._history = None
        self._owners = np.empty(0, dtype=np.int64)
        self.heads, self.stars = np.empty((0, 2)), ()
        self._lines.show_lines((), 0)
        self.update()

    def _begin(
        self, history: RaceHistory, looks: Sequence[RacerStyle], sizes: Sequence[int]
    ) -> None:
        """Another race."""
        self._forget()
        self._history, self._looks = history, tuple(looks)
        self._owners = np.repeat(np.arange(len(sizes)), sizes)
        self._count = 0
        whole = len(self._owners) if len(self._owners) <= FEW else 0
        self._paths = np.empty((whole, max(512, history.count), 2))
        self._restroke()

    def _extend(self, history: RaceHistory) -> None:
        """Take over what has been computed since."""
        if history.count > self._paths.shape[1]:
            grown = np.empty((len(self._paths), 2 * history.count, 2))
            grown[:, : self._count] = self._paths[:, : self._count]
            self._paths = grown
        for place in range(self._count, history.count):
            self._paths[:, place] = np.concatenate(history.frames[place].others)
        self._count = history.count

    def _restroke(self) -> None:
        self._lines.set_strokes(self._strokes())

    def _strokes(self) -> list[Stroke]:
        """One of each trail that is drawn whole."""
        scale = self.scale_factor
        casing = theme.current().color("casing")
        return [
            Stroke(self._color(racer), 1.2 * scale, casing=casing, casing_width=2.4 * scale)
            for racer in (self._owners.tolist() if len(self._owners) <= FEW else ())
        ]


def further_numbers(owners: NDArray[np.int64]) -> list[int]:
    """Of each trail (N,), which of its racer's further starts it comes from."""
    found: dict[int, int] = {}
    numbers = []
    for owner in owners.tolist():
        numbers.append(found.get(owner, 0))
        found[owner] = numbers[-1] + 1
    return numbers


def dot_pixels(
    picture: NDArray[np.uint32], places: Array, colors: NDArray[np.uint32], radius: int
) -> None:
    """Set squares of 2 radius + 1 pixels around places (S, N, 2), the colour by the column."""
    height, width = picture.shape
    low, high = [radius, radius], [width - radius, height - radius]
    seen = ((places >= low) & (places < high)).all(axis=2)  # what is NaN is not
    x, y = places[seen].astype(np.int32).T
    middle = y * width + x
    chosen = np.broadcast_to(colors, seen.shape)[seen]
    flat = picture.reshape(-1)
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            flat[middle + (dy * width + dx)] = chosen


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
