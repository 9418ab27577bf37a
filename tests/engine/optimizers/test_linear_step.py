"""A rule's limit and factor on a quadratic, against closed forms and against the rule itself."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from engine.descent.surfaces.formula import Formula
from engine.optimizers.registry import OPTIMIZERS
from engine.optimizers.stability.fastest import fastest_sgd
from engine.optimizers.stability.frozen import Moment
from engine.optimizers.stability.linear_step import LinearStep

LEAST, GREATEST = 1.0, 50.0
HESSIAN = np.diag([LEAST, GREATEST])[None]
# With eps of 1 beside gradients of 1e-200 the scales of an adaptive rule stay what they are.
TINY = 1e-200
SETTINGS = {
    "sgd": {},
    "momentum": {"momentum": 0.7, "weight_decay": 0.5},
    "nesterov": {"momentum": 0.8},
    "heavy-ball": {"momentum": 0.6},
    "adagrad": {"eps": 1.0, "lr_decay": 0.0},
    "rmsprop": {"eps": 1.0, "momentum": 0.5},
    "adadelta": {"eps": 1.0},
    "adam": {"eps": 1.0},
    "adamw": {"eps": 1.0, "weight_decay": 2.0},
    "amsgrad": {"eps": 1.0, "beta1": 0.5},
    "adamax": {"eps": 1.0},
    "nadam": {"eps": 1.0, "momentum_decay": 1.0},
    "newton": {"damping": 3.0},
}


def linear(name: str, settings: dict[str, float], age: int) -> LinearStep:
    """The rule's linear step at a place where the gradient is next to nothing."""
    optimizer = OPTIMIZERS[name]
    hyper = optimizer.complete(settings)
    point = torch.full((1, 2), TINY, dtype=torch.float64)
    state = {k: v.numpy() for k, v in optimizer.init(point).items() if v.ndim}
    if "product" in state:  # of all the momenta so far
        state["product"] = state["product"] * 0.0
    if name == "adamax":  # eps is in the largest gradient
        state["largest"] = state["largest"] + settings["eps"]
    assert optimizer.frozen is not None
    return optimizer.frozen(Moment(hyper, np.array([[float(age)]]), state, state, HESSIAN))


def distances(name: str, settings: dict[str, float], steps: int) -> np.ndarray:
    """(steps,) of the rule itself from the minimum of the quadratic."""
    optimizer = OPTIMIZERS[name]
    hyper = optimizer.complete(settings)
    matrix = torch.from_numpy(HESSIAN)
    point = torch.full((1, 2), TINY, dtype=torch.float64)
    state = optimizer.init(point)

    class Known:
        @staticmethod
        def hessian(points: torch.Tensor) -> torch.Tensor:
            return matrix.expand(len(points), 2, 2)

    extra = (Known(),) if optimizer.needs_objective else ()
    found = []
    for _ in range(steps):
        gradient = (matrix @ point[..., None])[..., 0]
        step, state = optimizer.update(point, gradient, state, hyper, *extra)
        point = point + step
        found.append(float(point.abs().max()))  # a square would be 0
    return np.array(found)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_limit_is_where_the_rule_itself_ceases_to_converge(name: str) -> None:
    settings = SETTINGS[name]
    step = linear(name, settings, 10_000)
    felt, _ = step.curvatures(HESSIAN)
    limit = float(step.limit(felt[:, 1])[0])
    # After 200 steps Adam's corrections are over.
    below = distances(name, {**settings, "lr": 0.98 * limit}, 800)
    above = distances(name, {**settings, "lr": 1.02 * limit}, 800)
    assert below[-1] < 0.5 * below[200]
    assert above.max() > 2 * above[200]
    # At the limit itself a distance is neither lost nor gained.
    assert float(step.factor(limit, felt[:, 1])[0]) == pytest.approx(1, abs=1e-6)


