"""Curves that grow: the same points as at once, and a range that nothing squashes."""

from __future__ import annotations

import numpy as np
import pytest

from gui.plots.growing_series import GrowingPoints, logarithm


def test_points_grow_without_losing_any() -> None:
    values = np.random.default_rng(0).normal(size=(3, 1000))
    points = GrowingPoints(3)
    for part in np.array_split(values, [1, 2, 300, 700], axis=1):
        points.extend(part)
    for line, row in zip(points.lines(), values, strict=True):
        np.testing.assert_array_equal(line[:, 0], np.arange(1000))
        np.testing.assert_array_equal(line[:, 1], row)
    low, high = points.range(logarithmic=False)
    assert low < values.min() and high > values.max()


def test_a_diverging_curve_leaves_the_plot() -> None:
    points = GrowingPoints(2)
    points.extend(logarithm(np.array([[10.0, 1e80, np.inf], [10.0, 1.0, 0.01]])))
    assert points.range(logarithmic=True) == (-2.0, 2.0)


def test_a_converged_curve_does_not_squash_the_others() -> None:
    points = GrowingPoints(1)
    points.extend(logarithm(np.array([[1.0, 1e-300, 0.0]])))
    assert points.range(logarithmic=True) == (-10.0, 0.0)


@pytest.mark.parametrize("logarithmic", [True, False])
def test_a_race_without_numbers_has_a_range(logarithmic: bool) -> None:
    points = GrowingPoints(1)
    assert points.range(logarithmic=logarithmic) == (-1.0, 1.0)
    points.extend(np.array([[np.nan, np.inf]]))
    assert points.range(logarithmic=logarithmic) == (-1.0, 1.0)
    flat = GrowingPoints(1)
    flat.extend(np.array([[2.0, 2.0]]))
    low, high = flat.range(logarithmic=logarithmic)
    assert low < 2.0 < high


def test_what_is_thrown_up_and_comes_back_stays_in_the_plot_and_what_diverges_leaves_it() -> None:
    points = GrowingPoints(3)
    points.extend(np.array([[0.0, 4.0, 1.0], [0.0, 9.0, 30.0], [-1.0, -2.0, -3.0]]))
    assert points.range(logarithmic=True) == (-3.0, 1.0)  # nobody is back yet
    points.extend(np.array([[-1.0], [np.nan], [-4.0]]))
    assert points.range(logarithmic=True) == (-4.0, 4.0)
