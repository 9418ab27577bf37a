"""Each scene of the lecture shows what its caption says."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from string import Formatter

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from engine.descent.lecture_numbers import Numbers, numbers
from engine.descent.race.run import race
from engine.descent.race.spec import RaceFrame, RaceSpec, sampler_of, surface_of
from engine.descent.step.example_gradients import gradients_of_examples
from engine.optimizers.racer import name_racers
from gui import number_text
from gui.descent.scenes import SCENES, UNKNOWN, Scene
from gui.descent.workspace import DescentWorkspace
from tests.gui.descent.conftest import WAIT_MS, wait_for_race
from tests.gui.descent.export.seen import check as check_exported

BY_NAME = {scene.name: scene for scene in SCENES}


@cache
def run(name: str) -> tuple[RaceSpec, list[RaceFrame]]:
    spec = BY_NAME[name].spec()
    return spec, list(race(spec))


def at_its_step(name: str) -> tuple[list[RaceFrame], Numbers]:
    """What the window shows of a scene, and the numbers that its caption says."""
    spec, frames = run(name)
    frames = frames[: BY_NAME[name].step + 1]
    return frames, numbers(name, spec, frames)


def paths(frames: list[RaceFrame]) -> np.ndarray:
    """(R, T, 2)."""
    return np.stack([frame.position for frame in frames], axis=1)


def turns(values: np.ndarray) -> int:
    """How often a sequence changes its sign."""
    return int((np.diff(np.sign(values)) != 0).sum())


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_no_number_of_a_caption_is_typed(scene: Scene) -> None:
    fields = [name for _, name, _, _ in Formatter().parse(scene.caption) if name]
    words = scene.caption.replace("(2 + 2μ)/(1 + 2μ)", "").replace("2(1 + μ)", "")  # the bounds
    words = words.replace("SGD 2", "")  # a name
    assert not re.search(r"[0-9]", words)
    assert not re.search(r"\b(three|four|five|six|ten|sixteen|hundred|thousand|fifty)\b", words)
    assert set(fields) <= set(at_its_step(scene.name)[1])


def test_the_map_shows_what_a_caption_says_at_its_step() -> None:
    """All that is said is drawn already where the scene is opened, not after it was played."""
    frames, told = at_its_step("several-starts")
    assert told["minima"] == len({tuple(np.round(place)) for place in frames[-1].position}) == 4
    assert (np.abs(frames[-1].position - run("several-starts")[1][-1].position) < 0.05).all()

    frames, told = at_its_step("several-restarts")
    assert (told["starts"], told["minima"]) == (16, 4)
    assert told["best"] == frames[-1].best_loss[0] == pytest.approx(-78.33, abs=0.01)

    _, told = at_its_step("sgd-batches")
    assert (told["batch"], told["examples"], told["steps"]) == (4, 24, 6) and told["angle"] < 15

    frames, told = at_its_step("sgd-outlier")
    assert (told["place"], told["steps"]) == (3, 6)

    _, told = at_its_step("sgd-huge")
    assert told["seen"] == told["step"] * told["batch"] < told["examples"] / 10
    assert 0 <= told["over"] < 2

    frames, told = at_its_step("sgd-noise")
    sgd, momentum = np.linalg.norm(np.diff(paths(frames)[:, 40:], axis=1), axis=2)
    assert told["times"] == pytest.approx(sgd.mean() / momentum.mean()) and told["times"] > 2

    _, told = at_its_step("sgd-schedule")
    assert told["falling"] < 0.3 * told["constant"]

    frames, told = at_its_step("weak-slow")
    assert told["gone"] > 75 and told["early"] < 0.05 * told["step"]
    assert told["distance"] == pytest.approx(np.hypot(*(frames[-1].position[0] - 1)))
    assert told["distance"] > 0.5 and frames[-1].state == ("running",)

    frames, _ = at_its_step("weak-local-minimum")
    spec = BY_NAME["weak-local-minimum"].spec()
    *_, other = race(replace(spec, start=(-3.0, 1.5)))
    assert frames[-1].position[0, 0] > 1.9 and other.position[0, 0] < -2.0
    assert other.loss[0] < frames[-1].loss[0]

    frames, told = at_its_step("weak-jog")
    assert frames[told["second"] - 1].position[1, 0] > 1.8  # the first shake fell back
    assert frames[-1].best[1, 0] < -1.9 < 1.9 < frames[-1].position[0, 0]

    frames, told = at_its_step("weak-paralysis")
    assert told["sgd"] < 0.05 and told["momentum"] > 100 * told["sgd"]
    assert 0 < frames[-1].position[1, 0] < 4  # has crossed, and is still in view

    frames, told = at_its_step("momentum-ravine")
    assert told["steep"] == 50 and told["crossings"] == told["step"]
    assert turns(paths(frames)[1, :, 1]) < 0.5 * told["crossings"]
    assert told["momentum"] < 0.2 * told["sgd"]
    assert told["momentum"] == pytest.approx(100 * abs(frames[-1].position[1, 0]) / 2.5)

    frames, told = at_its_step("momentum-jump")
    assert frames[-1].position[0, 0] > 1.9 and frames[-1].position[1, 0] < -1.9
    assert told["other"] < told["loss"]

    frames, told = at_its_step("momentum-cut")
    assert [place > 0 for place in frames[-1].position[:, 0]] == [True, True, False]
    assert told == {"low": 0.5, "high": 0.9}

    _, told = at_its_step("momentum-noise")
    assert told["batch_angle"] > 20 and told["velocity_angle"] < 0.2 * told["batch_angle"]

    frames, told = at_its_step("nesterov-vectors")
    assert told["nesterov"] < 0.2 * told["classical"]
    assert told["nesterov"] < frames[-1].loss[0]  # it brakes in time

    frames, told = at_its_step("nesterov-wins")
    assert told["nesterov"] < 0.01 * told["classical"]
    assert frames[-1].loss[1] < 0.1 * frames[-1].loss[0]

    frames, told = at_its_step("nesterov-loses")
    assert told["nesterov"] < told["product"] < told["classical"]
    assert frames[-1].loss[1] > 1e3 * frames[0].loss[1] > 1e4 * frames[-1].loss[0]


def test_several_starts_end_in_four_minima() -> None:
    _, frames = run("several-starts")
    ends = {tuple(np.round(place, 1)) for place in frames[-1].position}
    assert len(frames[0].position) == 6 and len(ends) == 4
    assert set(frames[-1].state) == {"converged"}


def test_restarts_find_all_minima_and_keep_the_deepest() -> None:
    spec, frames = run("several-restarts")
    ends = np.concatenate([frames[-1].position, frames[-1].others[0]])
    assert len(ends) == 16
    assert {tuple(np.round(place)) for place in ends} == {(3, 3), (-3, -3), (-3, 3), (3, -3)}
    assert frames[-1].loss[0] > -51  # its own start ends in the shallowest
    assert frames[-1].best_loss[0] == pytest.approx(-78.3323314075)
    assert frames[-1].best[0] == pytest.approx(surface_of(spec).minima[0], abs=1e-4)


def test_a_falling_rate_comes_to_rest_where_a_constant_one_shivers() -> None:
    _, frames = run("sgd-schedule")
    constant, falling = np.linalg.norm(paths(frames), axis=2)[:, -60:].mean(1)
    assert falling < 0.3 * constant
    assert frames[-1].rate.tolist() == [0.1, pytest.approx(0, abs=1e-9)]


def test_jog_leaves_the_local_minimum_and_keeps_the_best() -> None:
    _, frames = run("weak-jog")
    plain, shaken = frames[-1].best
    assert plain[0] == pytest.approx(1.917, abs=0.01)
    assert shaken[0] == pytest.approx(-2.074, abs=0.01)
    assert frames[-1].best_loss[1] < 0 < frames[-1].best_loss[0]
    first, second = [frame.position[1] for frame in frames if frame.perturbed[1]][:2]
    assert first[0] > 0.5 and second[0] < -0.5


def test_gradient_descent_follows_the_mean_of_all_examples() -> None:
    spec, frames = run("gradient-descent")
    sampler = sampler_of(spec, surface_of(spec))
    assert sampler is not None and sampler.full and sampler.steps_an_epoch == 1
    found = gradients_of_examples(spec, frames[: BY_NAME["gradient-descent"].step + 1], 0)
    assert found.chosen.all() and len(found.gradients) == 24
    assert np.allclose(found.gradients.mean(0), found.full)
    moved = frames[4].position[0] - frames[3].position[0]
    assert np.allclose(moved, -0.1 * found.full)
    spread = np.degrees(np.arctan2(*found.gradients.T[::-1])).std()
    assert spread > 10  # each pulls its own way


def test_batches_make_an_epoch_of_six_steps() -> None:
    spec, frames = run("sgd-batches")
    sampler = sampler_of(spec, surface_of(spec))
    assert sampler is not None
    assert (sampler.count, sampler.size, sampler.steps_an_epoch, sampler.data.reshuffle) == (
        24,
        4,
        6,
        True,
    )
    found = gradients_of_examples(spec, frames[:3], 0)
    assert 0.5 < found.batch_angle < 30
    assert frames[60].loss[0] < 0.02 * frames[0].loss[0]


def test_a_fixed_batch_with_the_outlier_keeps_pulling() -> None:
    spec, frames = run("sgd-outlier")
    scene, sampler = BY_NAME["sgd-outlier"], sampler_of(spec, surface_of(spec))
    assert sampler is not None and sampler.steps_an_epoch == 6
    (path,) = paths(frames)
    moved = np.linalg.norm(np.diff(path, axis=0), axis=1)[120:240].reshape(20, 6)
    assert set(moved.argmax(1)) == {2}  # the third step of every epoch ...
    assert 23 in sampler.at(scene.step).indices and scene.step % 6 == 2  # ... has the outlier in it
    assert np.allclose(path[234], path[228], atol=1e-3)  # round the same way for ever
    dealt = replace(spec, data=replace(spec.data, reshuffle=True))
    (other,) = paths(list(race(dealt)))
    shaken = np.linalg.norm(np.diff(other, axis=0), axis=1)[120:240].reshape(20, 6)
    assert len(set(shaken.argmax(1))) > 3  # reshuffled it comes at any step


def test_a_stream_is_enough() -> None:
    spec, frames = run("sgd-online")
    sampler = sampler_of(spec, surface_of(spec))
    assert sampler is not None and sampler.data.online and sampler.size == 1
    truth = surface_of(spec).minima[0]
    assert truth == pytest.approx((1.2, 0.4))
    assert (np.linalg.norm(frames[-1].position - truth, axis=1) < 0.2).all()


def test_a_huge_sample_is_learnt_before_it_was_seen() -> None:
    spec, frames = run("sgd-huge")
    sampler = sampler_of(spec, surface_of(spec))
    assert sampler is not None and sampler.count == 20_000 and sampler.at(100).seen == 1600
    least = surface_of(spec).loss(*torch.tensor(surface_of(spec).minima[0], dtype=torch.float64))
    assert frames[100].loss[0] < 1.02 * float(least)


def test_velocity_is_nearer_to_the_full_gradient_than_the_batch() -> None:
    spec, frames = run("momentum-noise")
    found = gradients_of_examples(spec, frames[: BY_NAME["momentum-noise"].step + 1], 1)
    assert found.batch_angle_mean > 20 and found.velocity_angle_mean < 6
    assert np.allclose(frames[0].velocity, 0)


def test_noise_never_rests() -> None:
    _, frames = run("sgd-noise")
    sgd, momentum = paths(frames)[:, 40:]
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
    assert turns(momentum[:, 1]) < 0.5 * turns(sgd[:, 1])


def test_nesterov_wins_and_loses() -> None:
    _, frames = run("nesterov-wins")
    assert (frames[100].loss[1] < 0.3 * frames[100].loss[0]) and frames[50].loss[1] < 0.01
    spec, frames = run("nesterov-loses")
    lr, mu = spec.racers[0].settings["lr"], spec.racers[0].settings["momentum"]
    assert (2 + 2 * mu) / (1 + 2 * mu) < lr * spec.parameters["condition"] < 2 * (1 + mu)
    assert frames[-1].state == ("converged", "diverged")


def test_the_vectors_of_a_step_are_far_from_one_another() -> None:
    from engine.descent.step.vectors import next_step

    spec, frames = run("nesterov-vectors")
    scene = BY_NAME["nesterov-vectors"]
    anatomy = next_step(spec, frames[scene.step], 0)
    ways = {arrow.role: arrow.head - arrow.tail for arrow in anatomy.arrows}
    assert set(ways) == {"gradient", "gradient_ahead", "momentum", "classical", "nesterov"}
    g0, g1 = ways["gradient"], ways["gradient_ahead"]
    assert g0 @ g1 / np.linalg.norm(g0) / np.linalg.norm(g1) < 0.5


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_every_scene_can_be_opened(
    qtbot: QtBot, built_racing: DescentWorkspace, scene: Scene
) -> None:
    workspace = built_racing  # where the scene before this one is open, as in a lecture
    workspace.open_scene(scene)
    assert workspace.header.caption.isVisible() and workspace.header.caption.text()
    spec = scene.spec()
    assert workspace.setup.spec() == replace(spec, racers=name_racers(spec.racers))
    qtbot.waitUntil(
        lambda: (
            workspace.jobs.setup == workspace.setup and workspace.player.available >= scene.step
        ),
        timeout=WAIT_MS,
    )
    assert workspace.player.step == scene.step
    caption = workspace.header.caption
    qtbot.waitUntil(lambda: UNKNOWN not in caption.text(), timeout=WAIT_MS)
    for name, value in at_its_step(scene.name)[1].items():
        if f"{{{name}}}" in scene.caption:
            assert written(value) in caption.text(), name
    assert workspace.optimizers.chosen_name() == scene.chosen
    workspace.map.arrange()  # as it does itself, a moment later
    check_exported(workspace)


def test_another_surface_takes_the_caption_away(qtbot: QtBot, workspace: DescentWorkspace) -> None:
    workspace.editor.set_race_value("steps", 30)
    workspace.start_first_work()
    workspace.open_scene(BY_NAME["momentum-ravine"])
    workspace.editor.set_start(-1.0, 0.5)
    assert workspace.header.caption.isVisible()
    workspace.editor.choose_surface("saddle")
    assert not workspace.header.caption.isVisible()
    wait_for_race(qtbot, workspace.jobs, workspace.store)


def test_a_scene_clears_what_the_one_before_has_opened(
    qtbot: QtBot, workspace: DescentWorkspace
) -> None:
    workspace.editor.set_race_value("steps", 30)
    workspace.start_first_work()
    workspace.surfaces.panel.formula.setText("x^2 + y^2")
    workspace.open_scene(BY_NAME["weak-paralysis"])
    workspace.open_scene(BY_NAME["momentum-cut"])
    assert workspace.panels.key == "descent.cut" and not workspace.surfaces.panel.formula.text()
    workspace.critical_points.set_shown(True)
    workspace.basins.choose("basins")
    workspace.open_scene(BY_NAME["momentum-ravine"])
    assert workspace.panels.key == "curves" and workspace.basins.kind == "loss"
    assert not workspace.critical_points.shown
    wait_for_race(qtbot, workspace.jobs, workspace.store)


def written(value: float) -> str:
    """A number as a caption says it in English."""
    return str(value) if isinstance(value, int) else number_text.write(value, digits=2)
