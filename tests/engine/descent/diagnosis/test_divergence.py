"""Why a racer diverged: every number against its closed form, and the offered rate by racing."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.descent.diagnosis.divergence import (
    FALLS,
    NO_THEORY,
    STABLE,
    UNDEFINED,
    UNSTABLE,
    Divergence,
    explain_divergence,
    find_divergence,
)
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.optimizers.racer import Racer


def explained(spec: RaceSpec, index: int = 0) -> Divergence:
    *_, found = explain_divergence(spec, list(race(spec)), index)
    return found


def diverges(spec: RaceSpec, index: int, rate: float) -> bool:
    racers = list(spec.racers)
    racers[index] = replace(racers[index], settings={**racers[index].settings, "lr": rate})
    *_, last = race(replace(spec, racers=tuple(racers)))
    return last.state[index] == "diverged"


@pytest.mark.parametrize(
    ("racer", "limit", "factor"),
    [
        (Racer("sgd", {"lr": 0.05}), 2.0, 1.5),  # |1 - .05 50|
        (Racer("momentum", {"lr": 0.1, "momentum": 0.9}), 3.8, None),
        (Racer("nesterov", {"lr": 0.05, "momentum": 0.9}), 3.8 / 2.8, None),
        (Racer("momentum", {"lr": 0.1, "momentum": 0.5, "dampening": 0.5}), 6.0, None),
    ],
)
def test_on_a_quadratic_it_began_at_the_first_step_along_the_steep_direction(
    racer: Racer, limit: float, factor: float | None
) -> None:
    if racer.settings.get("dampening"):
        racer = replace(racer, settings={**racer.settings, "lr": 0.2})
    spec = RaceSpec("quadratic", parameters={"condition": 50.0}, racers=(racer,), steps=90)
    found = explained(spec)
    assert (found.cause, found.step, found.curvature, found.felt) == (UNSTABLE, 0, 50, 50)
    assert found.place == spec.start or found.place == (-2.5, 1.0)
    assert np.abs(found.direction).tolist() == [0, 1]
    assert found.rate == racer.settings["lr"]
    assert found.product == pytest.approx(racer.settings["lr"] * 50)
    assert found.limit == pytest.approx(limit) and found.product > found.limit
    assert factor is None or found.factor == pytest.approx(factor)
    # The rate that is offered is theory's, rounded down, and the race holds it.
    assert 0.99 * limit / 50 < found.stable < limit / 50
    assert found.tried == found.stable
    assert not diverges(spec, 0, found.stable)
    assert found.factor > 1 and found.diverged_at < 90


def test_a_rotated_quadratic_names_its_steep_direction() -> None:
    formula = "3x^2 + 3y^2 + 4x*y"  # eigenvalues 2 and 10, along (1, -1) and (1, 1)
    spec = RaceSpec(None, formula, start=(1.0, 0.3), racers=(Racer("sgd", {"lr": 0.3}),), steps=200)
    found = explained(spec)
    assert found.curvature == pytest.approx(10) and found.product == pytest.approx(3)
    assert abs(found.direction[0]) == pytest.approx(math.sqrt(0.5))
    assert found.direction[0] == pytest.approx(found.direction[1])
    assert found.stable == pytest.approx(0.199)


def test_on_a_quartic_the_step_is_the_first_beyond_the_limit() -> None:
    # x^4: the curvature 12 x^2 is 2 / lr at x^2 = 1 / (6 lr), and beyond sqrt(2) times it grows.
    spec = RaceSpec(
        None, "x^4 + y^2", start=(1.0, 0.0), racers=(Racer("sgd", {"lr": 0.6}),), steps=50
    )
    found = explained(spec)
    assert (found.cause, found.step) == (UNSTABLE, 0)
    assert found.curvature == pytest.approx(12) and found.product == pytest.approx(7.2)
    assert found.stable == pytest.approx(0.166)  # 2 / 12, rounded down
    assert found.tried == found.stable == 0.166 and not diverges(spec, 0, found.tried)


def test_adams_curvature_is_divided_by_its_scales() -> None:
    racer = Racer("adam", {"lr": 500.0})
    spec = RaceSpec("quadratic", parameters={"condition": 50.0}, racers=(racer,), steps=5)
    found = find_divergence(spec, list(race(spec)), 0)
    # In the first step m = .1 g and v = .001 g^2: P is .1 |g|, and |g| is (2.5, 50).
    assert found.own_scales and found.curvature == 50
    assert found.felt == pytest.approx(50 / (0.1 * 50), rel=1e-6)
    assert found.limit == pytest.approx(38)
    assert found.stable == pytest.approx(3.79, abs=0.011)  # 38 / 10


def test_a_schedules_rate_is_held_against_the_limit_and_the_set_one_is_offered() -> None:
    racer = Racer(
        "sgd", {"lr": 0.1}, schedule="warmup",
        schedule_settings={"start_factor": 0.1, "total_iters": 10},
    )  # fmt: skip
    spec = RaceSpec("quadratic", parameters={"condition": 50.0}, racers=(racer,), steps=80)
    found = find_divergence(spec, list(race(spec)), 0)
    # .01 at first, and .009 more each step up to .1: .046 is the first above 2 / 50.
    assert found.step == 4 and found.rate == pytest.approx(0.046)
    assert found.stable == pytest.approx(0.0869)  # .1 times .04 / .046, rounded down


def test_where_the_loss_falls_for_ever_no_rate_is_blamed() -> None:
    spec = RaceSpec("saddle", racers=(Racer("sgd", {"lr": 0.1}),), steps=300)
    found = explained(spec)
    assert found.cause == FALLS and found.tried is None
    assert found.last_loss < found.loss


def test_a_rule_without_a_limit_says_so() -> None:
    spec = RaceSpec("saddle", racers=(Racer("lion", {"lr": 100.0}),), steps=300)
    found = explained(spec)
    assert found.cause in (NO_THEORY, FALLS) and found.path is None
    assert math.isnan(found.limit) and math.isnan(found.stable)


def test_a_place_without_loss_is_no_matter_of_the_rate() -> None:
    spec = RaceSpec(
        None, "log(x) + y^2", start=(0.5, 1.0), racers=(Racer("sgd", {"lr": 0.3}),), steps=20
    )
    assert explained(spec).cause == UNDEFINED


def test_an_exponential_throws_a_stable_racer_out() -> None:
    # A slope without curvature: lr times lambda is 0, and one step of 1000 leaves the view.
    spec = RaceSpec(
        None, "abs(x) + 0*y", start=(1.0, 0.0), racers=(Racer("sgd", {"lr": 5000.0}),), steps=5
    )
    found = find_divergence(spec, list(race(spec)), 0)
    assert found.cause in (STABLE, NO_THEORY)
    assert not found.product > 0


def test_the_offered_rate_is_halved_where_the_path_is_steeper_further_on() -> None:
    spec = RaceSpec("rosenbrock", racers=(Racer("nesterov", {"lr": 0.003}),), steps=300)
    found = explained(spec)
    assert found.cause == UNSTABLE and found.step > 0
    assert (
        found.tried is not None and found.tried < found.stable and diverges(spec, 0, found.stable)
    )
    assert not diverges(spec, 0, found.tried)


def test_of_two_racers_the_one_that_is_asked_about_is_explained() -> None:
    racers = (Racer("adam"), Racer("sgd", {"lr": 0.05}))
    spec = RaceSpec("quadratic", parameters={"condition": 50.0}, racers=racers, steps=50)
    frames = list(race(spec))
    assert find_divergence(spec, frames, 1).rate == 0.05
    with pytest.raises(ValueError):
        find_divergence(spec, frames, 0)
