"""Loss and gradient along the race; a press or drag jumps to that step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from engine.export.scene import records
from engine.optimizers.looks import RacerStyle
from gui import number_text, theme
from gui.plots.growing_series import GrowingPoints, logarithm
from gui.racing.axes.costs import STEPS, Cost, CostButton, place_of, step_at
from gui.racing.axes.hover import CurveHover, Values
from gui.racing.axes.measures import Measure
from gui.racing.axes.plot import Curve
from gui.racing.axes.record import describe_plot
from gui.racing.history import History
from gui.racing.racer_style import curve_stroke, faint_stroke


class Curves(pg.GraphicsLayoutWidget):
    """The loss and a second measure of one's choice, side by side with one cursor.

    Signals:
        step_wanted: the step that was pressed.
        cost_changed: they are drawn over another cost.
    """

    step_wanted = Signal(int)
    cost_changed = Signal()

    def __init__(
        self,
        workspace: str,
        measures: Sequence[Measure],
        parent: QWidget | None = None,
        *,
        faint: str = "",
        first: str = "",
        costs: Sequence[Cost] = (STEPS,),
    ) -> None:
        """
        Args:
            workspace: its name, with which the object names begin.
            measures: what the second plot can show.
            faint: a series that is drawn thinly beside the loss; empty for none.
            first: the measure that is shown, where a race has it, until another is chosen.
            costs: what they can be drawn over; the first is, until another is chosen.
        """
        super().__init__(parent)
        self._measures = {measure.name: measure for measure in measures}
        self._remarks: dict[str, str] = {}  # of the race, by measure
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
        self.cost, self._costs = costs[0], {cost.name: cost for cost in costs}
        self.cost_button = CostButton(workspace, costs, self)
        self.cost_button.chosen.connect(self.choose_cost)
        self.cost_button.setVisible(len(costs) > 1)
        self.loss.box.sigResized.connect(self._place_button)
        self._step = 0
        self._end = 1.0  # of the axis
        self.measure = QComboBox(self)
        self.measure.setObjectName(f"{workspace}.measure.combo")
        self.measure.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for name in self._measures:
            self.measure.addItem("", name)
        self.measure.currentIndexChanged.connect(self._on_measure)
        self.measure.activated.connect(self._on_chosen)
        self._names: Sequence[str] = ()
        self.hover = CurveHover(
            *(self, (self.loss, self.slope)),
            step_at=self._step_at,
            place_of=self._place_of,
            values=self._values_at,
            scale=lambda: self.scale_factor,
        )
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    def set_race(self, looks: Sequence[RacerStyle], history: History[Any], total: int) -> None:
        """Another race of those looks, of which nothing is drawn yet.

        Args:
            history: of the race, for what can be measured of it.
        """
        self._history = None
        self.hover.leave()
        self._looks = looks
        self._offer(history)
        self._total = max(1, total)
        self._loss_points = GrowingPoints(self._lines())
        self._slope_points = GrowingPoints(len(looks))
        self._restroke()
        self._set_end(float(self._total))

    def name_racers(self, names: Sequence[str]) -> None:
        """What the racers are called, for what is said of the step under the cursor."""
        self._names = names

    def show_history(self, history: History[Any], count: int) -> None:
        """Draw the first `count` steps."""
        if not history.racers:
            return
        self._history, self._count = history, count
        if self.cost.compute is not None:
            self._set_end(self._end_of(history))
        if history.count > self._loss_points.count:
            self._take(history)
        if history.count > self._slope_points.count:
            self._take_measure(history)
        self._draw(self.loss, self._loss_points)
        self._draw(self.slope, self._slope_points)

    def forget(self) -> None:
        """Draw nothing, until there is another race."""
        self._history, self._count = None, 0
        self.hover.leave()
        for plot in (self.loss, self.slope):
            plot.lines.restart()
            plot.lines.show_lines((), 0)

    def choose_measure(self, name: str) -> None:
        """What the plot on the right shows once a race has it; an unknown name does nothing."""
        index = self.measure.findData(name)
        if index >= 0:
            self._first = name
            self.measure.setCurrentIndex(index)

    def wanted_measure(self) -> str:
        """What it shows, or is to show where a race has it."""
        return self._first or str(self.measure.currentData())

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
        axis = QCoreApplication.translate("racing", self.cost.title)
        racers = list(zip(names, self._looks, strict=False))
        return tuple(
            describe_plot(
                *(plot, (name, axis, title), points.lines(), racers),
                shown=self._count,
                logarithmic=logarithmic,
                scale=self.scale_factor,
            )
            for name, title, plot, points, logarithmic in parts
        )

    def choose_cost(self, name: str) -> None:
        """Draw them over another cost; a name that it does not know changes nothing."""
        if name not in self._costs or name == self.cost.name:
            return
        self.cost = self._costs[name]
        self.cost_button.show_cost(self.cost)
        self.show_cost_again()
        self.retranslate()
        self.cost_changed.emit()

    def show_cost_again(self) -> None:
        """Draw everything over the cost as it is now known."""
        history, count = self._history, self._count
        self._loss_points = GrowingPoints(self._lines())
        self._slope_points = GrowingPoints(len(self._looks))
        for plot in (self.loss, self.slope):
            plot.lines.restart()
        if self.cost.compute is None:
            self._set_end(float(self._total))
        if history is not None:
            self.show_history(history, count)
        self.set_cursor(self._step)

    def set_cursor(self, step: int) -> None:
        self._step = step
        place = self._place_of(step)
        self.loss.cursor.setValue(place)
        self.slope.cursor.setValue(place)

    def _place_of(self, step: int) -> float:
        """Where on the axis a step is."""
        if self._history is None or self.cost.compute is None:
            return float(step)
        return place_of(self._history, self.cost, min(step, self._history.count - 1))

    def _values_at(self, step: int) -> Values | None:
        """Loss and measure of every racer at a step of which they are drawn."""
        history = self._history
        shown = min(self._count, self._loss_points.count)
        if history is None or not 0 <= step < shown or len(self._names) != history.racers:
            return None
        measure, part = self._measures[self.measure.currentData()], slice(step, step + 1)
        rows = []
        for racer, (name, look) in enumerate(zip(self._names, self._looks, strict=True)):
            numbers = history.loss(racer)[step], measure.compute(history, racer, part)[0]
            written = tuple(number_text.write(float(value), digits=4) for value in numbers)
            rows.append((name, look, written))
        title = self.tr("step {step}").format(step=step)
        return Values(title, (self.tr("loss"), self.measure.currentText()), tuple(rows))

    def _end_of(self, history: History[Any]) -> float:
        """What the whole race will cost, to two digits, as far as is known of it."""
        last = history.count - 1
        most = place_of(history, self.cost, last) if last > 0 else 0.0
        if most <= 0:
            return 1.0
        if last >= self._total:
            return most
        guess = most * self._total / last
        unit = 10.0 ** (math.floor(math.log10(guess)) - 1)
        return max(self._end if self._end >= most else 0.0, math.ceil(guess / unit) * unit)

    def _set_end(self, end: float) -> None:
        if self._end == end:
            return
        self._end = end
        for plot in (self.loss, self.slope):
            plot.setXRange(0, end, padding=0)

    def _places(self, history: History[Any], part: slice, times: int = 1) -> np.ndarray | None:
        """Where the points of some steps lie along the axis, (R, n), `times` over."""
        if self.cost.compute is None:
            return None
        return np.tile(self.cost.compute(history, part), (times, 1))

    @Slot()
    def _place_button(self, *_: object) -> None:
        """Where the name of the left plot's axis would stand."""
        button, axis = self.cost_button, self.loss.getAxis("bottom").sceneBoundingRect()
        button.adjustSize()
        place = self.mapFromScene(QPointF(axis.center().x(), axis.bottom()))
        button.move(place.x() - button.width() // 2, place.y() - button.height() + 7)

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
        self.hover.restyle()
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Curves"))
        self.measure.setAccessibleName(self.tr("What the plot on the right shows"))
        if all(measure.logarithmic for measure in self._measures.values()):
            tip = self.tr("What the plot on the right shows, on a logarithmic axis")
        else:
            tip = self.tr("What the plot on the right shows")
        self.measure.setToolTip(tip)
        self._name_measures()
        self._name_measure()
        self.setAccessibleDescription(self.tr("Press or drag to jump to a step"))
        size = round(12 * self.scale_factor)
        loss = self.tr("loss, log") if self._logarithmic else self.tr("loss")
        axis = QCoreApplication.translate("racing", self.cost.title)
        self.loss.name_axes(loss, axis if self.cost_button.isHidden() else " ", size_px=size)
        self.slope.name_axes("", axis, size_px=size)
        self._place_button()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _name_measures(self) -> None:
        for index in range(self.measure.count()):
            name = self.measure.itemData(index)
            text = QCoreApplication.translate("racing", self._measures[name].title)
            if remark := self._remarks.get(name):
                text += ", " + QCoreApplication.translate("racing", remark)
            self.measure.setItemText(index, text)

    def _name_measure(self) -> None:
        """In the lecture hall the choice is put away, and its plot says itself what it shows."""
        shown = self.scale_factor > 1
        self.cost_button.setVisible(len(self._costs) > 1 and not shown)
        size = f"{round(12 * self.scale_factor)}px"
        for plot, text in ((self.loss, " "), (self.slope, self.measure.currentText())):
            plot.setTitle(text if shown else None, color=theme.current().muted, size=size)

    def _offer(self, history: History[Any]) -> None:
        """What a race does not have cannot be chosen."""
        model = self.measure.model()
        remarks = {name: measure.remark(history) for name, measure in self._measures.items()}
        if remarks != self._remarks:
            self._remarks = remarks
            self._name_measures()
            self._name_measure()
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
        self._slope_points.extend(
            logarithm(values) if measure.logarithmic else values, self._places(history, new)
        )
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
        self.step_wanted.emit(self._step_at(place))

    def _step_at(self, place: float) -> int:
        """The step at a place of the axis."""
        if self._history is not None and self.cost.compute is not None:
            return step_at(self._history, self.cost, place, self._history.count - 1)
        return max(0, min(round(place), self._total))

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
            new = slice(0, history.count)
            losses = self._losses(history, new)
        places = self._places(history, new, 2 if self._faint else 1)
        self._loss_points.extend(logarithm(losses) if self._logarithmic else losses, places)
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
