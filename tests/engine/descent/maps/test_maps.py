"""Basins, sweeps and found minima: true labels, true boundaries, nothing hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.descent.maps.basins import BasinMap, BasinSpec, basins
from engine.descent.maps.batched_descent import TURN_S, label
from engine.descent.maps.minima import minima_of
from engine.descent.maps.sweep import Axis, SweepMap, SweepProgress, SweepSpec, sweep
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces.formula import formula_surface
from engine.descent.surfaces.registry import SURFACES
from engine.errors import InputError
from engine.optimizers.racer import Racer
from engine.specs import from_json, to_json


def last_map(spec: BasinSpec, **more) -> BasinMap:
    *_, last = basins(spec, **more)
    return last


def last_sweep(spec: SweepSpec, **more) -> SweepMap:
    *_, last = sweep(spec, **more)
    assert isinstance(last, SweepMap)
    return last


def test_himmelblaus_basins_have_the_known_sizes() -> None:
    """256 x 256 starts in [-6, 6]^2, SGD lr 1e-3 momentum .9, 200 steps."""
    drawn = last_map(BasinSpec(racer=Racer("momentum", {"lr": 1e-3})), coarse=False)
    counts = {tuple(np.round(point, 3)): (drawn.label == k).sum() for k, point in
              enumerate(drawn.minima)}  # fmt: skip
    assert counts == {
        (3.0, 2.0): 19_825,
        (-2.805, 3.131): 16_294,
        (-3.779, -3.283): 15_647,
        (3.584, -1.848): 13_770,
    }
    assert not (drawn.label < 0).any()
    assert drawn.arrival.min() >= 0 and drawn.arrival.max() <= 200


@pytest.mark.parametrize("racer", [Racer("nesterov"), Racer("adam"), Racer("line-search")])
def test_a_basin_is_where_a_race_from_there_ends(racer: Racer, device: str) -> None:
    drawn = last_map(BasinSpec(racer=racer, size=9, steps=60), device=device, coarse=False)
    assert drawn.x[[0, -1]].tolist() == drawn.y[[0, -1]].tolist() == [-6, 6]
    for row, column in ((0, 0), (2, 7), (8, 3), (5, 5)):
        start = (float(drawn.x[column]), float(drawn.y[row]))
        *_, last = race(RaceSpec(surface="himmelblau", start=start, racers=(racer,), steps=60))
        ended = label(torch.from_numpy(last.position), torch.from_numpy(drawn.minima), 0.1)
        assert int(ended[0]) == drawn.label[row, column]


def test_a_map_whose_step_is_compiled_is_fine_at_once() -> None:
    spec = BasinSpec(size=128, steps=20)
    *_, expected = basins(spec)
    shown = [drawn for drawn in basins(spec) if drawn.x.size]
    assert all(len(drawn.x) == 128 for drawn in shown)
    np.testing.assert_array_equal(shown[-1].label, expected.label)


def test_coarse_maps_come_first_and_the_last_is_final(nothing_compiled: None) -> None:
    maps = list(basins(BasinSpec(size=128, steps=20)))
    sizes = [len(drawn.x) for drawn in maps if drawn.x.size]
    assert sizes[0] == 16 and 42 in sizes and sizes[-1] == 128
    assert [drawn.final for drawn in maps if drawn.final] == [True] and maps[-1].done == 1


def test_a_start_that_stays_nowhere_has_no_label_and_no_arrival() -> None:
    drawn = last_map(BasinSpec(surface="saddle", racer=Racer("sgd"), size=20, steps=10))
    assert (drawn.label == -1).all() and (drawn.arrival == -1).all()
    assert drawn.minima.shape == (0, 2)
    quick = Racer("sgd", {"lr": 0.1})
    steep = last_map(BasinSpec(racer=quick, size=20, steps=50))
    assert (steep.label[0] == -1).all()  # the edge of the view diverges


def test_a_formulas_basins_are_those_of_the_minima_found() -> None:
    spec = BasinSpec(None, "(x^2 - 1)^2 + y^2", domain=(-2, 2, -2, 2),
                     racer=Racer("sgd", {"lr": 0.05}), size=32)  # fmt: skip
    drawn = last_map(spec)
    assert sorted(drawn.minima.round(9).tolist()) == [[-1, 0], [1, 0]]
    left = int(np.argmin(drawn.minima[:, 0]))
    assert (drawn.label[:, :16] == left).all() and (drawn.label[:, 16:] == 1 - left).all()


def test_a_cell_of_the_sweep_is_the_race_with_its_numbers(device: str) -> None:
    spec = SweepSpec(surface="rosenbrock", lr=Axis(1e-4, 1e-3, 5, logarithmic=True),
                     momentum=Axis(0, 0.95, 4), steps=40)  # fmt: skip
    result = last_sweep(spec, device=device)
    assert result.lr.tolist() == pytest.approx(np.geomspace(1e-4, 1e-3, 5))
    assert result.momentum.tolist() == pytest.approx(np.linspace(0, 0.95, 4))
    assert result.final_loss.shape == result.diverged.shape == result.rate.shape == (4, 5)
    racers = tuple(
        Racer("momentum", {"lr": float(rate), "momentum": float(momentum)})
        for momentum in result.momentum
        for rate in result.lr
    )
    first, *_, last = race(RaceSpec(surface="rosenbrock", racers=racers, steps=40))
    assert np.allclose(result.final_loss.reshape(-1), last.loss, rtol=1e-9)
    lost = ~np.isfinite(last.loss) | (last.loss > first.loss)
    assert (result.diverged.reshape(-1) == lost).all()


def test_the_rate_of_a_quadratic_is_its_contraction() -> None:
    """Gradient descent on curvature 1 alone: every step multiplies by 1 - lr."""
    spec = SweepSpec(parameters={"condition": 1.0}, racer=Racer("sgd"),
                     lr=Axis(0.1, 0.5, 5), momentum=None, steps=30)  # fmt: skip
    result = last_sweep(spec)
    assert result.momentum.tolist() == [0]
    assert result.rate[0] == pytest.approx(1 - result.lr, rel=1e-9)


def test_a_rule_without_momentum_sweeps_its_rate_alone() -> None:
    result = last_sweep(SweepSpec(racer=Racer("adam"), lr=Axis(0.01, 1, 3), momentum=None))
    assert result.final_loss.shape == (1, 3) and np.isfinite(result.final_loss).all()


def test_long_work_lets_its_puller_in_between() -> None:
    spec = SweepSpec(lr=Axis(1e-4, 0.1, 120), momentum=Axis(0, 0.9, 120), steps=400)
    frames = list(sweep(spec))
    shares = [frame.done for frame in frames if isinstance(frame, SweepProgress)]
    assert shares == sorted(shares) and len(shares) >= 3 and TURN_S < 0.2


@pytest.mark.parametrize("name", ["himmelblau", "rosenbrock", "booth", "mccormick", "camel"])
def test_minima_are_found_where_they_are_known(name: str) -> None:
    surface = SURFACES["three-hump-camel" if name == "camel" else name]
    found = minima_of(replace(surface, minima=()))
    for known in surface.minima:
        nearest = (found - torch.tensor(known, dtype=torch.float64)).norm(dim=1).min()
        assert nearest < 1e-6
    assert torch.equal(minima_of(surface), torch.tensor(surface.minima, dtype=torch.float64))


@pytest.mark.parametrize(
    ("formula", "count"),
    [
        ("3", 0),
        ("x", 0),
        ("x^2 - y^2", 0),
        ("x^3 - 3*x*y^2", 0),
        ("log(x)^2 + y^2", 1),
        ("sqrt(x) + y^2", 0),
        ("1/(x - x)", 0),
        ("floor(x) + sign(y)", 0),
        ("(x - 9)^2 + y^2", 0),
        ("max(x, y)", 0),
    ],
)
def test_minima_of_odd_formulas(formula: str, count: int) -> None:
    assert len(minima_of(formula_surface(formula))) == count


def test_specs_of_maps_are_saved_and_read_as_races_are() -> None:
    for spec in (SweepSpec(racer=Racer("nesterov", {"lr": 1 / 3})), BasinSpec(size=64)):
        assert from_json(to_json(spec), type(spec)) == spec


@pytest.mark.parametrize(
    ("spec", "word"),
    [
        (BasinSpec(surface="foo"), "foo"),
        (BasinSpec(racer=Racer("lbfgs")), "lbfgs"),
        (BasinSpec(size=0), "size"),
        (BasinSpec(size=10**6), "size"),
        (BasinSpec(steps=-1), "steps"),
        (SweepSpec(racer=Racer("adam")), "momentum"),
        (SweepSpec(racer=Racer("lbfgs"), momentum=None), "lbfgs"),
        (SweepSpec(lr=Axis(0, 1, 3, logarithmic=True)), "logarithm"),
        (SweepSpec(lr=Axis(-1, 1, 3)), "lr"),
        (SweepSpec(lr=Axis(0, 1, 0)), "count"),
        (SweepSpec(momentum=Axis(0, 3, 3)), "momentum"),
        (SweepSpec(lr=Axis(0, 1, 3000), momentum=Axis(0, 1, 3000)), "cells"),
        (SweepSpec(steps=-1), "steps"),
    ],
)
def test_maps_that_cannot_be_run_are_refused(spec, word: str) -> None:
    with pytest.raises(InputError, match=word):
        next(basins(spec) if isinstance(spec, BasinSpec) else sweep(spec))
