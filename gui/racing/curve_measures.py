"""What the second plot shows of a racer: gradient, way left to a minimum, or step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.history import History

Array = NDArray[np.float64]


def slope(history: History, racer: int, part: slice, minima: Array) -> Array:
    """Length of the gradient of the whole loss, without noise."""
    return history.slope(racer)[part]


def used(history: History, racer: int, part: slice, minima: Array) -> Array:
    """Length of the gradient that was used: with its noise, or of the batch."""
    return history.used(racer)[part]


def distance(history: History, racer: int, part: slice, minima: Array) -> Array:
    """Distance to the nearest of the known minima (M, 2), M > 0."""
    places = history.path(racer)[part]
    with np.errstate(all="ignore"):
        ways = np.hypot(*(places[:, None] - minima[None]).transpose(2, 0, 1))  # (n, M)
    result: Array = ways.min(axis=1)
    return result


def length(history: History, racer: int, part: slice, minima: Array) -> Array:
    """Length of the step that led to each place; at the start, of the first step."""
    places = history.path(racer)
    first, last, _ = part.indices(history.count)
    steps = np.maximum(np.arange(first, last), 1)
    with np.errstate(all="ignore"):
        result: Array = np.hypot(*(places[steps] - places[steps - 1]).T)
        return result


def rate(history: History, racer: int, part: slice, minima: Array) -> Array:
    """Learning rate of the step from each place."""
    return np.array([frame.rate[racer] for frame in history.frames[part]])


Measure = Callable[[History, int, slice, Array], Array]
# Name of the measure: how it is computed, what the axis and the choice say.
MEASURES: dict[str, tuple[Measure, str]] = {
    "slope": (slope, QT_TRANSLATE_NOOP("descent", "gradient |∇f|")),
    "used": (used, QT_TRANSLATE_NOOP("descent", "gradient that was used |g|")),
    "distance": (distance, QT_TRANSLATE_NOOP("descent", "distance to a minimum")),
    "rate": (rate, QT_TRANSLATE_NOOP("descent", "learning rate")),
    "length": (length, QT_TRANSLATE_NOOP("descent", "length of the step")),
}
