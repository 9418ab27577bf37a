"""A lost object in real hands: its ground truth, who took its place, the ways back, one undo.

One program for all of it: each step begins where the one before ended, as a person's does.
"""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

from tests.hands.detection.test_detection import CANVAS, NMS, Start, detected, on_screen, slide
from tests.hands.program import Program, dropped

TEXT, APPLY = "detection.lost.text", "detection.lost.apply.button"
# Two people whom the model finds, and a part of one of them that it does not.
SUPPRESSED, LARGE = (155.0, 176.0, 188.0, 284.0), (184.0, 160.0, 237.0, 308.0)
SMALL = (194.0, 190.0, 226.0, 222.0)


def labelme(path: Path, *boxes: tuple[float, ...]) -> Path:
    shapes = [
        {"label": "person", "shape_type": "rectangle", "points": [list(box[:2]), list(box[2:])]}
        for box in boxes
    ]
    facts = {"version": "5.5.0", "flags": {}, "imageData": None, "imagePath": "airfield.jpg"}
    told = {**facts, "shapes": shapes, "imageHeight": 400, "imageWidth": 529}
    path.write_text(json.dumps(told))
    return path


def middle_of(program: Program, box: tuple[float, ...]) -> tuple[float, float]:
    return on_screen(program, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def marked(now: dict[str, Any], text: str) -> list[dict[str, Any]]:
    """The marks whose plates begin so."""
    return [mark for mark in now["marks"] if mark["text"].startswith(text)]


def test_a_lost_person_is_followed_brought_back_and_undone(thalweg: Start, tmp_path: Path) -> None:
    picture = tmp_path / "airfield.jpg"
    shutil.copy(str(files("resources") / "samples" / "airfield.jpg"), picture)
    program = detected(thalweg(picture).ready(), "airfield.jpg")

    # Ground truth comes from the File menu and by drop, and has a row in Layers.
    elsewhere = tmp_path / "labels"
    elsewhere.mkdir()
    program.menu("detection.truth.open")
    program.until_widget("fileNameEdit", lambda now: now["visible"], "the dialog")
    program.fill("fileNameEdit", str(labelme(elsewhere / "one.json", SUPPRESSED)))
    program.until_state(CANVAS, lambda now: now["truth"].get("found") == 1, "one, that is found")
    told = labelme(elsewhere / "airfield.json", SUPPRESSED, LARGE, SMALL)
    with dropped(program, tmp_path / "source", program.point(CANVAS, (0.3, 0.3)), told):
        program.until_state(
            CANVAS, lambda now: now["truth"] == {"found": 2, "missed": 1, "false": 6}, "all three"
        )
    label = program.widget("detection.stages.truth.missed.label")
    assert label["text"] == "missed 1"
    program.click("detection.stages.truth.eye")
    program.until_state(CANVAS, lambda now: now["truth"] == {}, "its eye closed")
    program.click("detection.stages.truth.eye")
    program.until_state(CANVAS, lambda now: now["truth"].get("missed") == 1, "and open")

    # A missed object on a larger detection is the first that a click means, that the second.
    program.click_at(middle_of(program, SMALL))
    state = program.until_state(
        CANVAS, lambda now: marked(now, "asked") and now, "the missed one to be asked for"
    )
    assert [round(side) for side in marked(state, "asked")[0]["box"]] == list(SMALL)
    program.click_at(middle_of(program, SMALL))
    state = program.until_state(CANVAS, lambda now: now["selected"] >= 0 and now, "the next below")
    x0, y0, x1, y1 = state["boxes"][state["selected"]]
    assert x1 - x0 > SMALL[2] - SMALL[0] and y1 - y0 > SMALL[3] - SMALL[1]

    # Who took a person's place is named on the picture; every way back says what it costs.
    slide(program, NMS, 0.0)
    program.until_state(CANVAS, lambda now: now["truth"].get("missed", 0) > 1, "more missed")
    program.click_at(middle_of(program, SUPPRESSED))
    program.until_state(CANVAS, lambda now: marked(now, "suppressed by person"), "the rival")
    first = program.widget("detection.lost.route.0.label")["text"]
    assert "this person" in first and "appear" in first and "NMS IoU up to" in first
    program.until_state(CANVAS, lambda now: marked(now, "would return"), "what would return")
    added = {str(mark["box"]) for mark in marked(program.state(CANVAS), "+ person")}
    program.move(program.point("detection.lost.route.1.label"))
    program.until_state(
        CANVAS,
        lambda now: {str(mark["box"]) for mark in marked(now, "+ person")} not in (added, set()),
        "what the second way would add",
    )
    program.picture("lost-routes")

    # One press, and one undo.
    before = program.widget(NMS)["value"]
    program.click(APPLY)
    program.until_widget(TEXT, lambda now: now["text"].startswith("Found"), "it is back")
    assert program.widget(NMS)["value"] > before
    program.click(CANVAS, at=(0.5, 0.02))
    program.key("ctrl+z")
    program.until_widget(NMS, lambda now: now["value"] == before, "all of it taken back")
    program.until_state(CANVAS, lambda now: marked(now, "suppressed by person"), "lost again")
