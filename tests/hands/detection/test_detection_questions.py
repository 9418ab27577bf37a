"""Where does this box come from, and where was my object lost: asked with mouse and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.hands.detection.test_detection import (
    CANVAS,
    SCORE,
    Start,
    detected,
    on_screen,
    rows,
    slide,
)
from tests.hands.program import Program


@pytest.fixture
def detection(thalweg: Start) -> Program:
    """The first screen, with its detections."""
    program = thalweg("--workspace", "detection").ready()
    return detected(program, "astronaut.jpg")


def test_a_clicked_box_walks_from_its_anchor_to_its_mask(detection: Program) -> None:
    x0, _, x1, y1 = detection.state(CANVAS)["boxes"][0]
    detection.click_at(on_screen(detection, (x0 + x1) / 2, y1 - 20))
    detection.until_widget(
        "detection.origin.title", lambda now: "person" in now["text"], "whose origin it is"
    )
    detection.until_widget(
        "detection.origin.table", lambda now: len(now["rows"]) == 7, "its seven steps"
    )
    first = detection.until_state(
        CANVAS, lambda now: now["marks"] and now["marks"][-1]["box"], "its anchor"
    )
    detection.click("detection.origin.play.button")
    detection.until_state(CANVAS, lambda now: now["marks"][-1]["text"] == "Mask", "at the mask")
    state = detection.state(CANVAS)
    last = state["marks"][-1]["box"]
    assert last != first and last == pytest.approx(state["boxes"][state["selected"]])
    detection.picture("origin")


def test_a_lost_object_is_asked_for_and_comes_back(detection: Program) -> None:
    boxes = detection.state(CANVAS)["boxes"]
    assert boxes
    slide(detection, SCORE, 1.0)
    detection.until_state(CANVAS, lambda now: not now["boxes"], "no boxes")
    lost = boxes[-1]
    detection.menu("detection.lost")
    detection.until_widget("detection.lost.draw.button", lambda now: now["checked"], "armed")
    detection.drag(on_screen(detection, *lost[:2]), on_screen(detection, *lost[2:]))
    detection.until_widget(
        "detection.lost.text", lambda now: now["text"].startswith("Lost at"), "the result"
    )
    detection.picture("lost")
    detection.click("detection.lost.apply.button")
    detection.until_widget(
        "detection.lost.text", lambda now: now["text"].startswith("Found"), "it is back"
    )
    assert detection.widget(SCORE)["value"] < 100
    detection.key("Escape")
    detection.until_widget("detection.lost.draw.button", lambda now: not now["checked"], "left")
    assert len(rows(detection)) == len(boxes)


def test_number_keys_open_the_stages(detection: Program) -> None:
    detection.click_at(on_screen(detection, 4, 4))  # the canvas has the keys now
    for key in ("1", "3", "8"):
        detection.key(key)
        wanted = {"1": "input", "3": "anchors", "8": "masks"}[key]
        detection.until_state(CANVAS, is_stage(wanted), wanted)
        detection.picture(f"stage-{wanted}")
    detection.until_widget(
        "detection.stage.masks.matrix", lambda now: now["state"]["size"] == [28, 28], "28 x 28"
    )
    detection.until_widget(
        "detection.breadcrumb",
        lambda now: now["state"]["path"] == ["Picture", "Head: Masks"] and now["state"]["dimmed"],
        "where it is, and what is dimmed there",
    )
    detection.key("Escape")
    detection.until_state(CANVAS, is_stage(""), "the result again")
    detection.key("3")
    detection.until_state(CANVAS, is_stage("anchors"), "anchors")
    detection.click("detection.breadcrumb.0.button")
    detection.until_state(CANVAS, is_stage(""), "back by a click")


def test_the_network_is_drawn_and_a_block_opens_its_stage(detection: Program) -> None:
    detection.click_at(on_screen(detection, 4, 4))  # the canvas has the keys now
    detection.key("0")
    drawn = detection.until_widget(
        "detection.network",
        lambda now: now["visible"] and now["state"].get("mask", {}).get("lines") and now,
        "the network with this picture's shapes",
    )
    assert drawn["state"]["mask"]["lines"][0].endswith("28 × 28")
    detection.picture("network")
    detection.key("Escape")
    detection.until(
        lambda seen: not seen["widgets"]["detection.network"]["visible"], "the picture again"
    )
    detection.click("detection.strip.network.button")
    x, y, _, _ = detection.widget("detection.network")["rect"]
    across, down = drawn["state"]["window"]["at"]
    detection.click_at((x + across, y + down))
    detection.until_state(CANVAS, is_stage("anchors"), "the stage of the block")
    detection.until(
        lambda seen: not seen["widgets"]["detection.network"]["visible"], "the stage in front"
    )


def is_stage(name: str) -> Callable[[dict[str, Any]], bool]:
    """Whether a stage is chosen, by the canvas's state."""

    def holds(now: dict[str, Any]) -> bool:
        return bool(now["stage"] == name)

    return holds
