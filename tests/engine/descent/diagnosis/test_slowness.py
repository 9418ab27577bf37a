"""Why a racer is slow: the numbers are the closed forms, and the race has the same pace."""

from __future__ import annotations

import math

import pytest

from engine.descent.diagnosis.slowness import (
    FLAT_DIRECTION,
    KINKED,
    KNOWN,
    NO_MINIMUM,
    NO_THEORY,
    Slowness,
    explain_pace,
    find_pace,
    steps_for_a_digit,
)
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.optimizers.racer import Racer


def paced(spec: RaceSpec, step: int = -1) -> Slowness:
    frames = list(race(spec))
    return find_pace(spec, frames, 0, step % len(frames))


def quadratic(racer: Racer, condition: float = 50.0, steps: int = 200) -> RaceSpec:
    return RaceSpec("quadratic", parameters={"condition": condition}, racers=(racer,), steps=steps)


def test_gradient_descent_on_a_quadratic() -> None:
    found = paced(quadratic(Racer("sgd", {"lr": 0.01})))
    assert (found.answer, found.at_minimum, found.exact) == (KNOWN, True, True)
    assert found.place == (0, 0) and found.curvatures == (1, 50) and found.condition == 50
    assert found.factors == pytest.approx((0.99, 0.5))
    assert found.factor == pytest.approx(0.99) and found.slow == pytest.approx((1, 0))
    assert found.measured == pytest.approx(0.99, rel=1e-9)
    assert found.steps_for_a_digit == pytest.approx(math.log(10) / -math.log(0.99))
    assert found.best == pytest.approx({"lr": 2 / 51})
    assert found.best_factor == pytest.approx(49 / 51)


def test_the_best_settings_race_at_the_pace_that_is_promised() -> None:
    slow = paced(quadratic(Racer("momentum", {"lr": 0.001})))
    assert slow.best == pytest.approx(
        {"lr": 4 / (1 + 50**0.5) ** 2, "momentum": ((50**0.5 - 1) / (50**0.5 + 1)) ** 2}
    )
    fast = paced(quadratic(Racer("momentum", dict(slow.best)), steps=90))
    assert fast.factor == pytest.approx(slow.best_factor, abs=1e-6)
    # A double root: the distance goes as k rho^k, so the mean over 50 steps is a little above.
    assert fast.best_factor < fast.measured < fast.best_factor * 1.05
    assert fast.measured < slow.measured


def test_heavy_balls_optimum_is_told_of_any_surface_at_its_minimum() -> None:
    # Himmelblau at (3, 2): the Hessian is [[74, 20], [20, 34]].
    least, greatest = (54 - math.hypot(20, 20)), (54 + math.hypot(20, 20))
    spec = RaceSpec("himmelblau", racers=(Racer("heavy-ball", {"lr": 1e-3}),), start=(3.2, 2.2))
    found = paced(spec)
    assert found.place == pytest.approx((3, 2)) and not found.exact and found.at_minimum
    assert found.curvatures == pytest.approx((least, greatest))
    roots = math.sqrt(least), math.sqrt(greatest)
    assert found.best["lr"] == pytest.approx((2 / sum(roots)) ** 2)
    assert found.best["momentum"] == pytest.approx(((roots[1] - roots[0]) / sum(roots)) ** 2)
    assert found.best_factor == pytest.approx((roots[1] - roots[0]) / sum(roots))


def test_the_best_is_tried_by_racing() -> None:
    spec = quadratic(Racer("momentum", {"lr": 0.001}), steps=30)
    *_, found = explain_pace(spec, list(race(spec)), 0, 30)
    assert found.best_holds is True
    assert len(found.away) == 31 and found.away[0] == pytest.approx(math.hypot(2.5, 1))
    # Far out it is steeper than at its minimum: the best there, 2/3, is too much here.
    racers = (Racer("sgd", {"lr": 1e-3}),)
    spec = RaceSpec(None, "x^2/2 + x^4 + y^2", racers=racers, start=(3.0, 1.0), steps=40)
    *_, found = explain_pace(spec, list(race(spec)), 0, 40)
    assert found.best_holds is False


def test_nesterovs_optimum_and_its_pace() -> None:
    found = paced(quadratic(Racer("nesterov", {"lr": 0.01, "momentum": 0.5})))
    root = math.sqrt(151)
    assert found.best == pytest.approx({"lr": 4 / 151, "momentum": (root - 2) / (root + 2)})
    assert found.best_factor == pytest.approx(1 - 2 / root)


def test_newton_needs_no_more_than_a_step() -> None:
    found = paced(quadratic(Racer("newton", {"damping": 1.0}), steps=20))
    assert found.own_scales and found.factors == pytest.approx((0.5, 1 - 50 / 51))
    assert found.measured == pytest.approx(0.5, rel=0.01)
    assert found.best == {"lr": 1, "damping": 0} and found.best_steps_for_a_digit == 0


def test_adams_scales_are_those_of_its_step_and_it_has_no_best() -> None:
    found = paced(quadratic(Racer("rmsprop", {"lr": 0.01}), steps=150), step=1)
    assert found.answer == KNOWN and found.own_scales
    assert found.best == {} and math.isnan(found.best_factor)
    assert math.isnan(found.best_steps_for_a_digit)


def test_weight_decay_counts_as_curvature() -> None:
    found = paced(quadratic(Racer("sgd", {"lr": 0.01, "weight_decay": 1.0})))
    assert found.factors == pytest.approx((0.98, 0.49))
    assert found.best == pytest.approx({"lr": 2 / 53})


@pytest.mark.parametrize(
    ("spec", "answer"),
    [
        (RaceSpec(None, "x^4 + y^2", racers=(Racer("sgd", {"lr": 0.01}),)), FLAT_DIRECTION),
        (RaceSpec("saddle", racers=(Racer("sgd", {"lr": 0.01}),)), NO_MINIMUM),
        (quadratic(Racer("lion", {"lr": 0.01})), NO_THEORY),
        (quadratic(Racer("line-search"), steps=20), NO_THEORY),
    ],
)
def test_where_theory_has_no_answer_it_is_said(spec: RaceSpec, answer: str) -> None:
    found = paced(spec, step=20)
    assert found.answer == answer
    assert found.best == {}


def test_a_kink_has_no_curvature() -> None:
    from engine.descent.surfaces import registry

    kinked = [name for name, surface in registry.SURFACES.items() if surface.kinked]
    assert kinked
    spec = RaceSpec(kinked[0], racers=(Racer("sgd", {"lr": 1e-3}),), steps=5)
    assert paced(spec).answer == KINKED


def test_noise_and_batches_are_said() -> None:
    assert not paced(quadratic(Racer("sgd"), steps=5)).noisy
    from dataclasses import replace

    assert paced(replace(quadratic(Racer("sgd"), steps=5), noise=0.1)).noisy


def test_a_factor_in_steps_for_a_digit() -> None:
    assert steps_for_a_digit(0.1) == pytest.approx(1)
    assert steps_for_a_digit(0.0) == 0
    assert steps_for_a_digit(1.0) == math.inf
    assert math.isnan(steps_for_a_digit(math.nan))
