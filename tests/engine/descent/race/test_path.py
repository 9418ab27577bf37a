"""The path of one racer at once: where the race itself leads, whoever computes it."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine.descent.compiled import kernel as kernels
from engine.descent.race import path as paths
from engine.descent.race.path import racer_path
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.optimizers.racer import Jog, Racer

SPEC = RaceSpec(
    "himmelblau",
    racers=(Racer("sgd", starts=5), Racer("momentum", starts=3), Racer("adam")),
    start=(1.0, -2.0),
    steps=90,
    seed=3,
)


def whole(spec: RaceSpec, racer: int) -> np.ndarray:
    """(S, T, 2) the last piece of a path."""
    *_, last = racer_path(spec, racer)
    assert last is not None and last.final
    return last.points


def raced(spec: RaceSpec, racer: int) -> np.ndarray:
    """(S, T, 2) where the race itself leads."""
    frames = list(race(spec))
    own = np.stack([frame.position[racer] for frame in frames])[None]
    others = np.stack([frame.others[racer] for frame in frames], axis=1)
    return np.concatenate([own, others])


@pytest.mark.parametrize("racer", [0, 1, 2])
def test_a_compiled_path_is_that_of_the_race(racer: int) -> None:
    np.testing.assert_allclose(whole(SPEC, racer), raced(SPEC, racer), rtol=1e-12)


def test_a_momentum_path_is_the_races_to_the_last_bit() -> None:
    np.testing.assert_array_equal(whole(SPEC, 1), raced(SPEC, 1))


def test_schedules_and_own_starts_are_followed() -> None:
    racer = Racer("momentum", schedule="step", schedule_settings={"step_size": 30}, start=(0, 1))
    spec = replace(SPEC, racers=(Racer("sgd"), racer))
    np.testing.assert_array_equal(whole(spec, 1), raced(spec, 1))


def test_a_diverging_path_leaves_like_the_race() -> None:
    spec = replace(SPEC, racers=(Racer("sgd", {"lr": 1.0}),))
    ours, torchs = whole(spec, 0), raced(spec, 0)
    np.testing.assert_array_equal(np.isfinite(ours), np.isfinite(torchs))
    both = np.isfinite(torchs)
    assert not both.all()
    np.testing.assert_allclose(ours[both], torchs[both], rtol=1e-12)


@pytest.mark.parametrize(
    "change",
    [
        {"noise": 0.5},
        {"racers": (Racer("sgd"), Racer("momentum", jog=Jog(0.5, patience=5)))},
        {"racers": (Racer("sgd"), Racer("line-search"))},
        {"surface": "line-fit"},
    ],
)
def test_what_is_not_compiled_is_the_race(change: dict[str, Any]) -> None:
    spec = replace(SPEC, steps=12, **change)
    np.testing.assert_array_equal(whole(spec, 1), raced(spec, 1))


def test_a_long_path_comes_in_growing_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "FRAME_S", 0.0)
    monkeypatch.setattr(paths, "CHUNK", 60)
    pieces = [piece for piece in racer_path(SPEC, 1) if piece is not None]
    lengths = [piece.points.shape[1] for piece in pieces]
    assert len(pieces) > 2 and lengths == sorted(set(lengths)) and lengths[-1] == 91
    assert [piece.final for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    np.testing.assert_array_equal(pieces[-1].points, raced(SPEC, 1))


def test_it_can_be_left_while_its_step_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_kept", {})
    go = threading.Event()
    monkeypatch.setattr(kernels, "_compile_path", lambda *_work: go.wait())
    waiting = racer_path(SPEC, 0)
    assert next(waiting) is None
    waiting.close()
    go.set()
