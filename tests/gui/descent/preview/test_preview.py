"""A dragged slider leads the racer's whole path; what stays is the race's own."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.descent.compiled import kernel
from engine.descent.race.run import race as run_race
from gui.descent.basins.bar import share_of, slider_keys, value_at
from gui.descent.basins.controller import BasinsController
from gui.descent.editor import Editor
from gui.descent.preview.controller import PathPreviewController, led_racer
from gui.descent.race_controller import RaceController
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import Setup, SetupStore
from gui.descent.workspace import DescentWorkspace
from gui.landscape.map_view import MapView
from gui.racing import race_setup
from gui.racing.player import Player
from tests.gui.descent.conftest import WAIT_MS, wait_for_race

MOMENTUM = 1  # its place in the race


def raced(setup: Setup, racer: int) -> np.ndarray:
    """(T, 2) where the race itself leads."""
    return np.stack([frame.position[racer] for frame in run_race(setup.spec())])


def test_a_dragged_rate_leads_the_whole_path_and_letting_go_keeps_it(
    qtbot: QtBot,
    race: RaceController,
    preview: PathPreviewController,
    editor: Editor,
    jobs: RaceJobs,
    player: Player,
    map_view: MapView,
    store: SetupStore,
) -> None:
    player.seek(0)
    before, history = store.setup, jobs.history
    layer = preview.layer
    for stage, rate in ((1, 4e-4), (0, 6e-4), (0, 7e-4)):
        editor.drag_settings("momentum", {"lr": rate}, stage)
    expected = raced(store.setup, MOMENTUM)
    qtbot.waitUntil(
        lambda: bool(layer.now.size) and np.allclose(layer.now[0], expected, rtol=1e-12),
        timeout=WAIT_MS,
    )
    np.testing.assert_array_equal(layer.before, raced(before, MOMENTUM))
    assert jobs.history is history, "no race is run while the hand moves"
    # Its own trail and head are the layer's, the others' stay.
    assert [len(path) for path in map_view.paths] == [61, 0, 61]
    assert len(map_view.marks.heads) == 2
    editor.drag_settings("momentum", {"lr": 8e-4}, 2)
    assert preview.leading, "it stays until the race has come as far"
    qtbot.waitUntil(lambda: not preview.leading, timeout=WAIT_MS)
    assert jobs.setup == store.setup and player.step == 60
    assert not layer.now.size and not len(layer.before)
    np.testing.assert_array_equal(map_view.paths[MOMENTUM], raced(store.setup, MOMENTUM))
    assert len(map_view.marks.heads) == 3 and store.stack.count() == 1
    store.stack.undo()
    wait_for_race(qtbot, jobs, store)
    assert store.setup == before and not preview.leading


def test_letting_go_where_the_hand_was_last_runs_the_race(
    qtbot: QtBot,
    race: RaceController,
    preview: PathPreviewController,
    editor: Editor,
    jobs: RaceJobs,
    store: SetupStore,
) -> None:
    for stage in (1, 2):
        editor.drag_settings("sgd", {"lr": 5e-4}, stage)
    qtbot.waitUntil(lambda: not preview.leading, timeout=WAIT_MS)
    assert jobs.setup == store.setup


def test_another_surface_ends_a_drag_that_never_ends(
    qtbot: QtBot,
    race: RaceController,
    preview: PathPreviewController,
    editor: Editor,
    jobs: RaceJobs,
    store: SetupStore,
) -> None:
    editor.drag_settings("momentum", {"momentum": 0.5}, 1)
    qtbot.waitUntil(lambda: preview.layer.now.size > 0, timeout=WAIT_MS)
    editor.choose_surface("himmelblau")
    assert not preview.leading and not preview.layer.now.size
    wait_for_race(qtbot, jobs, store)


def test_only_settings_of_one_that_runs_are_led(store: SetupStore) -> None:
    setup = store.setup
    faster = race_setup.with_settings(setup, "sgd", {"lr": 0.5})
    assert led_racer(setup, faster) == 0
    assert led_racer(setup, setup) is None
    assert led_racer(setup, race_setup.with_settings(faster, "momentum", {"lr": 0.5})) is None
    assert led_racer(setup, replace(faster, race=replace(setup.race, steps=7))) is None
    assert led_racer(setup, race_setup.with_enabled(setup, "sgd", False)) is None
    resting = race_setup.with_enabled(setup, "sgd", False)
    assert led_racer(resting, race_setup.with_settings(resting, "sgd", {"lr": 0.5})) is None


@pytest.mark.parametrize("key", ["momentum", "beta1", "beta2", "alpha", "rho"])
def test_a_slider_comes_back_to_its_value(key: str) -> None:
    for value in (0.0, 0.5, 0.9, 0.99):
        assert value_at(key, share_of(key, value)) == pytest.approx(value, abs=6e-4)
    shares = np.linspace(0, 1, 50)
    values = [value_at(key, share) for share in shares]
    assert values == sorted(values) and 0.99 < values[-1] < 1


def test_every_optimizer_has_the_sliders_that_it_needs(basins: BasinsController) -> None:
    assert slider_keys("sgd") == ("lr", "momentum")
    assert slider_keys("adam") == ("lr", "beta1", "beta2")
    assert slider_keys("rmsprop") == ("lr", "momentum", "alpha")
    assert slider_keys("newton") == ("lr",)
    bar = basins.bar
    bar.show_settings({"lr": 0.01, "beta1": 0.9, "beta2": 0.99})
    assert bar.third.isVisibleTo(bar) and "beta2 0.99" in bar._third_label.text()
    bar.show_settings({"lr": 0.01})
    assert not bar.third.isVisibleTo(bar) and not bar.momentum.isEnabled()


def test_a_step_is_compiled_when_the_mouse_comes_near(
    qtbot: QtBot, workspace: DescentWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[object, Future[object]] = {}
    monkeypatch.setattr(kernel, "_kept", kept)
    workspace.optimizers.choose("momentum")
    assert not kept
    bar = workspace.basins.bar
    place = QPointF(bar.rect().center())
    QApplication.sendEvent(bar, QEnterEvent(place, place, place))
    qtbot.waitUntil(lambda: any(made.done() for made in kept.values()), timeout=WAIT_MS)
    assert all(isinstance(made.result(), kernel.PathKernel) for made in kept.values())
