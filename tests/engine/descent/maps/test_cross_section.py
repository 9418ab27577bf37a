"""Cuts against closed forms, and momentum that jumps a local minimum on one."""

from __future__ import annotations

import numpy as np
import pytest

from engine.descent.maps.cross_section import cut
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces.registry import SURFACES
from engine.optimizers.racer import Racer


def test_a_cut_is_the_loss_along_the_line() -> None:
    (line,) = cut(RaceSpec(surface="himmelblau"), (-6.0, -6.0), (6.0, 6.0), count=121)
    x = -6 + line.way / np.sqrt(2)
    np.testing.assert_allclose(line.loss, (x**2 + x - 11) ** 2 + (x + x**2 - 7) ** 2, rtol=1e-12)
    assert line.way[-1] == pytest.approx(12 * np.sqrt(2))
    # x^2 + x = 9 at both: (u - 11)^2 + (u - 7)^2 is least for u = 9.
    roots = np.array([-0.5 - np.sqrt(9.25), -0.5 + np.sqrt(9.25)])
    np.testing.assert_allclose(-6 + line.minima / np.sqrt(2), roots, atol=1e-12)
    np.testing.assert_allclose(line.heights, 8, rtol=1e-12)
    assert line.lowest.all()


def test_two_wells_have_a_local_and_a_global_minimum() -> None:
    (line,) = cut(RaceSpec(surface="two-wells"), (-4.0, 0.0), (4.0, 0.0))
    x = line.minima - 4
    assert len(x) == 2 and line.lowest.tolist() == [True, False]
    np.testing.assert_allclose(0.8 * x**3 - 3.2 * x + 0.5, 0, atol=1e-12)
    known = np.array(SURFACES["two-wells"].minima)
    np.testing.assert_allclose(x, known[:, 0], atol=1e-12)
    for tilt in (-2.0, -0.3, 0.0, 2.0):
        places = SURFACES["two-wells"].bind({"tilt": tilt}).minima
        roots = np.array([place[0] for place in places])
        np.testing.assert_allclose(0.8 * roots**3 - 3.2 * roots + tilt, 0, atol=1e-12)
        assert (2.4 * roots**2 - 3.2 > 0).all()
    np.testing.assert_allclose(known[:, 1], 0)


def test_momentum_jumps_the_local_minimum_or_does_not() -> None:
    racers = (
        Racer("sgd"),
        Racer("momentum", {"momentum": 0.5}),
        Racer("momentum", {"momentum": 0.9}),
    )
    *_, last = race(RaceSpec(surface="two-wells", racers=racers, steps=400))
    lower, upper = SURFACES["two-wells"].minima
    np.testing.assert_allclose(last.position[0], upper, atol=1e-3)
    np.testing.assert_allclose(last.position[1], upper, atol=1e-3)
    np.testing.assert_allclose(last.position[2], lower, atol=1e-3)
    assert (last.position[:, 1] == 0).all()


def test_where_there_is_no_loss_the_cut_has_a_gap() -> None:
    (line,) = cut(RaceSpec(surface=None, formula="sqrt(x)"), (-1.0, 0.0), (1.0, 0.0))
    assert np.isnan(line.loss[:400]).all() and np.isfinite(line.loss[401:]).all()
    assert not len(line.minima)


def test_a_line_without_length_is_a_point() -> None:
    (line,) = cut(RaceSpec(surface="booth"), (1.0, 3.0), (1.0, 3.0))
    np.testing.assert_allclose(line.loss, 0, atol=1e-12)
    assert not len(line.minima)
