"""The view of a formula follows its scale."""

from __future__ import annotations

import math

import pytest

from engine.descent.maps.region import checked_region, region_of
from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces.formula import formula_surface
from engine.descent.surfaces.surface import FORMULA_DOMAIN
from engine.errors import FormulaError


@pytest.mark.parametrize(
    "text",
    ["x^2 + y^2", "x^2", "sin(x)*cos(y)", "(1-x)^2 + 100(y-x^2)^2", "3", "x + y", "log(x)+y^2"],
)
def test_what_is_seen_in_the_usual_view_keeps_it(text: str) -> None:
    assert region_of(formula_surface(text)) == FORMULA_DOMAIN


@pytest.mark.parametrize(
    ("text", "minimum"),
    [
        ("(x-20)^2 + (y+30)^2", (20, -30)),
        ("(x/300)^2 + (y/200 - 1)^2", (0, 200)),
        ("sqrt((x-7)^2 + y^2)", (7, 0)),
    ],
)
def test_a_minimum_far_away_is_in_view_and_inside(text: str, minimum: tuple[float, float]) -> None:
    x0, x1, y0, y1 = region_of(formula_surface(text))
    half = (x1 - x0) / 2
    assert max(abs(minimum[0] - x0), abs(x1 - minimum[0])) < 2 * half
    assert x0 + 0.03 * half < minimum[0] < x1 - 0.03 * half
    assert y0 + 0.03 * half < minimum[1] < y1 - 0.03 * half
    assert half <= 10 * max(10.0, math.hypot(*minimum))


@pytest.mark.parametrize("width", [0.2, 0.05])
def test_a_small_hole_in_a_plain_fills_the_view(width: float) -> None:
    surface = formula_surface(f"-exp(-((x-1)^2 + (y-2)^2)/{width}^2)")
    x0, x1, y0, y1 = region_of(surface)
    assert x0 < 1 < x1 and y0 < 2 < y1
    assert 2 * width < x1 - x0 < 40 * width and (x1 - x0) == pytest.approx(y1 - y0)


def test_a_map_comes_first_and_a_formula_that_cannot_be_read_fails() -> None:
    first, region = checked_region(RaceSpec(surface=None, formula="(x-20)^2 + y^2"), (16, 16))
    assert first.loss.shape == (16, 16) and region == (-50.0, 50.0, -50.0, 50.0)
    with pytest.raises(FormulaError):
        next(checked_region(RaceSpec(surface=None, formula="x +"), (16, 16)))
