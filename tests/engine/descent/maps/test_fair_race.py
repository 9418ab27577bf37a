"""A fair race: the budget is what was really evaluated, the losses are those of real runs."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.descent.maps.fair_race import FairProgress, FairSpec, Strip, fair_race
from engine.descent.maps.sweep import Axis
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces.registry import SURFACES
from engine.descent.surfaces.surface import Surface
from engine.errors import InputError
from engine.optimizers import derivatives
from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS
from engine.specs import from_json, to_json

FEW = Axis(1e-3, 1e-1, 5, logarithmic=True)


def strips(spec: FairSpec) -> list[Strip]:
    return [part for part in fair_race(spec) if isinstance(part, Strip)]


def test_a_strip_is_the_race_at_each_rate() -> None:
    spec = FairSpec("himmelblau", racers=(Racer("adam"), Racer("momentum")), lr=FEW, budget=40)
    for strip, name in zip(strips(spec), ("adam", "momentum"), strict=True):
        racers = tuple(Racer(name, {"lr": float(rate)}) for rate in strip.lr)
        first, *_, last = race(RaceSpec("himmelblau", racers=racers, steps=40))
        assert np.allclose(strip.loss, last.loss, rtol=1e-9, equal_nan=True)
        assert (strip.steps == 40).all() and (strip.evaluations == 40).all()
        assert strip.start_loss == first.loss[0] and strip.lowest == 0
        assert (strip.diverged == ~(last.loss <= first.loss[0])).all()
        assert strip.best == np.nanargmin(np.where(np.isfinite(last.loss), last.loss, np.nan))


def test_everybody_keeps_to_the_budget() -> None:
    spec = FairSpec(
        "rosenbrock", racers=tuple(map(Racer, OPTIMIZERS)), lr=Axis(0.01, 1, 2), budget=31
    )
    for strip in strips(spec):
        assert strip.evaluations.max() <= 31
        if strip.name not in ("line-search", "lbfgs", "newton"):
            assert (strip.evaluations == 31).all()
    newton = strips(FairSpec(racers=(Racer("newton"),), lr=FEW, budget=31))[0]
    assert (newton.steps == 10).all() and (newton.evaluations == 30).all()


@pytest.mark.parametrize("name", ["line-search", "lbfgs"])
def test_searches_pay_for_every_look(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The calls of torch's closure; the loss here and at each of lr, lr/2, lr/4 ... tried."""
    calls = 0
    original = Surface.loss

    def counted(self, x, y, **parameters):
        nonlocal calls
        calls += 1
        return original(self, x, y, **parameters)

    spec = FairSpec("rosenbrock", racers=(Racer(name),), lr=Axis(1, 1, 1), budget=60)
    strip = strips(spec)[0]
    steps = int(strip.steps[0])
    assert 0 < steps < 60 and strip.evaluations[0] <= 60
    hyper = OPTIMIZERS[name].complete({"lr": 1.0})
    surface, rule = SURFACES["rosenbrock"], OPTIMIZERS[name]
    points = torch.tensor([surface.start], dtype=torch.float64)
    state, objective = rule.init(points), derivatives.objective_of(surface)
    monkeypatch.setattr(Surface, "loss", counted)
    spent = 0
    for _ in range(steps):
        gradient = derivatives.value_and_gradient(surface, points)[1]
        calls = 0
        move, state = rule.update(points, gradient, state, hyper, objective)
        if name == "lbfgs":
            spent += calls - 1  # our own look at the gradient, to know the noise
        else:
            halvings = torch.log2(gradient.norm() / move.norm())
            spent += 1 + round(float(halvings)) + 1
        points = points + move
    assert strip.evaluations[0] == spent


def test_what_overdraws_the_budget_is_not_taken() -> None:
    """One step of L-BFGS needs more than three calls: with a budget of three it stands."""
    strip = strips(FairSpec(racers=(Racer("lbfgs"),), lr=Axis(1, 1, 1), budget=3))[0]
    assert strip.steps[0] == 0 and strip.evaluations[0] == 0
    assert strip.loss[0] == strip.start_loss


def test_the_best_rate_of_gradient_descent_on_a_quadratic_is_theorys() -> None:
    """FACTS: 2/(L + m) from a start on both axes."""
    spec = FairSpec("quadratic", parameters={"condition": 20.0}, start=(1.0, 1.0),
                    racers=(Racer("sgd"),), lr=Axis(0.05, 0.15, 201), budget=200)  # fmt: skip
    strip = strips(spec)[0]
    assert strip.lr[strip.best] == pytest.approx(2 / 21, rel=0.01)
    assert strip.lr[strip.diverged].min() == pytest.approx(2 / 20, rel=0.01)


def test_noise_is_the_same_for_every_rate_and_racer() -> None:
    spec = FairSpec("himmelblau", racers=(Racer("sgd"), Racer("sgd")), lr=FEW, budget=9, noise=3.0)
    one, other = strips(spec)
    assert np.array_equal(one.loss, other.loss, equal_nan=True)
    assert [one.name, other.name] == ["sgd", "sgd-2"]
    calm = strips(FairSpec("himmelblau", racers=(Racer("sgd"),), lr=FEW, budget=9))[0]
    assert (one.loss != calm.loss).all()


def test_progress_rises_and_the_spec_is_saved_as_others_are() -> None:
    spec = FairSpec(racers=(Racer("lbfgs"), Racer("sgd")), lr=Axis(1e-3, 1, 9), budget=150)
    shares = [part.done for part in fair_race(spec) if isinstance(part, FairProgress)]
    assert shares == sorted(shares) and all(0 <= share <= 1 for share in shares)
    assert from_json(to_json(spec), FairSpec) == spec


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"budget": 0}, "budget"),
        ({"lr": Axis(0, 1, 3, logarithmic=True)}, "logarithm"),
        ({"lr": Axis(-1, 1, 3)}, "lr"),
        ({"lr": Axis(0.1, 1, 0)}, "count"),
        ({"racers": ()}, "optimizer"),
        ({"racers": (Racer("nobody"),)}, "nobody"),
    ],
)
def test_what_cannot_be_run_is_refused(change: dict, word: str) -> None:
    with pytest.raises(InputError, match=word):
        next(fair_race(FairSpec(**change)))
