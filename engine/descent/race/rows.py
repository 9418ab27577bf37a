"""The rows of a race: who runs from where, and the noise that each feels.

A race has R racers. Its first R rows are their own starts, the rows after them the further
starts, racer by racer; T rows in all.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

from engine.checks import Point
from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces.surface import Surface
from engine.optimizers.perturbation import NOISE_STREAM, further_starts, generator_of
from engine.optimizers.starts import Row, rows_of_starts


@dataclass(frozen=True)
class Trail(Row):
    """One row of a race, and the place where it begins."""

    start: Point


def trails_of(spec: RaceSpec, surface: Surface) -> list[Trail]:
    """The racers' own starts in their order, then the further ones."""
    rows = rows_of_starts(spec.racers)
    further = max(racer.starts for racer in spec.racers) - 1
    places = further_starts(spec.seed, surface.domain, further) if further else []
    own = [racer.start or spec.start or surface.start for racer in spec.racers]
    return [
        Trail(row.racer, row.number, places[row.number - 1] if row.number else own[row.racer])
        for row in rows
    ]


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
