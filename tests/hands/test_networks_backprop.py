"""Backpropagation with real mouse and key events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.hands.program import Program

Start = Callable[..., Program]
CANVAS = "networks.backprop.canvas"
SLIDER = "networks.timeline.slider"


@pytest.fixture
def net(thalweg: Start) -> Program:
    program = thalweg("--workspace", "networks").ready()
    program.menu("lecture.networks.backprop_worked_example")
    program.until_state(CANVAS, lambda now: shown(now, "E", "=") == "0.2984", "the error", 60)
    return program


def shown(state: dict[str, Any], key: str, row: str) -> str:
    rows: dict[str, str] = state.get("nodes", {}).get(key, {}).get("rows", {})
    return rows.get(row, "")


def test_the_worked_example_is_gone_through(net: Program) -> None:
    net.click(CANVAS, at=(0.5, 0.02))
    net.key("Right")
    net.until_state(CANVAS, lambda now: shown(now, "n.2.0", "δ") == "0.1385", "the first delta")
    assert shown(net.state(CANVAS), "n.1.0", "δ") == ""
    net.key("Left", "Left")
    net.until_state(CANVAS, lambda now: not shown(now, "E", "="), "no error yet")
    net.key("r", "space")
    net.until_widget(SLIDER, lambda entry: entry["value"] > 1, "it to play")
    net.key("space")
    net.until_widget(
        "networks.backprop.caption.label", lambda entry: "0.291028" in entry["text"], "a caption"
    )


def test_a_weight_is_typed_over_on_the_canvas(net: Program) -> None:
    at = net.state(CANVAS)["nodes"]["n.0.0"]["at"]
    net.click_at(at, times=2)
    net.widget("networks.backprop.place.field")
    net.type("0.5")
    net.key("Return")
    net.until_state(CANVAS, lambda now: shown(now, "n.0.0", "o") == "0.5", "another input")
    net.key("ctrl+z")
    net.until_state(CANVAS, lambda now: shown(now, "n.0.0", "o") == "0.05", "the old one")


def test_an_exercise_is_answered(net: Program) -> None:
    net.menu("networks.backprop.exercise")
    field = net.widget("networks.backprop.answer.s_3.field")
    assert field["visible"]
    net.click("networks.backprop.answer.s_3.field")
    net.type("99")
    net.key("Return")
    net.until_widget(
        "networks.backprop.exercise.label", lambda entry: "wrong" in entry["text"], "a judgement"
    )
