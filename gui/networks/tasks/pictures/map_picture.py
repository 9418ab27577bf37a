"""Two parameters: the landscape that is the whole truth, and the racers' ways over it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from engine.landscape import Landscape
from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.spec import FitSpec, Task
from gui.landscape.head_markers import Head
from gui.landscape.map_view import MapView
from gui.landscape.surface_switch import SurfaceSwitch
from gui.networks.tasks.pictures.picture import Racers, TaskPicture
from gui.networks.tasks.pictures.racer_key import RacerKey
from gui.networks.tasks.pictures.racer_tile import notes_of

Array = NDArray[np.float64]
NAMES = ("u", "v")


class MapPicture(TaskPicture):
    """The shared map, without a legend in it: the names stand above with their losses.

    Signals:
        start_moved: where the start was dragged to.
        landscape_wanted: the part of the plane (u0, u1, v0, v1) that is seen, once it rests.
        failed: why there is no view in three dimensions.
    """

    start_moved = Signal(float, float)
    landscape_wanted = Signal(object)
    failed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.key = RacerKey(f"{name}.key", self)
        self.map = MapView(name, self)
        self.map.name_axes(*NAMES)
        self.solid = QToolButton(self)
        self.solid.setObjectName(f"{name}.solid")
        self.solid.setCheckable(True)
        self.solid.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.switch = SurfaceSwitch(self.map, self)
        self.solid.clicked.connect(self.switch.set_shown)
        self.switch.changed.connect(self.solid.setChecked)
        self.switch.failed.connect(self.failed)
        self.fit = QToolButton(self)
        self.fit.setObjectName(f"{name}.fit")
        self.fit.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fit.clicked.connect(self.switch.fit)
        self._racers: Racers = ()
        self._shown: list[Array] = []  # the last drawn point (2,) of each path
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 6, 0)
        head.addWidget(self.key, 1)
        head.addWidget(self.fit)
        head.addWidget(self.solid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.map, 1)
        self.map.start_dragged.connect(self._on_dragged)
        self.map.start_wanted.connect(self._on_wanted)
        self.map.view_settled.connect(self._on_settled)
        self.retranslate()

    def set_task(self, task: Task, spec: FitSpec, racers: Racers) -> None:
        self._racers = tuple(racers)
        self.key.set_racers(racers)
        self.map.set_racers(racers)
        self.map.racer_legend.show_racers(())  # they stand above
        self.map.set_home(task.domain)
        self.map.marks.set_minima(np.array(task.minima, float).reshape(-1, 2))
        start = spec.start or task.start
        if start is not None:
            self.map.show_start(*start)
        self.show_paths([], 0)

    def show_frame(self, frame: FitFrame) -> None:
        self.key.set_notes([notes_of(frame, racer)[:2][-1] for racer in range(len(frame.state))])

    def show_landscape(self, landscape: Landscape | None, minima: Array) -> None:
        """The map, and known minima (M, 2); None: it is still to come."""
        if landscape is not None:
            self.map.show_landscape(landscape)
        if len(minima):
            self.map.marks.set_minima(minima)

    def show_paths(self, paths: Sequence[Array], step: int) -> None:
        """The racers' ways (n, 2), up to a step."""
        before = len(self._shown) == len(paths) and self.map.count
        same = before and all(
            len(path) >= self.map.count and np.array_equal(path[self.map.count - 1], last)
            for path, last in zip(paths, self._shown, strict=True)
        )
        if not same:
            self.map.trails.restart()  # another race
        count = min([step + 1, *(len(path) for path in paths)]) if paths else 0
        self._shown = [path[count - 1].copy() for path in paths if count]
        heads = [
            Head(look, float(x), float(y))
            for (_, look), (x, y) in zip(self._racers, self._shown, strict=False)
            if np.isfinite((x, y)).all()
        ]
        self.map.show_race(paths, count, heads)

    def set_scale(self, factor: float) -> None:
        self.key.set_scale(factor)
        self.map.set_scale(factor)

    def restyle(self) -> None:
        self.key.update()  # the map hears of the theme itself

    def retranslate(self) -> None:
        self.solid.setText(self.tr("3-D"))
        self.solid.setToolTip(self.tr("The landscape in three dimensions"))
        self.fit.setText(self.tr("Fit"))
        self.fit.setToolTip(self.tr("Show the whole landscape again"))
        self.map.setToolTip(
            self.tr("Drag the cross-hair, where all racers start, or Shift+click; rings are minima")
        )

    @Slot()
    def _on_settled(self) -> None:
        self.landscape_wanted.emit(self.map.visible_domain())

    @Slot(float, float, int)
    def _on_dragged(self, u: float, v: float, stage: int) -> None:
        self._on_wanted(u, v)

    @Slot(float, float)
    def _on_wanted(self, u: float, v: float) -> None:
        self.map.show_start(u, v)
        self.start_moved.emit(u, v)
