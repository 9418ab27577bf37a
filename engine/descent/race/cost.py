"""What a race costs beside its steps: gradient evaluations, Hessian products, seconds.

As in the fair race one evaluation is one call for the loss and its gradient. A lone loss, which
a line search asks for at every rate it tries, counts as one as well, each column of Newton's
Hessian as one more gradient, and L-BFGS counts every call of its closure.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.descent.race.spec import RaceFrame, RaceSpec, check, hyper_at
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer

Array = NDArray[np.float64]
COLUMNS = 2  # of a Hessian in the plane: each is one product
WARM, TIMED = 5, 60  # steps before those that count, and these
RESTS = 1e-9  # shorter steps are those of a racer that has arrived


@dataclass(frozen=True)
class Spent:
    """What R racers had spent when they came to each of n frames.

    Attributes:
        evaluations, products: (R, n) float64 gradient evaluations, and products of the Hessian
            with a vector; 0 at the start.
    """

    evaluations: Array
    products: Array


def spent(racers: Sequence[Racer], frames: Sequence[RaceFrame]) -> Spent:
    """What the racers of a race had spent at some of its frames."""
    steps = np.array([frame.step for frame in frames], dtype=np.float64)
    evaluations, products = np.empty((2, len(racers), len(frames)))
    for index, racer in enumerate(racers):
        optimizer = optimizers.find(racer.optimizer)
        products[index] = steps * (COLUMNS if optimizer.needs_hessian else 0)
        evaluations[index] = steps * optimizer.cost
        if frames and "evaluations" in frames[0].memory(index):
            evaluations[index] = [float(f.memory(index)["evaluations"][0, 0]) for f in frames]
    return Spent(evaluations, products)


@dataclass(frozen=True)
class Pace:
    """How long each racer of a race takes for an evaluation on this machine.

    Attributes:
        seconds: (R,) float64, its share of the rule's own work included.
    """

    seconds: Array


def measure_pace(spec: RaceSpec) -> Iterator[Pace]:
    """Time each racer alone, 60 steps from its start, each with its part of the evaluations.

    The median of them, so that what else the machine does counts little. Who is not timed yet
    has NaN.

    Raises:
        InputError: the spec cannot be run.
    """
    surface = check(spec)
    import torch

    from engine.descent.race.spec import sampler_of
    from engine.optimizers.derivatives import objective_of, value_and_gradient

    seconds = np.full(len(spec.racers), np.nan)
    sampler = sampler_of(spec, surface)
    for index, racer in enumerate(spec.racers):
        optimizer = optimizers.find(racer.optimizer)
        start = racer.start or spec.start or surface.start
        begin = torch.tensor([start], dtype=torch.float64)
        hyper = hyper_at(racer, surface, 0)
        points, state = begin, optimizer.init(begin)
        times = []
        for step in range(WARM + TIMED):
            before = state.get("evaluations")
            clock = time.perf_counter()
            seen = surface if sampler is None else sampler.surface_at(surface, step)
            gradient = value_and_gradient(seen, points)[1]
            asked = (objective_of(seen),) if optimizer.needs_objective else ()
            move, state = optimizer.update(points, gradient, state, hyper, *asked)
            points = points + move
            took = time.perf_counter() - clock
            count = optimizer.cost if before is None else float(state["evaluations"] - before)
            if step >= WARM and count > 0:
                times.append(took / count)
            # Who rests or is lost has other work than who descends.
            if not bool(points.isfinite().all()) or bool((move.abs() < RESTS).all()):
                points, state = begin, optimizer.init(begin)
            if step % 10 == 0:
                yield Pace(seconds)
        seconds = seconds.copy()
        seconds[index] = float(np.median(times)) if times else np.nan
    yield Pace(seconds)
