"""The moving average against its closed form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.training.comparison.smoothing import part_starts, smooth, smooth_parts

# On a busy machine an example may take its time.
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)


def closed_form(values: list[float], strength: float) -> np.ndarray:
    """sum of (1 - a) a^(t - i) x_i over i <= t, divided by 1 - a^t."""
    result = []
    for t in range(1, len(values) + 1):
        weights = (1 - strength) * strength ** np.arange(t - 1, -1, -1.0)
        result.append(weights @ np.array(values[:t]) / (1 - strength**t))
    return np.array(result)


@QUICK
@given(VALUES, st.floats(0.01, 0.99))
def test_it_is_the_debiased_moving_average(values: list[float], strength: float) -> None:
    expected = closed_form(values, strength)
    np.testing.assert_allclose(smooth(np.array(values), strength), expected, rtol=1e-9, atol=1e-5)


@QUICK
@given(st.floats(-1e6, 1e6), st.floats(0, 0.999), st.integers(1, 60))
def test_a_constant_stays_from_its_first_value(value: float, strength: float, count: int) -> None:
    np.testing.assert_allclose(smooth(np.full(count, value), strength), value, rtol=1e-9)


@QUICK
@given(VALUES, st.floats(0, 0.999))
def test_it_lies_within_the_values(values: list[float], strength: float) -> None:
    result = smooth(np.array(values), strength)
    assert result.min() >= min(values) - 1e-6 and result.max() <= max(values) + 1e-6


def test_without_strength_it_is_the_values() -> None:
    values = np.array([3.0, np.nan, 1.0])
    np.testing.assert_array_equal(smooth(values, 0), values)


def test_what_is_no_number_is_passed_over() -> None:
    values = np.array([np.nan, 1.0, np.inf, 2.0])
    known = smooth(np.array([1.0, 2.0]), 0.5)
    np.testing.assert_allclose(smooth(values, 0.5), [np.nan, known[0], known[0], known[1]])


def test_each_phase_begins_anew() -> None:
    values, phases = np.array([5.0, 4.0, 1.0, 2.0]), np.array([0, 0, 1, 1])
    expected = np.concatenate([smooth(values[:2], 0.9), smooth(values[2:], 0.9)])
    np.testing.assert_array_equal(smooth_parts(values, phases, 0.9), expected)
    assert part_starts(phases) == (0, 2) and part_starts(phases[:0]) == ()


def test_a_strength_of_one_would_forget_nothing_and_learn_nothing() -> None:
    with pytest.raises(ValueError, match="strength"):
        smooth(np.ones(3), 1.0)
