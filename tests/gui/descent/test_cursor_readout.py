"""The figures under the cursor."""

from __future__ import annotations

import math

import pytest

from engine.descent.race.spec import RaceSpec
from gui.descent.cursor_readout import Figures, Probe, write

TEMPLATE = "{x} {y} {f} {slope} {low} {high} {condition}"


def at(spec: RaceSpec, x: float, y: float) -> Figures:
    (figures,) = Probe(spec, x, y)()
    return figures


def test_the_figures_at_rosenbrocks_minimum() -> None:
    figures = at(RaceSpec(surface="rosenbrock"), 1.0, 1.0)
    assert (figures.loss, figures.slope) == (0, 0)
    assert figures.curvatures == pytest.approx((0.399361, 1001.6006), rel=1e-6)
    assert figures.condition == pytest.approx(1001.6006 / 0.399361, rel=1e-5)
    assert write(figures, TEMPLATE) == "1 1 0 0 0.3994 1002 2508"


def test_the_condition_of_a_saddle_and_of_a_plain() -> None:
    saddle = at(RaceSpec(surface=None, formula="x^2 - 3*y^2"), 0.5, 2.0)
    assert saddle.curvatures == pytest.approx((-6, 2)) and saddle.condition == pytest.approx(3)
    assert at(RaceSpec(surface=None, formula="x^2"), 0.0, 0.0).condition == math.inf
    assert math.isnan(at(RaceSpec(surface=None, formula="x + y"), 0.0, 0.0).condition)
    assert write(at(RaceSpec(surface=None, formula="sqrt(x)"), -1, 0), TEMPLATE).endswith("NaN")
