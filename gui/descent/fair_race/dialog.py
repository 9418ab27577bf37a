"""The fair race: a strip for each optimizer, its loss where the budget ended over its rate."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import (  # fmt: skip
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.optimizers.looks import RacerStyle
from gui import number_text, theme
from gui.plots.color_bar import ColorBar
from gui.plots.number_axis import NumberAxis
from gui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from engine.descent.maps.fair_race import Strip

DIGITS_LEFT = 1e-16  # of the loss at the start: below it double precision has nothing to say
STRIP = 0.82  # of a row's height


@dataclass(frozen=True)
class Contestant:
    """One row: its name, how it is drawn, and at which rate it races now (NaN: it does not)."""

    name: str
    title: str
    look: RacerStyle
    rate: float


class StripBox(pg.ViewBox):
    """A press chooses, a move points.

    Signals:
        pressed: exponent of the rate, and the row's coordinate.
    """

    pressed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)
        self.setMouseEnabled(False, False)

    def mouseClickEvent(self, ev: Any) -> None:
        if ev.button() is Qt.MouseButton.LeftButton:
            ev.accept()
            place = self.mapSceneToView(ev.scenePos())
            self.pressed.emit(place.x(), place.y())


class Marks(pg.ScatterPlotItem):
    """Points that leave the mouse to what lies below them."""

    def mouseClickEvent(self, ev: Any) -> None:
        ev.ignore()


class NameAxis(pg.AxisItem):
    """Texts beside the rows."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.setStyle(tickLength=0)
        self.texts: Sequence[str] = ()

    def show_texts(self, texts: Sequence[str]) -> None:
        """From the top down."""
        self.texts = texts
        self.setTicks([[(-row, text) for row, text in enumerate(texts)]])

    def restyle(self) -> None:
        colors = theme.current()
        self.setPen(colors.color("border"))
        self.setTextPen(colors.color("text"))


