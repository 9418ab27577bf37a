"""A whole race in arrays, for tables, figures and animations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from engine.descent.race.spec import RaceFrame, RaceSpec
from engine.descent.race.undefined import first_undefined
from engine.errors import Note
from engine.optimizers.racer import name_racers


@dataclass(frozen=True)
class Record:
    """Every frame of a race; T = steps + 1 frames, R racers.

    Attributes:
        spec: the race.
        position: (T, R, 2) float64.
        loss: (T, R) float64.
        gradient: (T, R, 2) float64, as used.
        state: what became of each racer in the end.
        rate: (T, R) float64, learning rates.
        others: for each racer the paths (T, S - 1, 2) from its further starts.
        last: the last frame, which knows what was best.
        notes: where a racer first met a place without loss or gradient.
    """

    spec: RaceSpec
    position: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray
    state: tuple[str, ...]
    rate: np.ndarray
    others: tuple[np.ndarray, ...]
    last: RaceFrame
    notes: tuple[Note, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(racer.name for racer in name_racers(self.spec.racers))

    def best(self, index: int) -> dict[str, float | int]:
        """Where a racer met its lowest loss, and on which of its trails (0: its own start)."""
        x, y = self.last.best[index].tolist()
        loss, trail = float(self.last.best_loss[index]), int(self.last.best_trail[index])
        return {"x": x, "y": y, "loss": loss, "trail": trail}


def record(spec: RaceSpec, frames: Iterable[RaceFrame]) -> Record:
    """Keep the frames of a race. There must be at least one."""
    kept = list(frames)
    return Record(
        spec,
        np.stack([frame.position for frame in kept]),
        np.stack([frame.loss for frame in kept]),
        np.stack([frame.gradient for frame in kept]),
        kept[-1].state,
        np.stack([frame.rate for frame in kept]),
        tuple(np.stack(paths) for paths in zip(*(frame.others for frame in kept), strict=True)),
        kept[-1],
        first_undefined([racer.name for racer in name_racers(spec.racers)], kept),
    )
