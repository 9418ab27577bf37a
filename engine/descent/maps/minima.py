"""Minima of a surface that are not known, such as a formula's, found by descent."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import torch

from engine.descent.surfaces.surface import Surface
from engine.optimizers.derivatives import newton_step, objective_of, value_and_gradient

SIDE = 33  # starts along each side of the view
STEPS = 100
GRADIENT = 1e-6
APART = 1e-3  # of the view's larger side; nearer finds are one minimum


def minima_of(surface: Surface) -> torch.Tensor:
    """The known minima, or those found in the view: (K, 2) float64, lowest first.

    Found by damped Newton steps, halved until the loss falls, from a grid of starts; a find
    counts where the gradient's norm is below 1e-6 and nothing close by lies lower.
    """
    *_, found = search_minima(surface)
    assert found is not None
    return found


def search_minima(surface: Surface) -> Iterator[torch.Tensor | None]:
    """As `minima_of`, in parts: None after each step of the search, the minima at the end."""
    if surface.minima:
        yield torch.tensor(surface.minima, dtype=torch.float64)
        return
    x0, x1, y0, y1 = surface.domain
    x, y = torch.meshgrid(
        torch.linspace(x0, x1, SIDE, dtype=torch.float64),
        torch.linspace(y0, y1, SIDE, dtype=torch.float64),
        indexing="xy",
    )
    points = torch.stack([x.reshape(-1), y.reshape(-1)], -1)
    corner, size = _view(surface)
    points = yield from _descended(surface, points)
    loss, gradient = value_and_gradient(surface, points)
    good = (gradient.norm(dim=1) < GRADIENT) & loss.isfinite()
    good &= ((points >= corner) & (points <= corner + size)).all(1)
    apart = APART * float(size.max())
    good = good.index_put((good.clone(),), _bottom(surface, points[good], loss[good], apart))
    yield _distinct(points[good], loss[good], apart)


def minimum_below(surface: Surface, point: torch.Tensor) -> torch.Tensor | None:
    """Where damped Newton steps that never rise lead from a point (2,): (2,), None for nowhere."""
    steps = _descended(surface, point[None])
    while True:
        try:
            next(steps)
        except StopIteration as finished:
            found: torch.Tensor = finished.value
            break
    loss, gradient = value_and_gradient(surface, found)
    arrived = bool((gradient.norm(dim=1) < GRADIENT).all() and loss.isfinite().all())
    return found[0] if arrived else None


def _view(surface: Surface) -> tuple[torch.Tensor, torch.Tensor]:
    """Its lower left corner and its size, (2,) each."""
    x0, x1, y0, y1 = surface.domain
    size = torch.tensor([x1 - x0, y1 - y0], dtype=torch.float64)
    return torch.tensor([x0, y0], dtype=torch.float64), size


def _descended(
    surface: Surface, points: torch.Tensor
) -> Generator[torch.Tensor | None, None, torch.Tensor]:
    """Points (N, 2) after damped Newton steps, halved until the loss falls; yields before each."""
    corner, size = _view(surface)
    width, height = size.tolist()
    live = torch.ones(len(points), dtype=torch.bool)
    for _ in range(STEPS):
        yield None
        loss, gradient = value_and_gradient(surface, points)
        live &= gradient.isfinite().all(1) & loss.isfinite()
        live &= gradient.norm(dim=1) > GRADIENT / 100
        # Whoever has left the view by its own size finds nothing in it.
        live &= ((points - corner - size / 2).abs() < 1.5 * size).all(1)
        if not live.any():
            break
        step = _newton(surface, points[live], gradient[live], (width, height))
        moved = _falling(surface, points[live], step, loss[live])
        still = (moved == points[live]).all(1)
        points = points.index_put((live,), moved)
        live = live.index_put((live,), ~still)
    return points


def _bottom(
    surface: Surface, points: torch.Tensor, loss: torch.Tensor, radius: float
) -> torch.Tensor:
    """Whether nothing on a small ring lies lower, and something higher: (N,) bool."""
    angles = torch.arange(16, dtype=torch.float64) * (torch.pi / 8) + 0.1
    ring = torch.stack([angles.cos(), angles.sin()], -1) * radius  # (16, 2)
    around, _ = value_and_gradient(surface, (points[:, None] + ring).reshape(-1, 2))
    around = around.reshape(len(points), 16) - loss[:, None]
    # Far out on a flat asymptote a loss near zero falls by as little as this.
    noise = 1e-16 + 1e-12 * loss.abs()[:, None]
    # Where a narrow valley falls ever slower along its floor, the bottom is a long step away.
    arrived = newton_step(surface, points).norm(dim=1) < radius
    result: torch.Tensor = arrived & (around >= -noise).all(1) & (around > noise).any(1)
    return result


def _newton(
    surface: Surface, points: torch.Tensor, gradient: torch.Tensor, size: tuple[float, float]
) -> torch.Tensor:
    """Newton's step with |H|, at most a tenth of the view long; the gradient's where H is none."""
    from engine.optimizers.registry import find

    newton = find("newton")
    hyper = newton.complete({"damping": 1e-9})
    step, _ = newton.update(points, gradient, {}, hyper, objective_of(surface))
    step = torch.where(step.isfinite().all(1, keepdim=True), step, -gradient)
    longest = max(size) / 10
    length = step.norm(dim=1, keepdim=True)
    result: torch.Tensor = step * (longest / length.clamp_min(longest))
    return result


def _falling(
    surface: Surface, points: torch.Tensor, step: torch.Tensor, loss: torch.Tensor
) -> torch.Tensor:
    """The points moved by the largest of step, step/2, ... that does not raise the loss."""
    best = points
    waiting = torch.ones(len(points), dtype=torch.bool)
    for halving in range(30):
        tried = points + step * 0.5**halving
        falls = waiting & (value_and_gradient(surface, tried)[0] <= loss)
        best = torch.where(falls[:, None], tried, best)
        waiting = waiting & ~falls
        if not waiting.any():
            break
    return best


def _distinct(points: torch.Tensor, loss: torch.Tensor, apart: float) -> torch.Tensor:
    kept: list[torch.Tensor] = []
    for index in loss.argsort().tolist():
        if all((points[index] - other).norm() > apart for other in kept):
            kept.append(points[index])
        if len(kept) == 256:  # a valley floor of minima: enough to name
            break
    return torch.stack(kept) if kept else points.new_empty(0, 2)
