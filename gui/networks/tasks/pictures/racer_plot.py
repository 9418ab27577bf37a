"""A still plot with a line a racer, which other plots of this folder are made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from engine.optimizers.looks import RacerStyle
from gui.plots.number_axis import NumberAxis
from gui.plots.polylines import LinesLayer
from gui.racing.racer_style import curve_stroke

Array = NDArray[np.float64]


class StillViewBox(pg.ViewBox):
    """Shows what it is told to show; the mouse moves nothing."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)
        self.setMouseEnabled(False, False)

    def mouseDragEvent(self, ev: object, axis: int | None = None) -> None:
        ev.ignore()  # type: ignore[attr-defined]

    def wheelEvent(self, ev: object, axis: int | None = None) -> None:
        ev.ignore()  # type: ignore[attr-defined]


class RacerPlot(pg.PlotItem):
    """Axes with their names, and lines in the racers' looks."""

    def __init__(self) -> None:
        self.box = StillViewBox()
        super().__init__(
            viewBox=self.box,
            axisItems={"left": NumberAxis("left"), "bottom": NumberAxis("bottom")},
            enableMenu=False,
        )
        self.hideButtons()
        self.lines = LinesLayer(self.box)
        self._looks: Sequence[RacerStyle] = ()
        self._scale = 1.0
        self._names = ("", "")  # of the axes
        self._ends: tuple[float, float, float, float] | None = None

    def set_looks(self, looks: Sequence[RacerStyle]) -> None:
        """One line for each look."""
        self._looks = tuple(looks)
        self._restroke()

    def show_lines(self, lines: Sequence[Array]) -> None:
        """Points (n, 2) of each line, of as many points all; others than before."""
        self.lines.restart()
        self.lines.show_lines(lines, max((len(line) for line in lines), default=0))

    def set_ends(self, x0: float, x1: float, y0: float, y1: float) -> None:
        """The part of the plane that is shown; the same one draws no axis anew."""
        if self._ends != (x0, x1, y0, y1):
            self._ends = (x0, x1, y0, y1)
            self.setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0)

    def name_axes(self, x: str, y: str) -> None:
        """What the axes are."""
        self._names = (x, y)
        self._name()

    def _name(self) -> None:
        x, y = self._names
        size = round(11 * self._scale)
        self.getAxis("bottom").set_title(x, size_px=size)
        self.getAxis("left").set_title(y, size_px=size)

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self._scale = factor
        self.lines.set_scale(factor)
        self.restyle()

    def restyle(self) -> None:
        """Take the theme's colours."""
        size = round(11 * self._scale)
        for side in ("left", "bottom"):
            self.getAxis(side).restyle(size_px=size)
        self.getAxis("bottom").setHeight(round(3.1 * size))
        self.getAxis("left").setWidth(round(5.0 * size))
        self._name()
        self._restroke()

    def _restroke(self) -> None:
        self.lines.set_strokes([curve_stroke(look, scale=self._scale) for look in self._looks])
