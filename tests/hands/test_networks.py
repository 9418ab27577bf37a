"""The Networks workspace with real mouse and key events."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from tests.hands.program import Program

Start = Callable[..., Program]
CANVAS = "networks.chain.canvas"
FIELD = "networks.chain.formula.field"
SLIDER = "networks.timeline.slider"


@pytest.fixture
def networks(thalweg: Start) -> Program:
    program = thalweg("--workspace", "networks").ready()
    program.until_state(CANVAS, lambda now: now["nodes"], "a graph", 60)
    return program


def node(program: Program, title: str) -> dict[str, Any]:
    """A node of the canvas, once there is one of that title."""

    def find(state: dict[str, Any]) -> dict[str, Any] | None:
        return next((n for n in state.get("nodes", {}).values() if n["title"] == title), None)

    return program.until_state(CANVAS, find, f"the node {title}")


def test_a_formula_is_typed_and_gone_through(networks: Program) -> None:
    networks.fill(FIELD, "sin(x^2)")
    assert node(networks, "y = sin v₁")["rows"]["="] == ""
    networks.key("Right", "Right")
    networks.until_state(
        CANVAS, lambda now: all(n["rows"].get("=", "0") for n in now["nodes"].values()), "values"
    )
    assert node(networks, "x")["rows"]["dy/dx"] == ""
    networks.key("End")
    high = networks.widget(SLIDER)["high"]
    networks.until_widget(SLIDER, lambda entry: entry["value"] == high, "the last step")
    wanted = f"{1.6 * math.cos(0.64):.4g}"
    networks.until(lambda _: node(networks, "x")["rows"]["dy/dx"] == wanted, "the derivative")
    networks.key("r", "space")
    networks.until_widget(SLIDER, lambda entry: entry["value"] > 0, "it to play")
    networks.fill(FIELD, "sin(x^")
    networks.widget("networks.chain.formula.error")
    assert node(networks, "y = sin v₁")


def test_a_node_is_dragged_and_an_input_is_a_slider(networks: Program) -> None:
    x, y = node(networks, "x")["at"]
    networks.drag((x, y), (x + 20, y - 90))
    networks.until(
        lambda _: math.dist(node(networks, "x")["at"], (x + 20, y - 90)) <= 6, "the node there"
    )
    at = node(networks, "x")["at"]
    before = node(networks, "x")["rows"]["="]
    networks.click("networks.chain.input.x.slider", at=(0.9, 0.5))
    networks.until(lambda _: node(networks, "x")["rows"]["="] != before, "another input")
    assert node(networks, "x")["at"] == at
    networks.key("ctrl+z")
    networks.until(lambda _: node(networks, "x")["rows"]["="] == before, "the old input")


def test_a_scene_comes_from_the_menu(networks: Program) -> None:
    networks.menu("lecture.networks.chain_of_the_notes")
    networks.until_widget(
        "networks.chain.caption.label", lambda entry: "dy/dt = dy/dx" in entry["text"], "a caption"
    )
    networks.click("networks.step.button")
    wanted = f"{math.sin(1):.4g}"
    networks.until(lambda _: node(networks, "x = sin t")["rows"]["="] == wanted, "its value")
