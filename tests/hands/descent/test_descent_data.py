"""The data beside the landscape with real mouse and key events."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.hands.program import Program

Start = Callable[..., Program]
CANVAS, DATA = "descent.canvas", "descent.data.plot"
OUTLIER = 23  # the last of 24


def on_plot(program: Program, u: float, v: float) -> tuple[float, float]:
    """Where an input and a target are on the screen."""
    state = program.state(DATA)
    u0, u1, v0, v1 = state["view"]
    left, top, width, height = state["plot"]
    return left + (u - u0) / (u1 - u0) * width, top + (v1 - v) / (v1 - v0) * height


def test_a_fixed_batch_with_an_outlier_is_played_with(thalweg: Start) -> None:
    program = thalweg("--workspace", "training").ready()
    program.menu("lecture.descent.sgd_outlier")  # the lecture is in every workspace's menu
    program.until_state(CANVAS, lambda now: now["pulls"] == 24, "the examples' arrows", 60)
    first = program.until_state(
        DATA,
        lambda now: (
            (OUTLIER in now["batch"] and len(now["batch"]) == 4 and now["outlier"] == OUTLIER)
            and now
        ),
        "the batch with the outlier",
    )
    assert first["curves"] == 1
    # The arrow keys go from the step that is shown: first the scene has to be computed that far.
    program.until_widget(
        "descent.data.epoch.label",
        lambda now: now["text"] == "Epoch 21, step 3 of 6",
        "the scene's step",
    )
    program.picture("descent-outlier")
    # An epoch later the same four come again.
    program.click("descent.data.plot", at=(0.5, 0.98))
    program.key(*["Right"] * 6)
    program.until_widget(
        "descent.data.epoch.label",
        lambda now: now["text"] == "Epoch 22, step 3 of 6",
        "an epoch on",
    )
    assert program.state(DATA)["batch"] == first["batch"]
    program.drag(on_plot(program, *first["examples"][OUTLIER]), on_plot(program, 3.0, 2.0))
    program.until_state(
        DATA,
        lambda now: now["examples"][OUTLIER] == pytest.approx([3.0, 2.0], abs=0.15),
        "the outlier where it was dropped",
    )
    program.click_at(on_plot(program, *first["examples"][5]))
    program.until_state(DATA, lambda now: now["selected"] == 5, "an example that is chosen")
    program.until_state(CANVAS, lambda now: "6" in now["ground"], "its own landscape")
    program.picture("descent-example")
    program.key("Escape")
    program.until_state(CANVAS, lambda now: not now["ground"], "the landscape of all")
    program.key("ctrl+z")
    program.until_state(
        DATA,
        lambda now: now["examples"][OUTLIER] == first["examples"][OUTLIER],
        "the outlier where it was",
    )
    program.close()
