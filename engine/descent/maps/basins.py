"""Which minimum each start of the view ends in, and how soon."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from engine.checks import Domain, check_range
from engine.descent.data_fit.dataset import DataSpec
from engine.descent.race.spec import MAX_STEPS, RaceSpec, hyper_at, hyper_of, surface_of
from engine.errors import InputError
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer, rate_of

if TYPE_CHECKING:
    from engine.descent.compiled.kernel import Kernel

MAX_SIZE = 4096
REACH = 0.1  # how near to a minimum counts as in it
PATIENCE_S = 0.3  # until a coarse map is computed while the step is still being compiled
WAIT_S = 0.01  # between looks at whether it is
COARSE = (8, 3)  # the quick maps that come first have 1/8 and 1/3 of the starts a side


@dataclass(frozen=True)
class BasinSpec:
    """All that decides a map of basins.

    Attributes:
        surface, formula, parameters, domain: as in `RaceSpec`.
        data: as in `RaceSpec`; the gradients are those of the whole data set.
        racer: the optimizer, its settings and schedule; the weights are not perturbed.
        size: starts along each side.
        steps: how many each start takes.
    """

    surface: str | None = "himmelblau"
    formula: str | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    domain: Domain | None = None
    racer: Racer = field(default_factory=lambda: Racer("momentum"))
    size: int = 256
    steps: int = 200
    data: DataSpec | None = None

    def check(self) -> None:
        """Refuse what cannot be run.

        Raises:
            InputError: something is unknown or outside its range.
        """
        hyper_at(self.racer, surface_of(_race_spec(self)), 0)
        check_range("size", self.size, 1, MAX_SIZE)
        check_range("steps", self.steps, 0, MAX_STEPS)
        refuse_unbatched(self.racer.optimizer)


@dataclass(frozen=True)
class BasinMap:
    """A map of basins; N starts a side.

    Attributes:
        x, y: (N,) float64, the view with its ends.
        label: (N, N) int64, row = y: the minimum within 0.1 of the end, -1 for none.
        arrival: (N, N) int64, the step from which a start stayed there, -1 for never.
        minima: (K, 2) float64.
        steps: how many were taken.
        done: share of the finest map that is computed; 1 for the last map.
        final: False for the coarse maps that come first.
    """

    x: np.ndarray
    y: np.ndarray
    label: np.ndarray
    arrival: np.ndarray
    minima: np.ndarray
    steps: int
    done: float
    final: bool


def basins(
    spec: BasinSpec, *, device: str = "cpu", coarse: bool | None = None
) -> Iterator[BasinMap]:
    """Compute a map, coarse first, then fine.

    Args:
        coarse: whether coarse maps come first; None for only where they are there sooner.

    While a step is compiled or a map computed the last one is yielded again with its new `done`,
    so that a puller can stop in between.

    Raises:
        InputError: the spec cannot be run.
    """
    spec.check()
    import torch

    from engine.descent.maps.batched_descent import Batch, descend
    from engine.descent.maps.minima import minima_of

    surface = surface_of(_race_spec(spec))
    known = minima_of(surface).to(device)
    hyper: dict[str, float | torch.Tensor] = dict(hyper_of(spec.racer, surface))
    shown = empty_map(spec.steps, known.cpu().numpy())
    sizes = [spec.size]
    if coarse is None:
        for _ in await_steps(spec):
            yield shown
        coarse = not is_fast(spec)
    if coarse:
        sizes[:0] = [spec.size // part for part in COARSE if spec.size // part >= 16]
    x0, x1, y0, y1 = surface.domain
    for size in sizes:
        final = size == spec.size
        x = torch.linspace(x0, x1, size, dtype=torch.float64, device=device)
        y = torch.linspace(y0, y1, size, dtype=torch.float64, device=device)
        columns, rows = np.meshgrid(x.cpu().numpy(), y.cpu().numpy())
        batch = Batch(
            surface,
            optimizers.find(spec.racer.optimizer),
            torch.from_numpy(np.stack([columns.ravel(), rows.ravel()])).T.to(device),
            hyper,
            spec.steps,
            known,
            REACH,
            rate_of(spec.racer),
        )
        # Torch has the first map there while the step is compiled; more of it would only hold
        # the compiler up, and the finer maps are there at once when that is done.
        work = descend(batch, wait=final or size != sizes[0])
        while True:
            try:
                done = next(work)
            except StopIteration as finished:
                ended = finished.value
                break
            yield replace(shown, done=done if final else 0.0)
        shown = BasinMap(
            x.cpu().numpy(),
            y.cpu().numpy(),
            ended.label.reshape(size, size).cpu().numpy(),
            ended.arrival.reshape(size, size).cpu().numpy(),
            known.cpu().numpy(),
            spec.steps,
            1.0 if final else 0.0,
            final,
        )
        yield shown


def is_fast(spec: BasinSpec) -> bool:
    """Whether a fine map takes no longer than a coarse one did: its step is compiled already.

    Otherwise its compilation begins.
    """
    promise = _step_of(spec)
    return promise.done() and promise.result() is not None


def await_steps(*specs: BasinSpec) -> Iterator[None]:
    """Have steps compiled; ends when they are, or when a coarse map is worth its while.

    Nearly every step is compiled sooner than torch, which would hold the compiler up, had
    even a coarse map there.
    """
    promises = [_step_of(spec) for spec in specs]
    patient_until = time.monotonic() + PATIENCE_S
    while not all(promise.done() for promise in promises) and time.monotonic() < patient_until:
        yield
        time.sleep(WAIT_S)


def _step_of(spec: BasinSpec) -> Future[Kernel | None]:
    from engine.descent.compiled.kernel import kernel_of

    surface = surface_of(_race_spec(spec))
    rule = optimizers.find(spec.racer.optimizer)
    return kernel_of(surface, rule, hyper_of(spec.racer, surface))


def refuse_unbatched(name: str) -> None:
    """Refuse a rule that cannot take thousands of points at once.

    Raises:
        InputError: L-BFGS, or an unknown name.
    """
    if not optimizers.find(name).batched:
        raise InputError("optimizer.unbatched", name=name)


def _race_spec(spec: BasinSpec) -> RaceSpec:
    return RaceSpec(spec.surface, spec.formula, spec.parameters, spec.domain, data=spec.data)


def empty_map(steps: int, minima: np.ndarray) -> BasinMap:
    """Before there is any."""
    nothing = np.empty(0)
    labels = np.empty((0, 0), dtype=np.int64)
    return BasinMap(nothing, nothing, labels, labels, minima, steps, 0.0, False)
