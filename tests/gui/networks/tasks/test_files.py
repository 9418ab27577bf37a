"""Races on tasks that are saved, opened, shared, remembered and shown as scenes."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import specs
from engine.networks.tasks.fit import fit
from engine.networks.tasks.presets import SEVERAL_STARTS
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.racer import Jog, Racer
from gui.networks.scenes import Scene
from gui.networks.tasks.page import TasksPage
from gui.networks.tasks.setup import setup_of
from gui.networks.workspace import NetworksWorkspace
from tests.gui.networks.tasks.conftest import WAIT_MS, wait_for_race

RACE = FitSpec(
    "moons",
    racers=(Racer("adam", {"lr": 0.02}, name="adam", starts=2, jog=Jog(0.5)),),
    steps=12,
    hidden=(3, 2),
    activation="relu",
    data_seed=9,
    degree=2,
    painted=((0.5, -0.25, 1), (0.0, 1.0, 0)),
)


def test_a_race_is_saved_and_opened(
    page: TasksPage, networks: NetworksWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "race.json"
    page.store.change(setup_of(RACE), "x")
    with qtbot.waitSignal(page.opened):
        page.files.save(str(path))
    assert json.loads(path.read_text())["kind"] == "fit"
    page.editor.choose_task("xor")
    networks.show_page("chain_rule")
    assert networks.open_paths([path])
    assert networks.page is page and page.store.setup.spec() == RACE
    wait_for_race(qtbot, page)
    path.write_text('{"thalweg": 1, "kind": "fit", "task": "nothing"}')
    with qtbot.waitSignal(page.error):
        assert page.open_paths([path])
    assert page.store.setup.spec() == RACE
    other = tmp_path / "other.json"
    other.write_text('{"thalweg": 1, "kind": "race"}')
    assert not page.open_paths([other])


def test_a_race_goes_by_the_clipboard(page: TasksPage, qtbot: QtBot) -> None:
    page.store.change(setup_of(RACE), "x")
    page.files.copy_text()
    text = QApplication.clipboard().text()
    assert specs.from_json(text, FitSpec) == RACE
    page.editor.choose_task("xor")
    page.files.paste_text()
    assert page.store.setup.spec() == RACE
    QApplication.clipboard().setText("nothing")
    with qtbot.waitSignal(page.error):
        page.files.paste_text()
    assert page.store.setup.spec() == RACE


def test_the_script_is_copied(page: TasksPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.status, check_params_cb=lambda said: "script" in said):
        page.files.copy_script()
    assert "torch.optim.Adam" in QApplication.clipboard().text()


def test_the_table_has_every_step(page: TasksPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "race.csv"
    with qtbot.waitSignal(page.status, check_params_cb=lambda said: "race.csv" in said):
        page.files.export_table(str(path))
    with path.open() as file:
        rows = list(csv.DictReader(file))
    frames = list(fit(page.store.setup.spec()))
    adam = [row for row in rows if row["optimizer"] == "adam"]
    assert len(rows) == 3 * len(frames) and len(adam) == len(frames)
    wanted = [frame.test_loss[2] for frame in frames]
    assert [float(row["test_loss"]) for row in adam] == wanted


def test_it_is_remembered(page: TasksPage) -> None:
    page.store.change(setup_of(RACE), "x")
    page.player.set_speed(200)
    kept = page.save_state()
    page.editor.choose_task("xor")
    page.player.set_speed(50)
    for broken in ({"race": 7}, {"race": "{"}, {"across": ["a"], "speed": "x", "down": None}):
        page.restore_state(broken)
    assert page.store.setup.fit.task == "xor" and page.player.speed == 50
    page.restore_state(json.loads(json.dumps(kept)))
    assert page.store.setup.spec() == RACE and page.player.speed == 200


def test_a_scene_says_the_numbers_of_its_race(page: TasksPage, qtbot: QtBot) -> None:
    spec = replace(SEVERAL_STARTS, steps=60)
    scene = Scene(
        "starts",
        "Starts",
        "{starts} starts, {minima} minima, {in_lowest} in the lowest; {last_train} {nothing}",
        heading="backprop",
        page="tasks",
        spec=spec,
        tab="starts",
    )
    page.open_scene(scene)
    assert page.pictures.tab == "starts" and not page.player.playing
    assert page.caption.text().startswith("–")
    wait_for_race(qtbot, page)
    qtbot.waitUntil(lambda: page.views.ends is not None, timeout=WAIT_MS)
    ends = page.views.ends
    assert ends is not None
    reached = ends.groups[ends.groups >= 0]
    said = page.caption.text()
    starts, minima, lowest = (int(word) for word in said.replace(",", "").split() if word.isdigit())
    assert starts == spec.racers[0].starts
    assert minima == len(np.unique(reached)) and lowest == (reached == 0).sum()
    assert said.endswith("–") and "; –" not in said
    page.player.seek(60)
    assert page.caption.isVisibleTo(page)
    page.editor.set_value("seed", 3)  # no longer the scene
    assert not page.caption.isVisibleTo(page)
