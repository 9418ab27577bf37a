"""How weights, gradients and activations are spread, layer by layer."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.networks.tasks.views import Histogram
from gui.networks.tasks.pictures.picture import Racers
from gui.networks.tasks.pictures.racer_key import RacerKey
from gui.networks.tasks.pictures.tabs.plot_row import PlotRow

Array = NDArray[np.float64]

WHAT = ("weights", "gradients", "activations")
ALL = -1
ROUND = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)


class HistogramsTab(QWidget):
    """One kind of value, a plot a layer, all racers overlaid or one alone.

    Signals:
        chosen: the racer that is looked at alone.
    """

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._racers: Racers = ()
        self._shown: Sequence[Histogram] = ()
        self._ends: dict[tuple[str, int], tuple[float, float, float]] = {}
        self.what = QComboBox(self)
        self.what.setObjectName(f"{name}.what.combo")
        for what in WHAT:
            self.what.addItem("", what)
        self.racer = QComboBox(self)
        self.racer.setObjectName(f"{name}.racer.combo")
        self.key = RacerKey(f"{name}.key", self)
        self.plots = PlotRow(f"{name}.plots", self, across=4)
        self.note = QLabel(self)
        self.note.setObjectName(f"{name}.note.label")
        self.note.setProperty("role", "muted")
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setWordWrap(True)
        head = QHBoxLayout()
        head.setContentsMargins(6, 3, 6, 0)
        head.setSpacing(8)
        for combo in (self.what, self.racer):
            combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            head.addWidget(combo)
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.key)
        column.addWidget(self.note, 1)
        column.addWidget(self.plots, 1)
        self.what.currentIndexChanged.connect(self._draw)
        self.racer.currentIndexChanged.connect(self._on_racer)
        self.restyle()
        self.retranslate()
        self._draw()

    def set_racers(self, racers: Racers) -> None:
        """Names and looks; nothing of them is known yet."""
        kept = self.racer.currentData()
        self._racers = tuple(racers)
        self._shown, self._ends = (), {}
        with QSignalBlocker(self.racer):
            self.racer.clear()
            self.racer.addItem("", ALL)
            for index, (title, _) in enumerate(racers):
                self.racer.addItem(title, index)
            self.racer.setCurrentIndex(max(0, self.racer.findData(kept)))
        self.retranslate()
        self._draw()

    def show_histograms(self, histograms: Sequence[Histogram]) -> None:
        """Of all kinds and layers."""
        self._shown = histograms
        self._draw()

    @Slot()
    def _draw(self) -> None:
        what, racer = self.what.currentData(), self.racer.currentData()
        shown = sorted((h for h in self._shown if h.what == what), key=lambda h: h.layer)
        self.plots.setVisible(bool(shown))
        self.note.setVisible(not shown)
        rows = range(len(self._racers)) if racer in (ALL, None) else [racer]
        self.key.set_racers([self._racers[row] for row in rows])
        if not shown:
            return
        self.plots.set_count(len(shown))
        for plot, histogram in zip(self.plots.plots, shown, strict=True):
            there = [row for row in rows if row < len(histogram.counts)]
            plot.set_looks([self._racers[row][1] for row in there])
            lines = [outline(histogram.edges[row], histogram.counts[row]) for row in there]
            plot.show_lines(lines)
            key = (what, histogram.layer)
            self._ends[key] = steady_ends(lines, self._ends.get(key))
            low, high, top = self._ends[key]
            plot.set_ends(low, high, 0.0, top)
        self._name(shown)

    def _name(self, shown: Sequence[Histogram]) -> None:
        names = {
            "weights": self.tr("weight"),
            "gradients": self.tr("gradient"),
            "activations": self.tr("activation"),
        }
        layer = self.tr("layer {layer}")
        self.plots.set_titles([layer.format(layer=each.layer + 1) for each in shown])
        for index, plot in enumerate(self.plots.plots):
            share = self.tr("share, %") if index == 0 else ""
            plot.name_axes(names[self.what.currentData()], share)

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self.key.set_scale(factor)
        self.plots.set_scale(factor)
        self._draw()

    def restyle(self) -> None:
        """Take the theme's colours."""
        self.key.update()
        self.plots.restyle()
        self._draw()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        names = (self.tr("Weights"), self.tr("Gradients"), self.tr("Activations"))
        for index, text in enumerate(names):
            self.what.setItemText(index, text)
        self.what.setAccessibleName(self.tr("What the histograms show"))
        self.what.setToolTip(self.tr("What the histograms show"))
        if self.racer.count():
            self.racer.setItemText(0, self.tr("All racers"))
        self.racer.setAccessibleName(self.tr("Whose histograms"))
        self.racer.setToolTip(self.tr("All racers overlaid, or one alone"))
        self.plots.setAccessibleName(self.tr("Histograms of every layer"))
        self.note.setText(self.tr("No values of this kind have come yet."))
        self._draw()

    @Slot(int)
    def _on_racer(self, index: int) -> None:
        self._draw()
        racer = self.racer.itemData(index)
        if racer is not None and racer != ALL:
            self.chosen.emit(racer)


def outline(edges: Array, counts: NDArray[np.int64]) -> Array:
    """The steps of a histogram, (2 bins + 2, 2): shares in per cent over the values.

    Args:
        edges: (bins + 1,).
        counts: (bins,).
    """
    shares = 100.0 * counts / max(1, int(counts.sum()))
    heights = np.concatenate(([0.0], np.repeat(shares, 2), [0.0]))
    return np.column_stack((np.repeat(edges, 2), heights))


def steady_ends(
    lines: Sequence[Array], before: tuple[float, float, float] | None
) -> tuple[float, float, float]:
    """Left and right end of the values and the highest share, in round steps.

    What was shown before stays while it holds the lines and is not twice too large, so that
    the axes stand still while a net learns.
    """
    points = np.concatenate(lines) if lines else np.array([[0.0, 0.0], [1.0, 1.0]])
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        return before or (-1.0, 1.0, 100.0)
    low, high = float(points[:, 0].min()), float(points[:, 0].max())
    top = float(points[:, 1].max()) or 1.0
    if before is not None:
        held = before[0] <= low and high <= before[1] and top <= before[2]
        near = before[1] - before[0] <= 2.5 * (high - low) and before[2] <= 2.5 * top
        if held and near:
            return before
    step = _round_up(max(high - low, 1e-12) / 8)
    return (
        step * math.floor(low / step - 1e-9),
        step * math.ceil(high / step + 1e-9),
        min(_round_up(1.05 * top), 105.0),
    )


def _round_up(value: float) -> float:
    """The next of few round numbers."""
    decade = 10.0 ** math.floor(math.log10(value))
    return float(next(rung * decade for rung in ROUND if rung * decade >= value))
