"""Places where a racer stands and the loss or its gradient is not defined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from engine.descent.race.spec import FAR, RaceFrame
from engine.descent.surfaces.surface import Surface
from engine.errors import Note, note

DEFINED, NO_GRADIENT, NO_LOSS = range(3)
CODES = {NO_GRADIENT: "race.no_gradient", NO_LOSS: "race.no_loss"}


def find_undefined(
    surface: Surface, position: np.ndarray, loss: np.ndarray, gradient: np.ndarray
) -> np.ndarray:
    """What is not defined where each racer is: `DEFINED`, `NO_GRADIENT` or `NO_LOSS`, (R,) int8.

    Args:
        position: (R, 2); who is as far away as to have diverged has overflowed, which is another
            matter.
        loss: (R,); NaN where it is not defined.
        gradient: (R, 2) of the whole data set, without noise.
    """
    found = np.zeros(len(loss), dtype=np.int8)
    if np.isfinite(gradient).all() and np.isfinite(loss).all():
        return found
    near = is_near(surface, position)
    found[near & np.isfinite(loss) & ~np.isfinite(gradient).all(1)] = NO_GRADIENT
    found[near & np.isnan(loss)] = NO_LOSS
    return found


def is_near(surface: Surface, position: np.ndarray) -> np.ndarray:
    """Whether places (R, 2) are not so far outside the view as to have diverged: (R,) bool."""
    x0, x1, y0, y1 = surface.domain
    middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
    reach = np.array([x1 - x0, y1 - y0]) * FAR
    with np.errstate(all="ignore"):  # a diverged racer has inf and NaN
        result: np.ndarray = (np.abs(position - middle) <= reach).all(1)
    return result


def tell_undefined(name: str, frame: RaceFrame, racer: int) -> Note:
    """One line that says what is not defined at a frame where `undefined` is set for a racer."""
    x, y = (f"{value:.6g}" for value in frame.position[racer].tolist())
    return note(CODES[int(frame.undefined[racer])], name=name, x=x, y=y, step=str(frame.step))


def first_undefined(names: Sequence[str], frames: Iterable[RaceFrame]) -> tuple[Note, ...]:
    """A line for each racer that met such a place, at the first of them."""
    told: dict[int, Note] = {}
    for frame in frames:
        for racer in np.flatnonzero(frame.undefined).tolist():
            told.setdefault(racer, tell_undefined(names[racer], frame, racer))
    return tuple(told[racer] for racer in sorted(told))
