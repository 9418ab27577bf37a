"""The user's own file runs after the user has said so, and at no other time."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from engine.networks.tasks.own_file import TEMPLATE
from gui.messages import sentence
from gui.networks.tasks.page import TasksPage
from tests.gui.networks.tasks.conftest import WAIT_MS

# Says that it ran where this program can see it.
TELLS = "open(__file__ + '.ran', 'a').write('x')\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(TEMPLATE + TELLS)
    return path


def runs(path: Path) -> int:
    """How often a file was run."""
    told = Path(f"{path}.ran")
    return len(told.read_text()) if told.exists() else 0


def answer(page: TasksPage, *, run: bool) -> None:
    question = page.own_file.question
    assert question is not None and question.isVisible()
    name = "dialog.run_own_file.run.button"
    yes = question.findChild(QPushButton, name)
    button = yes if run else question.button(QMessageBox.StandardButton.Cancel)
    assert button is not None
    button.click()


def computed(page: TasksPage, steps: int) -> Callable[[], bool]:
    def told() -> bool:
        history = page.jobs.history
        own = page.jobs.setup is not None and page.jobs.setup.fit.task == "own"
        return own and history is not None and history.count == steps + 1

    return told


def choose(page: TasksPage, qtbot: QtBot, own: Path) -> None:
    page.own_file.ask_new(str(own))
    answer(page, run=True)
    page.editor.set_value("steps", 4)
    qtbot.waitUntil(computed(page, 4), timeout=3 * WAIT_MS)


def test_it_runs_once_it_is_allowed(page: TasksPage, qtbot: QtBot, own: Path) -> None:
    page.own_file.ask_new(str(own))
    question = page.own_file.question
    assert question is not None and str(own) in question.informativeText()
    assert question.defaultButton() is question.button(QMessageBox.StandardButton.Cancel)
    answer(page, run=False)
    assert page.store.setup.fit.task == "xor" and runs(own) == 0
    page.own_file.ask_new(str(own))
    answer(page, run=True)
    assert page.jobs.history is not None and not page.jobs.history.count  # nothing of XOR is left
    assert page.jobs.setup == page.store.setup and page.jobs.running
    page.editor.set_value("steps", 4)
    qtbot.waitUntil(computed(page, 4), timeout=3 * WAIT_MS)
    assert page.form.task.currentData() == "own"
    qtbot.waitUntil(lambda: page.own_bar.isHidden(), timeout=WAIT_MS)
    page.player.seek(4)
    assert page.inspect_state()["step"] == 4 and runs(own) >= 1
    before = runs(own)
    page.editor.set_setting("sgd", "lr", 0.2)  # of the same task: it was allowed
    qtbot.waitUntil(lambda: runs(own) > before, timeout=3 * WAIT_MS)


def test_undo_and_a_change_of_the_file_ask_again(page: TasksPage, qtbot: QtBot, own: Path) -> None:
    choose(page, qtbot, own)
    ran = runs(own)
    page.editor.choose_task("xor")
    assert page.form.task.findData("own") < 0
    page.store.stack.undo()
    assert page.store.setup.fit.task == "own"
    assert not page.jobs.running and page.own_bar.run.isVisibleTo(page)
    page.own_bar.run.click()
    answer(page, run=False)
    assert not page.jobs.running
    page.own_bar.run.click()
    answer(page, run=True)
    qtbot.waitUntil(computed(page, 4), timeout=3 * WAIT_MS)
    assert runs(own) == ran + 1
    own.write_text(own.read_text() + "# changed\n")
    os.utime(own, ns=(1, 1))
    page.editor.set_value("seed", 5)
    assert not page.jobs.running and page.own_bar.run.isVisibleTo(page)


def test_what_is_opened_or_remembered_does_not_run(
    page: TasksPage, qtbot: QtBot, own: Path, tmp_path: Path
) -> None:
    choose(page, qtbot, own)
    saved = tmp_path / "race.json"
    page.files.save(str(saved))
    kept = page.save_state()
    ran = runs(own)
    page.editor.choose_task("xor")
    assert page.open_paths([saved])
    assert page.store.setup.fit.file == str(own)
    assert not page.jobs.running and page.own_bar.run.isVisibleTo(page)
    page.editor.choose_task("xor")
    page.restore_state(kept)
    assert page.store.setup.fit.task == "own" and not page.jobs.running
    assert runs(own) == ran


def test_one_that_never_answers_is_cancelled(page: TasksPage, qtbot: QtBot, own: Path) -> None:
    own.write_text(TELLS + "while True:\n    print('x')\n")
    page.own_file.ask_new(str(own))
    answer(page, run=True)
    qtbot.waitUntil(lambda: runs(own) == 1, timeout=3 * WAIT_MS)
    assert page.own_bar.cancel.isVisibleTo(page)
    page.own_bar.cancel.click()
    assert not page.jobs.running and page.own_bar.isHidden()
    page.editor.choose_task("xor")
    page.editor.set_value("steps", 3)
    qtbot.waitUntil(lambda: page.inspect_state()["computed"] == 3, timeout=WAIT_MS)


def test_what_it_raises_is_one_sentence(page: TasksPage, qtbot: QtBot, own: Path) -> None:
    own.write_text("def task():\n    raise RuntimeError('no data today')\n")
    with qtbot.waitSignal(page.error, timeout=3 * WAIT_MS) as told:
        page.own_file.ask_new(str(own))
        answer(page, run=True)
    said = sentence(told.args[0])
    assert "no data today" in said and "\n" not in said
    page.editor.choose_task("moons")
    page.editor.set_value("steps", 3)
    qtbot.waitUntil(lambda: page.inspect_state()["computed"] == 3, timeout=WAIT_MS)
