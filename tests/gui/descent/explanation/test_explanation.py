"""Why a racer diverged or is slow: the engine's numbers are said, and one press mends it."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.descent.diagnosis.divergence import Divergence, find_divergence
from engine.descent.diagnosis.slowness import Slowness, find_pace
from gui.descent.explanation import sentences
from gui.descent.explanation.dialog import ExplanationDialog
from gui.descent.setup import settings_of
from gui.descent.workspace import DescentWorkspace
from gui.racing.history import NEVER
from tests.gui.descent.conftest import WAIT_MS, wait_for_race

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def lost(qtbot: QtBot, reused: DescentWorkspace) -> DescentWorkspace:
    """Momentum diverges on the quadratic, from its first step on, and SGD does not."""
    reused.editor.choose_surface("quadratic")
    reused.editor.drag_settings("momentum", {"lr": 0.1})
    wait_for_race(qtbot, reused.jobs, reused.store)
    reused.playback.seek(reused.store.setup.race.steps)
    return reused


def answered(qtbot: QtBot, workspace: DescentWorkspace, racer: str) -> ExplanationDialog:
    """The dialog once what theory gives was also tried."""
    dialog = workspace.explanation.dialog

    def done() -> bool:
        found = dialog.found
        if found is None or dialog._racer != racer:
            return False
        return (found.tried if isinstance(found, Divergence) else found.best_holds) is not None

    qtbot.waitUntil(done, timeout=WAIT_MS)
    return dialog


def rate(workspace: DescentWorkspace, name: str) -> float:
    entry = workspace.setup.entry(name)
    assert entry is not None
    return settings_of(entry, workspace.setup.surface())["lr"]


def test_a_press_on_who_diverged_says_why_and_one_more_mends_it(
    qtbot: QtBot, lost: DescentWorkspace
) -> None:
    table = lost.standings.table
    row = lost.standings._order.index(1)
    state = table.item(row, table.columnCount() - 1)
    assert state is not None and state.text().startswith("diverged at") and state.font().underline()
    place = table.visualItemRect(state).center()
    table.scrollToItem(state)
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualItemRect(state).center() or place)
    dialog = answered(qtbot, lost, "momentum")
    assert lost.optimizers.chosen_name() == "momentum"
    history = lost.jobs.history
    assert history is not None
    found = find_divergence(lost.setup.spec(), history.frames, 1)
    assert dialog.heading.text() == f"Momentum diverged at step {found.diverged_at}"
    text = dialog.text.text()
    # Of the quadratic with condition 50 at lr .1 with momentum .9.
    for said in ("step 0", "λ = 50", "lr·λ = 5", "up to 3.8", "2 (1 + momentum)", "0.0759"):
        assert said in text
    assert dialog.use.text() == "Use lr 0.0759" and dialog.plot.isVisibleTo(dialog)
    QTest.mouseClick(dialog.go, LEFT)
    assert lost.player.step == 0
    QTest.mouseClick(dialog.use, LEFT)
    assert rate(lost, "momentum") == 0.0759
    wait_for_race(qtbot, lost.jobs, lost.store)
    assert lost.jobs.history is not None and lost.jobs.history.diverged_at[1] == NEVER
    # The dialog follows: now the racer is no longer lost, but slow.
    answered(qtbot, lost, "momentum")
    assert dialog.heading.text() == "Momentum: why no faster?"
    lost.store.stack.undo()
    assert rate(lost, "momentum") == 0.1
    dialog.close()


def test_the_button_explains_the_chosen_racers_pace(qtbot: QtBot, lost: DescentWorkspace) -> None:
    lost.editor.drag_settings("momentum", {"lr": 0.01})
    wait_for_race(qtbot, lost.jobs, lost.store)
    lost.optimizers.choose("momentum")
    lost.playback.seek(50)
    QTest.mouseClick(lost.standings.why, LEFT)
    dialog = answered(qtbot, lost, "momentum")
    history = lost.jobs.history
    assert history is not None
    found = find_pace(lost.setup.spec(), history.frames, 1, 50)
    text = dialog.text.text()
    assert "curvatures are 1 and 50: condition number 50" in text
    assert f"{found.measured:.4g}" in text and f"{found.factor:.4g}" in text
    # Heavy ball's optimum: lr 4 / (1 + sqrt 50)^2, momentum the square of (k - 1) / (k + 1).
    assert dialog.use.text() == "Use lr 0.0614, momentum 0.566"
    QTest.mouseClick(dialog.use, LEFT)
    assert rate(lost, "momentum") == pytest.approx(4 / (1 + math.sqrt(50)) ** 2)
    assert lost.store.stack.undoText().startswith("Momentum with lr 0.0614")
    dialog.close()


def test_the_button_goes_to_who_diverged_where_the_chosen_one_races_well(
    qtbot: QtBot, lost: DescentWorkspace
) -> None:
    lost.optimizers.choose("sgd")
    lost.explanation.open()
    dialog = answered(qtbot, lost, "momentum")
    assert lost.optimizers.chosen_name() == "momentum"
    dialog.close()


def divergence(**changes: object) -> Divergence:
    base: dict[str, object] = {
        "cause": "unstable", "diverged_at": 9, "step": 3, "place": (1.0, 2.0),
        "direction": (0.6, 0.8), "curvature": 12.0, "felt": 12.0, "own_scales": False,
        "rate": 0.5, "product": 6.0, "limit": 2.0, "factor": 5.0, "loss": 7.0, "last_loss": 1e9,
        "stable": 0.166,
    }  # fmt: skip
    return Divergence(**(base | changes))  # type: ignore[arg-type]


def test_each_cause_has_its_own_words() -> None:
    def said(**changes: object) -> str:
        return " ".join(sentences.of_divergence("SGD", divergence(**changes), "no loss there"))

    assert "Trying it" in said() and "(0.6; 0.8)" in said()
    assert "does not diverge" in said(tried=0.166)
    assert "as farther on it is steeper: 0.083" in said(tried=0.083)
    assert "diverges with all of them" in said(tried=math.nan)
    assert "divided by the rule's own scales" in said(own_scales=True)
    assert "it falls" in said(cause="falls", last_loss=-5.0) and "−5" in said(
        cause="falls", last_loss=-5.0
    )
    assert said(cause="undefined").endswith("no loss there")
    assert "no limit of lr·λ for SGD" in said(cause="no theory")
    assert "stayed below the limit" in said(cause="stable", stable=math.nan)


def test_where_theory_has_no_answer_for_the_pace_it_says_so() -> None:
    def said(answer: str, **changes: object) -> str:
        found = Slowness(answer, (1.0, 2.0), True, False, False, **changes)  # type: ignore[arg-type]
        return " ".join(sentences.of_pace("Lion", found))

    for answer in ("kinked", "no minimum", "no theory"):
        assert "Theory gives no answer" in said(answer)
    assert "no fastest settings" in said("flat direction", curvatures=(0.0, 1.0))
    known = {"factor": 0.9, "rate": 0.1, "curvatures": (1.0, 2.0), "condition": 2.0}
    assert "no fastest settings for Lion" in said("known", **known)
    best = {"best": {"lr": 0.2}, "best_factor": 0.5}
    assert "the race with it diverges" in said("known", **known, **best, best_holds=False)
    assert "near the minimum only" in said("known", **known, **best)
    assert "cannot come to rest" in said("known", **(known | {"factor": 1.5}))
