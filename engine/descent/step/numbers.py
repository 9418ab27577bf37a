"""One step of one racer: its update formulas with their values.

What is given (the point, the gradient, the rule's state) comes from a frame of
the race; every further line is evaluated from its own formula, so that the
last one can be held against the race's next frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.descent.race.spec import RaceFrame, RaceSpec, hyper_at, sampler_of, surface_of
from engine.descent.surfaces.surface import Surface
from engine.optimizers import registry as optimizers
from engine.optimizers.expressions import Array, symbols
from engine.optimizers.region import Region
from engine.optimizers.step_calculation import Line, StepCalculation


@dataclass(frozen=True)
class StepNumbers:
    """A step taken apart.

    Attributes:
        optimizer: the rule's name.
        step: the frame that it starts from.
        hyper: the settings that the formulas use, by their symbols.
        given: the point, the gradient and the state before the step.
        lines: the formulas in their order; the last one is `x_new`.
        values: of every symbol, in the end; float64, () or (2,) or (2, 2).
        region: scales of the coordinates after the step; None for a rule that has none.
    """

    optimizer: str
    step: int
    hyper: Mapping[str, float]
    given: tuple[Line, ...]
    lines: tuple[Line, ...]
    values: Mapping[str, Array]
    region: Region | None

    @property
    def after(self) -> Array:
        """(2,) float64, the point after the step, as the last line has it."""
        return self.lines[-1].result


def compute_step(spec: RaceSpec, frame: RaceFrame, index: int) -> StepNumbers:
    """The step that racer `index` takes from this frame.

    Raises:
        InputError: the spec cannot be run.
        IndexError: there is no such racer.
    """
    from engine.optimizers.derivatives import objective_of

    whole = surface_of(spec)
    racer = spec.racers[index]
    optimizer = optimizers.find(racer.optimizer)
    hyper = hyper_at(racer, whole, frame.step)
    objective = objective_of(seen_at(spec, whole, frame.step))
    step = StepCalculation(hyper, frame.step, {}, objective, history=frame.histories.get(index, {}))
    for symbol, value in {**hyper, "t": frame.step}.items():
        step.let(symbol, value)
    step.let("x", frame.position[index])
    step.let("g", frame.gradient[index])
    step.let("f", step.loss(frame.position[index]))
    for key, array in frame.memory(index).items():
        if key in optimizer.symbols:
            step.let(optimizer.symbols[key], array[0] if array.shape[1] > 1 else array[0, 0])
    optimizer.formula(step)
    # A setting or a part of the state is shown where a formula names it.
    used = set().union(*(symbols(line.formula) for line in step.lines if line.formula is not None))
    first = step.lines[0].values if step.lines else step.values
    shown = ("x", "g", *(name for name in (*optimizer.symbols.values(), "H", "f") if name in used))
    given = tuple(
        Line(name, None, {}, step.values[name] if name not in first else first[name])
        for name in shown
    )
    return StepNumbers(
        racer.optimizer,
        frame.step,
        {name: hyper[name] for name in hyper if name in used},
        given,
        tuple(step.lines),
        step.values,
        None if optimizer.region is None else optimizer.region(step.values),
    )


def seen_at(spec: RaceSpec, surface: Surface, step: int) -> Surface:
    """The surface that the rules see at a step: that of the batch, where there are batches."""
    sampler = sampler_of(spec, surface)
    return surface if sampler is None else sampler.surface_at(surface, step)


def gap(numbers: StepNumbers, following: RaceFrame, index: int) -> float:
    """By how much the last line differs from the race's next point: the larger coordinate."""
    with np.errstate(all="ignore"):
        apart = np.abs(numbers.after - following.position[index])
    same = np.isnan(numbers.after) & np.isnan(following.position[index])
    return float(np.where(same, 0.0, apart).max())
