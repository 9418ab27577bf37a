"""The vectors of the next step add up to the step that is then taken."""

from __future__ import annotations

import numpy as np
import pytest

from engine.descent.anatomy import Anatomy, next_step
from engine.descent.race import RaceFrame, Racer, RaceSpec, race

RATE, MU = 1e-3, 0.9


def frames_of(*racers: Racer, **rest) -> tuple[RaceSpec, list[RaceFrame]]:
    spec = RaceSpec(surface="himmelblau", racers=racers, steps=30, **rest)
    return spec, list(race(spec))


def arrows(anatomy: Anatomy) -> dict[str, np.ndarray]:
    return {arrow.role: arrow.head - arrow.tail for arrow in anatomy.arrows}


def letters(anatomy: Anatomy) -> dict[str, str]:
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
