"""Layer by layer: how long the gradient is, how far a step goes, how much is saturated."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.networks.tasks.frame import FitFrame
from gui import number_text, theme
from gui.networks.tasks.pictures.picture import Racers
from gui.networks.tasks.pictures.racer_key import RacerKey
from gui.networks.tasks.pictures.racer_plot import RacerPlot
from gui.networks.tasks.pictures.racer_tile import percent
from gui.networks.tasks.pictures.tabs.plot_row import MarkersLayer, PlotRow
from gui.plots.growing_series import logarithm
from gui.racing.racer_style import swatch
from gui.widgets.fact_table import FactTable

Array = NDArray[np.float64]

MANY = 0.5  # of the outputs of a layer that are flat: said in the colour of a warning
DECADES = 12.0
SHARES = [[(share, str(share)) for share in (0, 50, 100)]]  # in per cent, room in any window


class LayersTab(QWidget):
    """Three plots over the layers, and the same numbers as a table."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._racers: Racers = ()
        self._frame: FitFrame | None = None
        self.key = RacerKey(f"{name}.key", self)
        self.plots = PlotRow(f"{name}.plots", self)
        self.plots.set_count(3)
        self.markers = [MarkersLayer(plot.box) for plot in self.plots.plots]
        for plot in self.plots.plots[:2]:
            plot.getAxis("left").setLogMode(x=False, y=True)
        self.plots.plots[2].getAxis("left").setTicks(SHARES)
        self.table = FactTable(f"{name}.table", 5, self, titled=True)
        self.table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.table.stretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.key)
        column.addWidget(self.plots, 3)
        column.addWidget(self.table, 2)
        self.restyle()
        self.retranslate()

    def set_racers(self, racers: Racers) -> None:
        """Names and looks; nothing of them is known yet."""
        self._racers = tuple(racers)
        self._frame = None
        self.key.set_racers(racers)
        for plot in self.plots.plots:
            plot.set_looks([look for _, look in racers])
            plot.show_lines([])
        for layer in self.markers:
            layer.show_points((), ())
        self.table.fill([])

    def show_frame(self, frame: FitFrame) -> None:
        """Every racer's layers at a step."""
        self._frame = frame
        saturated = 100 * frame.saturated
        shown = (logarithm(frame.gradient_norms), logarithm(frame.update_ratios), saturated)
        looks = [look for _, look in self._racers]
        layers = max(frame.gradient_norms.shape[1], 1)
        for index, (plot, marks, values) in enumerate(
            zip(self.plots.plots, self.markers, shown, strict=True)
        ):
            places = np.arange(1, values.shape[1] + 1)
            points = [np.column_stack((places, row)) for row in values]
            plot.show_lines(points)
            marks.show_points(points, looks)
            low, high = (-4.0, 104.0) if index == 2 else _decades(values)
            plot.set_ends(0.6, layers + 0.4, low, high)
            _number_layers(plot, layers)
        self._fill(frame)

    def _fill(self, frame: FitFrame) -> None:
        rows, flat = [], []
        for racer, (name, _) in enumerate(self._racers[: len(frame.state)]):
            for layer in range(frame.gradient_norms.shape[1]):
                share = np.nan
                if layer < frame.saturated.shape[1]:
                    share = float(frame.saturated[racer, layer])
                flat.append(share)
                rows.append(
                    (
                        name,
                        str(layer + 1),
                        _number(frame.gradient_norms[racer, layer]),
                        _number(frame.update_ratios[racer, layer]),
                        self.tr("flat {share} %").format(share=percent(share))
                        if np.isfinite(share)
                        else "–",
                    )
                )
        self.table.fill(rows)
        colors = theme.current()
        layers = max(1, frame.gradient_norms.shape[1])
        for row, share in enumerate(flat):
            item = self.table.item(row, 0)
            if item is not None:
                item.setIcon(swatch(self._racers[row // layers][1]))
            self.table.paint_cell(row, 4, colors.color("warning" if share > MANY else "text"))

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self.key.set_scale(factor)
        self.plots.set_scale(factor)
        for layer in self.markers:
            layer.set_scale(factor)
        self.table.setVisible(factor <= 1)

    def restyle(self) -> None:
        """Take the theme's colours."""
        self.key.update()
        self.plots.restyle()
        for plot in self.plots.plots:
            plot.getAxis("left").setWidth(46)
        if self._frame is not None:
            self._fill(self._frame)

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        gradient, ratio = self.tr("gradient norm"), self.tr("update / weight")
        flat = self.tr("saturated")
        self.plots.set_titles([gradient, ratio, self.tr("saturated, %")])
        for plot in self.plots.plots:
            plot.name_axes(self.tr("layer"), "")
        self.table.setHorizontalHeaderLabels(
            [self.tr("racer"), self.tr("layer"), gradient, ratio, flat]
        )
        self.table.setAccessibleName(self.tr("Layers of every racer"))
        self.plots.setAccessibleName(self.tr("Layers of every racer"))
        self.plots.setToolTip(
            self.tr(
                "Left: length of the gradient. Middle: length of the last update over that of "
                "the weights; about 0.001 is usual.\nRight: hidden outputs where the activation "
                "is flat (its derivative below 5 % of its greatest), so that little is learned."
            )
        )
        if self._frame is not None:
            self._fill(self._frame)


def _number(value: float) -> str:
    return number_text.write(float(value), digits=3) if np.isfinite(value) else "–"


def _decades(exponents: Array) -> tuple[float, float]:
    """Whole decades around exponents of ten; what is a rounding error does not squash the rest."""
    finite = exponents[np.isfinite(exponents)]
    if not finite.size:
        return -4.0, 0.0
    high = float(np.ceil(finite.max() + 0.1))
    low = float(np.floor(max(finite.min() - 0.1, high - DECADES)))
    return low, high


def _number_layers(plot: RacerPlot, layers: int) -> None:
    """Whole numbers below the plot, where they are not there yet."""
    axis = plot.getAxis("bottom")
    wanted = [[(float(layer), str(layer)) for layer in range(1, layers + 1)]]
    if axis._tickLevels != wanted:
        axis.setTicks(wanted)
