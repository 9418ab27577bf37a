"""The debiased exponential moving average that losses are read by."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST = 0.999


def smooth(values: Floats, strength: float) -> Floats:
    """The weighted mean of each value and those before it, with weights strength ** age.

    m_t = strength m_{t-1} + (1 - strength) x_t from m_0 = 0, divided by 1 - strength ** t:
    without the division the first values would be drawn towards zero.

    Args:
        values: (N,) float64; those that are not finite are passed over.
        strength: 0 (the values themselves) to below 1.

    Returns:
        (N,) float64, NaN before the first finite value.

    Source: the scalar charts of TensorBoard; Kingma and Ba 2015, section 3.
    """
    if not 0 <= strength < 1:
        raise ValueError(f"strength is {strength}")
    if strength == 0:
        return values.copy()
    result = np.empty(len(values))
    mean, weight = 0.0, 0.0
    for place, value in enumerate(values.tolist()):
        if math.isfinite(value):
            mean = strength * mean + (1 - strength) * value
            weight = strength * weight + (1 - strength)  # 1 - strength ** t
        result[place] = mean / weight if weight else math.nan
    return result


def smooth_parts(values: Floats, parts: NDArray[np.int64], strength: float) -> Floats:
    """The same, begun anew where the part (N,) changes: another phase learns another thing."""
    starts = part_starts(parts)
    ends = [*starts[1:], len(values)]
    pieces = [smooth(values[a:b], strength) for a, b in zip(starts, ends, strict=True)]
    return np.concatenate(pieces) if pieces else np.empty(0)


def part_starts(parts: NDArray[np.int64]) -> tuple[int, ...]:
    """The places at which a part (N,) begins, the first among them."""
    if not len(parts):
        return ()
    return (0, *(int(place) + 1 for place in np.flatnonzero(np.diff(parts))))
