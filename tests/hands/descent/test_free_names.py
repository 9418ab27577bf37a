"""A formula with free names typed, and its slider dragged, with real mouse and key events."""

from __future__ import annotations

from collections.abc import Callable

from tests.hands.program import Program

Start = Callable[..., Program]
CANVAS = "descent.canvas"


def test_a_formula_with_free_names_gets_sliders_that_move_the_landscape(thalweg: Start) -> None:
    program = thalweg("--workspace", "descent").ready()
    program.until_state(CANVAS, lambda now: now["contours"] > 3, "a landscape", 60)
    program.fill("descent.formula.field", "a*x^2 + b*sin(c*y) + y^2/9")
    program.until_state(CANVAS, lambda now: now["domain"][0] <= -4.9, "the formula's landscape", 60)
    for name in "abc":
        program.widget(f"descent.parameter.{name}.field")
    before = program.state(CANVAS)["contours"]
    x, y, width, height = program.resting("descent.parameter.a.slider")["rect"]
    middle = y + height / 2
    # The handle of 1 on the way from -10 to 10; 14 px of the groove are the handle.
    handle = x + 7 + (width - 14) * 11 / 20
    program.drag((handle, middle), (x + 7 + (width - 14) * 0.2, middle))
    program.until_widget(
        "descent.parameter.a.field",
        lambda entry: entry["text"][0] in "−-" and entry["text"][1:2] in "56",
        "a near -6",
    )
    program.until_state(CANVAS, lambda now: now["contours"] != before, "another landscape")
    program.picture("formula-slider")
    program.key("ctrl+z")
    program.until_widget(
        "descent.parameter.a.field", lambda entry: entry["text"] == "1", "one undo for one drag"
    )
    program.fill("descent.formula.field", "a*x^2 + foo(y)")
    program.until_widget(
        "descent.formula.error",
        lambda now: now["visible"] and "9" in now["text"],
        "the place of what is unknown",
    )
