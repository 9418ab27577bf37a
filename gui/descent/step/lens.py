"""What of a step a lens shows where the step is too short to be seen on the map."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from engine.descent.step.vectors import StepVectors

Array = NDArray[np.float64]

SHORT_PX = 64.0  # a step whose longest vector is shorter is shown in a lens, too
ROOM = 0.7  # of the lens's radius for the vectors; their letters need the rest
LEAST_TIMES, MOST_TIMES = 2.0, 1e6  # what is shorter still soon is only rounding
BAR = 0.9  # the bar of the scale is at most so long, in radii
RADIUS_SHARE, LEAST_RADIUS_PX, MOST_RADIUS_PX = 0.19, 46.0, 96.0


@dataclass(frozen=True)
class Lens:
    """A magnified part of the plane.

    Attributes:
        center: (2,) float64 of the plane, what is in its middle.
        times: how much larger than on the map all in it is drawn: 2, 5, 10, 20, ...
        reach: from its middle to its edge, in units of the plane.
        bar: the length of its scale, in units of the plane: 1, 2 or 5 of a power of ten.
    """

    center: Array
    times: float
    reach: float
    bar: float


def radius_in(width_px: float, height_px: float, scale: float) -> float:
    """The lens's radius in a view of that size; `scale` enlarges it for the lecture hall."""
    radius = RADIUS_SHARE * min(width_px, height_px)
    return min(max(radius, LEAST_RADIUS_PX), MOST_RADIUS_PX * scale)


def lens_over(vectors: StepVectors, *, px_per_unit: float, radius_px: float) -> Lens | None:
    """The lens for a step; None where it is well seen on the map, or where nothing is to be seen.

    Args:
        px_per_unit: how large the map shows a unit of the plane.
        radius_px: of the lens.
    """
    points = np.array(
        [
            *(vectors.base, vectors.lookahead),
            *(end for arrow in vectors.arrows for end in (arrow.tail, arrow.head)),
        ]
    )
    if not np.isfinite(points).all() or not vectors.arrows:
        return None
    center = (points.min(axis=0) + points.max(axis=0)) / 2
    away = float(np.hypot(*(points - center).T).max())
    longest = max(float(np.hypot(*(arrow.head - arrow.tail))) for arrow in vectors.arrows)
    if not 0 < longest * px_per_unit < SHORT_PX:
        return None
    times = round_down(ROOM * radius_px / (away * px_per_unit))
    if not LEAST_TIMES <= times <= MOST_TIMES:
        return None
    reach = radius_px / (times * px_per_unit)
    return Lens(center, times, reach, round_down(BAR * reach))


def round_down(value: float) -> float:
    """The largest 1, 2 or 5 of a power of ten that is not above a positive number."""
    if not 0 < value < math.inf:
        return value
    decade = 10.0 ** math.floor(math.log10(value))
    return next(rung * decade for rung in (10, 5, 2, 1) if rung * decade <= value * (1 + 1e-9))
