"""A cut through the landscape, kept in step with the race while it is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot

from engine.checks import Point
from engine.descent.race.scene import CutLine
from engine.descent.race.spec import RaceSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.descent.cross_section.layer import CutLayer
from gui.descent.cross_section.panel import (
    ALONG_X,
    CURSOR,
    FREE,
    RACER,
    START,
    Ball,
    CutPanel,
    Profile,
)
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import SetupStore
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_view import MapView
from gui.racing.jobs import LANE
from gui.widgets.tab_panel import TabPanel

if TYPE_CHECKING:
    from engine.descent.maps.cross_section import Cut

CUT = "descent.cut"  # the job, and the panel's key
CURVES = "curves"
INSET = 0.06  # of a line across the view, so that its handles can be reached


def cut_through(spec: RaceSpec, first: Point, last: Point) -> Iterator[Cut]:
    """The loss along a line, on the worker."""
    from engine.descent.maps.cross_section import cut

    return cut(spec, first, last)


class CrossSectionController(QObject):
    """The line on the map, and what the panel shows of it."""

    def __init__(
        self,
        bridge: Bridge,
        jobs: RaceJobs,
        store: SetupStore,
        map_view: MapView,
        panels: TabPanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._job = NewestJob(bridge, LANE, CUT)
        self._jobs = jobs
        self._store = store
        self._map = map_view
        self._panels = panels
        self._direction, self._through = ALONG_X, START
        self._free: tuple[Point, Point] = ((-1.0, 0.0), (1.0, 0.0))
        self._cursor: Point | None = None
        self._cut: Cut | None = None
        self._offset = 0.0
        self.layer = CutLayer(map_view.view_box)
        map_view.add_layer(self.layer)
        self.panel = CutPanel()
        panels.add(
            CUT,
            self.panel,
            QT_TRANSLATE_NOOP("descent", "Cut"),
            tip=QT_TRANSLATE_NOOP("descent", "The loss along a line, with the racers on it (X)"),
        )
        panels.chosen.connect(self._on_panel)
        self.panel.chosen.connect(self.choose)
        self.layer.moved.connect(self._on_moved)
        map_view.changed.connect(self.update)
        map_view.view_settled.connect(self.update)
        map_view.hovered.connect(self._on_hovered)
        store.changed.connect(self.update)

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            ActionSpec(
                "descent.view.cut",
                QT_TRANSLATE_NOOP("actions", "C&ut"),
                "View",
                self.set_shown,
                "X",
                checkable=True,
                canvas_only=True,
                checked=self.is_shown,
                section=20,
            )
        ]

    def is_shown(self) -> bool:
        return self._panels.key == CUT

    @Slot(bool)
    def set_shown(self, shown: bool) -> None:
        """Bring the cut to the front, or put it away."""
        if shown != self.is_shown():
            self._panels.show_panel(CUT if shown else CURVES)

    def choose(self, direction: str, through: str) -> None:
        """Cut along x, y or the free line, through the start, a racer or the cursor."""
        if direction == FREE and self._direction != FREE:
            first, last = self._ends()
            (x0, y0), (x1, y1) = first, last
            dx, dy = INSET * (x1 - x0), INSET * (y1 - y0)
            self._free = ((x0 + dx, y0 + dy), (x1 - dx, y1 - dy))
        self._direction, self._through = direction, through
        self.panel.show_choice(direction, through)
        self.update()

    @property
    def line(self) -> CutLine:
        """Which line is cut."""
        return CutLine(self._direction, self._through, self._free)

    @property
    def ends(self) -> tuple[Point, Point]:
        """Where the line goes from and to."""
        return self._ends()

    def show_line(self, line: CutLine) -> None:
        """Cut another line."""
        self._direction, self._through, self._free = line.direction, line.through, line.ends
        self.panel.show_choice(line.direction, line.through)
        self.update()

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self.panel.set_scale(factor)

    def update(self, *_: object) -> None:
        """Cut anew where the line or the landscape is another, and show the racers."""
        if not self.is_shown() or self._map.layer.landscape is None:
            return
        ends = self._ends()
        self.layer.show_line(ends, inset=0.0 if self._direction == FREE else INSET)
        race = self._store.setup.race
        self._job.request(
            partial(cut_through, race, *ends),
            on_snapshot=self._on_cut,
            on_error=self._on_failed,
            depends_on=(race.surface, race.formula, dict(race.parameters), race.data, ends),
        )
        self._show_racers()

    def _ends(self) -> tuple[Point, Point]:
        """Where the line goes from and to."""
        if self._direction == FREE:
            return self._free
        x, y = self._place()
        x0, x1, y0, y1 = self._map.visible_domain()
        return ((x0, y), (x1, y)) if self._direction == ALONG_X else ((x, y0), (x, y1))

    def _place(self) -> Point:
        if self._through == CURSOR and self._cursor is not None:
            return self._cursor
        if self._through == RACER:
            for head in self._map.marks.heads:
                if head.chosen and np.isfinite(head.x + head.y):
                    return float(head.x), float(head.y)
        return self._map.start

    def _show_racers(self) -> None:
        cut, history = self._cut, self._jobs.history
        if cut is None or history is None or history.racers != len(self._map.racers):
            return
        count = min(self._map.count, history.count)
        trails = [
            np.column_stack(
                [
                    self._along(cut, history.path(racer)[:count]),
                    self._height(history.loss(racer)[:count]),
                ]
            )
            for racer in range(history.racers)
        ]
        looks = tuple(look for _, look in self._map.racers)
        heads = self._map.marks.heads
        balls = [
            Ball(head.look, float(trail[-1, 0]), float(trail[-1, 1]), head.chosen)
            for head, trail in zip(heads, trails, strict=False)
            if len(trail)
        ]
        self.panel.show_racers(looks, trails, balls)

    def _along(self, cut: Cut, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where on the axis points (N, 2) are seen: their feet on the line."""
        direction = np.subtract(cut.last, cut.first)
        direction = direction / (np.hypot(*direction) or 1.0)
        with np.errstate(all="ignore"):
            return (points - cut.first) @ direction + self._offset

    def _height(self, loss: NDArray[np.float64]) -> NDArray[np.float64]:
        """As the axis has it."""
        landscape = self._map.layer.landscape
        if landscape is None or not self._is_logarithmic():
            return loss
        return landscape.scaled(loss)

    def _is_logarithmic(self) -> bool:
        """As on the map, but where its logarithm is not that of the loss."""
        landscape = self._map.layer.landscape
        return landscape is not None and landscape.logarithmic and not landscape.lifted

    def _begin(self) -> tuple[float, ...]:
        """The heights at which the racers begin."""
        history = self._jobs.history
        if history is None or not history.count:
            return ()
        return tuple(float(self._height(history.loss(r)[:1])[0]) for r in range(history.racers))

    def _on_cut(self, cut: Cut) -> None:
        landscape = self._map.layer.landscape
        if landscape is None or not self.is_shown():
            return
        self._cut = cut
        horizontal = cut.first[1] == cut.last[1] and cut.first[0] < cut.last[0]
        upright = cut.first[0] == cut.last[0] and cut.first[1] < cut.last[1]
        self._offset = cut.first[0] if horizontal else cut.first[1] if upright else 0.0
        self.panel.show_profile(
            Profile(
                cut.way + self._offset,
                self._height(cut.loss),
                cut.minima + self._offset,
                self._height(cut.heights),
                cut.lowest,
                self._begin(),
                self._is_logarithmic(),
                "x" if horizontal else "y" if upright else "",
            )
        )
        self._show_racers()

    def _on_failed(self, error: Exception) -> None:
        """A formula that cannot be used is said where it is written."""

    def draw(self, first: Point, last: Point) -> None:
        """Cut along a line that somebody draws, and show the cut."""
        self._on_moved(first, last)
        self.set_shown(True)

    def _on_moved(self, first: Point, last: Point) -> None:
        self._free = (first, last)
        self._direction = FREE
        self.panel.show_choice(FREE, self._through)
        self.update()

    def _on_hovered(self, x: float, y: float) -> None:
        self._cursor = (x, y)
        if self._through == CURSOR and self._direction != FREE:
            self.update()

    def _on_panel(self, key: str) -> None:
        if key == CUT:
            self.update()
        else:
            self._job.cancel()
            self.layer.show_line(None)
