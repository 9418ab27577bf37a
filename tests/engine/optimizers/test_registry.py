"""Every rule equals its torch.optim twin, step by step, in float64."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator

import pytest
import torch

from engine.descent.surfaces.registry import SURFACES
from engine.errors import InputError
from engine.optimizers import registry as optimizers
from engine.optimizers.derivatives import objective_of, value_and_gradient
from engine.optimizers.registry import OPTIMIZERS

STARTS = [[-1.2, 1.0], [0.3, -0.7], [1.7, 2.4], [-0.4, 0.1]]
STEPS = 100


def run_rule(name: str, surface: str, settings: dict[str, float], starts) -> Iterator[torch.Tensor]:
    optimizer = optimizers.find(name)
    hyper = optimizer.complete(settings)
    points = torch.tensor(starts, dtype=torch.float64)
    state = optimizer.init(points)
    while True:
        yield points
        _, gradient = value_and_gradient(SURFACES[surface], points)
        step, state = optimizer.update(points, gradient, state, hyper)
        points = points + step


def run_twin(make, surface: str, starts) -> Iterator[torch.Tensor]:
    """One torch.optim for each start, alone."""
    points = [torch.tensor(start, dtype=torch.float64, requires_grad=True) for start in starts]
    twins = [make([point]) for point in points]
    while True:
        yield torch.stack([point.detach().clone() for point in points])
        for point, twin in zip(points, twins, strict=True):
            twin.zero_grad()
            SURFACES[surface].loss(point[0], point[1]).backward()
            twin.step()


def assert_same_path(name: str, settings: dict[str, float], make, surface="rosenbrock") -> None:
    ours = run_rule(name, surface, settings, STARTS)
    theirs = run_twin(make, surface, STARTS)
    for step, (mine, other) in enumerate(zip(itertools.islice(ours, STEPS), theirs, strict=False)):
        assert torch.allclose(mine, other, rtol=1e-9, atol=1e-12), (step, mine - other)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("dampening", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
def test_sgd_equals_torch(momentum: float, dampening: float, weight_decay: float) -> None:
    settings = {"momentum": momentum, "dampening": dampening, "weight_decay": weight_decay}
    assert_same_path(
        "sgd", {"lr": 1e-4, **settings}, lambda p: torch.optim.SGD(p, lr=1e-4, **settings)
    )


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_momentum_and_nesterov_equal_torch_on_every_surface(name: str, surface: str) -> None:
    rate = SURFACES[surface].rates["sgd"] / 100
    assert_same_path(
        name,
        {"lr": rate},
        lambda p: torch.optim.SGD(p, lr=rate, momentum=0.9, nesterov=name == "nesterov"),
        surface,
    )


@pytest.mark.parametrize("weight_decay", [0.0, 0.05])
def test_nesterov_with_weight_decay_equals_torch(weight_decay: float) -> None:
    settings = {"lr": 1e-4, "momentum": 0.8, "weight_decay": weight_decay}
    assert_same_path("nesterov", settings, lambda p: torch.optim.SGD(p, nesterov=True, **settings))
    assert_same_path(
        "sgd", {**settings, "nesterov": 1}, lambda p: torch.optim.SGD(p, nesterov=True, **settings)
    )


def test_nesterov_equals_the_textbook_with_torchs_point_as_the_lookahead() -> None:
    """phi' = phi + v', v' = mu v - lr grad(phi + mu v), and theta = phi + mu v."""
    rate, mu = 1e-3, 0.9
    surface = SURFACES["himmelblau"]
    phi = torch.tensor([[-1.0, -0.5]], dtype=torch.float64)
    v = torch.zeros_like(phi)
    largest = 0.0
    ours = run_rule("nesterov", "himmelblau", {"lr": rate, "momentum": mu}, phi.tolist())
    for theta in itertools.islice(ours, 300):
        largest = max(largest, float((theta - (phi + mu * v)).abs().max()))
        v = mu * v - rate * value_and_gradient(surface, phi + mu * v)[1]
        phi = phi + v
    assert largest < 5e-15


def test_hyper_parameters_broadcast_over_the_batch() -> None:
    rates = [1e-5, 1e-4, 3e-4, 1e-3]
    momenta = [0.0, 0.5, 0.9, 0.3]
    column = {
        "lr": torch.tensor(rates, dtype=torch.float64)[:, None],
        "momentum": torch.tensor(momenta, dtype=torch.float64)[:, None],
        "nesterov": torch.tensor([[0.0], [1.0], [1.0], [0.0]], dtype=torch.float64),
    }
    hyper = {**OPTIMIZERS["sgd"].complete({}), **column}
    points = torch.tensor(STARTS, dtype=torch.float64)
    state = OPTIMIZERS["sgd"].init(points)
    for _ in range(50):
        _, gradient = value_and_gradient(SURFACES["rosenbrock"], points)
        step, state = OPTIMIZERS["sgd"].update(points, gradient, state, hyper)
        points = points + step
    for row in range(4):
        settings = {
            "lr": rates[row],
            "momentum": momenta[row],
            "nesterov": float(hyper["nesterov"][row]),
        }
        alone = run_rule("sgd", "rosenbrock", settings, [STARTS[row]])
        last = next(itertools.islice(alone, 50, None))
        assert torch.allclose(points[row], last[0], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_update_changes_neither_points_nor_state(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    asked = (objective_of(SURFACES["rosenbrock"]),) if optimizer.needs_objective else ()
    points = torch.tensor(STARTS, dtype=torch.float64)
    gradient = value_and_gradient(SURFACES["rosenbrock"], points)[1]
    hyper = optimizer.complete({})
    state = optimizer.init(points)
    _, state = optimizer.update(points, gradient, state, hyper, *asked)
    before = copy.deepcopy(state)
    first, _ = optimizer.update(points, gradient, state, hyper, *asked)
    second, _ = optimizer.update(points, gradient, state, hyper, *asked)
    assert torch.equal(points, torch.tensor(STARTS, dtype=torch.float64))
    assert all(torch.equal(state[key], before[key]) for key in before if key != "history")
    assert torch.equal(first, second)


@pytest.mark.parametrize(
    ("name", "settings", "word"),
    [
        ("sgd", {"foo": 1.0}, "foo"),
        ("sgd", {"lr": -1.0}, "sgd:lr"),
        ("sgd", {"lr": float("nan")}, "sgd:lr"),
        ("momentum", {"momentum": 1.5}, "momentum"),
        ("nesterov", {"dampening": 0.5}, "dampening"),
    ],
)
def test_bad_settings_are_refused_by_name(name, settings, word) -> None:
    with pytest.raises(InputError, match=word):
        optimizers.find(name).complete(settings)


def test_an_unknown_optimizer_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="'foo' is unknown; there are: sgd"):
        optimizers.find("foo")


def test_defaults_lie_in_their_ranges() -> None:
    for optimizer in OPTIMIZERS.values():
        assert optimizer.complete(optimizer.defaults)
        names = [setting.name for setting in optimizer.settings]
        assert len(set(names)) == len(names)
