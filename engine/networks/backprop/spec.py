"""What a multilayer perceptron and its training are, as one frozen record."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import ClassVar

import numpy as np

from engine.checks import check_range
from engine.errors import InputError, Note, note
from engine.networks.backprop import activations
from engine.networks.backprop.activations import Activation, Array
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer, rate_of

Matrix = tuple[tuple[float, ...], ...]

MOST_LAYERS = 5  # of weights; columns of nodes are one more
MOST_NODES = 1000  # of a column
MOST_EXAMPLES = 1000
MOST_STEPS = 10_000
PLAIN = "sgd"


@dataclass(frozen=True)
class Example:
    """What goes in, and what should come out."""

    inputs: tuple[float, ...]
    targets: tuple[float, ...]


@dataclass(frozen=True)
class BackpropSpec:
    """A net, its examples and how it learns.

    Attributes:
        layers: nodes of each column, the inputs first.
        weights: for each layer a matrix (in, out) as rows.
        examples: the data set.
        biases: for each layer its numbers (out,); None for a net without.
        activation: of all nodes but the inputs, a name of `ACTIVATIONS`.
        slope: a of the sigmoid 1 / (1 + exp(-2 a S)).
        eta: the learning rate, unless the optimizer's settings name an `lr`.
        racer: the optimizer; plain SGD is the notes' rule dw = -eta delta_j o_i.
        batch: examples of an update; 0 for all of them, an epoch.
        shuffle: every epoch deals the examples anew, by the seed.
        steps: updates.
        learn_biases: whether the biases are updated too.
    """

    layers: tuple[int, ...]
    weights: tuple[Matrix, ...]
    examples: tuple[Example, ...]
    biases: tuple[tuple[float, ...], ...] | None = None
    activation: str = "sigmoid"
    slope: float = 0.5
    eta: float = 0.5
    racer: Racer = field(default_factory=lambda: Racer(PLAIN))
    batch: int = 1
    shuffle: bool = False
    seed: int = 0
    steps: int = 1
    learn_biases: bool = True

    RENAMED: ClassVar[Mapping[str, str]] = {}

    def check(self) -> None:
        """Refuse what cannot be computed.

        Raises:
            InputError: a shape does not fit, or a number is outside its range.
        """
        check(self)


def check(spec: BackpropSpec) -> None:
    """Refuse what cannot be computed; `BackpropSpec.check`."""
    shape = "-".join(map(str, spec.layers))
    if not 2 <= len(spec.layers) <= MOST_LAYERS + 1:
        raise InputError("net.layers", value=shape or "0", most=MOST_LAYERS + 1)
    for size in spec.layers:
        check_range("layers", size, 1, MOST_NODES)
    activations.find(spec.activation)
    check_range("slope", spec.slope, 1e-6, 1e6)
    check_range("eta", spec.eta, 0, 1e6)
    check_range("batch", spec.batch, 0, MOST_EXAMPLES)
    check_range("steps", spec.steps, 1, MOST_STEPS)
    check_range("seed", spec.seed, 0, 2**63 - 1)
    _check_weights(spec, shape)
    if not 1 <= len(spec.examples) <= MOST_EXAMPLES:
        raise InputError("net.examples", count=len(spec.examples), most=MOST_EXAMPLES)
    for example in spec.examples:
        _check_vector("input", example.inputs, spec.layers[0])
        _check_vector("target", example.targets, spec.layers[-1])
    hyper(spec)
    rate_of(spec.racer)


def _check_weights(spec: BackpropSpec, shape: str) -> None:
    pairs = list(pairwise(spec.layers))
    if len(spec.weights) != len(pairs):
        raise InputError(
            "net.weights_count", count=len(spec.weights), layers=shape, needed=len(pairs)
        )
    for number, (matrix, (rows, columns)) in enumerate(
        zip(spec.weights, pairs, strict=True), start=1
    ):
        widths = {len(row) for row in matrix}
        if len(matrix) != rows or widths != {columns}:
            given = "/".join(map(str, sorted(widths))) or "0"
            raise InputError(
                "net.weights_shape",
                number=number,
                given=f"{len(matrix)}x{given}",
                layers=shape,
                needed=f"{rows}x{columns}",
            )
        for row in matrix:
            _check_numbers("weights", row)
    if spec.biases is None:
        return
    if len(spec.biases) != len(pairs):
        raise InputError(
            "net.biases_count", count=len(spec.biases), layers=shape, needed=len(pairs)
        )
    for number, (vector, (_, columns)) in enumerate(zip(spec.biases, pairs, strict=True), start=1):
        _check_vector(f"biases[{number - 1}]", vector, columns)


def _check_vector(name: str, values: tuple[float, ...], needed: int) -> None:
    if len(values) != needed:
        raise InputError("net.vector", name=name, count=len(values), needed=needed)
    _check_numbers(name, values)


def _check_numbers(name: str, values: tuple[float, ...]) -> None:
    for value in values:
        if not math.isfinite(value):
            raise InputError("value.not_a_number", name=name, value=value)


def remarks(spec: BackpropSpec) -> tuple[Note, ...]:
    """What a person should know of a spec that can be computed.

    A jog and starts that are not used, targets out of reach, an eta beyond the notes.
    """
    found = []
    if spec.racer.keeps_best or spec.racer.start is not None:
        found.append(note("net.one_trail"))
    activation = activations.find(spec.activation)
    for example in spec.examples:
        for number, target in enumerate(example.targets, start=1):
            if not activation.low <= target <= activation.high:
                found.append(
                    note(
                        "net.target",
                        value=f"{target:g}",
                        number=str(number),
                        activation=activation.name,
                        low=f"{activation.low:g}",
                        high=f"{activation.high:g}",
                    )
                )
    if is_plain(spec) and not 0 < rate(spec) < 1:
        found.append(note("net.eta", value=f"{rate(spec):g}"))
    return tuple(dict.fromkeys(found))


def activation_of(spec: BackpropSpec) -> Activation:
    """The activation's record."""
    return activations.find(spec.activation)


