"""Jog of weights, and the random places where further trails of a racer begin.

When the loss has stabilised the point is shifted at random within a radius, and the
descent goes on from there with the optimizer's state as it is. What was best is
remembered. The radius is a distance in the whole space of parameters: with D of them the
new point is drawn evenly from the D-dimensional ball, so that for a net, where nearly all
of a ball lies at its surface, the shift has about the length of the radius.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from engine.checks import Domain, Point
from engine.optimizers.racer import Jog

if TYPE_CHECKING:
    import torch

# Streams of random numbers that share a spec's seed but nothing else.
STARTS_STREAM, PERTURBATIONS_STREAM, NOISE_STREAM, WEIGHTS_STREAM = 1, 2, 3, 4


class Perturber:
    """Watches T trails: which have stabilised, and where each goes then.

    Attributes:
        best: (T, D) float64, where the lowest loss so far was met.
        best_loss: (T,) float64; inf before the first finite loss.
    """

    def __init__(
        self, jogs: Sequence[Jog | None], streams: Sequence[int], seed: int, size: int = 2
    ) -> None:
        """Make one.

        Args:
            jogs: of each trail; None for a trail that is never perturbed.
            streams: of each trail; trails of one stream are perturbed alike.
            seed: of the spec.
            size: D, the parameters of a trail.
        """
        count = len(jogs)
        self._size = size
        self.best = np.full((count, size), np.nan)
        self.best_loss = np.full(count, np.inf)
        self._radius = [jog.radius if jog is not None else 0.0 for jog in jogs]
        self._patience = np.array([jog.patience if jog is not None else 0 for jog in jogs])
        self._tolerance = np.array([jog.tolerance if jog is not None else 0.0 for jog in jogs])
        self._perturbed = np.array([jog is not None for jog in jogs], dtype=bool)
        self._generators = [
            generator_of(seed, PERTURBATIONS_STREAM, stream) if jog is not None else None
            for jog, stream in zip(jogs, streams, strict=True)
        ]
        self._first = np.full(count, np.nan)  # NaN: a descent begins
        self._lowest = np.full(count, np.inf)
        self._notable = np.full(count, np.inf)
        self._since = np.zeros(count, dtype=np.int64)

    def watch(self, position: np.ndarray, loss: np.ndarray) -> None:
        """Take note of where all are, (T, D), and of their losses (T,)."""
        better = (loss < self.best_loss) & np.isfinite(loss)  # -inf is a hole, not a minimum
        self.best[better] = position[better]
        self.best_loss[better] = loss[better]
        if not self._perturbed.any():
            return
        begins = np.isnan(self._first) & np.isfinite(loss)
        for kept in (self._first, self._lowest, self._notable):
            kept[begins] = loss[begins]
        self._since[begins] = 0
        with np.errstate(all="ignore"):
            self._lowest = np.fmin(self._lowest, loss)
            fell = self._notable - self._lowest > self._tolerance * (self._first - self._lowest)
        self._notable[fell] = self._lowest[fell]
        self._since = np.where(fell | begins, 0, self._since + 1)

    def perturbations(self, position: np.ndarray, loss: np.ndarray) -> dict[int, np.ndarray]:
        """The trails that have stabilised, and the (D,) float64 place that each is moved to."""
        if not self._perturbed.any():
            return {}
        ready = self._perturbed & (self._since >= self._patience)
        ready &= np.isfinite(loss) & np.isfinite(position).all(1)
        places = {}
        for trail in np.flatnonzero(ready).tolist():
            moved = shift(self._radius[trail], self._generators[trail], self._size)
            places[trail] = position[trail] + moved
            self._first[trail] = np.nan
        return places


def shift(radius: float, generator: torch.Generator | None, size: int = 2) -> np.ndarray:
    """A (size,) float64 shift, even over the disk or ball of that radius."""
    import torch

    if size != 2:
        direction = torch.randn(size, generator=generator, dtype=torch.float64).numpy()
        share = float(torch.rand((), generator=generator, dtype=torch.float64))
        moved: np.ndarray = direction * (radius * share ** (1 / size) / np.linalg.norm(direction))
        return moved
    share, turn = torch.rand(2, generator=generator, dtype=torch.float64).tolist()
    length, angle = radius * math.sqrt(share), 2 * math.pi * turn
    return np.array([length * math.cos(angle), length * math.sin(angle)])


def further_starts(seed: int, domain: Domain, count: int) -> list[Point]:
    """Places spread evenly over the view; a larger count begins with the same places."""
    import torch

    generator = generator_of(seed, STARTS_STREAM, 0)
    x0, x1, y0, y1 = domain
    places = []
    for _ in range(count):
        x, y = torch.rand(2, generator=generator, dtype=torch.float64).tolist()
        places.append((x0 + (x1 - x0) * x, y0 + (y1 - y0) * y))
    return places


def generator_of(seed: int, stream: int, number: int) -> torch.Generator:
    """Random numbers of a spec that are used for one thing only."""
    import torch

    return torch.Generator().manual_seed(seed_of(seed, stream, number))


def seed_of(seed: int, stream: int, number: int) -> int:
    """The seed of a stream: odd multiples keep neighbouring seeds and streams apart."""
    mixed = seed * 0x9E3779B97F4A7C15 + stream * 0xBF58476D1CE4E5B9 + number * 0x94D049BB133111EB
    return (mixed ^ mixed >> 31) % 2**63
