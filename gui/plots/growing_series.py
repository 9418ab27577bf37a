"""Points of curves that grow while a race is computed, and the range that holds them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LOWEST = 1e-16  # what lies lower is rounding; it has no place on a logarithmic axis
ROOM = 0.06  # free space above and below, as a part of the height
DECADES_DOWN = 10.0  # what has long converged does not squash the rest
DECADES_UP = 1.0  # nor does what diverges: it leaves the plot, unless it comes back


class GrowingPoints:
    """(step, value) for R curves of one length.

    Attributes:
        count: points a curve so far.
        low, high: least and greatest finite value.
        top: greatest finite first value.
    """

    def __init__(self, racers: int) -> None:
        self.count = 0
        self.low, self.high, self.top = math.inf, -math.inf, -math.inf
        self._points = np.empty((racers, 256, 2))
        self._peaks = np.full(racers, -np.inf)
        self._ends = np.full(racers, -np.inf)

    def extend(self, values: Array, places: Array | None = None) -> None:
        """Append values (R, n).

        Args:
            places: (R, n) along the other axis; None for the number of each point.
        """
        last = self.count + values.shape[1]
        if last > self._points.shape[1]:
            grown = np.empty((len(self._points), max(last, 2 * self._points.shape[1]), 2))
            grown[:, : self.count] = self._points[:, : self.count]
            self._points = grown
        self._points[:, self.count : last, 0] = (
            np.arange(self.count, last) if places is None else places
        )
        self._points[:, self.count : last, 1] = values
        numbers = values[np.isfinite(values)]
        if numbers.size:
            self.low = min(self.low, float(numbers.min()))
            self.high = max(self.high, float(numbers.max()))
        if values.size:
            finite = np.where(np.isfinite(values), values, -np.inf)
            self._peaks = np.maximum(self._peaks, finite.max(1))
            self._ends = values[:, -1]
        if not self.count and values.size:
            first = values[:, 0][np.isfinite(values[:, 0])]
            self.top = float(first.max()) if first.size else -math.inf
        self.count = last

    def lines(self) -> list[Array]:
        """Each curve's points (count, 2), as views."""
        return [points[: self.count] for points in self._points]

    def _thrown(self) -> float:
        """The highest place of a curve that has come back from there."""
        back = self._ends <= self.top  # never a NaN
        return float(self._peaks[back].max()) if back.any() else -math.inf

    def range(self, *, logarithmic: bool) -> tuple[float, float]:
        """The ends of an axis that shows all but what runs away.

        Logarithmic ends lie on half decades, so that the axis moves rarely while a race
        is being computed.
        """
        if not (math.isfinite(self.low) and math.isfinite(self.top)):
            return -1.0, 1.0
        if logarithmic:
            low = max(self.low, self.top - DECADES_DOWN)
            high = max(low, min(self.high, max(self.top + DECADES_UP, self._thrown())))
            low, high = math.floor(2 * low) / 2, math.ceil(2 * high) / 2
        else:
            reach = 10 * max(1.0, abs(self.top))
            low, high = max(self.low, self.top - reach), min(self.high, self.top + reach)
        if high <= low:
            low, high = low - 0.5, high + 0.5
        room = 0.0 if logarithmic else ROOM * (high - low)
        return low - room, high + room


def logarithm(values: Array) -> Array:
    """log10, where zero counts as the lowest number drawn; NaN and inf stay."""
    with np.errstate(all="ignore"):
        return np.log10(np.maximum(values, LOWEST))
