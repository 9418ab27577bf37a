"""Several racer plots side by side in one view."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.networks.tasks.pictures.racer_plot import RacerPlot
from gui.plots.layer import PlotLayer
from gui.racing.racer_style import draw_head

Array = NDArray[np.float64]


class MarkersLayer(PlotLayer):
    """Each racer's symbol at some points."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=5)
        self._points: Sequence[Array] = ()
        self._looks: Sequence[RacerStyle] = ()

    def show_points(self, points: Sequence[Array], looks: Sequence[RacerStyle]) -> None:
        """Points (n, 2) of each look."""
        self._points, self._looks = points, looks
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for points, look in zip(self._points, self._looks, strict=False):
            style = theme.current().racer(look)
            for x, y in self.pixels(points).tolist():
                if np.isfinite(x) and np.isfinite(y):
                    draw_head(
                        painter,
                        style,
                        QPointF(x, y),
                        size=8 * self.scale_factor,
                        casing=theme.current().color("panel"),
                        width=1.0,
                    )


class PlotRow(pg.GraphicsLayoutWidget):
    """Plots with a title each; as many as are asked for, in rows of at most so many."""

    def __init__(self, name: str, parent: QWidget | None = None, *, across: int = 4) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.setMinimumSize(160, 90)
        self.ci.layout.setContentsMargins(2, 2, 8, 0)
        self.ci.layout.setSpacing(4)
        self.plots: list[RacerPlot] = []
        self._across = across
        self._scale = 1.0
        self._titles: Sequence[str] = ()

    def set_count(self, count: int) -> None:
        """Have so many plots."""
        while len(self.plots) > count:
            self.removeItem(self.plots.pop())
        while len(self.plots) < count:
            plot = RacerPlot()
            row, column = divmod(len(self.plots), self._across)
            self.plots.append(plot)
            self.addItem(plot, row, column)
            self.ci.layout.setColumnStretchFactor(column, 1)
            self.ci.layout.setColumnPreferredWidth(column, 400)
            plot.set_scale(self._scale)

    def set_titles(self, titles: Sequence[str]) -> None:
        """What stands above each plot."""
        self._titles = tuple(titles)
        size = f"{round(11 * self._scale)}px"
        for plot, title in zip(self.plots, titles, strict=False):
            plot.setTitle(title, color=theme.current().text, size=size)

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self._scale = factor
        for plot in self.plots:
            plot.set_scale(factor)
        self.set_titles(self._titles)

    def restyle(self) -> None:
        """Take the theme's colours."""
        self.setBackground(theme.current().color("panel"))
        for plot in self.plots:
            plot.restyle()
        self.set_titles(self._titles)
