"""Exports with real keys: a paper's figure from the dialog, and the slide on the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests.hands.program import Program
from tests.hands.screen import Screen, wait_until

Start = Callable[..., Program]
CANVAS, SLIDER = "descent.canvas", "descent.timeline.slider"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def descent(thalweg: Start) -> Program:
    program = thalweg("--workspace", "descent").ready()
    program.until_state(
        CANVAS, lambda now: now["racers"] and now["contours"] > 3, "a landscape and a race", 60
    )
    return program


def test_what_is_seen_is_written_by_keys_alone_and_copied_as_a_slide(
    descent: Program, screen: Screen, tmp_path: Path
) -> None:
    descent.click(CANVAS, at=(0.5, 0.1))
    descent.key(*["Right"] * 3)
    descent.until_widget(SLIDER, lambda entry: entry["value"] == 3, "step 3")
    seen = descent.until_state(CANVAS, lambda now: now["arrows"] and now, "the vectors of the step")
    path = tmp_path / "new folder" / "scene.svg"
    descent.key("ctrl+e")
    field = "descent.export.file.field"
    descent.until_widget(field, lambda entry: entry["focus"], "the dialog")
    descent.key("ctrl+a")
    descent.type(str(path))  # its ending chooses the format
    descent.until_widget(
        "descent.export.preview.label", lambda entry: not entry["text"], "the preview"
    )
    descent.picture("descent-export")
    descent.key("Return")
    wait_until(path.is_file, "the figure")
    root = ElementTree.parse(path).getroot()
    drawn = {group.get("id", "") for group in root.iter(f"{SVG}g")}
    for name in seen["racers"]:
        assert {f"trail:{name}", f"head:{name}"} <= drawn
    assert any(name.startswith("arrow:") for name in drawn)
    assert {"legend:racers", "start:", "minimum:", "bar", "plot:loss"} <= drawn
    # The second wish goes by one key.
    descent.key("ctrl+shift+l")
    descent.until_widget("status.message", lambda entry: "1920" in entry["text"], "the slide", 60)
    with Image.open(BytesIO(screen.pasted_picture())) as slide:
        assert slide.size == (1920, 1080)
        assert max(high - low for low, high in slide.convert("RGB").getextrema()) > 100
