"""What lies over the map: the base of the layers that the map view takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter

from engine.export.scene.records import Layer
from gui.landscape.map_legend import Legend, Plated
from gui.plots.layer import PlotLayer
from gui.plots.polylines import Stroke

Array = NDArray[np.float64]

TRAIL_SAMPLES = 200  # of one trail, where legends look for a place


class Weight(IntEnum):
    """How much it matters that no legend covers a place."""

    TRAIL = 1  # a sample of a line; of those in one spot one counts
    MARK = 30  # a known minimum, an example's arrow
    FOCUS = 200  # what is looked at: a racer, the start, the vectors of a step


@dataclass(frozen=True)
class Places:
    """What the legends had better not cover.

    Attributes:
        pixels: (N, 2) float64 of the view box; what is not finite covers nothing.
        weight: of each of them.
    """

    pixels: Array
    weight: Weight


class Stack(IntEnum):
    """Where in the 3-D view something lies."""

    BELOW_TRAILS = 0
    ABOVE_TRAILS = 1
    ABOVE_START = 2


@dataclass(frozen=True)
class Points3d:
    """Marks that the 3-D view draws where their points lie on the surface.

    Attributes:
        points: (N, 2) float64 of the plane; those outside of the surface are left out.
        draw: draws with a painter, at pixels (M, 2) float64, the rows (M,) of `points`.
        stack: what they lie above.
        faint: those behind a hill are drawn faintly; else not at all.
    """

    points: Array
    draw: Callable[[QPainter, Array, NDArray[np.intp]], None]
    stack: Stack
    faint: bool = True


class MapLayer(PlotLayer):
    """A layer of a map. `MapView.add_layer` takes it and calls what a subclass overrides.

    Signals:
        changed: something else is drawn, which the 3-D view shows, too.

    Attributes:
        legend: says what the layer shows; None where it needs no words.
        inset: a picture that the layer sets into a corner of the map; it chooses before legends.
    """

    changed = Signal()
    legend: Legend | None = None
    inset: Plated | None = None

    def places(self) -> Sequence[Places]:
        """What the legends had better not cover."""
        return ()

    def points3d(self) -> Sequence[Points3d]:
        """What the 3-D view draws of the layer."""
        return ()

    def lines3d(self) -> Sequence[tuple[Array, Stroke]]:
        """Lines (N, 2) float64 of the plane that the 3-D view draws on the surface."""
        return ()

    def describe(self) -> Sequence[Layer]:
        """What is drawn, as the records that exports draw; the lowest first."""
        return ()

    def describe_below(self) -> Sequence[Layer]:
        """What of it lies under the racers' own trails."""
        return ()

    def restyle(self) -> None:
        """Take the colours of the theme that is set now."""
        self.refresh()

    def set_scale(self, factor: float) -> None:
        super().set_scale(factor)
        if self.legend is not None:
            self.legend.set_scale(factor)

    def inspect_state(self) -> dict[str, object]:
        """What can be seen, for programs that look at the window from outside."""
        return {}


def sampled(paths: Sequence[Array]) -> Array:
    """(N, 2) float64: about `TRAIL_SAMPLES` points of each path (n, 2), joined."""
    parts = [path[:: len(path) // TRAIL_SAMPLES + 1] for path in paths]
    return np.concatenate([*parts, np.empty((0, 2))])
