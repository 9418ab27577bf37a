"""Where a rule's iterates end for every learning rate: a fixed point, a cycle, chaos, nowhere.

Below theory's limit they come to rest in the minimum. Beyond it a quadratic throws them out, while
a steeper wall holds them in a cycle of two, four, eight ... (Feigenbaum 1978; for gradient descent
on x^4 / 4 - x^2 / 2 the map is x + lr (x - x^3)), and in a valley of minima they are thrown into a
flatter place where the rate is stable again (Lewkowycz et al. 2020, the catapult).
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.checks import Point, check_range
from engine.descent.diagnosis.sharpness import hessians
from engine.descent.maps.basins import refuse_unbatched
from engine.descent.maps.line_surface import along_line, direction_of
from engine.descent.maps.sweep import Axis
from engine.descent.race.spec import RaceSpec, check, hyper_of
from engine.errors import InputError
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import rate_of

if TYPE_CHECKING:
    import torch

    from engine.descent.surfaces.surface import Surface
    from engine.optimizers.base import Optimizer

Array = NDArray[np.float64]
MOST_RATES, MOST_STEPS, MOST_KEPT = 4000, 100_000, 512
TURN_S = 0.05
TELL_EVERY = 8  # iterates between two snapshots
SETTLED = 1e-6  # of the cycle's size: iterates so near to those a period ago repeat them
ROLLING, ROLLED = 0.3, 60  # of one over the curvature a step, and steps
NONE_FOUND, DIVERGED = 0, -1  # in place of a period


@dataclass(frozen=True)
class BifurcationSpec:
    """All that decides a diagram.

    Attributes:
        race: the surface, the start, and the racer, the first; its noise is left out.
        line: two points: descent goes along the line through them, from where the start is seen
            on it; None for the whole plane.
        lr: the learning rates.
        transient: steps before the iterates that are kept.
        kept: how many iterates.
    """

    race: RaceSpec
    line: tuple[Point, Point] | None
    lr: Axis
    transient: int = 600
    kept: int = 64

    def check(self) -> None:
        """Refuse what cannot be run.

        Raises:
            InputError: something is unknown or outside its range.
        """
        check(self.race)
        refuse_unbatched(self.race.racers[0].optimizer)
        check_range("lr: count", self.lr.count, 1, MOST_RATES)
        check_range("steps", self.transient, 0, MOST_STEPS)
        check_range("iterates", self.kept, 1, MOST_KEPT)
        for end in (self.lr.low, self.lr.high):
            check_range("lr", end, 0, 1e6)
            if self.lr.logarithmic and end <= 0:
                raise InputError("axis.logarithm", name="lr", value=end)


@dataclass(frozen=True)
class Bifurcation:
    """The long run of every learning rate; N rates, K iterates so far.

    Attributes:
        lr: (N,) float64.
        place: (N, K, 2) float64 in the plane; NaN where the rate diverged.
        along: (N, K) float64: x on a line along x and in the plane, y on a line along y, else the
            distance from the line's first point.
        loss: (N, K) float64.
        sharpness: (N, K) float64: the second derivative along the line, in the plane the larger
            eigenvalue of the Hessian.
        period: (N,) int64, the least number of iterates after which they repeat, `NONE_FOUND`
            where there is none up to half of those kept, or `DIVERGED`.
        limit: theory's largest stable rate at the minimum below the start; NaN where theory
            knows none.
        curvature: the sharpness there.
        done: the share that is computed.
    """

    lr: Array
    place: Array
    along: Array
    loss: Array
    sharpness: Array
    period: NDArray[np.int64]
    limit: float
    curvature: float
    done: float


def bifurcation(spec: BifurcationSpec) -> Iterator[Bifurcation]:
    """Compute it, with ever more iterates of each rate.

    Raises:
        InputError: the spec cannot be run.
    """
    spec.check()
    import torch

    whole = check(spec.race)
    racer = spec.race.racers[0]
    surface, begin = _on_the_line(spec, whole)
    unit = None if spec.line is None else direction_of(*spec.line)
    rates = spec.lr.values()
    hyper: dict[str, Any] = dict(hyper_of(racer, whole))
    hyper["lr"] = torch.from_numpy(rates[:, None].copy())
    points = torch.from_numpy(np.tile(begin, (len(rates), 1)))
    rule = optimizers.find(racer.optimizer)
    steps = _iterates(surface, rule, points, hyper, spec, rate_of(racer))
    kept: list[Array] = []
    told = 0
    transient = spec.transient / (spec.transient + spec.kept)  # its share of the steps
    empty = np.empty((len(rates), 0, 2))
    parts: list[tuple[Array, Array, Array]] = []
    limit, curvature = _limit(spec, whole, surface, begin)
    for news in steps:
        if isinstance(news, float):
            if not kept:
                yield _so_far(spec, rates, empty, [], limit, curvature, news * transient)
            continue
        place = news if unit is None else np.asarray(spec.line[0]) + news[:, :1] * unit  # type: ignore[index]
        kept.append(_near(whole, place))
        parts.append(_measure(whole, kept[-1], unit, spec.line))
        if len(kept) - told >= TELL_EVERY or len(kept) == spec.kept:
            told = len(kept)
            done = transient + (1 - transient) * told / spec.kept
            yield _so_far(spec, rates, np.stack(kept, 1), parts, limit, curvature, done)


def _so_far(
    spec: BifurcationSpec,
    rates: Array,
    place: Array,
    parts: list[tuple[Array, Array, Array]],
    limit: float,
    curvature: float,
    done: float,
) -> Bifurcation:
    empty = np.empty((len(rates), 0))
    along, loss, sharp = (
        np.stack([part[which] for part in parts], 1) if parts else empty for which in range(3)
    )
    periods = find_periods(place)
    return Bifurcation(rates, place, along, loss, sharp, periods, limit, curvature, done)


def _iterates(
    surface: Surface,
    rule: Optimizer,
    points: torch.Tensor,
    hyper: dict[str, Any],
    spec: BifurcationSpec,
    schedule: Any,
) -> Generator[float | Array, None, None]:
    """Yields the share of the transient that is done, then each of the kept iterates (N, 2)."""
    from engine.descent.compiled.kernel import kernel_of
    from engine.descent.maps.batched_descent import WAIT_S, Batch, descend
    from engine.optimizers.derivatives import objective_of, value_and_gradient

    promise = kernel_of(surface, rule, hyper)
    while not promise.done():
        yield 0.0
        time.sleep(WAIT_S)
    if promise.result() is not None and spec.race.racers[0].schedule == "constant":
        # A compiled batch gives its last points alone, and is quick enough to run anew for each.
        for step in range(spec.transient, spec.transient + spec.kept):
            work = descend(Batch(surface, rule, points, hyper, step))
            while True:
                try:
                    yield next(work)
                except StopIteration as finished:
                    yield finished.value.points.numpy().copy()
                    break
        return
    state = rule.init(points)
    asked = (objective_of(surface),) if rule.needs_objective else ()
    rate = hyper["lr"]
    turn = time.monotonic()
    for step in range(spec.transient + spec.kept):
        if step >= spec.transient:
            yield points.numpy().copy()
        _, gradient = value_and_gradient(surface, points)
        now = {**hyper, "lr": schedule(rate, step)}
        move, state = rule.update(points, gradient, state, now, *asked)
        points = points + move
        if time.monotonic() - turn > TURN_S:
            turn = time.monotonic()
            yield step / (spec.transient + spec.kept)


def _near(surface: Surface, place: Array) -> Array:
    """Places (N, 2), NaN where they are as far away as a race calls diverged."""
    from engine.descent.race.undefined import is_near

    near = is_near(surface, place) & np.isfinite(place).all(axis=1)
    return np.where(near[:, None], place, np.nan)


def _measure(
    surface: Surface, place: Array, unit: Array | None, line: tuple[Point, Point] | None
) -> tuple[Array, Array, Array]:
    """Where on the axis places (N, 2) are, their losses and sharpnesses: (N,) each."""
    from engine.descent.maps.landscape import losses_at

    loss = losses_at(surface, place)
    second = hessians(surface, place)
    sharp = np.full(len(place), np.nan)
    good = np.asarray(np.isfinite(second).all(axis=(1, 2)))
    if unit is None:
        sharp[good] = np.linalg.eigvalsh(second[good])[:, 1]
    else:
        sharp[good] = unit @ second[good] @ unit
    return _axis(place, unit, line), np.where(np.isfinite(place[:, 0]), loss, np.nan), sharp


def _axis(place: Array, unit: Array | None, line: tuple[Point, Point] | None) -> Array:
    if unit is None or line is None or (unit[1] == 0 and unit[0] > 0):
        return place[:, 0]
    if unit[0] == 0 and unit[1] > 0:
        return place[:, 1]
    result: Array = (place - np.asarray(line[0])) @ unit
    return result


def _limit(
    spec: BifurcationSpec, whole: Surface, surface: Surface, begin: Array
) -> tuple[float, float]:
    """Theory's limit at the minimum below the start, and the sharpness there.

    Only rules without scales of their own have one limit for all rates.

    Args:
        surface, begin: along the line, where there is one.
    """
    import torch

    from engine.descent.maps.minima import minimum_below
    from engine.optimizers.stability.frozen import Moment

    racer = spec.race.racers[0]
    rule = optimizers.find(racer.optimizer)
    if rule.frozen is None or rule.follows != "velocity" or whole.kinked:
        return float("nan"), float("nan")
    place = minimum_below(surface, _rolled(surface, torch.from_numpy(begin)))
    if place is None:
        return float("nan"), float("nan")
    second = hessians(surface, place.numpy()[None])
    sharp = float(np.linalg.eigvalsh(second[0])[1])  # across a line there is none
    if not sharp > 0:
        return float("nan"), sharp
    moment = Moment(hyper_of(racer, whole), np.full((1, 1), 1.0), {}, {}, second)
    linear = rule.frozen(moment)
    return float(linear.limit(np.array([sharp + linear.decay]))[0]), sharp


def _rolled(surface: Surface, point: torch.Tensor) -> torch.Tensor:
    """Where short steps lead down from a point (2,): in a valley not far along it."""
    from engine.optimizers.derivatives import hessian, value_and_gradient

    sharp = hessian(surface, point[None])[0]
    if not bool(sharp.isfinite().all()):
        return point
    rate = ROLLING / max(float(sharp.norm()), 1e-300)
    rolled = point
    for _ in range(ROLLED):
        slope = value_and_gradient(surface, rolled[None])[1][0]
        rolled = rolled - rate * slope
    return rolled if bool(rolled.isfinite().all()) else point


def find_periods(place: Array) -> NDArray[np.int64]:
    """The period of each row of iterates (N, K, 2): see `Bifurcation.period`."""
    count, kept = place.shape[:2]
    found = np.full(count, NONE_FOUND, dtype=np.int64)
    if not kept:
        return found
    lost = ~np.isfinite(place).all(axis=(1, 2))
    with np.errstate(all="ignore"):
        size = np.abs(place).max(axis=(1, 2))
        for period in range(kept // 2, 0, -1):
            apart = np.abs(place[:, period:] - place[:, :-period]).max(axis=(1, 2))
            found[apart <= SETTLED * np.maximum(size, 1e-300)] = period
        # At rest at zero every distance is small beside none.
        found[size < 1e-12] = 1
    found[lost] = DIVERGED
    return found


def suggest_rates(race: RaceSpec, line: tuple[Point, Point] | None, count: int) -> Axis:
    """Rates from nearly none to somewhat more than twice theory's limit at the minimum nearby.

    Raises:
        InputError: the race cannot be run.
    """
    surface = check(race)
    racer = race.racers[0]
    own = hyper_of(racer, surface).get("lr", 1.0)
    spec = BifurcationSpec(race, line, Axis(own, own, 1))
    limit, _ = _limit(spec, surface, *_on_the_line(spec, surface))
    high = 2.3 * limit if np.isfinite(limit) else 10 * own
    return Axis(high / count, high, count)


def _on_the_line(spec: BifurcationSpec, whole: Surface) -> tuple[Surface, Array]:
    """The surface along the line, and where on it the start (2,) is; both in the plane without."""
    racer = spec.race.racers[0]
    start = np.array(racer.start or spec.race.start or whole.start, dtype=np.float64)
    if spec.line is None:
        return whole, start
    place = (start - spec.line[0]) @ direction_of(*spec.line)
    return along_line(whole, *spec.line), np.array([place, 0.0])
