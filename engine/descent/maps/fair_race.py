"""A fair race: one start, one budget of gradient evaluations, every learning rate for all.

One evaluation is one call for the loss and its gradient. A lone loss, which a
line search asks for at every rate it tries, counts as one as well; Newton's
Hessian counts as two more gradients, one for each column; L-BFGS counts every
call of its closure. A step that would overdraw the budget is not taken. No
gradient is clipped and no loss is cut off.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.checks import Domain, Point, check_range
from engine.descent.data_fit.dataset import DataSpec
from engine.descent.maps.sweep import Axis
from engine.descent.race.spec import (
    FIRST_RACERS,
    RaceSpec,
    check,
    hyper_of,
    sampler_of,
    surface_of,
)
from engine.errors import InputError
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer, name_racers, rate_of

MAX_BUDGET = 100_000
MAX_RATES = 2000
TURN_S = 0.05
ALONE_EVERY = 8  # a rule that is not batched runs at every eighth rate only
Ended = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True)
class FairSpec:
    """All that decides a fair race.

    Attributes:
        surface, formula, parameters, domain, start, noise, seed, data: as in `RaceSpec`.
        racers: who runs; their learning rates are swept, their other settings stay.
        lr: the learning rates, the same for all; L-BFGS, which runs one at a time, takes
            every eighth.
        budget: gradient evaluations that each may use.
    """

    surface: str | None = "rosenbrock"
    formula: str | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    domain: Domain | None = None
    start: Point | None = None
    racers: tuple[Racer, ...] = FIRST_RACERS
    lr: Axis = field(default_factory=lambda: Axis(1e-6, 100.0, 81, logarithmic=True))
    budget: int = 300
    noise: float = 0.0
    seed: int = 0
    data: DataSpec | None = None

    def check(self) -> None:
        """Refuse what cannot be run.

        Raises:
            InputError: something is unknown or outside its range.
        """
        check(_race_spec(self))
        check_range("budget", self.budget, 1, MAX_BUDGET)
        check_range("lr: count", self.lr.count, 1, MAX_RATES)
        for end in (self.lr.low, self.lr.high):
            check_range("lr", end, 0, 1e6)
            if self.lr.logarithmic and end <= 0:
                raise InputError("axis.logarithm", name="lr", value=end)


@dataclass(frozen=True)
class Strip:
    """How one racer ends at every learning rate; N rates.

    Attributes:
        index: the racer's place in the spec.
        name: unique.
        lr: (N,) float64.
        loss: (N,) float64 where the budget ended, of the whole data set, without noise.
        steps, evaluations: (N,) int64 that were taken and used.
        diverged: (N,) bool: that loss is not finite or above the loss at the start.
        best: the place of the lowest loss; the smallest rate of several.
        start_loss: at the start.
        lowest: the lowest known loss of the surface; NaN where none is known.
    """

    index: int
    name: str
    lr: np.ndarray
    loss: np.ndarray
    steps: np.ndarray
    evaluations: np.ndarray
    diverged: np.ndarray
    best: int
    start_loss: float
    lowest: float


@dataclass(frozen=True)
class FairProgress:
    """Share of a fair race that is run, between its parts."""

    done: float


def fair_race(spec: FairSpec) -> Iterator[FairProgress | Strip]:
    """Run it: a strip for each racer in their order, progress in between.

    Raises:
        InputError: the spec cannot be run.
    """
    spec.check()
    from engine.descent.maps.landscape import losses_at
    from engine.descent.maps.minima import minima_of

    surface = surface_of(_race_spec(spec))
    known = losses_at(surface, minima_of(surface).numpy())
    lowest = float(known.min()) if known.size else float("nan")
    rates = spec.lr.values()
    count = len(spec.racers)
    for index, racer in enumerate(name_racers(spec.racers)):
        turn = time.monotonic()
        tried = rates if optimizers.find(racer.optimizer).batched else rates[::ALONE_EVERY]
        runs = _run(spec, racer, tried)
        while True:
            try:
                done = next(runs)
            except StopIteration as finished:
                points, steps, spent = finished.value
                break
            if time.monotonic() - turn > TURN_S:
                yield FairProgress((index + done) / count)
                turn = time.monotonic()
        start = np.array([racer.start or spec.start or surface.start])
        first = float(losses_at(surface, start)[0])
        loss = losses_at(surface, points)
        with np.errstate(invalid="ignore"):
            diverged = ~np.isfinite(loss) | (loss > first)
        order = np.where(np.isfinite(loss), loss, np.inf)
        yield Strip(
            index,
            racer.name,
            tried,
            loss,
            steps,
            spent,
            diverged,
            int(order.argmin()),
            first,
            lowest,
        )


def _run(spec: FairSpec, racer: Racer, rates: np.ndarray) -> Generator[float, None, Ended]:
    """One racer at all rates; yields the share done.

    Returns:
        (points (N, 2) float64, steps (N,), evaluations (N,) int64) where the budget ended.
    """
    if optimizers.find(racer.optimizer).batched:
        return (yield from _run_rows(spec, racer, rates))
    parts = []
    for place in range(len(rates)):
        runs = _run_rows(spec, racer, rates[place : place + 1])
        while True:
            try:
                yield (place + next(runs)) / len(rates)
            except StopIteration as finished:
                parts.append(finished.value)
                break
    points, steps, spent = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return points, steps, spent


def _run_rows(spec: FairSpec, racer: Racer, rates: np.ndarray) -> Generator[float, None, Ended]:
    """As `_run`, all rates in one batch."""
    import torch

    from engine.descent.maps.batched_descent import Batch, descend
    from engine.optimizers.derivatives import objective_of, value_and_gradient

    surface = surface_of(_race_spec(spec))
    sampler = sampler_of(_race_spec(spec), surface)
    optimizer, schedule = optimizers.find(racer.optimizer), rate_of(racer)
    hyper: dict[str, float | torch.Tensor] = dict(hyper_of(racer, surface))
    base = torch.from_numpy(rates.reshape(-1, 1).copy())
    start = torch.tensor([racer.start or spec.start or surface.start], dtype=torch.float64)
    points = start.repeat(len(rates), 1)
    state = optimizer.init(points)
    if optimizer.batched and "evaluations" not in state and sampler is None and not spec.noise:
        # All rates take the same steps.
        count = spec.budget // optimizer.cost
        batch = Batch(surface, optimizer, points, {**hyper, "lr": base}, count, rate=schedule)
        ended = yield from descend(batch)
        same = np.full(len(rates), count)
        return ended.points.numpy(), same, same * optimizer.cost
    steps = torch.zeros(len(rates), 1, dtype=torch.float64)
    spent = torch.zeros_like(steps)
    running = torch.ones_like(steps, dtype=torch.bool)
    generator = torch.Generator().manual_seed(spec.seed)
    step = 0
    while bool(running.any()):
        seen = surface if sampler is None else sampler.surface_at(surface, step)
        gradient = value_and_gradient(seen, points)[1]
        if spec.noise:
            drawn = torch.randn(1, 2, generator=generator, dtype=torch.float64)
            gradient = gradient + spec.noise * drawn
        asked = (objective_of(seen),) if optimizer.needs_objective else ()
        before = state.get("evaluations")
        now = {**hyper, "lr": schedule(base, step)}
        move, state = optimizer.update(points, gradient, state, now, *asked)
        cost = torch.full_like(spent, optimizer.cost)
        if before is not None:
            cost = state["evaluations"] - before
        running &= spent + cost <= spec.budget
        spent = torch.where(running, spent + cost, spent)
        steps = torch.where(running, steps + 1, steps)
        points = torch.where(running, points + move, points)
        step += 1
        rests = not (spec.noise or sampler or optimizer.batched)
        if rests and not bool((move != 0).any() and points.isfinite().all()):
            break  # L-BFGS that stands still, or is lost, has nothing more to spend on
        yield float(spent.mean()) / spec.budget
    taken, used = (part[:, 0].to(torch.int64).numpy() for part in (steps, spent))
    return points.numpy(), taken, used


def _race_spec(spec: FairSpec) -> RaceSpec:
    return RaceSpec(
        spec.surface,
        spec.formula,
        spec.parameters,
        spec.domain,
        spec.start,
        spec.racers,
        steps=spec.budget,
        noise=spec.noise,
        seed=spec.seed,
        data=spec.data,
    )