def test_the_limits_are_the_closed_forms() -> None:
    def product(name: str, **settings: float) -> float:
        return float(linear(name, settings, 10_000).limit(np.array([1.0]))[0])

    assert product("sgd") == 2
    assert product("momentum", momentum=0.9) == pytest.approx(2 * 1.9)
    assert product("momentum", momentum=0.9, dampening=0.4) == pytest.approx(2 * 1.9 / 0.6)
    assert product("nesterov", momentum=0.9) == pytest.approx(2 * 1.9 / 2.8)
    assert product("adam") == pytest.approx(38)  # Cohen et al. 2022: 38 / lr
    assert product("adam", beta1=0.5) == pytest.approx(6)
    assert product("rmsprop") == 2
    assert product("newton") == 2


@pytest.mark.parametrize("name", SETTINGS)
def test_the_formula_that_is_shown_is_the_limit(name: str) -> None:
    step = linear(name, SETTINGS[name], 10_000)
    if not step.formula:
        assert name in ("nadam", "adamw")
        return
    hyper = OPTIMIZERS[name].complete(SETTINGS[name])
    names = {key: hyper[key] for key in ("momentum", "beta1", "dampening") if key in hyper}
    value = Formula(step.formula, tuple(names))(torch.tensor(0.0), torch.tensor(0.0), **names)
    assert float(step.limit(np.array([1.0]))[0]) == pytest.approx(float(value), rel=1e-6)


@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov"])
def test_the_factor_is_measured_on_the_rule_itself(name: str) -> None:
    settings = {"lr": 0.01, "momentum": 0.5} if name != "sgd" else {"lr": 0.01}
    step = linear(name, settings, 1)
    felt, rows = step.curvatures(HESSIAN)
    assert felt.tolist() == [[LEAST, GREATEST]]
    assert np.abs(rows[0]).tolist() == [[1, 0], [0, 1]]
    away = distances(name, settings, 800)
    assert float(step.factor(0.01, felt[:, 0])[0]) == pytest.approx(away[-1] / away[-2], rel=1e-9)


def test_scales_change_the_curvature_that_is_felt() -> None:
    scale = np.diag([1.0, 100.0])[None]
    felt, rows = LinearStep(scale, own=True).curvatures(HESSIAN)
    assert felt[0] == pytest.approx([0.5, 1.0])
    assert np.abs(rows[0]) == pytest.approx(np.array([[0, 1], [1, 0]]))


def test_what_is_not_finite_is_said_and_nothing_is_raised() -> None:
    step = LinearStep(np.stack([np.eye(2), np.full((2, 2), np.nan), np.zeros((2, 2))]))
    hessian = np.stack([np.full((2, 2), np.inf), np.eye(2), np.eye(2)])
    felt, rows = step.curvatures(hessian)
    assert np.isnan(felt).all() and np.isnan(rows).all()
    assert np.isnan(step.limit(felt[:, 1])).all()
    assert step.limit(np.array([-1.0, 0.0])).tolist() == [math.inf, math.inf]


@pytest.mark.parametrize(
    ("hyper", "settings"),
    [
        ({"momentum": 0.0, "nesterov": 0.0, "dampening": 0.0}, {}),
        ({"momentum": 0.9, "nesterov": 0.0, "dampening": 0.0}, {}),
        ({"momentum": 0.9, "nesterov": 0.0, "dampening": 0.4}, {}),
        ({"momentum": 0.9, "nesterov": 1.0, "dampening": 0.0}, {}),
    ],
)
def test_no_pair_nearby_is_faster_than_the_fastest(hyper: dict, settings: dict) -> None:
    best = fastest_sgd(hyper, LEAST, GREATEST)

    def slowest(rate: float, momentum: float) -> float:
        name = "sgd"
        changed = {**hyper, "momentum": momentum} if hyper["momentum"] else hyper
        step = linear(name, {**changed, **settings}, 1)
        return max(float(step.factor(rate, np.array([end]))[0]) for end in (LEAST, GREATEST))

    rate, momentum = best.settings["lr"], best.settings.get("momentum", 0.0)
    # A double root is found to the square root of the machine's precision.
    assert slowest(rate, momentum) == pytest.approx(best.factor, abs=1e-7)
    around = [slowest(rate * a, momentum * b) for a in (0.97, 1, 1.03) for b in (0.97, 1, 1.03)]
    assert min(around) >= best.factor - 1e-7
