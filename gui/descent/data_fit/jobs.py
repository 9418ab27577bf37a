"""What the data panel asks of the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.descent.race.spec import RaceSpec

if TYPE_CHECKING:
    from engine.descent.race.spec import RaceFrame
    from engine.descent.step.example_gradients import ExampleGradients
    from engine.landscape import Landscape


class GatherPulls:
    """Gives the examples' gradients at one racer's place, on the worker."""

    def __init__(self, spec: RaceSpec, frames: Sequence[RaceFrame], racer: int) -> None:
        self._arguments = (spec, frames, racer)

    def __call__(self) -> Iterator[ExampleGradients]:
        from engine.descent.step.example_gradients import gradients_of_examples

        yield gradients_of_examples(*self._arguments)


class DrawExample:
    """Makes the generator of the map of one example's own loss on the worker."""

    def __init__(self, spec: RaceSpec, example: tuple[float, float], size: tuple[int, int]) -> None:
        self._arguments = (spec, example, size)

    def __call__(self) -> Iterator[Landscape]:
        from engine.descent.step.example_gradients import example_landscape

        return example_landscape(*self._arguments)
