"""Loss curves of one run, by component, with the learning rate below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from gui import theme
from gui.training import losses
from gui.training.legend import Legend
from gui.widgets.plots import Plot, Track, faint, line_pen

if TYPE_CHECKING:
    from engine.training.spec import TrainFrame

SMOOTH_STEPS = 25


class Curve:
    """One loss: what was measured, faint, and its running mean."""

    def __init__(self, plot: Plot, name: str) -> None:
        self.name = name
        self.track = Track()
        self.raw = pg.PlotDataItem()
        self.smooth = pg.PlotDataItem()
        for item in (self.raw, self.smooth):
            plot.addItem(item)
            item.setDownsampling(auto=True, method="peak")
            item.setClipToView(True)
        self.restyle()

    def restyle(self) -> None:
        look = losses.style(self.name)
        width = 2.0 if self.name == "loss" else 1.5
        self.raw.setPen(line_pen(faint(look.color), width=1))
        self.smooth.setPen(line_pen(look.color, width=width, dash=look.dash))

    def redraw(self) -> float:
        """Draw what has come; returns the newest smooth value."""
        mean = self.track.smooth(SMOOTH_STEPS)
        self.raw.setData(self.track.x, self.track.y)
        self.smooth.setData(self.track.x, mean)
        return float(mean[-1])

    def show(self, on: bool) -> None:
        self.raw.setVisible(on)
        self.smooth.setVisible(on)


class Curves(QWidget):
    """The plots in the middle of the Training workspace."""

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
        self._empty = QLabel(self)
        self._empty.setObjectName("training.empty")
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.plot = Plot(self, log_y=True)
        self.plot.setObjectName("training.canvas")
        self.rates = Plot(self)
        self.rates.setObjectName("training.rate.canvas")
        self._rate_curve = pg.PlotDataItem()
        self.rates.addItem(self._rate_curve)
        self.rates.setXLink(self.plot)
        # One left edge for both plots, however long their numbers are.
        for plot in (self.plot, self.rates):
            plot.getPlotItem().getAxis("left").setWidth(64)
        self.legend = Legend(self)
        self.legend.toggled.connect(self._on_toggled)
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
        column.addWidget(plots, 1)

    def clear(self) -> None:
        """Forget the run that was shown."""
        for curve in self._curves.values():
            self.plot.removeItem(curve.raw)
            self.plot.removeItem(curve.smooth)
        self._curves.clear()
        self._rate = Track()
        self._rate_curve.setData([], [])
        self.legend.show_only(())
        self._show_content(False)

    def add(self, frames: Iterable[TrainFrame]) -> None:
        """Draw the steps of these frames behind what is there."""
        touched = set()
        for frame in frames:
            for name, value in frame.losses.items():
                if name not in self._curves:
                    self._curves[name] = Curve(self.plot, name)
                    self._curves[name].show(self.legend.is_wanted(name))
                self._curves[name].track.append(frame.step, value)
                touched.add(name)
            if frame.losses:
                self._rate.append(frame.step, frame.lr)
        if not touched:
            return
        self._show_content(True)
        self.legend.show_only(tuple(self._curves))
        for name in touched:
            self.legend.set_value(name, self._curves[name].redraw())
        self._rate_curve.setData(self._rate.x, self._rate.y)

    def values(self) -> dict[str, int]:
        """How many steps are drawn of each loss."""
        return {name: len(curve.track) for name, curve in self._curves.items()}

    def restyle(self) -> None:
        for curve in self._curves.values():
            curve.restyle()
        self._rate_curve.setPen(line_pen(theme.current().accent, width=1.5))

    def retranslate(self) -> None:
        self._heading.setText(self.tr("Losses"))
        self._log.setText(self.tr("Log scale"))
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

    def inspect_state(self) -> dict[str, int]:
        return self.values()

    def _label(self) -> None:
        log = self._log.isChecked()
        self.plot.set_titles(x="", y=self.tr("loss (log)") if log else self.tr("loss"))
        self.rates.set_titles(x=self.tr("step"), y=self.tr("learning rate"))
        self.plot.setAccessibleName(self.tr("Losses"))
        self.rates.setAccessibleName(self.tr("Learning rate"))

    def _on_log(self, on: bool) -> None:
        self.plot.set_log_y(on)
        self._label()

    def _on_toggled(self, name: str, on: bool) -> None:
        if name in self._curves:
            self._curves[name].show(on)

    def _show_content(self, on: bool) -> None:
        self._empty.setVisible(not on)
        self._plots.setVisible(on)
        self.legend.setVisible(on)
        self._log.setVisible(on)
