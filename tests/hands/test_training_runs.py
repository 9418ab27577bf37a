"""Runs in the Training workspace, with real mouse and key events: compared, followed, evaluated."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.deadlines import scaled
from tests.engine.training.comparison.folders import make_run
from tests.hands import pictures
from tests.hands.program import Program

Start = Callable[..., Program]
ROOM = "workspace.training"
STEP_S = 90  # the first step loads torch and a model, beside whatever else the machine does


def page(program: Program, title: str) -> None:
    """Bring a page of the run to the front by its tab."""
    bar = program.widget("training.pages.bar")
    x, y, width, height = bar["rects"][bar["items"].index(title)]
    program.click_at((x + width / 2, y + height / 2))


def compared(program: Program) -> dict[str, Any]:
    found: dict[str, Any] = program.state(ROOM)["pages"]["comparison"]
    return found


def test_runs_are_compared_by_ctrl_and_click(thalweg: Start, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    for batch, (name, best) in enumerate((("slow", 0.3), ("fast", 0.5)), start=1):
        for seed in range(3):
            losses = [4.0 / step / batch + seed / 100 for step in range(1, 40)]
            figures = {20: best / 2, 39: best + seed / 100}
            make_run(runs / f"{name}-{seed}", losses, figures, seed=seed, batch=batch)
    program = thalweg("--workspace", "training", THALWEG_RUNS=str(runs)).ready()
    program.click_cell("training.runs.table", 0, "slow-0")
    program.until_state(ROOM, lambda now: now["shown"].endswith("slow-0"), "one run")
    names = sorted(path.name for path in runs.iterdir())
    program.screen.hand("keydown", "ctrl")
    for name in names:
        if name != "slow-0":
            program.click_cell("training.runs.table", 0, name)
    program.screen.hand("keyup", "ctrl")
    program.until_state(
        ROOM, lambda now: sorted(now["pages"]["comparison"]["runs"]) == names, "six runs"
    )
    program.choose("training.comparison.metric.combo", "bbox.AP")
    # The verdict is read from the files anew for each metric, on a worker.
    program.until_state(
        ROOM, lambda now: "0.51 ± 0.01 (seeds: 3" in now["pages"]["comparison"]["verdict"], "AP"
    )
    now = compared(program)
    assert now["values"] == {"fast": "0.51", "slow": "0.31"}
    assert "fast is better, outside the spread of the seeds" in now["verdict"]
    program.picture("training-comparison")
    program.click("training.comparison.copy.button")
    program.until(lambda _: "slow-2\tslow\t2" in program.screen.pasted(), "the table")
    program.click_cell("training.runs.table", 0, "fast-1")
    program.until_state(ROOM, lambda now: now["shown"].endswith("fast-1"), "one run again")
    program.until_widget("training.canvas", lambda now: now["visible"], "the page from before")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A run folder that another process begins to write."""
    run = tmp_path / "чужой запуск"
    words = [sys.executable, "-m", "engine", "train", "--data", "shapes", "--steps", "400"]
    words += ["--batch", "1", "--evaluate-every", "0", "--out", str(run)]
    with (tmp_path / "train.log").open("w") as log:
        process = subprocess.Popen(
            words, cwd=Path(__file__).parents[2], stdout=log, stderr=subprocess.STDOUT
        )
        yield run
        process.kill()
        process.wait(scaled(20))


def test_a_run_of_another_process_is_followed(elsewhere: Path, thalweg: Start) -> None:
    program = thalweg("--workspace", "training").ready()
    program.until(lambda _: (elsewhere / "spec.json").exists(), "the other process", STEP_S)
    program.menu("training.open_run")
    program.fill("fileNameEdit", str(elsewhere))
    program.until_state(ROOM, lambda now: now["state"] == "FOLLOWING", "it is followed", STEP_S)
    seen = [
        program.until_state(
            ROOM, lambda now, n=least: now["steps"].get("loss", 0) >= n and now, "steps", STEP_S
        )["steps"]["loss"]
        for least in (1, 3)
    ]
    assert seen[0] < seen[1] or seen[0] >= 3
    said = program.widget("status.message")["text"]
    assert elsewhere.name in said and "400" in said
    program.cell("training.runs.table", 0, elsewhere.name)
    program.picture("training-followed")
    assert program.widget("training.start.button")["enabled"], "nothing trains here"


def test_an_evaluation_that_is_asked_for_is_shown(thalweg: Start, tmp_path: Path) -> None:
    data = pictures.coco(tmp_path / "data", 8)  # one of them is held out
    program = thalweg("--workspace", "training").ready()
    program.choose("training.data.combo", "json")
    program.click("training.data.button")
    program.fill("fileNameEdit", str(data))
    program.until_widget("training.data.path", lambda now: "data.json" in now["text"], "the file")
    program.fill("training.steps.field", "500")
    program.fill("training.batch.field", "1")
    program.click("training.start.button")
    page(program, "Evaluation")
    program.until_state(ROOM, lambda now: now["state"] == "RUNNING", "it trains", STEP_S)
    program.click("training.evaluation.evaluate.button")
    steps = program.until_widget(
        "training.evaluation.step.combo",
        lambda now: now["visible"] and now["items"] and now,
        "a report",
        STEP_S,
    )
    assert steps["items"][0].startswith("step ")
    program.until_widget(
        "training.evaluation.numbers.label", lambda now: now["visible"], "the numbers"
    )
    program.picture("training-evaluation")
    program.click("training.stop.button")
    program.until_widget("training.start.button", lambda now: now["enabled"], "it stopped", STEP_S)
    assert list((program.folder / "home").rglob("evaluations.jsonl"))
