"""Jog of weights and further starts: when, where to, and what is kept."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from engine import specs
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.errors import InputError
from engine.optimizers.perturbation import further_starts, generator_of, shift
from engine.optimizers.racer import Jog, Racer

# Two wells: the shallow one near x = 1, the deep one near x = -1.
WELLS = "(x^2 - 1)^2 + 0.3*x + y^2"
DOMAIN = (-2.0, 2.0, -1.5, 1.5)


def wells(racer: Racer, **changes: object) -> RaceSpec:
    spec = RaceSpec(
        surface=None, formula=WELLS, domain=DOMAIN, start=(1.6, 0.8), racers=(racer,), steps=400
    )
    return replace(spec, **changes)  # type: ignore[arg-type]


def test_a_shake_moves_evenly_over_a_disk() -> None:
    generator = generator_of(3, 2, 0)
    shifts = np.array([shift(2.0, generator) for _ in range(4000)])
    lengths = np.hypot(*shifts.T)
    assert lengths.max() <= 2.0
    # Of an even disk the mean distance is 2/3 of the radius, and half lie within r/sqrt 2.
    assert lengths.mean() == pytest.approx(4 / 3, rel=0.03)
    assert (lengths < math.sqrt(2)).mean() == pytest.approx(0.5, abs=0.03)
    assert shifts.mean(0) == pytest.approx([0, 0], abs=0.06)


def test_the_weights_are_shaken_when_the_loss_has_stabilised_and_not_before() -> None:
    jog = Jog(radius=1.2, patience=15, tolerance=1e-3)
    frames = list(race(wells(Racer("sgd", {"lr": 0.05}, jog=jog))))
    plain = list(race(wells(Racer("sgd", {"lr": 0.05}))))
    shaken = [frame.step for frame in frames if frame.perturbed[0]]
    assert len(shaken) > 3
    first = shaken[0]
    for one, other in zip(frames[:first], plain[:first], strict=True):
        assert np.array_equal(one.position, other.position)
    losses = np.array([frame.loss[0] for frame in frames])
    fall = losses[0] - losses[:first].min()
    assert losses[first - 15] - losses[first - 1] <= 1e-3 * fall
    for before, after in zip([0, *shaken], shaken, strict=False):
        assert after - before > 15
    for step in shaken:
        way = frames[step].position[0] - frames[step - 1].position[0]
        assert 0 < np.hypot(*way) <= 1.2


def test_the_best_is_kept_and_jog_finds_what_sgd_cannot() -> None:
    plain = list(race(wells(Racer("sgd", {"lr": 0.05}))))[-1]
    assert plain.position[0][0] > 0.9  # stuck in the shallow well
    frames = list(race(wells(Racer("sgd", {"lr": 0.05}, jog=Jog(radius=2.5)))))
    seen = np.minimum.accumulate([frame.loss[0] for frame in frames])
    assert [frame.best_loss[0] for frame in frames] == seen.tolist()
    best = frames[-1].best[0]
    assert best[0] < -0.9 and best[1] == pytest.approx(0, abs=0.05)
    at = next(frame for frame in frames if frame.loss[0] == frames[-1].best_loss[0])
    assert np.array_equal(at.position[0], best)


def test_a_descent_without_jog_is_untouched_and_never_shaken() -> None:
    frames = list(race(wells(Racer("adam"))))
    assert not any(frame.perturbed.any() for frame in frames)
    assert all(frame.others[0].shape == (0, 2) for frame in frames)


def test_the_same_seed_gives_the_same_shakes_to_every_racer_and_another_seed_others() -> None:
    def last(racers: tuple[Racer, ...], seed: int) -> np.ndarray:
        *_, frame = race(wells(racers[0], racers=racers, seed=seed, steps=120))
        return frame.position

    racer = Racer("sgd", {"lr": 0.05}, jog=Jog(radius=1.0))
    alone = last((racer,), 7)
    assert np.array_equal(alone, last((racer,), 7))
    crowd = last((Racer("adam"), racer, replace(racer, starts=3)), 7)
    assert np.allclose(crowd[1], alone[0], rtol=1e-12)
    assert np.allclose(crowd[2], alone[0], rtol=1e-12)
    assert not np.allclose(last((racer,), 8), alone)


def test_a_diverged_racer_is_not_shaken_back() -> None:
    jog = Jog(radius=1.0, patience=3)
    *_, last = race(wells(Racer("sgd", {"lr": 3.0}, jog=jog), steps=80))
    assert last.state == ("diverged",)
    assert np.isfinite(last.best_loss[0])


def test_a_hole_in_the_loss_is_not_the_best_point() -> None:
    spec = RaceSpec(
        surface=None, formula="log(x) + x^2 + y^2", start=(0.0, 1.0), steps=5,
        racers=(Racer("sgd", {"lr": 0.01}, starts=5),),
    )  # fmt: skip
    frames = list(race(spec))
    assert frames[0].loss[0] == -np.inf
    assert np.isfinite(frames[-1].best_loss[0]) and frames[-1].best_trail[0] > 0


def test_lbfgs_forgets_its_history_when_it_is_shaken() -> None:
    racer = Racer("lbfgs", {"max_iter": 4}, jog=Jog(radius=1.0, patience=3))
    frames = list(race(wells(racer, steps=40)))
    assert any(frame.perturbed[0] for frame in frames)
    for frame, after in itertools.pairwise(frames):
        if frame.perturbed[0]:
            # The first step of a fresh L-BFGS goes down the gradient and lowers this loss.
            assert after.loss[0] < frame.loss[0]


def test_further_starts_lie_in_the_view_and_begin_alike() -> None:
    places = np.array(further_starts(5, DOMAIN, 500))
    assert (places >= [-2, -1.5]).all() and (places <= [2, 1.5]).all()
    assert places.mean(0) == pytest.approx([0, 0], abs=0.15)
    assert further_starts(5, DOMAIN, 500)[:10] == further_starts(5, DOMAIN, 10)
    assert further_starts(6, DOMAIN, 1) != further_starts(5, DOMAIN, 1)


def test_each_further_trail_is_the_race_from_there_and_the_best_is_told() -> None:
    racers = (Racer("momentum", {"lr": 0.01}, starts=6), Racer("sgd", {"lr": 0.05}))
    frames = list(race(wells(racers[0], racers=racers)))
    starts = further_starts(0, DOMAIN, 5)
    assert frames[0].others[0].tolist() == [list(place) for place in starts]
    assert frames[0].others[1].shape == (0, 2)
    for trail, start in enumerate(starts):
        alone = Racer("momentum", {"lr": 0.01}, start=start)
        for one, many in zip(race(wells(alone)), frames, strict=True):
            assert np.allclose(one.position[0], many.others[0][trail], rtol=1e-12, atol=1e-12)
            assert np.allclose(one.loss[0], many.other_losses[0][trail], rtol=1e-12)
    last = frames[-1]
    every = np.stack([np.append(f.loss[0], f.other_losses[0]) for f in frames])  # (T, 6)
    assert last.best_loss[0] == every.min()
    assert last.best_trail[0] == every.min(0).argmin()
    assert last.best[0][0] < -0.9
    assert last.best_trail[1] == 0


def test_further_starts_leave_the_racers_own_trail_as_it_is_under_noise_too() -> None:
    racer = Racer("sgd", {"lr": 0.05})
    one = list(race(wells(racer, noise=0.5, steps=50)))
    many = list(race(wells(replace(racer, starts=20), noise=0.5, steps=50)))
    for a, b in zip(one, many, strict=True):
        assert np.array_equal(a.position, b.position)
        assert np.array_equal(a.velocity, b.velocity)


def test_a_spec_with_schedule_jog_and_starts_survives_the_round_trip() -> None:
    racer = Racer(
        "sgd", {"lr": 0.1}, "a", None, "cosine", {"T_max": 40.0}, Jog(0.3, 7, 0.01), starts=4
    )
    spec = RaceSpec(racers=(racer,))
    assert specs.from_json(specs.to_json(spec), RaceSpec) == spec
    old = '{"thalweg": 1, "kind": "race", "racers": [{"optimizer": "sgd"}]}'
    assert specs.from_json(old, RaceSpec).racers == (Racer("sgd"),)


@pytest.mark.parametrize(
    ("racer", "match"),
    [
        (Racer("sgd", jog=Jog(radius=-1)), "jog radius"),
        (Racer("sgd", jog=Jog(patience=0)), "jog patience"),
        (Racer("sgd", jog=Jog(tolerance=math.nan)), "jog tolerance"),
        (Racer("sgd", starts=0), "starts: 0"),
        (Racer("sgd", starts=1001), "starts: 1001"),
        (Racer("lbfgs", starts=9), "starts: 9 is outside 1 to 8"),
    ],
)
def test_what_cannot_be_run_is_refused(racer: Racer, match: str) -> None:
    with pytest.raises(InputError, match=match):
        list(race(wells(racer)))


def test_too_many_points_are_refused_before_they_are_computed() -> None:
    with pytest.raises(InputError, match="999 further starts"):
        next(race(RaceSpec(racers=(Racer("sgd", starts=1000),), steps=1_000_000)))
