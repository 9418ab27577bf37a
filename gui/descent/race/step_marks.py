"""Where on the map every racer was at the step that is pointed at in the curves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.descent.race_jobs import RaceJobs
from gui.landscape.layer import MapLayer, Points3d, Stack
from gui.landscape.map_view import MapView
from gui.racing.curves import Curves
from gui.racing.racer_style import draw_head

RING_PX, MARK_PX = 9.5, 10.0


class StepMarksLayer(MapLayer):
    """A ring with the racer's marker at each of some places."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=37)  # above the heads
        self.points: NDArray[np.float64] = np.empty((0, 2))
        self._looks: Sequence[RacerStyle] = ()

    def show_points(self, points: NDArray[np.float64], looks: Sequence[RacerStyle]) -> None:
        """Mark places (R, 2) float64 of the plane, one for each look; none when empty."""
        self.points, self._looks = points, looks
        self.refresh()
        self.changed.emit()

    def points3d(self) -> Sequence[Points3d]:
        return (Points3d(self.points, self._draw, Stack.ABOVE_START),) if len(self.points) else ()

    def inspect_state(self) -> dict[str, object]:
        return {"pointed": self.points.tolist()}

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if len(self.points):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pixels = self.pixels(self.points)
            near = self.rows_in_view(pixels)
            self._draw(painter, pixels[near], near)

    def _draw(self, painter: QPainter, pixels: NDArray[np.float64], rows: NDArray[np.intp]) -> None:
        colors, scale = theme.current(), self.scale_factor
        for (x, y), row in zip(pixels, rows, strict=True):
            place = QPointF(float(x), float(y))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for color, width in ((colors.color("casing"), 4.0), (colors.color("accent"), 2.0)):
                painter.setPen(QPen(color, width * scale))
                painter.drawEllipse(place, RING_PX * scale, RING_PX * scale)
            style = colors.racer(self._looks[row])
            casing = colors.color("casing")
            draw_head(painter, style, place, size=MARK_PX * scale, casing=casing, width=1.2)


class StepMarks(QObject):
    """Marks on the map the step under the cursor of the curves."""

    def __init__(self, jobs: RaceJobs, curves: Curves, map_view: MapView, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.layer = StepMarksLayer(map_view.view_box)
        map_view.add_layer(self.layer)
        curves.hover.hovered.connect(self._on_hovered)

    def _on_hovered(self, step: int) -> None:
        setup, history = self._jobs.setup, self._jobs.history
        if step < 0 or setup is None or history is None or step >= history.count:
            self.layer.show_points(np.empty((0, 2)), ())
            return
        points = np.array([history.path(racer)[step] for racer in range(history.racers)])
        self.layer.show_points(points.reshape(-1, 2), [entry.look for entry in setup.running])
