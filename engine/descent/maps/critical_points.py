"""Places where a surface has no slope: minima, maxima, saddles, and what is none of these.

From many places of the view Newton's method goes for the gradient's zeros, whatever kind
they are of; the Hessian's eigenvalues there say which kind it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from engine.descent.race.spec import RaceSpec, surface_of
from engine.descent.surfaces.surface import Surface
from engine.optimizers.derivatives import hessian, newton_step, value_and_gradient

SIDE = 41  # starts along each side of the view
FINE = 401  # of the grid whose lowest slopes are starts, too
STEPS = 120
LONGEST = 0.05  # of the view's larger side: a longer step of Newton is cut
APART = 1e-3  # of the view's larger side; nearer finds are one point
SHORT = 1e-7  # of the view's larger side: a last step as long as this has arrived
NOTHING = 1e-7  # of the view's typical curvature: as little as this is none
LEVEL = 1e-7  # a slope so small beside curvature times the view's size is none
MOST = 500
MOST_DEGENERATE = 40  # the floor of a valley is a line of them
KINDS = ("minimum", "cusp", "saddle", "maximum", "degenerate")
RANKS = {"minimum": 0, "cusp": 0, "saddle": 1, "maximum": 2, "degenerate": 3}  # in the table


@dataclass(frozen=True)
class CriticalPoints:
    """K critical points in a view, minima first, then by loss.

    Attributes:
        place: (K, 2) float64.
        loss: (K,) float64.
        eigenvalues: (K, 2) float64 of the Hessian, the smaller first; NaN at a cusp.
        kind: for each a name in `KINDS`; degenerate where an eigenvalue is (nearly) zero, so
            that the Hessian alone does not tell; cusp for a known minimum without a derivative.
        more: there were more than are told.
    """

    place: np.ndarray
    loss: np.ndarray
    eigenvalues: np.ndarray
    kind: tuple[str, ...]
    more: bool = False


@dataclass(frozen=True)
class Searching:
    """How far the search is: `done` of at most `count` steps of Newton's method."""

    done: int
    count: int


def critical_points(spec: RaceSpec) -> Iterator[Searching | CriticalPoints]:
    """Find the critical points in the spec's view: `Searching` at times, the points at the end.

    It yields between its parts, so that it can be stopped and others on its thread, such as
    the map below the points, need not wait for its end.

    Raises:
        InputError: the surface, formula, a parameter or the view cannot be used.
    """
    surface = surface_of(spec)
    x0, x1, y0, y1 = surface.domain
    size = max(x1 - x0, y1 - y0)
    yield Searching(0, STEPS)
    rest: list[torch.Tensor] = []
    for done in _zeros(surface, _starts(surface), size, rest):
        yield Searching(done, STEPS)
    found = torch.cat(rest)
    low = torch.tensor([x0, y0], dtype=torch.float64) - 1e-9 * size
    high = torch.tensor([x1, y1], dtype=torch.float64) + 1e-9 * size
    found = found[((found >= low) & (found <= high)).all(1)]
    _, gradient = value_and_gradient(surface, found)
    slope = gradient.norm(dim=1)
    curvature = hessian(surface, found).abs().amax(dim=(1, 2))
    # Newton does not go where there is no curvature, however steep it is.
    level = slope <= LEVEL * size * curvature
    level &= _changes_around(surface, found, APART * size)
    found = _distinct(found[level], slope[level], APART * size)
    found = found[_is_smooth(surface, found, size)]
    yield Searching(STEPS, STEPS)
    eigenvalues = torch.linalg.eigvalsh(hessian(surface, found))
    kind = _kinds(eigenvalues, NOTHING * _typical_curvature(surface))
    cusps = _cusps(surface, low, high)
    found = torch.cat([found, cusps])
    eigenvalues = torch.cat([eigenvalues, torch.full_like(cusps, torch.nan)])
    kind += ["cusp"] * len(cusps)
    loss, _ = value_and_gradient(surface, found)
    ranks = np.array([RANKS[name] for name in kind], dtype=np.intp)
    order = np.lexsort((loss.numpy(), ranks))
    unclear = np.cumsum(ranks[order] == RANKS["degenerate"])
    order = order[unclear <= MOST_DEGENERATE][:MOST]
    yield CriticalPoints(
        place=found.numpy()[order],
        loss=loss.numpy()[order],
        eigenvalues=eigenvalues.numpy()[order],
        kind=tuple(kind[index] for index in order),
        more=len(kind) > len(order),
    )


def _grid(surface: Surface, side: int) -> torch.Tensor:
    """(side^2, 2) points of the view, row by row."""
    x0, x1, y0, y1 = surface.domain
    x, y = torch.meshgrid(
        torch.linspace(x0, x1, side, dtype=torch.float64),
        torch.linspace(y0, y1, side, dtype=torch.float64),
        indexing="xy",
    )
    return torch.stack([x.reshape(-1), y.reshape(-1)], -1)


