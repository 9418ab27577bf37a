"""Several optimizers from one start on one surface, step by step.

The spec is everything that decides the result, so the same spec gives the
same race. Importing this module does not import torch; running a race does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from engine.descent import rules, surfaces
from engine.descent.surfaces import Domain, Point, Surface
from engine.errors import InputError

if TYPE_CHECKING:
    import torch

MAX_STEPS = 1_000_000
CONVERGED_GRADIENT = 1e-4  # norm of the exact gradient
CONVERGED_STEP = 1e-4  # length of the last step, in the units of the plane
FAR = 100.0  # widths of the view outside it that count as diverged


@dataclass(frozen=True)
class Racer:
    """One optimizer in a race.

    Attributes:
        optimizer: its name in `rules.OPTIMIZERS`.
        settings: what differs from the defaults; without `lr` the surface's rate is taken.
        name: unique in the race (`sgd`, `sgd-2`).
        start: x, y of this racer alone; None for the race's.
    """

    optimizer: str
    settings: Mapping[str, float] = field(default_factory=dict)
    name: str = ""
    start: Point | None = None


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
        seed: of the noise.
    """

    surface: str | None = "rosenbrock"
    formula: str | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    domain: Domain | None = None
    start: Point | None = None
    racers: tuple[Racer, ...] = (Racer("sgd"), Racer("momentum"), Racer("nesterov"))
    steps: int = 300
    noise: float = 0.0
    seed: int = 0

    def check(self) -> None:
        """Refuse what cannot be run.

        Raises:
            InputError: something is unknown or outside its range.
        """
        check(self)


@dataclass(frozen=True)
class RaceFrame:
    """Where everybody is at one step; R racers in the order of the spec.

    Attributes:
        step: from 0.
        position: (R, 2) float64, the parameter as torch stores it (for Nesterov the
            look-ahead point).
        loss: (R,) float64, without noise.
        gradient: (R, 2) float64 as used, noise included.
        velocity: (R, 2) float64, torch's momentum buffer before this step; 0 at the start
            and for rules without one.
        state: for each racer "running", "converged" or "diverged".
        parts: the rules' state before this step: for each rule the rows of its racers and
            its arrays (n, 2) or (n, 1) by name.
    """

    step: int
    position: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray
    velocity: np.ndarray
    state: tuple[str, ...]
    parts: tuple[tuple[slice | np.ndarray, Mapping[str, np.ndarray]], ...] = ()

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
        from engine.descent.formula import formula_surface

        return formula_surface(
            spec.formula, spec.domain or surfaces.FORMULA_DOMAIN, parameters=spec.parameters
        )
    return surfaces.find(spec.surface or "").bind(spec.parameters, domain=spec.domain)


def hyper_of(racer: Racer, surface: Surface) -> dict[str, float]:
    """Every hyper-parameter of a racer; the rate is the surface's unless it is set.

    Raises:
        InputError: the optimizer or a setting is unknown or outside its range.
    """
    optimizer = rules.find(racer.optimizer)
    settings = dict(racer.settings)
    if optimizer.name == "heavy-ball" and (curvature := surface.curvature()) is not None:
        settings = {**rules.heavy_ball_optimum(*curvature), **settings}
    if "lr" in optimizer.defaults and "lr" not in settings:
        rate = surface.rates.get(racer.optimizer)
        if rate is not None:
            settings["lr"] = rate
    return optimizer.complete(settings)


def name_racers(racers: tuple[Racer, ...]) -> tuple[Racer, ...]:
    """Give every racer a unique name: a repeated one becomes `sgd-2`."""
    taken: set[str] = set()
    named = []
    for racer in racers:
        base = racer.name or racer.optimizer
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base}-{count}"
        taken.add(name)
        named.append(replace(racer, name=name))
    return tuple(named)


def check(spec: RaceSpec) -> Surface:
    """Refuse a spec that cannot be run, and give its surface.

    Raises:
        InputError: something in it is unknown or outside its range.
    """
    surface = surface_of(spec)
    for racer in spec.racers:
        hyper_of(racer, surface)
    if not spec.racers:
        raise InputError("race.nobody")
    surfaces.check_range("steps", spec.steps, 0, MAX_STEPS)
    surfaces.check_range("noise", spec.noise, 0, 1e6)
    for start in (spec.start, *(racer.start for racer in spec.racers)):
        for name, value in zip("xy", start or surface.start, strict=True):
            if not math.isfinite(value):
                raise InputError("value.not_a_number", name=f"start {name}", value=value)
    return surface


