"""The other optimizers against torch.optim, step by step, and their pinned first steps."""

from __future__ import annotations

import math

import pytest
import torch

from engine.descent.surfaces.registry import SURFACES
from engine.optimizers import registry as optimizers
from engine.optimizers.derivatives import objective_of, value_and_gradient
from engine.optimizers.registry import OPTIMIZERS
from engine.optimizers.stability.fastest import heavy_ball_optimum
from tests.engine.optimizers.test_registry import STARTS, assert_same_path, run_rule

VARIANTS: list[tuple[str, dict[str, float]]] = [
    ("adagrad", {"lr": 0.1}),
    ("adagrad", {"lr": 0.1, "lr_decay": 0.05, "weight_decay": 0.1}),
    ("adagrad", {"lr": 0.1, "initial_accumulator_value": 0.7, "eps": 1e-3}),
    ("rmsprop", {"lr": 0.005}),
    ("rmsprop", {"lr": 0.001, "momentum": 0.9, "centered": 1, "weight_decay": 0.01}),
    ("rmsprop", {"lr": 0.005, "alpha": 0.9, "eps": 1e-3}),
    ("adadelta", {}),
    ("adadelta", {"lr": 5.0, "rho": 0.8, "eps": 1e-4, "weight_decay": 0.1}),
    ("adam", {"lr": 0.05}),
    ("adam", {"lr": 0.05, "beta1": 0.6, "beta2": 0.9, "weight_decay": 0.1}),
    ("adam", {"lr": 0.05, "amsgrad": 1}),
    ("adamw", {"lr": 0.05}),
    ("adamw", {"lr": 0.05, "weight_decay": 0.3, "amsgrad": 1}),
    ("adamax", {"lr": 0.05}),
    ("adamax", {"lr": 0.05, "beta1": 0.7, "beta2": 0.9, "weight_decay": 0.1}),
    ("nadam", {"lr": 0.05}),
    ("nadam", {"lr": 0.05, "momentum_decay": 0.1, "weight_decay": 0.1}),
    ("radam", {"lr": 1e-3}),
    ("radam", {"lr": 1e-3, "beta2": 0.9, "weight_decay": 0.1}),
    ("rprop", {}),
    ("rprop", {"lr": 0.3, "eta_minus": 0.4, "eta_plus": 1.5, "step_max": 0.5, "step_min": 1e-3}),
    ("amsgrad", {"lr": 0.05}),
    ("heavy-ball", {"lr": 1e-4, "momentum": 0.7}),
]


@pytest.mark.parametrize(("name", "settings"), VARIANTS)
@pytest.mark.parametrize("surface", ["rosenbrock", "himmelblau"])
def test_equals_torch_step_by_step(name: str, settings: dict[str, float], surface: str) -> None:
    """Each step from torch's own point, for a free path amplifies the last digit."""
    optimizer = OPTIMIZERS[name]
    hyper = optimizer.complete(settings)
    points = [torch.tensor(start, dtype=torch.float64, requires_grad=True) for start in STARTS]
    make = getattr(torch.optim, optimizer.twin)
    twins = [make([point], **optimizer.twin_arguments(hyper)) for point in points]
    state = optimizer.init(torch.tensor(STARTS, dtype=torch.float64))
    for step in range(120):
        before = torch.stack([point.detach().clone() for point in points])
        for point, twin in zip(points, twins, strict=True):
            twin.zero_grad()
            SURFACES[surface].loss(point[0], point[1]).backward()
        gradient = torch.stack([point.grad for point in points])
        move, state = optimizer.update(before, gradient, state, hyper)
        for twin in twins:
            twin.step()
        after = torch.stack([point.detach() for point in points])
        assert torch.allclose(before + move, after, rtol=1e-12, atol=1e-13, equal_nan=True), step


