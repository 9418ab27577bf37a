"""What each race of the lecture is to show does happen, and beside it does not."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from engine.networks.tasks.fit import fit
from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.pictures import starts_view, view
from engine.networks.tasks.presets import PRESETS
from engine.networks.tasks.settings import check

TWO_ALIKE = math.log(2) / 2  # of the four examples of XOR the net cannot tell two apart


@cache
def run(name: str) -> list[FitFrame]:
    return list(fit(PRESETS[name]))


def losses(name: str) -> np.ndarray:
    """(T, R)."""
    return np.array([frame.train_loss for frame in run(name)])


def losses_on_test(name: str) -> np.ndarray:
    return np.array([frame.test_loss[0] for frame in run(name)])


@pytest.mark.parametrize("name", PRESETS)
def test_a_race_is_short_enough_for_a_lecture(name: str) -> None:
    spec = check(PRESETS[name])
    assert spec.steps is not None and 100 <= spec.steps <= 400


def test_several_starts_reach_several_minima_and_the_best_is_kept() -> None:
    last = run("tasks-several-starts")[-1]
    seen = starts_view(PRESETS["tasks-several-starts"], last, 0, size=4)
    reached = [seen.losses[seen.groups == group] for group in range(seen.groups.max() + 1)]
    assert len(reached) >= 2 and reached[0].max() < 0.01
    assert reached[1] == pytest.approx(TWO_ALIKE, abs=0.003) and len(reached[1]) > 5
    assert seen.losses[0] > 0.3 and last.best_loss[0] < 0.01 and last.best_start[0] > 0


def test_a_wide_net_reaches_the_lowest_from_every_start() -> None:
    last = run("tasks-wide-net")[-1]
    assert max(last.train_loss[0], last.other_losses[0].max()) < 0.01


def test_paralysis_saturates_every_hidden_node_and_leaves_the_net_at_chance() -> None:
    frames = run("tasks-paralysis")
    assert all((frame.saturated == 1).all() for frame in frames)
    late = frames[150:]
    assert max(frame.gradient_norms[0, 0] for frame in frames) < 1e-3
    assert max(frame.gradient_norms[0].max() for frame in late) < 0.05
    assert [frame.train_loss[0] for frame in late] == pytest.approx([math.log(2)] * 151, abs=0.003)
    assert frames[-1].train_accuracy[0] == 0.5
    cured = run("tasks-no-paralysis")
    assert cured[0].saturated.max() == 0 and cured[0].gradient_norms.min() > 0.01
    assert cured[-1].train_accuracy[0] > 0.95 and cured[-1].train_loss[0] < 0.1


def test_a_jog_frees_the_start_that_is_stuck_without_it() -> None:
    stuck, both = run("tasks-stuck"), run("tasks-jog")
    assert stuck[-1].train_loss[0] == pytest.approx(TWO_ALIKE, abs=0.003)
    assert both[-1].train_loss[0] == stuck[-1].train_loss[0]
    assert both[-1].train_loss[1] < 0.01
    jogs = [frame.step for frame in both if frame.perturbed[1]]
    assert jogs and not any(frame.perturbed[0] for frame in both)
    assert (losses("tasks-jog")[: jogs[0], 0] == losses("tasks-jog")[: jogs[0], 1]).all()


def test_overfitting_lowers_the_training_loss_and_raises_the_test_loss() -> None:
    test = losses_on_test("tasks-overfitting")
    assert losses("tasks-overfitting")[-1, 0] < 0.02 and test[-1] > 2 * test.min()
    assert 20 < test.argmin() < 200
    assert run("tasks-overfitting")[-1].train_accuracy[0] == 1


@pytest.mark.parametrize("cure", ["weight-decay", "more-data", "early-stopping"])
def test_each_cure_ends_well_below_what_overfitting_ends_at(cure: str) -> None:
    name = f"tasks-{cure}"
    assert losses_on_test(name)[-1] < 0.5 * losses_on_test("tasks-overfitting")[-1]
    gap = losses_on_test(name)[-1] - losses(name)[-1, 0]
    assert gap < 0.2 * (
        losses_on_test("tasks-overfitting")[-1] - losses("tasks-overfitting")[-1, 0]
    )
    assert (run(name)[-1].state == ("stopped",)) == (cure == "early-stopping")


def test_the_boundary_that_overfits_wraps_round_single_points() -> None:
    """Its class changes far more often along the rows of the picture than the cured one's."""
    changes = {}
    for name in ("tasks-overfitting", "tasks-weight-decay"):
        drawn = view(PRESETS[name], run(name)[-1].parameters, 0).boundary
        assert drawn is not None
        changes[name] = np.count_nonzero(np.diff(drawn[0] > 0.5, axis=1))
    assert changes["tasks-overfitting"] > 1.2 * changes["tasks-weight-decay"]


def test_a_rate_is_too_small_too_large_or_good() -> None:
    small, large, good = (
        losses(f"tasks-{name}")[:, 0] for name in ("rate-too-small", "rate-too-large", "good-rate")
    )
    assert (np.diff(small) < 0).all() and small[-1] > 0.98 * small[0]
    assert large[10:].max() > 5 * large[0] and (np.diff(large) > 0).sum() > 50
    assert good[-1] < 0.3 * good[0] and (np.diff(good) <= 1e-3).mean() > 0.95


def test_the_product_net_is_steady_is_catapulted_and_diverges() -> None:
    last = run("tasks-product")[-1]
    u, v = last.parameters.astype(float).T
    assert (u**2 + v**2)[:2] == pytest.approx([16.025, 2.340], abs=1e-3)
    assert last.state == ("converged", "converged", "diverged")
    catapulted = losses("tasks-product")[:, 1]
    assert catapulted.max() > 3 * catapulted[0] and catapulted[-1] < 1e-8
