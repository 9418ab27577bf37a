"""Everything a race has told so far, as arrays, so that any step can be shown at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from engine.descent.race.spec import RaceFrame

Array = NDArray[np.float64]

STATES = ("running", "converged", "diverged")
RUNNING, CONVERGED, DIVERGED = range(3)
NEVER = -1


class History:
    """The frames 0 to `count - 1` of one race of R racers.

    Attributes:
        count: frames so far.
        converged_at, diverged_at: (R,) int64, the first step in that state or `NEVER`.
        undefined_at: (R,) int64, the first step without a loss or gradient, or `NEVER`.
    """

    def __init__(self, racers: int, capacity: int = 512) -> None:
        self.racers = racers
        self.count = 0
        self.frames: list[RaceFrame] = []
        self.converged_at = np.full(racers, NEVER, dtype=np.int64)
        self.diverged_at = np.full(racers, NEVER, dtype=np.int64)
        self.undefined_at = np.full(racers, NEVER, dtype=np.int64)
        # Racer first, so that one racer's path is one contiguous block.
        self._position = np.empty((racers, capacity, 2))
        self._loss = np.empty((racers, capacity))
        self._slope = np.empty((racers, capacity))
        self._used = np.empty((racers, capacity))
        self._state = np.empty((racers, capacity), dtype=np.int8)

    def extend(self, frames: Sequence[RaceFrame]) -> None:
        """Append frames in the order of their steps."""
        if not frames:
            return
        first, last = self.count, self.count + len(frames)
        self._reserve(last)
        self._position[:, first:last] = np.stack([f.position for f in frames], axis=1)
        self._loss[:, first:last] = np.stack([f.loss for f in frames], axis=1)
        used = np.stack([f.gradient for f in frames], axis=1)  # (R, n, 2)
        exact = [f.exact if len(f.exact) else f.gradient for f in frames]
        with np.errstate(over="ignore", invalid="ignore"):
            self._used[:, first:last] = np.hypot(used[..., 0], used[..., 1])
            self._slope[:, first:last] = np.hypot(*np.stack(exact, axis=1).transpose(2, 0, 1))
        states = np.array([[STATES.index(s) for s in f.state] for f in frames], dtype=np.int8).T
        self._state[:, first:last] = states
        self._remember(self.converged_at, states == CONVERGED, first)
        self._remember(self.diverged_at, states == DIVERGED, first)
        if any(f.undefined.any() for f in frames):
            undefined = np.array([f.undefined for f in frames])
            self._remember(self.undefined_at, undefined.T > 0, first)
        self.frames.extend(frames)
        self.count = last

    def path(self, racer: int) -> Array:
        """(count, 2) positions of a racer, a view; NaN or inf once it has diverged."""
        return self._position[racer, : self.count]

    def loss(self, racer: int) -> Array:
        """(count,) loss of a racer, a view."""
        return self._loss[racer, : self.count]

    def slope(self, racer: int) -> Array:
        """(count,) length of the gradient of the whole loss at a racer's places, a view."""
        return self._slope[racer, : self.count]

    def used(self, racer: int) -> Array:
        """(count,) length of the gradient that a racer used, with noise or of a batch, a view."""
        return self._used[racer, : self.count]

    def undefined(self, racer: int, step: int) -> RaceFrame | None:
        """The frame up to a step at which loss or gradient was first not defined."""
        at = int(self.undefined_at[racer])
        return self.frames[at] if NEVER < at <= step else None

    def state(self, step: int) -> NDArray[np.int8]:
        """(R,) `RUNNING`, `CONVERGED` or `DIVERGED` at a step."""
        return self._state[:, step]

    def standing(self, step: int) -> list[int]:
        """Racers at a step, the leader first: by loss, the diverged last."""
        loss = self._loss[:, step].copy()
        lost = (self._state[:, step] == DIVERGED) | ~np.isfinite(loss)
        loss[lost] = np.inf
        return [int(racer) for racer in np.lexsort((np.arange(self.racers), loss, lost))]

    def _reserve(self, count: int) -> None:
        capacity = self._loss.shape[1]
        if count <= capacity:
            return
        grown = max(count, 2 * capacity)
        for name in ("_position", "_loss", "_slope", "_used", "_state"):
            old = getattr(self, name)
            new = np.empty((old.shape[0], grown, *old.shape[2:]), dtype=old.dtype)
            new[:, : self.count] = old[:, : self.count]
            setattr(self, name, new)

    @staticmethod
    def _remember(at: NDArray[np.int64], reached: NDArray[np.bool_], first: int) -> None:
        """Note the first step of a state for racers that have not been in it."""
        new = (at == NEVER) & reached.any(axis=1)
        at[new] = first + reached[new].argmax(axis=1)
