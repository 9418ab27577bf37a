"""Decision boundaries of all racers, side by side, and the brush over them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.spec import FitSpec, Task
from engine.networks.tasks.views import Examples, TaskView
from gui.networks.tasks.pictures.boundaries.boundary_tile import BoundaryTile
from gui.networks.tasks.pictures.boundaries.brush import ERASER, Points, with_point, without_points
from gui.networks.tasks.pictures.boundaries.brush_bar import BrushBar
from gui.networks.tasks.pictures.picture import Racers, TaskPicture
from gui.networks.tasks.pictures.racer_tile import TileGrid

APART_PX, REACH_PX = 9.0, 13.0  # between painted examples; of the eraser


class BoundariesPicture(TaskPicture):
    """A tile a racer, and the tools.

    Signals:
        painted: all training examples as (x, y, class), after a stroke; none for the task's own.
        picked: the racer that was clicked.
    """

    painted = Signal(object)
    picked = Signal(int)
    wants_view = True

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.bar = BrushBar(f"{name}.brush", self)
        self.grid = TileGrid(f"{name}.tile", BoundaryTile, self)
        self.grid.picked.connect(self.picked)
        self.points: Points = ()
        self._before: Points = ()  # the stroke
        self._test = np.empty((0, 2)), np.empty(0)
        self._domain = (-1.0, 1.0, -1.0, 1.0)
        self._right = False  # a stroke of the right button erases
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.bar)
        column.addWidget(self.grid, 1)
        self.bar.taken.connect(self._on_brush)
        self.bar.cleared.connect(self._on_clear)
        self.bar.restored.connect(self._on_restore)

    @property
    def tiles(self) -> list[BoundaryTile]:
        return [tile for tile in self.grid.tiles if isinstance(tile, BoundaryTile)]

    def set_task(self, task: Task, spec: FitSpec, racers: Racers) -> None:
        other = task.domain != self._domain
        self._domain = task.domain
        new = self.grid.set_racers(list(racers))
        for tile in self.tiles:
            if other or tile in new:
                tile.set_domain(task.domain)
            if tile in new:
                tile.brushed.connect(self._on_brushed)
                tile.set_brushing(self.bar.brush is not None)
        self._show_points()

    def show_examples(self, examples: Examples) -> None:
        self.points = tuple(
            (float(x), float(y), int(group))
            for (x, y), group in zip(examples.inputs, examples.targets, strict=True)
        )
        self._test = examples.test_inputs, examples.test_targets
        self._show_points()

    def set_chosen(self, racer: int) -> None:
        self.grid.set_chosen(racer)

    def show_frame(self, frame: FitFrame) -> None:
        self.grid.show_frame(frame)

    def show_view(self, view: TaskView) -> None:
        if view.boundary is None:
            return
        for racer, tile in enumerate(self.tiles[: len(view.boundary)]):
            wrong = None if view.wrong is None else view.wrong[racer]
            tile.show_boundary(view.x, view.y, view.boundary[racer], wrong)

    def set_scale(self, factor: float) -> None:
        self.bar.setVisible(factor <= 1)
        self.grid.set_scale(factor)

    def restyle(self) -> None:
        self.bar.restyle()
        self.grid.restyle()

    def retranslate(self) -> None:
        self.bar.retranslate()
        for tile in self.tiles:
            tile.setToolTip(
                self.tr(
                    "Where the net says class 0 (circles) and class 1 (triangles); on the line "
                    "both are as likely.\nFilled: training examples, ringed where the net is "
                    "wrong. Hollow: test examples.\nBeside the name: how many of the training "
                    "and of the test examples it has right."
                )
            )

    def _show_points(self) -> None:
        table = np.array(self.points, float).reshape(-1, 3)
        for tile in self.tiles:
            tile.show_points(table[:, :2], table[:, 2], *self._test)
        self.bar.set_emptied(not self.points)
        self.retranslate()

    @Slot(object)
    def _on_brush(self, brush: int | None) -> None:
        for tile in self.tiles:
            tile.set_brushing(brush is not None)

    @Slot(float, float, int, bool)
    def _on_brushed(self, x: float, y: float, stage: int, right: bool) -> None:
        tile, brush = self.sender(), self.bar.brush
        if not isinstance(tile, BoundaryTile) or brush is None:
            return
        if stage == 1:
            self._before, self._right = self.points, right
        unit = tile.pixel_size()
        if self._right or brush == ERASER:
            points = without_points(self.points, x, y, unit=unit, reach_px=REACH_PX)
        elif stage != 2:
            points = with_point(self.points, (x, y, brush), unit=unit, apart_px=APART_PX)
        else:
            points = self.points
        if points != self.points:
            self.points = points
            self._show_points()
        # Nothing can be learned from no example: what was erased to the last waits for others.
        if stage == 2 and self.points and self.points != self._before:
            self.painted.emit(self.points)

    @Slot()
    def _on_clear(self) -> None:
        self.points = ()
        self._show_points()
        if self.bar.brush is None:
            self.bar.brushes[0].click()

    @Slot()
    def _on_restore(self) -> None:
        self.painted.emit(())
