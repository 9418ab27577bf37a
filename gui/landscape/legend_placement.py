"""Where on the map the plates stand: on as little as can be of what is to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from gui.landscape.map_legend import Corner, Legend
from gui.plots.layer import to_pixels

if TYPE_CHECKING:
    from gui.landscape.map_view import MapView

Array = NDArray[np.float64]

TRAIL_SAMPLES = 200
SPOT_PX = 6.0  # trails in one spot count once
MINIMUM_WEIGHT = 30  # of a known minimum or an example's arrow, in samples of a trail


def arrange(view: MapView) -> None:
    """Put the legends of a map where they cover nothing, or as little as can be."""
    box, rect = view.view_box, QRectF(view.view_box.rect())
    paths = (*view.paths, *view.swarm.trails())
    points = [path[:: len(path) // TRAIL_SAMPLES + 1] for path in paths]
    trails = to_pixels(np.concatenate([*points, np.empty((0, 2))]), box, rect)
    # A place where somebody has stood for long is no more to be seen than any other.
    trails = SPOT_PX * np.unique(np.round(trails / SPOT_PX), axis=0)
    start = to_pixels(np.array([view.start]), box, rect)
    minima = np.concatenate([to_pixels(view.marks.minima, box, rect), view.critical.places()])
    must = [start, view.marks.places(), view.arrows.places(), view.pulls.places()]
    # What must be seen counts more than the trails that lead there.
    crowds = (
        (trails, 1.0),
        (np.concatenate(must), TRAIL_SAMPLES),
        (minima, MINIMUM_WEIGHT),
        (view.pulls.tips(), MINIMUM_WEIGHT),
    )
    legends = (
        view.racer_legend,
        view.arrow_legend,
        view.pulls_legend,
        view.ground_legend,
        view.hatch_legend,
    )
    place_legends(legends, crowds)


def place_legends(legends: Sequence[Legend], crowds: Sequence[tuple[Array, float]]) -> None:
    """Give every legend the corner where it covers least, the present one if it is as good.

    Those that come first choose first; what finds no place beside the others is hidden, as
    two on one place would be no legend at all.

    Args:
        crowds: points (N, 2) in the view box's pixels, and what each of them weighs.
    """
    taken: list[QRectF] = []
    for legend in legends:
        corners = [legend.corner, *(each for each in Corner if each is not legend.corner)]
        best, least = legend.corner, np.inf
        crowded = True
        for corner in corners:
            plate = legend.plate(corner)
            if any(plate.intersects(other) for other in taken):
                continue
            crowded = False
            covered = sum(weight * inside(pixels, plate).sum() for pixels, weight in crowds)
            if covered < least:
                best, least = corner, covered
        legend.corner = best
        legend.setVisible(not crowded)
        legend.refresh()
        if not crowded:
            taken.append(legend.plate())


def inside(pixels: Array, rect: QRectF) -> NDArray[np.bool_]:
    """(N,) which of the points (N, 2) lie in a rectangle or close to it."""
    near = rect.adjusted(-8, -8, 8, 8)
    x, y = pixels[:, 0], pixels[:, 1]
    return (x > near.left()) & (x < near.right()) & (y > near.top()) & (y < near.bottom())
