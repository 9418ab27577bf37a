"""The examples of the tasks: by seed, painted, in monomials, and the digits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.networks.tasks.data import data_of, exponents
from engine.networks.tasks.points import GENERATORS
from engine.networks.tasks.registry import TASKS
from engine.networks.tasks.settings import features
from engine.networks.tasks.spec import FitSpec

LEARNED = [name for name, task in TASKS.items() if task.kind != "parameters"]


@pytest.mark.parametrize("name", LEARNED)
def test_the_same_seed_gives_the_same_examples(name: str) -> None:
    spec, task = FitSpec(name, data_seed=7), TASKS[name]
    one, other = data_of(spec), data_of(spec)
    for key in ("inputs", "targets", "test_inputs", "test_targets"):
        assert np.array_equal(getattr(one, key), getattr(other, key))
    assert one.inputs.shape == (task.train_count, task.inputs)
    assert one.test_inputs.shape == (task.test_count, task.inputs)
    assert not np.array_equal(one.inputs, data_of(replace(spec, data_seed=8)).inputs)


@pytest.mark.parametrize("name", LEARNED)
def test_examples_lie_in_the_view_and_tested_ones_are_others(name: str) -> None:
    task, data = TASKS[name], data_of(FitSpec(name))
    if task.inputs == 2:
        x0, x1, y0, y1 = task.domain
        both = np.concatenate([data.inputs, data.test_inputs])
        inside = (both > [x0, y0]).all(1) & (both < [x1, y1]).all(1)
        assert inside.mean() > 0.97
    known = {row.tobytes() for row in data.inputs}
    assert not any(row.tobytes() in known for row in data.test_inputs)
    if data.classes:
        counts = np.bincount(data.targets.astype(int))
        assert len(counts) == data.classes and counts.min() > 0.7 * counts.mean()


def test_without_noise_the_points_are_where_the_formula_says() -> None:
    generator = np.random.default_rng(0)
    inputs, targets = GENERATORS["xor"](generator, 4, 0.0)
    assert {(*row, t) for row, t in zip(inputs.tolist(), targets.tolist(), strict=True)} == {
        (-1, -1, 0), (-1, 1, 1), (1, -1, 1), (1, 1, 0),
    }  # fmt: skip
    inputs, targets = GENERATORS["circles"](generator, 50, 0.0)
    np.testing.assert_allclose(np.hypot(*inputs.T), np.where(targets == 1, 0.5, 1.0))
    inputs, targets = GENERATORS["regression"](generator, 50, 0.0)
    np.testing.assert_allclose(targets, np.sin(2.5 * inputs[:, 0]))
    inputs, targets = GENERATORS["moons"](generator, 50, 0.0)
    upper = np.where(targets[:, None] == 0, inputs, -inputs) + np.array([0.5, 0.25])
    np.testing.assert_allclose(np.hypot(*upper.T), 1.0)
    assert upper[:, 1].min() >= 0
    inputs, targets = GENERATORS["spirals"](generator, 50, 0.0)
    turned = np.where(targets[:, None] == 0, inputs, -inputs)
    radius = np.hypot(*turned.T)
    expected = np.stack([np.cos(2.5 * np.pi * radius), np.sin(2.5 * np.pi * radius)], axis=1)
    np.testing.assert_allclose(turned, radius[:, None] * expected, atol=1e-12)


def test_painted_points_take_the_place_of_the_examples_to_learn() -> None:
    painted = ((0.5, -1.0, 1), (0.25, 2.0, 0), (0.0, 0.0, 1))
    plain, data = data_of(FitSpec("moons")), data_of(FitSpec("moons", painted=painted))
    assert data.inputs.tolist() == [[0.5, -1.0], [0.25, 2.0], [0.0, 0.0]]
    assert data.targets.tolist() == [1, 0, 1]
    assert np.array_equal(data.test_inputs, plain.test_inputs)


def test_monomials_are_all_products_up_to_the_degree_standardised() -> None:
    assert exponents(2, 2).tolist() == [[1, 0], [0, 1], [2, 0], [1, 1], [0, 2]]
    for inputs, degree in ((1, 5), (2, 4), (2, 1), (3, 3)):
        assert len(exponents(inputs, degree)) == features(inputs, degree)
    data = data_of(FitSpec("circles", degree=3))
    given = data.features.of(data.inputs)
    assert given.shape == (120, 9)
    np.testing.assert_allclose(given.mean(0), 0, atol=1e-12)
    np.testing.assert_allclose(given.std(0), 1)
    x, y = data.inputs.T
    product = x * x * y
    place = data.features.powers.tolist().index([2, 1])
    np.testing.assert_allclose(given[:, place], (product - product.mean()) / product.std())
    # What is asked of other points does not depend on them.
    some = data.features.of(data.test_inputs[:3])
    np.testing.assert_allclose(some, data.features.of(data.test_inputs)[:3])


def test_one_painted_point_has_no_deviation_to_divide_by() -> None:
    data = data_of(FitSpec("xor", degree=4, painted=((0.5, 0.5, 1),)))
    assert np.isfinite(data.features.of(data.inputs)).all()


def test_digits_are_pictures_of_what_they_are_called() -> None:
    data = data_of(FitSpec("digits"))
    assert data.classes == 10 and data.inputs.min() == 0 and data.inputs.max() == 1
    assert set(data.targets.tolist()) == set(range(10))
    # The nearest mean picture names most of them: labels belong to their pictures.
    means = np.stack([data.inputs[data.targets == digit].mean(0) for digit in range(10)])
    nearest = ((data.test_inputs[:, None] - means) ** 2).sum(2).argmin(1)
    assert (nearest == data.test_targets).mean() > 0.85
    fewer = data_of(FitSpec("digits", train_count=100))
    assert np.array_equal(fewer.test_inputs, data.test_inputs)
    assert np.array_equal(fewer.inputs, data.inputs[:100])
