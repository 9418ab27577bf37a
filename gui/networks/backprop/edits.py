"""Changes of a net: other layers, another number, random weights."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np

from engine.networks.backprop.events import BIAS
from engine.networks.backprop.spec import BackpropSpec, Example, random_weights
from engine.optimizers import registry as optimizers
from gui.racing import schedule_changes

Item = TypeVar("Item")

FIRST_RATE = 0.5  # of plain SGD, as in the notes' range

Place = tuple[str, int, int, int]  # "input" "target": example, place, 0; "weight": as in Event


def with_layers(spec: BackpropSpec, layers: tuple[int, ...]) -> BackpropSpec:
    """Another shape: random weights of the seed, inputs and targets kept as far as they go."""
    weights, biases = random_weights(layers, spec.seed, biases=spec.biases is not None)
    examples = tuple(
        Example(_fill(each.inputs, layers[0], 0.5), _fill(each.targets, layers[-1], 0.5))
        for each in spec.examples
    )
    return replace(spec, layers=layers, weights=weights, biases=biases, examples=examples)


def with_random_weights(spec: BackpropSpec, seed: int) -> BackpropSpec:
    """The start of a seed."""
    weights, biases = random_weights(spec.layers, seed, biases=spec.biases is not None)
    return replace(spec, weights=weights, biases=biases, seed=seed)


def with_biases(spec: BackpropSpec, biases: bool) -> BackpropSpec:
    """With biases, of 0 at first, or without."""
    zeros = tuple((0.0,) * size for size in spec.layers[1:])
    return replace(spec, biases=zeros if biases else None)


def with_optimizer(spec: BackpropSpec, name: str) -> BackpropSpec:
    """Another optimizer with its defaults, at a rate to begin with; the schedule stays."""
    optimizer = optimizers.find(name)
    rate = optimizer.network_rate
    if optimizer.follows == "velocity":
        rate = FIRST_RATE
    elif optimizer.needs_objective:
        rate = optimizer.defaults["lr"]
    racer = replace(spec.racer, optimizer=name, settings={}, name="")
    return replace(spec, racer=racer, eta=rate)


def with_setting(spec: BackpropSpec, key: str, value: float) -> BackpropSpec:
    settings = {**spec.racer.settings, key: value}
    return replace(spec, racer=replace(spec.racer, settings=settings))


def with_schedule(spec: BackpropSpec, schedule: str) -> BackpropSpec:
    """Another schedule of the rate, which comes down just at the end where it does so."""
    return replace(spec, racer=schedule_changes.with_schedule(spec.racer, schedule, spec.steps))


def with_schedule_setting(spec: BackpropSpec, key: str, value: float) -> BackpropSpec:
    return replace(spec, racer=schedule_changes.with_value(spec.racer, key, value))


def with_examples(spec: BackpropSpec, count: int) -> BackpropSpec:
    """More examples, random of the seed, or fewer."""
    generator = np.random.default_rng([spec.seed, len(spec.examples)])
    examples = list(spec.examples[:count])
    while len(examples) < count:
        inputs = generator.uniform(-1, 1, spec.layers[0]).round(2)
        targets = generator.integers(0, 2, spec.layers[-1]).astype(float)
        examples.append(Example(tuple(inputs.tolist()), tuple(targets.tolist())))
    return replace(spec, examples=tuple(examples), batch=min(spec.batch, count))


def number_at(spec: BackpropSpec, place: Place) -> float:
    """An input, target, weight or bias."""
    kind, first, second, third = place
    if kind == "input":
        return spec.examples[first].inputs[second]
    if kind == "target":
        return spec.examples[first].targets[second]
    if third == BIAS:
        assert spec.biases is not None
        return spec.biases[first - 1][second]
    return spec.weights[first - 1][third][second]


def with_number(spec: BackpropSpec, place: Place, value: float) -> BackpropSpec:
    """One input, target, weight or bias changed."""
    kind, first, second, third = place
    if kind in ("input", "target"):
        example = spec.examples[first]
        if kind == "input":
            example = replace(example, inputs=_put(example.inputs, second, value))
        else:
            example = replace(example, targets=_put(example.targets, second, value))
        return replace(spec, examples=_put(spec.examples, first, example))
    if third == BIAS:
        assert spec.biases is not None
        vector = _put(spec.biases[first - 1], second, value)
        return replace(spec, biases=_put(spec.biases, first - 1, vector))
    matrix = spec.weights[first - 1]
    row = _put(matrix[third], second, value)
    return replace(spec, weights=_put(spec.weights, first - 1, _put(matrix, third, row)))


def _put(values: tuple[Item, ...], place: int, value: Item) -> tuple[Item, ...]:
    return (*values[:place], value, *values[place + 1 :])


def _fill(values: tuple[float, ...], count: int, value: float) -> tuple[float, ...]:
    return (*values[:count], *(value,) * (count - len(values)))
