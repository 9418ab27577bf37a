"""The Training workspace with real mouse and key events."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.hands import pictures
from tests.hands.program import Program
from tests.hands.screen import wait_until

Start = Callable[..., Program]
ROOM = "workspace.training"
STEP_S = 90  # the first step loads torch and a model, beside whatever else the machine does


@pytest.fixture
def training(thalweg: Start) -> Program:
    program = thalweg("--workspace", "training").ready()
    program.widget("training.start.button")
    return program


def runs(program: Program) -> Path:
    """Where the runs of this program's person lie."""
    return program.folder / "home" / "Thalweg" / "runs"


def metrics(program: Program) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for file in runs(program).glob("*/metrics.jsonl")
        for line in file.read_text().splitlines()
    ]


def until_losses(program: Program, count: int) -> None:
    """Wait until each loss has so many values in the curves."""
    program.until_state(
        ROOM,
        lambda now: now["steps"] and min(now["steps"].values()) >= count,
        f"{count} losses of each kind",
        STEP_S,
    )


def start(program: Program, steps: int) -> None:
    program.fill("training.steps.field", str(steps))
    program.fill("training.batch.field", "1")
    program.click("training.start.button")


def test_a_training_starts_stops_and_its_result_is_used(training: Program) -> None:
    start(training, 500)
    until_losses(training, 2)
    series = training.state(ROOM)["steps"]
    assert len(series) >= 4, "each loss of the net has its curve"
    training.picture("training-live")
    training.click("training.stop.button")
    training.until_widget("training.start.button", lambda now: now["enabled"], "it stopped", STEP_S)
    told = metrics(training)
    assert 2 <= len(told) < 500
    weights = wait_until(lambda: list(runs(training).glob("*/last/*.safetensors")), "the weights")
    assert weights
    name = next(runs(training).iterdir()).name
    training.click_cell("training.runs.table", 0, name)
    training.click("training.use.button")
    training.until(lambda seen: seen["state"]["workspace"] == "detection", "Detection")
    training.until_widget(
        "detection.model.combo",
        lambda now: now["current"] >= 0 and now["ids"][now["current"]] == f"run:{name}",
        "the run chosen as the model",
    )
    training.until_state(
        "detection.canvas", lambda now: now["runs"] >= 1, "the new model at work", STEP_S
    )
    training.picture("trained-model-used")


def test_own_data_is_learned(training: Program, tmp_path: Path) -> None:
    data = pictures.coco(tmp_path / "мои данные", 3)
    training.choose("training.data.combo", "json")
    training.click("training.data.button")
    training.fill("fileNameEdit", str(data))
    training.until_widget("training.data.path", lambda now: "data.json" in now["text"], "the file")
    start(training, 2)
    until_losses(training, 2)
    training.until_widget("training.start.button", lambda now: now["enabled"], "the end", STEP_S)
    assert [line["step"] for line in metrics(training)] == [1, 2]


def test_bad_data_is_said_and_the_window_stays(training: Program, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"images": [')
    training.choose("training.data.combo", "json")
    training.click("training.data.button")
    training.fill("fileNameEdit", str(broken))
    training.until_widget("training.data.path", lambda now: "broken" in now["text"], "the file")
    training.click("training.start.button")
    told = training.until_widget(
        "banner.text", lambda now: now["visible"] and now["text"] and now, "the reason", STEP_S
    )
    assert "broken.json" in told["text"]
    training.picture("training-bad-data")
    training.until_widget("training.start.button", lambda now: now["enabled"], "another try")


def test_nonsense_for_the_rate_is_marked(training: Program) -> None:
    before = training.widget("training.rate.field")["text"]
    training.fill("training.rate.field", "abc")
    training.fill("training.steps.field", "12")
    training.until_widget("training.rate.field", lambda now: now["text"] == before, "the old rate")


def test_closing_during_training_is_clean(training: Program) -> None:
    start(training, 500)
    until_losses(training, 1)
    training.close()
