"""Whether a racer that stands still is at a minimum, or only where the landscape is flat.

A gradient of nearly nothing is no minimum yet: far out Easom's plane and a sigmoid's asymptote
have it, and every saddle. What lies around a place tells them apart.
"""

from __future__ import annotations

import numpy as np

from engine.descent.race.spec import CONVERGED_GRADIENT
from engine.descent.surfaces.surface import Surface

NEAR, FAR = 0.003, 0.01  # radii of two rings around a place, in widths of the view
DIRECTIONS = 24
LOWER = 0.1  # of the differences on the near ring: so much lower is a way down
AGAIN = 0.1  # of the near ring's radius: who has moved farther is judged anew


class Stillness:
    """Judges R racers; one that stays where it was judged costs nothing more."""

    def __init__(self, surface: Surface, count: int) -> None:
        x0, x1, y0, y1 = surface.domain
        self._surface = surface
        self._width = np.array([x1 - x0, y1 - y0])
        self._place = np.full((count, 2), np.nan)
        self._minimum = np.zeros(count, dtype=bool)

    def at_minimum(self, still: np.ndarray, position: np.ndarray, loss: np.ndarray) -> np.ndarray:
        """Of the racers that are `still` (R,), at (R, 2) with losses (R,), those at a minimum."""
        if not still.any():
            return still
        moved = (position - self._place) / (self._width * NEAR)
        for racer in np.flatnonzero(still & ~(np.hypot(*moved.T) <= AGAIN)):
            self._place[racer] = position[racer]
            self._minimum[racer] = is_minimum(self._surface, position[racer], float(loss[racer]))
        result: np.ndarray = still & self._minimum
        return result


def is_minimum(surface: Surface, place: np.ndarray, loss: float) -> bool:
    """Whether no way leads down from a place (2,), and ways lead up from it.

    A floor on which one can go on at the same height, as along a line of minima, counts as one.
    """
    import torch

    x0, x1, y0, y1 = surface.domain
    angle = np.linspace(0, 2 * np.pi, DIRECTIONS, endpoint=False)
    circle = np.column_stack((np.cos(angle), np.sin(angle))) * [x1 - x0, y1 - y0]
    points = torch.from_numpy(place + np.concatenate([NEAR * circle, FAR * circle]))
    with torch.no_grad():
        around = surface.loss(*points.T).expand(len(points)).numpy() - loss
    near, far = around[:DIRECTIONS], around[DIRECTIONS:]
    near, far = near[np.isfinite(near)], far[np.isfinite(far)]
    if not len(near) or not len(far):
        return True  # the only place that has a loss
    if np.abs(far).max() < CONVERGED_GRADIENT * FAR * min(x1 - x0, y1 - y0):
        return False  # as flat as that for a long way
    return bool(-near.min() <= LOWER * (near.max() - near.min()))
