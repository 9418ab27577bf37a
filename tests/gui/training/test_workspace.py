"""The Training workspace: from the form to a model that can be used."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from engine.errors import InputError
from engine.specs import to_json
from engine.training.spec import TrainFrame, TrainSpec
from gui.bridge import Bridge
from gui.settings import Settings
from gui.training import workspace as module
from gui.training.progress import State
from gui.training.run_folder import read_run
from gui.training.workspace import TrainingWorkspace
from gui.widgets.number_field import NumberField
from gui.window import Window

SHOWN = ("step", "loss", "lr")
LOSSES = ("loss_objectness", "loss_rpn_box_reg", "loss_classifier", "loss_box_reg", "loss_mask")


class FakeTraining:
    """Writes a run folder as the engine does, and waits for leave after `free` steps."""

    def __init__(self, *, free: int = 10**9, error: Exception | None = None) -> None:
        self.free, self.error = free, error
        self.specs: list[TrainSpec] = []
        self.going = threading.Event()

    def __call__(self, spec: TrainSpec, folder: Path, **_: Any) -> Iterator[TrainFrame]:
        self.specs.append(spec)
        self.folder = folder
        steps = spec.steps or 0
        (folder / "last").mkdir(parents=True)
        (folder / "spec.json").write_text(to_json(spec), encoding="utf-8")
        try:
            with open(folder / "metrics.jsonl", "w", encoding="utf-8") as metrics:
                for step in range(1, steps + 1):
                    if self.error is not None and step > self.free:
                        raise self.error
                    losses = dict.fromkeys(LOSSES, 1 / step)
                    losses["loss"] = sum(losses.values())
                    metrics.write(json.dumps({"step": step, "lr": 1e-3, **losses}) + "\n")
                    yield TrainFrame(step, steps, losses=losses, lr=1e-3, seconds=0.01)
                yield TrainFrame(steps, steps, checkpoint=str(folder / "last"))
        finally:
            (folder / "last" / "weights.safetensors").write_bytes(b"")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeTraining:
    made = FakeTraining()
    monkeypatch.setattr(module, "run_training", made)
    return made


@pytest.fixture
def workspace(qtbot: QtBot, bridge: Bridge, settings: Settings) -> TrainingWorkspace:
    made = TrainingWorkspace(bridge, settings)
    qtbot.addWidget(made)
    made.resize(1190, 720)
    made.show()
    return made


def press(workspace: TrainingWorkspace, qtbot: QtBot, name: str) -> None:
    button = workspace.findChild(QPushButton, f"training.{name}.button")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def field(workspace: TrainingWorkspace, name: str) -> NumberField:
    found = workspace.findChild(NumberField, f"training.{name}.field")
    assert found is not None
    return found


def type_number(field: NumberField, qtbot: QtBot, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_training_runs_to_its_end_and_can_be_used(
    workspace: TrainingWorkspace, qtbot: QtBot, fake: FakeTraining
) -> None:
    type_number(field(workspace, "steps"), qtbot, "500")
    type_number(field(workspace, "rate"), qtbot, "1e-3")
    press(workspace, qtbot, "start")
    assert workspace.progress.state is State.STARTING
    qtbot.waitUntil(lambda: workspace.progress.state is State.DONE, timeout=30_000)
    spec = fake.specs[0]
    assert (spec.data, spec.steps) == ("shapes", 500)
    assert "lr=0.001" in spec.optimizer
    # Not one step is lost, and each component is drawn.
    assert workspace.curves.values() == dict.fromkeys(("loss", *LOSSES), 500)
    shown = {name: workspace.findChild(QLabel, f"training.{name}").text() for name in SHOWN}
    assert shown == {"step": "500 / 500", "loss": "0.010", "lr": "0.001"}
    table = workspace.findChild(QTableView, "training.runs.table")
    assert table is not None
    qtbot.waitUntil(lambda: table.model().rowCount() == 1 and workspace.runs.current() is not None)
    with qtbot.waitSignal(workspace.handed_over) as heard:
        press(workspace, qtbot, "use")
    assert heard.args == ["detection", f"run:{fake.folder.name}"]


def test_stop_saves_and_keeps_the_run(
    workspace: TrainingWorkspace, qtbot: QtBot, fake: FakeTraining
) -> None:
    field(workspace, "steps").set_value(1e7)
    press(workspace, qtbot, "start")
    qtbot.waitUntil(lambda: bool(workspace.curves.values()), timeout=30_000)
    press(workspace, qtbot, "stop")
    qtbot.waitUntil(lambda: workspace.progress.state is State.STOPPED, timeout=30_000)
    assert (fake.folder / "last" / "weights.safetensors").exists()
    run = workspace.runs.current()
    assert run is not None and run.usable and run.steps > 0
    # What is said last is what the file says, the step that was at hand included.
    last = json.loads((fake.folder / "metrics.jsonl").read_text().splitlines()[-1])
    assert run.steps == last["step"] == workspace.curves.values()["loss"]
    assert workspace.live.frames[-1].step == last["step"]
    assert workspace.live.text().startswith(f"Stopped at step {last['step']}, loss ")
    assert workspace.live.frames[-1].losses["loss"] == last["loss"]


def test_fields_are_locked_while_training(
    workspace: TrainingWorkspace, qtbot: QtBot, fake: FakeTraining
) -> None:
    field(workspace, "steps").set_value(1e7)
    press(workspace, qtbot, "start")
    assert not field(workspace, "rate").isEnabled()
    assert not workspace.form.start_button.isEnabled()
    assert workspace.form.stop_button.isEnabled()
    workspace.stop()
    qtbot.waitUntil(lambda: workspace.progress.state is State.STOPPED, timeout=30_000)
    assert field(workspace, "rate").isEnabled()
    assert workspace.form.start_button.isEnabled()
    assert not workspace.form.stop_button.isEnabled()


def test_an_error_ends_the_training_and_is_told(
    workspace: TrainingWorkspace, qtbot: QtBot, fake: FakeTraining
) -> None:
    fake.error, fake.free = InputError("train.diverged", step=3, pictures="a.png"), 3
    with qtbot.waitSignal(workspace.error, timeout=30_000) as heard:
        press(workspace, qtbot, "start")
    assert heard.args == [fake.error]
    assert workspace.progress.state is State.FAILED
    assert workspace.form.start_button.isEnabled()


def test_a_new_start_takes_the_old_sentence_away(
    window: Window, qtbot: QtBot, fake: FakeTraining
) -> None:
    window.show()
    window.show_workspace("training")
    workspace = window.workspace("training")
    assert isinstance(workspace, TrainingWorkspace)
    fake.error, fake.free = InputError("train.diverged", step=1, pictures="a.png"), 1
    with qtbot.waitSignal(workspace.error, timeout=30_000):
        press(workspace, qtbot, "start")
    assert "step 1" in window.banner.text() and window.banner.isVisible()
    fake.error = None
    press(workspace, qtbot, "start")
    assert not window.banner.isVisible()
    qtbot.waitUntil(lambda: workspace.progress.state is State.DONE, timeout=30_000)
    window.show_error(InputError("file.missing", path="x.png"))  # another's fault
    press(workspace, qtbot, "start")
    assert window.banner.isVisible()
    qtbot.waitUntil(lambda: workspace.progress.state is State.DONE, timeout=30_000)


def test_data_that_is_missing_is_told(workspace: TrainingWorkspace, qtbot: QtBot) -> None:
    combo = workspace.findChild(QComboBox, "training.data.combo")
    assert combo is not None
    combo.setCurrentIndex(combo.findData("json"))
    with qtbot.waitSignal(workspace.error):
        press(workspace, qtbot, "start")
    assert workspace.progress.state is State.IDLE


def test_a_coco_json_becomes_the_data(workspace: TrainingWorkspace, tmp_path: Path) -> None:
    path = tmp_path / "мои люди.json"
    content = {"images": [{"id": 1, "file_name": "a.jpg"}], "annotations": [], "categories": []}
    path.write_text(json.dumps(content), encoding="utf-8")
    assert workspace.open_paths([path])
    assert workspace.form.spec().data == str(path)
    label = workspace.findChild(QLabel, "training.data.path")
    assert label is not None and label.toolTip() == str(path)


@pytest.mark.parametrize("data", ["shapes", "own.json", ("one.json", "other.json")])
def test_a_spec_file_fills_the_form_and_comes_back_out(
    workspace: TrainingWorkspace, tmp_path: Path, data: str | tuple[str, ...]
) -> None:
    spec = TrainSpec(
        data=data,
        model="people",
        start="nothing",
        optimizer="sgd:lr=0.02,momentum=0.9",
        steps=321,
        batch=2,
        seed=7,
        evaluate_every=50,
        warmup=11,
    )
    path = tmp_path / "spec.json"
    path.write_text(to_json(spec), encoding="utf-8")
    assert workspace.open_paths([path])
    assert workspace.form.spec() == spec


def test_another_workspaces_spec_is_left_to_it(
    workspace: TrainingWorkspace, tmp_path: Path
) -> None:
    path = tmp_path / "race.json"
    path.write_text('{"thalweg": 1, "kind": "race"}', encoding="utf-8")
    assert not workspace.open_paths([path])
    path.write_text("no json", encoding="utf-8")
    assert not workspace.open_paths([path])
    path.write_bytes(b"\xff\xfe\x00")
    assert not workspace.open_paths([path])


def test_older_runs_are_listed_and_drawn(
    workspace: TrainingWorkspace, qtbot: QtBot, private_runs: Path
) -> None:
    run = private_runs / "shapes-20260102-030405"
    run.mkdir()
    (run / "spec.json").write_text(to_json(TrainSpec(data="shapes")), encoding="utf-8")
    lines = [json.dumps({"step": k, "lr": 0.1, "loss": 1 / k}) for k in range(1, 6)]
    (run / "metrics.jsonl").write_text("\n".join([*lines, '{"torn']), encoding="utf-8")
    with qtbot.waitSignal(workspace.first_work_done, timeout=30_000):
        workspace.start_first_work()
    table = workspace.runs.table
    assert table.model().index(0, 0).data() == "shapes 02.01 03:04"
    table.selectRow(0)
    qtbot.waitUntil(lambda: workspace.curves.values() == {"loss": 5})
    (run / "spec.json").write_text(to_json(TrainSpec(data=("a/b.json", "c.json"))))
    assert read_run(run).data == "b.json, c.json"
    assert not workspace.findChild(QPushButton, "training.use.button").isEnabled()


def test_a_curve_can_be_hidden(
    workspace: TrainingWorkspace, qtbot: QtBot, fake: FakeTraining
) -> None:
    field(workspace, "steps").set_value(20)
    press(workspace, qtbot, "start")
    qtbot.waitUntil(lambda: workspace.progress.state is State.DONE, timeout=30_000)
    workspace.curves.legend._boxes["loss_mask"].click()
    assert not workspace.curves._curves["loss_mask"].smooth.isVisible()
    assert workspace.curves._curves["loss"].smooth.isVisible()
