"""Layers, histograms, starts: numbers in words and in plots; and what the engine is asked for."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engine.networks.tasks.spec import FitSpec, Task
from gui import i18n, theme
from gui.appearance import apply
from gui.networks.tasks.pictures.panel import KEYS
from gui.networks.tasks.pictures.tabs.histograms_tab import outline, steady_ends
from gui.widgets.fact_table import cell
from tests.gui.networks.tasks.pictures import records
from tests.gui.networks.tasks.pictures.conftest import shown_panel

RUSSIAN = ["Картинка", "Слои", "Гистограммы", "Старты"]
ALL_TASKS = (records.CLASSES, records.NUMBERS, records.DIGITS, records.PRODUCT, records.OWN)


def test_layers_say_what_is_flat(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.CLASSES, 2)
    panel.show_frame(records.frame(2))
    panel.show_tab("layers")
    table = panel.layers.table
    rows = [
        [cell(table, row, column).text() for column in range(5)] for row in range(table.rowCount())
    ]
    assert rows[0] == ["SGD", "1", "0.01", "0.000333", "flat 93 %"]
    assert rows[2][4] == "–"  # the output layer has no activation
    assert [row[:2] for row in rows[3:]] == [["Momentum", str(k)] for k in (1, 2, 3)]
    warning = theme.current().color("warning")
    assert cell(table, 0, 4).foreground().color() == warning


def test_layers_before_the_first_update(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.CLASSES, 1)
    panel.show_tab("layers")
    nothing = np.full((1, 1), np.nan)
    panel.show_frame(records.frame(1, layers=1, update_ratios=nothing, saturated=np.empty((1, 0))))
    assert cell(panel.layers.table, 0, 3).text() == "–"
    panel.grab()


def test_vanishing_gradients_fall_in_the_plot(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.CLASSES, 1)
    panel.show_tab("layers")
    panel.show_frame(records.frame(1, layers=4))
    _, (low, high) = panel.layers.plots.plots[0].box.viewRange()
    assert low <= -3 and high >= 0  # gradients from .001 to 1, as exponents


def test_histograms_overlay_racers_layer_by_layer(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.CLASSES, 3)
    panel.show_tab("histograms")
    tab = panel.histograms
    assert tab.note.isVisible()
    panel.show_view(dataclasses.replace(records.class_view(3), histograms=records.histograms(3)))
    assert len(tab.plots.plots) == 3 and not tab.note.isVisible()
    assert tab.key.texts() == ["SGD", "Momentum", "Adam"]
    (low, high), _ = tab.plots.plots[2].box.viewRange()
    assert low <= -15 and high >= 15  # the widest racer's edges are -15 and 15
    with qtbot.waitSignal(panel.chosen) as told:
        tab.racer.setCurrentIndex(2)
    assert told.args == [1] and tab.key.texts() == ["Momentum"]
    tab.what.setCurrentIndex(1)
    (low, high), _ = tab.plots.plots[0].box.viewRange()
    assert -0.02 < low <= -0.004 and 0.004 <= high < 0.02


def test_an_outline_holds_all_its_values() -> None:
    line = outline(np.array([0.0, 1.0, 2.0]), np.array([30, 10]))
    assert line.tolist() == [[0, 0], [0, 75], [1, 75], [1, 25], [2, 25], [2, 0]]


def test_axes_stand_still_while_they_hold_the_values() -> None:
    line = outline(np.linspace(-1, 1, 11), np.arange(10))
    ends = steady_ends([line], None)
    assert ends[0] <= -1 and ends[1] >= 1 and ends[2] >= 20
    assert steady_ends([0.9 * line], ends) == ends
    assert steady_ends([2 * line], ends) != ends and steady_ends([line / 5], ends) != ends


def test_starts_say_how_many_reached_the_lowest(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.CLASSES, 2)
    panel.show_tab("starts")
    assert "one start" in panel.starts.said.text() and not panel.starts.split.isVisible()
    starts = records.starts(100)
    panel.show_starts(starts)
    lowest = int((starts.groups == 0).sum())
    said = panel.starts.said.text().replace("\u00a0", " ")
    assert said.startswith(f"{lowest} of 100 reached the lowest loss, 0.0003 (A).")
    assert said.endswith("Others: B × 33, C × 34.")
    panel.show_starts(records.starts(100, moving=True))
    assert panel.starts.said.text() == "The lowest loss so far: 0.0003. Still moving: 100."
    lower = records.starts(100)
    lower.losses[7], lower.groups[7] = 1e-5, -1
    panel.show_starts(dataclasses.replace(lower, best=7))  # nobody has reached where it goes
    said = panel.starts.said.text().replace("\u00a0", " ")
    assert said.startswith("The lowest loss so far: 1e-5. Settled: A × 33, B × 3")
    starts.losses[:5], starts.groups[:5] = np.nan, -1
    panel.show_starts(starts)
    assert panel.starts.said.text().endswith("Diverged: 5.")
    assert "Diverged" in panel.starts.grid.words(0)
    panel.grab()


@pytest.mark.parametrize("curve", [False, True])
def test_the_best_start_is_marked(qtbot: QtBot, curve: bool) -> None:
    panel = shown_panel(qtbot, records.CLASSES, 1)
    panel.show_tab("starts")
    starts = records.starts(7, curve=curve)
    panel.show_starts(starts)
    grid = panel.starts.grid
    image, accent = grid.grab().toImage(), theme.current().color("accent")

    def framed(start: int) -> bool:
        spot = grid.cell(start)
        middle = int(spot.center().x())
        return bool(image.pixelColor(middle, round(spot.top())) == QColor(accent))

    assert [start for start in range(7) if framed(start)] == [starts.best]
    assert "best" in grid.words(starts.best) and "Minimum C" in grid.words(0)


def test_many_starts_scroll(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.CLASSES, 1)
    panel.show_tab("starts")
    panel.show_starts(records.starts(100))
    grid = panel.starts.grid
    qtbot.waitUntil(lambda: grid.height() > 2 * panel.height())
    assert grid.rect().contains(grid.cell(99).toAlignedRect())


def test_starts_without_pictures_have_their_losses(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.DIGITS, 1)
    panel.show_tab("starts")
    starts = dataclasses.replace(records.starts(12), boundary=None)
    panel.show_starts(starts)
    assert panel.starts.grid.cell(0).height() < 40
    panel.grab()


def test_another_racer_can_be_asked_for(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.CLASSES, 3)
    panel.show_tab("starts")
    panel.show_starts(records.starts(5))
    with qtbot.waitSignal(panel.chosen) as told:
        panel.starts.racer.setCurrentIndex(2)
    assert told.args == [2]


@pytest.mark.parametrize("task", ALL_TASKS, ids=lambda task: task.name)
def test_only_what_is_in_front_is_asked_for(qtbot: QtBot, task: Task) -> None:
    panel = shown_panel(qtbot, task, 2)
    drawn = task not in (records.PRODUCT, records.OWN)
    assert panel.wants == (frozenset({"view"}) if drawn else frozenset())
    for key, wanted in (("layers", set()), ("histograms", {"histograms"}), ("starts", {"starts"})):
        with qtbot.waitSignal(panel.wants_changed, raising=False, timeout=50):
            panel.show_tab(key)
        assert panel.wants == frozenset(wanted)


def test_what_came_meanwhile_is_shown_when_its_tab_comes(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.CLASSES, 2)
    panel.show_tab("layers")
    panel.show_frame(records.frame(2))
    panel.show_tab("picture")
    tiles = getattr(panel.picture, "tiles")  # noqa: B009
    assert tiles[0].notes[0] == "train 99 %, test 95 %"


@pytest.mark.parametrize("task", ALL_TASKS, ids=lambda task: task.name)
def test_theme_language_and_hall_change_every_tab(qtbot: QtBot, task: Task) -> None:
    panel = shown_panel(qtbot, task, 2)
    panel.show_frame(records.frame(2))
    for key in KEYS:
        panel.show_tab(key)
        panel.show_starts(records.starts(4))
        before = panel.grab().toImage()
        apply(theme.Mode.LIGHT)
        light = panel.grab().toImage()
        # A sentence alone follows the style sheet, which is the window's.
        assert light != before or (key, task) == ("picture", records.OWN)
        i18n.apply("ru")
        qtbot.waitUntil(lambda: [panel.tabs.tabText(index) for index in range(4)] == RUSSIAN)
        panel.set_scale(1.6)
        panel.grab()
        panel.set_scale(1.0)
        i18n.apply("en")
        apply(theme.Mode.DARK)


def test_tasks_can_follow_each_other(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, records.CLASSES, 3)
    for task in (*ALL_TASKS, *reversed(ALL_TASKS)):
        panel.set_task(task, FitSpec(task=task.name), records.racers(2))
        panel.show_frame(records.frame(2))
        panel.grab()
    assert panel.wants == frozenset({"view"})
