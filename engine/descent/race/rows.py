"""The rows of a race: who runs from where, the rules' state, rates, noise, what was best.

A race has R racers. Its first R rows are their own starts, the rows after them the further
starts, racer by racer; T rows in all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from engine.checks import Point
from engine.descent.race.perturbation import NOISE_STREAM, Perturber, further_starts, generator_of
from engine.descent.race.spec import RaceSpec, hyper_at, hyper_of
from engine.descent.surfaces.surface import Surface
from engine.optimizers import lbfgs_state
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer

if TYPE_CHECKING:
    from engine.optimizers.base import State, Update


@dataclass(frozen=True)
class Trail:
    """One row of a race: a racer from one of its starts."""

    racer: int
    number: int  # 0 is the racer's own start
    start: Point


def trails_of(spec: RaceSpec, surface: Surface) -> list[Trail]:
    """The racers' own starts in their order, then the further ones."""
    trails = [
        Trail(index, 0, racer.start or spec.start or surface.start)
        for index, racer in enumerate(spec.racers)
    ]
    further = max(racer.starts for racer in spec.racers) - 1
    places = further_starts(spec.seed, surface.domain, further) if further else []
    for index, racer in enumerate(spec.racers):
        trails += [
            Trail(index, number, place)
            for number, place in enumerate(places[: racer.starts - 1], start=1)
        ]
    return trails


class Others:
    """The trails from further starts, parted by racer."""

    def __init__(self, trails: list[Trail], count: int) -> None:
        sizes = np.bincount([trail.racer for trail in trails], minlength=count) - 1
        ends = count + np.cumsum(sizes)
        self._parts = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
        # Nearly always there are none, and a race of thousands has no time to find that anew.
        none = (np.empty((0, 2)),) * count, (np.empty(0),) * count
        self._none = none if len(trails) == count else None

    def at(
        self, position: np.ndarray, loss: np.ndarray
    ) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
        """For each racer the places (S, 2) and losses (S,) of its trails."""
        if self._none is not None:
            return self._none
        return (
            tuple(position[part] for part in self._parts),
            tuple(loss[part] for part in self._parts),
        )


class Best:
    """Of each racer the best place so far, over all of its trails."""

    def __init__(self, trails: list[Trail], count: int) -> None:
        racers = np.array([trail.racer for trail in trails])
        self._count = count
        self._further = len(trails) > count
        self._numbers = np.array([trail.number for trail in trails])
        self._order = np.argsort(racers, kind="stable")  # racer by racer
        self._ends = np.cumsum(np.bincount(racers, minlength=count)).tolist()

    def of(self, perturber: Perturber) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Place (R, 2), loss (R,) and trail (R,)."""
        if not self._further:
            place, loss = (
                perturber.best[: self._count].copy(),
                perturber.best_loss[: self._count].copy(),
            )
            return place, loss, np.zeros(self._count, dtype=np.int64)
        losses = perturber.best_loss[self._order]
        places, first = [], 0
        for end in self._ends:
            places.append(first + int(losses[first:end].argmin()))
            first = end
        rows = self._order[places]
        return perturber.best[rows], perturber.best_loss[rows], self._numbers[rows]


class Rates:
    """The learning rates of the racers at each step."""

    def __init__(self, spec: RaceSpec, surface: Surface) -> None:
        self._racers = spec.racers
        self._surface = surface
        self._now = np.array([hyper_at(racer, surface, 0)["lr"] for racer in spec.racers])
        self._changing = [
            index for index, racer in enumerate(spec.racers) if racer.schedule != "constant"
        ]

    def at(self, step: int) -> np.ndarray:
        """(R,) float64."""
        if self._changing and step:
            self._now = self._now.copy()
            for index in self._changing:
                self._now[index] = hyper_at(self._racers[index], self._surface, step)["lr"]
        return self._now

    def set(self, group: Group, points: torch.Tensor) -> dict[str, float | torch.Tensor]:
        """A group's hyper-parameters at the step of the last `at`.

        Args:
            points: (T, 2), of whose type and device they are.

        Returns:
            Numbers, or (n, 1) for the group's n rows.
        """
        if not self._changing:
            return group.hyper
        return {**group.hyper, "lr": column(self._now[group.racers].tolist(), points)}


def forget(groups: list[Group], trail: int) -> None:
    """A perturbation makes the steps that L-BFGS remembers meaningless; others keep theirs."""
    for group in groups:
        history: Any = group.state.get("history")
        if history is not None:
            places = rows_of(group)
            for place in np.flatnonzero(places == trail):
                history = [*history[:place], None, *history[place + 1 :]]
            group.state = {**group.state, "history": history}


def rows_of(group: Group) -> np.ndarray:
    """The places of a group's rows in the race: (n,) int64."""
    if isinstance(group.rows, slice):
        return np.arange(group.rows.start, group.rows.stop)
    return group.rows.cpu().numpy()


