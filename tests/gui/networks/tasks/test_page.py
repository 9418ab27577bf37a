"""The page of tasks: what is computed is shown, at every step, and follows what is set."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.networks.tasks.data import data_of
from engine.networks.tasks.fit import fit
from engine.networks.tasks.registry import TASKS
from gui import number_text
from gui.networks.tasks.history import MEASURES
from gui.networks.tasks.page import TasksPage
from gui.networks.tasks.setup import with_task
from gui.networks.workspace import NetworksWorkspace
from tests.gui.fields import enter, field
from tests.gui.networks.tasks.conftest import WAIT_MS, wait_for_race, wait_for_view


def test_the_first_race_is_xor_and_every_step_can_be_shown(page: TasksPage, qtbot: QtBot) -> None:
    frames = list(fit(page.store.setup.spec()))
    history = page.jobs.history
    assert history is not None and history.count == 41
    for step in (40, 7, 0, 23):  # back and forth
        page.player.seek(step)
        state = page.inspect_state()
        assert state["step"] == step
        assert state["train_loss"] == frames[step].train_loss.tolist()
        wait_for_view(qtbot, page)
        assert page.curves.loss.cursor.value() == step
        order = np.argsort(frames[step].train_loss, kind="stable")
        rows = [page.standings.table.item(row, 1).text() for row in range(3)]
        wanted = frames[step].train_loss[order]
        assert rows == [number_text.write(float(loss), digits=3) for loss in wanted]


def test_it_plays(page: TasksPage, qtbot: QtBot) -> None:
    page.player.set_speed(200)
    page.player.play()
    qtbot.waitUntil(lambda: page.player.step == 40, timeout=WAIT_MS)
    state = page.inspect_state()
    history = page.jobs.history
    assert history is not None
    assert all(np.array(state["train_loss"]) < history.frames[0].train_loss)
    wait_for_view(qtbot, page)


def test_what_the_second_plot_offers_are_the_frames_own_numbers(page: TasksPage) -> None:
    history = page.jobs.history
    assert history is not None
    part, racer = slice(3, 9), 1
    frames = history.frames[part]
    wanted = {
        "gradient": [float(np.linalg.norm(f.gradient_norms[racer])) for f in frames],
        "test_accuracy": [f.test_accuracy[racer] for f in frames],
        "train_accuracy": [f.train_accuracy[racer] for f in frames],
        "test_loss": [f.test_loss[racer] for f in frames],
        "ratio": [f.update_ratios[racer].max() for f in frames],
        "saturated": [f.saturated[racer].mean() for f in frames],
        "rate": [f.rate[racer] for f in frames],
    }
    for measure in MEASURES:
        assert measure.offered(history)
        np.testing.assert_allclose(measure.compute(history, racer, part), wanted[measure.name])
    assert wanted.keys() == {measure.name for measure in MEASURES}
    # Classes have an accuracy, which is what is seen first.
    assert page.curves.measure.currentData() == "test_accuracy"


@pytest.mark.parametrize("name", [name for name in TASKS if name != "xor"])
def test_every_task_can_be_chosen(page: TasksPage, qtbot: QtBot, name: str) -> None:
    page.store.apply(with_task(page.store.setup, name))
    page.editor.set_value("steps", 5)
    wait_for_race(qtbot, page)
    page.player.seek(5)
    task = TASKS[name]
    if task.kind != "parameters":
        wait_for_view(qtbot, page)
    shown = {key for key, control in page.form.numbers.items() if control.isVisibleTo(page.form)}
    assert ("start_u" in shown) == (task.kind == "parameters")
    assert ("train_count" in shown) == (task.kind != "parameters")
    assert ("degree" in shown) == (task.kind != "parameters" and task.inputs <= 2)
    assert page.curves.measure.currentData() == (
        "test_accuracy" if task.kind == "classes" else "gradient"
    )


def test_a_task_is_chosen_with_its_own_values_and_undone(
    page: TasksPage, networks: NetworksWorkspace, qtbot: QtBot
) -> None:
    combo = page.form.task
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert page.store.setup.fit.task == "moons"
    moons = TASKS["moons"]
    assert page.form.hidden.text() == ", ".join(map(str, moons.hidden))
    assert page.form.numbers["steps"].value() == moons.steps
    assert combo.toolTip() and page.form.summary.text() == combo.toolTip()
    actions = {action.id: action for action in networks.actions()}
    actions["networks.undo"].callback()
    assert page.store.setup.fit.task == "xor" and combo.currentData() == "xor"
    wait_for_race(qtbot, page)


def test_numbers_of_the_form_change_the_race(page: TasksPage, qtbot: QtBot) -> None:
    for name, text, value in (
        ("steps", "12", 12),
        ("noise", "0,2", 0.2),
        ("batch", "16", 16),
        ("decay", "1e-3", 1e-3),
        ("scale", "2", 2.0),
        ("train_count", "30", 30),
        ("data_seed", "123456", 123456),
        ("degree", "3", 3),
        ("patience", "5", 5),
    ):
        enter(field(page, f"networks.tasks.{name}.field"), text)
        assert getattr(page.store.setup.fit, name) == value
    wait_for_race(qtbot, page)
    history = page.jobs.history
    assert history is not None
    frames = list(fit(page.store.setup.spec()))
    np.testing.assert_array_equal(history.frames[-1].train_loss, frames[-1].train_loss)


def test_the_data_have_a_seed_of_their_own(page: TasksPage, qtbot: QtBot) -> None:
    def start_and_examples() -> tuple[np.ndarray, np.ndarray]:
        wait_for_race(qtbot, page)
        history = page.jobs.history
        assert history is not None
        return history.frames[0].parameters, data_of(page.store.setup.spec()).inputs

    weights, examples = start_and_examples()
    enter(field(page, "networks.tasks.data_seed.field"), "123456")
    assert page.store.stack.undoText() == "seed of the data 0 → 123456"
    same, others = start_and_examples()
    np.testing.assert_array_equal(same, weights)
    assert not np.array_equal(others, examples)
    page.editor.choose_task("moons")
    assert page.store.setup.fit.data_seed == 123456
    page.store.stack.undo()
    page.store.stack.undo()
    assert page.store.setup.fit.data_seed == 0
    assert page.form.numbers["data_seed"].value() == 0
    for name, shown in (("product", False), ("digits", True)):
        page.editor.choose_task(name)
        assert page.form.numbers["data_seed"].isVisibleTo(page.form) is shown


def test_hidden_layers_are_typed(page: TasksPage) -> None:
    typed = page.form.hidden
    for text, sizes in (("8, 8", (8, 8)), ("3-4", (3, 4)), ("", ()), ("5", (5,))):
        typed.setText(text)
        typed.editingFinished.emit()
        assert page.store.setup.fit.hidden == sizes and not typed.property("wrong")
    for wrong in ("many", "0", "1,1,1,1,1,1", "1000"):
        typed.setText(wrong)
        typed.editingFinished.emit()
        assert typed.property("wrong") and page.store.setup.fit.hidden == (5,)


def test_a_new_start_is_the_next_seed(page: TasksPage, qtbot: QtBot) -> None:
    history = page.jobs.history
    assert history is not None
    before = history.frames[0].train_loss
    page.form.new_start.click()
    assert page.store.setup.fit.seed == 1 and page.form.numbers["seed"].value() == 1
    wait_for_race(qtbot, page)
    now = page.jobs.history
    assert now is not None and not np.array_equal(now.frames[0].train_loss, before)


def test_racers_are_added_set_and_switched_off(page: TasksPage, qtbot: QtBot) -> None:
    page.optimizers.added.emit("rmsprop")
    names = [entry.racer.name for entry in page.store.setup.entries]
    assert names == ["sgd", "momentum", "adam", "rmsprop"]
    assert page.optimizers.chosen_name() == "rmsprop"
    enter(field(page, "networks.tasks.optimizers.row.rmsprop.lr.field"), "0.02")
    enter(field(page, "networks.tasks.starts.field"), "3")
    racer = page.store.setup.entries[-1].racer
    assert racer.settings == {"lr": 0.02} and racer.starts == 3
    page.optimizers.enabled_changed.emit("sgd", False)
    wait_for_race(qtbot, page)
    assert page.inspect_state()["racers"] == ["momentum", "adam", "rmsprop"]
    assert page.standings.table.rowCount() == 3
    for name in names[1:]:
        page.optimizers.enabled_changed.emit(name, False)
    assert page.jobs.history is not None and page.jobs.history.racers == 0


def test_what_cannot_be_run_is_said_and_what_is_set_stays(page: TasksPage, qtbot: QtBot) -> None:
    page.store.apply(with_task(page.store.setup, "digits"))
    before = page.store.setup
    with qtbot.waitSignal(page.error):
        page.editor.set_value("train_count", 1900)
    assert page.store.setup == before
    assert page.form.numbers["train_count"].value() == TASKS["digits"].train_count
