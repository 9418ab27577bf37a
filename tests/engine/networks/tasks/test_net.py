"""Nets computed for many rows of parameters at once, against torch's own."""

from __future__ import annotations

import math

import pytest
import torch

from engine.networks.tasks.net import Net, activations, initial, outputs
from tests.engine.networks.tasks.twins import flat, sequential


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu", "linear"])
@pytest.mark.parametrize("layers", [(2, 1), (2, 5, 1), (3, 4, 6, 5)])
def test_outputs_are_those_of_torch(layers: tuple[int, ...], activation: str) -> None:
    net = Net(layers, activation)
    points = initial(net, 3, 4, scale=2.0)
    inputs = torch.randn(7, layers[0], dtype=torch.float64)
    given = outputs(net, points, inputs)
    assert given.shape == (4, 7, layers[-1])
    for row, point in enumerate(points):
        module = sequential(net, point)
        torch.testing.assert_close(given[row], module(inputs).detach(), rtol=1e-13, atol=1e-13)
        assert torch.equal(flat(module), point)


def test_activations_are_the_hidden_outputs() -> None:
    net = Net((2, 3, 4, 1), "relu")
    points, inputs = initial(net, 0, 2), torch.randn(5, 2, dtype=torch.float64)
    found = activations(net, points, inputs)
    assert [tuple(layer.shape) for layer in found] == [(2, 5, 3), (2, 5, 4), (2, 5, 1)]
    module = sequential(net, points[1])
    torch.testing.assert_close(found[1][1], module[:4](inputs).detach())
    assert torch.equal(found[-1], outputs(net, points, inputs))


def test_initial_weights_spread_as_those_of_torch() -> None:
    """nn.Linear draws weights and biases evenly from +-1/sqrt(in)."""
    net = Net((4, 50, 3), "tanh")
    found = initial(net, 1, 200)
    first, second = found[:, : net.sizes[0]], found[:, net.sizes[0] :]
    assert first.abs().max() < 0.5 and float(first.std()) == pytest.approx(0.5 / 3**0.5, rel=0.01)
    assert second.abs().max() < 1 / math.sqrt(50)
    module = torch.nn.Linear(50, 3)
    assert second.abs().max() >= module.weight.abs().max() * 0.99
    torch.testing.assert_close(initial(net, 1, 200, scale=3.0), 3 * found)


def test_more_starts_begin_with_the_same() -> None:
    net = Net((2, 3, 1), "tanh")
    assert torch.equal(initial(net, 5, 9)[:4], initial(net, 5, 4))
    assert not torch.equal(initial(net, 5, 1), initial(net, 6, 1))
    assert len(initial(net, 5, 9).unique(dim=0)) == 9
