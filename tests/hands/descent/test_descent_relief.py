"""The landscape as a body, a cut and the critical points, with real mouse and key events."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from tests.hands.program import Program, middle
from tests.hands.screen import wait_until

Start = Callable[..., Program]
CANVAS, RELIEF = "descent.canvas", "descent.relief"


@pytest.fixture
def descent(thalweg: Start) -> Program:
    program = thalweg("--workspace", "descent").ready()
    program.until_state(
        CANVAS, lambda now: now["racers"] and now["contours"] > 3, "a landscape and a race", 60
    )
    return program


def colours(program: Program) -> list[tuple[int, tuple[int, ...]]]:
    """All colours of the body on the screen, looked at from outside."""
    left, top, width, height = program.widget(RELIEF)["rect"]
    shot = Image.open(program.picture("relief")).convert("RGB")
    return shot.crop((left, top, left + width, top + height)).getcolors(1 << 24) or []


def test_the_landscape_is_turned_and_the_start_dragged_over_it(descent: Program) -> None:
    before = descent.state(CANVAS)
    descent.click(CANVAS, at=(0.5, 0.12))
    descent.key("3")
    seen = descent.until_state(
        RELIEF, lambda now: now["points"] > 1000 and now["frames"] and now, "a body", 40
    )
    wait_until(lambda: len(colours(descent)) > 500, "a coloured body on the screen")
    seen = descent.state(RELIEF)
    left, top, width, height = descent.widget(RELIEF)["rect"]

    # The start follows the cursor over the ground; undo brings it back.
    x, y = seen["start"]
    descent.drag((x, y), (x + 60, y - 25))
    descent.until_state(CANVAS, lambda now: now["start"] != before["start"], "another start")
    descent.until_state(
        RELIEF,
        lambda now: abs(now["start"][0] - x - 60) < 6 and abs(now["start"][1] - y + 25) < 6,
        "the start under the cursor",
    )
    descent.key("ctrl+z")
    descent.until_state(
        CANVAS, lambda now: now["start"] == pytest.approx(before["start"]), "the old start"
    )

    # Turn by dragging beside the start, come nearer by the wheel, go home by a double click.
    corner = (left + 0.8 * width, top + 0.9 * height)
    descent.drag(corner, (corner[0] - 120, corner[1] - 40))
    turned = descent.until_state(
        RELIEF, lambda now: abs(now["azimuth"] - seen["azimuth"]) > 20 and now, "another side"
    )
    assert turned["elevation"] < seen["elevation"]
    descent.wheel(corner, 3)
    descent.until_state(RELIEF, lambda now: now["distance"] < turned["distance"], "a nearer view")
    descent.click_at(corner, times=2)
    descent.until_state(
        RELIEF, lambda now: now["azimuth"] == pytest.approx(seen["azimuth"]), "the first view"
    )
    # An export is what is seen: the slide shows the body.
    descent.key("ctrl+shift+l")
    descent.until_widget("status.message", lambda now: "1920" in now["text"], "the slide", 60)
    with Image.open(BytesIO(descent.screen.pasted_picture())) as slide:
        assert slide.size == (1920, 1080)
        seen_colours = slide.convert("RGB").getcolors(1 << 24) or []
    assert len(seen_colours) > 2000
    # The canvas has the focus: its keys work here, too.
    descent.key("space")
    descent.until_widget("descent.timeline.slider", lambda now: now["value"] > 3, "a race")
    descent.key("space", "3")
    descent.until_widget(RELIEF, lambda now: not now["visible"], "the flat map")
    assert descent.state(CANVAS)["domain"] == before["domain"]


def test_basins_colour_the_surface_as_they_become_finer(descent: Program) -> None:
    descent.click_cell("descent.surface.list", 0, "himmelblau")
    descent.until_state(CANVAS, lambda now: now["domain"][0] <= -6, "Himmelblau")
    descent.click(CANVAS, at=(0.5, 0.06))
    descent.key("3")
    descent.until_state(RELIEF, lambda now: now["points"] > 1000 and now["frames"], "a surface", 40)
    descent.key("b")
    descent.until_state(CANVAS, lambda now: now["basins"], "the finest basins", 60)
    basin = (0xC2, 0x78, 0x5F)  # of the second minimum; light changes how bright it is, not its hue

    def has_basins() -> bool:
        return any(
            red > 60 and abs(green / red - basin[1] / basin[0]) < 0.03
            and abs(blue / red - basin[2] / basin[0]) < 0.03
            for count, (red, green, blue) in colours(descent)
            if count > 20
        )  # fmt: skip

    wait_until(has_basins, "the colours of basins on the surface")
    descent.key("b")
    descent.until_state(CANVAS, lambda now: not now["basins"], "the loss")
    wait_until(lambda: not has_basins(), "the colours of the loss")


def test_a_cut_and_the_critical_points_by_their_keys(descent: Program) -> None:
    descent.click_cell("descent.surface.list", 0, "himmelblau")
    descent.until_state(CANVAS, lambda now: now["domain"][0] <= -6, "Himmelblau")
    descent.click(CANVAS, at=(0.5, 0.06))
    descent.key("c")
    descent.until_state(CANVAS, lambda now: len(now["critical"]) == 9, "nine critical points")
    rows = descent.until_widget(
        "descent.critical.table", lambda now: len(now["rows"]) == 9 and now["rows"], "nine lines"
    )
    assert [row[0]["text"] for row in rows].count("saddle") == 4
    descent.click_at(middle(rows[1][0]["rect"]))
    descent.picture("critical")
    descent.click(CANVAS, at=(0.5, 0.06))
    descent.key("x")
    found = descent.until_state("descent.cut", lambda now: now.get("minima") and now, "a cut")
    assert len(found["balls"]) == 3 and any(found["lowest"])
    descent.picture("cut")
    descent.key("c")  # off
    descent.until_state(CANVAS, lambda now: not now["critical"], "no marks")
