"""Who stands still: at a minimum, on a plane, at a saddle."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.descent.race import stillness
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.descent.race.stillness import Stillness, is_minimum
from engine.descent.surfaces.formula import formula_surface
from engine.descent.surfaces.registry import SURFACES
from engine.descent.surfaces.surface import Surface
from engine.optimizers.racer import Racer


def last_state(spec: RaceSpec) -> str:
    *_, last = race(spec)
    (state,) = last.state
    return state


@pytest.mark.parametrize("name", [name for name, surface in SURFACES.items() if surface.minima])
def test_known_minima_are_minima(name: str) -> None:
    surface = SURFACES[name] if SURFACES[name].fit is None else SURFACES[name].bind({})
    import torch

    for place in surface.minima:
        loss = surface.loss(*torch.tensor(place, dtype=torch.float64))
        assert is_minimum(surface, np.array(place), float(loss)), place


@pytest.mark.parametrize(
    ("formula", "start", "state"),
    [
        ("x^2 + y^2", (1.0, 1.0), "converged"),
        ("y^2", (1.0, 1.0), "converged"),  # a line of minima
        ("x^4 + y^4", (0.1, 0.1), "converged"),  # no curvature at its minimum
        ("x^2 - y^2", (1.0, 0.0), "flat"),  # a saddle
        ("-x^2 - y^2", (0.0, 0.0), "flat"),  # a maximum
        ("x^3 - 3*x*y^2", (0.0, 0.0), "flat"),  # a monkey saddle
        ("3 + 0*x*y", (1.0, 1.0), "flat"),
        ("sigmoid(8*x)", (-4.0, 0.0), "flat"),
        ("exp(x^2 + y^2)", (0.3, 0.3), "converged"),  # however high the rest is
        ("x*log(x) + y^2", (0.5, 0.5), "converged"),  # beside what is no number
    ],
)
def test_where_a_racer_stands(formula: str, start: tuple[float, float], state: str) -> None:
    racer = Racer("sgd", {"lr": 0.3})
    assert last_state(RaceSpec(None, formula, start=start, racers=(racer,), steps=800)) == state


def test_easoms_plane_is_flat_and_its_well_is_not() -> None:
    racer = Racer("sgd", {"lr": 0.2})
    for start, state in (((60.0, -20.0), "flat"), ((3.0, 3.0), "converged")):
        spec = RaceSpec("easom", start=start, racers=(racer,), steps=100)
        assert last_state(spec) == state
    *_, well = race(RaceSpec("easom", start=(3.0, 3.0), racers=(racer,), steps=100))
    assert well.position[0] == pytest.approx([math.pi, math.pi], abs=1e-3)


def test_a_racer_that_stays_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def noted(surface: Surface, place: np.ndarray, loss: float) -> bool:
        asked.append(float(place[0]))
        return is_minimum(surface, place, loss)

    monkeypatch.setattr(stillness, "is_minimum", noted)
    judge = Stillness(formula_surface("x^2 + y^2", (-5, 5, -5, 5)), 1)
    still, loss = np.array([True]), np.array([1e-12])
    for x in (1e-6, 1e-6, 2e-6, 1.0, 1.0):
        judge.at_minimum(still, np.array([[x, 0.0]]), loss)
    assert asked == [1e-6, 1.0]
