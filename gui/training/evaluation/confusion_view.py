"""What is taken for what, as a heat map with its numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLocale, QPointF
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.number_text import write
from gui.plots.heat_map import HeatMap
from gui.plots.plot_widget import small_font

MOST_NUMBERS = 16  # classes up to which a count fits into its cell
BETWEEN = 8  # px between two names, at least
LIGHT = 0.6  # share of the largest value from which a cell is so light that its number is black


class ConfusionView(QWidget):
    """Rows are what it is, columns what the model says; a cell is read under the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Mapping[str, Any] = {}
        self.counts: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self.names: list[str] = []
        self.numbers: list[pg.TextItem] = []
        self.words = QLabel(self)
        self.words.setObjectName("training.evaluation.confusion.label")
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.map = HeatMap(self)
        self.map.setObjectName("training.evaluation.confusion.plot")
        self.map.scene().sigMouseMoved.connect(self._read)
        self.map.getPlotItem().getViewBox().sigResized.connect(self._name_axes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.words)
        layout.addWidget(self.map, 1)
        self.retranslate()

    def set_report(self, report: Mapping[str, Any]) -> None:
        """Show another report."""
        self._report = report
        self.refresh()

    def refresh(self) -> None:
        """Draw anew."""
        told = self._report.get("confusion")
        for item in self.numbers:
            self.map.removeItem(item)
        self.numbers = []
        if told is None:
            self.counts, self.names = np.zeros((0, 0), np.int64), []
            return
        self.counts = np.asarray(told["counts"], np.int64)
        self.names = [*told["classes"], self.tr("nothing")]
        shares = self.counts / np.maximum(self.counts.sum(1, keepdims=True), 1)
        self.map.set_values(shares)
        places = self._places()
        self._name_axes()
        if len(self.names) <= MOST_NUMBERS + 1:
            self._write_numbers(shares / max(float(shares.max()), 1e-9), places)
        self._explain()

    def _places(self) -> NDArray[np.float64]:
        """(N,) the middle of each row and column on an axis from 0 to 1."""
        middles: NDArray[np.float64] = (np.arange(len(self.names)) + 0.5) / len(self.names)
        return middles

    def _name_axes(self) -> None:
        """Write as many names as do not touch."""
        if not self.names:
            return
        box, metrics = self.map.getPlotItem().getViewBox(), QFontMetrics(small_font())
        widest = max(metrics.horizontalAdvance(name) for name in self.names)
        ticks = list(zip(self._places().tolist(), self.names, strict=True))
        for side, room, need in (
            ("left", box.height(), metrics.height()), ("bottom", box.width(), widest + BETWEEN),
        ):  # fmt: skip
            every = math.ceil(need * len(ticks) / max(room, need))
            self.map.getPlotItem().getAxis(side).setTicks([ticks[::every]])

    def _write_numbers(self, shades: NDArray[np.float64], places: NDArray[np.float64]) -> None:
        number = QLocale()
        for row, column in zip(*np.nonzero(self.counts), strict=True):
            color = "#000000" if shades[row, column] > LIGHT else "#ffffff"
            item = pg.TextItem(
                number.toString(int(self.counts[row, column])), color=color, anchor=(0.5, 0.5)
            )
            item.setFont(theme.tabular(small_font()))
            item.setPos(places[column], places[row])
            self.map.addItem(item)
            self.numbers.append(item)

    def _explain(self) -> None:
        told = self._report["confusion"]
        self.words.setText(
            self.tr(
                "Boxes above score {score}, paired with objects from IoU {iou} on, whatever their"
                " class. The colour is the share of the row; point at a cell to read it."
            ).format(score=write(told["score"]), iou=write(told["iou"]))
        )

    def _read(self, place: QPointF) -> None:
        """Say what the cell under the mouse counts."""
        box = self.map.getPlotItem().getViewBox()
        if not self.names:
            return
        point = box.mapSceneToView(place)
        count = len(self.names)
        row, column = int(np.floor(point.y() * count)), int(np.floor(point.x() * count))
        if not (0 <= row < count and 0 <= column < count):
            self._explain()
            return
        self.words.setText(self.cell_text(row, column))

    def cell_text(self, row: int, column: int) -> str:
        """What a cell counts, as a sentence."""
        number, last = QLocale(), len(self.names) - 1
        if column == last and row == last:
            return self.tr("Nothing there, and nothing said: this is not counted.")
        if row == last:
            text = self.tr("{said} where there is no such object: {count}")
        elif column == last:
            text = self.tr("{truth}, not found: {count} of {whole}")
        else:
            text = self.tr("{truth}, the model says {said}: {count} of {whole}")
        return text.format(
            truth=self.names[row],
            said=self.names[column],
            count=number.toString(int(self.counts[row, column])),
            whole=number.toString(int(self.counts[row].sum())),
        )

    def retranslate(self) -> None:
        self.map.set_titles(x=self.tr("what the model says"), y=self.tr("what it is"))
        self.map.setAccessibleName(self.tr("Confusion matrix"))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
