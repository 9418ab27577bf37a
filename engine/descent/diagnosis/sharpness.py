"""The curvature that a racer feels along its path, against the largest that its rate allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.descent.race.spec import RaceFrame, RaceSpec, hyper_of, surface_of
from engine.descent.surfaces.surface import Surface
from engine.optimizers import registry as optimizers
from engine.optimizers.stability.frozen import Moment

if TYPE_CHECKING:
    from engine.optimizers.stability.linear_step import LinearStep

Array = NDArray[np.float64]
CHUNK = 4096  # steps looked at in one call


@dataclass(frozen=True)
class Sharpness:
    """A racer at N steps of its path.

    Attributes:
        step: (N,) int64.
        rate: (N,) float64, the learning rate of the step from there.
        felt: (N, 2) float64, eigenvalues of the Hessian (with the weight decay in it) divided by
            the rule's scales, the smaller first; NaN where they are not finite.
        directions: (N, 2, 2) float64, their directions as rows of length 1.
        plain: (N, 2) float64, eigenvalues of the Hessian itself.
        limit: (N,) float64, the largest stable rate at the larger of the two; infinite where
            there is none.
        factor: (N, 2) float64, what the distance along each is multiplied by in a step there.
        own_scales: the rule divides by scales of its own.
        formula: as `LinearStep.formula`.
    """

    step: NDArray[np.int64]
    rate: Array
    felt: Array
    directions: Array
    plain: Array
    limit: Array
    factor: Array
    own_scales: bool
    formula: str

    @property
    def share(self) -> Array:
        """(N,) the rate over the largest stable one: above 1 the step is unstable."""
        with np.errstate(all="ignore"):
            result: Array = self.rate / self.limit
        return result


def sharpness(spec: RaceSpec, frames: Sequence[RaceFrame], index: int) -> Sharpness | None:
    """Along some frames of a race; None for a rule of which theory knows no limit.

    The Hessian is that of the whole loss, without noise.

    Raises:
        InputError: the spec cannot be run.
    """
    optimizer = optimizers.find(spec.racers[index].optimizer)
    surface = surface_of(spec)
    if optimizer.frozen is None or surface.kinked:
        return None
    parts = [
        _part(surface, spec, frames[first : first + CHUNK], index)
        for first in range(0, len(frames), CHUNK)
    ]
    names = ("step", "rate", "felt", "directions", "plain", "limit", "factor")
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    return Sharpness(**joined, own_scales=parts[0].own_scales, formula=parts[0].formula)


def _part(surface: Surface, spec: RaceSpec, frames: Sequence[RaceFrame], index: int) -> Sharpness:
    places = np.array([frame.position[index] for frame in frames])
    rate = np.array([frame.rate[index] for frame in frames])
    second = hessians(surface, places)
    plain = np.full((len(frames), 2), np.nan)
    good = np.asarray(np.isfinite(second).all(axis=(1, 2)))
    plain[good] = np.linalg.eigvalsh(second[good])
    with np.errstate(all="ignore"):
        linear = linear_step(surface, spec, frames, index, second)
        felt, directions = linear.curvatures(second)
        limit = linear.limit(felt[:, 1])
        factor = np.stack([linear.factor(rate, felt[:, place]) for place in (0, 1)], axis=1)
    step = np.array([frame.step for frame in frames], dtype=np.int64)
    return Sharpness(step, rate, felt, directions, plain, limit, factor, linear.own, linear.formula)


def linear_step(
    surface: Surface, spec: RaceSpec, frames: Sequence[RaceFrame], index: int, second: Array
) -> LinearStep:
    """A racer's step from each of N frames as a linear recursion, its scales held.

    Args:
        second: (N, 2, 2) float64, the Hessian at each.
    """
    import torch

    racer = spec.racers[index]
    optimizer = optimizers.find(racer.optimizer)
    assert optimizer.frozen is not None
    hyper = hyper_of(racer, surface)
    memories = [frame.memory(index) for frame in frames]
    before = {name: np.concatenate([memory[name] for memory in memories]) for name in memories[0]}
    age = np.array([[float(frame.step)] for frame in frames])
    if optimizer.needs_objective:  # none of these has scales that a step changes
        return optimizer.frozen(Moment(hyper, age + 1, before, before, second))
    points, gradient = (
        torch.from_numpy(np.array([getattr(frame, name)[index] for frame in frames]))
        for name in ("position", "gradient")
    )
    state = {name: torch.from_numpy(array) for name, array in before.items()}
    _, new = optimizer.update(points, gradient, {**state, "age": torch.from_numpy(age)}, hyper)
    after = {name: value.numpy() for name, value in new.items() if value.ndim}
    return optimizer.frozen(Moment(hyper, age + 1, before, after, second))


def hessians(surface: Surface, places: Array) -> Array:
    """Second derivatives (N, 2, 2) at places (N, 2); NaN where they or the place are not finite."""
    import torch

    from engine.optimizers.derivatives import hessian

    good = np.asarray(np.isfinite(places).all(axis=1))
    inside = np.where(good[:, None], places, 0.0)
    found = hessian(surface, torch.from_numpy(inside)).numpy()
    result: Array = np.where(good[:, None, None], found, np.nan)
    return result
