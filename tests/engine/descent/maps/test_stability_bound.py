"""The measured boundary of stability is the theoretical one to 1 %."""

from __future__ import annotations

import numpy as np
import pytest

from engine.descent.maps.stability_bound import bound, stability_limit
from engine.descent.maps.sweep import Axis, SweepMap, SweepSpec, sweep
from engine.descent.race.spec import RaceSpec
from engine.optimizers.racer import Racer

# FACTS: gradient descent 2/L, heavy ball 2(1+mu)/L, Nesterov (2+2mu)/((1+2mu)L).
CASES = [
    ("sgd", {"momentum": 0.0}, lambda mu: 2.0),
    ("momentum", {}, lambda mu: 2 * (1 + mu)),
    ("heavy-ball", {}, lambda mu: 2 * (1 + mu)),
    ("nesterov", {}, lambda mu: (2 + 2 * mu) / (1 + 2 * mu)),
    ("momentum", {"dampening": 0.4}, lambda mu: 2 * (1 + mu) / 0.6),
]


def measured(spec: SweepSpec) -> float:
    """The first rate that diverges."""
    *_, result = sweep(spec)
    assert isinstance(result, SweepMap)
    diverged = result.diverged[0]
    assert diverged.any() and not diverged[0]
    return float(result.lr[np.argmax(diverged)])


@pytest.mark.parametrize(("name", "settings", "limit"), CASES)
@pytest.mark.parametrize("momentum", [0.5, 0.95])
def test_on_a_quadratic_the_bound_is_theorys_and_the_measured_one(
    name: str, settings: dict, limit, momentum: float
) -> None:
    momentum = settings.get("momentum", momentum)
    racer = Racer(name, settings)
    spec = RaceSpec("quadratic", parameters={"condition": 50.0}, start=(0.0, 1.0))
    found = bound(spec, racer, np.array([momentum]))
    assert found is not None and found.exact
    assert found.lr[0] == pytest.approx(limit(momentum) / 50)
    rates = Axis(0.98 * found.lr[0], 1.02 * found.lr[0], 21)
    first = measured(
        SweepSpec(
            "quadratic",
            parameters=spec.parameters,
            start=spec.start,
            racer=racer,
            lr=rates,
            momentum=Axis(momentum, momentum, 1),
            steps=700,
        )
    )
    assert first == pytest.approx(found.lr[0], rel=0.01)


@pytest.mark.parametrize(
    ("surface", "curvature", "start"),
    [
        ("booth", 18.0, (-8.0, -3.0)),
        ("rosenbrock", 1001.6006, (1.0001, 1.0)),  # FACTS 3
        ("himmelblau", 82.2843, (3.001, 2.0)),  # 54 +- 20 sqrt 2 at (3, 2)
    ],
)
@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov"])
def test_elsewhere_it_comes_from_the_hessian_at_the_minimum(
    name: str, surface: str, curvature: float, start: tuple[float, float]
) -> None:
    momentum = 0.0 if name == "sgd" else 0.8
    racer = Racer(name, {} if name == "sgd" else {"momentum": momentum})
    found = bound(RaceSpec(surface, start=start), racer, np.array([momentum]))
    assert found is not None and found.exact == (surface == "booth")
    assert found.curvature == pytest.approx(curvature, rel=1e-5)
    assert found.lr[0] == pytest.approx(
        stability_limit(curvature, np.array([momentum]), nesterov=name == "nesterov")[0], rel=1e-5
    )
    rates = Axis(0.97 * found.lr[0], 1.03 * found.lr[0], 21)
    first = measured(
        SweepSpec(
            surface,
            start=start,
            racer=racer,
            lr=rates,
            momentum=Axis(momentum, momentum, 1),
            steps=1000,
        )
    )
    assert first == pytest.approx(found.lr[0], rel=0.01)


def test_weight_decay_adds_to_the_curvature() -> None:
    racer = Racer("sgd", {"weight_decay": 2.0})
    found = bound(RaceSpec("quadratic"), racer, np.zeros(1))
    assert found is not None and found.curvature == pytest.approx(52)


def test_the_minimum_is_the_one_that_the_racer_goes_to() -> None:
    spec = RaceSpec("himmelblau", start=(-3.0, 3.0))
    found = bound(spec, Racer("sgd", {"lr": 1e-3}), np.zeros(1))
    assert found is not None and found.minimum == pytest.approx([-2.8051, 3.1313], abs=1e-3)
    lost = bound(spec, Racer("sgd", {"lr": 10.0}), np.zeros(1))
    assert lost is not None and lost.minimum == pytest.approx([-2.8051, 3.1313], abs=1e-3)


def test_what_has_no_bound_has_none() -> None:
    assert bound(RaceSpec("quadratic"), Racer("adam"), np.zeros(1)) is None
    assert bound(RaceSpec("saddle"), Racer("sgd"), np.zeros(1)) is None
    assert bound(RaceSpec("ackley"), Racer("sgd"), np.zeros(1)) is None  # a kink
    assert bound(RaceSpec(None, "x"), Racer("sgd"), np.zeros(1)) is None
    damped = Racer("momentum", {"dampening": 1.0})
    assert bound(RaceSpec("quadratic"), damped, np.zeros(1)) is None


def test_adams_map_has_beta1_for_momentum() -> None:
    spec = SweepSpec("quadratic", racer=Racer("adam"), key="beta1", steps=20,
                     lr=Axis(0.01, 1, 3), momentum=Axis(0, 0.9, 2))  # fmt: skip
    *_, result = sweep(spec)
    assert isinstance(result, SweepMap) and result.final_loss.shape == (2, 3)
    assert result.momentum.tolist() == [0, 0.9]
    assert not np.allclose(result.final_loss[0], result.final_loss[1])
