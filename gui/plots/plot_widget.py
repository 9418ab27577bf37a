"""Plots that follow the theme, and curves that grow without redrawing everything twice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFont, QPen
from PySide6.QtWidgets import QWidget

from gui import number_text, theme
from gui.plots.quick_axis import QuickAxis
from gui.plots.zoom_view_box import ZoomViewBox

# A faint line below, a smooth one on top: what one reads, and what was measured.
RAW_ALPHA = 0.35
FIRST_ROOM = 256
MAX_TICKS = 7
LOG_2, LOG_5 = math.log10(2), math.log10(5)


class Axis(QuickAxis):
    """An axis with the window's decimal sign, few ticks and powers of ten on a log scale."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=-4)
        self.enableAutoSIPrefix(False)
        self.setStyle(
            tickFont=theme.tabular(small_font()), hideOverlappingLabels=True, maxTickLevel=0
        )

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        if self.logMode:
            return [
                number_text.write(float(10.0 ** np.float64(value * scale)), digits=3)
                for value in values
            ]
        return [number_text.write(value * scale, digits=4) for value in values]

    def logTickValues(
        self, minVal: float, maxVal: float, size: float, stdTicks: list[Any]
    ) -> list[tuple[float | None, list[float]]]:
        """Powers of ten, and 2 and 5 between them while there are few decades."""
        low, high = math.floor(minVal), math.ceil(maxVal)
        every = max(1, math.ceil((high - low) / MAX_TICKS))
        decades = [float(power) for power in range(low, high + 1, every)]
        ticks: list[tuple[float | None, list[float]]] = [
            (float(every), inside(decades, minVal, maxVal))
        ]
        if high - low <= MAX_TICKS // 2:
            between = [power + step for power in decades for step in (LOG_2, LOG_5)]
            ticks.append((None, inside(between, minVal, maxVal)))
        return ticks


def inside(values: list[float], low: float, high: float) -> list[float]:
    return [value for value in values if low <= value <= high]


def small_font() -> QFont:
    """The second of the window's two text sizes."""
    font = QFont()
    font.setPixelSize(11)
    return font


TITLE_PX = 15  # of an axis at most: a low plot has no room for the title of a hall


class Plot(pg.PlotWidget):
    """A plot widget with labelled axes that follows the theme.

    The view box's own menu is off: what can be done is in the window's menus.
    """

    def __init__(self, parent: QWidget | None = None, *, log_y: bool = False) -> None:
        super().__init__(
            parent,
            viewBox=ZoomViewBox(enableMenu=False),
            axisItems={side: Axis(side) for side in ("left", "bottom")},
            enableMenu=False,
        )
        self._titles = {"left": "", "bottom": ""}
        self._size = small_font().pixelSize()
        item = self.getPlotItem()
        item.hideButtons()
        item.showGrid(x=False, y=True, alpha=0.25)
        item.setContentsMargins(4, 8, 12, 4)
        self.setFrameStyle(0)
        self.set_log_y(log_y)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def set_titles(self, *, x: str, y: str) -> None:
        """Name the axes, with their unit."""
        self._titles = {"left": y, "bottom": x}
        self._label()

    def set_scale(self, factor: float) -> None:
        """Larger type for the lecture hall."""
        font = theme.tabular(small_font())
        self._size = round(font.pixelSize() * factor)
        font.setPixelSize(self._size)
        for side in ("left", "bottom"):
            self.getPlotItem().getAxis(side).setTickFont(font)
        self._label()

    def set_log_y(self, on: bool) -> None:
        self.getPlotItem().setLogMode(x=self.is_log_x(), y=on)

    def set_log_x(self, on: bool) -> None:
        self.getPlotItem().setLogMode(x=on, y=self.is_log_y())

    def is_log_x(self) -> bool:
        return bool(self.getPlotItem().getAxis("bottom").logMode)

    def is_log_y(self) -> bool:
        return bool(self.getPlotItem().getAxis("left").logMode)

    def restyle(self) -> None:
        """Take the theme's colours."""
        colors = theme.current()
        self.setBackground(colors.panel)
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(colors.border)
            axis.setTextPen(colors.muted)
        self._label()

    def _label(self) -> None:
        size = min(self._size, TITLE_PX)
        style = {"color": theme.current().muted, "font-size": f"{size}px"}
        for side, text in self._titles.items():
            self.getPlotItem().setLabel(side, text, **style)


