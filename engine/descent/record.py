"""A whole race in arrays, for tables, figures and animations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from engine.descent.race import RaceFrame, RaceSpec, name_racers


@dataclass(frozen=True)
class Record:
    """Every frame of a race; T = steps + 1 frames, R racers.

    Attributes:
        spec: the race.
        position: (T, R, 2) float64.
        loss: (T, R) float64.
        gradient: (T, R, 2) float64, as used.
        state: what became of each racer in the end.
    """

    spec: RaceSpec
    position: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray
    state: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(racer.name for racer in name_racers(self.spec.racers))


def record(spec: RaceSpec, frames: Iterable[RaceFrame]) -> Record:
    """Keep the frames of a race. There must be at least one."""
    positions, losses, gradients = [], [], []
    state: tuple[str, ...] = ()
    for frame in frames:
        positions.append(frame.position)
        losses.append(frame.loss)
        gradients.append(frame.gradient)
        state = frame.state
    return Record(spec, np.stack(positions), np.stack(losses), np.stack(gradients), state)
