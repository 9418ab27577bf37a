"""A text with all that decides a race, for the caption of a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from engine.descent.race.spec import RaceSpec, hyper_of, surface_of
from engine.descent.surfaces.surface import Surface
from engine.optimizers import registry, schedules
from engine.optimizers.racer import Racer


@dataclass(frozen=True)
class Words:
    """The sentences, with the names of what is filled in; the window gives its own."""

    surface: str = "{title}: f(x, y) = {formula}."
    parameters: str = "Parameters: {values}."
    view: str = "The map shows x from {x0} to {x1} and y from {y0} to {y1}."
    start: str = "Start ({x}, {y}); step {step} of {steps} is shown."
    noise: str = "Gradients with normal noise of standard deviation {noise}; seed {seed}."
    data: str = "Data: {count} examples, batch {batch}, data seed {seed}."
    racer: str = "{name}: {values}."
    own_start: str = "start ({x}, {y})"
    schedule: str = "schedule {name} ({values})"
    jog: str = "jog of weights ({values})"
    starts: str = "{starts} starts"


def about(
    spec: RaceSpec,
    step: int,
    view: tuple[float, float, float, float],
    *,
    names: Sequence[str] = (),
    title: str = "",
    words: Words | None = None,
) -> str:
    """Every hyper-parameter of a race, a line each for the race and for its racers.

    Args:
        step: that is shown.
        view: x0, x1, y0, y1 of the map.
        names: of the racers; their own by default.
        title: of the surface; its own by default.

    Raises:
        InputError: the race cannot be run.
    """
    words, surface = words or Words(), surface_of(spec)
    x, y = spec.start or surface.start
    x0, x1, y0, y1 = view
    lines = [words.surface.format(title=title or surface.title, formula=surface.formula)]
    values = {name: parameter.default for name, parameter in surface.parameters.items()}
    if values := {**values, **surface.values}:
        lines.append(words.parameters.format(values=_pairs(values)))
    lines.append(words.view.format(x0=_short(x0), x1=_short(x1), y0=_short(y0), y1=_short(y1)))
    lines.append(words.start.format(x=_number(x), y=_number(y), step=step, steps=spec.steps))
    if spec.noise:
        lines.append(words.noise.format(noise=_number(spec.noise), seed=spec.seed))
    if (data := surface.data) is not None:
        batch = data.batch or data.count
        lines.append(words.data.format(count=data.count, batch=batch, seed=data.seed))
    for place, racer in enumerate(spec.racers):
        name = names[place] if place < len(names) else racer.name or racer.optimizer
        lines.append(words.racer.format(name=name, values=_racer(racer, surface, words)))
    return "\n".join(lines) + "\n"


def _racer(racer: Racer, surface: Surface, words: Words) -> str:
    optimizer = registry.find(racer.optimizer)
    parts = [_pairs(optimizer.join_pairs(hyper_of(racer, surface)))]
    if racer.start is not None:
        x, y = map(_number, racer.start)
        parts.append(words.own_start.format(x=x, y=y))
    if racer.schedule != "constant":
        schedule = schedules.find(racer.schedule)
        values = _pairs(schedule.complete(racer.schedule_settings))
        parts.append(words.schedule.format(name=schedule.name, values=values))
    if racer.jog is not None:
        values = _pairs({each.name: getattr(racer.jog, each.name) for each in fields(racer.jog)})
        parts.append(words.jog.format(values=values))
    if racer.starts > 1:
        parts.append(words.starts.format(starts=racer.starts))
    return ", ".join(filter(None, parts))


def _pairs(values: Mapping[str, object]) -> str:
    return ", ".join(f"{key} = {_value(value)}" for key, value in values.items())


def _value(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return "(" + ", ".join(map(_value, value)) + ")"
    return _number(float(value)) if isinstance(value, (int, float)) else str(value)


def _number(value: float) -> str:
    """Every digit that tells the number from its neighbours."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def _short(value: float) -> str:
    return f"{value:.4g}"
