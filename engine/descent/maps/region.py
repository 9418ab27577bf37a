"""Where a formula is interesting: the square about the origin in which its grid has a lowest
place inside, or, where it is flat but for a spot, the surroundings of the spot."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.checks import Domain
from engine.descent.maps.landscape import losses
from engine.descent.race.spec import RaceSpec, surface_of
from engine.descent.surfaces.surface import FORMULA_DOMAIN, Surface
from engine.landscape import Landscape

SIDE = 81  # points along each side of a square that is looked at
HALVES = (10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)  # of the larger squares, nearest first
EDGE = 3  # rows at the border; a lowest place there lies outside as likely
FEWEST = 0.25  # of a square must have finite values
AS_LOW = 1e-3  # of the span between lowest and highest: as much above the lowest is as low
STANDS_OUT = 0.02  # of the span between lowest and highest: as much is not flat
SMALL = 0.02  # of the square: a spot no larger is looked at by itself
ROOM = 4.0  # a spot's surroundings are so many times as large
CLOSER = 4  # how often a spot is looked at again, each time in its own surroundings


def checked_region(spec: RaceSpec, size: tuple[int, int]) -> Iterator[Landscape | Domain]:
    """A small map of a formula, which fails where it cannot be used, then its region.

    Raises:
        InputError: the formula or a parameter cannot be used.
    """
    from engine.descent.maps.landscape import landscape

    yield next(landscape(spec, size))
    yield region_of(surface_of(spec))


def region_of(surface: Surface) -> Domain:
    """x0, x1, y0, y1 that show what a surface is about; the usual view where nothing tells."""
    x0, x1, y0, y1 = FORMULA_DOMAIN
    loss, x, y = _look(surface, FORMULA_DOMAIN)
    if _has_lowest(loss):
        return _closer(surface, FORMULA_DOMAIN, loss, x, y)
    for half in HALVES:
        domain = (-half, half, -half, half)
        if _has_lowest(_look(surface, domain)[0]):
            return domain
    return x0, x1, y0, y1


def _look(surface: Surface, domain: Domain) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Losses (SIDE, SIDE) of a view, with its columns and rows."""
    x0, x1, y0, y1 = domain
    x, y = np.linspace(x0, x1, SIDE), np.linspace(y0, y1, SIDE)
    return losses(surface, x, y), x, y


def _has_lowest(loss: np.ndarray) -> bool:
    """Whether the lowest value lies inside; of equal ones any may, as of a valley's floor."""
    finite = np.isfinite(loss)
    if finite.mean() < FEWEST:
        return False
    low, high = loss[finite].min(), loss[finite].max()
    lowest = finite & (loss <= low + AS_LOW * (high - low))
    return bool(lowest[EDGE:-EDGE, EDGE:-EDGE].any())


def _closer(
    surface: Surface, domain: Domain, loss: np.ndarray, x: np.ndarray, y: np.ndarray
) -> Domain:
    """The surroundings of the only spot that is not flat, if it is small; else the same view."""
    for _ in range(CLOSER):
        finite = np.isfinite(loss)
        values = loss[finite]
        span = values.max() - values.min()
        out = finite & (np.abs(loss - np.median(values)) > STANDS_OUT * span)
        if span <= 0 or not out.any() or out.mean() > SMALL:
            break
        rows, columns = np.flatnonzero(out.any(axis=1)), np.flatnonzero(out.any(axis=0))
        if max(len(rows), len(columns)) > SIDE // 4:
            break  # several spots, or a line: the whole is what there is to see
        step = x[1] - x[0]
        half = ROOM / 2 * max(x[columns[-1]] - x[columns[0]], y[rows[-1]] - y[rows[0]], step)
        at_x, at_y = (x[columns[0]] + x[columns[-1]]) / 2, (y[rows[0]] + y[rows[-1]]) / 2
        half = rounded_up(half)
        grain = half / 10
        at_x, at_y = round(at_x / grain) * grain, round(at_y / grain) * grain
        domain = (at_x - half, at_x + half, at_y - half, at_y + half)
        loss, x, y = _look(surface, domain)
    return domain


def rounded_up(value: float) -> float:
    """The next 1, 2 or 5 of a power of ten."""
    decade = 10.0 ** np.floor(np.log10(value))
    return float(next(rung * decade for rung in (1, 2, 5, 10) if rung * decade >= value * 0.999999))
