"""Everything a race has told so far, as arrays, so that any step can be shown at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STATES = ("running", "converged", "diverged", "stopped", "flat")
RUNNING, CONVERGED, DIVERGED, STOPPED, FLAT = range(5)
NEVER = -1
LOSS = "loss"  # the series by which the racers stand


class AnyFrame(Protocol):
    """What every race tells of its R racers at a step."""

    @property
    def step(self) -> int: ...

    @property
    def state(self) -> tuple[str, ...]:
        """One of `STATES` for each racer."""

    @property
    def rate(self) -> np.ndarray:
        """(R,) learning rates of the step from here."""

    @property
    def best_loss(self) -> np.ndarray:
        """(R,) lowest losses so far, or empty."""


Frame = TypeVar("Frame", bound=AnyFrame)


class History(Generic[Frame]):
    """The frames 0 to `count - 1` of one race of R racers.

    Attributes:
        count: frames so far.
        reached_at: (STATES, R) int64, the first step in each state or `NEVER`.
    """

    def __init__(
        self,
        racers: int,
        take: Callable[[Sequence[Frame]], Mapping[str, Array]],
        capacity: int = 512,
    ) -> None:
        """
        Args:
            take: makes of n frames the series to keep by name, `LOSS` among them: arrays
                (R, n) or (R, n, k), always the same.
        """
        self.racers = racers
        self.count = 0
        self.frames: list[Frame] = []
        self.reached_at = np.full((len(STATES), racers), NEVER, dtype=np.int64)
        self._take = take
        self._capacity = capacity
        self._state = np.empty((racers, capacity), dtype=np.int8)
        # Racer first, so that one racer's path is one contiguous block.
        self._series: dict[str, Array] = {}

    @property
    def converged_at(self) -> NDArray[np.int64]:
        """(R,) the first step at which each racer had converged, or `NEVER`."""
        at: NDArray[np.int64] = self.reached_at[CONVERGED]
        return at

    @property
    def diverged_at(self) -> NDArray[np.int64]:
        """(R,) the first step at which each racer had diverged, or `NEVER`."""
        at: NDArray[np.int64] = self.reached_at[DIVERGED]
        return at

    def extend(self, frames: Sequence[Frame]) -> None:
        """Append frames in the order of their steps."""
        if not frames:
            return
        first, last = self.count, self.count + len(frames)
        taken = self._take(frames)
        if not self._series:
            self._series = {
                name: np.empty((len(values), self._capacity, *values.shape[2:]))
                for name, values in taken.items()
            }
        self._reserve(last)
        for name, values in taken.items():
            self._series[name][:, first:last] = values
        states = np.array([[STATES.index(s) for s in f.state] for f in frames], dtype=np.int8).T
        self._state[:, first:last] = states
        for state in (CONVERGED, DIVERGED, STOPPED):
            remember(self.reached_at[state], states == state, first)
        self.frames.extend(frames)
        self.count = last

    def series(self, name: str, racer: int) -> Array:
        """(count,) or (count, k) values of a racer, a view; empty before the first frame."""
        if name not in self._series:
            return np.empty(0)
        return self._series[name][racer, : self.count]

    def every(self, name: str) -> Array:
        """(R, count) or (R, count, k) values of all racers, a view; empty at first."""
        if name not in self._series:
            return np.empty((self.racers, 0))
        return self._series[name][:, : self.count]

    def loss(self, racer: int) -> Array:
        """(count,) loss of a racer, a view."""
        return self.series(LOSS, racer)

    def state(self, step: int) -> NDArray[np.int8]:
        """(R,) `RUNNING`, `CONVERGED`, `DIVERGED`, `STOPPED` or `FLAT` at a step."""
        return self._state[:, step]

    def standing(self, step: int) -> list[int]:
        """Racers at a step, the leader first: by loss, the diverged last."""
        loss = self._series[LOSS][:, step].copy()
        lost = (self._state[:, step] == DIVERGED) | ~np.isfinite(loss)
        loss[lost] = np.inf
        return [int(racer) for racer in np.lexsort((np.arange(self.racers), loss, lost))]

    def _reserve(self, count: int) -> None:
        if count <= self._capacity:
            return
        self._capacity = max(count, 2 * self._capacity)
        self._state = self._grown(self._state)
        self._series = {name: self._grown(values) for name, values in self._series.items()}

    def _grown(self, old: np.ndarray) -> np.ndarray:
        new = np.empty((old.shape[0], self._capacity, *old.shape[2:]), dtype=old.dtype)
        new[:, : self.count] = old[:, : self.count]
        return new


def remember(at: NDArray[np.int64], reached: NDArray[np.bool_], first: int) -> None:
    """Note the first step (R,) of what racers have newly reached (R, n), from step `first` on."""
    new = (at == NEVER) & reached.any(axis=1)
    at[new] = first + reached[new].argmax(axis=1)
