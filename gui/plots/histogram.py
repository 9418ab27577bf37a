"""Bars of counts, and lines that mark values among them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.plots.plot_widget import Plot, faint, line_pen


class Histogram(Plot):
    """Counts between edges; on a logarithmic axis where the edges are spread so.

    Args:
        log_x: whether edges and marks are shown by their logarithms.
    """

    def __init__(self, parent: QWidget | None = None, *, log_x: bool = False) -> None:
        self._log_x = log_x
        self._bars: pg.BarGraphItem | None = None
        self._marks: list[pg.InfiniteLine] = []
        self._counts: NDArray[np.int64] = np.zeros(0, np.int64)
        super().__init__(parent)
        self.getPlotItem().setLogMode(x=log_x, y=False)
        self.setMouseEnabled(x=False, y=False)

    @property
    def counts(self) -> NDArray[np.int64]:
        """(E,) the counts that are shown."""
        return self._counts

    def set_counts(
        self,
        edges: NDArray[np.float64],
        counts: NDArray[np.int64],
        marks: Sequence[float] = (),
        proposed: Sequence[float] = (),
    ) -> None:
        """Show other counts.

        Args:
            edges: (E + 1,) rising; positive on a logarithmic axis.
            counts: (E,).
            marks, proposed: values at which a solid, and a dashed, line stands.
        """
        self.clear()
        self._bars, self._marks, self._counts = None, [], counts
        if len(counts):
            places = np.log10(edges) if self._log_x else edges
            self._bars = pg.BarGraphItem(x0=places[:-1], x1=places[1:], y0=0, height=counts)
            self.addItem(self._bars)
            self.getPlotItem().setRange(
                yRange=(0, max(float(counts.max()), 1.0)), padding=0.05, disableAutoRange=False
            )
        for values, style in (
            (marks, Qt.PenStyle.SolidLine), (proposed, Qt.PenStyle.DashLine),
        ):  # fmt: skip
            for value in values:
                line = pg.InfiniteLine(np.log10(value) if self._log_x else value, angle=90)
                line.dashed = style == Qt.PenStyle.DashLine
                self._marks.append(line)
                self.addItem(line)
        self.restyle()

    def restyle(self) -> None:
        """Take the theme's colours."""
        super().restyle()
        colors = theme.current()
        if self._bars is not None:
            self._bars.setOpts(brush=faint(colors.accent, 0.6), pen=line_pen(colors.panel))
        for line in self._marks:
            line.setPen(line_pen(colors.text, width=1.5, dash=(3, 3) if line.dashed else ()))
