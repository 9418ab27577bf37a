"""The cosine between the gradients of RPN and heads on the shared layers, as a curve."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import number_text, theme
from gui.plots.plot_widget import Plot, Track, line_pen

if TYPE_CHECKING:
    from engine.training.spec import TrainFrame

EVERY = 10  # steps, so that it costs a tenth of one more way back


class CosinePanel(QWidget):
    """Measured only while it is seen.

    Signals:
        wanted: every how many steps the training is to measure; 0 for never.
    """

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training.cosine")
        self._track = Track()
        self._words = QLabel(self)
        self._words.setObjectName("training.cosine.words")
        self._words.setProperty("role", "muted")
        self._words.setWordWrap(True)
        self.plot = Plot(self)
        self.plot.setObjectName("training.cosine.canvas")
        self.plot.getPlotItem().setYRange(-1.0, 1.0)
        self._zero = pg.InfiniteLine(0.0, angle=0)
        self._curve = pg.PlotDataItem(symbolSize=5)
        for item in (self._zero, self._curve):
            self.plot.addItem(item)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addWidget(self.plot, 1)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    def clear(self) -> None:
        self._track = Track()
        self._curve.setData([], [])
        self.retranslate()

    def add(self, frames: Iterable[TrainFrame]) -> None:
        """Draw what these steps have measured behind what is there."""
        new = [frame for frame in frames if frame.cosine is not None]
        for frame in new:
            self._track.append(frame.step, float(frame.cosine or 0.0))
        if new:
            self._curve.setData(self._track.x, self._track.y)
            self.retranslate()

    def values(self) -> int:
        """How many steps are drawn."""
        return len(self._track)

    def restyle(self) -> None:
        look = theme.current().series_style(0)
        self._curve.setPen(line_pen(look.color, width=1.5))
        self._curve.setSymbol("o")
        self._curve.setSymbolBrush(pg.mkBrush(look.color))
        self._curve.setSymbolPen(None)
        self._zero.setPen(line_pen(theme.current().muted))

    def retranslate(self) -> None:
        self.plot.set_titles(x=self.tr("step"), y=self.tr("cosine"))
        self.plot.setAccessibleName(self.tr("Cosine of the gradients of RPN and detector"))
        text = self.tr(
            "Do RPN and detector pull the shared layers the same way? The cosine between their "
            "gradients in joint training, every {every} steps while this is seen: 1 the same "
            "way, 0 across, below 0 against each other. What one learns moves the features of "
            "the other; the four steps fix them instead."
        ).format(every=EVERY)
        if len(self._track):
            mean = float(self._track.y.mean())
            said = self.tr("Mean of {count} measured steps: {mean}.").format(
                count=len(self._track), mean=number_text.write(mean, digits=2)
            )
            text = f"{text}\n{said}"
        self._words.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.wanted.emit(EVERY)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.wanted.emit(0)
