"""Forward and backward through a net by the notes' formulas, for a batch of examples at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.networks.backprop.activations import Activation, Array


@dataclass(frozen=True)
class Forward:
    """What the nodes compute; L layers of weights, B examples.

    Attributes:
        sums: S of each layer but the inputs, (B, n) float64; L of them.
        outputs: o of each layer, the inputs first, (B, n) float64; L + 1 of them.
    """

    sums: tuple[Array, ...]
    outputs: tuple[Array, ...]


@dataclass(frozen=True)
class Backward:
    """What comes back; L layers of weights, B examples.

    Attributes:
        errors: E = 1/2 sum (t - o)^2 of each example, (B,) float64.
        deltas: dE/dS of each layer but the inputs, (B, n) float64.
        gradients: dE/dw as the weights (in, out), the mean over the batch.
        bias_gradients: the same for biases, (out,).
    """

    errors: Array
    deltas: tuple[Array, ...]
    gradients: tuple[Array, ...]
    bias_gradients: tuple[Array, ...]


def forward(
    weights: Sequence[Array],
    biases: Sequence[Array],
    inputs: Array,
    activation: Activation,
    slope: float,
) -> Forward:
    """S_j = sum_i w_ij o_i (+ b_j) and o_j = f(S_j), layer by layer.

    Args:
        weights: (in, out) float64 each.
        biases: (out,) float64 each; none for a net without.
        inputs: (B, in) float64.
    """
    sums: list[Array] = []
    outputs: list[Array] = [inputs]
    with np.errstate(all="ignore"):  # a net that diverges has inf and NaN
        for layer, matrix in enumerate(weights):
            total = outputs[-1] @ matrix
            sums.append(total + biases[layer] if biases else total)
            outputs.append(activation.function(sums[-1], slope))
    return Forward(tuple(sums), tuple(outputs))


def backward(
    weights: Sequence[Array],
    passed: Forward,
    targets: Array,
    activation: Activation,
    slope: float,
) -> Backward:
    """The deltas from the outputs back, and the gradients delta_j o_i.

    delta_j = -f'_j (t_j - o_j) at an output, f'_j sum_k delta_k w_jk at a hidden node; for the
    sigmoid f'_j = 2 a o_j (1 - o_j).

    Args:
        weights: (in, out) float64 each, as in the forward pass.
        targets: (B, out) float64.
    """
    with np.errstate(all="ignore"):
        missed = targets - passed.outputs[-1]
        errors = 0.5 * (missed**2).sum(axis=1)
        factors = [
            activation.derivative(sums, outputs, slope)
            for sums, outputs in zip(passed.sums, passed.outputs[1:], strict=True)
        ]
        deltas = [-factors[-1] * missed]
        for layer in range(len(weights) - 1, 0, -1):
            deltas.insert(0, factors[layer - 1] * (deltas[0] @ weights[layer].T))
        count = len(targets)
        gradients = tuple(
            outputs.T @ delta / count
            for outputs, delta in zip(passed.outputs[:-1], deltas, strict=True)
        )
        shifts = tuple(delta.mean(axis=0) for delta in deltas)
    return Backward(errors, tuple(deltas), gradients, shifts)


def mean_error(
    weights: Sequence[Array],
    biases: Sequence[Array],
    inputs: Array,
    targets: Array,
    activation: Activation,
    slope: float,
) -> float:
    """The mean of E = 1/2 sum (t - o)^2 over examples; arguments as in both passes."""
    outputs = forward(weights, biases, inputs, activation, slope).outputs[-1]
    with np.errstate(all="ignore"):
        return float((0.5 * ((targets - outputs) ** 2).sum(axis=1)).mean())


def flatten(matrices: Sequence[Array], vectors: Sequence[Array]) -> Array:
    """All parameters in one row (D,): layer by layer the weights (in, out), then its biases."""
    parts = []
    for layer, matrix in enumerate(matrices):
        parts.append(matrix.ravel())
        if vectors:
            parts.append(vectors[layer])
    return np.concatenate(parts)


def unflatten(
    flat: Array, layers: Sequence[int], *, biases: bool
) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """The weights (in, out) and biases (out,) of a row (D,); copies."""
    matrices, vectors = [], []
    place = 0
    for rows, columns in pairwise(layers):
        matrices.append(flat[place : place + rows * columns].reshape(rows, columns).copy())
        place += rows * columns
        if biases:
            vectors.append(flat[place : place + columns].copy())
            place += columns
    return tuple(matrices), tuple(vectors)
