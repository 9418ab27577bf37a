"""Several random initializations of one racer: which minima they reach, the best marked."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QStyleOptionGraphicsItem,
    QVBoxLayout,
    QWidget,
)

from engine.checks import Domain
from engine.networks.tasks.views import StartsView
from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.networks.tasks.pictures.picture import Racers
from gui.networks.tasks.pictures.racer_tile import loss_text, text_font
from gui.networks.tasks.pictures.tabs.plot_row import PlotRow
from gui.networks.tasks.pictures.tabs.starts_grid import StartsGrid, group_letter
from gui.plots.growing_series import logarithm
from gui.plots.layer import PlotLayer
from gui.racing.racer_style import draw_marker

Array = NDArray[np.float64]

MOST_NAMED = 6  # minima in the sentence


class LossesLayer(PlotLayer):
    """The starts' losses as dots, from the least to the greatest, with their groups' letters."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=5)
        self._points = np.empty((0, 2))
        self._groups: NDArray[np.int64] = np.empty(0, np.int64)

    def show_losses(self, points: Array, groups: NDArray[np.int64]) -> None:
        """Points (S, 2), the best first, and the minimum (S,) that each has reached."""
        self._points, self._groups = points, groups
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if not len(self._points):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors, scale = theme.current(), self.scale_factor
        pixels = self.pixels(self._points)
        painter.setPen(QPen(colors.color("panel"), 0.8))
        for (x, y), group in zip(pixels.tolist(), self._groups.tolist(), strict=True):
            if np.isfinite(y):
                painter.setBrush(colors.color("muted" if group < 0 else "text"))
                painter.drawEllipse(QPointF(x, y), 2.8 * scale, 2.8 * scale)
        best = QPointF(*pixels[0].tolist())
        if np.isfinite(best.y()):
            draw_marker(
                painter, "star", best, size=14 * scale, fill=colors.color("accent"),
                line=colors.color("casing"), width=1.2,
            )  # fmt: skip
        painter.setFont(text_font(scale, bold=True))
        painter.setPen(colors.color("text"))
        for group in np.unique(self._groups[self._groups >= 0]).tolist():
            x, y = pixels[self._groups == group].mean(axis=0).tolist()
            below = y < self.boundingRect().top() + 24 * scale
            top = y + 4 * scale if below else y - 20 * scale
            spot = QRectF(x - 20 * scale, top, 40 * scale, 16 * scale)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, group_letter(group))


