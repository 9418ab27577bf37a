"""The vectors of the next step add up to the step that is then taken."""

from __future__ import annotations

import numpy as np
import pytest

from engine.descent.race.run import race
from engine.descent.race.spec import RaceFrame, RaceSpec
from engine.descent.step.vectors import StepVectors, next_step
from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS

RATE, MU = 1e-3, 0.9


def frames_of(*racers: Racer, **rest) -> tuple[RaceSpec, list[RaceFrame]]:
    spec = RaceSpec(surface="himmelblau", racers=racers, steps=30, **rest)
    return spec, list(race(spec))


def arrows(anatomy: StepVectors) -> dict[str, np.ndarray]:
    return {arrow.role: arrow.head - arrow.tail for arrow in anatomy.arrows}


def letters(anatomy: StepVectors) -> dict[str, str]:
    return {arrow.role: arrow.letter for arrow in anatomy.arrows}


def test_sgd_is_its_gradient_alone() -> None:
    spec, frames = frames_of(Racer("sgd", {"lr": RATE}))
    anatomy = next_step(spec, frames[7], 0)
    assert letters(anatomy) == {"gradient": "g0"}
    assert np.allclose(anatomy.after, frames[8].position[0], rtol=1e-14)
    assert (anatomy.base == frames[7].position[0]).all()


@pytest.mark.parametrize("step", [0, 1, 9])
@pytest.mark.parametrize("dampening", [0.0, 0.4])
@pytest.mark.parametrize("noise", [0.0, 2.0])
def test_momentum_is_momentum_plus_gradient(step: int, dampening: float, noise: float) -> None:
    settings = {"lr": RATE, "momentum": MU, "dampening": dampening, "weight_decay": 0.1}
    spec, frames = frames_of(Racer("momentum", settings), noise=noise)
    anatomy = next_step(spec, frames[step], 0)
    vectors = arrows(anatomy)
    assert letters(anatomy) == {"gradient": "g0", "momentum": "m", "classical": ""}
    assert np.allclose(vectors["classical"], vectors["momentum"] + vectors["gradient"])
    assert np.allclose(anatomy.after, frames[step + 1].position[0], rtol=1e-13)
    assert np.allclose(anatomy.lookahead, anatomy.base + vectors["momentum"])
    if step == 0:
        assert not vectors["momentum"].any()  # velocity from zero


@pytest.mark.parametrize("step", [0, 1, 9])
@pytest.mark.parametrize("noise", [0.0, 2.0])
def test_nesterov_is_momentum_plus_the_gradient_at_its_tip(step: int, noise: float) -> None:
    spec, frames = frames_of(Racer("nesterov", {"lr": RATE, "momentum": MU}), noise=noise)
    anatomy = next_step(spec, frames[step], 0)
    vectors = arrows(anatomy)
    assert letters(anatomy) == {
        "gradient": "g0",
        "momentum": "m",
        "gradient_ahead": "g1",
        "classical": "",
        "nesterov": "",
    }
    by_role = {arrow.role: arrow for arrow in anatomy.arrows}
    assert [arrow.role for arrow in anatomy.arrows if arrow.dashed] == ["gradient_ahead"]
    # The tip of the momentum vector is the point that torch stores.
    assert np.allclose(by_role["momentum"].head, frames[step].position[0])
    assert (by_role["gradient_ahead"].tail == anatomy.lookahead).all()
    assert (by_role["gradient"].tail == anatomy.base).all()
    assert np.allclose(vectors["nesterov"], vectors["momentum"] + vectors["gradient_ahead"])
    assert np.allclose(vectors["classical"], vectors["momentum"] + vectors["gradient"])
    # After the step the textbook's point is where the next anatomy starts.
    assert np.allclose(anatomy.after, next_step(spec, frames[step + 1], 0).base, rtol=1e-13)
    if not noise:
        x, y = anatomy.base
        slope = [
            4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7),
            2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7),
        ]
        assert np.allclose(vectors["gradient"], -RATE * np.array(slope))


def test_sgd_with_nesterov_set_is_drawn_as_nesterov() -> None:
    racer = Racer("sgd", {"lr": RATE, "momentum": MU, "nesterov": 1.0})
    spec, frames = frames_of(racer)
    assert "nesterov" in letters(next_step(spec, frames[3], 0))


def test_a_diverged_racer_has_an_anatomy_too() -> None:
    spec = RaceSpec(surface="beale", racers=(Racer("nesterov", {"lr": 9.0}),), steps=40)
    *_, last = race(spec)
    assert last.state == ("diverged",)
    assert len(next_step(spec, last, 0).arrows) == 5


@pytest.mark.parametrize("name", list(OPTIMIZERS))
@pytest.mark.parametrize("noise", [0.0, 1.0])
def test_the_step_of_every_rule_is_the_one_then_taken(name: str, noise: float) -> None:
    spec, frames = frames_of(Racer("sgd"), Racer(name), noise=noise)
    for step in (0, 1, 12):
        anatomy = next_step(spec, frames[step], 1)
        if "nesterov" not in letters(anatomy):
            assert np.allclose(anatomy.after, frames[step + 1].position[1], rtol=1e-12, atol=0)


def test_adam_shows_the_direction_of_its_gradient_and_mean_and_its_step() -> None:
    spec, frames = frames_of(Racer("adam", {"lr": 0.1}))
    anatomy = next_step(spec, frames[0], 0)
    assert letters(anatomy) == {"direction": "g0", "average": "m", "step": ""}
    vectors = arrows(anatomy)
    slope = frames[0].gradient[0]
    assert np.allclose(np.abs(vectors["step"]), 0.1, rtol=1e-6)
    # The first mean is a tenth of the gradient and points as it does.
    assert np.allclose(vectors["direction"], vectors["average"])
    assert np.hypot(*vectors["direction"]) == pytest.approx(np.hypot(*vectors["step"]))
    assert np.allclose(anatomy.rates, -vectors["step"] / (0.1 * slope))


def test_rmsprop_with_momentum_has_a_velocity() -> None:
    spec, frames = frames_of(Racer("rmsprop", {"lr": 0.01, "momentum": 0.9}))
    vectors = arrows(next_step(spec, frames[6], 0))
    assert np.allclose(vectors["momentum"], -0.01 * 0.9 * frames[6].memory(0)["velocity"][0])
    assert set(vectors) == {"direction", "momentum", "step"}


def test_lbfgs_shows_its_step_and_the_curvature_it_has_learnt() -> None:
    spec, frames = frames_of(Racer("lbfgs", {"max_iter": 2}))
    anatomy = next_step(spec, frames[3], 0)
    assert np.allclose(anatomy.after, frames[4].position[0], rtol=1e-12)
    assert [arrow.role for arrow in anatomy.arrows] == ["direction", "step"]
    assert anatomy.region is not None and anatomy.region.symbol == "curvature"


def test_what_cannot_be_drawn_is_left_out() -> None:
    at_rest = RaceSpec(surface="booth", start=(1.0, 3.0), racers=(Racer("line-search"),), steps=1)
    anatomy = next_step(at_rest, next(race(at_rest)), 0)
    assert [arrow.role for arrow in anatomy.arrows] == ["step"]
    assert (anatomy.after == [1, 3]).all()
