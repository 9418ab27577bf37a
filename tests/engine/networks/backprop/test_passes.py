"""The passes against autograd, a worked example of the literature, and a net by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings

from engine.networks.backprop.activations import ACTIVATIONS
from engine.networks.backprop.passes import flatten, unflatten
from engine.networks.backprop.spec import BackpropSpec, activation_of, matrices, vectors
from engine.networks.backprop.training import Update, train
from tests.engine.networks.backprop.nets import HAND, WORKED, nets


def autograd(spec: BackpropSpec) -> tuple[float, list[torch.Tensor], list[torch.Tensor]]:
    """The mean error and its gradients as torch finds them, from the formulas as torch has them."""
    function = {
        "sigmoid": lambda s: torch.sigmoid(2 * spec.slope * s),
        "tanh": torch.tanh,
        "relu": torch.relu,
        "linear": lambda s: s,
    }[spec.activation]
    weights = [torch.tensor(m, requires_grad=True) for m in matrices(spec)]
    biases = [torch.tensor(v, requires_grad=True) for v in vectors(spec)]
    outputs = torch.tensor([e.inputs for e in spec.examples], dtype=torch.float64)
    targets = torch.tensor([e.targets for e in spec.examples], dtype=torch.float64)
    for layer, matrix in enumerate(weights):
        outputs = function(outputs @ matrix + (biases[layer] if biases else 0))
    error = (0.5 * (targets - outputs) ** 2).sum(1).mean()
    error.backward()
    return error.item(), [w.grad for w in weights], [b.grad for b in biases]


def first(spec: BackpropSpec) -> Update:
    return next(iter(train(spec)))


@settings(max_examples=120, deadline=None)
@given(nets())
def test_equals_autograd(spec: BackpropSpec) -> None:
    update = first(spec)
    error, gradients, shifts = autograd(spec)
    assert update.error == pytest.approx(error, abs=1e-12)
    for ours, theirs in zip(update.backward.gradients, gradients, strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=0, atol=1e-12)
    for ours, theirs in zip(update.backward.bias_gradients, shifts, strict=False):
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=0, atol=1e-12)


def test_the_worked_example() -> None:
    update = first(WORKED)
    assert update.error == pytest.approx(0.298371109, abs=5e-10)
    assert update.error_after == pytest.approx(0.291027774, abs=5e-10)
    assert update.backward.gradients[1][0, 0] == pytest.approx(0.082167041, abs=5e-10)
    assert update.updated_biases[0].tolist() == [0.35, 0.35]


def test_the_notes_formulas_by_hand() -> None:
    update = first(HAND)
    o1, o2 = 1.0, 0.5
    s3, s4 = 0.5 * o1 + 2.0 * o2, -1.0 * o1 + 1.0 * o2  # 1.5, -0.5
    o3, o4 = 1 / (1 + math.exp(-2 * s3)), 1 / (1 + math.exp(-2 * s4))
    s5 = o3 - 2 * o4
    o5 = 1 / (1 + math.exp(-2 * s5))
    d5 = -2 * o5 * (1 - o5) * (1.0 - o5)
    d3, d4 = 2 * o3 * (1 - o3) * d5 * 1.0, 2 * o4 * (1 - o4) * d5 * -2.0
    assert update.forward.sums[0][0].tolist() == [1.5, -0.5]
    assert update.backward.deltas[1][0].tolist() == pytest.approx([d5], abs=1e-15)
    assert update.backward.deltas[0][0].tolist() == pytest.approx([d3, d4], abs=1e-15)
    assert update.updated[1][:, 0].tolist() == pytest.approx(
        [1.0 - 0.25 * d5 * o3, -2.0 - 0.25 * d5 * o4], abs=1e-15
    )
    assert update.updated[0].ravel().tolist() == pytest.approx(
        [0.5 - 0.25 * d3 * o1, -1 - 0.25 * d4 * o1, 2 - 0.25 * d3 * o2, 1 - 0.25 * d4 * o2],
        abs=1e-15,
    )


@settings(max_examples=30, deadline=None)
@given(nets())
def test_a_row_of_parameters_is_the_net_again(spec: BackpropSpec) -> None:
    weights, biases = matrices(spec), vectors(spec)
    again, shifts = unflatten(flatten(weights, biases), spec.layers, biases=bool(biases))
    assert all(np.array_equal(a, b) for a, b in zip(again, weights, strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(shifts, biases, strict=True))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activation_says_what_it_is(name: str) -> None:
    """Its derivative, greatest slope and range are those of its function."""
    activation = ACTIVATIONS[name]
    for slope in (0.5, 2.0):
        sums = np.linspace(-3, 3, 60)
        step = 1e-6
        outputs = activation.function(sums, slope)
        above, below = (activation.function(sums + e, slope) for e in (step, -step))
        derivative = activation.derivative(sums, outputs, slope)
        assert derivative == pytest.approx((above - below) / (2 * step), abs=1e-8)
        assert derivative.max() <= activation.steepest(slope) + 1e-12
        assert outputs.min() >= activation.low and outputs.max() <= activation.high
        torchs = activation.in_torch(torch.from_numpy(sums), slope).numpy()
        assert torchs == pytest.approx(outputs, abs=1e-15)


def test_saturated_nodes_are_told() -> None:
    sigmoid = activation_of(WORKED)
    sums = np.array([0.0, 2.0, 8.0, -8.0])
    assert sigmoid.saturated(sums, sigmoid.function(sums, 0.5), 0.5).tolist() == [
        False,
        False,
        True,
        True,
    ]
