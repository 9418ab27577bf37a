"""Several optimizers from one start on one surface, step by step.

The spec is everything that decides the result, so the same spec gives the
same race. Importing this module does not import torch; running a race does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.checks import Domain, Point, check_range
from engine.descent.data_fit.dataset import DataSpec
from engine.descent.data_fit.minibatches import MinibatchSampler
from engine.descent.surfaces import registry as surfaces
from engine.descent.surfaces.surface import FORMULA_DOMAIN, Surface
from engine.errors import InputError
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer, most_starts, rate_of

MAX_STEPS = 1_000_000
CONVERGED_GRADIENT = 1e-4  # norm of the exact gradient
CONVERGED_STEP = 1e-4  # length of the last step, in the units of the plane
FAR = 100.0  # widths of the view outside it that count as diverged
MAX_TRAIL_POINTS = 20_000_000  # of further starts, over all steps

# The three rules of the lecture.
FIRST_RACERS = (Racer("sgd"), Racer("momentum"), Racer("nesterov"))


@dataclass(frozen=True)
class RaceSpec:
    """All that decides a race.

    Attributes:
        surface: a name in `surfaces.SURFACES`, or None when there is a formula.
        formula: an expression of x and y, or None.
        parameters: values of the surface's or the formula's parameters.
        domain: the view; None for the surface's own. A race may leave it.
        start: x, y of every racer; None for the surface's own.
        racers: who runs.
        steps: how many steps; frames are one more.
        noise: standard deviation of the normal noise on each gradient component. Racers
            from one start feel the same noise, as if they saw the same batches.
        seed: of everything random: noise, perturbations, further starts, the order of the batches.
        data: the data set of a surface that is a fit, and its batches; None for its own.
    """

    surface: str | None = "rosenbrock"
    formula: str | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    domain: Domain | None = None
    start: Point | None = None
    racers: tuple[Racer, ...] = FIRST_RACERS
    steps: int = 300
    noise: float = 0.0
    seed: int = 0
    data: DataSpec | None = None

    def check(self) -> None:
        """Refuse what cannot be run.

        Raises:
            InputError: something is unknown or outside its range.
        """
        check(self)


def _none() -> np.ndarray:
    return np.empty(0)


def _nowhere() -> np.ndarray:
    return np.empty((0, 2))


@dataclass(frozen=True)
class RaceFrame:
    """The state of all optimizers at one step; R racers in the order of the spec.

    Attributes:
        step: from 0.
        position: (R, 2) float64, the parameter as torch stores it (for Nesterov the
            look-ahead point).
        loss: (R,) float64, without noise, of the whole data set.
        gradient: (R, 2) float64 as used: noise included, of the batch where there is one.
        velocity: (R, 2) float64, torch's momentum buffer before this step; 0 at the start
            and for rules without one.
        state: for each racer "running", "converged", "diverged", or "flat": it stands still
            where there is no minimum.
        parts: the rules' state before this step: for each rule the rows of its racers and
            its arrays (n, 2) or (n, 1) by name.
        rate: (R,) float64, the learning rate of the step from here.
        best: (R, 2) float64, where the lowest loss so far was met on any of the trails.
        best_loss: (R,) float64, that loss.
        best_trail: (R,) int64, the trail it was met on; 0 is the racer's own start.
        perturbed: (R,) bool, whether a perturbation of the weights has brought the racer here.
        others: for each racer the places (S - 1, 2) of its trails from further starts.
        other_losses: for each racer their losses (S - 1,).
        exact: (R, 2) float64, the gradient without noise and of the whole data set.
        undefined: (R,) int8, 0 where loss and gradient are defined (`undefined.py`).
        histories: for each racer of L-BFGS what torch remembers, float64 arrays (2,), (K, 2),
            (K,) or () by name (`lbfgs_state.freeze`).
    """

    step: int
    position: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray
    velocity: np.ndarray
    state: tuple[str, ...]
    parts: tuple[tuple[slice | np.ndarray, Mapping[str, np.ndarray]], ...] = ()
    rate: np.ndarray = field(default_factory=_none)
    best: np.ndarray = field(default_factory=_nowhere)
    best_loss: np.ndarray = field(default_factory=_none)
    best_trail: np.ndarray = field(default_factory=_none)
    perturbed: np.ndarray = field(default_factory=_none)
    others: tuple[np.ndarray, ...] = ()
    other_losses: tuple[np.ndarray, ...] = ()
    exact: np.ndarray = field(default_factory=_nowhere)
    undefined: np.ndarray = field(default_factory=_none)
    histories: Mapping[int, Mapping[str, np.ndarray]] = field(default_factory=dict)

    def memory(self, index: int) -> dict[str, np.ndarray]:
        """The state arrays of one racer, (1, 2) or (1, 1) each; empty for a rule without."""
        for rows, arrays in self.parts:
            places = np.arange(len(self.position))[rows]
            if index in places:
                place = int(np.flatnonzero(places == index)[0])
                return {key: array[place : place + 1] for key, array in arrays.items()}
        return {}


def surface_of(spec: RaceSpec) -> Surface:
    """The surface a spec names, with its parameters and view.

    Raises:
        InputError: the name, formula, a parameter or the view cannot be used.
    """
    if spec.formula is not None:
        from engine.descent.surfaces.formula import formula_surface

        return formula_surface(
            spec.formula, spec.domain or FORMULA_DOMAIN, parameters=spec.parameters
        )
    surface = surfaces.find(spec.surface or "").bind(spec.parameters, domain=spec.domain)
    return surface if spec.data is None else surface.with_data(spec.data)


def sampler_of(spec: RaceSpec, surface: Surface) -> MinibatchSampler | None:
    """What serves the batches of a race; None where the surface has no data set."""
    if surface.fit is None or surface.data is None:
        return None
    return MinibatchSampler(surface.fit, surface.data, spec.seed)


def gradients_seen(spec: RaceSpec, surface: Surface) -> str:
    """Of what the steps see the gradient: "full" or "batch"; empty where there is no data set."""
    sampler = sampler_of(spec, surface)
    if sampler is None:
        return ""
    return "full" if sampler.full else "batch"


def hyper_of(racer: Racer, surface: Surface) -> dict[str, float]:
    """Every hyper-parameter of a racer; the rate is the surface's unless it is set.

    Raises:
        InputError: the optimizer or a setting is unknown or outside its range.
    """
    optimizer = optimizers.find(racer.optimizer)
    settings = dict(racer.settings)
    if optimizer.optimum is not None and (curvature := surface.curvature()) is not None:
        settings = {**optimizer.optimum(*curvature), **settings}
    if "lr" in optimizer.defaults and "lr" not in settings:
        rate = surface.rates.get(racer.optimizer)
        if rate is not None:
            settings["lr"] = rate
    return optimizer.complete(settings)


def hyper_at(racer: Racer, surface: Surface, step: int) -> dict[str, float]:
    """Every hyper-parameter of a racer at one step: the rate is the schedule's.

    Raises:
        InputError: as `hyper_of`, or the schedule or a setting of it is unknown.
    """
    hyper = hyper_of(racer, surface)
    return {**hyper, "lr": rate_of(racer)(hyper["lr"], step)}


def check(spec: RaceSpec) -> Surface:
    """Refuse a spec that cannot be run, and give its surface.

    Raises:
        InputError: something in it is unknown or outside its range.
    """
    surface = surface_of(spec)
    for racer in spec.racers:
        hyper_at(racer, surface, 0)
        if racer.jog is not None:
            racer.jog.check()
        most = most_starts(optimizers.find(racer.optimizer))
        check_range("starts", racer.starts, 1, most)
    if spec.formula is not None and spec.data is not None:
        raise InputError("race.no_data", surface="formula")
    if not spec.racers:
        raise InputError("race.no_optimizer")
    check_range("steps", spec.steps, 0, MAX_STEPS)
    check_range("noise", spec.noise, 0, 1e6)
    further = sum(racer.starts - 1 for racer in spec.racers)
    if further * spec.steps > MAX_TRAIL_POINTS:
        raise InputError(
            "race.too_many_trails", trails=further, steps=spec.steps, limit=MAX_TRAIL_POINTS
        )
    for start in (spec.start, *(racer.start for racer in spec.racers)):
        for name, value in zip("xy", start or surface.start, strict=True):
            if not math.isfinite(value):
                raise InputError("value.not_a_number", name=f"start {name}", value=value)
    return surface
