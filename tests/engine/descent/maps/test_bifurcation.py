"""The long run for every learning rate, against closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.descent.maps.bifurcation import (
    DIVERGED,
    NONE_FOUND,
    Bifurcation,
    BifurcationSpec,
    bifurcation,
    find_periods,
    suggest_rates,
)
from engine.descent.maps.sweep import Axis
from engine.descent.race.spec import RaceSpec
from engine.errors import InputError
from engine.optimizers.racer import Racer

ALONG_X = ((0.0, 0.0), (1.0, 0.0))
WELL = "x^4/4 - x^2/2 + y^2/2"


def ended(race: RaceSpec, line, low: float, high: float, count: int, **more: int) -> Bifurcation:
    *_, found = bifurcation(BifurcationSpec(race, line, Axis(low, high, count), **more))
    assert found.done == 1 and found.along.shape == (count, more.get("kept", 64))
    return found


def well(name: str = "sgd", **settings: float) -> RaceSpec:
    return RaceSpec(None, WELL, start=(0.6, 5.0), racers=(Racer(name, settings),))


def test_a_quadratic_is_at_rest_below_two_over_lambda_and_lost_beyond() -> None:
    race = RaceSpec(None, "4x^2 + y^2", start=(1.0, 1.0), racers=(Racer("sgd"),))  # 8 along x
    found = ended(race, ALONG_X, 0.2, 0.3, 41, transient=2000)
    assert (found.limit, found.curvature) == (0.25, 8)
    below, beyond = found.lr < 0.249, found.lr > 0.251
    assert (found.period[below] == 1).all() and (found.period[beyond] == DIVERGED).all()
    assert np.isnan(found.place[beyond]).all()
    # Along y the curvature is 2, and the limit 1.
    line = ((0.0, 0.0), (0.0, 1.0))
    assert ended(race, line, 0.9, 1.1, 3).limit == 1
    # In the plane the steepest direction decides.
    assert ended(race, None, 0.2, 0.3, 3).limit == 0.25


@pytest.mark.parametrize(
    ("name", "settings", "limit"),
    [("momentum", {"momentum": 0.5}, 3.0), ("nesterov", {"momentum": 0.5}, 1.5)],
)
def test_momentum_has_its_own_limit(name: str, settings: dict[str, float], limit: float) -> None:
    race = RaceSpec(None, "x^2/2 + y^2", start=(1.0, 0.0), racers=(Racer(name, settings),))
    found = ended(race, ALONG_X, 0.98 * limit, 1.02 * limit, 5, transient=3000)
    assert found.limit == pytest.approx(limit)
    assert found.period[0] == 1 and found.period[-1] == DIVERGED


def test_the_double_well_doubles_its_period_where_its_cubic_map_does() -> None:
    # x -> x + a (x - x^3): at rest in 1 up to a = 1, then in a cycle of two, which is a stable
    # one up to a = sqrt 5 - 1, then in one of four; beyond a = 2 nothing holds it.
    root = math.sqrt(5) - 1
    for low, high, period in (
        (0.5, 0.98, 1), (1.02, 1.2, 2), (root + 0.005, root + 0.02, 4), (2.05, 2.2, DIVERGED)
    ):  # fmt: skip
        found = ended(well(), ALONG_X, low, high, 9, transient=2000)
        assert (found.period == period).all(), (low, high, found.period)
        assert found.limit == pytest.approx(1) and found.curvature == pytest.approx(2)
    # The map leads from each place of the cycle to the other.
    found = ended(well(), ALONG_X, 1.1, 1.1, 1, transient=2000)
    x, y = found.along[0, :2]
    assert x != y
    assert y == pytest.approx(x + 1.1 * (x - x**3)) and x == pytest.approx(y + 1.1 * (y - y**3))
    chaos = ended(well(), ALONG_X, 1.5, 1.5, 1)
    assert chaos.period[0] == NONE_FOUND and len(np.unique(chaos.along[0].round(6))) == 64


def test_iterates_follow_one_another_and_have_their_losses() -> None:
    found = ended(well(), ALONG_X, 0.2, 1.9, 7, transient=50, kept=8)
    x = found.along
    assert np.allclose(x[:, 1:], x[:, :-1] + found.lr[:, None] * (x[:, :-1] - x[:, :-1] ** 3))
    assert (found.place[..., 1] == 0).all()  # y is the line's, not the start's
    assert np.allclose(found.loss, x**4 / 4 - x**2 / 2)
    assert np.allclose(found.sharpness, 3 * x**2 - 1)


def test_a_slanted_line_and_a_rule_that_is_not_compiled() -> None:
    race = RaceSpec(None, "x^2 + y^2", start=(2.0, 0.0), racers=(Racer("line-search"),))
    found = ended(race, ((0.0, 0.0), (3.0, 3.0)), 0.5, 1.0, 3, transient=30, kept=4)
    # (2, 0) is seen on the line at the distance sqrt 2; the minimum is at 0.
    assert np.allclose(found.along, 0, atol=1e-8)
    first = ended(race, ((0.0, 0.0), (3.0, 3.0)), 0.5, 1.0, 3, transient=0, kept=1)
    assert first.along[0, 0] == pytest.approx(math.sqrt(2))
    assert first.place[0, 0] == pytest.approx([1, 1])


def test_the_catapult_ends_where_the_rate_is_stable() -> None:
    # (xy - 1)^2 / 2 has its minima on xy = 1, with the sharpness x^2 + y^2.
    race = RaceSpec(None, "(x*y - 1)^2/2", start=(3.0, 0.4), racers=(Racer("sgd"),))
    found = ended(race, None, 0.05, 0.5, 46, transient=2000)
    sharp = found.sharpness[:, -1]
    start = 3.0**2 + 0.4**2
    # The limit is that where short steps lead, not of some other place of the valley.
    assert found.curvature == pytest.approx(sharp[0], rel=0.01)
    assert found.limit == pytest.approx(2 / found.curvature)
    gentle = found.lr < 1.9 / start
    assert (sharp[gentle] > 8.8).all()
    thrown = (found.lr > 2.3 / start) & (found.lr < 3.8 / start)
    assert thrown.any() and (found.period[thrown] == 1).all()
    assert (sharp[thrown] <= 2 / found.lr[thrown] + 1e-6).all()
    assert (found.period[found.lr > 4.2 / start] == DIVERGED).all()


def test_the_suggested_rates_hold_theorys_limit() -> None:
    rates = suggest_rates(well(), ALONG_X, 200)
    assert rates.count == 200 and rates.high == pytest.approx(2.3) and 0 < rates.low < 0.02


def test_periods_are_found_in_what_repeats() -> None:
    def rows(*values: list[float]) -> np.ndarray:
        x = np.array(values)
        return np.stack([x, np.zeros_like(x)], axis=-1)

    cycle = [1.0, 2.0, 3.0, 2.0] * 4
    found = find_periods(rows([5.0] * 16, [1.0, -1.0] * 8, cycle, [*cycle[:-1], math.nan]))
    assert found.tolist() == [1, 2, 4, DIVERGED]
    assert find_periods(rows(list(np.arange(16.0)), [0.0] * 16)).tolist() == [NONE_FOUND, 1]


def test_what_cannot_be_run_is_refused() -> None:
    with pytest.raises(InputError):
        next(bifurcation(BifurcationSpec(well("lbfgs"), None, Axis(0.1, 1.0, 5))))
    with pytest.raises(InputError):
        next(bifurcation(BifurcationSpec(well(), None, Axis(0.1, 1.0, 10**6))))