def _starts(surface: Surface) -> torch.Tensor:
    """(N, 2): known minima, a coarse grid, and of a fine one what is flatter than all around."""
    points = _grid(surface, FINE)
    slope = value_and_gradient(surface, points)[1].norm(dim=1).reshape(1, 1, FINE, FINE)
    slope = slope.nan_to_num(nan=torch.inf)
    lowest = -torch.nn.functional.max_pool2d(-slope, 3, stride=1, padding=1)
    highest = torch.nn.functional.max_pool2d(slope, 3, stride=1, padding=1)
    steepest = slope[slope.isfinite()].max() if slope.isfinite().any() else 0.0
    # Neighbours that are as flat as rounding are a plain.
    flat = points[((slope == lowest) & (highest > 1e-12 * steepest)).reshape(-1)]
    known = torch.tensor(surface.minima, dtype=torch.float64).reshape(-1, 2)
    return torch.cat([known, _grid(surface, SIDE), flat[: 8 * MOST]])


def _zeros(
    surface: Surface, points: torch.Tensor, size: float, rest: list[torch.Tensor]
) -> Iterator[int]:
    """The steps done of Newton's method for a zero of the gradient, one after the other.

    `rest` takes where it comes to rest: (M, 2) each, repeated places too.
    """
    for done in range(STEPS):
        yield done
        step = newton_step(surface, points)
        length = step.norm(dim=1, keepdim=True)
        good = step.isfinite().all(1)
        points, step, length = points[good], step[good], length[good]
        arrived = length[:, 0] <= 1e-13 * size
        rest.append(points[arrived])
        points, step, length = points[~arrived], step[~arrived], length[~arrived]
        if not len(points):
            break
        points = points + step * (LONGEST * size / length).clamp_max(1.0)
        # Whoever has left the view by its own size finds nothing in it.
        x0, x1, y0, y1 = surface.domain
        middle = points.new_tensor([(x0 + x1) / 2, (y0 + y1) / 2])
        points = points[((points - middle).abs() < size).all(1)]
    else:
        # At a multiple zero the steps only halve; the rounding of a steep surface ends them early.
        step = newton_step(surface, points)
        rest.append(points[step.norm(dim=1) <= SHORT * size])


def _changes_around(surface: Surface, points: torch.Tensor, radius: float) -> torch.Tensor:
    """Whether the loss changes at all on a small ring: (N,) bool. A plain has no critical point
    worth a mark."""
    angles = torch.arange(12, dtype=torch.float64) * (torch.pi / 6) + 0.1
    ring = torch.stack([angles.cos(), angles.sin()], -1) * radius
    around, _ = value_and_gradient(surface, (points[:, None] + ring).reshape(-1, 2))
    loss, _ = value_and_gradient(surface, points)
    everywhere, _ = value_and_gradient(surface, _grid(surface, SIDE))
    everywhere = everywhere[everywhere.isfinite()]
    span = float(everywhere.max() - everywhere.min()) if len(everywhere) else 0.0
    change = (around.reshape(len(points), 12) - loss[:, None]).abs().amax(dim=1)
    return change > 1e-14 * torch.maximum(loss.abs(), torch.tensor(span))


def _is_smooth(surface: Surface, points: torch.Tensor, size: float) -> torch.Tensor:
    """Whether the slope close by is that of the Hessian and not the jump of a kink: (N,) bool."""
    shift = torch.tensor([1.0, 0.7], dtype=torch.float64) * 1e-6 * size
    _, here = value_and_gradient(surface, points)
    _, there = value_and_gradient(surface, points + shift)
    _, farther = value_and_gradient(surface, points + 2 * shift)
    _, far = value_and_gradient(surface, points + 8 * shift)
    # The jump at a kink is the same at once; a slope that bends away has grown by then.
    jump = (there - here).norm(dim=1)
    result: torch.Tensor = (jump <= 0.2 * (far - here).norm(dim=1)) | (
        (farther - here).norm(dim=1) >= 1.5 * jump
    )
    return result


def _cusps(surface: Surface, low: torch.Tensor, high: torch.Tensor) -> torch.Tensor:
    """(M, 2) known minima from `low` to `high` that are a kink: they have no Hessian."""
    known = torch.tensor(surface.minima, dtype=torch.float64).reshape(-1, 2)
    return known[((known >= low) & (known <= high)).all(1) & surface.kinked]


def _typical_curvature(surface: Surface) -> float:
    """The median over the view of the Hessian's larger eigenvalue; 0 where there is none."""
    second = hessian(surface, _grid(surface, SIDE))
    second = second[second.isfinite().all(2).all(1)]
    if not len(second):
        return 0.0
    return float(torch.linalg.eigvalsh(second).abs().amax(dim=1).median())


def _kinds(eigenvalues: torch.Tensor, nothing: float) -> list[str]:
    kinds = []
    for low, high in eigenvalues.tolist():
        least = max(nothing, NOTHING * max(abs(low), abs(high)))
        if min(abs(low), abs(high)) <= least:
            kinds.append("degenerate")
        elif low > 0:
            kinds.append("minimum")
        else:
            kinds.append("maximum" if high < 0 else "saddle")
    return kinds


def _distinct(points: torch.Tensor, slope: torch.Tensor, apart: float) -> torch.Tensor:
    """The flattest of those that lie closer together than `apart`, at most twice `MOST`."""
    kept: list[torch.Tensor] = []
    rest = points[slope.argsort()]
    while len(rest) and len(kept) <= 2 * MOST:
        kept.append(rest[0])
        rest = rest[(rest - rest[0]).norm(dim=1) > apart]
    return torch.stack(kept) if kept else points.new_empty(0, 2)
