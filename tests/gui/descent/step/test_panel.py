"""The step in numbers beside the map: it follows step and racer, and fits its column."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS
from gui.descent.step.panel import StepPanel, fill_step
from gui.descent.step.vectors_layer import REGIONS
from gui.descent.workspace import DescentWorkspace
from gui.formulas.formula_sheet import EDGE_PX, Kind
from tests.gui.descent.conftest import WAIT_MS, wait_for_race


def shows(workspace: DescentWorkspace, name: str, step: int) -> bool:
    filled = workspace.step.panel.filled
    return filled is not None and (filled.workings.optimizer, filled.workings.step) == (name, step)


def test_the_panel_follows_the_step_and_the_racer(qtbot: QtBot, racing: DescentWorkspace) -> None:
    panel = racing.step.panel
    assert panel.isHidden()
    racing.player.seek(12)
    racing.optimizers.choose("momentum")
    racing.step.set_shown(True)
    qtbot.waitUntil(lambda: shows(racing, "momentum", 12), timeout=WAIT_MS)
    assert panel.filled is not None and panel.filled.gap == 0
    frames = racing.jobs.history.frames  # type: ignore[union-attr]
    assert np.array_equal(panel.filled.workings.after, frames[13].position[1])
    QTest.mouseClick(panel.on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shows(racing, "momentum", 13), timeout=WAIT_MS)
    assert racing.player.step == 13
    QTest.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shows(racing, "momentum", 11), timeout=WAIT_MS)
    racing.optimizers.choose("sgd")
    qtbot.waitUntil(lambda: shows(racing, "sgd", 11), timeout=WAIT_MS)
    racing.step.set_shown(False)
    assert panel.isHidden()


def test_while_the_race_plays_the_numbers_go_along(qtbot: QtBot, racing: DescentWorkspace) -> None:
    racing.step.set_shown(True)
    racing.player.set_speed(5)  # it plays for twelve seconds
    racing.player.toggle()
    qtbot.waitUntil(
        lambda: (
            racing.player.playing
            and racing.step.panel.filled is not None
            and racing.step.panel.filled.workings.step > 5
        ),
        timeout=WAIT_MS,
    )
    racing.player.pause()


def test_a_racer_that_rests_has_no_numbers(qtbot: QtBot, racing: DescentWorkspace) -> None:
    racing.step.set_shown(True)
    racing.optimizers.choose("nesterov")
    qtbot.waitUntil(lambda: shows(racing, "nesterov", 0), timeout=WAIT_MS)
    racing.editor.enable("nesterov", False)
    wait_for_race(qtbot, racing)
    qtbot.waitUntil(lambda: racing.step.panel.filled is None, timeout=WAIT_MS)
    assert racing.step.panel.inspect_state() == {"step": None, "symbols": []}


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