def hyper(spec: BackpropSpec) -> dict[str, float]:
    """All settings of the optimizer; its rate is eta unless it names one.

    Raises:
        InputError: the optimizer or a setting is unknown, or a value outside its range.
    """
    return optimizers.find(spec.racer.optimizer).complete({"lr": spec.eta, **spec.racer.settings})


def rate(spec: BackpropSpec) -> float:
    """The learning rate, as it is before its schedule."""
    return hyper(spec)["lr"]


def is_plain(spec: BackpropSpec) -> bool:
    """Whether it learns by the notes' rule dw = -eta delta_j o_i alone."""
    settings = hyper(spec)
    return optimizers.find(spec.racer.optimizer).follows == "velocity" and not (
        settings["momentum"] or settings["weight_decay"]
    )


def matrices(spec: BackpropSpec) -> tuple[Array, ...]:
    """The weights, (in, out) float64 each."""
    return tuple(np.array(matrix, dtype=np.float64) for matrix in spec.weights)


def vectors(spec: BackpropSpec) -> tuple[Array, ...]:
    """The biases, (out,) float64 each; none for a net without."""
    return tuple(np.array(vector, dtype=np.float64) for vector in spec.biases or ())


def with_weights(
    spec: BackpropSpec, weights: tuple[Array, ...], biases: tuple[Array, ...]
) -> BackpropSpec:
    """The same net with other weights (in, out) and biases (out,), none where it has none."""
    return replace(
        spec,
        weights=tuple(tuple(map(tuple, matrix.tolist())) for matrix in weights),
        biases=tuple(tuple(vector.tolist()) for vector in biases) if biases else None,
    )


def random_weights(
    layers: tuple[int, ...], seed: int, *, scale: float = 1.0, biases: bool = True
) -> tuple[tuple[Matrix, ...], tuple[tuple[float, ...], ...] | None]:
    """Weights and biases drawn evenly from -scale to scale, with two decimals to be read aloud."""
    generator = np.random.default_rng(seed)
    weights = []
    shifts = []
    for rows, columns in pairwise(layers):
        drawn = generator.uniform(-scale, scale, (rows, columns)).round(2)
        weights.append(tuple(map(tuple, (drawn + 0.0).tolist())))
        shifts.append(tuple((generator.uniform(-scale, scale, columns).round(2) + 0.0).tolist()))
    return tuple(weights), tuple(shifts) if biases else None
