"""Exercises and sheets of the net that is set, in place of nets of a seed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.networks.backprop.presets import HAND, WORKED
from engine.networks.backprop.spec import Example, random_weights
from engine.networks.backprop.training import train
from engine.optimizers.racer import Racer
from gui.messages import sentence
from gui.networks.backprop.page import BackpropPage
from tests.gui.fields import enter


def test_each_example_of_the_net_is_a_sheet(
    page: BackpropPage, qtbot: QtBot, tmp_path: Path
) -> None:
    examples = (*HAND.examples, Example((0.25, -0.75), (0.0,)))
    page.store.change(replace(HAND, examples=examples, batch=0), "x")
    page.tabs.setCurrentWidget(page.exercise)
    page.exercise.own.click()
    assert not page.exercise.seed.isEnabled()
    page.exercise.export.click()
    asked = page.files._asked
    assert asked is not None and asked.isVisible() and asked.count.value() == 2
    enter(asked.count, "9")
    assert asked.count.value() == 2  # there is no third example
    path = tmp_path / "net.md"
    with qtbot.waitSignal(page.files.status):
        page.files.write_sheets(str(path))
    asked.close()
    tasks = path.read_text().split("\\newpage")
    assert len(tasks) == 4
    for task, inputs in zip(tasks, ("o_{1} = 1,\\ o_{2} = 0.5", "o_{1} = 0.25"), strict=False):
        assert inputs in task and "w_{1,4} = -1" in task
    (update,) = train(replace(HAND, examples=examples[1:], steps=1))
    assert f"{update.backward.deltas[1][0, 0]:.6g}" in tasks[3]


def test_an_exercise_is_made_of_the_net_that_is_set(page: BackpropPage, qtbot: QtBot) -> None:
    # By the plain rule at the net's own rate, whatever optimizer and schedule it has.
    racer = Racer("adam", {"lr": 0.25}, schedule="warmup")
    page.store.change(replace(WORKED, racer=racer), "x")
    page.exercise.own.click()
    page.show_exercise()
    qtbot.waitUntil(lambda: page.exercise.exercise is not None)
    exercise = page.exercise.exercise
    assert exercise is not None
    assert (exercise.spec.weights, exercise.spec.biases) == (WORKED.weights, WORKED.biases)
    assert (exercise.spec.racer, exercise.spec.eta) == (Racer("sgd"), 0.25)
    change = next(each for each in exercise.questions if each.symbol == "dw_3_5")
    assert change.answer == pytest.approx(-0.25 * 0.082167041, abs=5e-9)


def test_a_net_too_large_to_be_worked_out_is_said(
    page: BackpropPage, qtbot: QtBot, tmp_path: Path
) -> None:
    weights, _ = random_weights((2, 9, 1), 1)
    page.store.change(replace(HAND, layers=(2, 9, 1), weights=weights), "x")
    page.exercise.own.click()
    page.exercise.new.click()
    qtbot.waitUntil(lambda: "9 is outside 1 to 8" in page.exercise.said.text())
    page.exercise.export.click()
    with qtbot.waitSignal(page.error) as told:
        page.files.write_sheets(str(tmp_path / "net.md"))
    assert "9 is outside 1 to 8" in sentence(told.args[0])
    asked = page.files._asked
    assert asked is not None
    asked.close()
    assert list(tmp_path.iterdir()) == []
