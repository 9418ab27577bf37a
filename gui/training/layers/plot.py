"""One measure of all layer groups over the steps, on a logarithmic axis."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.plots.plot_widget import Plot
from gui.training.layers import group_names
from gui.training.loss_curves import Curve, Marks

AXIS_PX = 64  # one left edge for plots below each other


class GroupPlot(Plot):
    """Curves by the groups' names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, log_y=True)
        self.getPlotItem().getAxis("left").setWidth(AXIS_PX)
        self._curves: dict[str, Curve] = {}
        self._hidden: set[str] = set()
        self._touched: set[str] = set()  # what has grown since it was drawn
        self._marks = Marks()
        self.addItem(self._marks)

    def append(self, name: str, step: int, value: float) -> None:
        """One more measurement, drawn by `redraw`; what has no logarithm is left out."""
        if value <= 0:
            return
        if name not in self._curves:
            self._curves[name] = Curve(self, name, names=group_names)
            self._curves[name].show(name not in self._hidden)
        self._curves[name].append(step, value)
        self._touched.add(name)

    def begin_phase(self) -> None:
        """Another part of the schedule moves other layers: averages start from nothing."""
        for curve in self._curves.values():
            curve.begin_phase()

    def redraw(self) -> None:
        """Draw what has come."""
        grown, self._touched = self._touched, set()
        for name in grown:
            self._curves[name].redraw(None)
        if grown:
            self._mark()

    def clear_curves(self) -> None:
        """Forget what was measured."""
        for curve in self._curves.values():
            curve.clear()
        self._marks.clear()
        self._touched.clear()

    def show_group(self, name: str, on: bool) -> None:
        """Show or hide a curve, those to come as well."""
        (self._hidden.discard if on else self._hidden.add)(name)
        if name in self._curves:
            self._curves[name].show(on)
            self._mark()

    def counts(self) -> dict[str, int]:
        """How many measurements each group has."""
        return {name: len(curve.track) for name, curve in self._curves.items() if curve.track}

    def restyle(self) -> None:
        super().restyle()
        for curve in getattr(self, "_curves", {}).values():  # the base class calls it first
            curve.restyle()
        if hasattr(self, "_marks"):
            self._mark()

    def _mark(self) -> None:
        self._marks.redraw(self._curves.values(), view=None, log=True)
