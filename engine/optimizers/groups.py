"""The rows of a race by rule: each optimizer advances all of its rows in one batched call.

A race has R racers. Its first R rows are their own starts, the rows after them the further
starts, racer by racer; T rows in all, each a point of D parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from engine.optimizers import lbfgs_state
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer, rate_of

if TYPE_CHECKING:
    from engine.optimizers.base import State, Update


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
        (n, 1) of the type of `points` (T, D); one number where it is the same for all, with
        which a rule has less to do.
    """
    return values[0] if len(set(values)) == 1 else points.new_tensor(values)[:, None]


def groups_of(
    racers: Sequence[Racer],
    places: Sequence[int],
    hypers: Sequence[Mapping[str, float]],
    points: torch.Tensor,
    count: int,
) -> list[Group]:
    """The rows of a race by rule.

    Args:
        racers, places: of each row, and its place in the spec.
        hypers: of each row every hyper-parameter.
        points: (T, D), where the rows begin.
        count: how many rows, the first, are racers' own starts.
    """
    members: dict[Update, list[int]] = {}
    for index, racer in enumerate(racers):
        members.setdefault(optimizers.find(racer.optimizer).update, []).append(index)
    groups = []
    for update, rows in members.items():
        columns = {
            key: column([hypers[row][key] for row in rows], points) for key in hypers[rows[0]]
        }
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


class Rates:
    """The learning rates of the racers at each step."""

    def __init__(self, racers: Sequence[Racer], set_rates: Sequence[float]) -> None:
        """Make them.

        Args:
            set_rates: of each racer the `lr` that its schedule starts from.
        """
        self._set = list(set_rates)
        self._plans = [rate_of(racer) for racer in racers]
        self._now = np.array([plan(lr, 0) for plan, lr in zip(self._plans, set_rates, strict=True)])
        self._changing = [
            index for index, racer in enumerate(racers) if racer.schedule != "constant"
        ]

    def at(self, step: int) -> np.ndarray:
        """(R,) float64."""
        if self._changing and step:
            self._now = self._now.copy()
            for index in self._changing:
                self._now[index] = self._plans[index](self._set[index], step)
        return self._now

    def set(self, group: Group, points: torch.Tensor) -> dict[str, float | torch.Tensor]:
        """A group's hyper-parameters at the step of the last `at`.

        Args:
            points: (T, D), of whose type and device they are.

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


def memory(
    groups: list[Group], count: int, size: int = 2
) -> tuple[tuple[tuple[slice | np.ndarray, Mapping[str, np.ndarray]], ...], np.ndarray]:
    """The states of the racers' own rows, and every racer's velocity.

    A rule never changes the state it was given, so on the processor nothing is copied.

    Returns:
        For each rule its rows in the race, a slice or (n,) int64, and its arrays by name,
        (n, D) or (n, 1); and (R, D) float64.
    """
    velocity = np.zeros((count, size))
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

    Its arrays are float64, as `lbfgs_state.freeze` gives them: (D,), (K, D), (K,) or ().
    """
    found: dict[int, dict[str, np.ndarray]] = {}
    for group in groups:
        kept: Any = group.state.get("history")
        if kept is not None:
            for row, state in zip(rows_of(group).tolist(), kept, strict=True):
                if row < count:
                    found[row] = lbfgs_state.freeze(state)
    return found
