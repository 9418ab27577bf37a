"""The debiased exponential moving average that losses are read by."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST = 0.999
USUAL = 0.9  # what losses are drawn by when nobody says otherwise


class Smoother:
    """The same mean of values that come one after another; a new one begins anew.

    Args:
        strength: 0 to below 1.
    """

    def __init__(self, strength: float) -> None:
        if not 0 <= strength < 1:
            raise ValueError(f"strength is {strength}")
        self._strength = strength
        self._mean = self._weight = 0.0

    def add(self, value: float) -> float:
        """The mean with this value, NaN before the first finite one."""
        strength = self._strength
        if math.isfinite(value):
            self._mean = strength * self._mean + (1 - strength) * value
            self._weight = strength * self._weight + (1 - strength)  # 1 - strength ** t
        return self._mean / self._weight if self._weight else math.nan


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
    if strength == 0:
        return values.copy()
    smoother = Smoother(strength)
    return np.array([smoother.add(value) for value in values.tolist()], dtype=np.float64)


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
