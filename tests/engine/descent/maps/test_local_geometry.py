"""Loss, gradient and curvatures at one point."""

from __future__ import annotations

import math

import pytest

from engine.descent.maps.local_geometry import local_geometry
from engine.descent.race.spec import RaceSpec


def test_rosenbrocks_minimum() -> None:
    point = local_geometry(RaceSpec(surface="rosenbrock"), 1.0, 1.0)
    assert (point.loss, point.gradient_norm) == (0, 0)
    assert point.curvatures == pytest.approx((0.399361, 1001.6006), rel=1e-6)
    assert point.condition == pytest.approx(1001.6006 / 0.399361, rel=1e-5)


def test_the_condition_of_a_saddle_and_of_a_plain() -> None:
    saddle = local_geometry(RaceSpec(surface=None, formula="x^2 - 3*y^2"), 0.5, 2.0)
    assert saddle.curvatures == pytest.approx((-6, 2)) and saddle.condition == pytest.approx(3)
    trough = local_geometry(RaceSpec(surface=None, formula="x^2"), 0.0, 0.0)
    assert trough.condition == math.inf
    plain = local_geometry(RaceSpec(surface=None, formula="x + y"), 0.0, 0.0)
    assert math.isnan(plain.condition)
