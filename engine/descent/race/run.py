"""The race itself: every optimizer one batched step after another."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.descent.race.spec import (
    CONVERGED_GRADIENT,
    CONVERGED_STEP,
    RaceFrame,
    RaceSpec,
    check,
    hyper_of,
    sampler_of,
)
from engine.descent.race.stillness import Stillness
from engine.descent.race.undefined import find_undefined, is_near
from engine.descent.surfaces.surface import Surface


def race(spec: RaceSpec, *, device: str = "cpu") -> Iterator[RaceFrame]:
    """Run a race: `steps + 1` frames, frame k at x_k.

    A diverged racer stays in the race as what it has become, inf or NaN.

    Raises:
        InputError: the spec cannot be run (`check`).
    """
    surface = check(spec)
    import torch

    from engine.descent.race.rows import Noise, trails_of
    from engine.optimizers.derivatives import objective_of, value_and_gradient
    from engine.optimizers.groups import Rates, forget, groups_of, histories, memory
    from engine.optimizers.perturbation import Perturber
    from engine.optimizers.starts import Best, Others

    trails = trails_of(spec, surface)
    count = len(spec.racers)
    starts = [trail.start for trail in trails]
    points = torch.tensor(starts, dtype=torch.float64, device=device)  # (T, 2), the racers' first
    who = [trail.racer for trail in trails]
    hypers = [hyper_of(racer, surface) for racer in spec.racers]
    groups = groups_of(
        [spec.racers[racer] for racer in who], who, [hypers[racer] for racer in who], points, count
    )
    rates = Rates(spec.racers, [hyper["lr"] for hyper in hypers])
    others = Others(trails, count)
    perturber = Perturber(
        [spec.racers[trail.racer].jog for trail in trails],
        [trail.number for trail in trails],
        spec.seed,
    )
    best = Best(trails, count)
    noise = Noise(spec, starts, count)
    sampler = sampler_of(spec, surface)
    stillness = Stillness(surface, count)
    before = points.cpu().numpy()
    perturbed = np.zeros(count, dtype=bool)
    for step in range(spec.steps + 1):
        loss, exact = value_and_gradient(surface, points)
        seen = surface if sampler is None else sampler.surface_at(surface, step)
        gradient = exact if seen is surface else value_and_gradient(seen, points)[1]
        if spec.noise:
            gradient = gradient + noise.next().to(points)
        position, losses = points.cpu().numpy().copy(), loss.cpu().numpy().copy()
        parts, velocity = memory(groups, count)
        perturber.watch(position, losses)
        own_exact = exact[:count].cpu().numpy()
        own, moved = position[:count], position[:count] - before[:count]
        yield RaceFrame(
            step,
            own,
            losses[:count],
            gradient[:count].cpu().numpy().copy(),
            velocity,
            _states(stillness, surface, own, losses[:count], own_exact, moved),
            parts,
            rates.at(step),
            *best.of(perturber),
            perturbed,
            *others.at(position, losses),
            histories=histories(groups, count),
            exact=own_exact,
            undefined=find_undefined(surface, own, losses[:count], own_exact),
        )
        before = position
        moves = torch.empty_like(points)
        objective = objective_of(seen)
        for group in groups:
            rows = group.rows
            hyper = rates.set(group, points)
            moves[rows], group.state = group.update(
                points[rows],
                gradient[rows],
                group.state,
                hyper,
                *((objective,) if group.needs_objective else ()),
            )
        points = points + moves
        perturbed = np.zeros(count, dtype=bool)
        for trail, place in perturber.perturbations(position, losses).items():
            points[trail] = torch.from_numpy(place).to(points)
            perturbed[trail : trail + 1] = True
            forget(groups, trail)


def _states(
    stillness: Stillness,
    surface: Surface,
    position: np.ndarray,
    loss: np.ndarray,
    gradient: np.ndarray,
    moved: np.ndarray,
) -> tuple[str, ...]:
    """What has become of each racer; arrays (R, 2), the loss (R,)."""
    near = is_near(surface, position) & np.isfinite(loss)
    with np.errstate(all="ignore"):  # a diverged racer has inf and NaN
        still = np.hypot(*gradient.T) < CONVERGED_GRADIENT
        still &= np.hypot(*moved.T) < CONVERGED_STEP
    still &= near
    state = np.where(stillness.at_minimum(still, position, loss), 1, np.where(still, 3, 0))
    return tuple(map(_STATES.__getitem__, np.where(near, state, 2).tolist()))


_STATES = ("running", "converged", "diverged", "flat")
