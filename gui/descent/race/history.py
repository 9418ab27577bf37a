"""What is kept of a race on a surface, beside what is kept of every race."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.descent.race.cost import spent
from engine.optimizers.racer import Racer
from gui.racing.history import LOSS, NEVER, Array, History, remember

if TYPE_CHECKING:
    from engine.descent.race.spec import RaceFrame

PATH, SLOPE, USED = "path", "slope", "used"
EVALUATIONS, PRODUCTS = "evaluations", "products"


def take(racers: Sequence[Racer], frames: Sequence[RaceFrame]) -> dict[str, Array]:
    """Positions (R, n, 2), losses, lengths of gradients and costs (R, n) of n frames."""
    used = np.stack([f.gradient for f in frames], axis=1)  # (R, n, 2)
    exact = np.stack([f.exact if len(f.exact) else f.gradient for f in frames], axis=1)
    cost = spent(racers, frames)
    with np.errstate(over="ignore", invalid="ignore"):
        return {
            PATH: np.stack([f.position for f in frames], axis=1),
            LOSS: np.stack([f.loss for f in frames], axis=1),
            SLOPE: np.hypot(exact[..., 0], exact[..., 1]),
            USED: np.hypot(used[..., 0], used[..., 1]),
            EVALUATIONS: cost.evaluations,
            PRODUCTS: cost.products,
        }


class RaceHistory(History["RaceFrame"]):
    """A race in the plane.

    Attributes:
        minima: (M, 2) known minima of the surface.
        undefined_at: (R,) int64, the first step without a loss or gradient, or `NEVER`.
        sees: of what the steps see the gradient, as `gradients_seen` says.
        pace: (R,) float64, seconds an evaluation; 0 before it is measured.
    """

    def __init__(
        self,
        racers: int,
        minima: NDArray[np.float64] | None = None,
        capacity: int = 512,
        *,
        who: Sequence[Racer] = (),
        sees: str = "",
    ) -> None:
        """
        Args:
            who: the racers, of which each has its own cost; else a step costs one evaluation.
        """
        known = who or (Racer("sgd"),) * racers
        super().__init__(racers, partial(take, known), capacity)
        self.sees = sees
        self.pace = np.zeros(racers)
        self.minima = np.empty((0, 2)) if minima is None else minima
        self.undefined_at = np.full(racers, NEVER, dtype=np.int64)

    def extend(self, frames: Sequence[RaceFrame]) -> None:
        first = self.count
        super().extend(frames)
        if any(f.undefined.any() for f in frames):
            undefined = np.array([f.undefined for f in frames])
            remember(self.undefined_at, undefined.T > 0, first)

    def path(self, racer: int) -> Array:
        """(count, 2) positions of a racer, a view; NaN or inf once it has diverged."""
        return self.series(PATH, racer)

    def slope(self, racer: int) -> Array:
        """(count,) length of the gradient of the whole loss at a racer's places, a view."""
        return self.series(SLOPE, racer)

    def used(self, racer: int) -> Array:
        """(count,) length of the gradient that a racer used, with noise or of a batch, a view."""
        return self.series(USED, racer)

    def undefined(self, racer: int, step: int) -> RaceFrame | None:
        """The frame up to a step at which loss or gradient was first not defined."""
        at = int(self.undefined_at[racer])
        return self.frames[at] if NEVER < at <= step else None
