"""Learning rate against momentum: where the chosen racer converges, how fast, and where not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from engine.descent.race.spec import RaceSpec
from engine.optimizers import registry as optimizers
from engine.optimizers.looks import RacerStyle
from engine.optimizers.racer import Racer
from gui import number_text, theme
from gui.plots.color_bar import ColorBar
from gui.plots.number_axis import NumberAxis

if TYPE_CHECKING:
    from engine.descent.maps.stability_bound import Bound
    from engine.descent.maps.sweep import SweepMap, SweepProgress

SIDE, COARSE_SIDE = 140, 35  # pairs along each axis
MOST_STEPS = 300
AROUND = 30.0  # the rates reach so many times below and above the racer's own
HIGHEST_MOMENTUM = 0.99
FASTEST, SLOWEST = 0.8, 1.0  # factors a step at the ends of the colours
DOT_PX, CHOSEN_PX = 14, 19
OPEN_PX = 2.5  # outline of an open marker
GRIP_PX = 16.0  # how near to a dot a press takes hold of it


def sweep_racer(
    spec: RaceSpec, racer: Racer, rate: float
) -> Iterator[SweepProgress | SweepMap | Bound]:
    """A racer with every pair of momentum and a rate around the given one, on the worker.

    The bound comes first, where there is one, then a coarse map, then a fine one.
    """
    from engine.descent.maps.stability_bound import bound
    from engine.descent.maps.sweep import Axis, SweepSpec, sweep

    found = bound(spec, racer, np.linspace(0.0, HIGHEST_MOMENTUM, 100))
    if found is not None:
        yield found
    key = second_key(racer.optimizer)
    for side in (COARSE_SIDE, SIDE):
        rates = Axis(rate / AROUND, rate * AROUND, side, logarithmic=True)
        yield from sweep(
            SweepSpec(
                surface=spec.surface,
                formula=spec.formula,
                parameters=spec.parameters,
                start=racer.start or spec.start,
                racer=racer,
                lr=rates,
                momentum=Axis(0.0, HIGHEST_MOMENTUM, side) if key else None,
                steps=min(spec.steps, MOST_STEPS),
                data=spec.data,
                key=key or "momentum",
            )
        )


def second_key(optimizer: str) -> str:
    """What the map has upwards: `momentum`, `beta1`, or nothing."""
    known = optimizers.find(optimizer).defaults
    return next((key for key in ("momentum", "beta1") if key in known), "")


@dataclass(frozen=True)
class Dot:
    """A racer on the map."""

    name: str
    rate: float
    momentum: float
    look: RacerStyle
    chosen: bool


class PointingViewBox(pg.ViewBox):
    """A press points at a pair, a drag leads it.

    Signals:
        pointed: exponent of the rate, the momentum, and the stage (1 a drag's first, 0
            further, 2 last; 3 a click).
        pressed: where a drag or click began, before it points.
    """

    pointed = Signal(float, float, int)
    pressed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)
        self.setMouseEnabled(False, False)

    def mouseClickEvent(self, ev: Any) -> None:
        if ev.button() is Qt.MouseButton.LeftButton:
            ev.accept()
            self._press(ev.scenePos())
            self._point(ev.scenePos(), 3)

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        if ev.button() is Qt.MouseButton.LeftButton:
            ev.accept()
            if ev.isStart():
                self._press(ev.buttonDownScenePos())
            self._point(ev.scenePos(), 1 if ev.isStart() else 2 if ev.isFinish() else 0)

    def _press(self, scene: Any) -> None:
        place = self.mapSceneToView(scene)
        self.pressed.emit(place.x(), place.y())

    def _point(self, scene: Any, stage: int) -> None:
        place = self.mapSceneToView(scene)
        (x0, x1), (y0, y1) = self.viewRange()
        self.pointed.emit(min(max(place.x(), x0), x1), min(max(place.y(), y0), y1), stage)


class StabilityDialog(QDialog):
    """The map with the racers as dots, which can be dragged; elsewhere the chosen one comes.

    Signals:
        pair_wanted: a racer's name, learning rate, momentum, and the stage of the drag
            (`PointingViewBox`).
    """

    pair_wanted = Signal(str, float, float, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.stability.dialog")
        self._map: SweepMap | None = None
        self._bound: Bound | None = None
        self._dots: tuple[Dot, ...] = ()
        self._held = ""
        self._leads = False  # a press that found a map leads a racer, until it ends
        self._key = "momentum"
        self.resize(620, 480)
        self._view = pg.GraphicsLayoutWidget()
        self._view.setObjectName("descent.stability.canvas")
        self._view.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.box = PointingViewBox()
        self.box.pressed.connect(self._on_pressed)
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
        self._marks = pg.ScatterPlotItem()
        self._plot.addItem(self._marks)
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

    def expect_map(self, rate: float) -> None:
        """A map around a learning rate is to come: show its axes, and no map of anything else.

        While a dot is led its axes stay: they would run away under the hand.
        """
        self._map = None
        self._image.clear()
        if not self._leads:
            ends = math.log10(rate / AROUND), math.log10(rate * AROUND)
            self._plot.setRange(xRange=ends, yRange=(0.0, HIGHEST_MOMENTUM), padding=0)
        self.retranslate()

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
        y0, y1 = 0.0, HIGHEST_MOMENTUM  # a rule without momentum is the same at every height
        self._image.setRect(QRectF(x0, y0, x1 - x0, y1 - y0))
        self._plot.setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0)
        self.retranslate()

    def show_bound(self, bound: Bound | None) -> None:
        """The theory's boundary, solid on a quadratic and dashed near a minimum; or none."""
        self._bound = bound
        if bound is None:
            self._limit.setData([], [])
        else:
            self._limit.setData(np.log10(bound.lr), bound.momentum)
        self._style_limit()
        self.retranslate()

    def show_dots(self, dots: Sequence[Dot], key: str) -> None:
        """The racers, and which setting is upwards; empty for none."""
        self._dots, self._key = tuple(dot for dot in dots if dot.rate > 0), key
        colors = theme.current()
        self._marks.setData(
            [
                {
                    "pos": (math.log10(dot.rate), dot.momentum),
                    "symbol": colors.racer(dot.look).marker,
                    **inks(colors.racer(dot.look)),
                    "size": CHOSEN_PX if dot.chosen else DOT_PX,
                }
                for dot in sorted(self._dots, key=is_chosen)
            ]
        )
        self.retranslate()

    def _style_limit(self) -> None:
        exact = self._bound is not None and self._bound.exact
        style = Qt.PenStyle.SolidLine if exact else Qt.PenStyle.DashLine
        self._limit.setPen(pg.mkPen(theme.current().color("error"), width=2, style=style))

    def inspect_state(self) -> dict[str, object]:
        """Where the dots are on the screen, for programs that look from outside."""
        found = {}
        for dot in self._dots:
            scene = self.box.mapViewToScene(QPointF(math.log10(dot.rate), dot.momentum))
            place = self._view.mapToGlobal(self._view.mapFromScene(scene))
            found[dot.name] = [place.x(), place.y(), dot.rate, dot.momentum]
        return {"dots": found, "mapped": self._map is not None, "bound": self._bound is not None}

    def restyle(self) -> None:
        colors = theme.current()
        self._view.setBackground(colors.color("panel"))
        for side in ("left", "bottom"):
            self._plot.getAxis(side).restyle()
        self._plot.getAxis("bottom").setHeight(40)
        self._bar.restyle()
        self._bar.show_range(FASTEST, SLOWEST, logarithmic=False)
        self._style_limit()
        self.show_dots(self._dots, self._key)
        if self._map is not None:
            self.show_map(self._map, self._name)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Learning Rate and Momentum"))
        self._view.setAccessibleName(self.tr("Map of learning rate and momentum"))
        self._plot.getAxis("bottom").set_title(self.tr("learning rate lr, log"))
        upwards = {"momentum": self.tr("momentum"), "beta1": "beta1", "": self.tr("no momentum")}
        self._plot.getAxis("left").set_title(upwards[self._key])
        self._bar.set_title(self.tr("distance times … in a step"))
        text = self.tr(
            "{name}: dark converges fast, grey diverges. Drag a racer's dot to race with another "
            "pair."
        )
        sentences = [text.format(name=self._name)]
        if self._map is None:
            sentences = [self.tr("Every pair is being tried…")]
        elif (self._map.rate == 0).any():
            sentences.append(
                self.tr("Darkest: at the minimum to the last digit before the steps were over.")
            )
        if self._bound is not None:
            text = self.tr("Red: theory's bound on this quadratic, L = {curvature}.")
            if not self._bound.exact:
                text = self.tr(
                    "Red, dashed: the bound near the minimum ({x}; {y}), where the Hessian's "
                    "largest eigenvalue is {curvature}."
                )
            x, y = (number_text.write(float(value), digits=4) for value in self._bound.minimum)
            curvature = number_text.write(self._bound.curvature, digits=5)
            sentences.append(text.format(x=x, y=y, curvature=curvature))
        self.caption.setText(" ".join(sentences))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_pressed(self, exponent: float, momentum: float) -> None:
        """Take hold of the dot under the cursor; of the chosen racer where there is none."""
        self._leads = self._map is not None
        size_x, size_y = self.box.viewPixelSize()
        self._held, nearest = "", GRIP_PX
        for dot in self._dots:
            across = (math.log10(dot.rate) - exponent) / size_x
            up = (dot.momentum - momentum) / size_y
            away = math.hypot(across, up) - dot.chosen  # of two on one place the chosen one
            if away <= nearest:
                self._held, nearest = dot.name, away

    def _on_pointed(self, exponent: float, momentum: float, stage: int) -> None:
        if not self._leads:
            return  # nothing is seen yet that could be pointed at
        self._leads = not stage & 2
        rate, share = float(f"{10**exponent:.2g}"), float(f"{momentum:.3g}")
        self.pair_wanted.emit(self._held, rate, share, stage)


def inks(style: theme.Series) -> dict[str, Any]:
    """How a racer's dot is filled and outlined, as everywhere."""
    color, casing = QColor(style.color), theme.current().color("casing")
    if style.fill == "full":
        return {"brush": color, "pen": casing}
    return {"brush": casing, "pen": pg.mkPen(color, width=OPEN_PX)}


def is_chosen(dot: Dot) -> bool:
    return dot.chosen
