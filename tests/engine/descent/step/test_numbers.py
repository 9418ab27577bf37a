"""The numbers of the update formulas are those of the race: each result is the next frame."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.descent.data_fit.dataset import DataSpec
from engine.descent.race.run import race
from engine.descent.race.spec import RaceFrame, RaceSpec
from engine.descent.step.nesterov_forms import is_nesterov, two_notations
from engine.descent.step.numbers import StepNumbers, compute_step, gap
from engine.descent.surfaces.registry import SURFACES
from engine.optimizers import lbfgs_state
from engine.optimizers.expressions import evaluate, read
from engine.optimizers.racer import Jog, Racer
from engine.optimizers.registry import OPTIMIZERS

# Every branch of every formula.
VARIANTS: list[tuple[str, dict[str, float]]] = [
    *((name, {}) for name in OPTIMIZERS),
    ("sgd", {"momentum": 0.8, "dampening": 0.3, "weight_decay": 0.1}),
    ("sgd", {"momentum": 0.8, "nesterov": 1}),
    ("sgd", {"weight_decay": 0.1}),
    ("nesterov", {"weight_decay": 0.1}),
    ("adagrad", {"lr_decay": 0.1, "initial_accumulator_value": 0.7, "weight_decay": 0.1}),
    ("rmsprop", {"momentum": 0.9, "centered": 1, "weight_decay": 0.01, "lr": 1e-3}),
    ("adadelta", {"weight_decay": 0.1}),
    ("adam", {"amsgrad": 1, "weight_decay": 0.1}),
    ("adamw", {"amsgrad": 1}),
    ("adamax", {"weight_decay": 0.1}),
    ("nadam", {"weight_decay": 0.1}),
    ("radam", {"beta2": 0.9, "weight_decay": 0.1}),
    ("rprop", {"lr": 0.3, "step_max": 0.4}),
    ("lion", {"weight_decay": 0.1}),
    ("line-search", {"decrease": 0.4, "shrink": 0.7}),
    ("newton", {"saddle_free": 0}),
    ("newton", {"damping": 0.0}),
    ("lbfgs", {"max_iter": 4, "history_size": 3, "lr": 0.3}),
    ("lbfgs", {"line_search_fn": 1, "max_iter": 3}),
]


def frames_of(racer: Racer, **rest) -> tuple[RaceSpec, list[RaceFrame]]:
    spec = RaceSpec(**{"surface": "himmelblau", "racers": (Racer("sgd"), racer), **rest})
    return spec, list(race(spec))


def symbol(workings: StepNumbers, name: str) -> np.ndarray:
    return next(line.result for line in workings.lines if line.symbol == name)


def test_the_formula_of_every_rule_is_checked() -> None:
    assert {name for name, _ in VARIANTS} == set(OPTIMIZERS)


@pytest.mark.parametrize(("name", "settings"), VARIANTS)
@pytest.mark.parametrize("noise", [0.0, 2.0])
def test_the_last_line_is_the_races_next_point(name: str, settings: dict, noise: float) -> None:
    """All but L-BFGS within four last digits of the coordinate; that one has a matrix in it."""
    spec, frames = frames_of(Racer(name, settings), steps=30, noise=noise)
    for step in (0, 1, 2, 9, 29):
        workings = compute_step(spec, frames[step], 1)
        after = frames[step + 1].position[1]
        slack = 1e-12 if name == "lbfgs" else 9e-16
        assert np.allclose(workings.after, after, rtol=slack, atol=slack), step
        assert workings.lines[-1].symbol == "x_new"


@pytest.mark.parametrize(("name", "settings"), VARIANTS)
def test_every_line_is_its_formula_with_its_numbers(name: str, settings: dict) -> None:
    spec, frames = frames_of(Racer(name, settings), steps=6)
    workings = compute_step(spec, frames[5], 1)
    for line in workings.lines:
        assert line.formula is not None
        assert np.array_equal(evaluate(line.formula, line.values), line.result, equal_nan=True)
    given = {line.symbol: line.result for line in workings.given}
    assert np.array_equal(given["x"], frames[5].position[1])
    assert np.array_equal(given["g"], frames[5].gradient[1])


def test_adams_first_step_has_the_textbooks_numbers() -> None:
    """Kingma & Ba: the first step is lr times the sign of the gradient."""
    spec, frames = frames_of(Racer("adam", {"lr": 0.1}), steps=1, start=(1.0, 1.0))
    workings = compute_step(spec, frames[0], 1)
    slope = np.array([-46.0, -38.0])  # of Himmelblau at (1, 1)
    assert symbol(workings, "m_new") == pytest.approx(0.1 * slope)
    assert symbol(workings, "v_new") == pytest.approx(0.001 * slope**2)
    assert symbol(workings, "m_hat") == pytest.approx(slope)
    assert symbol(workings, "v_hat") == pytest.approx(slope**2)
    assert workings.after == pytest.approx([1.1, 1.1], rel=1e-9)
    assert dict(workings.hyper) == {"lr": 0.1, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}


def test_newton_on_a_quadratic_arrives_at_once() -> None:
    racer = Racer("newton", {"damping": 0.0})
    spec, frames = frames_of(racer, surface="booth", steps=1)
    workings = compute_step(spec, frames[0], 1)
    assert np.allclose(workings.values["H"], [[10, 8], [8, 10]])
    assert workings.after == pytest.approx([1, 3])
    # Curvatures 2 and 18; the model's level line is longer by sqrt(18/2) along the valley.
    assert workings.region is not None
    assert workings.region.values == pytest.approx([2, 18])
    assert np.linalg.norm(workings.region.axes, axis=1) == pytest.approx([1, 1 / 3])


def test_backtracking_shows_every_rate_it_tried() -> None:
    """x^2/2 + 50 y^2/2: Armijo asks for lr L < 2 or so; 1 is halved until it is small enough."""
    racer = Racer("line-search", {"lr": 1.0})
    spec, frames = frames_of(racer, surface="quadratic", start=(0.0, 1.0), steps=1)
    workings = compute_step(spec, frames[0], 1)
    outcomes = [bool(line.result) for line in workings.lines if not line.symbol]
    assert outcomes == [False] * 5 + [True]  # 1, 1/2 ... 1/32 is the first below 2/50
    assert workings.values["r"] == 1 / 32
    assert workings.after == pytest.approx([0, 1 - 50 / 32])


def test_rprop_moves_to_a_corner_of_its_box() -> None:
    spec, frames = frames_of(Racer("rprop"), steps=12)
    for step in (0, 3, 11):
        workings = compute_step(spec, frames[step], 1)
        region = workings.region
        assert region is not None and region.box and region.in_plane
        moved = np.abs(workings.after - frames[step].position[1])
        rests = moved == 0
        assert np.allclose(moved[~rests], region.values[~rests])


def test_second_moments_are_an_ellipse_of_their_roots() -> None:
    spec, frames = frames_of(Racer("rmsprop"), steps=4)
    workings = compute_step(spec, frames[3], 1)
    assert workings.region is not None and not workings.region.box
    assert np.allclose(workings.region.values**2, symbol(workings, "v_new"))
    assert np.allclose(np.diag(workings.region.axes), workings.region.values)
    assert compute_step(spec, frames[3], 0).region is None  # SGD has none


def test_the_memory_of_lbfgs_is_frozen_and_thawed_whole() -> None:
    start = torch.tensor([-1.2, 1.0], dtype=torch.float64, requires_grad=True)
    twin = torch.optim.LBFGS([start], max_iter=5)

    def closure() -> torch.Tensor:
        twin.zero_grad()
        loss = SURFACES["rosenbrock"].loss(start[0], start[1])
        loss.backward()
        return loss

    twin.step(closure)
    state = dict(twin.state[start])
    again = lbfgs_state.thaw(lbfgs_state.freeze(state))
    assert set(again) == set(state) - {"al"}
    for key, value in again.items():
        assert np.allclose(np.array(value), np.array([np.asarray(v) for v in state[key]])
                           if isinstance(value, list) else np.asarray(state[key]))  # fmt: skip
    assert lbfgs_state.freeze(None) == {}


def test_a_diverged_racer_is_taken_apart_too() -> None:
    spec = RaceSpec(surface="beale", racers=(Racer("nesterov", {"lr": 9.0}),), steps=40)
    frames = list(race(spec))
    assert not np.isfinite(compute_step(spec, frames[-1], 0).after).all()
    assert not np.isfinite(two_notations(spec, frames, 0).difference)


def test_textbook_and_torch_are_one_path_at_a_constant_rate() -> None:
    """Himmelblau, 300 steps, float64: they differ by a few last digits only."""
    spec, frames = frames_of(Racer("nesterov", {"lr": 1e-3}), steps=300)
    for step in (0, 1, 10, 100, 300):
        both = two_notations(spec, frames[: step + 1], 1)
        assert both.constant_rate and both.difference <= 2e-15
    given = {line.symbol: line.result for line in both.given}
    x, y = given["phi"]
    slope = [4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7),
             2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7)]  # fmt: skip
    assert given["g_0"] == pytest.approx(slope, abs=1e-12)
    assert given["g_1"] == pytest.approx(frames[300].gradient[1], abs=1e-12)
    assert given["theta"] == pytest.approx(frames[300].position[1], abs=1e-14)


def test_under_a_schedule_textbook_and_torch_differ() -> None:
    """One step after the rate falls by a tenth: torch shrinks the whole buffer, v keeps its own."""
    racer = Racer("nesterov", {"lr": 1e-3}, schedule="step", schedule_settings=STEP)
    spec, frames = frames_of(racer, steps=40)
    rates = [frame.rate[1] for frame in frames]
    change = next(k for k in range(1, 40) if rates[k] != rates[k - 1])
    assert two_notations(spec, frames[:change], 1).difference <= 2e-15
    both = two_notations(spec, frames[: change + 1], 1)
    assert not both.constant_rate
    # b holds the same gradients in both; the difference is mu^2 b times the change of rate.
    expected = 0.9**2 * np.abs(frames[change].velocity[1]).max() * (rates[0] - rates[change])
    assert both.difference == pytest.approx(expected, rel=1e-9)


STEP = {"step_size": 10}


def test_after_a_jog_both_notations_begin_anew() -> None:
    racer = Racer("nesterov", {"lr": 1e-3}, jog=Jog(radius=1.0, patience=10))
    spec, frames = frames_of(racer, steps=60)
    shaken = next(frame.step for frame in frames if frame.perturbed[1])
    for step in (shaken, shaken + 1, shaken + 9):
        assert two_notations(spec, frames[: step + 1], 1).difference <= 2e-15
    # The step itself is the rule's; where the racer is then shaken to is no part of it.
    assert gap(compute_step(spec, frames[shaken - 1], 1), frames[shaken], 1) > 1e-3


@pytest.mark.parametrize("name", ["sgd", "nesterov", "adam", "line-search", "newton", "lbfgs"])
def test_over_data_the_numbers_are_those_of_the_batch(name: str) -> None:
    spec, frames = frames_of(Racer(name), surface="line-fit", data=DataSpec(batch=4), steps=8)
    for step in (0, 1, 7):
        workings = compute_step(spec, frames[step], 1)
        assert gap(workings, frames[step + 1], 1) <= 1e-10
        assert np.array_equal(workings.values["g"], frames[step].gradient[1])


def test_only_nesterov_has_two_notations() -> None:
    racers = (Racer("nesterov"), Racer("momentum"), Racer("adam"), Racer("sgd"),
              Racer("sgd", {"momentum": 0.9, "nesterov": 1}))  # fmt: skip
    spec = RaceSpec(racers=racers)
    assert [is_nesterov(spec, k) for k in range(5)] == [True, False, False, False, True]


@pytest.mark.parametrize("text", ["open('x')", "x.y", "x[0]", "lambda: 1", "x if y else z"])
def test_a_formula_is_nothing_but_a_formula(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        read(text)
