"""The four steps, seen: what is lit, said, proved and measured."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.training.spec import TrainFrame
from gui.training.phases.drawing import Role, lanes, step_number
from gui.training.phases.panel import PhasesPanel


@pytest.fixture
def panel(qtbot: QtBot) -> PhasesPanel:
    made = PhasesPanel()
    qtbot.addWidget(made)
    made.resize(700, 640)
    made.show()
    qtbot.waitExposed(made)
    return made


def step(number: int, phase: str) -> TrainFrame:
    return TrainFrame(number, 8, phase, losses={"loss": 1.0})


def ended(number: int, phase: str, *, unchanged: bool = True, recall: bool = False) -> TrainFrame:
    record: dict[str, object] = {
        "step": number,
        "phase": phase,
        "frozen": {"before": "ab12" * 16, "after": "ab12" * 16, "unchanged": unchanged},
    }
    if recall:
        table = {"50": 0.125, "100": 0.25, "300": 0.5, "1000": None}
        record["proposals"] = {"recall": {"0.5": table, "0.7": table}}
    return TrainFrame(number, 8, phase, finished=record)


def text(panel: PhasesPanel, name: str) -> str:
    label = panel.findChild(QLabel, f"training.phases.{name}")
    assert label is not None
    return label.text()


def test_the_lanes_say_what_learns_and_what_is_fixed() -> None:
    assert [lane.roles for lane in lanes()] == [
        (Role.LEARNS, Role.LEARNS, Role.UNUSED),
        (Role.LEARNS, Role.LENDS, Role.LEARNS),
        (Role.FIXED, Role.LEARNS, Role.UNUSED),
        (Role.FIXED, Role.FIXED, Role.LEARNS),
    ]
    assert [lane.net for lane in lanes()] == ["A", "B", "B", "B"]
    assert [lane.phase.name for lane in lanes(6)] == ["5-rpn", "6-detector", "7-rpn", "8-detector"]
    assert [step_number(name) for name in ("3-rpn", "joint", "", "x-1", "12-detector")] == [
        3, 0, 0, 0, 12,
    ]  # fmt: skip


def test_the_running_step_is_lit_and_flows_only_while_it_runs(panel: PhasesPanel) -> None:
    assert panel.drawing.lit == "" and not panel.drawing.is_flowing
    panel.set_live(True)
    panel.add([step(1, "1-rpn"), step(2, "1-rpn")])
    assert panel.drawing.lit == "1-rpn" and panel.drawing.is_flowing
    panel.add([ended(2, "1-rpn"), step(3, "2-detector")])
    assert panel.drawing.lit == "2-detector"
    panel.hide()
    assert not panel.drawing.is_flowing
    panel.show()
    assert panel.drawing.is_flowing
    panel.set_live(False)
    assert not panel.drawing.is_flowing and panel.drawing.lit == "2-detector"
    panel.clear()
    assert panel.drawing.lit == "" and panel.table.rowCount() == 0


def test_the_picture_changes_with_the_step(panel: PhasesPanel) -> None:
    before = panel.drawing.grab().toImage()
    panel.add([step(1, "3-rpn")])
    assert panel.drawing.grab().toImage() != before
    assert "Backbone + FPN: fixed; RPN: learns" in panel.drawing.accessibleDescription()


def test_the_proof_and_the_recall_are_shown(panel: PhasesPanel) -> None:
    panel.add([ended(2, "1-rpn", recall=True), ended(4, "2-detector", unchanged=False)])
    first, second = text(panel, "proof").splitlines()
    assert first == "1-rpn: frozen tensors unchanged: yes, SHA-256 ab12ab12ab12…"
    assert second.startswith("2-detector: frozen tensors have changed")
    cells = [
        [panel.table.item(row, column).text() for column in range(5)]
        for row in range(panel.table.rowCount())
    ]
    assert cells == [
        ["1-rpn, 0.5", "12.5 %", "25 %", "50 %", "–"],
        ["1-rpn, 0.7", "12.5 %", "25 %", "50 %", "–"],
    ]


def test_a_joint_run_is_said_to_be_joint_and_a_further_round_counted(panel: PhasesPanel) -> None:
    panel.add([step(1, "joint")])
    assert "joint" in text(panel, "intro") and panel.drawing.lit == ""
    panel.clear()
    panel.add([step(17, "6-detector")])
    assert text(panel, "intro").startswith("Round 2") and panel.drawing.lit == "6-detector"


def test_a_record_of_another_program_breaks_nothing(panel: PhasesPanel) -> None:
    odd = {"step": 1, "phase": "1-rpn", "frozen": "yes", "proposals": {"recall": {"0.5": 3}}}
    panel.add([TrainFrame(1, 8, "1-rpn", finished=odd)])
    assert panel.inspect_state() == {"phase": "1-rpn", "ended": ["1-rpn"]}
