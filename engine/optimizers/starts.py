"""Racers from several starts: which row is whose, the further ones parted, the best of all.

The first R rows of a race are the racers' own starts, the rows after them the further ones,
racer by racer; T rows in all, each a point of D parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.optimizers.perturbation import Perturber
from engine.optimizers.racer import Racer


@dataclass(frozen=True)
class Row:
    """One row of a race: a racer from one of its starts."""

    racer: int
    number: int  # 0 is the racer's own start


def rows_of_starts(racers: Sequence[Racer]) -> list[Row]:
    """The racers' own starts in their order, then the further ones."""
    rows = [Row(index, 0) for index in range(len(racers))]
    for index, racer in enumerate(racers):
        rows += [Row(index, number) for number in range(1, racer.starts)]
    return rows


class Others:
    """The trails from further starts, parted by racer."""

    def __init__(self, rows: Sequence[Row], count: int, size: int = 2) -> None:
        sizes = np.bincount([row.racer for row in rows], minlength=count) - 1
        ends = count + np.cumsum(sizes)
        self._parts = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
        # Nearly always there are none, and a race of thousands has no time to find that anew.
        none = (np.empty((0, size)),) * count, (np.empty(0),) * count
        self._none = none if len(rows) == count else None

    def at(
        self, position: np.ndarray, loss: np.ndarray
    ) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
        """For each racer the places (S, D) and losses (S,) of its trails."""
        if self._none is not None:
            return self._none
        return (
            tuple(position[part] for part in self._parts),
            tuple(loss[part] for part in self._parts),
        )


class Best:
    """Of each racer the best place so far, over all of its trails."""

    def __init__(self, rows: Sequence[Row], count: int) -> None:
        racers = np.array([row.racer for row in rows])
        self._count = count
        self._further = len(rows) > count
        self._numbers = np.array([row.number for row in rows])
        self._order = np.argsort(racers, kind="stable")  # racer by racer
        self._ends = np.cumsum(np.bincount(racers, minlength=count)).tolist()

    def of(self, perturber: Perturber) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Place (R, D), loss (R,) and trail (R,)."""
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
        best = self._order[places]
        return perturber.best[best], perturber.best_loss[best], self._numbers[best]
