"""Each scene of the lecture shows what its caption says."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.descent.race import RaceFrame, RaceSpec, race
from gui.descent.lecture import SCENES, Scene
from gui.descent.workspace import DescentWorkspace

from .conftest import WAIT_MS, wait_for_race

BY_NAME = {scene.name: scene for scene in SCENES}


def run(name: str) -> tuple[RaceSpec, list[RaceFrame]]:
    spec = BY_NAME[name].spec()
    return spec, list(race(spec))


def paths(frames: list[RaceFrame]) -> np.ndarray:
    """(R, T, 2)."""
    return np.stack([frame.position for frame in frames], axis=1)


def turns(values: np.ndarray) -> int:
    """How often a sequence changes its sign."""
    return int((np.diff(np.sign(values)) != 0).sum())


def test_several_starts_end_in_four_minima() -> None:
    _, frames = run("several-starts")
    ends = {tuple(np.round(place, 1)) for place in frames[-1].position}
    assert len(frames[0].position) == 6 and len(ends) == 4
    assert set(frames[-1].state) == {"converged"}


def test_noise_never_rests() -> None:
    _, frames = run("sgd-noise")
    sgd, momentum = paths(frames)[:, 150:]
    assert np.linalg.norm(sgd, axis=1).std() > 0.1
    assert np.linalg.norm(np.diff(momentum, axis=0), axis=1).mean() < 0.7 * np.mean(
        np.linalg.norm(np.diff(sgd, axis=0), axis=1)
    )
    assert "converged" not in frames[-1].state


def test_slow_convergence_is_still_on_its_way() -> None:
    _, frames = run("weak-slow")
    assert frames[-1].state == ("running",)
    assert frames[30].loss[0] < 0.2 * frames[0].loss[0]
    assert np.hypot(*(frames[-1].position[0] - 1)) > 0.3


def test_sgd_stays_in_the_local_minimum_and_momentum_leaves_it() -> None:
    for name in ("weak-local-minimum", "momentum-jump"):
        _, frames = run(name)
        assert frames[-1].position[0][0] == pytest.approx(1.917, abs=0.01)
    assert frames[-1].position[1][0] == pytest.approx(-2.074, abs=0.01)
    assert frames[-1].loss[1] < frames[-1].loss[0]


def test_paralysis_holds_sgd_on_the_plateau() -> None:
    _, frames = run("weak-paralysis")
    sgd, momentum = paths(frames)
    assert abs(sgd[-1, 0] - sgd[0, 0]) < 0.1
    assert momentum[-1, 0] > 0


def test_ravine_makes_sgd_zigzag() -> None:
    _, frames = run("momentum-ravine")
    sgd, momentum = paths(frames)[:, :60]
    assert turns(sgd[:, 1]) > 50
    assert turns(momentum[:, 1]) < 12


def test_nesterov_wins_and_loses() -> None:
    _, frames = run("nesterov-wins")
    assert (frames[100].loss[1] < 0.3 * frames[100].loss[0]) and frames[50].loss[1] < 0.01
    spec, frames = run("nesterov-loses")
    lr, mu = spec.racers[0].settings["lr"], spec.racers[0].settings["momentum"]
    assert (2 + 2 * mu) / (1 + 2 * mu) < lr * spec.parameters["condition"] < 2 * (1 + mu)
    assert frames[-1].state == ("converged", "diverged")


def test_the_vectors_of_a_step_are_far_from_one_another() -> None:
    from engine.descent.anatomy import next_step

    spec, frames = run("nesterov-vectors")
    scene = BY_NAME["nesterov-vectors"]
    anatomy = next_step(spec, frames[scene.step], 0)
    ways = {arrow.role: arrow.head - arrow.tail for arrow in anatomy.arrows}
    assert set(ways) == {"gradient", "gradient_ahead", "momentum", "classical", "nesterov"}
    g0, g1 = ways["gradient"], ways["gradient_ahead"]
    assert g0 @ g1 / np.linalg.norm(g0) / np.linalg.norm(g1) < 0.5


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_the_menu_opens_the_scene(qtbot: QtBot, workspace: DescentWorkspace, scene: Scene) -> None:
    workspace.start_first_work()
    ids = {f"lecture.descent.{scene.name.replace('-', '_')}"}
    (record,) = [spec for spec in workspace.actions() if spec.id in ids]
    assert record.menu == "Lecture"
    record.callback()
    assert workspace.header.caption.isVisible() and workspace.header.caption.text()
    spec = scene.spec()
    assert workspace.setup.spec() == spec
    qtbot.waitUntil(
        lambda: (
            workspace.runner.setup == workspace.setup and workspace.player.available >= scene.step
        ),
        timeout=WAIT_MS,
    )
    assert workspace.player.step == scene.step
    assert workspace.optimizers.chosen_name() == scene.chosen


def test_another_surface_takes_the_caption_away(qtbot: QtBot, workspace: DescentWorkspace) -> None:
    workspace.editor.set_race_value("steps", 30)
    workspace.start_first_work()
    workspace.open_scene(BY_NAME["momentum-ravine"])
    workspace.editor.set_start(-1.0, 0.5)
    assert workspace.header.caption.isVisible()
    workspace.editor.choose_surface("saddle")
    assert not workspace.header.caption.isVisible()
    wait_for_race(qtbot, workspace)
