"""The figures under the cursor."""

from __future__ import annotations

from engine.descent.race.spec import RaceSpec
from gui.descent.cursor_readout import read_point, write

TEMPLATE = "{x} {y} {f} {slope} {low} {high} {condition}"


def written(spec: RaceSpec, x: float, y: float) -> str:
    (point,) = read_point(spec, x, y)
    return write(point, TEMPLATE)


def test_the_figures_at_rosenbrocks_minimum() -> None:
    assert written(RaceSpec(surface="rosenbrock"), 1.0, 1.0) == "1 1 0 0 0.3994 1002 2508"


def test_a_condition_that_is_no_number_is_said() -> None:
    assert written(RaceSpec(surface=None, formula="sqrt(x)"), -1, 0).endswith("NaN")
