"""The fair race in the window: strips come, a press sets the rate, Cancel stops."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.descent.maps.fair_race import Strip
from engine.optimizers.registry import racer_style
from gui.bridge import Bridge
from gui.descent.editor import Editor
from gui.descent.fair_race.controller import FairRaceController
from gui.descent.fair_race.dialog import Contestant, FairDialog
from gui.descent.setup import SetupStore
from tests.gui.descent.conftest import WAIT_MS
from tests.gui.fields import enter

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def fair_race(
    bridge: Bridge, store: SetupStore, editor: Editor, page: QWidget
) -> FairRaceController:
    return FairRaceController(bridge, store, editor, page)


@pytest.fixture
def dialog(qtbot: QtBot, fair_race: FairRaceController) -> Iterator[FairDialog]:
    """Of the three first racers, all strips computed."""
    fair_race.open()
    shown = fair_race.dialog
    qtbot.waitUntil(lambda: len(shown.strips) == 3 and not shown._running, timeout=WAIT_MS)
    yield shown
    shown.close()


def press(dialog: FairDialog, row: int, rate: float) -> None:
    scene = dialog.box.mapViewToScene(QPointF(math.log10(rate), -row))
    QTest.mouseClick(dialog._view.viewport(), LEFT, pos=dialog._view.mapFromScene(scene))


def test_every_racer_has_a_strip_with_its_best_rate(store: SetupStore, dialog: FairDialog) -> None:
    assert list(dialog._names.texts) == ["SGD", "Momentum", "Nesterov"]
    assert dialog.budget.value() == store.setup.race.steps == 60
    for strip in dialog.strips.values():
        assert (strip.evaluations == 60).all() and strip.diverged.any()
        assert strip.loss[strip.best] == np.nanmin(strip.loss)
    assert all("→" in text for text in dialog._bests.texts)
    assert dialog.bar.value() == 0 and dialog.button.text() == "Run"
    dialog.grab()


def test_a_press_on_a_strip_sets_that_racers_rate(store: SetupStore, dialog: FairDialog) -> None:
    strips = dict(dialog.strips)
    best = float(strips[1].lr[strips[1].best])
    press(dialog, 1, best)
    entry = store.setup.entry("momentum")
    assert entry is not None
    assert entry.racer.settings["lr"] == pytest.approx(best, rel=1e-2)
    # Another rate changes no strip: nothing is computed anew, the ring moves.
    assert dict(dialog.strips) == strips and not dialog._running
    assert dialog._contestants[1].rate == entry.racer.settings["lr"]
    store.stack.undo()
    entry = store.setup.entry("momentum")
    assert entry is not None and "lr" not in entry.racer.settings


def test_another_setting_or_budget_runs_it_again(
    qtbot: QtBot, editor: Editor, dialog: FairDialog
) -> None:
    before = dialog.strips[1].loss
    editor.set_setting("momentum", "momentum", 0.5)
    qtbot.waitUntil(lambda: len(dialog.strips) == 3 and not dialog._running, timeout=WAIT_MS)
    assert not np.array_equal(before, dialog.strips[1].loss, equal_nan=True)
    enter(dialog.budget, "7")
    qtbot.waitUntil(lambda: len(dialog.strips) == 3 and not dialog._running, timeout=WAIT_MS)
    assert (dialog.strips[0].evaluations == 7).all()


def test_all_optimizers_come_and_cancel_stops_them(
    qtbot: QtBot, bridge: Bridge, store: SetupStore, dialog: FairDialog
) -> None:
    dialog.all.click()
    assert dialog._running and len(dialog._contestants) == 18 and dialog.button.text() == "Cancel"
    qtbot.waitUntil(lambda: len(dialog.strips) >= 4, timeout=WAIT_MS)
    QTest.mouseClick(dialog.button, LEFT)
    assert not dialog._running and len(dialog.strips) < 18
    assert bridge.job("descent.fair") is None
    # Who is not in the race comes into it with the rate that is pressed.
    assert dialog._contestants[3].name == "adagrad"
    press(dialog, 3, 0.1)
    entry = store.setup.entry("adagrad")
    assert entry is not None and entry.racer.settings["lr"] == pytest.approx(0.1, rel=0.1)


def test_pointing_at_a_strip_reads_its_numbers(dialog: FairDialog) -> None:
    strip = dialog.strips[2]
    scene = dialog.box.mapViewToScene(QPointF(math.log10(strip.lr[40]), -2))
    dialog._on_mouse(scene)
    assert "Nesterov" in dialog.readout.text() and "evaluations 60" in dialog.readout.text()
    dialog._on_mouse(QPointF(-5, -5))
    assert not dialog.readout.text().strip()


def test_strips_without_a_finite_loss_are_drawn(qtbot: QtBot) -> None:
    rates, nowhere = np.array([0.1, 1.0]), np.array([np.inf, np.nan])
    strip = Strip(
        index=0,
        name="sgd",
        lr=rates,
        loss=nowhere,
        steps=np.ones(2, np.int64),
        evaluations=np.ones(2, np.int64),
        diverged=np.ones(2, bool),
        best=0,
        start_loss=math.inf,
        lowest=math.nan,
    )
    shown = FairDialog()
    qtbot.addWidget(shown)
    with np.errstate(all="raise"):
        shown.show_contestants([Contestant("sgd", "SGD", racer_style("sgd"), 0.1)])
        shown.show_strip(strip)
    shown.grab()