@pytest.mark.parametrize("name", ["adam", "adamw", "rmsprop", "adagrad", "nadam", "rprop"])
def test_a_free_path_equals_torchs(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    arguments = optimizer.twin_arguments(optimizer.complete({"lr": 0.01}))
    make = getattr(torch.optim, optimizer.twin)
    assert_same_path(name, {"lr": 0.01}, lambda p: make(p, **arguments), "himmelblau")


def test_every_optimizer_with_a_twin_is_compared() -> None:
    compared = {name for name, _ in VARIANTS} | {"sgd", "momentum", "nesterov", "lbfgs"}
    assert compared == {name for name, optimizer in OPTIMIZERS.items() if optimizer.twin}


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if OPTIMIZERS[name].twin])
def test_defaults_are_torchs_but_momentum(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    twin = getattr(torch.optim, optimizer.twin)([torch.zeros(2, requires_grad=True)])
    arguments = optimizer.twin_arguments(optimizer.complete({}))
    if name in ("momentum", "nesterov", "heavy-ball"):
        assert arguments.pop("momentum") == 0.9
    assert bool(arguments.pop("nesterov", False)) is (name == "nesterov")
    assert bool(arguments.pop("amsgrad", False)) is (name == "amsgrad")
    for key, value in arguments.items():
        assert twin.defaults[key] == value, key


# From x = 1 with the gradient (3, 1e-3); defaults, lr .1 unless said.
FIRST_STEPS = {
    "sgd": (-0.3, -1e-4),
    "momentum": (-0.3, -1e-4),
    "nesterov": (-0.57, -1.9e-4),
    "heavy-ball": (-0.3, -1e-4),
    "adagrad": (-0.1, -0.1),
    "rmsprop": (-1.0, -0.9999),
    "adadelta": (-0.0031623, -0.00095346),
    "adam": (-0.1, -0.099999),
    "adamw": (-0.101, -0.100999),
    "adamax": (-0.1, -0.099999),
    "nadam": (-0.105645, -0.105644),
    "radam": (-0.3, -1e-4),
    "rprop": (-0.1, -0.1),
    "amsgrad": (-0.1, -0.099999),
    "lion": (-0.1, -0.1),
}


@pytest.mark.parametrize("name", [n for n, o in OPTIMIZERS.items() if not o.needs_objective])
def test_the_first_step_is_the_pinned_one(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    point = torch.ones(1, 2, dtype=torch.float64)
    gradient = torch.tensor([[3.0, 1e-3]], dtype=torch.float64)
    hyper = optimizer.complete({"lr": 1.0 if name == "adadelta" else 0.1})
    step, _ = optimizer.update(point, gradient, optimizer.init(point), hyper)
    assert step[0].tolist() == pytest.approx(FIRST_STEPS[name], rel=2e-5)


def test_lion_follows_its_paper() -> None:
    point, mean = torch.tensor([[1.0, -2.0]], dtype=torch.float64), torch.zeros(1, 2).double()
    lion = OPTIMIZERS["lion"]
    hyper = lion.complete({"lr": 0.01, "weight_decay": 0.1})
    state = lion.init(point)
    for gradient in ([3.0, -1.0], [-5.0, 0.2], [0.1, 0.1]):
        g = torch.tensor([gradient], dtype=torch.float64)
        expected = point - 0.01 * ((0.9 * mean + 0.1 * g).sign() + 0.1 * point)
        mean = 0.99 * mean + 0.01 * g
        step, state = lion.update(point, g, state, hyper)
        point = point + step
        assert torch.allclose(point, expected) and torch.allclose(state["mean"], mean)


def run_with_objective(name: str, surface: str, settings: dict[str, float], start, steps: int):
    """The path of a rule that needs an objective, and its last state."""
    optimizer = optimizers.find(name)
    hyper = optimizer.complete(settings)
    points = torch.tensor(start, dtype=torch.float64)
    state = optimizer.init(points)
    objective = objective_of(SURFACES[surface])
    path = [points]
    for _ in range(steps):
        _, gradient = value_and_gradient(SURFACES[surface], points)
        step, state = optimizer.update(points, gradient, state, hyper, objective)
        points = points + step
        path.append(points)
    return torch.stack(path), state


@pytest.mark.parametrize("search", [0, 1])
def test_lbfgs_is_torchs(search: int) -> None:
    starts = [[-1.2, 1.0], [0.5, -0.5]]
    settings = {"max_iter": 3, "lr": 0.5, "line_search_fn": search}
    path, state = run_with_objective("lbfgs", "rosenbrock", settings, starts, 15)
    arguments = OPTIMIZERS["lbfgs"].twin_arguments(OPTIMIZERS["lbfgs"].complete(settings))
    for row, start in enumerate(starts):
        point = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        twin = torch.optim.LBFGS([point], **arguments)

        def closure(point=point, twin=twin):
            twin.zero_grad()
            loss = SURFACES["rosenbrock"].loss(point[0], point[1])
            loss.backward()
            return loss

        for step in range(15):
            assert torch.allclose(path[step, row], point.detach(), rtol=1e-9, atol=1e-12)
            twin.step(closure)
        assert state["evaluations"][row] == twin.state[point]["func_evals"]


def test_lbfgs_keeps_the_state_it_was_given() -> None:
    optimizer, surface = OPTIMIZERS["lbfgs"], SURFACES["rosenbrock"]
    hyper = optimizer.complete({"max_iter": 2})
    points = torch.tensor([[-1.2, 1.0]], dtype=torch.float64)
    _, gradient = value_and_gradient(surface, points)
    objective = objective_of(surface)
    step, state = optimizer.update(points, gradient, optimizer.init(points), hyper, objective)
    points = points + step
    _, gradient = value_and_gradient(surface, points)
    once, _ = optimizer.update(points, gradient, state, hyper, objective)
    again, _ = optimizer.update(points, gradient, state, hyper, objective)
    assert torch.equal(once, again)


def test_newton_ends_on_a_quadratic_in_one_step() -> None:
    path, _ = run_with_objective("newton", "booth", {"damping": 0}, [[-8.0, 5.0], [3.0, 3.0]], 1)
    assert torch.allclose(path[1], torch.tensor([[1.0, 3.0]] * 2, dtype=torch.float64))


def test_newton_without_saddle_free_goes_to_the_saddle_and_with_it_leaves() -> None:
    start = [[0.5, 0.3]]
    plain, _ = run_with_objective("newton", "saddle", {"saddle_free": 0, "damping": 0}, start, 1)
    assert torch.allclose(plain[1], torch.zeros(1, 2, dtype=torch.float64))
    free, _ = run_with_objective("newton", "saddle", {"damping": 0}, start, 1)
    assert torch.allclose(free[1], torch.tensor([[0.0, 0.6]], dtype=torch.float64))


def test_newtons_positive_hessian_is_the_spectral_one() -> None:
    from engine.optimizers.derivatives import hessian

    points = torch.randn(50, 2, generator=torch.Generator().manual_seed(1)).double() * 3
    surface = SURFACES["himmelblau"]
    _, gradient = value_and_gradient(surface, points)
    newton = OPTIMIZERS["newton"]
    hyper = newton.complete({"damping": 0.5})
    step, _ = newton.update(points, gradient, {}, hyper, objective_of(surface))
    values, vectors = torch.linalg.eigh(hessian(surface, points))
    turned = (vectors.mT @ gradient[..., None])[..., 0] / (values.abs() + 0.5)
    expected = -(vectors @ turned[..., None])[..., 0]
    assert torch.allclose(step, expected)


def test_newton_where_the_hessian_is_zero_is_not_finite_and_no_error() -> None:
    path, _ = run_with_objective("newton", "monkey-saddle", {"damping": 0}, [[0.0, 0.0]], 2)
    assert path.shape == (3, 1, 2)
    damped, _ = run_with_objective("newton", "monkey-saddle", {}, [[0.0, 0.0]], 2)
    assert torch.equal(damped[-1], torch.zeros(1, 2, dtype=torch.float64))


def test_line_search_always_descends_and_obeys_armijo() -> None:
    surface = SURFACES["rosenbrock"]
    path, state = run_with_objective(
        "line-search", "rosenbrock", {}, [[-1.2, 1.0], [0.0, 2.0]], 100
    )
    flat = path.reshape(-1, 2)
    loss, gradient = value_and_gradient(surface, flat)
    loss = loss.reshape(101, 2)
    gradient = gradient.reshape(101, 2, 2)
    assert (loss[1:] < loss[:-1]).all()
    size = (path[1:] - path[:-1]).norm(dim=-1) / gradient[:-1].norm(dim=-1)
    slope = (gradient[:-1] ** 2).sum(-1)
    assert (loss[1:] <= loss[:-1] - 1e-4 * size * slope + 1e-12).all()
    # Each accepted step is lr halved some whole number of times.
    halvings = -torch.log2(size)
    assert torch.allclose(halvings, halvings.round(), atol=1e-6)
    assert (state["evaluations"] >= 200).all()


def test_line_search_rests_at_a_minimum() -> None:
    path, _ = run_with_objective("line-search", "booth", {}, [[1.0, 3.0]], 2)
    assert torch.equal(path[0], path[-1])


def test_heavy_ball_at_its_optimum_has_the_theoretical_rate() -> None:
    """k = 100: lr .0330578512, mu .6694214876, rate .8181818182."""
    optimum = heavy_ball_optimum(1.0, 100.0)
    assert optimum["lr"] == pytest.approx(0.0330578512, rel=1e-8)
    assert optimum["momentum"] == pytest.approx(0.6694214876, rel=1e-8)
    assert math.sqrt(optimum["momentum"]) == pytest.approx(0.8181818182, rel=1e-8)
    companion = torch.tensor(
        [[1 + optimum["momentum"] - optimum["lr"], -optimum["momentum"]], [1, 0]],
        dtype=torch.float64,
    )
    assert float(torch.linalg.eigvals(companion).abs().max()) == pytest.approx(0.81818, rel=1e-4)


@pytest.mark.parametrize(
    ("name", "settings", "limit"),
    [
        ("sgd", {}, 2.0),
        ("momentum", {"momentum": 0.9}, 2 * 1.9),
        ("nesterov", {"momentum": 0.9}, (2 + 1.8) / (1 + 1.8)),
        ("momentum", {"momentum": 0.5, "dampening": 0.5}, 3.0 / 0.5),
    ],
)
def test_stability_ends_where_the_theory_says(name, settings, limit) -> None:
    """On a quadratic, by lr times the greatest eigenvalue."""
    ends = []
    for factor in (0.99, 1.01):
        rates = {**settings, "lr": factor * limit / 50.0}
        path = run_rule(name, "quadratic", rates, [[0.0, 1.0]])
        last = [point for _, point in zip(range(700), path, strict=False)][-1]
        ends.append(abs(float(last[0, 1])))
    assert ends[0] < 0.1 and ends[1] > 10
