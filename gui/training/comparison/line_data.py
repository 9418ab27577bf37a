"""Lines in no more points than a plot can tell apart, broken where a phase begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from engine.training.comparison.groups import Line

Floats = NDArray[np.float64]
Reduce = Callable[[Floats, Floats, int], tuple[Floats, Floats]]  # x, y, bins
View = tuple[float, float] | None

SECONDS_A_MINUTE = 60.0


def along(line: Line, *, time: bool) -> Floats:
    """Where a line's values (N,) lie: steps, or minutes of training."""
    return line.seconds / SECONDS_A_MINUTE if time else line.steps.astype(np.float64)


def reduced(
    x: Floats, y: Floats, starts: Iterable[int], reduce: Reduce, bins: int, view: View
) -> tuple[Floats, Floats]:
    """A line in about `bins` bins, with a NaN before each phase but the first.

    Args:
        x, y: (N,) float64, x rising.
        starts: the places at which a phase begins, the first among them.
        reduce: `envelope` or `thinned` of the plots.
        view: the ends of x that are seen; None for all of it.
    """
    low, high = (0, len(x)) if view is None else _inside(x, view)
    cuts = [max(low, start) for start in starts if start < high]
    pieces: list[tuple[Floats, Floats]] = []
    for begin, end in zip(cuts, [*cuts[1:], high], strict=False):
        if begin >= end:
            continue
        if pieces:
            pieces.append((x[begin : begin + 1], np.array([np.nan])))
        share = max(2, round(bins * (end - begin) / (high - low)))
        pieces.append(reduce(x[begin:end], y[begin:end], share))
    if not pieces:
        return np.empty(0), np.empty(0)
    return np.concatenate([p[0] for p in pieces]), np.concatenate([p[1] for p in pieces])


def _inside(x: Floats, view: tuple[float, float]) -> tuple[int, int]:
    """The places within a view, and one beyond each end."""
    low, high = np.searchsorted(x, view[0]), np.searchsorted(x, view[1], side="right")
    return max(0, int(low) - 1), min(len(x), int(high) + 1)


def nearest(x: Floats, place: float) -> int | None:
    """Which of x (N,), rising, lies nearest; None where the place is outside of them."""
    if not len(x) or not x[0] <= place <= x[-1]:
        return None
    after = int(np.searchsorted(x, place))
    before = max(0, after - 1)
    return before if place - x[before] < x[after] - place else after


def positive(values: Floats, *, log: bool) -> Floats:
    """The values that have a place: on a logarithmic axis those above zero, NaN for the others."""
    return np.where(values > 0, values, np.nan) if log else values
