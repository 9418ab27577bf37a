"""Several optimizers from one start on one surface, step by step.

The spec is everything that decides the result, so the same spec gives the
same race. Importing this module does not import torch; running a race does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
    """

    optimizer: str
    settings: Mapping[str, float] = field(default_factory=dict)
    name: str = ""


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
            feel the same noise at the same step, as if they saw the same batches.
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
        memory: the rules' other state arrays before this step, (R, 2) or (R, 1) each,
            NaN for racers that have none.
    """

    step: int
    position: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray
    velocity: np.ndarray
    state: tuple[str, ...]
    memory: Mapping[str, np.ndarray] = field(default_factory=dict)


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
        named.append(Racer(racer.optimizer, racer.settings, name))
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
    start = spec.start or surface.start
    for name, value in zip("xy", start, strict=True):
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
    start = torch.tensor(spec.start or surface.start, dtype=torch.float64, device=device)
    points = start.expand(count, 2).clone()
    groups = _groups(spec, surface, points)
    noise = torch.Generator().manual_seed(spec.seed)
    moved = torch.zeros(count, dtype=torch.float64, device=device)
    for step in range(spec.steps + 1):
        loss, exact = value_and_gradient(surface, points)
        gradient = exact
        if spec.noise:
            shake = torch.randn(2, generator=noise, dtype=torch.float64)
            gradient = exact + spec.noise * shake.to(points)
        state = _states(surface, points, loss, exact, moved)
        memory = _memory(groups, count)
        velocity = memory.pop("velocity", np.full((count, 2), np.nan))
        yield RaceFrame(
            step,
            points.cpu().numpy().copy(),
            loss.cpu().numpy().copy(),
            gradient.cpu().numpy().copy(),
            np.nan_to_num(velocity, nan=0.0, posinf=np.inf, neginf=-np.inf),
            state,
            memory,
        )
        steps = torch.empty_like(points)
        for group in groups:
            rows = group.rows
            steps[rows], group.state = group.update(
                points[rows], gradient[rows], group.state, group.hyper
            )
        points = points + steps
        moved = steps.norm(dim=1)


@dataclass
class _Group:
    """The racers that share a rule, advanced in one call."""

    rows: torch.Tensor  # (n,) their places in the race
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
        where = torch.tensor(rows, device=points.device)
        optimizer = rules.find(spec.racers[rows[0]].optimizer)
        asked = (surface,) if optimizer.needs_surface else ()
        groups.append(_Group(where, update, columns, optimizer.init(points[where]), asked))
    return groups


def _memory(groups: list[_Group], count: int) -> dict[str, np.ndarray]:
    memory: dict[str, np.ndarray] = {}
    for group in groups:
        rows = group.rows.cpu().numpy()
        for key, value in group.state.items():
            if key == "history":  # of L-BFGS, no array
                continue
            column = value.cpu().numpy()
            if key not in memory:
                memory[key] = np.full((count, column.shape[1]), np.nan)
            memory[key][rows] = column
    return memory


def _states(
    surface: Surface,
    points: torch.Tensor,
    loss: torch.Tensor,
    gradient: torch.Tensor,
    moved: torch.Tensor,
) -> tuple[str, ...]:
    """What has become of each racer at these points (N, 2)."""
    x0, x1, y0, y1 = surface.domain
    middle = points.new_tensor([(x0 + x1) / 2, (y0 + y1) / 2])
    reach = points.new_tensor([x1 - x0, y1 - y0]) * FAR
    near = ((points - middle).abs() <= reach).all(1) & loss.isfinite()
    still = (gradient.norm(dim=1) < CONVERGED_GRADIENT) & (moved < CONVERGED_STEP)
    return tuple(
        "diverged" if not inside else "converged" if rests else "running"
        for inside, rests in zip(near.tolist(), still.tolist(), strict=True)
    )
