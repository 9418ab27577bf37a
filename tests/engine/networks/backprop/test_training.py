"""Every optimizer on a net: as torch.optim does it, and with its numbers written out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

from engine.networks.backprop.activations import ACTIVATIONS
from engine.networks.backprop.moments import course_of, moments
from engine.networks.backprop.objective import objective_of
from engine.networks.backprop.passes import flatten
from engine.networks.backprop.spec import BackpropSpec, Example, hyper, random_weights
from engine.networks.backprop.training import train
from engine.optimizers.objective import Objective
from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS
from tests.engine.networks.backprop.nets import WORKED

LAYERS = (2, 3, 1)
WEIGHTS, BIASES = random_weights(LAYERS, 3)
XOR = BackpropSpec(
    layers=LAYERS,
    weights=WEIGHTS,
    biases=BIASES,
    examples=tuple(Example((x, y), (float(x != y),)) for x in (0.0, 1.0) for y in (0.0, 1.0)),
    slope=1.0,
    batch=0,
    steps=12,
)
EXAMPLES = (
    np.array([example.inputs for example in XOR.examples]),
    np.array([example.targets for example in XOR.examples]),
)


def xor_objective() -> Objective:
    return objective_of(
        LAYERS,
        *EXAMPLES,
        ACTIVATIONS["sigmoid"],
        1.0,
        biases=tuple(np.array(vector) for vector in BIASES or ()),
    )


@pytest.mark.parametrize("name", [name for name, rule in OPTIMIZERS.items() if rule.twin])
def test_a_net_learns_as_with_torch_step_by_step(name: str) -> None:
    """Each step from torch's own point, for a free path amplifies the last digit."""
    spec = replace(XOR, racer=Racer(name), eta=0.05)
    optimizer, settings = OPTIMIZERS[name], hyper(spec)
    objective = xor_objective()
    updates = list(train(spec))
    point = torch.from_numpy(flatten(updates[0].weights, updates[0].biases)).requires_grad_()
    twin = getattr(torch.optim, optimizer.twin)([point], **optimizer.twin_arguments(settings))

    def closure() -> torch.Tensor:
        loss, gradient = objective.value_and_gradient(point[None])
        point.grad = gradient[0]
        return loss[0]

    for update in updates:
        closure()
        twin.step(closure)
        ours = flatten(update.updated, update.updated_biases)
        np.testing.assert_allclose(ours, point.detach().numpy(), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_written_formulas_end_in_the_new_weights(name: str) -> None:
    spec = replace(XOR, racer=Racer(name), eta=0.05, steps=2)
    updates = list(train(spec))
    for moment in moments(spec):
        event = moment.event
        if event.kind != "weight":
            continue
        update = updates[moment.step]
        assert event.source is not None
        after = (
            update.updated_biases[event.layer - 1][event.node]
            if event.source < 0
            else update.updated[event.layer - 1][event.source, event.node]
        )
        assert float(moment.lines[-1].result) == pytest.approx(after, rel=1e-9, abs=1e-12)


def test_the_objective_has_the_gradient_and_hessian_of_the_error() -> None:
    objective = xor_objective()
    update = next(iter(train(XOR)))
    point = torch.from_numpy(flatten(update.weights, update.biases))[None]
    value, gradient = objective.value_and_gradient(point)
    assert value.item() == pytest.approx(update.error, abs=1e-14)
    expected = flatten(update.backward.gradients, update.backward.bias_gradients)
    assert gradient[0].numpy() == pytest.approx(expected, abs=1e-14)
    exact = torch.autograd.functional.hessian(
        lambda row: objective_value(row), point[0].clone()
    ).numpy()
    assert objective.hessian(point)[0].numpy() == pytest.approx(exact, abs=1e-12)


def objective_value(row: torch.Tensor) -> torch.Tensor:
    inputs, targets = (torch.from_numpy(array) for array in EXAMPLES)
    hidden = torch.sigmoid(2 * (inputs @ row[:6].reshape(2, 3) + row[6:9]))
    outputs = torch.sigmoid(2 * (hidden @ row[9:12].reshape(3, 1) + row[12:]))
    return (0.5 * (targets - outputs) ** 2).sum(1).mean()


def test_an_epoch_has_as_many_updates_as_batches() -> None:
    spec = replace(XOR, batch=3, steps=5, shuffle=True, seed=4)
    updates = list(train(spec))
    assert [len(update.indices) for update in updates] == [3, 1, 3, 1, 3]
    assert [update.epoch for update in updates] == [0, 0, 1, 1, 2]
    for one, other in ((0, 1), (2, 3)):
        dealt = [*updates[one].indices.tolist(), *updates[other].indices.tolist()]
        assert sorted(dealt) == [0, 1, 2, 3]
    assert updates[0].indices.tolist() != updates[2].indices.tolist()


def test_moments_know_what_was_computed_and_nothing_else() -> None:
    every = list(moments(WORKED))
    assert [moment.index for moment in every] == list(range(course_of(WORKED).last + 1))
    # 2 + 2 sums, as many outputs and deltas, E, and two moments for each of 8 weights.
    assert len(every) == 1 + 4 + 4 + 1 + 4 + 16
    start, end = every[0], every[-1]
    assert (start.lines, start.error) == ((), None)
    assert start.outputs == ((0.05, 0.10), (None, None), (None, None))
    assert start.sums == start.deltas == ((None, None),) * 3
    assert start.updated == (((None, None),) * 2,) * 2
    kinds = [moment.event.kind for moment in every]
    assert kinds[1:10] == ["sum", "output"] * 4 + ["error"]
    assert kinds[10:14] == ["delta"] * 4
    assert kinds[14:] == ["gradient", "weight"] * 8
    after_first_output = every[2]
    assert after_first_output.outputs[1][0] == pytest.approx(0.593269992)
    assert after_first_output.outputs[1][1] is None
    assert end.error == pytest.approx(0.298371109, abs=5e-10)
    assert end.updated[1][0][0] == pytest.approx(0.358916480, abs=5e-10)
    assert all(value is not None for row in end.updated for line in row for value in line)
    assert end.updated_biases == ((None, None), (None, None))  # they do not learn


def test_each_formula_gives_the_number_that_its_moment_shows() -> None:
    for moment in moments(replace(XOR, steps=2, batch=2)):
        event = moment.event
        if event.kind == "start":
            continue
        result = float(moment.lines[-1].result)
        shown = {
            "sum": moment.sums,
            "output": moment.outputs,
            "delta": moment.deltas,
        }.get(event.kind)
        if shown is not None:
            assert shown[event.layer][event.node] == pytest.approx(result, abs=1e-14)


def test_a_hidden_delta_writes_its_sum_over_the_children() -> None:
    moment = next(m for m in moments(WORKED) if m.event.kind == "delta" and m.event.layer == 1)
    (line,) = moment.lines
    assert line.symbol == "delta_3"
    assert {"delta_5", "w_3_5", "delta_6", "w_3_6", "o_3", "alpha"} == set(line.values)


def test_an_update_knows_the_error_of_all_examples_before_and_after_it() -> None:
    objective = xor_objective()
    updates = list(train(replace(XOR, batch=1, steps=6)))
    for update, following in pairwise(updates):
        assert update.whole_error_after == following.whole_error
    for update in updates:
        point = torch.from_numpy(flatten(update.weights, update.biases))[None]
        assert update.whole_error == pytest.approx(objective.value(point).item(), abs=1e-14)
        assert update.whole_error != pytest.approx(update.error, abs=1e-4)
