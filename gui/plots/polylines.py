"""Long polylines on a plot, drawn once and only continued.

Wide antialiased lines are slow (ten thousand points take 40 ms), and a race adds a
few points each frame. The layer keeps what it has drawn as pictures in the pixels
of its view and adds the new segments only; zooming or scrubbing back draws anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.export.scene import records
from gui.plots.layer import PlotLayer
from gui.theme import written

Array = NDArray[np.float64]

# Points nearer than this to the one before are not drawn; half a pixel cannot be seen.
THIN_PX = 0.5
# Iterates farther apart than this get a dot each, so that single steps can be counted.
DOT_GAP_PX = 9.0
# Segments drawn in one stroke: a long line that crosses itself takes Qt ever longer a segment.
CHUNK = 40
# So many of the newest points of all lines together are drawn well, and of the others these.
FINE, ROUGH = 6000, 30_000
# Across a plot a curve's sign stands so often; those of the next curve so much further right.
MARK_PX, NEXT_MARK_PX = 150.0, 37.0
# Lines are cut this far outside the view: Qt's rasteriser fails on huge numbers.
MARGIN_PX = 200.0


@dataclass(frozen=True)
class Stroke:
    """How one line looks; widths in pixels, `dash` in line widths (empty: solid).

    `mark` draws the line's sign at a place; it stands now and then along a curve.
    """

    color: QColor
    width: float = 2.0
    dash: tuple[float, ...] = ()
    casing: QColor | None = None
    casing_width: float = 4.0
    dots: bool = False
    mark: Callable[[QPainter, QPointF], None] | None = None

    def line(
        self,
        kind: str,
        points: Array,
        *,
        name: str = "",
        racer: int = -1,
        start: int = -1,
        shown: int | None = None,
    ) -> records.Line:
        """A line in this stroke, as the record that exports draw."""
        return records.Line(
            kind,
            points,
            written(self.color),
            self.width,
            self.dash,
            written(self.casing) if self.casing is not None else "",
            self.casing_width,
            self.dots,
            name,
            racer,
            start,
            shown,
        )


class LinesLayer(PlotLayer):
    """Polylines over a view box, in whose pixels it draws.

    Call `show_lines` with the same growing arrays; call `restart` when they are others.
    """

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view)
        self._points: Sequence[Array] = ()
        self._strokes: Sequence[Stroke] = ()
        self._count = 0
        self._drawn = 0
        self._key: tuple[float, ...] = ()
        self._lines = QImage()
        self._casings = QImage()
        self._veil = 1.0
        self._travelled: list[float] = []

    def set_strokes(self, strokes: Sequence[Stroke]) -> None:
        """One stroke a line; draws everything anew."""
        self._strokes = tuple(strokes)
        self.restart()

    def show_lines(self, points: Sequence[Array], count: int) -> None:
        """Draw the first `count` points of each line.

        Args:
            points: one (N, 2) array a line in the view's coordinates, N >= count; those
                already shown must not have changed since the last `restart`.
            count: the same for all lines.
        """
        others = len(points) != len(self._points)
        self._points = points
        if others or count < self._drawn:
            self.restart()
        self._count = count
        self.update()

    def restart(self) -> None:
        """Forget what is drawn: other lines, or other strokes."""
        self._key = ()
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        rect = self.boundingRect()
        if rect.width() < 1 or rect.height() < 1:
            return
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        (x0, x1), (y0, y1) = self._view.viewRange()
        key = (rect.width(), rect.height(), ratio, x0, x1, y0, y1)
        if key != self._key:
            self._key = key
            self._begin(rect, ratio)
        if self._count > self._drawn:
            self._continue(rect)
        opacity = painter.opacity()
        painter.setOpacity(opacity * self._veil)
        painter.drawImage(rect.topLeft(), self._casings)
        painter.setOpacity(opacity)
        painter.drawImage(rect.topLeft(), self._lines)

    def _begin(self, rect: QRectF, ratio: float) -> None:
        self._drawn = 0
        self._travelled = [0.0] * len(self._points)
        width, height = int(np.ceil(rect.width() * ratio)), int(np.ceil(rect.height() * ratio))
        self._lines = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        self._casings = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        for image in (self._lines, self._casings):
            image.setDevicePixelRatio(ratio)
            image.fill(Qt.GlobalColor.transparent)

    def _continue(self, rect: QRectF) -> None:
        """Add the segments from the last drawn point to the newest.

        Of very long lines that are drawn anew the older part is drawn roughly, so that the
        view can still be zoomed: without smooth edges, and of many thousands of points every
        so manyth.
        """
        first = max(0, self._drawn - 1)
        casing, line = QPainter(self._casings), QPainter(self._lines)
        recent = max(first, self._count - FINE // max(1, len(self._points)))
        every = max(1, -(-(recent - first) * len(self._points) // ROUGH))
        for smooth, begin, end in ((False, first, recent + 1), (True, recent, self._count)):
            if begin == recent and not smooth:
                continue
            for painter in (casing, line):
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
            lines = zip(self._points, self._strokes, strict=False)
            for index, (points, stroke) in enumerate(lines):
                part = points[begin:end]
                if not smooth and every > 1:
                    part = np.concatenate([part[:-1:every], part[-1:]])
                pixels = thinned(finite_part(self.pixels(part)))
                if len(pixels) > 1:
                    self._draw(casing, line, index, pixels, stroke, rect)
        casing.end()
        line.end()
        self._drawn = self._count

    def _draw(
        self,
        casing: QPainter,
        line: QPainter,
        index: int,
        pixels: Array,
        stroke: Stroke,
        rect: QRectF,
    ) -> None:
        frame = rect.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)
        pen = QPen(stroke.color, stroke.width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if stroke.dash else Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if stroke.dash:
            pen.setDashPattern(list(stroke.dash))
        outline = QPen(stroke.casing or stroke.color, stroke.casing_width)
        outline.setCapStyle(Qt.PenCapStyle.RoundCap)
        outline.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if stroke.casing is not None:
            # Drawn without its transparency, which all casings get together: where a trail
            # crosses itself nothing is darker.
            outline.setColor(QColor(stroke.casing.rgb()))
            self._veil = stroke.casing.alphaF()
        steps = np.hypot(*np.diff(pixels, axis=0).T)
        for first in range(0, len(steps), CHUNK):
            clipped = clip(pixels[first : first + CHUNK + 1], frame)
            path = pg.functions.arrayToQPath(clipped[:, 0], clipped[:, 1], connect="finite")
            if stroke.dash:
                pen.setDashOffset(self._travelled[index] / stroke.width)
            line.strokePath(path, pen)
            if stroke.casing is not None:
                casing.strokePath(path, outline)
            self._travelled[index] += float(np.minimum(steps[first : first + CHUNK], 1e6).sum())
        if stroke.mark is not None:
            for x, y in mark_places(pixels, rect.left() + (index * NEXT_MARK_PX) % MARK_PX):
                if rect.contains(x, y):
                    stroke.mark(line, QPointF(x, y))
        if stroke.dots:
            radius = stroke.width * 0.9 + 0.4
            line.setPen(Qt.PenStyle.NoPen)
            line.setBrush(stroke.color)
            inside = rect.contains
            for x, y in pixels[1:][steps > DOT_GAP_PX]:
                if inside(x, y):
                    line.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))


def mark_places(pixels: Array, first: float) -> Array:
    """Where a curve from left to right passes `first` and every `MARK_PX` from there, (M, 2)."""
    x, y = np.clip(pixels, -1e6, 1e6).T
    begin, end = np.ceil((x[0] - first) / MARK_PX), np.ceil((x[-1] - first) / MARK_PX)
    at = first + MARK_PX * np.arange(begin, end)
    return np.column_stack((at, np.interp(at, x, y)))


def finite_part(pixels: Array) -> Array:
    """The points before the first that is not finite: a diverged path ends there."""
    bad = ~np.isfinite(pixels).all(axis=1)
    return pixels[: int(bad.argmax())] if bad.any() else pixels


def thinned(pixels: Array) -> Array:
    """Points that fall into another half pixel than the one before; the last stays."""
    if len(pixels) < 3:
        return pixels
    cells = np.floor(np.clip(pixels, -1e8, 1e8) / THIN_PX)
    keep = np.ones(len(pixels), dtype=bool)
    keep[1:-1] = (cells[1:-1] != cells[:-2]).any(axis=1)
    return pixels[keep]


def clip(pixels: Array, rect: QRectF) -> Array:
    """A polyline cut at a rectangle; NaN rows part its pieces.

    Source: Liang and Barsky 1984, each segment's share inside, all segments at once.
    """
    low = np.array([rect.left(), rect.top()])
    high = np.array([rect.right(), rect.bottom()])
    if ((pixels >= low) & (pixels <= high)).all():
        return pixels
    start, way = pixels[:-1], np.diff(pixels, axis=0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        to_low, to_high = (low - start) / way, (high - start) / way
    still = way == 0
    outside = (still & ((start < low) | (start > high))).any(axis=1)
    enter = np.where(still, 0.0, np.minimum(to_low, to_high)).max(axis=1).clip(0.0)
    leave = np.where(still, 1.0, np.maximum(to_low, to_high)).min(axis=1).clip(max=1.0)
    kept = ~outside & (enter < leave)
    pieces = np.full((int(kept.sum()), 3, 2), np.nan)
    start, way = start[kept], way[kept]
    pieces[:, 0] = start + enter[kept, None] * way
    pieces[:, 1] = start + leave[kept, None] * way
    return pieces.reshape(-1, 2)
