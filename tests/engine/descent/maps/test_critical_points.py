"""Critical points against what is known of the functions."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from engine.descent.maps.critical_points import CriticalPoints, Searching, critical_points
from engine.descent.race.spec import RaceSpec


def found(surface: str | None = None, **more: object) -> CriticalPoints:
    *_, points = critical_points(RaceSpec(surface=surface, **more))  # type: ignore[arg-type]
    assert isinstance(points, CriticalPoints)
    return points


def of_kind(points: CriticalPoints, kind: str) -> np.ndarray:
    """(K, 2) places of a kind, sorted by x."""
    chosen = points.place[[name == kind for name in points.kind]]
    return chosen[chosen[:, 0].argsort()]


def test_himmelblau_has_its_nine_points() -> None:
    points = found("himmelblau")
    minima = [
        (-3.779310253, -3.283185991), (-2.805118087, 3.131312518),
        (3.0, 2.0), (3.584428340, -1.848126527),
    ]  # fmt: skip
    saddles = [
        (-3.073025751, -0.081353044), (-0.127961347, -1.953714980),
        (0.086677505, 2.884254701), (3.385154184, 0.073851880),
    ]  # fmt: skip
    np.testing.assert_allclose(of_kind(points, "minimum"), minima, atol=1e-8)
    np.testing.assert_allclose(of_kind(points, "saddle"), saddles, atol=1e-8)
    np.testing.assert_allclose(
        of_kind(points, "maximum"), [(-0.270844591, -0.923038556)], atol=1e-8
    )
    assert len(points.kind) == 9 and not points.more
    assert points.loss[-1] == pytest.approx(181.616522, abs=1e-6)
    assert points.kind[:4] == ("minimum",) * 4


def test_rosenbrock_has_one_minimum_and_its_known_eigenvalues() -> None:
    points = found("rosenbrock")
    assert points.kind == ("minimum",)
    np.testing.assert_allclose(points.eigenvalues, [(0.399361, 1001.6006)], rtol=1e-6)


def test_the_monkey_saddle_has_no_curvature_to_judge_by() -> None:
    points = found("monkey-saddle")
    assert points.kind == ("degenerate",)
    np.testing.assert_allclose(points.place, [(0, 0)], atol=1e-9)
    np.testing.assert_allclose(points.eigenvalues, [(0, 0)], atol=1e-9)


def test_a_narrow_hole_in_a_plain_is_found() -> None:
    points = found("easom")
    np.testing.assert_allclose(points.place[0], [np.pi, np.pi], atol=1e-12)
    # Around it -cos x cos y exp(-r^2) is -1 + 3/2 r^2.
    np.testing.assert_allclose(points.eigenvalues[0], [3, 3], rtol=1e-9)


@pytest.mark.parametrize(
    ("surface", "kinds"),
    [
        # 11 minima and 10 maxima along each axis.
        ("rastrigin", {"minimum": 121, "saddle": 220, "maximum": 100}),
        ("six-hump-camel", {"minimum": 6, "saddle": 7, "maximum": 2}),
        ("saddle", {"saddle": 1}),
    ],
)
def test_how_many_there_are_of_each_kind(surface: str, kinds: dict[str, int]) -> None:
    assert Counter(found(surface).kind) == kinds


@pytest.mark.parametrize(
    ("formula", "kinds"),
    [
        # It rests where x = pi/2 + j pi and y = k pi, or x = j pi and y = pi/2 + k pi.
        ("sin(x)*cos(y)", {"minimum": 6, "maximum": 6, "saddle": 12}),
        ("x^4 + y^4", {"degenerate": 1}),
        ("x + y", {}),
        ("3", {}),
        ("log(x - 9)", {}),
        ("abs(x) + y^2", {}),  # a kink has no Hessian
    ],
)
def test_a_formula_has_them_too(formula: str, kinds: dict[str, int]) -> None:
    assert Counter(found(None, formula=formula).kind) == kinds


def test_the_floor_of_a_valley_is_not_told_to_its_end() -> None:
    points = found(None, formula="x^2")
    assert set(points.kind) == {"degenerate"} and points.more
    np.testing.assert_allclose(points.place[:, 0], 0, atol=1e-9)


def test_only_what_is_in_view_counts() -> None:
    points = found("himmelblau", domain=(2.0, 4.0, 1.0, 3.0))
    np.testing.assert_allclose(points.place, [(3, 2)], atol=1e-9)


def test_ackleys_lowest_minimum_is_a_cusp_and_the_first() -> None:
    points = found("ackley", domain=(-0.5, 0.5, -0.4, 0.4))
    assert points.kind[0] == "cusp" and Counter(points.kind)["minimum"] == 0
    np.testing.assert_array_equal(points.place[0], [0, 0])
    assert points.loss[0] == pytest.approx(0, abs=1e-12)
    assert np.isnan(points.eigenvalues[0]).all()
    assert "cusp" not in found("ackley", domain=(0.5, 1.5, 0.5, 1.5)).kind


def test_the_faintest_saddles_have_curvatures_of_both_signs() -> None:
    points = found("easom", domain=(-10.0, 12.0, -10.0, 12.0))
    saddles = np.array([name == "saddle" for name in points.kind])
    low, high = points.eigenvalues[saddles].T
    assert saddles.any() and (low < 0).all() and (high > 0).all()


def test_the_search_says_how_far_it_is_and_yields_after_each_step() -> None:
    *steps, last = critical_points(RaceSpec(surface="saddle"))
    assert isinstance(last, CriticalPoints)
    done = [step.done for step in steps if isinstance(step, Searching)]
    assert len(done) == len(steps) > 3 and done == sorted(done)
    assert {step.count for step in steps if isinstance(step, Searching)} == {done[-1]}
