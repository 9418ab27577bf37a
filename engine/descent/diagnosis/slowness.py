"""Why a racer is slow: the curvatures at its minimum, and the best that theory knows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from engine.checks import Point
from engine.descent.diagnosis.sharpness import hessians, linear_step
from engine.descent.diagnosis.trial import stays
from engine.descent.race.spec import RaceFrame, RaceSpec, hyper_of, surface_of
from engine.descent.surfaces.surface import Surface
from engine.optimizers import registry as optimizers

Array = NDArray[np.float64]
FLAT = 1e-9  # of the larger curvature: below it a direction counts as without any
LAST_STEPS = 50  # that the measured factor is of
WINDOW = 20_000  # steps whose distances are told
NEAREST = 1e-12  # of the view: nearer to a minimum rounding is measured

KNOWN, KINKED, FLAT_DIRECTION, NO_MINIMUM, NO_THEORY = (
    "known", "kinked", "flat direction", "no minimum", "no theory"
)  # fmt: skip


def _none() -> Array:
    return np.empty(0)


@dataclass(frozen=True)
class Slowness:
    """What is said of a racer's pace.

    Attributes:
        answer: `KNOWN`; `KINKED`: the minimum is a kink, without curvature; `FLAT_DIRECTION`: no
            curvature along a direction there, so that it gets slower with every step;
            `NO_MINIMUM`: none is known, found or under the racer; `NO_THEORY`: the rule's steps
            do not grow with the gradient.
        place: the minimum, or where the racer is when there is none nearby.
        at_minimum: `place` is a minimum.
        exact: the surface is a quadratic, so that all is exact.
        noisy: the gradients have noise, or are of batches: below its level nothing converges.
        own_scales: the rule has scales of its own; they are those of the step looked at.
        rate, momentum: of the step looked at; the momentum is NaN for a rule without.
        curvatures: (2,) eigenvalues of the Hessian at `place`, the smaller first.
        directions: (2, 2) their directions as rows.
        condition: the larger over the smaller.
        factors: (2,) what the distance along the flattest and the steepest direction that the
            rule feels is multiplied by in a step, in the long run.
        slow: (2,) the direction of the larger factor.
        factor: the larger of the two.
        measured: the mean factor of the distance to the minimum over the last steps, at most
            50; NaN where there are none.
        best: the settings that theory gives as fastest; empty where it knows none.
        best_factor: with them; NaN where it knows none.
        best_holds: whether the race with them does not diverge; None before it was tried.
        away: (N,) distances to `place` at the steps up to the one looked at, at most 20,000.
    """

    answer: str
    place: Point
    at_minimum: bool
    exact: bool
    noisy: bool
    own_scales: bool = False
    rate: float = math.nan
    momentum: float = math.nan
    curvatures: Point = (math.nan, math.nan)
    directions: tuple[Point, Point] = ((math.nan, math.nan), (math.nan, math.nan))
    condition: float = math.nan
    factors: Point = (math.nan, math.nan)
    slow: Point = (math.nan, math.nan)
    factor: float = math.nan
    measured: float = math.nan
    best: Mapping[str, float] = field(default_factory=dict)
    best_factor: float = math.nan
    best_holds: bool | None = None
    away: Array = field(default_factory=_none)

    @property
    def steps_for_a_digit(self) -> float:
        """Steps in which the distance falls to a tenth; infinite where it does not."""
        return steps_for_a_digit(self.factor)

    @property
    def best_steps_for_a_digit(self) -> float:
        """The same with the best settings."""
        return steps_for_a_digit(self.best_factor)


def steps_for_a_digit(factor: float) -> float:
    """In how many steps a factor makes a tenth: 0 for 0, infinite from 1 on."""
    if math.isnan(factor):
        return math.nan
    if factor <= 0:
        return 0.0
    return math.inf if factor >= 1 else math.log(10) / -math.log(factor)


def explain_pace(
    spec: RaceSpec, frames: Sequence[RaceFrame], index: int, step: int
) -> Iterator[Slowness]:
    """Why a racer is slow: at once what theory says, then again when its best was tried.

    Args, Raises: as in `find_pace`.
    """
    found = find_pace(spec, frames, index, step)
    yield found
    if found.best:
        yield replace(found, best_holds=stays(spec, index, found.best))


def find_pace(spec: RaceSpec, frames: Sequence[RaceFrame], index: int, step: int) -> Slowness:
    """What theory says of a racer's pace at a step of its race; nothing is tried.

    Args:
        frames: of the race from its start, `step` among them.

    Raises:
        InputError: the spec cannot be run.
    """
    surface = surface_of(spec)
    racer = spec.racers[index]
    optimizer = optimizers.find(racer.optimizer)
    frame = frames[step]
    here = frame.position[index]
    minimum = _nearest_minimum(surface, here)
    place = here if minimum is None else minimum
    noisy = bool(spec.noise or (surface.data is not None and surface.data.batch))
    exact = surface.curvature() is not None
    seen = frames[max(0, step + 1 - WINDOW) : step + 1]
    with np.errstate(all="ignore"):
        away = np.hypot(*(np.array([one.position[index] for one in seen]) - place).T)
    base = Slowness(NO_MINIMUM, _pair(place), minimum is not None, exact, noisy, away=away)
    if surface.kinked:
        return replace(base, answer=KINKED)
    second = hessians(surface, place[None])
    if not np.isfinite(second).all():
        return base
    values, vectors = np.linalg.eigh(second[0])
    small, large = map(float, values)
    condition = math.inf if small <= FLAT * large else large / small
    hyper = hyper_of(racer, surface)
    base = replace(
        base,
        rate=float(frame.rate[index]),
        momentum=hyper.get("momentum", math.nan),
        curvatures=(small, large),
        directions=(_pair(vectors[:, 0]), _pair(vectors[:, 1])),
        condition=condition,
        measured=math.nan if minimum is None else _measured(surface, away),
    )
    decay = hyper.get("weight_decay", 0.0)
    if large <= 0 or small < -FLAT * large or (minimum is None and small <= FLAT * large):
        return base
    if optimizer.frozen is None:
        return replace(base, answer=NO_THEORY)
    with np.errstate(all="ignore"):
        linear = linear_step(surface, spec, (frame,), index, second)
        felt, rows = linear.curvatures(second)
        factors = [float(linear.factor(base.rate, felt[:, side])[0]) for side in (0, 1)]
    # Of two that are alike but for rounding the flat direction is named.
    slowest = int(factors[1] > factors[0] * (1 + 1e-9))
    base = replace(
        base,
        answer=KNOWN,
        own_scales=linear.own,
        factors=(factors[0], factors[1]),
        factor=factors[slowest],
        slow=_pair(rows[0, slowest]),
    )
    if not decay and small <= FLAT * large:
        return replace(base, answer=FLAT_DIRECTION)
    if optimizer.fastest is None:
        return base
    best = optimizer.fastest(hyper, small + decay, large + decay)
    return replace(base, best=best.settings, best_factor=best.factor)


def _nearest_minimum(surface: Surface, here: Array) -> Array | None:
    """The known or found minimum that is nearest to a place (2,); None where there is none."""
    from engine.descent.maps.minima import minima_of

    known = minima_of(surface).numpy()
    if not len(known):
        return None
    with np.errstate(all="ignore"):
        away = np.hypot(*(known - here).T)
    nearest: Array = known[int(np.where(np.isfinite(away), away, np.inf).argmin())]
    return nearest


def _measured(surface: Surface, away: Array) -> float:
    """The geometric mean of the factors of the distance (N,) over its last steps."""
    x0, x1, y0, y1 = surface.domain
    least = NEAREST * max(x1 - x0, y1 - y0)
    # The last of them that are more than rounding.
    there = np.flatnonzero(away > least)
    if there.size < 2 or not np.isfinite(away).all():
        return math.nan
    last = int(there[-1])
    first = max(0, last - LAST_STEPS)
    if first == last or not away[first] > 0:
        return math.nan
    return float((away[last] / away[first]) ** (1 / (last - first)))


def _pair(values: Array) -> Point:
    return float(values[0]), float(values[1])
