"""A slider in a person's hand leads an optimizer's whole path, with real mouse events."""

from __future__ import annotations

from collections.abc import Callable

from tests.hands.descent.test_descent import CANVAS, SLIDER
from tests.hands.program import Program

RATE = "descent.optimizers.row.momentum.lr.field"
HANDLE_PX = 14


def test_a_slider_leads_the_whole_path(thalweg: Callable[..., Program]) -> None:
    program = thalweg("--workspace", "descent").ready()
    program.until_state(
        CANVAS, lambda now: now["racers"] and now["contours"] > 3, "a landscape and a race", 60
    )
    program.click_cell("descent.optimizers.table", 0, "Momentum")
    before = program.widget(RATE)["text"]
    slider = program.resting("descent.basins.lr.slider")
    x, y, width, height = slider["rect"]
    share = slider["value"] / 1000  # of its places
    grip = (x + HANDLE_PX / 2 + share * (width - HANDLE_PX), y + height / 2)
    ends = []
    program.press_and_move(grip, (grip[0] - 20, grip[1]))
    for further in (30, 40):
        program.move((grip[0] - further, grip[1]))
        led = program.until_state(
            CANVAS,
            lambda now: now["preview"] == [301, 301] and now["preview_end"] not in ends and now,
            "all 301 points of the path, and those of the one before",
        )
        ends.append(led["preview_end"])
    # The race has not been played: of the others nothing but their start is seen.
    assert program.widget(SLIDER)["value"] == 0 and len(led["heads"]) == 2
    program.picture("descent-led-path")
    program.screen.hand("mouseup", 1)
    kept = program.until_state(
        CANVAS, lambda now: now["preview"] == [0, 0] and now, "the race itself", 60
    )
    assert len(kept["heads"]) == 3 and program.widget(SLIDER)["value"] == 300
    end = kept["heads"][1]
    assert max(abs(a - b) for a, b in zip(end, ends[-1], strict=True)) < 1e-9
    assert program.widget(RATE)["text"] != before
    program.key("ctrl+z")
    program.until_widget(RATE, lambda entry: entry["text"] == before, "the rate as it was")
