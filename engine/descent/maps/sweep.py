"""A map of learning rate and momentum: how one optimizer ends for every pair of the two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.checks import Domain, Point, check_range
from engine.descent.data_fit.dataset import DataSpec
from engine.descent.maps.basins import refuse_unbatched
from engine.descent.race.spec import RaceSpec, check, hyper_of, surface_of
from engine.errors import InputError
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer, rate_of

MAX_CELLS = 4_000_000


@dataclass(frozen=True)
class Axis:
    """Evenly spaced values, ends included; by ratio when logarithmic."""

    low: float
    high: float
    count: int
    logarithmic: bool = False

    def values(self) -> np.ndarray:
        """(count,) float64."""
        if self.logarithmic:
            return np.geomspace(self.low, self.high, self.count)
        return np.linspace(self.low, self.high, self.count)


@dataclass(frozen=True)
class SweepSpec:
    """All that decides a sweep.

    Attributes:
        surface, formula, parameters, domain, start: as in `RaceSpec`.
        data: as in `RaceSpec`; the gradients are those of the whole data set.
        racer: the optimizer and its other settings.
        lr: the learning rates.
        momentum: the momenta; None for the racer's own alone.
        steps: how many each pair takes.
        key: the setting that the momenta are values of: `momentum`, or `beta1` for Adam's kin.
    """

    surface: str | None = "quadratic"
    formula: str | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    domain: Domain | None = None
    start: Point | None = None
    racer: Racer = field(default_factory=lambda: Racer("momentum"))
    lr: Axis = Axis(1e-4, 0.1, 200, logarithmic=True)
    momentum: Axis | None = Axis(0, 0.99, 200)
    steps: int = 300
    data: DataSpec | None = None
    key: str = "momentum"

    def check(self) -> None:
        """Refuse what cannot be run.

        Raises:
            InputError: something is unknown or outside its range.
        """
        check(_race_spec(self))
        refuse_unbatched(self.racer.optimizer)
        settings = {
            setting.name: setting for setting in optimizers.find(self.racer.optimizer).settings
        }
        for key, axis in (("lr", self.lr), (self.key, self.momentum)):
            if axis is None:
                continue
            if key not in settings:
                raise InputError(
                    "value.unknown_key",
                    name=self.racer.optimizer,
                    value=key,
                    known=", ".join(settings),
                )
            check_range(f"{key}: count", axis.count, 1, MAX_CELLS)
            for end in (axis.low, axis.high):
                check_range(key, end, settings[key].low, settings[key].high)
                if axis.logarithmic and end <= 0:
                    raise InputError("axis.logarithm", name=key, value=end)
        cells = self.lr.count * (self.momentum.count if self.momentum else 1)
        check_range("cells of the map", cells, 1, MAX_CELLS)


@dataclass(frozen=True)
class SweepMap:
    """How every pair ended; N rates, M momenta.

    Attributes:
        lr: (N,) float64.
        momentum: (M,) float64.
        final_loss: (M, N) float64 after the steps.
        diverged: (M, N) bool: that loss is not finite or above the loss at the start.
        rate: (M, N) float64: what the distance to the lowest known loss was multiplied by in
            a step, by the square root of the losses' ratio; below 1 it converges.
    """

    lr: np.ndarray
    momentum: np.ndarray
    final_loss: np.ndarray
    diverged: np.ndarray
    rate: np.ndarray


@dataclass(frozen=True)
class SweepProgress:
    """Share of a sweep that is computed, between its parts."""

    done: float


def sweep(spec: SweepSpec, *, device: str = "cpu") -> Iterator[SweepProgress | SweepMap]:
    """Run every pair in one batch; progress in between, the map at the end.

    Raises:
        InputError: the spec cannot be run.
    """
    spec.check()
    import torch

    from engine.descent.maps.batched_descent import Batch, descend
    from engine.descent.maps.landscape import losses_at
    from engine.descent.maps.minima import minima_of

    surface = surface_of(_race_spec(spec))
    fixed: dict[str, float | torch.Tensor] = dict(hyper_of(spec.racer, surface))
    rates = spec.lr.values()
    momenta = np.array([fixed.get(spec.key, 0.0)], dtype=np.float64)
    if spec.momentum is not None:
        momenta = spec.momentum.values()
    every_rate, every_momentum = np.meshgrid(rates, momenta)  # (M, N), row = momentum
    fixed["lr"] = torch.from_numpy(every_rate.reshape(-1, 1)).to(device)
    if spec.key in fixed:
        fixed[spec.key] = torch.from_numpy(every_momentum.reshape(-1, 1)).to(device)
    start = torch.tensor([spec.start or surface.start], dtype=torch.float64, device=device)
    points = start.expand(every_rate.size, 2)
    optimizer, schedule = optimizers.find(spec.racer.optimizer), rate_of(spec.racer)
    work = descend(Batch(surface, optimizer, points, fixed, spec.steps, rate=schedule))
    while True:
        try:
            yield SweepProgress(next(work))
        except StopIteration as finished:
            ended = finished.value.points
            break
    final = losses_at(surface, ended.cpu().numpy()).reshape(every_rate.shape)
    first = float(losses_at(surface, start.cpu().numpy())[0])
    known = losses_at(surface, minima_of(surface).numpy())
    lowest = float(known.min()) if known.size else float(np.nanmin(np.append(final, first)))
    with np.errstate(all="ignore"):
        ratio = np.maximum(final - lowest, 0) / (first - lowest)
        rate = ratio ** (1 / (2 * max(spec.steps, 1)))
        diverged = ~np.isfinite(final) | (final > first)
    yield SweepMap(rates, momenta, final, diverged, rate)


def _race_spec(spec: SweepSpec) -> RaceSpec:
    return RaceSpec(
        spec.surface,
        spec.formula,
        spec.parameters,
        spec.domain,
        spec.start,
        (spec.racer,),
        spec.steps,
        data=spec.data,
    )
