"""One race on a task, step by step: what a frame tells, and the update of all rows."""

from __future__ import annotations

import numpy as np
import torch

from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.problem import problem_of
from engine.networks.tasks.race.early_stopping import EarlyStopping
from engine.networks.tasks.registry import find
from engine.networks.tasks.settings import hyper_of
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.groups import Rates, forget, groups_of
from engine.optimizers.objective import Objective
from engine.optimizers.perturbation import Perturber
from engine.optimizers.starts import Best, Others, rows_of_starts

CONVERGED = 1e-4  # length of the gradient as used, and of the last update
DIVERGED = 1e6  # times the loss at the start, and 1 more
_STATES = ("running", "converged", "stopped", "diverged")


class Run:
    """All rows of a race: R racers from their own starts, then the further ones; T in all.

    `look` and `advance` take turns, with the same step from 0.
    """

    def __init__(self, spec: FitSpec, device: str) -> None:
        """Make one of a spec that can be run, with nothing open."""
        task, racers = find(spec.task), spec.racers
        self._count = len(racers)
        self._problem = problem_of(spec, device)
        rows = rows_of_starts(racers)
        owners = [row.racer for row in rows]
        starts = self._problem.initial(max(racer.starts for racer in racers))
        self._points = starts[[row.number for row in rows]]
        for place, racer in enumerate(racers):
            if racer.start is not None and task.kind == "parameters":
                self._points[place] = self._points.new_tensor(racer.start)
        size = self._points.shape[1]
        hypers = [hyper_of(racer, task) for racer in racers]
        self._groups = groups_of(
            [racers[owner] for owner in owners],
            owners,
            [hypers[owner] for owner in owners],
            self._points,
            self._count,
        )
        self._rates = Rates(racers, [hyper["lr"] for hyper in hypers])
        self._perturber = Perturber(
            [racers[owner].jog for owner in owners], [row.number for row in rows], spec.seed, size
        )
        self._best = Best(rows, self._count)
        self._others = Others(rows, self._count, size)
        self._stopping = EarlyStopping(len(rows), size, spec.patience)
        self._first_loss: np.ndarray | None = None
        self._before = self._points[: self._count].cpu().numpy()
        self._perturbed = np.zeros(self._count, dtype=bool)

    def look(self, step: int) -> FitFrame:
        """What holds where all are, and the gradient of the batch of this step."""
        count, begins = self._count, self._problem.begins
        self._batch = self._problem.batch(step)
        self._measure()
        restored = self._stopping.watch(self._place, self._measured.test_loss)
        if restored.any():
            there = np.where(restored[:, None], self._stopping.best, self._place)
            self._points = torch.from_numpy(there).to(self._points)
            self._measure()
        measured = self._measured
        self._perturber.watch(self._place, measured.train_loss)
        own, loss = self._place[:count], measured.train_loss[:count]
        if self._first_loss is None:
            self._first_loss = loss
        norms = _norms(measured.gradient[:count].cpu().numpy(), begins)
        moves = _norms(own - self._before, begins)
        _, best_loss, best_start = self._best.of(self._perturber)
        parameters, losses = self._others.at(self._place, measured.train_loss)
        frame = FitFrame(
            step,
            loss,
            measured.test_loss[:count],
            measured.train_accuracy,
            measured.test_accuracy,
            _states(own, loss, self._first_loss, norms, moves, self._stopping.stopped),
            self._rates.at(step),
            norms,
            _ratios(moves, self._before, begins, step),
            measured.saturated,
            self._perturbed,
            _single(own),
            best_loss,
            best_start,
            losses,
            tuple(map(_single, parameters)),
        )
        self._before = own
        return frame

    def _measure(self) -> None:
        self._place = self._points.cpu().numpy()
        self._measured = self._problem.measure(
            self._points, self._batch, self._count, test_all=self._stopping.asked
        )

    def advance(self, step: int) -> None:
        """Update all rows, each rule in one call; then move those whose loss has stabilised."""
        points = self._points
        update = torch.empty_like(points)
        objective: Objective | None = None
        for group in self._groups:
            more: tuple[Objective, ...] = ()
            if group.needs_objective:
                objective = objective or self._problem.objective(self._batch)
                more = (objective,)
            update[group.rows], group.state = group.update(
                points[group.rows],
                self._measured.gradient[group.rows],
                group.state,
                self._rates.set(group, points),
                *more,
            )
        self._points = points + update
        self._perturbed = np.zeros(self._count, dtype=bool)
        moved = self._perturber.perturbations(self._place, self._measured.train_loss)
        for row, there in moved.items():
            self._points[row] = torch.from_numpy(there).to(points)
            self._perturbed[row : row + 1] = True
            forget(self._groups, row)
        stopped = self._stopping.stopped
        if stopped.any():
            rest = torch.from_numpy(stopped).to(points.device)
            self._points[rest] = points[rest]
            self._perturbed &= ~stopped[: self._count]


def _norms(values: np.ndarray, begins: tuple[int, ...]) -> np.ndarray:
    """The length of each layer's part of rows (R, D): (R, L) float64."""
    values = values.astype(np.float64)
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
        result: np.ndarray = moves / _norms(before, begins)
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


def _single(values: np.ndarray) -> np.ndarray:
    """In single precision; what has diverged beyond it is inf."""
    with np.errstate(over="ignore"):
        return values.astype(np.float32)