class Track:
    """Numbers that arrive one after another, kept in arrays that double when full."""

    def __init__(self) -> None:
        self._data = np.empty((2, FIRST_ROOM))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, x: float, y: float) -> None:
        if self._count == self._data.shape[1]:
            self._data = np.concatenate([self._data, np.empty_like(self._data)], axis=1)
        self._data[:, self._count] = x, y
        self._count += 1

    @property
    def x(self) -> np.ndarray:  # (N,) float64
        return self._data[0, : self._count]

    @property
    def y(self) -> np.ndarray:  # (N,) float64
        return self._data[1, : self._count]

    def smooth(self, width: int) -> np.ndarray:
        """Mean of the last `width` numbers at each place, (N,) float64; ignores NaN."""
        values = np.nan_to_num(self.y, nan=0.0, posinf=0.0, neginf=0.0)
        known = np.isfinite(self.y).astype(float)
        total, count = np.cumsum(values), np.cumsum(known)
        total[width:] -= total[:-width].copy()
        count[width:] -= count[:-width].copy()
        result: np.ndarray = total / np.maximum(count, 1.0)
        return result


def envelope(
    x: np.ndarray, y: np.ndarray, bins: int, *, log: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """At most two points a bin, its least and its greatest y: the same picture, drawn faster.

    Args:
        x, y: (N,) float64, x rising.
        bins: about as many as the plot has pixels to tell apart.
        log: whether x, above zero then, is drawn on a logarithmic axis.

    Returns:
        x and y, at most (2 * bins,) float64.
    """
    if len(x) <= 2 * bins:
        return x, y
    starts = np.linspace(0, len(x), bins, endpoint=False).astype(int)
    if log:
        starts = _log_places(x, bins)
    low, high = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    return np.repeat(x[starts], 2), np.column_stack([low, high]).ravel()


def thinned(
    x: np.ndarray, y: np.ndarray, points: int, *, log: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """At most `points` of a smooth curve (N,), (N,), its ends among them; `log` as above."""
    if len(x) <= points:
        return x, y
    kept = np.linspace(0, len(x) - 1, points).round().astype(int)
    if log:
        kept = _log_places(x, points)
    return x[kept], y[kept]


def _log_places(x: np.ndarray, count: int) -> np.ndarray:
    """At most `count` places of x (N,) that lie evenly on a logarithmic axis."""
    first = int(np.searchsorted(x, 0.0, side="right"))
    if first == len(x):
        return np.arange(min(count, len(x)))
    wanted = np.geomspace(x[first], x[-1], count)
    wanted[0], wanted[-1] = x[first], x[-1]  # not rounded beside the ends
    return np.unique(np.searchsorted(x, wanted))


def line_pen(color: str | QColor, *, width: float = 1.0, dash: Sequence[float] = ()) -> QPen:
    """A cosmetic pen: the same width at every zoom."""
    pen: QPen = pg.mkPen(color, width=width)
    if dash:
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern(list(dash))
    return pen


def faint(color: str, alpha: float = RAW_ALPHA) -> QColor:
    result = QColor(color)
    result.setAlphaF(alpha)
    return result


def duration(seconds: float) -> str:
    """h:mm:ss or m:ss; a dash when unknown."""
    if not math.isfinite(seconds) or seconds < 0:
        return "–"
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"


def fixed(value: float, decimals: int) -> str:
    """A number with a fixed count of decimals in the window's language, for live readouts."""
    return QLocale().toString(float(value), "f", decimals)
