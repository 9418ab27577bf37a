"""Whether a score can be believed: the share of true boxes in each bin of scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.number_text import write_metric
from gui.plots.plot_widget import Plot, faint, line_pen, small_font

TOP = 1.1  # of the axis: a count stands above a full bar


class ReliabilityView(QWidget):
    """Bars with their counts, the line on which they should end, and each bin's mean score."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Mapping[str, Any] = {}
        self.bars: pg.BarGraphItem | None = None
        self.counts: list[pg.TextItem] = []
        self.words = QLabel(self)
        self.words.setObjectName("training.evaluation.reliability.label")
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.plot = Plot(self)
        self.plot.setObjectName("training.evaluation.reliability.plot")
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.getPlotItem().setRange(xRange=(0, 1.03), yRange=(0, TOP), padding=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.words)
        layout.addWidget(self.plot, 1)
        theme.notifier().changed.connect(self.refresh)
        self.retranslate()

    def set_report(self, report: Mapping[str, Any]) -> None:
        """Show another report."""
        self._report = report
        self.refresh()

    def refresh(self) -> None:
        """Draw anew."""
        self.plot.clear()
        self.bars, self.counts = None, []
        told = self._report.get("calibration")
        if told is None:
            return
        bins, colors = told["bins"], theme.current()
        if bins:
            self.bars = pg.BarGraphItem(
                x0=[entry["from"] for entry in bins],
                x1=[entry["to"] for entry in bins],
                y0=0,
                height=[entry["true"] for entry in bins],
                brush=faint(colors.accent, 0.6),
                pen=line_pen(colors.panel),
            )
            self.plot.addItem(self.bars)
        line = pg.PlotDataItem(
            [0, 1], [0, 1], pen=pg.mkPen(colors.muted, style=Qt.PenStyle.DashLine)
        )
        self.plot.addItem(line)
        means = pg.PlotDataItem(
            [entry["score"] for entry in bins], [entry["true"] for entry in bins],
            pen=None, symbol="d", symbolSize=8, symbolBrush=colors.text, symbolPen=None,
        )  # fmt: skip
        self.plot.addItem(means)
        for entry in bins:
            item = pg.TextItem(
                QLocale().toString(entry["boxes"]), color=colors.text, anchor=(0.5, 1)
            )
            item.setFont(theme.tabular(small_font()))
            item.setPos((entry["from"] + entry["to"]) / 2, entry["true"] + 0.02)
            self.plot.addItem(item)
            self.counts.append(item)
        self.words.setText(
            self.tr(
                "The share of boxes that are true at IoU .50, and their number above each bar;"
                " diamonds: the mean score. On the line a score is a probability. Expected"
                " calibration error: {error}."
            ).format(error=write_metric(told["error"]))
        )

    def retranslate(self) -> None:
        self.plot.set_titles(x=self.tr("score"), y=self.tr("share that is true"))
        self.plot.setAccessibleName(self.tr("Reliability of the scores"))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
