"""Basins under the sliders, where two racers end, and the replay of a start."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from gui.descent.basins.image import OUTCOME_COLORS, picture_of
from gui.descent.workspace import DescentWorkspace
from gui.racing.entries import settings_of
from tests.deadlines import scaled
from tests.gui.descent.conftest import WAIT_MS, scene_point, wait_for_race

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def himmelblau(qtbot: QtBot, racing: DescentWorkspace) -> DescentWorkspace:
    """With Momentum chosen, its race computed."""
    racing.editor.choose_surface("himmelblau")
    racing.optimizers.choose("momentum")
    wait_for_race(qtbot, racing)
    return racing


def basins_of(workspace: DescentWorkspace):
    """What colours the map; None for the loss."""
    coloring = workspace.map.layer.coloring
    return coloring.basins if coloring is not None else None


def has_final(workspace: DescentWorkspace) -> bool:
    basins = basins_of(workspace)
    return basins is not None and basins.final


def handle(slider: QSlider) -> QPoint:
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    rect = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    return rect.center()


def rate_of(workspace: DescentWorkspace) -> float:
    entry = workspace.setup.entry("momentum")
    assert entry is not None
    return settings_of(entry, workspace.setup.surface())["lr"]


def test_basins_colour_every_start_and_follow_the_rate(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    racing.editor.choose_surface("himmelblau")
    racing.optimizers.choose("momentum")
    combo = racing.header.coloring
    combo.setCurrentIndex(combo.findData("basins"))

    def final() -> bool:
        basins = basins_of(racing)
        return basins is not None and basins.final

    qtbot.waitUntil(final, timeout=WAIT_MS)
    first = basins_of(racing)
    assert first is not None and set(np.unique(first.label)) == {-1, 0, 1, 2, 3}
    assert first.x[[0, -1]] == pytest.approx(racing.map.visible_domain()[:2])
    assert "Basins of Momentum" in racing.map.landscape_legend._title
    assert not racing.map.color_bar.isVisible()
    racing.editor.set_setting("momentum", "lr", 0.003)
    qtbot.waitUntil(lambda: basins_of(racing) is not first and final(), timeout=WAIT_MS)
    assert (basins_of(racing).label != first.label).any()
    recoloured, layer = racing.map.grab().toImage(), racing.map.layer
    assert layer.landscape is not None
    layer.show_landscape(layer.landscape)  # its contours are drawn anew, not kept
    assert racing.map.grab().toImage() == recoloured
    racing.basins.choose("loss")
    assert basins_of(racing) is None and racing.map.color_bar.isVisible()
    assert combo.currentData() == "loss"


def test_basins_of_a_rule_that_goes_alone_are_refused(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    racing.editor.add("lbfgs")
    with qtbot.waitSignal(racing.error, timeout=WAIT_MS):
        racing.basins.choose("basins")
    assert racing.basins.kind == "loss"


def test_dragging_the_rate_recolours_live_and_is_undone_at_once(
    qtbot: QtBot, himmelblau: DescentWorkspace
) -> None:
    himmelblau.basins.choose("basins")
    qtbot.waitUntil(lambda: has_final(himmelblau), timeout=WAIT_MS)
    slider = himmelblau.basins.bar.rate
    assert slider.isVisible()
    commands, before = himmelblau.store.stack.count(), rate_of(himmelblau)
    drawn: list[int] = []
    himmelblau.basins.drawn.connect(lambda shown: drawn.append(len(shown.x)))
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
    rate = rate_of(himmelblau)
    assert rate > before
    assert himmelblau.store.stack.count() == commands + 1
    qtbot.waitUntil(lambda: has_final(himmelblau), timeout=WAIT_MS)
    wait_for_race(qtbot, himmelblau)
    himmelblau.store.stack.undo()
    assert rate_of(himmelblau) == before


def test_keys_move_the_sliders_too(qtbot: QtBot, himmelblau: DescentWorkspace) -> None:
    himmelblau.basins.choose("basins")
    himmelblau.basins.bar.momentum.setFocus()
    QTest.keyClick(himmelblau.basins.bar.momentum, Qt.Key.Key_PageDown)
    entry = himmelblau.setup.entry("momentum")
    assert entry is not None
    assert entry.racer.settings["momentum"] == pytest.approx(0.85, abs=0.01)
    assert "0.85" in himmelblau.basins.bar._momentum_label.text()
    himmelblau.editor.add("adagrad")
    himmelblau.optimizers.choose("adagrad")
    assert not himmelblau.basins.bar.momentum.isEnabled()
    himmelblau.basins.choose("loss")
    assert not himmelblau.basins.bar.isVisible()


def test_a_click_replays_the_start_that_has_the_colour(
    qtbot: QtBot, himmelblau: DescentWorkspace
) -> None:
    himmelblau.basins.choose("basins")
    qtbot.waitUntil(lambda: has_final(himmelblau), timeout=WAIT_MS)
    basins = basins_of(himmelblau)
    place = scene_point(himmelblau.map, -3.0, 4.0)
    QTest.mouseClick(himmelblau.map.viewport(), LEFT, pos=place)
    x, y = himmelblau.setup.start()
    assert x in basins.x and y in basins.y
    assert (x, y) == pytest.approx((-3, 4), abs=0.1)
    qtbot.waitUntil(lambda: himmelblau.player.step > 2, timeout=WAIT_MS)
    himmelblau.player.pause()
    wait_for_race(qtbot, himmelblau)
    # Where the race ends is what the colour said.
    row, column = np.flatnonzero(basins.y == y)[0], np.flatnonzero(basins.x == x)[0]
    end = himmelblau.jobs.history.path(1)[-1]  # type: ignore[union-attr]
    near = np.hypot(*(basins.minima - end).T) < 0.1
    label = basins.label[row, column]
    assert near.any() == (label >= 0) and (label < 0 or near[label])


def test_two_racers_are_compared_with_counts(qtbot: QtBot, himmelblau: DescentWorkspace) -> None:
    combo = himmelblau.header.coloring
    combo.setCurrentIndex(combo.findData("difference"))
    qtbot.waitUntil(lambda: has_final(himmelblau), timeout=WAIT_MS)
    bar, ground = himmelblau.basins.bar, basins_of(himmelblau)
    assert sum(ground.counts) == 256 * 256 and ground.counts[1] > 0
    assert [bar.rival.itemData(k) for k in range(bar.rival.count())] == ["sgd", "nesterov"]
    assert "Momentum against SGD" in himmelblau.map.landscape_legend.title
    for count in ground.counts:
        assert str(count) in bar.counts.text()
    picture = picture_of(ground)
    red = int(OUTCOME_COLORS[1][1:], 16) | 0xFF000000
    assert (picture == red).sum() == ground.counts[1]
    bar.rival.setCurrentIndex(1)
    qtbot.waitUntil(
        lambda: "against Nesterov" in himmelblau.map.landscape_legend.title, timeout=WAIT_MS
    )
    qtbot.waitUntil(lambda: has_final(himmelblau), timeout=WAIT_MS)
    himmelblau.grab()
    himmelblau.basins.choose("loss")


def test_alone_there_is_nobody_to_compare(qtbot: QtBot, himmelblau: DescentWorkspace) -> None:
    himmelblau.editor.remove("sgd")
    himmelblau.editor.remove("nesterov")
    himmelblau.basins.choose("difference")
    assert basins_of(himmelblau) is None
    assert not himmelblau.basins.bar.rival.isVisible()
    himmelblau.basins.choose("loss")
