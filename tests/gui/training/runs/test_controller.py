"""Runs of the list: pause, evaluate, continue, fork, rename, delete; with a net that is tiny."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QFile, Qt
from PySide6.QtWidgets import QComboBox, QInputDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from engine.errors import InputError
from engine.training import initialization
from engine.training.runs import lock
from engine.training.runs.fork import ORIGIN
from gui.bridge import Bridge
from gui.settings import Settings
from gui.training.progress import State
from gui.training.runs.fork_dialog import ForkDialog
from gui.training.workspace import TrainingWorkspace
from gui.widgets.number_field import NumberField
from tests.engine.training.test_trainer import TINY

END = 30_000


@pytest.fixture
def workspace(
    qtbot: QtBot, bridge: Bridge, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> TrainingWorkspace:
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)
    monkeypatch.setattr("engine.training.trainer.VALIDATION_SCENES", 1)
    made = TrainingWorkspace(bridge, settings)
    qtbot.addWidget(made)
    made.resize(1190, 900)
    made.show()
    for name, value in (("steps", 4), ("batch", 1), ("evaluate", 0), ("checkpoint", 2)):
        field(made, name).set_value(value)
    return made


def field(workspace: TrainingWorkspace, name: str) -> NumberField:
    found = workspace.findChild(NumberField, f"training.{name}.field")
    assert found is not None
    return found


def button(workspace: TrainingWorkspace, name: str) -> QPushButton:
    found = workspace.findChild(QPushButton, f"training.{name}.button")
    assert found is not None
    return found


def press(workspace: TrainingWorkspace, qtbot: QtBot, name: str) -> None:
    assert button(workspace, name).isEnabled(), name
    qtbot.mouseClick(button(workspace, name), Qt.MouseButton.LeftButton)


def until(workspace: TrainingWorkspace, qtbot: QtBot, state: State) -> None:
    qtbot.waitUntil(lambda: workspace.progress.state is state, timeout=END)


@pytest.fixture
def done(workspace: TrainingWorkspace, qtbot: QtBot) -> Path:
    """The folder of a run of four steps that is at its end and selected."""
    press(workspace, qtbot, "start")
    until(workspace, qtbot, State.DONE)
    # The list may first be read before its last state is written, and is read again after that.
    qtbot.waitUntil(
        lambda: (run := workspace.runs.current()) is not None and run.states == (4, 2), timeout=END
    )
    run = workspace.runs.current()
    assert run is not None and button(workspace, "fork").isEnabled()
    return run.path


def losses(folder: Path) -> list[float]:
    lines = (folder / "metrics.jsonl").read_text().splitlines()
    return [json.loads(line)["loss"] for line in lines]


def dialog(workspace: TrainingWorkspace, kind: type[Any], name: str) -> Any:
    found = workspace.findChild(kind, f"dialog.training.{name}")
    assert found is not None and found.isVisible()
    return found


def test_the_form_offers_to_keep_the_work(workspace: TrainingWorkspace) -> None:
    spec = TrainingWorkspace(workspace.bridge, workspace.settings).form.spec()
    assert (spec.evaluate_every, spec.checkpoint_every, spec.keep_last) == (100, 100, 3)
    assert (spec.save_every_s, spec.patience) == (60, 0)
    field(workspace, "patience").set_value(2)
    field(workspace, "save").set_value(5)
    spec = workspace.form.spec()
    assert (spec.checkpoint_every, spec.patience, spec.save_every_s) == (2, 2, 5)


def test_a_training_is_paused_and_goes_on(workspace: TrainingWorkspace, qtbot: QtBot) -> None:
    field(workspace, "steps").set_value(100_000)
    assert not button(workspace, "pause").isEnabled()
    press(workspace, qtbot, "start")
    assert not button(workspace, "evaluate").isEnabled()
    until(workspace, qtbot, State.RUNNING)
    press(workspace, qtbot, "pause")
    assert workspace.progress.state is State.PAUSED
    assert button(workspace, "pause").text() == "Resume"
    assert not button(workspace, "evaluate").isEnabled() and button(workspace, "stop").isEnabled()
    press(workspace, qtbot, "pause")
    assert workspace.progress.state is State.RUNNING
    reached = max(workspace.curves.values().values(), default=0)
    qtbot.waitUntil(
        lambda: max(workspace.curves.values().values(), default=0) > reached + 1, timeout=END
    )
    for name in ("speed", "memory", "eta"):
        label = workspace.findChild(QLabel, f"training.{name}")
        assert label is not None and label.text() != "–", name
    assert not any(button(workspace, name).isEnabled() for name in ("continue", "fork", "delete"))
    press(workspace, qtbot, "stop")
    until(workspace, qtbot, State.STOPPED)


def test_an_evaluation_is_taken_when_it_is_asked_for(
    workspace: TrainingWorkspace, qtbot: QtBot
) -> None:
    field(workspace, "steps").set_value(100_000)
    press(workspace, qtbot, "start")
    until(workspace, qtbot, State.RUNNING)
    press(workspace, qtbot, "evaluate")
    folder = Path(workspace.inspect_state()["live"])
    qtbot.waitUntil((folder / "evaluations.jsonl").exists, timeout=END)
    workspace.stop()
    until(workspace, qtbot, State.STOPPED)


def test_a_run_goes_on_with_the_curves_of_its_past(
    workspace: TrainingWorkspace, qtbot: QtBot, done: Path
) -> None:
    past = losses(done)
    press(workspace, qtbot, "continue")
    dialog(workspace, QInputDialog, "continue").setIntValue(6)
    with qtbot.waitSignal(workspace.retried):  # an old sentence goes, as at any start
        dialog(workspace, QInputDialog, "continue").accept()
    until(workspace, qtbot, State.STARTING)
    until(workspace, qtbot, State.DONE)
    assert losses(done)[:4] == past and len(losses(done)) == 6
    assert workspace.curves.values()["loss"] == 6
    assert workspace.inspect_state()["shown"] == str(done)


def test_a_fork_begins_with_the_curves_of_its_run(
    workspace: TrainingWorkspace, qtbot: QtBot, done: Path
) -> None:
    past = losses(done)
    press(workspace, qtbot, "fork")
    fork = dialog(workspace, ForkDialog, "fork")
    steps = fork.findChild(QComboBox, "dialog.training.fork.step")
    assert [steps.itemData(row) for row in range(steps.count())] == [4, 2]
    steps.setCurrentIndex(1)
    fork.findChild(NumberField, "dialog.training.fork.steps").set_value(5)
    fork.findChild(NumberField, "dialog.training.fork.rate").set_value(1e-5)
    qtbot.mouseClick(
        fork.findChild(QPushButton, "dialog.training.fork.button"), Qt.MouseButton.LeftButton
    )
    until(workspace, qtbot, State.STARTING)
    until(workspace, qtbot, State.DONE)
    new = Path(workspace.inspect_state()["live"])
    assert new != done and json.loads((new / ORIGIN).read_text())["step"] == 2
    assert "adamw:lr=1e-05" in (new / "spec.json").read_text()
    assert losses(new)[:2] == past[:2] and len(losses(new)) == 5
    assert losses(done) == past
    assert workspace.curves.values()["loss"] == 5


def test_a_run_gets_another_name(workspace: TrainingWorkspace, qtbot: QtBot, done: Path) -> None:
    press(workspace, qtbot, "rename")
    dialog(workspace, QInputDialog, "rename").setTextValue("мой запуск")
    dialog(workspace, QInputDialog, "rename").accept()
    new = done.with_name("мой запуск")
    qtbot.waitUntil(lambda: (now := workspace.runs.current()) is not None and now.path == new)
    assert new.is_dir() and not done.exists()
    press(workspace, qtbot, "rename")
    dialog(workspace, QInputDialog, "rename").setTextValue("a/b")
    with qtbot.waitSignal(workspace.error) as heard:
        dialog(workspace, QInputDialog, "rename").accept()
    assert heard.args is not None and "a/b" in str(heard.args[0])


def test_a_run_goes_to_the_bin_after_a_question(
    workspace: TrainingWorkspace, qtbot: QtBot, done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binned = done.with_name("bin")
    press(workspace, qtbot, "delete")
    question = dialog(workspace, QMessageBox, "delete")
    assert done.name in question.text()
    question.reject()
    assert done.is_dir()

    def move(name: str) -> bool:
        Path(name).rename(binned)
        return True

    monkeypatch.setattr(QFile, "moveToTrash", move)
    press(workspace, qtbot, "delete")
    question = workspace.findChildren(QMessageBox, "dialog.training.delete")[-1]
    with lock.held(done), qtbot.waitSignal(workspace.error) as heard:
        question.accept()
    assert heard.args is not None and isinstance(heard.args[0], InputError) and done.is_dir()
    press(workspace, qtbot, "delete")
    workspace.findChildren(QMessageBox, "dialog.training.delete")[-1].accept()
    qtbot.waitUntil(lambda: workspace.runs.model.rowCount() == 0 or not done.exists())
    assert binned.is_dir() and not done.exists()
    qtbot.waitUntil(lambda: not workspace.curves.values())
    qtbot.waitUntil(lambda: workspace.progress.state is State.IDLE)
    assert workspace.shown.text() == "Ready to train.", "nothing is said of what is gone"


def test_where_there_is_no_bin_the_run_stays(
    workspace: TrainingWorkspace, qtbot: QtBot, done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFile, "moveToTrash", lambda _name: False)
    press(workspace, qtbot, "delete")
    with qtbot.waitSignal(workspace.error) as heard:
        dialog(workspace, QMessageBox, "delete").accept()
    assert heard.args is not None and "no bin" in str(heard.args[0])
    assert done.is_dir()


def test_a_run_that_was_stopped_goes_on_without_a_question(
    workspace: TrainingWorkspace, qtbot: QtBot
) -> None:
    field(workspace, "steps").set_value(100_000)
    press(workspace, qtbot, "start")
    qtbot.waitUntil(lambda: bool(workspace.curves.values()), timeout=END)
    press(workspace, qtbot, "stop")
    until(workspace, qtbot, State.STOPPED)
    folder = Path(workspace.inspect_state()["live"])
    before = len(losses(folder))
    qtbot.waitUntil(button(workspace, "continue").isEnabled)
    press(workspace, qtbot, "continue")
    qtbot.waitUntil(lambda: len(losses(folder)) > before, timeout=END)
    press(workspace, qtbot, "stop")
    until(workspace, qtbot, State.STOPPED)
    lines = (folder / "metrics.jsonl").read_text().splitlines()
    steps = [json.loads(line)["step"] for line in lines]
    assert steps == list(range(1, len(steps) + 1))


def test_a_run_of_another_version_is_refused_in_a_sentence(
    workspace: TrainingWorkspace, qtbot: QtBot, done: Path
) -> None:
    spec = done / "spec.json"
    spec.write_text(spec.read_text().replace('"thalweg": 1', '"thalweg": 2'))
    press(workspace, qtbot, "continue")
    dialog(workspace, QInputDialog, "continue").setIntValue(6)
    with qtbot.waitSignal(workspace.error, timeout=END) as heard:
        dialog(workspace, QInputDialog, "continue").accept()
    assert heard.args is not None and "another version" in str(heard.args[0])
    assert workspace.progress.state is State.FAILED and len(losses(done)) == 4
