"""Where theory says that a rule stops converging: the largest stable rate for each momentum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.checks import Point
from engine.descent.race.spec import RaceSpec, hyper_of, surface_of
from engine.descent.surfaces.surface import Surface
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer, rate_of

Array = NDArray[np.float64]
TRIED_STEPS = 500  # after which the racer's own minimum is the nearest one


@dataclass(frozen=True)
class Bound:
    """The boundary on the quadratic model at a minimum.

    Attributes:
        lr: (M,) float64, the largest stable rate of each momentum.
        momentum: (M,) float64.
        curvature: the largest eigenvalue of the Hessian there.
        minimum: (2,) float64.
        exact: the surface is that quadratic; otherwise the boundary is that of its
            neighbourhood only.
    """

    lr: Array
    momentum: Array
    curvature: float
    minimum: Array
    exact: bool


def stability_limit(
    curvature: float, momentum: Array, *, nesterov: bool = False, dampening: float = 0.0
) -> Array:
    """The largest stable rate for each momentum on a quadratic.

    2 (1 + mu) / L for the heavy ball (2 / L without momentum), and for Nesterov
    (2 + 2 mu) / ((1 + 2 mu) L); Polyak 1964, Sutskever et al. 2013. Dampening d weakens the
    gradient in the buffer: lr (1 - d) L < 2 (1 + mu), where there is momentum.

    Args:
        curvature: L, the largest eigenvalue of the Hessian.
        momentum: mu, (M,) float64.

    Returns:
        Learning rates (M,) float64.
    """
    heavy_ball = 2 * (1 + momentum) / curvature
    if nesterov:
        return heavy_ball / (1 + 2 * momentum)
    return np.where(momentum > 0, heavy_ball / (1 - dampening), heavy_ball)


def bound(spec: RaceSpec, racer: Racer, momentum: Array) -> Bound | None:
    """The boundary for a racer; None for a rule or a surface that has none.

    Args:
        momentum: (M,) float64.

    Raises:
        InputError: the spec cannot be run.
    """
    surface = surface_of(spec)
    if surface.kinked:  # no curvature at the minimum
        return None
    hyper = hyper_of(racer, surface)
    dampening = hyper.get("dampening", 0.0)
    if optimizers.find(racer.optimizer).follows != "velocity" or dampening >= 1:
        return None
    minimum = _minimum(surface, racer, racer.start or spec.start or surface.start)
    if minimum is None:
        return None
    quadratic = surface.curvature()
    curvature = _largest(surface, minimum) if quadratic is None else quadratic[1]
    curvature += hyper.get("weight_decay", 0.0)
    if not (np.isfinite(curvature) and curvature > 0):
        return None
    limit = stability_limit(
        curvature, momentum, nesterov=bool(hyper.get("nesterov")), dampening=dampening
    )
    return Bound(limit, momentum, curvature, minimum, quadratic is not None)


def _minimum(surface: Surface, racer: Racer, start: Point) -> Array | None:
    """The known or found minimum where the racer is after some steps, or nearest to it."""
    import torch

    from engine.descent.maps.batched_descent import Batch, descend
    from engine.descent.maps.minima import minima_of

    known = minima_of(surface)
    if not len(known):
        return None
    here = torch.tensor([start], dtype=torch.float64)
    optimizer = optimizers.find(racer.optimizer)
    hyper: dict[str, float | torch.Tensor] = dict(hyper_of(racer, surface))
    rate = rate_of(racer)
    work = descend(Batch(surface, optimizer, here, hyper, TRIED_STEPS, rate=rate))
    while True:
        try:
            next(work)
        except StopIteration as finished:
            ended = finished.value.points
            break
    place = ended if bool(ended.isfinite().all()) else here
    return known[(known - place).norm(dim=1).argmin()].numpy()


def _largest(surface: Surface, point: Array) -> float:
    import torch

    from engine.optimizers.derivatives import hessian

    matrix = hessian(surface, torch.from_numpy(point[None].copy()))[0]
    if not bool(matrix.isfinite().all()):
        return float("nan")
    return float(torch.linalg.eigvalsh(matrix)[-1])