class FairDialog(QDialog):
    """The strips, the budget, progress with Cancel; a press on a strip sets that rate.

    Signals:
        run_wanted: the budget, and whether optimizers that are not in the race come too.
        cancel_wanted: the button.
        rate_wanted: a contestant's name and the learning rate.
    """

    run_wanted = Signal(int, bool)
    cancel_wanted = Signal()
    rate_wanted = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.fair.dialog")
        self.resize(760, 520)
        self._contestants: tuple[Contestant, ...] = ()
        self._strips: dict[int, Strip] = {}
        self._running = False
        self._pointed = ""
        self._budget_label = QLabel(self)
        self._budget_label.setObjectName("descent.fair.budget.label")
        self.budget = NumberField(300, self, minimum=1, maximum=100_000, step=50, integer=True)
        self.budget.setObjectName("descent.fair.budget.field")
        self.budget.setMaximumWidth(90)
        self.budget.value_changed.connect(self._ask)
        self.all = QCheckBox(self)
        self.all.setObjectName("descent.fair.all.check")
        self.all.clicked.connect(self._ask)
        self.button = QPushButton(self)
        self.button.setObjectName("descent.fair.run.button")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._on_button)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("descent.fair.progress")
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self._view = pg.GraphicsLayoutWidget()
        self._view.setObjectName("descent.fair.canvas")
        self._view.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.box = StripBox()
        self.box.pressed.connect(self._on_pressed)
        self._names, self._bests = NameAxis("left"), NameAxis("right")
        self._plot = pg.PlotItem(
            viewBox=self.box,
            axisItems={
                "left": self._names,
                "bottom": NumberAxis("bottom"),
                "right": self._bests,
            },
            enableMenu=False,
        )
        self._plot.hideButtons()
        self._plot.getAxis("bottom").setLogMode(x=True, y=False)
        self._color = ColorBar()
        self._view.addItem(self._plot, 0, 0)
        self._view.addItem(self._color, 0, 1)
        self._view.ci.layout.setColumnFixedWidth(1, 88)
        self._images: list[pg.ImageItem] = []
        self._marks = Marks()
        self._marks.setZValue(10)
        self._plot.addItem(self._marks)
        self._view.scene().sigMouseMoved.connect(self._on_mouse)
        self.caption = QLabel(self)
        self.caption.setObjectName("descent.fair.label")
        self.caption.setWordWrap(True)
        self.readout = QLabel(self)
        self.readout.setObjectName("descent.fair.readout")
        self.readout.setFont(theme.tabular(self.readout.font()))
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        for widget in (self._budget_label, self.budget, self.all):
            top.addWidget(widget)
        top.addWidget(self.bar, 1)
        top.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        column.addWidget(self.caption)
        column.addLayout(top)
        column.addWidget(self._view, 1)
        column.addWidget(self.readout)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    @property
    def strips(self) -> Mapping[int, Strip]:
        """By row; those that are computed."""
        return self._strips

    # -- what is shown ------------------------------------------------------------------------

    def show_contestants(self, contestants: Sequence[Contestant]) -> None:
        """The contestants that have a row, from the top down; other strips are gone."""
        if [contestant.name for contestant in contestants] != [
            contestant.name for contestant in self._contestants
        ]:
            self._strips.clear()
        self._contestants = tuple(contestants)
        self._draw()

    def show_strip(self, strip: Strip) -> None:
        """One more strip, or a newer one."""
        self._strips[strip.index] = strip
        self._draw()

    def show_running(self, running: bool, done: float = 0.0) -> None:
        """Progress and Cancel, or Run."""
        if running and not self._running:
            self._strips.clear()
            self._draw()
        self._running = running
        self.bar.setValue(round(1000 * done) if running else 0)
        self._say()

    def restyle(self) -> None:
        colors = theme.current()
        self._view.setBackground(colors.color("panel"))
        for axis in (self._names, self._bests, self._plot.getAxis("bottom")):
            axis.restyle()
        self._plot.getAxis("bottom").setHeight(40)
        self._color.restyle()
        self._draw()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Fair Race"))
        self._view.setAccessibleName(self.tr("Loss of each optimizer over its learning rate"))
        self._budget_label.setText(self.tr("budget"))
        text = self.tr(
            "Gradient evaluations for each: a lone loss counts as one, Newton's Hessian as two "
            "more, L-BFGS with every call"
        )
        self._budget_label.setToolTip(text)
        self.budget.setAccessibleName(self.tr("Budget of gradient evaluations"))
        self.budget.set_hint(text)
        self.all.setText(self.tr("all optimizers"))
        self.all.setToolTip(self.tr("Those that are not in the race come with their defaults"))
        self.all.setAccessibleName(self.tr("All optimizers, not only those in the race"))
        self.bar.setAccessibleName(self.tr("Progress of the fair race"))
        self._plot.getAxis("bottom").set_title(self.tr("learning rate lr, log"))
        self._color.set_title(self.tr("loss above the lowest known, log"))
        self.caption.setText(
            self.tr(
                "From one start, on one budget: the loss where it ended, for every lr. ★ the best "
                "lr, ○ the race's own; grey diverged. Press a strip to race with that lr. Fair in "
                "gradient evaluations (a lone loss is one, a Hessian two); not in steps or seconds."
            )
        )
        self._say()
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def inspect_state(self) -> dict[str, object]:
        """Where the rows are on the screen, for programs that look from outside."""
        rows = {}
        for row, contestant in enumerate(self._contestants):
            strip = self._strips.get(row)
            if strip is not None:
                rate = float(strip.lr[strip.best])
                scene = self.box.mapViewToScene(QPointF(math.log10(rate), -row))
                place = self._view.mapToGlobal(self._view.mapFromScene(scene))
                rows[contestant.name] = [place.x(), place.y(), rate, float(strip.loss[strip.best])]
        return {"rows": rows, "running": self._running}

    def _say(self) -> None:
        self.button.setText(self.tr("Cancel") if self._running else self.tr("Run"))
        tip = self.tr("Stop this race") if self._running else self.tr("Run all once more")
        self.button.setToolTip(tip)
        self.button.setAccessibleName(tip)
        self.readout.setText(self._pointed or " ")

    def _draw(self) -> None:
        """All rows: strips, the best rates, the race's own rates, and the colours' range."""
        for image in self._images:
            self._plot.removeItem(image)
        self._images = []
        self._names.show_texts([contestant.title for contestant in self._contestants])
        low, high = self._range()
        self._color.show_range(low, high, logarithmic=True)
        bests, marks = [], []
        colors = theme.current()
        for row, contestant in enumerate(self._contestants):
            strip = self._strips.get(row)
            bests.append("")
            if strip is None:
                continue
            self._add_image(strip, row, low, high)
            rate, loss = float(strip.lr[strip.best]), float(strip.loss[strip.best])
            if math.isfinite(loss) and not strip.diverged[strip.best]:
                bests[-1] = (
                    f"{number_text.write(rate, digits=2)} → {number_text.write(loss, digits=2)}"
                )
                star = {"pos": (math.log10(rate), -row), "symbol": "star", "size": 15}
                marks.append(star | {"brush": colors.color("text"), "pen": colors.color("casing")})
            if strip.lr[0] <= contestant.rate <= strip.lr[-1]:
                ring = {"pos": (math.log10(contestant.rate), -row), "symbol": "o", "size": 11}
                pen = pg.mkPen(colors.color("text"), width=2)
                marks.append(ring | {"brush": colors.color("casing", 0.35), "pen": pen})
        self._bests.show_texts(bests)
        self._marks.setData(marks)
        if self._strips:
            rates = next(iter(self._strips.values())).lr
            self._plot.setRange(xRange=(math.log10(rates[0]), math.log10(rates[-1])), padding=0.01)
        self._plot.setRange(yRange=(-max(1, len(self._contestants)) + 0.5, 0.5), padding=0)
        for axis, least in ((self._names, 6), (self._bests, 14)):
            longest = max((len(text) for text in axis.texts), default=0)
            axis.setWidth(18 + 7.2 * max(least, longest))

    def _range(self) -> tuple[float, float]:
        """Exponents at the ends of the colours: from double precision to the loss at the start."""
        if not self._strips:
            return -1.0, 1.0
        strips = list(self._strips.values())
        above = np.concatenate([gap(strip, strips) for strip in strips])
        starts = [start_gap(strip, strips) for strip in strips]
        high = max((start for start in starts if 0 < start < math.inf), default=1.0)
        above = above[np.isfinite(above) & (above > 0)]
        least = max(float(above.min(initial=high)), high * DIGITS_LEFT)
        low, top = math.log10(least), math.log10(high)
        return (low, top) if top > low else (low - 1, top + 1)

    def _add_image(self, strip: Strip, row: int, low: float, high: float) -> None:
        table = pg.colormap.get("viridis").getLookupTable(0.0, 1.0, 256)
        with np.errstate(all="ignore"):
            share = (np.log10(gap(strip, list(self._strips.values()))) - low) / (high - low)
        share = np.clip(np.nan_to_num(share, nan=1.0, neginf=0.0, posinf=1.0), 0, 1)
        picture = table[(share * 255).astype(np.intp)]
        grey = theme.current().color("disabled")
        picture[strip.diverged] = (grey.red(), grey.green(), grey.blue())
        image = pg.ImageItem(picture[None].astype(np.uint8), axisOrder="row-major", levels=(0, 255))
        x0, x1 = math.log10(strip.lr[0]), math.log10(strip.lr[-1])
        half = (x1 - x0) / max(1, len(strip.lr) - 1) / 2
        image.setRect(QRectF(x0 - half, -row - STRIP / 2, x1 - x0 + 2 * half, STRIP))
        self._plot.addItem(image)
        self._images.append(image)

    # -- what is done -------------------------------------------------------------------------

    def _at(self, exponent: float, height: float) -> tuple[Contestant, Strip, int] | None:
        """The contestant, its strip and the place of the rate there."""
        row = round(-height)
        strip = self._strips.get(row)
        if strip is None or not 0 <= row < len(self._contestants):
            return None
        place = int(np.abs(np.log10(strip.lr) - exponent).argmin())
        return self._contestants[row], strip, place

    def _ask(self, *_: object) -> None:
        self.run_wanted.emit(int(self.budget.value()), self.all.isChecked())

    def _on_button(self) -> None:
        if self._running:
            self.cancel_wanted.emit()
        else:
            self._ask()

    def _on_pressed(self, exponent: float, height: float) -> None:
        found = self._at(exponent, height)
        if found is not None:
            contestant, strip, place = found
            self.rate_wanted.emit(contestant.name, float(f"{strip.lr[place]:.3g}"))

    def _on_mouse(self, scene: QPointF) -> None:
        self._pointed = ""
        if self.box.sceneBoundingRect().contains(scene):
            place = self.box.mapSceneToView(scene)
            found = self._at(place.x(), place.y())
            if found is not None:
                contestant, strip, at = found
                text = self.tr(
                    "{name}   lr {rate}   loss {loss}   steps {steps}   evaluations {evaluations}"
                )
                self._pointed = text.format(
                    name=contestant.title,
                    rate=number_text.write(float(strip.lr[at]), digits=3),
                    loss=number_text.write(float(strip.loss[at]), digits=4),
                    steps=int(strip.steps[at]),
                    evaluations=int(strip.evaluations[at]),
                )
        self._say()


def lowest(strips: Sequence[Strip]) -> float:
    """The lowest known loss, or the lowest that was reached; 0 where none is finite."""
    known = strips[0].lowest
    if math.isfinite(known):
        return known
    losses = np.concatenate([[strips[0].start_loss], *(strip.loss for strip in strips)])
    finite = losses[np.isfinite(losses)]
    return float(finite.min()) if finite.size else 0.0


def gap(strip: Strip, strips: Sequence[Strip]) -> NDArray[np.float64]:
    """(N,) losses above the lowest."""
    above: NDArray[np.float64] = np.maximum(strip.loss - lowest(strips), 0)
    return above


def start_gap(strip: Strip, strips: Sequence[Strip]) -> float:
    return strip.start_loss - lowest(strips)
