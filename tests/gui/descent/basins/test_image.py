"""Basins under the sliders, where two racers end, and the replay of a start."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from engine.errors import InputError
from gui.descent.basins import image
from gui.descent.basins.controller import BasinsController
from gui.descent.basins.image import OUTCOME_COLORS, picture_of
from gui.descent.editor import Editor
from gui.descent.race_controller import RaceController
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import SetupStore, settings_of
from gui.descent.workspace import DescentWorkspace
from gui.landscape.map_view import MapView
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player
from tests.deadlines import scaled
from tests.gui.descent.conftest import WAIT_MS, scene_point, wait_for_race

LEFT = Qt.MouseButton.LeftButton
SIDE = 128  # starts along each side, where their number does not matter


@pytest.fixture
def himmelblau(
    basins: BasinsController,
    editor: Editor,
    optimizers: OptimizerTable,
    store: SetupStore,
    monkeypatch: pytest.MonkeyPatch,
) -> BasinsController:
    """With Momentum chosen; asked for a map whenever something else is set."""
    monkeypatch.setattr(image, "SIZE", SIDE)
    editor.choose_surface("himmelblau")
    optimizers.choose("momentum")
    store.changed.connect(basins.update)
    return basins


def basins_of(view: MapView):
    """What colours the map; None for the loss."""
    coloring = view.layer.coloring
    return coloring.basins if coloring is not None else None


def has_final(view: MapView) -> bool:
    basins = basins_of(view)
    return basins is not None and basins.final


def handle(slider: QSlider) -> QPoint:
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    rect = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    return rect.center()


def rate_of(store: SetupStore) -> float:
    entry = store.setup.entry("momentum")
    assert entry is not None
    return settings_of(entry, store.setup.surface())["lr"]


def test_basins_colour_every_start_and_follow_the_rate(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    racing.editor.choose_surface("himmelblau")
    racing.optimizers.choose("momentum")
    combo = racing.header.coloring
    combo.setCurrentIndex(combo.findData("basins"))
    qtbot.waitUntil(lambda: has_final(racing.map), timeout=WAIT_MS)
    first = basins_of(racing.map)
    assert first is not None and set(np.unique(first.label)) == {-1, 0, 1, 2, 3}
    assert first.label.shape == (256, 256)
    assert first.x[[0, -1]] == pytest.approx(racing.map.visible_domain()[:2])
    assert "Basins of Momentum" in racing.map.landscape_legend._title
    assert not racing.map.color_bar.isVisible()
    racing.editor.set_setting("momentum", "lr", 0.003)
    qtbot.waitUntil(
        lambda: basins_of(racing.map) is not first and has_final(racing.map), timeout=WAIT_MS
    )
    assert (basins_of(racing.map).label != first.label).any()
    recoloured, layer = racing.map.grab().toImage(), racing.map.layer
    assert layer.landscape is not None
    layer.show_landscape(layer.landscape)  # its contours are drawn anew, not kept
    assert racing.map.grab().toImage() == recoloured
    combo.setCurrentIndex(combo.findData("difference"))
    assert racing.basins.kind == "difference"
    racing.basins.choose("loss")
    assert basins_of(racing.map) is None and racing.map.color_bar.isVisible()
    assert combo.currentData() == "loss"


def test_basins_of_a_rule_that_goes_alone_are_refused(
    qtbot: QtBot, basins: BasinsController, editor: Editor
) -> None:
    editor.add("lbfgs")
    with qtbot.waitSignal(basins.failed, timeout=WAIT_MS) as said:
        basins.choose("basins")
    assert isinstance(said.args[0], InputError)
    assert basins.kind == "loss"


def test_dragging_the_rate_recolours_live_and_is_undone_at_once(
    qtbot: QtBot,
    himmelblau: BasinsController,
    race: RaceController,
    jobs: RaceJobs,
    map_view: MapView,
    store: SetupStore,
) -> None:
    himmelblau.choose("basins")
    qtbot.waitUntil(lambda: has_final(map_view), timeout=WAIT_MS)
    slider = himmelblau.bar.rate
    assert slider.isVisible()
    commands, before = store.stack.count(), rate_of(store)
    drawn: list[int] = []
    himmelblau.drawn.connect(lambda shown: drawn.append(len(shown.x)))
    grip = handle(slider)
    QTest.mousePress(slider, LEFT, pos=grip)
    # However quickly the hand moves, maps come: a new move does not undo the one at work.
    deadline = time.monotonic() + scaled(WAIT_MS / 1000)
    move = 0
    while len(drawn) < 3 and time.monotonic() < deadline:
        move += 1
        QTest.mouseMove(slider, grip + QPoint(1 + move % 30, 0))
        qtbot.wait(10)  # between a hand's moves the window lives
    assert len(drawn) >= 3 and slider.isSliderDown()
    QTest.mouseMove(slider, grip + QPoint(30, 0))
    QTest.mouseRelease(slider, LEFT, pos=grip + QPoint(30, 0))
    rate = rate_of(store)
    assert rate > before
    assert store.stack.count() == commands + 1
    qtbot.waitUntil(lambda: has_final(map_view), timeout=WAIT_MS)
    wait_for_race(qtbot, jobs, store)
    store.stack.undo()
    assert rate_of(store) == before


def test_keys_move_the_sliders_too(
    himmelblau: BasinsController, editor: Editor, optimizers: OptimizerTable, store: SetupStore
) -> None:
    himmelblau.choose("basins")
    himmelblau.bar.momentum.setFocus()
    QTest.keyClick(himmelblau.bar.momentum, Qt.Key.Key_PageDown)
    entry = store.setup.entry("momentum")
    assert entry is not None
    assert entry.racer.settings["momentum"] == pytest.approx(0.85, abs=0.01)
    assert "0.85" in himmelblau.bar._momentum_label.text()
    # A double click brings back what the rule has on this surface.
    QTest.mouseDClick(himmelblau.bar.momentum, Qt.MouseButton.LeftButton)
    assert "0.9" in himmelblau.bar._momentum_label.text()
    editor.add("adagrad")
    optimizers.choose("adagrad")
    assert not himmelblau.bar.momentum.isEnabled()
    himmelblau.choose("loss")
    assert himmelblau.bar.isVisible()
    himmelblau.show_sliders(False)
    assert not himmelblau.bar.isVisible()
    himmelblau.choose("basins")
    assert himmelblau.bar.isVisible()


def test_a_click_replays_the_start_that_has_the_colour(
    qtbot: QtBot,
    himmelblau: BasinsController,
    race: RaceController,
    jobs: RaceJobs,
    map_view: MapView,
    player: Player,
    store: SetupStore,
) -> None:
    himmelblau.choose("basins")
    qtbot.waitUntil(lambda: has_final(map_view), timeout=WAIT_MS)
    basins = basins_of(map_view)
    QTest.mouseClick(map_view.viewport(), LEFT, pos=scene_point(map_view, -3.0, 4.0))
    x, y = store.setup.start()
    assert x in basins.x and y in basins.y
    assert (x, y) == pytest.approx((-3, 4), abs=0.1)
    qtbot.waitUntil(lambda: player.step > 2, timeout=WAIT_MS)
    player.pause()
    wait_for_race(qtbot, jobs, store)
    # Where the race ends is what the colour said.
    row, column = np.flatnonzero(basins.y == y)[0], np.flatnonzero(basins.x == x)[0]
    assert jobs.history is not None
    end = jobs.history.path(1)[-1]
    near = np.hypot(*(basins.minima - end).T) < 0.1
    label = basins.label[row, column]
    assert near.any() == (label >= 0) and (label < 0 or near[label])


def test_two_racers_are_compared_with_counts(
    qtbot: QtBot, himmelblau: BasinsController, map_view: MapView
) -> None:
    himmelblau.choose("difference")
    qtbot.waitUntil(lambda: has_final(map_view), timeout=WAIT_MS)
    bar, ground = himmelblau.bar, basins_of(map_view)
    assert sum(ground.counts) == SIDE * SIDE and ground.counts[1] > 0
    assert [bar.rival.itemData(k) for k in range(bar.rival.count())] == ["sgd", "nesterov"]
    assert "Momentum against SGD" in map_view.landscape_legend.title
    for count in ground.counts:
        assert str(count) in bar.counts.text()
    picture = picture_of(ground)
    red = int(OUTCOME_COLORS[1][1:], 16) | 0xFF000000
    assert (picture == red).sum() == ground.counts[1]
    bar.rival.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "against Nesterov" in map_view.landscape_legend.title, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: has_final(map_view), timeout=WAIT_MS)
    map_view.grab()
    himmelblau.choose("loss")


def test_alone_there_is_nobody_to_compare(
    himmelblau: BasinsController, editor: Editor, map_view: MapView
) -> None:
    editor.remove("sgd")
    editor.remove("nesterov")
    himmelblau.choose("difference")
    assert basins_of(map_view) is None
    assert not himmelblau.bar.rival.isVisible()
    himmelblau.choose("loss")
