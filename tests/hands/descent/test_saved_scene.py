"""A race saved and opened again is the same scene, and each racer looks as it did."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.hands.program import Program
from tests.hands.screen import wait_until

Start = Callable[..., Program]
CANVAS, RELIEF = "descent.canvas", "descent.relief"
TABLE, SLIDER = "descent.optimizers.table", "descent.timeline.slider"


def started(thalweg: Start, *arguments: str | Path) -> Program:
    program = thalweg(*arguments, "--workspace", "descent").ready()
    program.until_state(
        CANVAS, lambda now: now["racers"] and now["contours"] > 3, "a landscape and a race", 60
    )
    return program


def ticks(program: Program) -> dict[str, bool]:
    """Who takes part, by the name in the table, in its order."""
    rows = program.widget(TABLE)["rows"]
    return {row[0]["text"]: bool(row[0]["check"]) for row in rows}


def line_of(program: Program, name: str) -> np.ndarray[Any, Any]:
    """The pixels of a racer's line with its marker in the table."""
    left, top, _, height = program.cell(TABLE, 0, name)["rect"]
    shot = Image.open(program.picture("table")).convert("RGB")
    return np.asarray(shot.crop((left + 24, top + 6, left + 60, top + height - 6)))


def test_a_racer_looks_the_same_when_the_one_above_it_goes(thalweg: Start) -> None:
    program = started(thalweg)
    program.click_cell(TABLE, 0, "SGD")
    program.click(CANVAS, at=(0.5, 0.05))  # no row under the cursor
    wait_until(lambda: np.ptp(line_of(program, "Nesterov")) > 60, "its line")
    before = line_of(program, "Nesterov")
    program.click_cell(TABLE, 0, "SGD")
    program.click("descent.optimizers.remove.button")
    program.until_widget(TABLE, lambda now: len(now["rows"]) == 2, "two racers")
    program.click_cell(TABLE, 0, "Momentum")
    wait_until(lambda: (line_of(program, "Nesterov") == before).all(), "the same line")


def test_a_saved_scene_opens_as_it_was_left(thalweg: Start, tmp_path: Path) -> None:
    program = started(thalweg)
    program.click_cell(TABLE, 0, "Nesterov")
    left, top, _, height = program.cell(TABLE, 0, "Momentum")["rect"]
    program.click_at((left + 14, top + height / 2))
    program.until_state(CANVAS, lambda now: now["racers"] == ["SGD", "Nesterov"], "two racers")
    program.click(CANVAS, at=(0.6, 0.3))
    program.wheel(program.point(CANVAS, (0.5, 0.5)), 3)
    program.key("x", "Right", "Right", "Right")
    program.until_widget(SLIDER, lambda now: now["value"] == 3, "the third step")
    program.key("3")
    seen = program.until_state(RELIEF, lambda now: now["frames"] and now, "a body", 40)
    left, top, width, height = program.widget(RELIEF)["rect"]
    corner = (left + 0.8 * width, top + 0.85 * height)
    program.drag(corner, (corner[0] - 90, corner[1] - 30))
    turned = program.until_state(
        RELIEF, lambda now: abs(now["azimuth"] - seen["azimuth"]) > 15 and now, "another side"
    )
    domain = program.state(CANVAS)["domain"]
    path = tmp_path / "scene.json"
    program.key("ctrl+s")
    program.fill("fileNameEdit", str(path))
    wait_until(path.exists, "the file")
    saved = json.loads(path.read_text(encoding="utf-8"))
    assert saved["resting"] == ["momentum"] and len(saved["race"]["racers"]) == 3
    program.close()

    again = started(thalweg, path)
    assert again.state(CANVAS)["racers"] == ["SGD", "Nesterov"]
    assert ticks(again) == {"SGD": True, "Momentum": False, "Nesterov": True}
    again.until_widget(SLIDER, lambda now: now["value"] == 3, "the third step")
    now = again.until_state(RELIEF, lambda now: now["frames"] and now, "the body", 40)
    for name in ("azimuth", "elevation", "distance"):
        assert now[name] == pytest.approx(turned[name]), name
    assert again.state(CANVAS)["domain"] == pytest.approx(domain)
    assert again.widget("descent.cut.direction.combo")["visible"]
