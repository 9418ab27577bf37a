"""The command `backprop`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from engine.commands.common import common_options, counted, print_json, say_notes
from engine.errors import InputError
from engine.networks.backprop import passes
from engine.networks.backprop.activations import Array
from engine.networks.backprop.spec import (
    BackpropSpec,
    Example,
    Matrix,
    activation_of,
    matrices,
    remarks,
    vectors,
)
from engine.specs import from_plain_json


@dataclass(frozen=True)
class NetFile:
    """A net and one example, as a script writes them."""

    layers: tuple[int, ...]
    weights: tuple[Matrix, ...]
    input: tuple[float, ...]
    target: tuple[float, ...]
    biases: tuple[tuple[float, ...], ...] | None = None
    activation: str = "sigmoid"
    slope: float = 0.5
    eta: float = 0.5


@click.command()
@click.option(
    "--spec",
    "path",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help='JSON: {"layers":[3,4,2],"activation":"sigmoid","slope":a,"eta":..,'
    '"weights":[(in,out) ..],"biases":[(out,) ..],"input":[..],"target":[..]}.'
    " Activations: sigmoid (1/(1+exp(-2aS)), a .5 unless given), tanh, relu, linear;"
    " biases may be left out.",
)
@common_options
def backprop(path: Path, seed: int, device: str, as_json: bool) -> None:
    """One step of backpropagation in numbers: outputs, deltas, gradients, new weights.

    The result is JSON on stdout. Layer 0 are the inputs, which have neither S nor delta.
    """
    spec = read_net(path)
    say_notes(remarks(spec))
    print_json(one_step(spec))


def read_net(path: Path) -> BackpropSpec:
    """The net of a file.

    Raises:
        InputError: there is no such file, or what it holds cannot be computed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError("file.missing", path=path) from None
    except (OSError, ValueError):
        raise InputError("file.unreadable", path=path) from None
    given = from_plain_json(text, NetFile)
    spec = BackpropSpec(
        layers=given.layers,
        weights=given.weights,
        examples=(Example(given.input, given.target),),
        biases=given.biases,
        activation=given.activation,
        slope=given.slope,
        eta=given.eta,
    )
    spec.check()
    return spec


def one_step(spec: BackpropSpec) -> dict[str, Any]:
    """The passes of the first example and one step of the notes' rule, in JSON's types."""
    activation = activation_of(spec)
    weights, biases = matrices(spec), vectors(spec)
    (inputs, targets) = (
        np.array([values], dtype=np.float64)
        for values in (spec.examples[0].inputs, spec.examples[0].targets)
    )
    forward = passes.forward(weights, biases, inputs, activation, spec.slope)
    backward = passes.backward(weights, forward, targets, activation, spec.slope)
    nodes: list[dict[str, Any]] = []
    for layer, outputs in enumerate(forward.outputs):
        for index, output in enumerate(outputs[0].tolist()):
            nodes.append(
                {
                    "layer": layer,
                    "index": index,
                    "S": float(forward.sums[layer - 1][0, index]) if layer else None,
                    "o": output,
                    "delta": float(backward.deltas[layer - 1][0, index]) if layer else None,
                }
            )
    return {
        "E": float(backward.errors[0]),
        "nodes": nodes,
        "gradients": [matrix.tolist() for matrix in backward.gradients],
        "updated": _moved(weights, backward.gradients, spec.eta),
        "bias_gradients": [vector.tolist() for vector in backward.bias_gradients]
        if biases
        else None,
        "updated_biases": _moved(biases, backward.bias_gradients, spec.eta) if biases else None,
    }


def _moved(values: tuple[Array, ...], gradients: tuple[Array, ...], eta: float) -> list[Any]:
    with np.errstate(all="ignore"):
        return [
            (value - eta * gradient).tolist()
            for value, gradient in zip(values, gradients, strict=True)
        ]


@click.command()
@click.option("--count", type=click.IntRange(1, 200), default=1, show_default=True)
@click.option(
    "--difficulty",
    type=click.IntRange(1, 3),
    default=2,
    show_default=True,
    help="1 deltas of the outputs, 2 everything of a 2-2-1 net, 3 of a 2-3-2 net.",
)
@click.option(
    "--out",
    "path",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="A .pdf or .md; all tasks come first, then all solutions.",
)
@common_options
def exercises(
    count: int, difficulty: int, path: Path, seed: int, device: str, as_json: bool
) -> None:
    """Write exercises in backpropagation for a class: COUNT sheets from COUNT seeds."""
    from engine.networks.backprop.exercise import random_exercise
    from engine.networks.backprop.sheets import write_sheets

    made = [random_exercise(seed + number, difficulty) for number in range(count)]
    write_sheets(made, path)
    if as_json:
        print_json([[question.answer for question in each.questions] for each in made])
        return
    click.echo(f"{counted(count, 'exercise')} written to {path}")
