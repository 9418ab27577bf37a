"""The race of optimizers on a task: every rule with all of its starts one batched call a step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.registry import find
from engine.networks.tasks.settings import check, hyper_of
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.objective import Objective

__all__ = ["check", "fit", "hyper_of"]

CONVERGED = 1e-4  # length of the gradient as used, and of the last update
DIVERGED = 1e6  # times the loss at the start, and 1 more
_STATES = ("running", "converged", "stopped", "diverged")


def fit(spec: FitSpec, device: str = "cpu") -> Iterator[FitFrame]:
    """Run a race: `steps + 1` frames, frame k at the parameters w_k.

    A diverged racer stays as what it has become; one that was stopped early rests at its best.

    Raises:
        InputError: the spec cannot be run (`check`).
    """
    spec = check(spec)
    import torch

    from engine.networks.tasks.early_stopping import EarlyStopping
    from engine.networks.tasks.problem import problem_of
    from engine.optimizers.groups import Rates, forget, groups_of
    from engine.optimizers.perturbation import Perturber
    from engine.optimizers.starts import Best, Others, rows_of_starts

    task = find(spec.task)
    racers, count = spec.racers, len(spec.racers)
    problem = problem_of(spec, device)
    rows = rows_of_starts(racers)
    points = problem.initial(max(racer.starts for racer in racers))[[row.number for row in rows]]
    for place, racer in enumerate(racers):
        if racer.start is not None and task.kind == "parameters":
            points[place] = points.new_tensor(racer.start)
    hypers = [hyper_of(racer, task) for racer in racers]
    owners = [row.racer for row in rows]
    groups = groups_of(
        [racers[owner] for owner in owners],
        owners,
        [hypers[owner] for owner in owners],
        points,
        count,
    )
    rates = Rates(racers, [hyper["lr"] for hyper in hypers])
    size = points.shape[1]
    perturber = Perturber(
        [racers[owner].jog for owner in owners], [row.number for row in rows], spec.seed, size
    )
    best, others = Best(rows, count), Others(rows, count, size)
    stopping = EarlyStopping(len(rows), size, spec.patience)
    first_loss = np.full(count, np.nan)
    before = points
    perturbed = np.zeros(count, dtype=bool)
    assert spec.steps is not None
    for step in range(spec.steps + 1):
        batch = problem.batch(step)
        measured = problem.measure(points, batch, count, test_all=stopping.asked)
        here = points.cpu().numpy()
        restored = stopping.watch(here, measured.test_loss)
        if restored.any():
            points = torch.from_numpy(np.where(restored[:, None], stopping.best, here)).to(points)
            here = points.cpu().numpy()
            measured = problem.measure(points, batch, count, test_all=True)
        perturber.watch(here, measured.train_loss)
        if not step:
            first_loss = measured.train_loss[:count]
        own = here[:count]
        gradient = measured.gradient[:count].cpu().numpy().astype(np.float64)
        moved = (own - before[:count].cpu().numpy()).astype(np.float64)
        _, best_loss, best_start = best.of(perturber)
        other_parameters, other_losses = others.at(here, measured.train_loss)
        norms = _norms(gradient, problem.begins)
        moves = _norms(moved, problem.begins)
        yield FitFrame(
            step,
            measured.train_loss[:count],
            measured.test_loss[:count],
            measured.train_accuracy,
            measured.test_accuracy,
            _states(own, measured.train_loss[:count], first_loss, norms, moves, stopping.stopped),
            rates.at(step),
            norms,
            _ratios(moves, before[:count].cpu().numpy(), problem.begins, step),
            measured.saturated,
            perturbed,
            single(own),
            best_loss,
            best_start,
            other_losses,
            tuple(map(single, other_parameters)),
        )
        if step == spec.steps:
            return
        before = points
        update = torch.empty_like(points)
        objective = None
        for group in groups:
            hyper = rates.set(group, points)
            more: tuple[Objective, ...] = ()
            if group.needs_objective:
                objective = objective or problem.objective(batch)
                more = (objective,)
            update[group.rows], group.state = group.update(
                points[group.rows], measured.gradient[group.rows], group.state, hyper, *more
            )
        points = points + update
        perturbed = np.zeros(count, dtype=bool)
        for trail, there in perturber.perturbations(here, measured.train_loss).items():
            points[trail] = torch.from_numpy(there).to(points)
            perturbed[trail : trail + 1] = True
            forget(groups, trail)
        if stopping.stopped.any():
            rest = torch.from_numpy(stopping.stopped).to(points.device)
            points[rest] = before[rest]
            perturbed &= ~stopping.stopped[:count]


def _norms(values: np.ndarray, begins: tuple[int, ...]) -> np.ndarray:
    """The length of each layer's part of rows (R, D): (R, L)."""
    with np.errstate(all="ignore"):
        result: np.ndarray = np.sqrt(np.add.reduceat(values * values, begins, axis=1))
    return result


def _ratios(
    moves: np.ndarray, before: np.ndarray, begins: tuple[int, ...], step: int
) -> np.ndarray:
    """|w_k - w_(k-1)| / |w_(k-1)| by layer, (R, L); NaN at step 0."""
    if not step:
        return np.full_like(moves, np.nan)
    with np.errstate(all="ignore"):
        result: np.ndarray = moves / _norms(before.astype(np.float64), begins)
    return result


def _states(
    place: np.ndarray,
    loss: np.ndarray,
    first_loss: np.ndarray,
    norms: np.ndarray,
    moves: np.ndarray,
    stopped: np.ndarray,
) -> tuple[str, ...]:
    """What has become of each racer; arrays (R, D), (R,) and (R, L)."""
    with np.errstate(all="ignore"):
        still = np.sqrt((norms**2).sum(1)) < CONVERGED
        still &= np.sqrt((moves**2).sum(1)) < CONVERGED
        lost = ~np.isfinite(loss) | ~np.isfinite(place).all(1)
        lost |= loss > DIVERGED * (first_loss + 1)
    numbers = np.where(lost, 3, np.where(stopped[: len(loss)], 2, still.astype(np.int8)))
    return tuple(_STATES[number] for number in numbers.tolist())


def single(values: np.ndarray) -> np.ndarray:
    """In single precision; what has diverged beyond it is inf."""
    with np.errstate(over="ignore"):
        return values.astype(np.float32)
