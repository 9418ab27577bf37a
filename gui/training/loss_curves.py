"""Loss curves of one run, by component, with the learning rate below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from engine.training.comparison.smoothing import USUAL, Smoother
from gui import theme
from gui.plots.plot_widget import Plot, Track, envelope, faint, line_pen, thinned
from gui.training import loss_names
from gui.training.balance.equation import LossEquation
from gui.training.loss_legend import CurveNames, Legend
from gui.training.phases.drawing import step_number

if TYPE_CHECKING:
    from engine.training.spec import TrainFrame

MARKS = 7
MARK_PX = 8
MARK_GROWTH = 1.1
BINS = 300  # a bin of two pixels on a small screen


class Curve:
    """One loss: what was measured, faint, and its moving average, begun anew with each phase."""

    def __init__(self, plot: Plot, name: str, *, names: CurveNames = loss_names) -> None:
        self.name, self._names = name, names
        self.track, self.mean = Track(), Track()
        self._smoother = Smoother(USUAL)
        self.raw = pg.PlotDataItem()
        self.smooth = pg.PlotDataItem()
        for item in self.items:
            plot.addItem(item)
        self.restyle()

    @property
    def items(self) -> tuple[pg.PlotDataItem, ...]:
        return self.raw, self.smooth

    @property
    def look(self) -> theme.Series:
        return self._names.style(self.name)

    def restyle(self) -> None:
        look = self.look
        self.raw.setPen(line_pen(faint(look.color), width=1))
        self.smooth.setPen(line_pen(look.color, width=2))

    def append(self, step: int, value: float) -> None:
        """One more measurement, drawn by `redraw`."""
        self.track.append(step, value)
        self.mean.append(step, self._smoother.add(value))

    def begin_phase(self) -> None:
        """Another part of the schedule learns another thing: its average starts from nothing."""
        self._smoother = Smoother(USUAL)

    def clear(self) -> None:
        self.track, self.mean = Track(), Track()
        self.begin_phase()
        for item in self.items:
            item.setData([], [])

    def redraw(self, view: tuple[float, float] | None) -> None:
        """Draw what has come, in no more points than can be told apart.

        Args:
            view: the steps that are in view; None for all of them.
        """
        shown = self._shown(view)
        x, y, mean = self.track.x[shown], self.track.y[shown], self.mean.y[shown]
        self.raw.setData(*envelope(x, y, BINS))
        self.smooth.setData(*thinned(x, mean, BINS))

    def marked(self, view: tuple[float, float] | None) -> tuple[np.ndarray, np.ndarray]:
        """The few places (n,), (n,) of the running mean that get a marker."""
        shown = self._shown(view)
        return thinned(self.track.x[shown], self.mean.y[shown], MARKS)

    def _shown(self, view: tuple[float, float] | None) -> slice:
        if view is None:
            return slice(None)
        low, high = np.searchsorted(self.track.x, view)
        return slice(max(0, int(low) - 1), int(high) + 1)

    def newest(self) -> float | None:
        """The newest mean."""
        return float(self.mean.y[-1]) if self.mean else None

    def show(self, on: bool) -> None:
        for item in self.items:
            item.setVisible(on)


class Marks(pg.ScatterPlotItem):
    """A few markers on each curve, all in one item: seven items take three times as long.

    Markers, not dashes, tell the curves apart without colour: a dashed line of two
    pixels takes Qt four times as long as a solid one.
    """

    def __init__(self) -> None:
        super().__init__(size=MARK_PX)
        self._marked = 0  # steps when the markers were set

    def redraw(
        self, curves: Iterable[Curve], *, view: tuple[float, float] | None, log: bool
    ) -> None:
        """Mark the curves that are shown."""
        xs, ys, symbols, colors = [], [], [], []
        for curve in curves:
            if not curve.track or not curve.smooth.isVisible():
                continue
            x, y = curve.marked(view)
            if log:  # lines do this by themselves, markers do not
                x, y = x[y > 0], np.log10(y[y > 0])
            look = curve.look
            xs.append(x)
            ys.append(y)
            symbols += [look.marker] * len(x)
            colors += [look.color] * len(x)
        if not xs:
            self.clear()
            return
        self.setData(
            x=np.concatenate(xs),
            y=np.concatenate(ys),
            symbol=symbols,
            brush=[pg.mkBrush(color) for color in colors],
            pen=theme.current().panel,
        )

    def due(self, steps: int) -> bool:
        """Whether so many steps have come that markers belong elsewhere; the past is kept."""
        if self._marked <= steps <= MARK_GROWTH * self._marked:
            return False
        self._marked = steps
        return True


class Curves(QWidget):
    """The plots in the middle of the Training workspace.

    Signals:
        export_wanted: the curves are to be written into a file.
    """

    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._curves: dict[str, Curve] = {}
        self._rate = Track()
        self._heading = QLabel(self)
        self._heading.setProperty("role", "heading")
        self._log = QCheckBox(self)
        self._log.setObjectName("training.log.check")
        self._log.setChecked(True)
        self._log.toggled.connect(self._on_log)
        self._export = QPushButton(self)
        self._export.setObjectName("training.export.button")
        self._export.clicked.connect(self.export_wanted)
        self._empty = QLabel(self)
        self._empty.setObjectName("training.empty")
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.plot = Plot(self, log_y=True)
        self.plot.setObjectName("training.canvas")
        self._marks = Marks()
        self.plot.addItem(self._marks)
        self.rates = Plot(self)
        self.rates.setObjectName("training.rate.canvas")
        self._rate_curve = pg.PlotDataItem()
        self.rates.addItem(self._rate_curve)
        self.rates.setXLink(self.plot)
        # One left edge for both plots, however long their numbers are.
        for plot in (self.plot, self.rates):
            plot.getPlotItem().getAxis("left").setWidth(64)
        self.legend = Legend(self)
        self.equation = LossEquation(self)
        self._phase = ""
        self._boundaries: list[pg.InfiniteLine] = []
        self.legend.toggled.connect(self._on_toggled)
        self.plot.getPlotItem().getViewBox().sigXRangeChanged.connect(self._on_view)
        self._lay_out()
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.retranslate()
        self.clear()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 4)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._log)
        head.addSpacing(12)
        head.addWidget(self._export)
        plots = QSplitter(Qt.Orientation.Vertical, self)
        plots.setObjectName("training.plots.splitter")
        plots.addWidget(self.plot)
        plots.addWidget(self.rates)
        plots.setStretchFactor(0, 4)
        plots.setStretchFactor(1, 1)
        plots.setSizes([400, 130])
        plots.setChildrenCollapsible(False)
        self._plots = plots
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._empty, 1)
        column.addWidget(self.legend)
        column.addWidget(self.equation)
        column.addWidget(plots, 1)

    def clear(self) -> None:
        """Forget the run that was shown; its curves are kept for the next one."""
        for curve in self._curves.values():
            curve.clear()
        self._marks.clear()
        self._rate = Track()
        self._rate_curve.setData([], [])
        for line in self._boundaries:
            self.plot.removeItem(line)
        self._boundaries, self._phase = [], ""
        self.equation.show_step({})
        self.legend.show_only(())
        self._show_content(False)

    def add(self, frames: Iterable[TrainFrame]) -> None:
        """Draw the steps of these frames behind what is there."""
        touched: set[str] = set()
        last: TrainFrame | None = None
        for frame in frames:
            if frame.losses and frame.phase != self._phase:
                self._begin_phase(frame)
            for name, value in frame.losses.items():
                self._curve(name).append(frame.step, value)
                touched.add(name)
            if frame.losses:
                self._rate.append(frame.step, frame.lr)
                last = frame
        if last is None:
            return
        self.equation.show_step(last.losses, gradient=last.grad_norm, clipped=last.clipped)
        self._show_content(True)
        self.legend.show_only(tuple(self.values()))
        for name in touched:
            self.legend.set_value(name, self._curves[name].newest())
        self._redraw()

    def _begin_phase(self, frame: TrainFrame) -> None:
        """Mark where a phase of the alternating schedule begins."""
        self._phase = frame.phase
        for curve in self._curves.values():
            curve.begin_phase()
        if not step_number(frame.phase):
            return
        line = pg.InfiniteLine(
            max(frame.step - 0.5, 1),  # left of the first step nobody would see it
            label=frame.phase,
            labelOpts={"position": 0.06, "anchors": [(0, 1)] * 2},
        )
        self._boundaries.append(line)
        self._style_boundary(line)
        self.plot.addItem(line, ignoreBounds=True)

    def _style_boundary(self, line: pg.InfiniteLine) -> None:
        line.setPen(line_pen(theme.current().muted, dash=(4, 4)))
        line.label.setColor(theme.current().color("muted"))

    def boundaries(self) -> dict[str, float]:
        """Where each phase begins, by its name."""
        return {line.label.format: float(line.value()) for line in self._boundaries}

    def prepare(self) -> None:
        """Make the curves before the first loss comes: all at once they would drop frames."""
        for name in loss_names.TITLES:
            self._curve(name)

    def values(self) -> dict[str, int]:
        """How many steps are drawn of each loss."""
        return {name: len(curve.track) for name, curve in self._curves.items() if curve.track}

    def restyle(self) -> None:
        for curve in self._curves.values():
            curve.restyle()
        for line in self._boundaries:
            self._style_boundary(line)
        self._mark()
        self._rate_curve.setPen(line_pen(theme.current().accent, width=1.5))

    def retranslate(self) -> None:
        self._heading.setText(self.tr("Losses"))
        self._log.setText(self.tr("Log scale"))
        self._export.setText(self.tr("Export…"))
        self._export.setToolTip(self.tr("Write the curves as a figure, or all numbers as a table"))
        self._log.setToolTip(self.tr("Draw the losses on a logarithmic axis"))
        self._empty.setText(
            self.tr(
                "The losses of a training are drawn here, step by step.\n"
                "Choose data and a model on the left, then press Start."
            )
        )
        self._label()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def is_log(self) -> bool:
        """Whether the losses are drawn on a logarithmic axis."""
        return self._log.isChecked()

    def inspect_state(self) -> dict[str, int]:
        return self.values()

    def _curve(self, name: str) -> Curve:
        if name not in self._curves:
            self._curves[name] = Curve(self.plot, name)
            self._curves[name].show(self.legend.is_wanted(name))
        return self._curves[name]

    def _label(self) -> None:
        log = self._log.isChecked()
        self.plot.set_titles(x="", y=self.tr("loss (log)") if log else self.tr("loss"))
        self.rates.set_titles(x=self.tr("step"), y=self.tr("learning rate"))
        self.plot.setAccessibleName(self.tr("Losses"))
        self.rates.setAccessibleName(self.tr("Learning rate"))

    def _on_log(self, on: bool) -> None:
        self.plot.set_log_y(on)
        self._mark()
        self._label()

    def _on_toggled(self, name: str, on: bool) -> None:
        if name in self._curves:
            self._curves[name].show(on)
            self._mark()

    def _view(self) -> tuple[float, float] | None:
        """The steps in view; None while the view follows the data, which must not be cut then."""
        box = self.plot.getPlotItem().getViewBox()
        return None if box.autoRangeEnabled()[0] else tuple(box.viewRange()[0])

    def _mark(self) -> None:
        self._marks.redraw(self._curves.values(), view=self._view(), log=self.plot.is_log_y())

    def _redraw(self) -> None:
        view = self._view()
        for curve in self._curves.values():
            if curve.track:
                curve.redraw(view)
        if view is not None or self._marks.due(len(self._rate)):
            self._mark()
        self._rate_curve.setData(*envelope(self._rate.x, self._rate.y, BINS))
        # Left to the painting, a new range would paint everything twice.
        for plot in (self.plot, self.rates):
            plot.getPlotItem().getViewBox().updateAutoRange()

    def _on_view(self) -> None:
        """Zoomed or moved by hand: show what is there in full."""
        if not self.plot.getPlotItem().getViewBox().autoRangeEnabled()[0]:
            self._redraw()

    def _show_content(self, on: bool) -> None:
        self._empty.setVisible(not on)
        self._plots.setVisible(on)
        self.legend.setVisible(on)
        self._log.setVisible(on)
        self._export.setVisible(on)
