"""One group of runs on the plot: raw faint, smoothed solid, and its band."""

from __future__ import annotations

from functools import partial

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from engine.training.comparison.groups import Curve
from gui import theme
from gui.plots.plot_widget import Plot, envelope, faint, line_pen, thinned
from gui.training.comparison.line_data import Floats, View, along, positive, reduced

BINS = 300
MARKS = 7
FEW = 40  # points of a line that are all marked: evaluations are seldom
RAW_ALPHA, BAND_ALPHA = 0.22, 0.22
REPEATED_DASH = (5.0, 3.0)  # for looks that come a second time


class GroupCurve:
    """The items of one group; `look` is its colour and marker."""

    def __init__(self, plot: Plot, look: int) -> None:
        self._plot, self._look = plot, look
        self.curve: Curve | None = None
        self._x: Floats = np.empty(0)
        self.raw = pg.PlotDataItem(connect="finite")
        self.mean = pg.PlotDataItem(connect="finite")
        # Seen by the band between them only; without a pen they would have no path.
        unseen = pg.mkPen(0, 0, 0, 0)
        self._low = pg.PlotDataItem(connect="finite", pen=unseen)
        self._high = pg.PlotDataItem(connect="finite", pen=unseen)
        self.band = pg.FillBetweenItem(self._low, self._high)
        self.items = (self.band, self._low, self._high, self.raw, self.mean)
        for item in self.items:
            plot.addItem(item)
        self.restyle()

    def remove(self) -> None:
        for item in self.items:
            self._plot.removeItem(item)

    def restyle(self) -> None:
        style = theme.current().series_style(self._look)
        dash = REPEATED_DASH if self._look >= len(theme.current().series) else ()
        self.raw.setPen(line_pen(faint(style.color, RAW_ALPHA), width=1))
        self.mean.setPen(line_pen(style.color, width=2, dash=dash))
        self.band.setBrush(faint(style.color, BAND_ALPHA))
        self.band.setPen(pg.mkPen(None))

    @property
    def style(self) -> theme.Series:
        return theme.current().series_style(self._look)

    def draw(self, curve: Curve, *, time: bool, view: View) -> None:
        """Draw a curve; `view` as in `reduced`."""
        self.curve = curve
        log, log_x = self._plot.is_log_y(), self._plot.is_log_x()
        narrow, wide = partial(thinned, log=log_x), partial(envelope, log=log_x)
        mean = curve.mean
        self._x = along(mean, time=time)

        def line(y: Floats) -> tuple[Floats, Floats]:
            return reduced(self._x, positive(y, log=log), mean.starts, narrow, BINS, view)

        self.mean.setData(*line(mean.values))
        pieces = [
            reduced(
                along(each, time=time),
                positive(each.values, log=log),
                each.starts,
                wide,
                BINS,
                view,
            )
            for each in curve.raw
        ]
        self.raw.setData(*_joined(pieces))
        banded = len(curve.low) > 0
        self.band.setVisible(banded)
        for item, y in ((self._low, curve.low), (self._high, curve.high)):
            if banded:
                # Where the band ends below what the axis has, it ends at the mean.
                item.setData(*line(np.where(y > 0, y, mean.values) if log else y))
            else:
                item.setData([], [])

    def marked(self, view: View) -> tuple[Floats, Floats]:
        """The places (n,), (n,) of its mean that get a marker: all of a few, else some."""
        if self.curve is None:
            return np.empty(0), np.empty(0)
        x, y = self._x, self.curve.mean.values
        if view is not None:
            seen = (x >= view[0]) & (x <= view[1])
            x, y = x[seen], y[seen]
        if len(x) <= FEW:
            return x, y
        # Each look has its own places: lines that lie together keep their markers apart.
        looks = len(theme.current().series)
        x, y = thinned(x, y, looks * MARKS, log=self._plot.is_log_x())
        return x[self._look % looks :: looks], y[self._look % looks :: looks]

    @property
    def x(self) -> Floats:
        """Where the values (N,) of its mean lie."""
        return self._x

    def color(self) -> QColor:
        return QColor(self.style.color)


def _joined(pieces: list[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Several lines as one, with a NaN between them."""
    gap = np.array([np.nan])
    xs: list[Floats] = []
    ys: list[Floats] = []
    for x, y in pieces:
        if len(x):
            xs += [x, x[-1:]]
            ys += [y, gap]
    return (np.concatenate(xs), np.concatenate(ys)) if xs else (np.empty(0), np.empty(0))
