"""One weight at a moment: the way of its numbers, as far as they are computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.networks.backprop.events import Kind
from engine.networks.backprop.moments import Course
from engine.networks.backprop.spec import is_plain
from engine.networks.backprop.training import Update
from engine.networks.backprop.writing import place_of, state_of, weight_name, write_lines
from engine.optimizers.step_calculation import Line


@dataclass(frozen=True)
class WeightDetails:
    """What is known of a weight or bias.

    Attributes:
        name: its symbol.
        lines: S and o of the node that it goes to, delta, gradient, and the optimizer's
            formulas down to the next value; those that are not computed yet are not there.
        state: of the optimizer before the update, by the formula's symbols.
        hyper: its settings in this update.
    """

    name: str
    lines: tuple[Line, ...]
    state: Mapping[str, float]
    hyper: Mapping[str, float]


def details_at(
    course: Course, update: Update, index: int, weight: tuple[int, int, int]
) -> WeightDetails:
    """The numbers of a weight at a moment of an update.

    Args:
        weight: layer and place of the node that it goes to, and its source or `BIAS`.

    Raises:
        IndexError: there is no such moment.
    """
    layer, node, source = weight
    _, happened = course.locate(index)
    done = course.events(update.number)[:happened]
    last = done[-1].example if done else 0
    lines: list[Line] = []
    kinds: tuple[Kind, ...] = ("sum", "output", "delta", "gradient", "weight")
    for kind in kinds:
        of_weight = kind in ("gradient", "weight")
        for event in done:
            same = (event.kind, event.layer, event.node) == (kind, layer, node)
            if same and (event.source == source if of_weight else event.example == last):
                lines += write_lines(course.spec, update, event)
    spec = course.spec
    # Plain SGD has a velocity that it does not use.
    keeps = not is_plain(spec) and (source >= 0 or spec.learn_biases)
    return WeightDetails(
        weight_name(spec.layers, layer, node, source),
        tuple(lines),
        state_of(spec, update, place_of(spec, layer, node, source)) if keeps else {},
        update.hyper,
    )
