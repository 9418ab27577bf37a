"""Loss and gradient along the race; a press or drag jumps to that step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from engine.export.scene import records
from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.plots.growing_series import GrowingPoints, logarithm
from gui.plots.number_axis import NumberAxis
from gui.plots.polylines import LinesLayer
from gui.racing.curve_measures import Measure
from gui.racing.history import History
from gui.racing.racer_style import curve_stroke, describe_curve, faint_stroke


class CurveViewBox(pg.ViewBox):
    """Pressing or dragging points at a step.

    Signals:
        pointed: the place along the x axis.
    """

    pointed = Signal(float)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)
        self.setMouseEnabled(False, False)

    def mouseClickEvent(self, ev: object) -> None:
        self._point(ev)

    def mouseDragEvent(self, ev: object, axis: int | None = None) -> None:
        self._point(ev)

    def wheelEvent(self, ev: object, axis: int | None = None) -> None:
        ev.ignore()  # type: ignore[attr-defined]

    def _point(self, ev: object) -> None:
        if ev.button() is Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            ev.accept()  # type: ignore[attr-defined]
            self.pointed.emit(self.mapSceneToView(ev.scenePos()).x())  # type: ignore[attr-defined]


class Curve(pg.PlotItem):
    """One plot over the steps with a cursor."""

    def __init__(self) -> None:
        self.box = CurveViewBox()
        super().__init__(
            viewBox=self.box,
            axisItems={"left": NumberAxis("left"), "bottom": NumberAxis("bottom")},
            enableMenu=False,
        )
        self.hideButtons()
        self.ends = (-1.0, 1.0)
        self.lines = LinesLayer(self.box)
        self.cursor = pg.InfiniteLine(0, angle=90, movable=False)
        self.cursor.setZValue(20)
        self.addItem(self.cursor, ignoreBounds=True)

    def restyle(self, *, size_px: int) -> None:
        for side in ("left", "bottom"):
            self.getAxis(side).restyle(size_px=size_px)
        self.getAxis("bottom").setHeight(round(3.2 * size_px))
        self.getAxis("left").setWidth(round(5.2 * size_px))
        self.cursor.setPen(theme.current().color("text", 0.75), width=1)
        self.lines.restart()

    def name_axes(self, title: str, steps: str, *, size_px: int) -> None:
        self.getAxis("left").set_title(title, size_px=size_px)
        self.getAxis("bottom").set_title(steps, size_px=size_px)


class Curves(pg.GraphicsLayoutWidget):
    """The loss and a second measure of one's choice, side by side with one cursor.

    Signals:
        step_wanted: the step that was pressed.
    """

    step_wanted = Signal(int)

    def __init__(
        self,
        workspace: str,
        measures: Sequence[Measure],
        parent: QWidget | None = None,
        *,
        faint: str = "",
        first: str = "",
    ) -> None:
        """
        Args:
            workspace: its name, with which the object names begin.
            measures: what the second plot can show.
            faint: a series that is drawn thinly beside the loss; empty for none.
            first: the measure that is shown, where a race has it, until another is chosen.
        """
        super().__init__(parent)
        self._measures = {measure.name: measure for measure in measures}
        self._faint = faint
        self._first = first
        self.setObjectName(f"{workspace}.curves")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.setMinimumHeight(110)
        self.scale_factor = 1.0
        self._looks: Sequence[RacerStyle] = ()
        self._logarithmic = True
        self._history: History[Any] | None = None
        self._count = 0
        self._loss_points = GrowingPoints(0)
        self._slope_points = GrowingPoints(0)
        self._total = 1
        self.loss = Curve()
        self.slope = Curve()
        self.ci.layout.setContentsMargins(4, 6, 8, 0)
        self.ci.layout.setHorizontalSpacing(12)
        self.addItem(self.loss, 0, 0)
        self.addItem(self.slope, 0, 1)
        for column in (0, 1):  # as wide as each other, whatever is written above them
            self.ci.layout.setColumnStretchFactor(column, 1)
            self.ci.layout.setColumnPreferredWidth(column, 400)
        for plot in (self.loss, self.slope):
            plot.box.pointed.connect(self._on_pointed)
            plot.setRange(xRange=(0, 1), yRange=(-1, 1), padding=0)
        self.slope.getAxis("left").setLogMode(x=False, y=True)
        self.loss.getAxis("left").setLogMode(x=False, y=True)
        self.measure = QComboBox(self)
        self.measure.setObjectName(f"{workspace}.measure.combo")
        self.measure.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for name in self._measures:
            self.measure.addItem("", name)
        self.measure.currentIndexChanged.connect(self._on_measure)
        self.measure.activated.connect(self._on_chosen)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    def set_race(self, looks: Sequence[RacerStyle], history: History[Any], total: int) -> None:
        """Another race of those looks, of which nothing is drawn yet.

        Args:
            history: of the race, for what can be measured of it.
        """
        self._history = None
        self._looks = looks
        self._offer(history)
        self._total = max(1, total)
        self._loss_points = GrowingPoints(self._lines())
        self._slope_points = GrowingPoints(len(looks))
        self._restroke()
        for plot in (self.loss, self.slope):
            plot.setXRange(0, self._total, padding=0)

    def show_history(self, history: History[Any], count: int) -> None:
        """Draw the first `count` steps."""
        if not history.racers:
            return
        self._history, self._count = history, count
        if history.count > self._loss_points.count:
            self._take(history)
        if history.count > self._slope_points.count:
            self._take_measure(history)
        self._draw(self.loss, self._loss_points)
        self._draw(self.slope, self._slope_points)

    def forget(self) -> None:
        """Draw nothing, until there is another race."""
        self._history, self._count = None, 0
        for plot in (self.loss, self.slope):
            plot.lines.restart()
            plot.lines.show_lines((), 0)

    def choose_measure(self, name: str) -> None:
        """What the plot on the right shows; a name that it does not know changes nothing."""
        index = self.measure.findData(name)
        if index >= 0:
            self.measure.setCurrentIndex(index)
            self._on_chosen()

    def describe(self, names: Sequence[str]) -> tuple[records.Plot, ...]:
        """Both plots as the records that exports draw.

        Args:
            names: of the racers.
        """
        measure = self._measures[self.measure.currentData()]
        loss = self.tr("loss, log") if self._logarithmic else self.tr("loss")
        parts = (
            ("loss", loss, self.loss, self._loss_points, self._logarithmic),
            (
                *(measure.name, self.measure.currentText(), self.slope, self._slope_points),
                measure.logarithmic,
            ),
        )
        plots = []
        ink = theme.written(theme.current().color("text", 0.75))
        for name, title, plot, points, logarithmic in parts:
            (x0, x1), (y0, y1) = plot.box.viewRange()
            lines = [
                describe_curve(
                    *(look, line.copy()),
                    scale=self.scale_factor,
                    racer=racer,
                    name=called,
                    shown=self._count,
                )
                for racer, (look, line, called) in enumerate(
                    zip(self._looks, points.lines(), names, strict=False)
                )
            ]
            at = float(plot.cursor.value())
            cursor = records.Line("cursor", np.array([[at, y0], [at, y1]]), ink, 1.0)
            rect, size = plot.box.rect(), 11 * self.scale_factor
            plots.append(
                records.Plot(
                    *(name, self.tr("step"), title, (x0, x1, y0, y1), rect.width(), rect.height()),
                    layers=(*lines, cursor),
                    logarithmic=logarithmic,
                    type_px=size,
                )
            )
        return tuple(plots)

    def set_cursor(self, step: int) -> None:
        self.loss.cursor.setValue(step)
        self.slope.cursor.setValue(step)

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self.scale_factor = factor
        # Half of the highest number stands above the plot.
        self.ci.layout.setContentsMargins(4, round(6 * factor), 8, 0)
        self._restroke()
        self.restyle()
        self.retranslate()

    @Slot()
    def restyle(self) -> None:
        self.setBackground(theme.current().color("panel"))
        self._restroke()
        for plot in (self.loss, self.slope):
            plot.restyle(size_px=round(11 * self.scale_factor))
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Curves"))
        self.measure.setAccessibleName(self.tr("What the plot on the right shows"))
        if all(measure.logarithmic for measure in self._measures.values()):
            tip = self.tr("What the plot on the right shows, on a logarithmic axis")
        else:
            tip = self.tr("What the plot on the right shows")
        self.measure.setToolTip(tip)
        for index in range(self.measure.count()):
            text = self._measures[self.measure.itemData(index)].title
            self.measure.setItemText(index, QCoreApplication.translate("racing", text))
        self._name_measure()
        self.setToolTip(self.tr("Press or drag to jump to a step"))
        size = round(12 * self.scale_factor)
        loss = self.tr("loss, log") if self._logarithmic else self.tr("loss")
        self.loss.name_axes(loss, self.tr("step"), size_px=size)
        self.slope.name_axes("", self.tr("step"), size_px=size)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _name_measure(self) -> None:
        """In the lecture hall the choice is put away, and its plot says itself what it shows."""
        shown = self.scale_factor > 1
        size = f"{round(12 * self.scale_factor)}px"
        for plot, text in ((self.loss, " "), (self.slope, self.measure.currentText())):
            plot.setTitle(text if shown else None, color=theme.current().muted, size=size)

    def _offer(self, history: History[Any]) -> None:
        """What a race does not have cannot be chosen."""
        model = self.measure.model()
        for index, measure in enumerate(self._measures.values()):
            offered = measure.offered(history)
            if isinstance(model, QStandardItemModel):
                model.item(index).setEnabled(offered)
            if not offered and self.measure.currentIndex() == index:
                self.measure.setCurrentIndex(0)
            elif offered and measure.name == self._first:
                self.measure.setCurrentIndex(index)

    def _on_measure(self, index: int) -> None:
        model = self.measure.model()
        if isinstance(model, QStandardItemModel) and not model.item(index).isEnabled():
            self.measure.setCurrentIndex(0)
            return
        self._name_measure()
        self._slope_points = GrowingPoints(len(self._looks))
        self.slope.lines.restart()
        logarithmic = self._measures[self.measure.currentData()].logarithmic
        self.slope.getAxis("left").setLogMode(x=False, y=logarithmic)
        if self._history is not None:
            self.show_history(self._history, self._count)

    def _on_chosen(self) -> None:
        self._first = ""

    def _draw(self, plot: Curve, points: GrowingPoints) -> None:
        plot.lines.show_lines(points.lines(), min(self._count, points.count))

    def _take_measure(self, history: History[Any]) -> None:
        """Append what is new of the measure on the right."""
        if history.count < 2:
            return
        measure = self._measures[self.measure.currentData()]
        new = slice(self._slope_points.count, history.count)
        values = np.stack([measure.compute(history, racer, new) for racer in range(history.racers)])
        self._slope_points.extend(logarithm(values) if measure.logarithmic else values)
        self._set_range(self.slope, self._slope_points.range(logarithmic=measure.logarithmic))

    def _restroke(self) -> None:
        strokes = [curve_stroke(look, scale=self.scale_factor) for look in self._looks]
        self.slope.lines.set_strokes(strokes)
        if self._faint:
            strokes += [faint_stroke(look, scale=self.scale_factor) for look in self._looks]
        self.loss.lines.set_strokes(strokes)

    def _lines(self) -> int:
        """Lines of the left plot."""
        return (2 if self._faint else 1) * len(self._looks)

    def _losses(self, history: History[Any], part: slice) -> np.ndarray:
        """What the left plot shows of some steps, one line a row."""
        lines = [history.loss(racer)[part] for racer in range(history.racers)]
        if self._faint:
            every = range(history.racers)
            lines += [history.series(self._faint, racer)[part] for racer in every]
        return np.stack(lines)

    def _on_pointed(self, place: float) -> None:
        self.step_wanted.emit(max(0, min(round(place), self._total)))

    def _take(self, history: History[Any]) -> None:
        """Append what is new to the points, and let the axes hold it."""
        new = slice(self._loss_points.count, history.count)
        losses = self._losses(history, new)
        logarithmic = bool((losses[np.isfinite(losses)] >= 0).all())
        if not self._loss_points.count:
            self._set_logarithmic(logarithmic)
        elif self._logarithmic and not logarithmic:
            # The first loss below zero: all of the curve on a plain axis.
            self._set_logarithmic(False)
            self._loss_points = GrowingPoints(self._lines())
            losses = self._losses(history, slice(None))
        self._loss_points.extend(logarithm(losses) if self._logarithmic else losses)
        self._set_range(self.loss, self._loss_points.range(logarithmic=self._logarithmic))

    def _set_logarithmic(self, logarithmic: bool) -> None:
        self.loss.lines.restart()
        axis = self.loss.getAxis("left")
        if (self._logarithmic, axis.logMode) == (logarithmic, logarithmic):
            return
        self._logarithmic = logarithmic
        axis.setLogMode(x=False, y=logarithmic)
        self.retranslate()

    @staticmethod
    def _set_range(plot: Curve, ends: tuple[float, float]) -> None:
        """A new range draws the whole plot anew; the same one does nothing."""
        if plot.ends != ends:
            plot.ends = ends
            plot.setYRange(*ends, padding=0)
