"""Pictures of nets: what torch's own layers say at the points that are drawn."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from engine.networks.tasks.fit import fit
from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.net import Net
from engine.networks.tasks.pictures import examples, reached, starts_view, view
from engine.networks.tasks.registry import find
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.racer import Racer
from tests.engine.networks.tasks.twins import sequential

MOONS = FitSpec("moons", racers=(Racer("sgd"), Racer("adam")), hidden=(5, 3), steps=30)
WAVE = FitSpec("regression", racers=(Racer("adam"),), hidden=(6,), steps=20, degree=3)
DIGITS = FitSpec("digits", racers=(Racer("adam"),), hidden=(12,), steps=25, train_count=200)
TABLE = FitSpec(
    "xor", racers=(Racer("rprop", starts=30),), hidden=(2,), steps=250, noise=0.0, train_count=4
)


@cache
def last(name: str) -> FitFrame:
    specs = {"moons": MOONS, "wave": WAVE, "digits": DIGITS, "table": TABLE}
    *_, frame = fit(specs[name])
    return frame


def module_of(row: np.ndarray, layers: tuple[int, ...]) -> nn.Sequential:
    return sequential(Net(layers, "tanh"), torch.from_numpy(row.astype(np.float64)))


def test_a_boundary_is_the_probability_of_class_1_row_by_row() -> None:
    frame = last("moons")
    drawn = view(MOONS, frame.parameters, 30, size=20)
    assert drawn.boundary is not None and drawn.boundary.shape == (2, 20, 20)
    x0, x1, y0, y1 = find("moons").domain
    assert (drawn.x[0], drawn.x[-1], drawn.y[0], drawn.y[-1]) == (x0, x1, y0, y1)
    for racer in range(2):
        module = module_of(frame.parameters[racer], (2, 5, 3, 1))
        for row, column in ((0, 0), (0, 19), (7, 3), (19, 5)):
            point = torch.tensor([drawn.x[column], drawn.y[row]])
            said = module(point).sigmoid().item()
            assert drawn.boundary[racer, row, column] == pytest.approx(said, abs=1e-6)


def test_rings_agree_with_the_accuracy_of_the_frame() -> None:
    for name, spec in (("moons", MOONS), ("digits", DIGITS)):
        frame, drawn = last(name), view(spec, last(name).parameters, 0)
        assert drawn.wrong is not None
        assert 1 - drawn.wrong.mean(1) == pytest.approx(frame.train_accuracy, abs=0.01)
        assert drawn.wrong.shape[1] == len(examples(spec).targets)


def test_a_curve_is_what_the_net_says_of_standardised_monomials() -> None:
    frame, data = last("wave"), examples(WAVE)
    drawn = view(WAVE, frame.parameters, 20, size=10)
    assert drawn.boundary is None and drawn.wrong is None and drawn.curve is not None
    assert drawn.y.size == 0 and drawn.x.shape == (40,)
    powers = np.array([1, 2, 3])
    seen = data.inputs**powers
    given = (drawn.x[:, None] ** powers - seen.mean(0)) / seen.std(0)
    said = module_of(frame.parameters[0], (3, 6, 1))(torch.from_numpy(given))
    assert drawn.curve[0] == pytest.approx(said[:, 0].detach().numpy(), abs=1e-5)


def test_histograms_hold_every_weight_gradient_and_output() -> None:
    frame, data = last("moons"), examples(MOONS)
    spec = replace(MOONS, decay=0.1)
    drawn = view(spec, frame.parameters, 30, histograms=True)
    assert [(each.what, each.layer) for each in drawn.histograms] == [
        (what, layer) for what in ("weights", "gradients", "activations") for layer in range(3)
    ]
    module = module_of(frame.parameters[1], (2, 5, 3, 1))
    inputs, targets = torch.from_numpy(data.inputs), torch.from_numpy(data.targets)
    linears = [part for part in module if isinstance(part, nn.Linear)]
    penalty = 0.05 * sum(part.weight.square().sum() for part in linears)
    loss = functional.binary_cross_entropy_with_logits(module(inputs)[:, 0], targets) + penalty
    loss.backward()
    for layer, part in enumerate(linears):
        gradient = part.weight.grad
        assert gradient is not None
        outputs = module[: 2 * layer + 2](inputs) if layer < 2 else module(inputs)
        for what, values, place in (
            ("weights", part.weight, layer), ("gradients", gradient, 3 + layer),
            ("activations", outputs, 6 + layer),
        ):  # fmt: skip
            histogram = drawn.histograms[place]
            assert histogram.counts[1].sum() == values.numel(), what
            flat = values.detach().numpy().ravel()
            expected, _ = np.histogram(flat, histogram.edges[1])
            assert np.abs(histogram.counts[1] - expected).sum() <= 2, what  # float32 at an edge
    assert drawn.histograms[6].edges[0][[0, -1]].tolist() == [-1, 1]


def test_histograms_of_nets_that_ran_away_are_still_drawn() -> None:
    rows = np.full((1, 2 * 5 + 5 + 15 + 3 + 3 + 1), np.nan, dtype=np.float32)
    for values in (rows, np.zeros_like(rows)):
        drawn = view(MOONS, values, 3, histograms=True)
        assert all(np.isfinite(each.edges).all() for each in drawn.histograms)


def test_a_drawn_digit_is_recognized_as_the_same_digit_among_the_tests() -> None:
    frame, data = last("digits"), examples(DIGITS)
    drawn = view(DIGITS, frame.parameters, 25, drawn=data.test_inputs[3].reshape(8, 8))
    assert drawn.recognized is not None and drawn.test_digits is not None
    assert drawn.recognized.sum(1) == pytest.approx(1, abs=1e-5)
    assert drawn.recognized[0].argmax() == drawn.test_digits[0, 3]
    right = (drawn.test_digits[0] == data.test_targets[: drawn.test_digits.shape[1]]).mean()
    assert right == pytest.approx(frame.test_accuracy[0], abs=0.2)
    assert view(DIGITS, frame.parameters, 25).recognized is None


def test_the_table_of_xor_has_minima_at_the_losses_that_theory_names() -> None:
    """Two nodes tell all four apart, or leave two, or three, that they cannot tell apart."""
    seen = starts_view(TABLE, last("table"), 0, size=8)
    assert seen.losses.shape == seen.groups.shape == (30,)
    assert seen.boundary is not None and seen.boundary.shape == (30, 8, 8)
    of_three = -(math.log(1 / 3) / 3 + 2 * math.log(2 / 3) / 3) * 3 / 4
    levels = [0.0, math.log(2) / 2, of_three]
    for group in range(seen.groups.max() + 1):
        losses = seen.losses[seen.groups == group]
        assert min(abs(losses.mean() - level) for level in levels) < 0.01
    assert seen.losses[seen.groups == 0].max() < 0.01 < seen.losses[seen.groups == 1].min()
    assert seen.best == seen.losses.argmin()
    first = next(iter(fit(TABLE)))
    assert (starts_view(TABLE, first, 0, size=8).groups == -1).mean() > 0.5


def test_starts_are_grouped_by_gaps_between_their_losses() -> None:
    losses = np.array([0.5, 0.1, np.nan, 0.108, 0.3, 0.116, np.inf])
    ahead = np.array([0.0, 0.0, 0.0, 0.0, 1.0, 0.0, np.nan])
    assert reached(losses, ahead, 0.01).tolist() == [1, 0, -1, 0, -1, 0, -1]
    assert reached(losses[2:3], ahead[2:3], 0.01).tolist() == [-1]


def test_tasks_without_examples_have_no_pictures_of_them() -> None:
    for spec in (FitSpec("product"), FitSpec("own", "task.py")):
        assert examples(spec).inputs.shape == (0, 2)
        drawn = view(spec, np.empty((1, 2)), 4, histograms=True)
        assert drawn.x.size == 0 and drawn.boundary is None and drawn.histograms == ()
    spec = FitSpec("product", racers=(Racer("sgd", starts=5),), steps=150)
    *_, frame = fit(spec)
    seen = starts_view(spec, frame, 0)
    assert seen.boundary is None and (seen.groups == 0).any()
