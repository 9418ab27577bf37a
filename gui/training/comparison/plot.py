"""The plot of several runs: curves by group, a cursor that reads their values."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from engine.training.comparison.comparison import Comparison
from gui import theme
from gui.plots.plot_widget import Plot, line_pen
from gui.training.comparison.group_curve import GroupCurve
from gui.training.comparison.line_data import View, nearest

MARK_PX = 8


class ComparisonPlot(Plot):
    """Draws comparisons.

    Signals:
        pointed: the place on the x axis under the mouse, a step or minutes; None elsewhere.
    """

    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._curves: list[GroupCurve] = []
        super().__init__(parent, log_y=True)
        self.setObjectName("training.comparison.canvas")
        self._shown: Comparison | None = None
        self._time = False
        self._marks = pg.ScatterPlotItem(size=MARK_PX)
        self._marks.setZValue(5)
        self._cursor = pg.InfiniteLine(0, angle=90, movable=False)
        self._cursor.hide()
        self.addItem(self._marks)
        self.addItem(self._cursor, ignoreBounds=True)
        self.setMouseTracking(True)
        self.getPlotItem().getViewBox().sigXRangeChanged.connect(self._on_view)
        self.restyle()

    def show_comparison(self, comparison: Comparison | None, *, time: bool) -> None:
        """Draw this; `time` is for minutes along x instead of steps."""
        other_axis = time != self._time
        self._shown, self._time = None, time
        count = len(comparison.groups) if comparison is not None else 0
        while len(self._curves) > count:
            self._curves.pop().remove()
        while len(self._curves) < count:
            self._curves.append(GroupCurve(self, len(self._curves)))
        self._shown = comparison
        if other_axis:
            self.see_all()
        self._draw()

    def see_all(self) -> None:
        """Let the view hold all of the curves again."""
        self.getPlotItem().enableAutoRange()

    def set_logs(self, *, x: bool, y: bool) -> None:
        """Which axes are logarithmic."""
        self.set_log_x(x)
        self.set_log_y(y)
        self.see_all()
        self._draw()

    def values_at(self, place: float | None) -> list[float | None]:
        """What each group is at a place of the x axis; at None, its last value."""
        result: list[float | None] = []
        for curve in self._curves:
            values = curve.curve.mean.values if curve.curve is not None else np.empty(0)
            at = len(values) - 1 if len(values) else None
            if place is not None:
                at = nearest(curve.x, place)
            result.append(None if at is None else float(values[at]))
        return result

    def restyle(self) -> None:
        super().restyle()
        for curve in self._curves:
            curve.restyle()
        if self._curves:
            self._mark()
        if hasattr(self, "_cursor"):
            self._cursor.setPen(line_pen(theme.current().color("text", 0.6)))

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        super().mouseMoveEvent(ev)
        self._point(ev.position())

    def leaveEvent(self, ev: QEvent) -> None:
        super().leaveEvent(ev)
        self._cursor.hide()
        self.pointed.emit(None)

    def _point(self, position: QPointF) -> None:
        box = self.getPlotItem().getViewBox()
        scene = self.mapToScene(position.toPoint())
        inside = box.sceneBoundingRect().contains(scene) and bool(self._curves)
        self._cursor.setVisible(inside)
        if not inside:
            self.pointed.emit(None)
            return
        x = box.mapSceneToView(scene).x()
        self._cursor.setValue(x)
        self.pointed.emit(float(10.0**x) if self.is_log_x() else float(x))

    def _view(self) -> View:
        """What is seen along x; None while the view follows the data."""
        box = self.getPlotItem().getViewBox()
        if box.autoRangeEnabled()[0]:
            return None
        low, high = box.viewRange()[0]
        return (10.0**low, 10.0**high) if self.is_log_x() else (low, high)

    def _draw(self) -> None:
        if self._shown is None:
            self._marks.clear()
            return
        view = self._view()
        for curve, data in zip(self._curves, self._shown.curves, strict=True):
            curve.draw(data, time=self._time, view=view)
        self._mark()

    def _mark(self) -> None:
        """A few markers on each line, all in one item; they tell lines apart without colour."""
        view = self._view()
        xs, ys, symbols, brushes = [], [], [], []
        for curve in self._curves:
            x, y = curve.marked(view)
            kept = np.isfinite(y) & ((y > 0) | (not self.is_log_y()))
            kept &= (x > 0) | (not self.is_log_x())
            x, y = x[kept], y[kept]
            xs.append(np.log10(x) if self.is_log_x() else x)
            ys.append(np.log10(y) if self.is_log_y() else y)
            symbols += [curve.style.marker] * len(x)
            brushes += [pg.mkBrush(curve.style.color)] * len(x)
        if not symbols:
            self._marks.clear()
            return
        self._marks.setData(
            x=np.concatenate(xs),
            y=np.concatenate(ys),
            symbol=symbols,
            brush=brushes,
            pen=theme.current().panel,
        )

    def _on_view(self) -> None:
        """Zoomed or moved by hand: show what is there in full."""
        if not self.getPlotItem().getViewBox().autoRangeEnabled()[0]:
            self._draw()
