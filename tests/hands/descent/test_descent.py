"""The Descent workspace with real mouse and key events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from tests.hands.program import Program
from tests.hands.screen import wait_until

Start = Callable[..., Program]
CANVAS = "descent.canvas"
SLIDER = "descent.timeline.slider"
RACERS = ["SGD", "Momentum", "Nesterov"]


@pytest.fixture
def descent(thalweg: Start) -> Program:
    program = thalweg("--workspace", "descent").ready()
    program.until_state(
        CANVAS, lambda now: now["racers"] and now["contours"] > 3, "a landscape and a race", 60
    )
    return program


def step(program: Program, holds: Callable[[int], Any], what: str) -> int:
    """Wait for a step, and give it."""
    program.until_widget(SLIDER, lambda entry: holds(entry["value"]), what)
    return program.widget(SLIDER)["value"]


def on_map(program: Program, x: float, y: float) -> tuple[float, float]:
    """Where a point of the plane is on the screen."""
    state = program.until_state(CANVAS, lambda now: now.get("map") and now, "the map")
    x0, x1, y0, y1 = state["domain"]
    left, top, width, height = state["map"]
    return left + (x - x0) / (x1 - x0) * width, top + (y1 - y) / (y1 - y0) * height


def until_start(program: Program, x: float, y: float, slack: float) -> None:
    program.until_state(
        CANVAS,
        lambda now: abs(now["start"][0] - x) <= slack and abs(now["start"][1] - y) <= slack,
        f"the start at {x}, {y}",
    )


def standing(program: Program) -> list[list[str]]:
    """The table of who leads: racer, loss, state."""
    rows = program.widget("descent.standings.table")["rows"]
    return [[cell["text"] for cell in row] for row in rows]


def test_a_race_starts_with_one_press(descent: Program) -> None:
    assert step(descent, lambda value: value == 0, "the start") == 0
    assert descent.state(CANVAS)["racers"] == RACERS
    descent.click("descent.play.button")
    step(descent, lambda value: value > 30, "a race under way")
    descent.click("descent.play.button")
    paused(descent)
    assert {row[0] for row in standing(descent)} == set(RACERS)
    descent.picture("descent-race")


def test_space_plays_and_pauses_on_the_canvas(descent: Program) -> None:
    descent.click(CANVAS, at=(0.5, 0.1))
    descent.key("space")
    step(descent, lambda value: value > 5, "a race under way")
    descent.key("space")
    now = paused(descent)
    descent.key("Right")
    step(descent, lambda value: value == now + 1, "one step on")
    descent.key("Left", "Left")
    step(descent, lambda value: value == now - 1, "two steps back")
    descent.key("r")
    step(descent, lambda value: value == 0, "the start")


def paused(program: Program) -> int:
    """The step at which the race stands: the same in two looks, with the vectors drawn."""
    program.until_state(CANVAS, lambda now: now["arrows"], "the vectors of the next step")
    return program.widget(SLIDER)["value"]


def test_one_step_reset_and_speed(descent: Program) -> None:
    for wanted in (1, 2, 3):
        descent.click("descent.step.button")
        step(descent, lambda value, wanted=wanted: value == wanted, f"step {wanted}")
    descent.click("descent.reset.button")
    step(descent, lambda value: value == 0, "the start")
    fastest = descent.widget("descent.speed.combo")["items"][-1]
    descent.choose("descent.speed.combo", fastest)
    descent.click("descent.play.button")
    high = descent.widget(SLIDER)["high"]
    step(descent, lambda value: value == high, "the end of the race")


def test_time_is_scrubbed_back(descent: Program) -> None:
    x, y, width, height = descent.widget(SLIDER)["rect"]
    high = descent.widget(SLIDER)["high"]
    descent.click_at((x + 0.8 * width, y + height / 2))
    later = step(descent, lambda value: value > 0.7 * high, "a later step")
    heads = descent.state(CANVAS)["heads"]
    descent.drag((x + 0.8 * width, y + height / 2), (x + 0.2 * width, y + height / 2))
    earlier = step(descent, lambda value: value < 0.3 * high, "an earlier step")
    assert earlier < later
    assert descent.state(CANVAS)["heads"] != heads
    # The curves are a timeline, too.
    descent.click("descent.curves", at=(0.4, 0.4))
    step(descent, lambda value: value != earlier, "the step that was pressed in the curves")


def test_the_start_is_dragged(descent: Program) -> None:
    x, y = descent.state(CANVAS)["start"]
    x0, x1, y0, y1 = descent.state(CANVAS)["domain"]
    target = (x0 + 0.7 * (x1 - x0), y0 + 0.3 * (y1 - y0))
    descent.drag(on_map(descent, x, y), on_map(descent, *target))
    until_start(descent, *target, slack=(x1 - x0) * 0.02)
    # The race is another one: everybody stands at the new start.
    descent.until_state(
        CANVAS,
        lambda now: all(abs(head[0] - now["start"][0]) < 1e-6 for head in now["heads"]),
        "the racers at the new start",
    )
    descent.key("ctrl+z")
    until_start(descent, x, y, slack=1e-6)


def test_optimizers_are_switched_off_and_on(descent: Program) -> None:
    # One after the other: two clicks at one place are a double click.
    for name, left_over in (
        ("momentum", ["SGD", "Nesterov"]),
        ("sgd", ["Nesterov"]),
        ("momentum", ["Momentum", "Nesterov"]),
        ("sgd", RACERS),
    ):
        left, top, _, height = descent.cell("descent.optimizers.table", 0, name)["rect"]
        descent.click_at((left + 12, top + height / 2))
        descent.until_state(
            CANVAS, lambda now, names=left_over: now["racers"] == names, f"the race of {left_over}"
        )
        descent.until_widget(
            "descent.standings.table",
            lambda now, names=left_over: {row[0]["text"] for row in now["rows"]} == set(names),
            f"the standing of {left_over}",
        )


FIELD = "descent.optimizers.row.sgd.lr.field"


def test_a_rate_is_typed_as_people_write_it(descent: Program) -> None:
    descent.menu("view.language.ru")
    descent.until(lambda seen: seen["state"]["language"] == "ru", "Russian")
    x, y = descent.state(CANVAS)["start"]
    # Rosenbrock's gradient at the start, one plain step.
    grad = (-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x))
    descent.click("descent.step.button")
    step(descent, lambda value: value == 1, "one step")
    for typed, understood in (
        ("0,00025", 0.00025),
        ("1e-3", 0.001),
        ("2^-11", 2**-11),
        ("1/2048", 1 / 2048),
    ):
        descent.fill(FIELD, typed)
        wanted = [x - understood * grad[0], y - understood * grad[1]]
        descent.until_state(
            CANVAS,
            lambda now, wanted=wanted: (
                now["heads"] and now["heads"][0] == pytest.approx(wanted, rel=1e-6)
            ),
            f"the step of {typed}",
        )


def test_nonsense_for_a_rate_keeps_the_old_one(descent: Program) -> None:
    before = descent.widget(FIELD)["text"]
    descent.fill(FIELD, "abc")
    descent.picture("rate-abc")
    descent.click("descent.step.button")
    step(descent, lambda value: value == 1, "one step")
    descent.until_widget(FIELD, lambda entry: entry["text"] == before, "the old rate")


def test_momentum_and_noise_change_the_race(descent: Program) -> None:
    fast = descent.widget("descent.speed.combo")["items"][-1]
    descent.choose("descent.speed.combo", fast)

    def end() -> Any:
        descent.click_at(slider_end(descent))
        step(descent, lambda value: value == descent.widget(SLIDER)["high"], "the end")
        return descent.state(CANVAS)["heads"]

    plain = end()
    descent.fill("descent.optimizers.row.momentum.momentum.field", "0.5")
    descent.until_state(CANVAS, lambda now: now["heads"] != plain, "another race")
    heavy = descent.state(CANVAS)["heads"]
    descent.fill("descent.race.noise.field", "3")
    descent.until_state(CANVAS, lambda now: now["heads"] not in (plain, heavy), "a noisy race")


def slider_end(program: Program) -> tuple[float, float]:
    x, y, width, height = program.widget(SLIDER)["rect"]
    return x + width - 2, y + height / 2


def test_every_surface_is_drawn(descent: Program) -> None:
    names = ("himmelblau", "beale", "rastrigin", "quadratic", "saddle", "rosenbrock")
    for name in names:
        before = descent.state(CANVAS)["domain"]
        descent.click_cell("descent.surface.list", 0, name)
        descent.until_state(
            CANVAS,
            lambda now, before=before: now["domain"] != before and now["contours"] > 3,
            f"the landscape of {name}",
        )
        descent.click("descent.step.button")
        step(descent, lambda value: value >= 1, "one step")
        descent.picture(f"surface-{name}")


def test_the_quadratic_has_a_condition_number(descent: Program) -> None:
    descent.click_cell("descent.surface.list", 0, "quadratic")
    descent.widget("descent.parameter.condition.field")
    descent.click_at(slider_end(descent))
    before = descent.until_state(CANVAS, lambda now: now["heads"], "a race")
    descent.fill("descent.parameter.condition.field", "7")
    descent.until_state(CANVAS, lambda now: now["heads"] != before, "another race")


def test_a_formula_is_typed_and_a_typo_is_shown(descent: Program) -> None:
    descent.fill("descent.formula.field", "x^2 + 3*y^2")
    descent.until_state(CANVAS, lambda now: now["domain"][0] <= -4.9, "the formula's landscape")
    descent.fill("descent.formula.field", "x^2 + 3*y^")
    told = descent.widget("descent.formula.error")
    assert told["text"]
    descent.picture("formula-typo")
    # The window stays and the landscape too.
    assert descent.state(CANVAS)["contours"] > 3
    descent.fill("descent.formula.field", "__import__('os').system('true')")
    descent.until_widget("descent.formula.error", lambda now: now["visible"], "the reason")
    descent.fill("descent.formula.field", "cos(x)*sin(y)")
    descent.until_widget("descent.formula.error", lambda now: not now["visible"], "no error")


def test_a_formula_of_many_minuses_is_refused(descent: Program) -> None:
    descent.click("descent.formula.field")
    descent.screen.copy("-" * 5000 + "x")
    descent.key("ctrl+a", "ctrl+v", "Return")
    descent.until_widget("descent.formula.error", lambda now: now["visible"], "the reason")


def test_the_vectors_of_the_next_step_are_drawn_while_paused(descent: Program) -> None:
    for _ in range(3):
        descent.click("descent.step.button")
    step(descent, lambda value: value == 3, "three steps")
    wanted = {
        "sgd": {"gradient"},
        "momentum": {"gradient", "momentum", "classical"},
        "nesterov": {"gradient", "gradient_ahead", "momentum", "classical", "nesterov"},
    }
    for name, roles in wanted.items():
        descent.click_cell("descent.optimizers.table", 0, name)
        descent.until_state(
            CANVAS, lambda now, roles=roles: set(now["arrows"]) == roles, f"{name}'s vectors"
        )
        descent.picture(f"vectors-{name}")
    descent.click("descent.play.button")
    descent.until_state(CANVAS, lambda now: not now["arrows"], "no vectors while it runs")


def test_who_diverged_is_said_and_the_view_is_unharmed(descent: Program) -> None:
    before = descent.state(CANVAS)["domain"]
    descent.fill(FIELD, "5")
    descent.click_at(slider_end(descent))
    descent.until_widget(
        "descent.standings.table",
        lambda entry: any(
            row[0]["text"] == "SGD" and "diverged" in row[-1]["text"].lower()
            for row in entry["rows"]
        ),
        "SGD diverged",
    )
    descent.picture("diverged")
    assert descent.state(CANVAS)["domain"] == before
    assert "nan" not in str(descent.state(CANVAS)["domain"])


def test_who_converged_and_who_leads_is_said(descent: Program) -> None:
    descent.click_cell("descent.surface.list", 0, "quadratic")
    descent.fill("descent.race.steps.field", "2000")
    descent.until_widget(SLIDER, lambda entry: entry["high"] == 2000, "2000 steps")
    descent.click_at(slider_end(descent))
    descent.until_widget(
        "descent.standings.table",
        lambda entry: any("converged" in row[-1]["text"].lower() for row in entry["rows"]),
        "a racer that converged",
    )
    losses = [float(row[1].replace("−", "-").replace("·10^", "e")) for row in standing(descent)]
    assert losses == sorted(losses)


def test_a_start_outside_the_view_is_refused(descent: Program) -> None:
    x, y = descent.state(CANVAS)["start"]
    descent.fill("descent.start.x.field", "1000")
    descent.until_widget("banner.text", lambda now: now["visible"] and now["text"], "the reason")
    assert descent.state(CANVAS)["start"] == [x, y]
    descent.picture("start-outside")


def test_the_view_zooms_about_the_cursor_and_fits(descent: Program) -> None:
    before = descent.state(CANVAS)["domain"]
    # Away from the start, which would be dragged instead.
    place = on_map(
        descent,
        before[0] + 0.6 * (before[1] - before[0]),
        before[2] + 0.75 * (before[3] - before[2]),
    )
    descent.wheel(place, 4)
    descent.until_state(
        CANVAS,
        lambda now: now["domain"][1] - now["domain"][0] < 0.8 * (before[1] - before[0]),
        "a closer view",
    )
    point = (
        before[0] + 0.6 * (before[1] - before[0]),
        before[2] + 0.75 * (before[3] - before[2]),
    )
    assert on_map(descent, *point) == pytest.approx(place, abs=4), "not about the cursor"
    moved = (place[0] + 60, place[1] + 30)
    descent.drag(place, moved)
    descent.until(
        lambda _: on_map(descent, *point) == pytest.approx(moved, abs=12), "the view to move"
    )
    descent.click(CANVAS, at=(0.6, 0.1), times=2)
    descent.until_state(
        CANVAS,
        lambda now: abs(now["domain"][0] - before[0]) < 0.2 * (before[1] - before[0]),
        "all of it again",
    )


def test_figures_under_the_cursor_are_read(descent: Program) -> None:
    descent.move(on_map(descent, 1, 1))
    descent.until_widget("status.readout", lambda now: "f" in now["text"], "x, y and f")


def test_the_landscape_is_a_picture_with_lines(descent: Program) -> None:
    """Looked at from outside: many colours on the map, and no single one over half of it."""
    left, top, width, height = descent.state(CANVAS)["map"]

    def drawn() -> bool:
        shot = Image.open(descent.picture("landscape")).convert("RGB")
        part = shot.crop((left, top, left + width, top + height))
        colours = part.getcolors(1 << 24)
        most = max(count for count, _ in colours)
        return len(colours) > 200 and most < 0.5 * width * height

    # The canvas tells of its lines some milliseconds before they are painted.
    wait_until(drawn, "the landscape on the screen")


def test_closing_during_a_race_is_clean(descent: Program) -> None:
    descent.fill("descent.race.steps.field", "100000")
    descent.click("descent.play.button")
    step(descent, lambda value: value > 3, "a race under way")
    descent.close()


def test_keys_go_to_what_has_the_focus(descent: Program) -> None:
    """Space on a button presses it; letters in a field are typed, not obeyed."""
    descent.fill("descent.formula.field", "x*y r", enter=False)
    descent.until_widget("descent.formula.field", lambda now: now["text"] == "x*y r", "the text")
    assert step(descent, lambda value: value == 0, "the start") == 0
