"""Surfaces: their known facts are true, and what is asked of them is checked."""

from __future__ import annotations

import math

import pytest
import torch

from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces import registry as surfaces
from engine.descent.surfaces.formula import formula_surface
from engine.descent.surfaces.registry import SURFACES
from engine.descent.surfaces.surface import Surface
from engine.errors import InputError
from engine.optimizers.derivatives import hessian, value_and_gradient

ALL = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)


def at(points: list[tuple[float, float]] | tuple[tuple[float, float], ...]) -> torch.Tensor:
    return torch.tensor(points, dtype=torch.float64).reshape(-1, 2)


@ALL
def test_known_minima_are_minima(surface: Surface) -> None:
    if not surface.minima:
        return
    points = at(surface.minima)
    loss, gradient = value_and_gradient(surface, points)
    if not surface.kinked:
        assert gradient.norm(dim=1).max() < 1e-6
        assert torch.linalg.eigvalsh(hessian(surface, points)).min() > 0
    around = torch.linspace(0, 2 * math.pi, 17, dtype=torch.float64)[:-1]
    ring = torch.stack([around.cos(), around.sin()], -1) * 1e-2  # (16, 2)
    nearby, _ = value_and_gradient(surface, (points[:, None] + ring).reshape(-1, 2))
    assert (nearby.reshape(len(points), -1) > loss[:, None]).all()


@ALL
def test_nothing_in_view_lies_below_a_known_minimum(surface: Surface) -> None:
    if not surface.minima:
        return
    x0, x1, y0, y1 = surface.domain
    x, y = torch.meshgrid(
        torch.linspace(x0, x1, 301, dtype=torch.float64),
        torch.linspace(y0, y1, 301, dtype=torch.float64),
        indexing="xy",
    )
    best = value_and_gradient(surface, at(surface.minima))[0].min()
    assert surface.loss(x, y).min() >= best - 1e-9


@ALL
def test_minima_and_start_lie_in_the_view(surface: Surface) -> None:
    x0, x1, y0, y1 = surface.domain
    for x, y in (*surface.minima, surface.start):
        assert x0 <= x <= x1 and y0 <= y <= y1


@ALL
def test_the_default_race_does_not_diverge_and_descends(surface: Surface) -> None:
    first, *_, last = race(RaceSpec(surface=surface.name))
    assert "diverged" not in last.state
    assert (last.loss < first.loss).all()


@ALL
def test_gradient_and_hessian_equal_finite_differences(surface: Surface) -> None:
    point, h = at([surface.start]), 1e-5 * (surface.domain[1] - surface.domain[0])
    _, gradient = value_and_gradient(surface, point)
    second = hessian(surface, point)
    steps = torch.eye(2, dtype=torch.float64) * h
    ahead, slope_ahead = value_and_gradient(surface, point + steps)
    behind, slope_behind = value_and_gradient(surface, point - steps)
    scale = max(1.0, float(second.abs().max()))
    assert torch.allclose(gradient[0], (ahead - behind) / (2 * h), rtol=1e-4, atol=1e-4 * scale)
    measured = (slope_ahead - slope_behind) / (2 * h)
    assert torch.allclose(second[0], measured, rtol=1e-3, atol=1e-3 * scale)


def test_rosenbrock_has_the_known_eigenvalues() -> None:
    values = torch.linalg.eigvalsh(hessian(surfaces.find("rosenbrock"), at([(1, 1)])))[0]
    assert values.tolist() == pytest.approx([0.399361, 1001.6006], rel=1e-6)


@pytest.mark.parametrize("condition", [1.0, 50.0, 1000.0])
@pytest.mark.parametrize("rotation", [0.0, 30.0])
def test_quadratic_has_its_condition_number_and_races_at_every_one(
    condition: float, rotation: float
) -> None:
    parameters = {"condition": condition, "rotation": rotation}
    surface = surfaces.find("quadratic").bind(parameters)
    values = torch.linalg.eigvalsh(hessian(surface, at([(0.3, 0.2)])))[0]
    assert float(values[1] / values[0]) == pytest.approx(condition)
    *_, last = race(RaceSpec(surface="quadratic", parameters=parameters))
    assert "diverged" not in last.state


def test_moved_parameters_move_the_minimum() -> None:
    surface = surfaces.find("rosenbrock").bind({"a": 0.5})
    assert surface.minima == ((0.5, 0.25),)
    assert float(surface.loss(*at([(0.5, 0.25)])[0])) == 0
    assert surfaces.find("rosenbrock").minima == ((1, 1),)


@pytest.mark.parametrize(
    ("parameters", "domain", "word"),
    [
        ({"foo": 1.0}, None, "foo"),
        ({"condition": 0.0}, None, "condition"),
        ({"condition": math.nan}, None, "condition"),
        ({}, (1, -1, 0, 1), "1,-1,0,1"),
        ({}, (0, math.inf, 0, 1), "inf"),
    ],
)
def test_bad_parameters_and_views_are_refused(parameters, domain, word) -> None:
    with pytest.raises(InputError, match=word):
        surfaces.find("quadratic").bind(parameters, domain=domain)


def test_an_unknown_surface_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="'foo' is unknown; there are: rosenbrock"):
        surfaces.find("foo")


@ALL
def test_the_formula_shown_is_the_function(surface: Surface) -> None:
    if surface.name == "quadratic" or surface.fit is not None:
        return  # it names u and v, which the rotation makes of x and y, or which are the data
    parameters = {name: 0.7 * each.default for name, each in surface.parameters.items()}
    shown = formula_surface(surface.formula, surface.domain, parameters=parameters)
    x0, x1, y0, y1 = surface.domain
    points = torch.rand(50, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    x, y = (points * torch.tensor([x1 - x0, y1 - y0]) + torch.tensor([x0, y0])).unbind(-1)
    expected = surface.loss(x, y, **parameters)
    assert torch.allclose(shown.loss(x, y), expected, rtol=1e-9, atol=1e-9)


def test_at_a_cusp_the_gradient_is_the_subgradient_zero() -> None:
    _, gradient = value_and_gradient(SURFACES["ackley"], at([(0.0, 0.0), (1e-9, 0.0)]))
    assert gradient[0].tolist() == [0, 0]
    assert gradient[1, 0] == pytest.approx(4 / math.sqrt(2), rel=1e-6)