def race(spec: RaceSpec, *, device: str = "cpu") -> Iterator[RaceFrame]:
    """Run a race: `steps + 1` frames, frame k at x_k.

    A diverged racer stays in the race as what it has become, inf or NaN.

    Raises:
        InputError: the spec cannot be run (`check`).
    """
    surface = check(spec)
    import torch

    from engine.descent.calculus import value_and_gradient

    count = len(spec.racers)
    starts = [racer.start or spec.start or surface.start for racer in spec.racers]
    points = torch.tensor(starts, dtype=torch.float64, device=device)  # (R, 2)
    groups = _groups(spec, surface, points)
    noise = _Noise(spec, starts)
    before = points.cpu().numpy()
    for step in range(spec.steps + 1):
        loss, exact = value_and_gradient(surface, points)
        gradient = exact + noise.next().to(points) if spec.noise else exact
        position, losses = points.cpu().numpy().copy(), loss.cpu().numpy().copy()
        parts, velocity = _memory(groups, count)
        yield RaceFrame(
            step,
            position,
            losses,
            gradient.cpu().numpy().copy(),
            velocity,
            _states(surface, position, losses, exact.cpu().numpy(), position - before),
            parts,
        )
        before = position
        moves = torch.empty_like(points)
        for group in groups:
            rows = group.rows
            moves[rows], group.state = group.update(
                points[rows], gradient[rows], group.state, group.hyper, *group.surface
            )
        points = points + moves


class _Noise:
    """Normal noise for each racer, the same for racers from one start."""

    def __init__(self, spec: RaceSpec, starts: list[Point]) -> None:
        import torch

        places = {start: place for place, start in enumerate(dict.fromkeys(starts))}
        self._rows = torch.tensor([places[start] for start in starts])
        self._count = len(places)
        self._deviation = spec.noise
        self._generator = torch.Generator().manual_seed(spec.seed)

    def next(self) -> torch.Tensor:
        """(R, 2) float64 on the processor, so that every device races alike."""
        import torch

        drawn = torch.randn(self._count, 2, generator=self._generator, dtype=torch.float64)
        return self._deviation * drawn[self._rows]


@dataclass
class _Group:
    """The racers that share a rule, advanced in one call."""

    rows: slice | torch.Tensor  # their places in the race; neighbours need no index
    update: rules.Update
    hyper: dict[str, torch.Tensor]  # (n, 1) each
    state: rules.State
    surface: tuple[Surface, ...]  # one, for a rule that asks for more than gradients


def _groups(spec: RaceSpec, surface: Surface, points: torch.Tensor) -> list[_Group]:
    import torch

    members: dict[rules.Update, list[int]] = {}
    for index, racer in enumerate(spec.racers):
        members.setdefault(rules.find(racer.optimizer).update, []).append(index)
    groups = []
    for update, rows in members.items():
        hypers = [hyper_of(spec.racers[row], surface) for row in rows]
        columns = {key: points.new_tensor([[hyper[key]] for hyper in hypers]) for key in hypers[0]}
        where: slice | torch.Tensor = slice(rows[0], rows[-1] + 1)
        if rows != list(range(rows[0], rows[-1] + 1)):
            where = torch.tensor(rows, device=points.device)
        optimizer = rules.find(spec.racers[rows[0]].optimizer)
        asked = (surface,) if optimizer.needs_surface else ()
        groups.append(_Group(where, update, columns, optimizer.init(points[where]), asked))
    return groups


def _memory(
    groups: list[_Group], count: int
) -> tuple[tuple[tuple[slice | np.ndarray, Mapping[str, np.ndarray]], ...], np.ndarray]:
    """The groups' states as arrays, and every racer's velocity (R, 2).

    A rule never changes the state it was given, so on the processor nothing is copied.
    """
    velocity = np.zeros((count, 2))
    parts = []
    for group in groups:
        rows = group.rows if isinstance(group.rows, slice) else group.rows.cpu().numpy()
        arrays = {
            key: value.cpu().numpy()
            for key, value in group.state.items()
            if key not in ("age", "history")  # one number for all; lists of L-BFGS
        }
        if "velocity" in arrays:
            velocity[rows] = arrays["velocity"]
        parts.append((rows, arrays))
    return tuple(parts), velocity


def _states(
    surface: Surface,
    position: np.ndarray,
    loss: np.ndarray,
    gradient: np.ndarray,
    moved: np.ndarray,
) -> tuple[str, ...]:
    """What has become of each racer; arrays (R, 2), the loss (R,)."""
    x0, x1, y0, y1 = surface.domain
    middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
    reach = np.array([x1 - x0, y1 - y0]) * FAR
    with np.errstate(all="ignore"):  # a diverged racer has inf and NaN
        near = (np.abs(position - middle) <= reach).all(1) & np.isfinite(loss)
        still = np.hypot(*gradient.T) < CONVERGED_GRADIENT
        still &= np.hypot(*moved.T) < CONVERGED_STEP
    codes = np.where(near, still.astype(int), 2)
    return tuple(_STATES[codes].tolist())


_STATES = np.array(["running", "converged", "diverged"])
