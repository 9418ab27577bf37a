"""Second-order rules on what is no surface: any number of parameters, as a network has them."""

from __future__ import annotations

import pytest
import torch

from engine.descent.surfaces.registry import SURFACES
from engine.optimizers.derivatives import objective_of
from engine.optimizers.objective import Objective
from engine.optimizers.registry import OPTIMIZERS
from engine.optimizers.second_order import _solve, _solve_pair

TARGET = torch.tensor([1.0, -2.0, 0.5, 3.0], dtype=torch.float64)
SCALE = torch.tensor([1.0, 4.0, 9.0, 0.5], dtype=torch.float64)


def valley() -> Objective:
    """A quadratic of four parameters, its derivatives by hand."""

    def value(points: torch.Tensor) -> torch.Tensor:
        return 0.5 * (SCALE * (points - TARGET) ** 2).sum(1)

    def value_and_gradient(points: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        points = points.detach()
        return value(points), SCALE * (points - TARGET)

    def hessian(points: torch.Tensor) -> torch.Tensor:
        return torch.diag(SCALE).expand(len(points), 4, 4)

    return Objective(value, value_and_gradient, hessian)


@pytest.mark.parametrize(
    ("name", "settings", "steps"),
    [
        ("newton", {"damping": 0.0}, 1),
        ("lbfgs", {"line_search_fn": 1.0}, 2),
        ("line-search", {}, 300),
    ],
)
def test_a_rule_descends_in_four_dimensions(name: str, settings: dict, steps: int) -> None:
    optimizer, objective = OPTIMIZERS[name], valley()
    hyper = optimizer.complete(settings)
    points = torch.tensor([[0.0] * 4, [5.0, 5.0, -5.0, 1.0]], dtype=torch.float64)
    state = optimizer.init(points)
    for _ in range(steps):
        gradient = objective.value_and_gradient(points)[1]
        step, state = optimizer.update(points, gradient, state, hyper, objective)
        points = points + step
    assert torch.allclose(points, TARGET.expand(2, 4), atol=1e-5)


@pytest.mark.parametrize("saddle_free", [0.0, 1.0])
def test_both_ways_to_solve_are_one(saddle_free: float) -> None:
    points = torch.randn(40, 2, generator=torch.Generator().manual_seed(2)).double() * 3
    objective = objective_of(SURFACES["himmelblau"])
    gradient, matrix = objective.value_and_gradient(points)[1], objective.hessian(points)
    pair = _solve_pair(matrix, gradient, 0.3, saddle_free)
    assert torch.allclose(pair, _solve(matrix, gradient, 0.3, saddle_free))


def test_a_surfaces_three_functions_agree() -> None:
    objective = objective_of(SURFACES["rosenbrock"])
    points = torch.tensor([[-1.2, 1.0], [0.3, 0.1]], dtype=torch.float64)
    loss, _ = objective.value_and_gradient(points)
    assert torch.equal(objective.value(points), loss)
    assert not objective.value(points).requires_grad