class StartsTab(QWidget):
    """A sentence, the pictures of the starts, and their losses in order.

    Signals:
        chosen: the racer whose starts are wanted.
    """

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._racers: Racers = ()
        self.starts: StartsView | None = None
        self.said = QLabel(self)
        self.said.setObjectName(f"{name}.said.label")
        self.said.setWordWrap(True)
        self.racer = QComboBox(self)
        self.racer.setObjectName(f"{name}.racer.combo")
        self.racer.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.racer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.racer.currentIndexChanged.connect(self._on_racer)
        self.grid = StartsGrid(f"{name}.grid", self)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName(f"{name}.scroll")
        self._scroll.setWidget(self.grid)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.plots = PlotRow(f"{name}.plot", self)
        self.plots.set_count(1)
        self.plot = self.plots.plots[0]
        self.plot.getAxis("left").setLogMode(x=False, y=True)
        self.losses = LossesLayer(self.plot.box)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setObjectName(f"{name}.splitter")
        self.split.setChildrenCollapsible(False)
        for part, share in ((self._scroll, 3), (self.plots, 2)):
            self.split.addWidget(part)
            self.split.setStretchFactor(self.split.count() - 1, share)
        self.split.setSizes([600, 400])
        head = QHBoxLayout()
        head.setContentsMargins(8, 3, 6, 3)
        head.addWidget(self.said, 1)
        head.addWidget(self.racer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.split, 1)
        self.restyle()
        self.retranslate()
        self.show_starts(None)

    def set_task(self, domain: Domain, racers: Racers) -> None:
        """Another task, or other racers; nothing of them is known yet."""
        kept = self.racer.currentIndex()
        self._racers = tuple(racers)
        self.grid.set_domain(domain)
        with QSignalBlocker(self.racer):
            self.racer.clear()
            self.racer.addItems([title for title, _ in racers])
            self.racer.setCurrentIndex(kept if 0 <= kept < len(racers) else 0)
        self.show_starts(None)

    def show_starts(self, starts: StartsView | None) -> None:
        """All starts of a racer; None where it has one alone."""
        self.starts = starts
        look: RacerStyle | None = None
        if starts is not None and starts.racer < len(self._racers):
            look = self._racers[starts.racer][1]
            with QSignalBlocker(self.racer):
                self.racer.setCurrentIndex(starts.racer)
        self.grid.show_starts(starts, look)
        self.split.setVisible(starts is not None)
        if starts is not None:
            self._show_losses(starts)
        self.racer.setVisible(len(self._racers) > 1)
        self.said.setText(self.words())

    def _show_losses(self, starts: StartsView) -> None:
        order = np.argsort(np.nan_to_num(starts.losses, nan=np.inf), kind="stable")
        exponents = logarithm(starts.losses[order])
        places = np.arange(1, len(order) + 1, dtype=np.float64)
        self.losses.show_losses(np.column_stack((places, exponents)), starts.groups[order])
        finite = exponents[np.isfinite(exponents)]
        low, high = (finite.min(), finite.max()) if finite.size else (-1.0, 0.0)
        room = 0.5 + 0.03 * len(order)
        bottom, top = np.floor(2 * low - 0.5) / 2, np.ceil(2 * high + 0.5) / 2
        self.plot.set_ends(1 - room, len(order) + room, float(bottom), float(top))

    def words(self) -> str:
        """What has come of the starts, in sentences."""
        starts = self.starts
        if starts is None:
            return self.tr(
                "This racer has one start. Give it more starts in its settings to see which "
                "minima random initializations reach."
            )
        finite = np.isfinite(starts.losses)
        moving, diverged = int((finite & (starts.groups < 0)).sum()), int((~finite).sum())
        reached = starts.groups == 0
        said = []
        # While one that moves lies lower, nobody has reached the lowest.
        known = bool(reached[starts.best])
        if known:
            text = self.tr("{count} of {all} reached the lowest loss, {loss} (A).")
            lowest = loss_text(float(starts.losses[reached].min()))
            said.append(text.format(count=reached.sum(), all=len(reached), loss=lowest))
        elif moving:
            text = self.tr("The lowest loss so far: {loss}.")
            said.append(text.format(loss=loss_text(float(starts.losses[starts.best]))))
        if (starts.groups >= known).any():
            text = self.tr("Others: {others}.") if known else self.tr("Settled: {others}.")
            said.append(text.format(others=_counts(starts.groups[starts.groups >= known])))
        if moving:
            said.append(self.tr("Still moving: {count}.").format(count=moving))
        if diverged:
            said.append(self.tr("Diverged: {count}.").format(count=diverged))
        return " ".join(said)

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self.grid.set_scale(factor)
        self.plots.set_scale(factor)
        self.losses.set_scale(factor)
        size = f"font-size: {round(13 * factor)}px;" if factor > 1 else ""
        self.said.setStyleSheet(size)

    def restyle(self) -> None:
        """Take the theme's colours."""
        self.plots.restyle()
        self.plot.getAxis("left").setWidth(50)
        self.grid.update()
        self.losses.refresh()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.racer.setAccessibleName(self.tr("Whose starts"))
        self.racer.setToolTip(self.tr("Whose starts are shown"))
        self.plots.set_titles([self.tr("losses in order")])
        self.plot.name_axes(self.tr("start, the best first"), "")
        self.plots.setAccessibleName(self.tr("Losses of the starts in order"))
        self.plots.setToolTip(
            self.tr("Each dot a start. Dots on one level have reached the same minimum.")
        )
        self.grid.setAccessibleName(self.tr("Pictures of the starts"))
        self._scroll.setAccessibleName(self.tr("Pictures of the starts"))
        self.said.setText(self.words())

    @Slot(int)
    def _on_racer(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit(index)


def _counts(groups: NDArray[np.int64]) -> str:
    """How many starts (S,) each minimum has: `B × 12, C × 3`; of many the lowest."""
    found, counts = np.unique(groups, return_counts=True)
    pairs = list(zip(found.tolist(), counts.tolist(), strict=True))
    parts = [f"{group_letter(group)}\u00a0×\u00a0{count}" for group, count in pairs[:MOST_NAMED]]
    return ", ".join(parts + ["…"] * (len(pairs) > MOST_NAMED))
