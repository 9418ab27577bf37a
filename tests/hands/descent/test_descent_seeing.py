"""Why a step goes where it goes, with real mouse and key events: numbers, stability, basins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.hands.descent.test_descent import CANVAS, SLIDER, on_map, step
from tests.hands.program import LOOKS_AT_REST, Program
from tests.hands.screen import wait_until

STABILITY = "descent.stability.dialog"
RATE = "descent.optimizers.row.momentum.lr.field"
BOARD = "descent.workings.panel"


@pytest.fixture
def seeing(thalweg: Callable[..., Program]) -> Program:
    program = thalweg("--workspace", "descent").ready()
    program.until_state(
        CANVAS, lambda now: now["racers"] and now["contours"] > 3, "a landscape and a race", 60
    )
    return program


def test_a_dot_is_dragged_over_the_map_of_stability(seeing: Program) -> None:
    seeing.click_cell("descent.optimizers.table", 0, "Momentum")
    before = seeing.widget(RATE)["text"]
    seeing.key("ctrl+m")
    seeing.until_state(
        STABILITY,
        lambda now: now["mapped"] and now["bound"] and "momentum" in now["dots"],
        "the map",
        60,
    )
    seeing.resting(STABILITY)
    x, y, rate, _ = seeing.state(STABILITY)["dots"]["momentum"]
    seeing.drag((x, y), (x - 60, y + 40))
    moved = seeing.until_state(
        STABILITY, lambda now: now["dots"]["momentum"][2] < 0.8 * rate and now, "a smaller rate"
    )
    assert moved["dots"]["momentum"][3] < 0.9
    seeing.until_widget(RATE, lambda entry: entry["text"] != before, "the rate in the table")
    seeing.picture("descent-stability")
    seeing.key("Escape")
    seeing.until(lambda seen: not seen["dialogs"], "the map to close")
    seeing.click(CANVAS, at=(0.5, 0.05))
    seeing.key("ctrl+z")
    seeing.until_widget(RATE, lambda entry: entry["text"] == before, "the rate as it was")


def test_a_click_on_a_basin_replays_its_start_in_numbers(seeing: Program) -> None:
    seeing.click(CANVAS, at=(0.5, 0.05))
    seeing.key("b")
    seeing.until_widget("descent.basins.lr.slider", lambda entry: entry["visible"], "the sliders")
    seeing.until_state(CANVAS, lambda now: now["basins"], "the finest map", 60)
    seeing.click_at(on_map(seeing, 1.0, 2.0))
    state = seeing.until_state(
        CANVAS, lambda now: abs(now["start"][0] - 1) < 0.1 and now, "the start that was clicked"
    )
    assert abs(state["start"][1] - 2) < 0.1
    step(seeing, lambda value: value > 5, "a replay under way")
    seeing.key("space")
    seeing.key("n")
    seeing.until_state(
        BOARD,
        lambda now: now["step"] == seeing.widget(SLIDER)["value"] and now["gap"] is not None,
        "the numbers of the step on the screen",
    )
    board = seeing.state(BOARD)
    assert board["gap"] < 1e-12 and board["symbols"][-1] == "x_new"
    seeing.picture("descent-workings")


def test_presses_before_the_map_of_stability_has_come_do_nothing(seeing: Program) -> None:
    seeing.click_cell("descent.optimizers.table", 0, "Momentum")
    before = seeing.widget(RATE)["text"]
    seeing.key("ctrl+m")
    for across in (0.3, 0.45, 0.6, 0.7):  # at once, and low in the plot
        seeing.click("descent.stability.canvas", at=(across, 0.8))
        if seeing.state(STABILITY)["mapped"]:
            break  # a press that found the map may lead the racer
        assert seeing.widget(RATE)["text"] == before
    seeing.until_state(STABILITY, lambda now: now["mapped"], "the map", 60)
    _, _, rate, momentum = seeing.state(STABILITY)["dots"]["momentum"]
    assert rate > 0 and 0 <= momentum <= 0.99
    assert not seeing.look()["widgets"].get("banner.text", {}).get("visible", False)
    seeing.key("Escape")
    seeing.until(lambda seen: not seen["dialogs"], "the map to close")


def lens_at_rest(program: Program) -> dict[str, Any]:
    """The map's state once its lens is the same in some looks: vectors come behind the step."""
    seen: list[dict[str, Any]] = []

    def rests() -> bool:
        seen.append(program.state(CANVAS))
        last = [now["lens"] for now in seen[-LOOKS_AT_REST:]]
        return len(last) == LOOKS_AT_REST and all(lens and lens == last[0] for lens in last)

    wait_until(rests, "the lens to rest")
    return seen[-1]


def test_a_lens_shows_the_step_and_wheeling_in_and_out_leads_back(seeing: Program) -> None:
    seeing.key("Right", "Right", "Right")
    step(seeing, lambda value: value == 3, "the third step")
    before = lens_at_rest(seeing)
    lens, head = before["lens"], before["heads"][2]
    for seen, there in zip(lens["center"], head, strict=True):
        assert abs(seen - there) <= lens["reach"]
    racer, width = on_map(seeing, *head), before["domain"][1] - before["domain"][0]

    def share(now: dict[str, Any]) -> float:
        """How much of the first view's width is seen."""
        return float(now["domain"][1] - now["domain"][0]) / width

    seeing.wheel(racer, 10)
    # The lens follows the view by a moment: near by, all of the step is seen on the map.
    seeing.until_state(
        CANVAS, lambda now: share(now) < 0.11 and now["lens"] is None, "ten notches nearer, no lens"
    )
    seeing.wheel(racer, -10)
    seeing.until_state(CANVAS, lambda now: share(now) > 0.999, "ten notches back")
    after = lens_at_rest(seeing)
    for now, then in zip(after["domain"], before["domain"], strict=True):
        assert abs(now - then) < width / before["map"][2]
    assert after["lens"]["times"] == lens["times"]
    seeing.picture("descent-lens")
