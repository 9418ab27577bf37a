"""Learning rate against momentum: where the chosen racer converges, how fast, and where not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from engine.descent.race import Racer, RaceSpec
from gui import theme
from gui.descent.axes import NumberAxis
from gui.descent.color_bar import ColorBar

if TYPE_CHECKING:
    from engine.descent.sweeps import SweepMap, SweepProgress

SIDE = 140  # pairs along each axis
MOST_STEPS = 300
AROUND = 30.0  # the rates reach so many times below and above the racer's own
HIGHEST_MOMENTUM = 0.99
FASTEST, SLOWEST = 0.8, 1.0  # factors a step at the ends of the colours
DOT_PX = 14


class SweepRacer:
    """Makes the generator of a sweep on the worker."""

    def __init__(self, spec: RaceSpec, racer: Racer, rate: float) -> None:
        self._spec = spec
        self._racer = racer
        self._rate = rate

    def __call__(self) -> Iterator[SweepProgress | SweepMap]:
        from engine.descent.sweeps import Axis, SweepSpec, sweep

        spec = SweepSpec(
            surface=self._spec.surface,
            formula=self._spec.formula,
            parameters=self._spec.parameters,
            start=self._racer.start or self._spec.start,
            racer=self._racer,
            lr=Axis(self._rate / AROUND, self._rate * AROUND, SIDE, logarithmic=True),
            momentum=Axis(0.0, HIGHEST_MOMENTUM, SIDE),
            steps=min(self._spec.steps, MOST_STEPS),
            data=self._spec.data,
        )
        return sweep(spec)


def stability_limit(curvature: float, momentum: NDArray[np.float64], *, nesterov: bool) -> Any:
    """The largest stable rate for each momentum on a quadratic.

    2 (1 + mu) / L for the heavy ball (2 / L without momentum), and for Nesterov
    (2 + 2 mu) / ((1 + 2 mu) L); Polyak 1964, Sutskever et al. 2013.

    Args:
        curvature: L, the largest eigenvalue of the Hessian.
    """
    heavy_ball = 2 * (1 + momentum) / curvature
    return heavy_ball / (1 + 2 * momentum) if nesterov else heavy_ball


class PointingViewBox(pg.ViewBox):
    """A press points at a pair.

    Signals:
        pointed: exponent of the rate, and the momentum.
    """

    pointed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)
        self.setMouseEnabled(False, False)

    def mouseClickEvent(self, ev: Any) -> None:
        self._point(ev)

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        self._point(ev)

    def _point(self, ev: Any) -> None:
        if ev.button() is Qt.MouseButton.LeftButton:
            ev.accept()
            place = self.mapSceneToView(ev.scenePos())
            (x0, x1), (y0, y1) = self.viewRange()
            self.pointed.emit(min(max(place.x(), x0), x1), min(max(place.y(), y0), y1))


class StabilityDialog(QDialog):
    """The map with the racers as dots; pressing it sets the chosen racer.

    Signals:
        pair_wanted: learning rate and momentum.
    """

    pair_wanted = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.stability.dialog")
        self._map: SweepMap | None = None
        self._limited = False
        self.resize(620, 480)
        self._view = pg.GraphicsLayoutWidget()
        self._view.setObjectName("descent.stability.canvas")
        self._view.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.box = PointingViewBox()
        self.box.pointed.connect(self._on_pointed)
        self._plot = pg.PlotItem(
            viewBox=self.box,
            axisItems={"left": NumberAxis("left"), "bottom": NumberAxis("bottom")},
            enableMenu=False,
        )
        self._plot.hideButtons()
        self._bar = ColorBar()
        self._view.addItem(self._plot, 0, 0)
        self._plot.layout.addItem(self._bar, 2, 3)
        self._plot.layout.setColumnFixedWidth(3, 84)
        self._plot.getAxis("bottom").setLogMode(x=True, y=False)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._plot.addItem(self._image)
        self._limit = pg.PlotCurveItem()
        self._plot.addItem(self._limit)
        self._dots = pg.ScatterPlotItem(size=DOT_PX)
        self._plot.addItem(self._dots)
        self.caption = QLabel(self)
        self.caption.setObjectName("descent.stability.label")
        self.caption.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        column.addWidget(self.caption)
        column.addWidget(self._view, 1)
        theme.notifier().changed.connect(self.restyle)
        self._name = ""
        self.restyle()
        self.retranslate()

    @property
    def sweep(self) -> SweepMap | None:
        return self._map

    def show_map(self, sweep: SweepMap, name: str) -> None:
        """Colour every pair by the factor a step; what diverged is grey."""
        self._map, self._name = sweep, name
        table = pg.colormap.get("viridis").getLookupTable(0.0, 1.0, 256)
        with np.errstate(all="ignore"):
            share = (sweep.rate - FASTEST) / (SLOWEST - FASTEST)
        picture = table[(np.clip(np.nan_to_num(share, nan=1.0), 0, 1) * 255).astype(np.intp)]
        grey = theme.current().color("disabled")
        picture[sweep.diverged] = (grey.red(), grey.green(), grey.blue())
        self._image.setImage(picture.astype(np.uint8), levels=(0, 255))
        x0, x1 = math.log10(sweep.lr[0]), math.log10(sweep.lr[-1])
        y0, y1 = float(sweep.momentum[0]), float(sweep.momentum[-1])
        self._image.setRect(QRectF(x0, y0, x1 - x0, y1 - y0))
        self._plot.setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0)
        self.retranslate()

    def show_limit(self, rates: NDArray[np.float64], momenta: NDArray[np.float64]) -> None:
        """The theory's boundary; none when there are no points."""
        self._limit.setData(np.log10(rates), momenta)
        self._limited = len(rates) > 0
        self.retranslate()

    def show_dots(self, dots: Sequence[tuple[float, float, int]]) -> None:
        """Racers as (rate, momentum, look)."""
        colors = theme.current()
        self._dots.setData(
            [
                {
                    "pos": (math.log10(rate), momentum),
                    "symbol": colors.series_style(look).marker,
                    "brush": QColor(colors.series_style(look).color),
                    "pen": colors.color("casing"),
                }
                for rate, momentum, look in dots
                if rate > 0
            ]
        )

    def restyle(self) -> None:
        colors = theme.current()
        self._view.setBackground(colors.color("panel"))
        for side in ("left", "bottom"):
            self._plot.getAxis(side).restyle()
        self._plot.getAxis("bottom").setHeight(40)
        self._bar.restyle()
        self._bar.show_range(FASTEST, SLOWEST, logarithmic=False)
        self._limit.setPen(colors.color("error"), width=2)
        if self._map is not None:
            self.show_map(self._map, self._name)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Learning Rate and Momentum"))
        self._view.setAccessibleName(self.tr("Map of learning rate and momentum"))
        self._plot.getAxis("bottom").set_title(self.tr("learning rate lr, log"))
        self._plot.getAxis("left").set_title(self.tr("momentum"))
        self._bar.set_title(self.tr("distance times … in a step"))
        if self._map is None:
            self.caption.setText(self.tr("Every pair is being tried…"))
            return
        text = self.tr("{name}: dark converges fast, grey diverges. Press a pair to race with it.")
        if self._limited:
            text = self.tr(
                "{name}: dark converges fast, grey diverges; the red line is the theory's "
                "bound. Press a pair to race with it."
            )
        self.caption.setText(text.format(name=self._name))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_pointed(self, exponent: float, momentum: float) -> None:
        self.pair_wanted.emit(float(f"{10**exponent:.3g}"), float(f"{momentum:.3g}"))
