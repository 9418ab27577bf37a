"""The page of the layers: update to weight, gradient norm, and the steps that were clipped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from engine.training.spec import GRAD_NORM, UPDATE_RATIO
from gui import number_text, theme
from gui.plots.plot_widget import Track, line_pen, thinned
from gui.training.layers import group_names
from gui.training.layers.plot import GroupPlot
from gui.training.loss_legend import Legend
from gui.training.phases.gradient_cosine import EVERY

if TYPE_CHECKING:
    from engine.training.spec import TrainFrame

USUAL = 1e-3  # of the weights is what a step moves them by when all goes well
CLIPPED_PX = 6
HALF_PX = 10_000  # more than there is: the splitter shares out what it has in this proportion
CLIPPED_POINTS = 300


class LayersPanel(QWidget):
    """Layer groups are measured only while it is seen; the whole gradient is known anyway.

    Signals:
        wanted: every how many steps the training is to measure; 0 for never.
    """

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training.layers")
        self._steps, self._phase = 0, ""
        self._clipped = Track()
        self._limit = 0.0
        self._words = QLabel(self)
        self._words.setObjectName("training.layers.words")
        self._words.setProperty("role", "muted")
        self._words.setWordWrap(True)
        self.legend = Legend(self, name="training.layers.legend", names=group_names, values=False)
        self.legend.toggled.connect(self._on_toggled)
        self.ratios = GroupPlot(self)
        self.ratios.setObjectName("training.layers.ratio.canvas")
        self.gradients = GroupPlot(self)
        self.gradients.setObjectName("training.layers.gradient.canvas")
        self.ratios.setXLink(self.gradients)  # which has every step
        self._usual = pg.InfiniteLine(
            np.log10(USUAL),
            angle=0,
            label="",
            labelOpts={"position": 0.02, "anchors": [(0, 1)] * 2},
        )
        self.ratios.addItem(self._usual)
        self._marks = pg.ScatterPlotItem(size=CLIPPED_PX, symbol="t")
        self.gradients.addItem(self._marks)
        self._plots = QSplitter(Qt.Orientation.Vertical, self)
        self._plots.setObjectName("training.layers.splitter")
        for plot in (self.ratios, self.gradients):
            self._plots.addWidget(plot)
        self._plots.setChildrenCollapsible(False)
        self._rest = QWidget(self)  # in place of plots, so that the words stay above
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(8)
        self._words.setContentsMargins(16, 0, 16, 0)
        column.addWidget(self._words)
        column.addWidget(self.legend)
        column.addWidget(self._plots, 1)
        column.addWidget(self._rest, 1)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.clear()
        self.retranslate()

    def clear(self) -> None:
        """Forget the run that was shown."""
        self._steps, self._clipped, self._limit, self._phase = 0, Track(), 0.0, ""
        for plot in (self.ratios, self.gradients):
            plot.clear_curves()
        self._marks.clear()
        self._tell()

    def add(self, frames: Iterable[TrainFrame]) -> None:
        """Draw what these steps have measured behind what is there, as soon as it is seen."""
        new = [frame for frame in frames if frame.grad_norm is not None]
        for frame in new:
            if frame.phase != self._phase:
                self._phase = frame.phase
                self.ratios.begin_phase()
                self.gradients.begin_phase()
            norm = frame.grad_norm or 0.0
            self.gradients.append(group_names.WHOLE, frame.step, norm)
            if frame.clipped < 1.0:
                self._clipped.append(frame.step, norm)
                self._limit = norm * frame.clipped
            for name, value in frame.layers.items():
                measure, _, group = name.partition(".")
                plot = {GRAD_NORM: self.gradients, UPDATE_RATIO: self.ratios}.get(measure)
                if plot is not None:
                    plot.append(group, frame.step, value)
        self._steps += len(new)
        if new and self.isVisible():
            self._draw()

    def _draw(self) -> None:
        for plot in (self.ratios, self.gradients):
            plot.redraw()
        x, y = thinned(self._clipped.x, self._clipped.y, CLIPPED_POINTS)
        self._marks.setData(x, np.log10(y))
        self._tell()

    def counts(self) -> dict[str, dict[str, int]]:
        """How many measurements are drawn, by measure and group, and how many steps are marked."""
        return {
            UPDATE_RATIO: self.ratios.counts(),
            GRAD_NORM: self.gradients.counts(),
            "clipped": {group_names.WHOLE: len(self._clipped)} if self._clipped else {},
        }

    def restyle(self) -> None:
        colors = theme.current()
        self._usual.setPen(line_pen(colors.muted, dash=(6, 4)))
        self._usual.label.setColor(colors.color("muted"))
        self._marks.setBrush(pg.mkBrush(colors.warning))
        self._marks.setPen(None)

    def retranslate(self) -> None:
        self.ratios.set_titles(x="", y=self.tr("update / weight"))
        self.gradients.set_titles(x=self.tr("step"), y=self.tr("gradient norm"))
        self.ratios.setAccessibleName(self.tr("Update to weight by layer group"))
        self.gradients.setAccessibleName(self.tr("Gradient norm by layer group"))
        self._usual.label.setFormat(
            self.tr("usual: {ratio}").format(ratio=number_text.write(USUAL))
        )
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()  # what came while nobody saw it
        self.wanted.emit(EVERY)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.wanted.emit(0)

    def _tell(self) -> None:
        """The words above, the legend, and whether there is anything to draw."""
        measured = bool(self.ratios.counts())
        shown = self.gradients.counts()
        self._plots.setVisible(bool(shown))
        if measured and self.ratios.isHidden():  # else it would begin with what it needs at least
            self.ratios.show()
            self._plots.setSizes([HALF_PX, HALF_PX])
        self.ratios.setVisible(measured)
        self._rest.setVisible(not shown)
        self.legend.setVisible(bool(shown))
        self.legend.show_only(tuple(shown))
        self._words.setText("\n".join(self._lines(bool(shown), measured)))

    def _lines(self, shown: bool, measured: bool) -> Iterable[str]:
        if measured:
            yield self.tr(
                "How far a step moves each layer group's weights, |Δw| / |w|, and how long its "
                "gradient is before clipping. Far above a thousandth the steps are too long, far "
                "below it the layers hardly learn."
            )
        else:
            yield self.tr(
                "Layer groups are measured every {every} steps while this page is seen: how far a "
                "step moves their weights, and how long their gradients are. Start or continue a "
                "training and leave this page open."
            ).format(every=EVERY)
        if len(self._clipped):
            yield self.tr("{count} of {steps} steps were clipped to {limit} (triangles).").format(
                count=len(self._clipped),
                steps=self._steps,
                limit=number_text.write(self._limit, digits=3),
            )
        elif shown:
            yield self.tr("No step was clipped.")

    def _on_toggled(self, name: str, on: bool) -> None:
        for plot in (self.ratios, self.gradients):
            plot.show_group(name, on)
        if name == group_names.WHOLE:
            self._marks.setVisible(on)
