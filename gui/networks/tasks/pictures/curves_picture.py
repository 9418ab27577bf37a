"""Regression: the examples, and the curve that each racer has fitted to them."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QVBoxLayout, QWidget

from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.spec import FitSpec, Task
from engine.networks.tasks.views import Examples, TaskView
from gui import theme
from gui.networks.tasks.pictures.boundaries.boundary_tile import marker_radius
from gui.networks.tasks.pictures.picture import Racers, TaskPicture
from gui.networks.tasks.pictures.racer_key import RacerKey
from gui.networks.tasks.pictures.racer_plot import RacerPlot
from gui.networks.tasks.pictures.racer_tile import notes_of
from gui.plots.layer import PlotLayer

Array = NDArray[np.float64]

ROOM = 0.08  # above and below the targets, as a share of their range


class ExamplesLayer(PlotLayer):
    """Training examples as discs, test examples as rings."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=-1)
        self._points, self._test = np.empty((0, 2)), np.empty((0, 2))

    def show_points(self, points: Array, test: Array) -> None:
        """Both (n, 2) in the view's coordinates."""
        self._points, self._test = points, test
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.boundingRect()
        painter.setClipRect(rect)
        colors = theme.current()
        side = min(rect.width(), rect.height()) / self.scale_factor
        radius = marker_radius(1.3 * side, len(self._points), self.scale_factor)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colors.color("muted"), 1.3))
        for x, y in self.pixels(self._test).tolist():
            painter.drawEllipse(QPointF(x, y), radius, radius)
        painter.setBrush(colors.color("text", 0.75))
        painter.setPen(QPen(colors.color("panel"), 1.0))
        for x, y in self.pixels(self._points).tolist():
            painter.drawEllipse(QPointF(x, y), radius, radius)


class CurvesPicture(TaskPicture):
    """One plot of all racers."""

    wants_view = True

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.key = RacerKey(f"{name}.key", self)
        self.view = pg.GraphicsLayoutWidget(self)
        self.view.setObjectName(f"{name}.plot")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.view.setMinimumSize(160, 80)
        self.view.ci.layout.setContentsMargins(0, 4, 10, 0)
        self.plot = RacerPlot()
        self.view.addItem(self.plot, 0, 0)
        self.examples = ExamplesLayer(self.plot.box)
        self._domain = (-1.0, 1.0, -1.0, 1.0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.key)
        column.addWidget(self.view, 1)
        self.restyle()
        self.retranslate()

    def set_task(self, task: Task, spec: FitSpec, racers: Racers) -> None:
        self._domain = task.domain
        self.key.set_racers(racers)
        self.plot.set_looks([look for _, look in racers])
        self.plot.show_lines([])
        self._set_ends(np.empty(0))

    def show_examples(self, examples: Examples) -> None:
        self.examples.show_points(
            np.column_stack((examples.inputs[:, 0], examples.targets)),
            np.column_stack((examples.test_inputs[:, 0], examples.test_targets)),
        )
        self._set_ends(np.concatenate((examples.targets, examples.test_targets)))

    def show_frame(self, frame: FitFrame) -> None:
        self.key.set_notes([notes_of(frame, racer)[:2][-1] for racer in range(len(frame.state))])

    def show_view(self, view: TaskView) -> None:
        if view.curve is not None:
            outputs = view.curve.astype(np.float64)
            self.plot.show_lines([np.column_stack((view.x, output)) for output in outputs])

    def set_scale(self, factor: float) -> None:
        self.key.set_scale(factor)
        self.plot.set_scale(factor)
        self.examples.set_scale(factor)
        self.retranslate()

    def restyle(self) -> None:
        self.view.setBackground(theme.current().color("panel"))
        self.plot.restyle()
        self.examples.refresh()
        self.key.update()
        self.retranslate()

    def retranslate(self) -> None:
        self.plot.name_axes("x", self.tr("output"))
        self.view.setAccessibleName(self.tr("Examples and fitted curves"))
        self.view.setToolTip(
            self.tr(
                "Each racer's output over the input. Discs are training examples, rings test "
                "examples."
            )
        )
        self.key.setToolTip(self.tr("Beside each name its training loss"))

    def _set_ends(self, targets: Array) -> None:
        """All of the task's range, and targets that noise has thrown out of it."""
        x0, x1, y0, y1 = self._domain
        if targets.size:
            y0, y1 = min(y0, float(targets.min())), max(y1, float(targets.max()))
        room = ROOM * (y1 - y0)
        self.plot.set_ends(x0, x1, y0 - room, y1 + room)
