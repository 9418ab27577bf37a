"""Races: what the frames hold, noise, divergence, specs that cannot be run."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec, hyper_of, surface_of
from engine.descent.surfaces.registry import SURFACES
from engine.errors import InputError
from engine.optimizers import registry as optimizers
from engine.optimizers.derivatives import hessian, value_and_gradient
from engine.optimizers.racer import Racer, name_racers
from engine.optimizers.registry import OPTIMIZERS


def test_a_race_has_one_frame_more_than_steps_and_starts_at_the_start() -> None:
    frames = list(race(RaceSpec(steps=10, start=(0.5, -0.25))))
    assert [frame.step for frame in frames] == list(range(11))
    assert (frames[0].position == [0.5, -0.25]).all()
    assert (frames[0].velocity == 0).all()
    assert frames[0].position.dtype == np.float64
    assert frames[0].state == ("running",) * 3


def test_zero_steps_give_the_start_alone() -> None:
    assert len(list(race(RaceSpec(steps=0)))) == 1


def test_a_frame_has_the_loss_and_gradient_at_its_own_position() -> None:
    for frame in race(RaceSpec(surface="himmelblau", steps=5)):
        x, y = (torch.from_numpy(column) for column in frame.position.T.copy())
        assert torch.equal(SURFACES["himmelblau"].loss(x, y), torch.from_numpy(frame.loss))
        expected = 4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7)
        assert np.allclose(frame.gradient[:, 0], expected.numpy(), rtol=1e-12)


def test_paths_equal_torch_optim_and_velocity_is_its_buffer(device: str) -> None:
    spec = RaceSpec(surface="rosenbrock", steps=100)
    surface = SURFACES["rosenbrock"]
    points, twins = [], []
    for racer in spec.racers:
        hyper = hyper_of(racer, surface)
        hyper["nesterov"] = bool(hyper["nesterov"])
        point = torch.tensor(surface.start, dtype=torch.float64, requires_grad=True)
        points.append(point)
        twins.append(torch.optim.SGD([point], **hyper))
    for frame in race(spec, device=device):
        for row, (point, twin) in enumerate(zip(points, twins, strict=True)):
            assert np.allclose(frame.position[row], point.detach().numpy(), rtol=1e-9, atol=1e-12)
            buffer = twin.state[point].get("momentum_buffer")
            if buffer is not None:
                assert np.allclose(frame.velocity[row], buffer.numpy(), rtol=1e-8, atol=1e-10)
            twin.zero_grad()
            surface.loss(point[0], point[1]).backward()
            assert np.allclose(frame.gradient[row], point.grad.numpy(), rtol=1e-8, atol=1e-9)
            twin.step()


def test_the_same_spec_gives_the_same_race_and_another_seed_another() -> None:
    def final(seed: int) -> np.ndarray:
        *_, last = race(RaceSpec(surface="himmelblau", steps=50, noise=3.0, seed=seed))
        return last.position

    assert (final(1) == final(1)).all()
    assert (final(1) != final(2)).any()


def test_noise_has_the_asked_deviation_and_is_the_same_for_every_racer() -> None:
    spec = RaceSpec(surface="quadratic", steps=1000, noise=2.0, racers=(Racer("sgd"), Racer("sgd")))
    noise = np.stack(
        [frame.gradient - frame.position * [1.0, 50.0] for frame in race(spec)]
    )  # (T, 2, 2)
    assert noise.std(axis=(0, 1)) == pytest.approx([2.0, 2.0], rel=0.08)
    assert noise.mean(axis=(0, 1)) == pytest.approx([0.0, 0.0], abs=0.2)
    assert np.allclose(noise[:, 0], noise[:, 1], atol=1e-9)


def test_stationary_variance_under_noise_is_the_theoretical_one() -> None:
    """lr s^2 / ((2 - lr lambda) lambda) around a quadratic minimum."""
    rate, deviation = 0.1, 0.5
    surface = SURFACES["quadratic"].bind({"condition": 5.0})
    optimizer = optimizers.find("sgd")
    hyper = optimizer.complete({"lr": rate})
    points = torch.zeros(5_000, 2, dtype=torch.float64)
    state = optimizer.init(points)
    generator = torch.Generator().manual_seed(0)
    for _ in range(100):
        _, gradient = value_and_gradient(surface, points)
        noise = torch.randn(points.shape, generator=generator, dtype=torch.float64)
        step, state = optimizer.update(points, gradient + deviation * noise, state, hyper)
        points = points + step
    curvature = np.array([1.0, 5.0])
    expected = rate * deviation**2 / ((2 - rate * curvature) * curvature)
    assert points.var(0).numpy() == pytest.approx(expected, rel=0.08)


def test_who_else_runs_does_not_change_a_path() -> None:
    alone = RaceSpec(surface="beale", racers=(Racer("momentum"),), steps=60, noise=0.5)
    crowd = RaceSpec(
        surface="beale", racers=(Racer("sgd"), Racer("momentum"), Racer("nesterov")), steps=60,
        noise=0.5,
    )  # fmt: skip
    *_, one = race(alone)
    *_, many = race(crowd)
    assert np.allclose(one.position[0], many.position[1], rtol=1e-12, atol=0)


def test_a_diverging_racer_stays_as_what_it_became_and_harms_nobody() -> None:
    racers = (Racer("sgd", {"lr": 5.0}), Racer("momentum"))
    frames = list(race(RaceSpec(surface="himmelblau", racers=racers, steps=300)))
    assert len(frames) == 301
    assert frames[-1].state == ("diverged", "converged")
    assert not np.isfinite(frames[-1].position[0]).any()
    assert np.isfinite(frames[-1].position[1]).all()


def test_states_converged_needs_a_small_gradient_and_a_small_step() -> None:
    racers = (Racer("sgd", {"lr": 0.5}), Racer("momentum", {"lr": 0.01}))
    spec = RaceSpec(
        surface="quadratic", parameters={"condition": 1.0}, start=(1.0, 1.0), racers=racers,
        steps=400,
    )  # fmt: skip
    frames = list(race(spec))
    states = [frame.state[1] for frame in frames]
    passing = min(range(20), key=lambda step: abs(frames[step].loss[1]))
    assert states[passing] == "running"  # through the minimum at full speed
    assert frames[-1].state == ("converged", "converged")


def test_a_saddle_traces_the_known_powers() -> None:
    rate, (x, y) = 0.02, (0.7, 0.01)
    racers = (Racer("sgd", {"lr": rate}),)
    for frame in race(RaceSpec(surface="saddle", start=(x, y), racers=racers, steps=40)):
        expected = [x * (1 - 2 * rate) ** frame.step, y * (1 + 2 * rate) ** frame.step]
        assert frame.position[0] == pytest.approx(expected, rel=1e-12)


def test_a_formula_races_as_the_surface_it_writes() -> None:
    formula = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
    racers = (Racer("sgd", {"lr": 1e-3}), Racer("nesterov", {"lr": 1e-3}))
    named = RaceSpec(surface="himmelblau", start=(1.0, 1.0), racers=racers, steps=100)
    typed = RaceSpec(formula=formula, start=(1.0, 1.0), racers=racers, steps=100)
    for one, other in zip(race(named), race(typed), strict=True):
        assert np.allclose(one.position, other.position, rtol=1e-9)


def test_formula_parameters_are_values_of_the_spec() -> None:
    spec = RaceSpec(formula="a*x^2 + b*y^2", parameters={"a": 2.0, "b": 0.5}, start=(1.0, 1.0))
    first = next(race(spec))
    assert first.loss[0] == 2.5 and first.gradient[0].tolist() == [4.0, 1.0]


def test_where_the_loss_is_not_a_number_a_racer_has_diverged() -> None:
    spec = RaceSpec(formula="log(x)", start=(-1.0, 0.0), racers=(Racer("sgd", {"lr": 0.1}),))
    *_, last = race(spec)
    assert last.state == ("diverged",) and math.isnan(last.loss[0])


def test_repeated_names_are_numbered() -> None:
    racers = (Racer("sgd"), Racer("sgd", {"lr": 0.1}), Racer("momentum"), Racer("sgd"))
    assert [racer.name for racer in name_racers(racers)] == ["sgd", "sgd-2", "momentum", "sgd-3"]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"surface": "foo"}, "foo"),
        ({"racers": (Racer("foo"),)}, "foo"),
        ({"racers": (Racer("sgd", {"foo": 1.0}),)}, "foo"),
        ({"racers": ()}, "no optimizer"),
        ({"steps": -1}, "steps"),
        ({"steps": 10**9}, "steps"),
        ({"noise": -1.0}, "noise"),
        ({"noise": math.nan}, "noise"),
        ({"start": (math.inf, 0.0)}, "start x"),
        ({"domain": (0.0, 0.0, 0.0, 1.0)}, "domain"),
        ({"formula": "x +"}, "Formula"),
        ({"parameters": {"c": 1.0}}, "c"),
    ],
)
def test_a_spec_that_cannot_be_run_is_refused_before_the_first_frame(change, word) -> None:
    with pytest.raises(InputError, match=word):
        next(race(RaceSpec(**change)))


def test_a_start_outside_the_view_is_allowed() -> None:
    frames = list(race(RaceSpec(surface="quadratic", start=(40.0, 30.0), steps=3)))
    assert np.isfinite(frames[-1].loss).all()


def test_a_formulas_surface_has_the_view_that_was_asked() -> None:
    assert surface_of(RaceSpec(formula="x")).domain == (-5, 5, -5, 5)
    assert surface_of(RaceSpec(formula="x", domain=(0, 1, 0, 2))).domain == (0, 1, 0, 2)


def test_racers_may_have_starts_and_noise_of_their_own() -> None:
    racers = (Racer("sgd"), Racer("sgd", start=(1.0, 1.5)), Racer("sgd", start=(2.0, 0.0)))
    frames = list(race(RaceSpec(surface="beale", racers=racers, steps=20, noise=1.0)))
    assert frames[0].position.tolist() == [[1.0, 1.5], [1.0, 1.5], [2.0, 0.0]]
    assert (frames[-1].position[0] == frames[-1].position[1]).all()
    exact = next(race(RaceSpec(surface="beale", racers=racers, steps=0))).gradient
    shake = frames[0].gradient - exact
    assert (shake[0] == shake[1]).all() and (shake[0] != shake[2]).all()


@pytest.mark.parametrize("surface", SURFACES)
def test_every_optimizer_races_on_every_surface_without_a_warning(surface: str) -> None:
    racers = tuple(
        Racer(optimizer.name, {} if optimizer.batched else {"max_iter": 2})
        for optimizer in OPTIMIZERS.values()
    )
    first, *_, last = race(RaceSpec(surface=surface, racers=racers, steps=60))
    assert last.position.shape == (len(OPTIMIZERS), 2)
    if SURFACES[surface].minima and surface != "mccormick":  # the others have no bottom
        assert "diverged" not in last.state
        best = last.loss < first.loss + 1e-9
        assert best.mean() > 0.8, [
            r.optimizer for r, ok in zip(racers, best, strict=True) if not ok
        ]


def test_surfaces_name_a_rate_for_every_rule_that_needs_one() -> None:
    asked = {name for name, optimizer in OPTIMIZERS.items() if not optimizer.needs_objective}
    for surface in SURFACES.values():
        assert set(surface.rates) == asked, surface.name


def test_heavy_ball_takes_its_optimum_where_the_surface_is_a_quadratic() -> None:
    surface = SURFACES["quadratic"].bind({"condition": 100.0})
    hyper = hyper_of(Racer("heavy-ball"), surface)
    assert (hyper["lr"], hyper["momentum"]) == pytest.approx((0.0330578512, 0.6694214876))
    assert hyper_of(Racer("heavy-ball", {"momentum": 0.5}), surface)["momentum"] == 0.5
    assert hyper_of(Racer("heavy-ball"), SURFACES["rosenbrock"])["momentum"] == 0.9


def test_heavy_balls_curvature_is_that_of_the_hessian() -> None:
    for surface in SURFACES.values():
        curvature = surface.curvature()
        if curvature is not None:
            point = torch.tensor([surface.start], dtype=torch.float64)
            values = torch.linalg.eigvalsh(hessian(surface, point))[0]
            assert values.tolist() == pytest.approx(curvature)
