"""The step in numbers beside the map: it follows step and racer, and fits its column."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS
from gui.bridge import Bridge
from gui.descent.editor import Editor
from gui.descent.presenter import RacePlayback
from gui.descent.race_controller import RaceController
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import SetupStore
from gui.descent.step.controller import StepController
from gui.descent.step.panel import StepPanel, fill_step
from gui.descent.step.vectors_layer import REGIONS
from gui.formulas.formula_sheet import EDGE_PX, Kind
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player
from tests.gui.descent.conftest import WAIT_MS, wait_for_race


@pytest.fixture
def step(
    bridge: Bridge,
    race: RaceController,
    playback: RacePlayback,
    player: Player,
    optimizers: OptimizerTable,
    page: QWidget,
) -> StepController:
    """Its panel put away, the race computed."""
    made = StepController(bridge, playback, player, optimizers, page)
    made.panel.resize(page.size())
    return made


def shows(step: StepController, name: str, number: int) -> bool:
    filled = step.panel.filled
    return filled is not None and (filled.workings.optimizer, filled.workings.step) == (
        name,
        number,
    )


def test_the_panel_follows_the_step_and_the_racer(
    qtbot: QtBot,
    step: StepController,
    jobs: RaceJobs,
    optimizers: OptimizerTable,
    player: Player,
) -> None:
    panel = step.panel
    assert panel.isHidden()
    player.seek(12)
    optimizers.choose("momentum")
    step.set_shown(True)
    qtbot.waitUntil(lambda: shows(step, "momentum", 12), timeout=WAIT_MS)
    assert panel.filled is not None and panel.filled.gap == 0
    assert jobs.history is not None
    assert np.array_equal(panel.filled.workings.after, jobs.history.frames[13].position[1])
    QTest.mouseClick(panel.on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shows(step, "momentum", 13), timeout=WAIT_MS)
    assert player.step == 13
    QTest.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shows(step, "momentum", 11), timeout=WAIT_MS)
    optimizers.choose("sgd")
    qtbot.waitUntil(lambda: shows(step, "sgd", 11), timeout=WAIT_MS)
    step.set_shown(False)
    assert panel.isHidden()


def test_while_the_race_plays_the_numbers_go_along(
    qtbot: QtBot, step: StepController, optimizers: OptimizerTable, player: Player
) -> None:
    optimizers.choose("sgd")
    step.set_shown(True)
    player.set_speed(5)  # it plays for twelve seconds
    player.toggle()
    qtbot.waitUntil(
        lambda: (
            player.playing and step.panel.filled is not None and step.panel.filled.workings.step > 5
        ),
        timeout=WAIT_MS,
    )
    player.pause()


def test_a_racer_that_rests_has_no_numbers(
    qtbot: QtBot,
    step: StepController,
    editor: Editor,
    jobs: RaceJobs,
    optimizers: OptimizerTable,
    store: SetupStore,
) -> None:
    step.set_shown(True)
    optimizers.choose("nesterov")
    qtbot.waitUntil(lambda: shows(step, "nesterov", 0), timeout=WAIT_MS)
    editor.enable("nesterov", False)
    wait_for_race(qtbot, jobs, store)
    qtbot.waitUntil(lambda: step.panel.filled is None, timeout=WAIT_MS)
    assert step.panel.inspect_state() == {"step": None, "symbols": []}


def test_nesterov_is_written_in_both_notations(qtbot: QtBot) -> None:
    spec = RaceSpec(surface="himmelblau", racers=(Racer("nesterov", {"lr": 1e-3}),), steps=9)
    panel = filled_panel(qtbot, spec, step=6)
    (pair,) = (block for block in panel.sheet.blocks if block.kind is Kind.PAIR)
    assert [line.symbol for line in pair.lines] == ["b_new", "x_new"]
    assert [line.symbol for line in pair.others] == ["nu_new", "phi_new", "x_new"]
    assert "constant lr" in panel.sheet.blocks[-1].text


def test_under_a_schedule_the_panel_says_why_they_differ(qtbot: QtBot) -> None:
    racer = Racer("nesterov", schedule="cosine")
    panel = filled_panel(qtbot, RaceSpec(racers=(racer,), steps=20), step=10)
    both = panel.filled.both  # type: ignore[union-attr]
    assert both is not None and both.difference > 1e-9
    assert "lr has changed" in panel.sheet.blocks[-1].text


@pytest.mark.parametrize("width", [360, 620])
def test_every_rules_sheet_fits_its_column(qtbot: QtBot, width: int) -> None:
    spec = RaceSpec(racers=tuple(Racer(name) for name in OPTIMIZERS), steps=4)
    panel = filled_panel(qtbot, spec, step=2, width=width)
    frames = list(race(spec))
    for racer, name in enumerate(OPTIMIZERS):
        panel.show_step(next(fill_step(spec, frames[:3], frames[3], racer)), name)
        sheet = panel.sheet
        assert len(sheet._placed) >= 4
        for placed in sheet._placed:
            assert placed.x + placed.box.width * placed.scale <= sheet.width() - EDGE_PX / 2, name
        lowest = max(placed.y + placed.box.descent * placed.scale for placed in sheet._placed)
        assert lowest <= sheet.height()
        region = panel.filled.workings.region  # type: ignore[union-attr]
        assert region is None or region.symbol in REGIONS


def filled_panel(qtbot: QtBot, spec: RaceSpec, *, step: int, width: int = 400) -> StepPanel:
    frames = list(race(spec))
    panel = StepPanel()
    qtbot.addWidget(panel)
    panel.resize(width, 500)
    panel.show()
    panel.show_step(next(fill_step(spec, frames[: step + 1], frames[step + 1], 0)), "Racer")
    return panel
