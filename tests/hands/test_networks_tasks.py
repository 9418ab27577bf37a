"""Races of optimizers on small real networks with real mouse and key events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.hands.program import Program, middle

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
