"""What racers spend: the calls that are counted are those that the rules make."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.descent.maps.fair_race import FairSpec, Strip, fair_race
from engine.descent.maps.sweep import Axis
from engine.descent.race.cost import measure_pace, spent
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec, hyper_of, surface_of
from engine.optimizers.objective import Objective
from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS


def test_a_step_of_a_plain_rule_is_one_evaluation_and_newtons_is_three() -> None:
    racers = (Racer("sgd"), Racer("adam"), Racer("newton"))
    found = spent(racers, list(race(RaceSpec("booth", racers=racers, steps=7))))
    steps = list(range(8))
    assert found.evaluations.tolist() == [steps, steps, [3 * step for step in steps]]
    assert found.products.tolist() == [[0] * 8, [0] * 8, [2 * step for step in steps]]


@pytest.mark.parametrize("name", ["line-search", "lbfgs"])
def test_calls_are_counted_one_by_one(name: str) -> None:
    spec = RaceSpec("himmelblau", racers=(Racer(name),), steps=4)
    frames = list(race(spec))
    surface, optimizer = surface_of(spec), OPTIMIZERS[name]
    calls = 0

    def value(points: torch.Tensor) -> torch.Tensor:
        nonlocal calls
        calls += len(points)
        return surface.loss(*points.unbind(-1))

    def value_and_gradient(points: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        nonlocal calls
        points = points.detach().requires_grad_()
        with torch.enable_grad():
            (gradient,) = torch.autograd.grad(value(points).sum(), points)
        return surface.loss(*points.detach().unbind(-1)), gradient

    hyper = hyper_of(spec.racers[0], surface)
    point = torch.from_numpy(frames[0].position)
    state = optimizer.init(point)
    gradient = torch.from_numpy(frames[0].gradient)
    optimizer.update(point, gradient, state, hyper, Objective(value, value_and_gradient, None))
    first = spent(spec.racers, frames).evaluations[0, 1]
    if name == "lbfgs":  # one more was ours, for the noise of its gradient
        assert calls - 1 == first
    else:  # six rates are looked at in one call, and those up to the accepted one count
        assert 1 < first <= calls + 1
    assert (np.diff(spent(spec.racers, frames).evaluations[0]) >= 1).all()


def test_the_fair_race_spends_the_same() -> None:
    for name in ("momentum", "newton", "line-search"):
        racer = Racer(name, {"lr": 0.01 if name == "momentum" else 1.0})
        frames = list(race(RaceSpec("booth", racers=(racer,), steps=9)))
        evaluations = spent((racer,), frames).evaluations[0]
        rates = Axis(racer.settings["lr"], racer.settings["lr"], 1)
        spec = FairSpec("booth", racers=(racer,), lr=rates, budget=int(evaluations[-1]))
        *_, strip = (news for news in fair_race(spec) if isinstance(news, Strip))
        assert int(strip.steps[0]) == 9 and int(strip.evaluations[0]) == evaluations[-1]


def test_every_racers_pace_is_measured() -> None:
    racers = (Racer("sgd"), Racer("newton"), Racer("lbfgs"), Racer("sgd", {"lr": 1e6}))
    told = list(measure_pace(RaceSpec("booth", racers=racers)))
    assert np.isnan(told[0].seconds).all() and len(told) > len(racers)
    assert (told[-1].seconds > 0).all() and (told[-1].seconds < 1).all()
