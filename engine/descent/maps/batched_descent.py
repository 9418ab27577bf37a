"""Many points descended together, in tiles that stay in the cache and let others in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from engine.descent.compiled.kernel import Kernel, kernel_of
from engine.descent.compiled.run import run
from engine.descent.surfaces.surface import Surface
from engine.optimizers.base import Optimizer
from engine.optimizers.derivatives import objective_of, value_and_gradient

# Below 32,768 numbers torch stays on one core and a tile in the cache; larger tensors wake
# the other cores for every small operation and give their memory back to the kernel after it.
TILE = 16_000
WAIT_S = 0.02  # between looks at whether the step is compiled
TURN_S = 0.05  # how long a job works before it lets its puller breathe


@dataclass(frozen=True)
class Batch:
    """Points under one rule.

    Attributes:
        surface: where they are.
        optimizer: a batched rule.
        points: (N, 2) float64.
        hyper: every hyper-parameter, a number or (N, 1) float64.
        steps: how many.
        minima: (K, 2) float64 for `arrival`; None for no arrivals.
        reach: how near to a minimum is there.
        rate: (lr, step) -> the rate of that step; None for a constant rate.
    """

    surface: Surface
    optimizer: Optimizer
    points: torch.Tensor
    hyper: dict[str, float | torch.Tensor]
    steps: int
    minima: torch.Tensor | None = None
    reach: float = 0.1
    rate: Callable[[Any, int], Any] | None = None


WATCH_EVERY = 10  # steps between looks at who has arrived


@dataclass(frozen=True)
class Ended:
    """How a batch ended; N points.

    Attributes:
        points: (N, 2) float64.
        label: (N,) int64, the nearest minimum within reach, -1 for none.
        arrival: (N,) int64, the first looked-at step from which a point stayed near a minimum,
            -1 for none.
    """

    points: torch.Tensor
    label: torch.Tensor
    arrival: torch.Tensor


def descend(batch: Batch, *, wait: bool = True) -> Generator[float, None, Ended]:
    """Take all the steps; yields the share done about every `TURN_S`.

    By a compiled step where there is one, else in torch.

    Args:
        wait: wait for the step to be compiled, so that the same batch gives the same numbers;
            else one that is not compiled yet goes on in torch.
    """
    if batch.points.device.type == "cpu":
        promise = kernel_of(batch.surface, batch.optimizer, batch.hyper)
        while wait and not promise.done():
            yield 0.0
            time.sleep(WAIT_S)
        kernel = promise.result() if promise.done() else None
        constants = None if kernel is None else _constants(batch)
        if kernel is not None and constants is not None:
            return (yield from _descend_compiled(batch, kernel, constants))
    return (yield from _descend_in_torch(batch))


def _constants(batch: Batch) -> dict[str, Any] | None:
    """Every number of a step but points and state; None where a schedule cannot be one."""
    hyper = {
        f"hyper_{name}": value.numpy() if isinstance(value, torch.Tensor) else value
        for name, value in batch.hyper.items()
    }
    lr = batch.hyper["lr"]
    if batch.rate is not None and isinstance(lr, torch.Tensor):
        if any(batch.rate(1.0, step) != 1.0 for step in range(batch.steps)):
            return None  # a rate for each point and each step
    elif batch.rate is not None:
        hyper["hyper_lr"] = np.array([batch.rate(lr, step) for step in range(batch.steps)])
    values = batch.surface.complete().values()
    surface = {f"surface_{number}": value for number, value in enumerate(values)}
    return {**hyper, **surface, "age": np.arange(batch.steps, dtype=np.float64)}


def _descend_compiled(
    batch: Batch, kernel: Kernel, constants: dict[str, Any]
) -> Generator[float, None, Ended]:
    # In numpy: torch would wake all cores for a copy of so many numbers.
    points = np.array(batch.points.numpy().T, order="C")
    first = batch.optimizer.init(batch.points[:1])  # every point begins alike
    state = {name: value.numpy() for name, value in first.items() if value.ndim}
    minima = np.empty((0, 2)) if batch.minima is None else batch.minima.contiguous().numpy()
    found = np.full((2, points.shape[1]), -1)
    yield from run(
        kernel,
        points,
        state,
        constants,
        steps=batch.steps,
        minima=minima,
        reach=batch.reach,
        every=0 if batch.minima is None else WATCH_EVERY,
        found=found,
    )
    label, arrival = torch.from_numpy(found)
    return Ended(torch.from_numpy(points).T, label, arrival)


def _descend_in_torch(batch: Batch) -> Generator[float, None, Ended]:
    count = len(batch.points)
    tile = TILE if batch.points.device.type == "cpu" else count
    ended, labels, arrived = [], [], []
    turn = time.monotonic()
    for first in range(0, count, tile):
        rows = slice(first, first + tile)
        hyper = {
            key: value[rows] if isinstance(value, torch.Tensor) and value.ndim else value
            for key, value in batch.hyper.items()
        }
        # Each coordinate in one piece: see `value_and_gradient`.
        points = batch.points[rows].T.contiguous().T
        state = batch.optimizer.init(points)
        asked = (objective_of(batch.surface),) if batch.optimizer.needs_objective else ()
        arrival = torch.full((len(points),), -1, device=points.device)
        for step in range(batch.steps):
            if batch.minima is not None and step % WATCH_EVERY == 0:
                arrival = _watch(points, arrival, batch, step)
            _, gradient = value_and_gradient(batch.surface, points)
            now = hyper if batch.rate is None else {**hyper, "lr": batch.rate(hyper["lr"], step)}
            move, state = batch.optimizer.update(points, gradient, state, now, *asked)
            points = points + move
            if time.monotonic() - turn > TURN_S:
                yield (first + len(points) * step / batch.steps) / count
                turn = time.monotonic()
        if batch.minima is not None:
            arrival = _watch(points, arrival, batch, batch.steps)
            labels.append(label(points, batch.minima, batch.reach))
        else:
            labels.append(arrival)
        ended.append(points)
        arrived.append(arrival)
    return Ended(torch.cat(ended), torch.cat(labels), torch.cat(arrived))


def _watch(points: torch.Tensor, arrival: torch.Tensor, batch: Batch, step: int) -> torch.Tensor:
    near = label(points, batch.minima, batch.reach) >= 0  # type: ignore[arg-type]
    came = torch.where((arrival < 0) & near, torch.full_like(arrival, step), arrival)
    return torch.where(near, came, torch.full_like(arrival, -1))


def label(points: torch.Tensor, minima: torch.Tensor, reach: float) -> torch.Tensor:
    """For each of (N, 2) points the nearest minimum within `reach`, -1 for none: (N,) int64."""
    best = torch.full((len(points),), reach * reach, dtype=points.dtype, device=points.device)
    found = torch.full((len(points),), -1, device=points.device)
    x, y = points.unbind(-1)
    for index, (mx, my) in enumerate(minima.tolist()):
        distance = (x - mx) ** 2 + (y - my) ** 2
        nearer = distance < best
        best = torch.where(nearer, distance, best)
        found = torch.where(nearer, torch.full_like(found, index), found)
    return found
