"""Where on the map the plates stand: on as little as can be of what is to be seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from gui.descent.legend import Corner, Legend

Array = NDArray[np.float64]


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
