"""The map: coarse then fine, its levels, its contours, its holes."""

from __future__ import annotations

import numpy as np
import pytest

from engine.descent.maps.landscape import LandscapeSpec, landscape
from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces.registry import SURFACES
from engine.errors import InputError
from engine.landscape import choose_levels, wants_logarithm


def final(**spec):
    *_, last = landscape(LandscapeSpec(size=(121, 81), **spec))
    return last


def test_coarse_comes_first_and_fine_last() -> None:
    first, last = landscape(LandscapeSpec(size=(512, 256)))
    assert (first.loss.shape, first.final) == ((64, 128), False)
    assert (last.loss.shape, last.final) == ((256, 512), True)


def test_a_race_spec_names_a_map_too() -> None:
    *_, drawn = landscape(RaceSpec(surface="saddle"), (40, 30))
    assert drawn.loss.shape == (30, 40) and drawn.final


def test_rows_are_y_and_ends_of_the_domain_are_included() -> None:
    drawn = final(formula="x + 10*y", domain=(0, 2, -1, 1))
    assert drawn.x[[0, -1]].tolist() == [0, 2] and drawn.y[[0, -1]].tolist() == [-1, 1]
    assert drawn.loss[0, -1] == -8 and drawn.loss[-1, 0] == 10


@pytest.mark.parametrize("name", SURFACES)
def test_contours_lie_on_their_levels(name: str) -> None:
    drawn = final(surface=name)
    assert len(drawn.levels) == len(drawn.contours) >= 5
    assert (np.diff(drawn.levels) > 0).all()
    assert sum(map(len, drawn.contours)) >= 5
    x0, x1, y0, y1 = SURFACES[name].domain
    for lines in drawn.contours:
        for line in lines:
            assert line.ndim == 2 and line.shape[1] == 2 and line.dtype == np.float64
            assert (line >= [x0 - 1e-9, y0 - 1e-9]).all() and (line <= [x1 + 1e-9, y1 + 1e-9]).all()


def test_contours_of_a_cone_are_circles_of_their_level() -> None:
    drawn = final(formula="x^2 + y^2", domain=(-2, 2, -2, 2))
    for level, lines in zip(drawn.levels, drawn.contours, strict=True):
        for line in lines:
            assert np.allclose((line**2).sum(1), level, atol=0.02)


@pytest.mark.parametrize("name", SURFACES)
def test_colours_are_finite_and_can_be_undone(name: str) -> None:
    drawn = final(surface=name)
    shade = drawn.scaled(drawn.loss)
    assert np.isfinite(shade).all()
    assert np.allclose(drawn.unscaled(shade), drawn.loss, rtol=1e-6, atol=1e-6)
    assert drawn.minima.tolist() == [list(point) for point in SURFACES[name].minima]


def test_what_is_no_number_is_kept_and_told() -> None:
    drawn = final(formula="log(x) + y", domain=(-1, 1, 0, 1))
    assert drawn.nan_share == pytest.approx(0.5, abs=0.01)
    assert np.isneginf(drawn.loss[:, 60]).all() and drawn.inf_share > 0
    assert len(drawn.levels) and all((line[:, 0] > 0).all() for c in drawn.contours for line in c)


@pytest.mark.parametrize("formula", ["log(-1 - x^2)", "1e999 + x", "3", "0*x"])
def test_a_map_without_relief_has_no_contours(formula: str) -> None:
    drawn = final(formula=formula)
    assert drawn.contours == () and len(drawn.levels) == 0
    assert drawn.loss.shape == (81, 121)


def test_a_formula_gets_logarithmic_levels_where_its_range_asks() -> None:
    assert final(formula="(1 - x)^2 + 100*(y - x^2)^2").logarithmic
    assert not final(formula="x + y").logarithmic
    assert not final(formula="20 + x^2 - 10*cos(2*pi*x) + y^2").logarithmic
    assert not wants_logarithm(np.empty(0))


def test_logarithmic_levels_are_round_numbers() -> None:
    levels = choose_levels(np.geomspace(1e-3, 1e3, 1000), 0.0, logarithmic=True)
    assert {f"{level:.0e}"[0] for level in levels} == {"1", "2", "5"}


def test_bad_names_are_refused() -> None:
    with pytest.raises(InputError, match="foo"):
        next(landscape(LandscapeSpec(surface="foo")))


def test_minima_outside_the_view_are_not_drawn() -> None:
    assert len(final(surface="himmelblau", domain=(0, 5, 0, 5)).minima) == 1


def test_a_valley_that_falls_for_ever_has_no_minima() -> None:
    drawn = final(formula="(1 - sigmoid(4*x))^2 + 0.05*y^2", domain=(-4, 4, -2.5, 2.5))
    assert len(drawn.minima) == 0


def test_the_logarithm_from_a_low_floor_is_told_from_that_of_the_loss() -> None:
    assert final(surface="two-wells").lifted
    assert not final(surface="rosenbrock").lifted
