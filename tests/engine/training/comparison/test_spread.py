"""When one group of seeds is better than another, by hand and against scipy."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from engine.training.comparison.spread import Sample, Verdict, judge, t_quantile, welch_margin

# On a busy machine an example may take its time.
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

NUMBERS = st.lists(st.floats(0, 1), min_size=3, max_size=7)


@pytest.mark.parametrize("freedom", [1, 1.5, 2, 2.94, 4, 17.3, 400])
@pytest.mark.parametrize("probability", [0.6, 0.95, 0.975])
def test_the_quantile_is_that_of_students_t(probability: float, freedom: float) -> None:
    expected = stats.t.ppf(probability, freedom)
    assert t_quantile(probability, freedom) == pytest.approx(expected, rel=1e-9)


def test_the_numbers_of_a_sample_by_hand() -> None:
    sample = Sample((0.30, 0.34, 0.35))
    assert sample.mean == pytest.approx(0.33)
    # Squares 9, 1, 4 of hundredths over n - 1 = 2.
    assert sample.deviation == pytest.approx(math.sqrt(0.0014 / 2))
    assert math.isnan(Sample((0.3,)).deviation) and math.isnan(Sample(()).mean)


@QUICK
@given(NUMBERS, NUMBERS)
def test_the_margin_is_that_of_welchs_interval(a: list[float], b: list[float]) -> None:
    assume(max(a) - min(a) > 1e-6 and max(b) - min(b) > 1e-6)
    low, high = stats.ttest_ind(a, b, equal_var=False).confidence_interval(0.95)
    margin = welch_margin(Sample(tuple(a)), Sample(tuple(b)))
    assert margin == pytest.approx((high - low) / 2, rel=1e-6)


@pytest.mark.parametrize(
    ("first", "second", "metric", "verdict"),
    [
        ((0.40, 0.41, 0.42), (0.30, 0.31, 0.32), "bbox.AP", "first"),
        ((0.30, 0.31, 0.32), (0.40, 0.41, 0.42), "bbox.AP", "second"),
        ((0.30, 0.31, 0.32), (0.40, 0.41, 0.42), "loss", "first"),
        # Parted, but by less than the seeds spread: t = 1.9 at 4 degrees of freedom.
        ((0.30, 0.36, 0.42), (0.24, 0.27, 0.29), "bbox.AP", "none"),
        # The means lie far apart, and yet one run is worse than the other side's best.
        ((0.50, 0.51, 0.52, 0.53, 0.30), (0.29, 0.30, 0.31, 0.30, 0.305), "bbox.AP", "none"),
        ((0.9, 0.91), (0.1, 0.11, 0.12), "bbox.AP", "too_few"),
        ((), (0.1, 0.11, 0.12), "bbox.AP", "too_few"),
        ((0.3, 0.3, 0.3), (0.3, 0.3, 0.3), "bbox.AP", "none"),
    ],
)
def test_better_is_only_said_outside_the_spread(
    first: tuple[float, ...], second: tuple[float, ...], metric: str, verdict: Verdict
) -> None:
    assert judge(metric, "last", Sample(first), Sample(second)).verdict == verdict


def test_totals_of_other_losses_are_not_compared() -> None:
    samples = Sample((1.0, 1.1, 1.2)), Sample((8.0, 8.1, 8.2))
    assert judge("loss", "last", *samples, comparable=False).verdict == "other_losses"


@QUICK
@given(NUMBERS, NUMBERS)
def test_no_verdict_without_separation_and_significance(a: list[float], b: list[float]) -> None:
    judged = judge("bbox.AP", "best", Sample(tuple(a)), Sample(tuple(b)))
    turned = judge("bbox.AP", "best", Sample(tuple(b)), Sample(tuple(a)))
    other = {"first": "second", "second": "first", "none": "none"}
    assert turned.verdict == other[judged.verdict]
    if judged.verdict == "first":
        assert min(a) > max(b)
        assert judged.difference > judged.margin
    if max(a) == max(b):
        assert judged.verdict == "none"


@QUICK
@given(NUMBERS, st.floats(0.01, 100))
def test_the_scale_of_the_metric_decides_nothing(a: list[float], scale: float) -> None:
    assume(max(a) - min(a) > 1e-3)
    shifted = tuple(value + 2.0 for value in a)
    plain = judge("bbox.AP", "last", Sample(shifted), Sample(tuple(a)))
    scaled = judge(
        "bbox.AP",
        "last",
        Sample(tuple(value * scale for value in shifted)),
        Sample(tuple(value * scale for value in a)),
    )
    assert plain.verdict == scaled.verdict
