"""Races of optimizers on small real networks with real mouse and key events."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.hands.program import Program, middle
from tests.hands.screen import wait_until

Start = Callable[..., Program]
PAGE = "networks.tasks.page"
SLIDER = "networks.timeline.slider"
PICTURE = "networks.tasks.pictures"


@pytest.fixture
def tasks(thalweg: Start) -> Program:
    program = thalweg("--workspace", "networks").ready()
    bar = program.widget("networks.pages.bar")
    program.click_at(middle(bar["rects"][bar["items"].index("Tasks")]))
    program.until_state(PAGE, lambda now: now.get("computed", 0) > 50, "a race", 60)
    return program


def loss(state: dict[str, Any]) -> float:
    return float(max(state["train_loss"]))


def test_a_task_is_chosen_and_its_losses_fall(tasks: Program) -> None:
    tasks.choose("networks.tasks.task.combo", "moons")
    tasks.until_state(PAGE, lambda now: now["task"] == "moons" and now["computed"] > 50, "moons")
    tasks.click(PICTURE, at=(0.3, 0.5))
    first = loss(tasks.state(PAGE))
    tasks.key("space")
    tasks.until_widget(SLIDER, lambda entry: entry["value"] > 40, "it to play")
    tasks.until_state(PAGE, lambda now: loss(now) < first, "losses that fall")
    tasks.key("r", "Right", "Right", "Right", "Left")
    tasks.until_state(PAGE, lambda now: now["step"] == now["drawn_step"] == 2, "a step back")
    rows = tasks.widget("networks.tasks.standings.table")["rows"]
    assert [row[0]["text"] for row in rows] and all(row[2]["text"] for row in rows)
    tasks.key("ctrl+z")
    tasks.until_state(PAGE, lambda now: now["task"] == "xor", "the task before")


MAP = f"{PICTURE}.map.canvas"


def on_map(program: Program, u: float, v: float) -> tuple[float, float]:
    """Where two parameters are on the screen."""
    state = program.until_state(MAP, lambda now: now.get("map") and now, "the map")
    u0, u1, v0, v1 = state["domain"]
    left, top, width, height = state["map"]
    return left + (u - u0) / (u1 - u0) * width, top + (v1 - v) / (v1 - v0) * height


def test_the_start_on_the_map_is_dragged_to_its_edge_and_back(tasks: Program) -> None:
    tasks.choose("networks.tasks.task.combo", "product")
    tasks.until_state(PAGE, lambda now: now["task"] == "product" and now["computed"] > 20, "a race")
    state = tasks.until_state(MAP, lambda now: now.get("contours") and now, "the landscape")
    (u, v), seen = state["start"], state["domain"]
    u0, u1, v0, v1 = seen
    edge = (u0 + 0.6 * (u1 - u0), v0 + 0.01 * (v1 - v0))
    slack = 0.02 * (u1 - u0)
    for wanted in (edge, (u, v)):
        tasks.drag(on_map(tasks, *tasks.state(MAP)["start"]), on_map(tasks, *wanted))
        tasks.until_state(
            MAP,
            lambda now, to=wanted: (
                abs(now["start"][0] - to[0]) + abs(now["start"][1] - to[1]) < slack
            ),
            f"the start at {wanted}",
        )
        assert tasks.state(MAP)["domain"] == pytest.approx(seen)
        # All racers begin there.
        tasks.until_state(
            MAP,
            lambda now: all(
                abs(head[axis] - now["start"][axis]) < 1e-3
                for head in now["heads"]
                for axis in (0, 1)
            ),
            "the racers at the start",
        )


def test_a_race_is_saved_changed_and_opened_by_the_menu(tasks: Program, tmp_path: Path) -> None:
    tasks.choose("networks.tasks.task.combo", "moons")
    tasks.fill("networks.tasks.data_seed.field", "7")
    tasks.until_state(PAGE, lambda now: now["task"] == "moons" and now["computed"] > 20, "a race")
    path = tmp_path / "moons.json"
    tasks.menu("networks.tasks.save")
    tasks.fill("fileNameEdit", str(path))
    wait_until(path.exists, "the file")
    saved = json.loads(path.read_text())
    assert (saved["kind"], saved["task"], saved["data_seed"]) == ("fit", "moons", 7)
    tasks.choose("networks.tasks.task.combo", "circles")
    tasks.until_state(PAGE, lambda now: now["task"] == "circles", "another task")
    tasks.menu("file.open")
    tasks.fill("fileNameEdit", str(path))
    tasks.until_state(PAGE, lambda now: now["task"] == "moons", "the race that was saved")
    tasks.until_widget(
        "networks.tasks.data_seed.field", lambda entry: entry["text"] == "7", "its seed"
    )


def test_a_race_is_copied_as_pytorch(tasks: Program) -> None:
    tasks.screen.copy("nothing yet")
    tasks.menu("networks.tasks.copy_script")
    wait_until(lambda: "import torch" in tasks.screen.pasted(), "a script")
    script = tasks.screen.pasted()
    ast.parse(script)
    assert "nn.Linear(2, 4)" in script and "torch.optim.Adam" in script
