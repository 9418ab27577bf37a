"""What the second plot shows of a racer: gradient, way left to a minimum, or step."""

from __future__ import annotations

import numpy as np

from gui.descent.race.history import RaceHistory
from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.axes.measures import RATE, Measure
from gui.racing.history import Array


def slope(history: RaceHistory, racer: int, part: slice) -> Array:
    """Length of the gradient of the whole loss, without noise."""
    return history.slope(racer)[part]


def used(history: RaceHistory, racer: int, part: slice) -> Array:
    """Length of the gradient that was used: with its noise, or of the batch."""
    return history.used(racer)[part]


def distance(history: RaceHistory, racer: int, part: slice) -> Array:
    """Distance to the nearest of the known minima, of which there is one at least."""
    places = history.path(racer)[part]
    with np.errstate(all="ignore"):
        ways = np.hypot(*(places[:, None] - history.minima[None]).transpose(2, 0, 1))  # (n, M)
    result: Array = ways.min(axis=1)
    return result


def length(history: RaceHistory, racer: int, part: slice) -> Array:
    """Length of the step that led to each place; at the start, of the first step."""
    places = history.path(racer)
    first, last, _ = part.indices(history.count)
    steps = np.maximum(np.arange(first, last), 1)
    with np.errstate(all="ignore"):
        result: Array = np.hypot(*(places[steps] - places[steps - 1]).T)
        return result


def has_minima(history: RaceHistory) -> bool:
    """Without a known minimum there is no distance to it."""
    return len(history.minima) > 0


SEES = {
    "full": QT_TRANSLATE_NOOP("racing", "full"),
    "batch": QT_TRANSLATE_NOOP("racing", "batch"),
}


def full(history: RaceHistory) -> str:
    """On data the gradient of the whole loss is the full one, whatever the steps see."""
    return SEES["full"] if history.sees else ""


def seen(history: RaceHistory) -> str:
    """Of what the steps see the gradient."""
    return SEES.get(history.sees, "")


MEASURES = (
    Measure("slope", QT_TRANSLATE_NOOP("racing", "gradient |∇f|"), slope, remark=full),
    Measure("used", QT_TRANSLATE_NOOP("racing", "gradient that was used |g|"), used, remark=seen),
    Measure(
        "distance",
        QT_TRANSLATE_NOOP("racing", "distance to a minimum"),
        distance,
        offered=has_minima,
    ),
    RATE,
    Measure("length", QT_TRANSLATE_NOOP("racing", "length of the step"), length),
)