class Noise:
    """Normal noise for each trail, the same for racers from one start."""

    def __init__(self, spec: RaceSpec, starts: list[Point], count: int) -> None:
        own = {start: place for place, start in enumerate(dict.fromkeys(starts[:count]))}
        further = {start: place for place, start in enumerate(dict.fromkeys(starts[count:]))}
        self._own = torch.tensor([own[start] for start in starts[:count]])
        self._further = torch.tensor([further[start] for start in starts[count:]], dtype=torch.long)
        self._counts = len(own), len(further)
        self._deviation = spec.noise
        self._generator = torch.Generator().manual_seed(spec.seed)
        self._far_generator = generator_of(spec.seed, NOISE_STREAM, 0)

    def next(self) -> torch.Tensor:
        """(T, 2) float64 on the processor, so that every device races alike."""
        own, further = (
            torch.randn(count, 2, generator=generator, dtype=torch.float64)
            for count, generator in zip(
                self._counts, (self._generator, self._far_generator), strict=True
            )
        )
        return self._deviation * torch.cat([own[self._own], further[self._further]])


@dataclass
class Group:
    """The racers that share a rule, advanced in one call."""

    rows: slice | torch.Tensor  # their places in the race, (n,) int64; neighbours are a slice
    racers: list[int]  # of each row its place in the spec
    update: Update
    hyper: dict[str, float | torch.Tensor]  # (n, 1) each, or one number for all
    state: State
    needs_objective: bool  # the update is given the objective of the batch
    own: int  # how many of its rows, the first, are racers' own starts


def column(values: list[float], points: torch.Tensor) -> float | torch.Tensor:
    """A hyper-parameter of n rows as a rule takes it.

    Returns:
        (n, 1) of the type of `points` (T, 2); one number where it is the same for all, with
        which a rule has less to do.
    """
    return values[0] if len(set(values)) == 1 else points.new_tensor(values)[:, None]


def groups_of(
    racers: list[Racer], places: list[int], surface: Surface, points: torch.Tensor, count: int
) -> list[Group]:
    """The rows of a race by rule.

    Args:
        racers, places: of each row, and its place in the spec.
        points: (T, 2) float64, where the rows begin.
        count: how many rows, the first, are racers' own starts.
    """
    members: dict[Update, list[int]] = {}
    for index, racer in enumerate(racers):
        members.setdefault(optimizers.find(racer.optimizer).update, []).append(index)
    groups = []
    for update, rows in members.items():
        hypers = [hyper_of(racers[row], surface) for row in rows]
        columns = {key: column([hyper[key] for hyper in hypers], points) for key in hypers[0]}
        where: slice | torch.Tensor = slice(rows[0], rows[-1] + 1)
        if rows != list(range(rows[0], rows[-1] + 1)):
            where = torch.tensor(rows, device=points.device)
        optimizer = optimizers.find(racers[rows[0]].optimizer)
        owners = [places[row] for row in rows]
        state = optimizer.init(points[where])
        own = sum(row < count for row in rows)
        needs = optimizer.needs_objective
        groups.append(Group(where, owners, update, columns, state, needs, own))
    return groups


def memory(
    groups: list[Group], count: int
) -> tuple[tuple[tuple[slice | np.ndarray, Mapping[str, np.ndarray]], ...], np.ndarray]:
    """The states of the racers' own rows, and every racer's velocity.

    A rule never changes the state it was given, so on the processor nothing is copied.

    Returns:
        For each rule its rows in the race, a slice or (n,) int64, and its arrays by name,
        (n, 2) or (n, 1) float64; and (R, 2) float64.
    """
    velocity = np.zeros((count, 2))
    parts = []
    for group in groups:
        own = group.own
        rows = group.rows if isinstance(group.rows, slice) else group.rows.cpu().numpy()[:own]
        if isinstance(rows, slice):
            rows = slice(rows.start, min(rows.stop, count))
        arrays = {
            key: value.cpu().numpy()[:own]
            for key, value in group.state.items()
            if isinstance(value, torch.Tensor) and value.ndim  # no number for all, no lists
        }
        if "velocity" in arrays:
            velocity[rows] = arrays["velocity"]
        parts.append((rows, arrays))
    return tuple(parts), velocity


def histories(groups: list[Group], count: int) -> dict[int, dict[str, np.ndarray]]:
    """What each racer of L-BFGS remembers before this step, by its place in the race.

    Its arrays are float64, as `lbfgs_state.freeze` gives them: (2,), (K, 2), (K,) or ().
    """
    found: dict[int, dict[str, np.ndarray]] = {}
    for group in groups:
        kept: Any = group.state.get("history")
        if kept is not None:
            for row, state in zip(rows_of(group).tolist(), kept, strict=True):
                if row < count:
                    found[row] = lbfgs_state.freeze(state)
    return found
