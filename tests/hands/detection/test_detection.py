"""The Detection workspace with real mouse and key events."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pycocotools.coco import COCO

from tests.hands import pictures
from tests.hands.program import Program, dropped, middle
from tests.hands.screen import wait_until

Start = Callable[..., Program]
CANVAS = "detection.canvas"
TABLE = "detection.table"
SCORE, NMS = "detection.score.slider", "detection.nms.slider"
DETECT_S = 60  # a model is loaded and runs once, beside whatever else the machine does


def detected(program: Program, picture: str) -> Program:
    """Wait until a picture is open, the model has looked at it, and something is listed."""
    program.until_state(
        CANVAS, lambda now: now.get("picture") == picture, f"{picture} open", DETECT_S
    )
    idle(program)
    return program


def idle(program: Program) -> None:
    program.until_widget(
        "detection.run.button", lambda now: now["enabled"], "the model to be done", DETECT_S
    )
    program.until(
        lambda seen: seen["widgets"][TABLE].get("rows") or shown(seen, "detection.notice"),
        "detections, or why there are none",
        DETECT_S,
    )


def shown(seen: dict[str, Any], name: str) -> bool:
    return bool(seen["widgets"].get(name, {}).get("visible"))


def rows(program: Program) -> list[list[str]]:
    return [[cell["text"] for cell in row] for row in program.widget(TABLE)["rows"]]


@pytest.fixture
def detection(thalweg: Start) -> Program:
    """The first screen, with its detections."""
    program = thalweg("--workspace", "detection").ready()
    return detected(program, "astronaut.jpg")


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """A folder with a person and with nobody."""
    folder = tmp_path / "мой альбом"
    folder.mkdir()
    pictures.astronaut(folder, "2.jpg", (320, 320))
    pictures.street(folder, "10.png")
    return folder


def test_the_first_screen_shows_people_found(detection: Program) -> None:
    table = rows(detection)
    assert table and table[0][1] == "person" and float(table[0][2]) >= 0.5
    facts = detection.widget("detection.facts.label")["text"]
    assert "0.50" in facts and ("cpu" in facts or "cuda" in facts), facts
    assert detection.widget("detection.model.combo")["text"] in facts
    state = detection.state(CANVAS)
    assert state["masks"] >= 1 and len(state["boxes"]) == len(table)
    x0, y0, x1, y1 = state["boxes"][0]
    assert x0 < 224 < x1 and y0 < 110 < y1
    detection.picture("first-screen")


def test_pictures_are_opened_from_the_command_line(thalweg: Start, album: Path) -> None:
    program = detected(thalweg(album / "2.jpg").ready(), "2.jpg")
    assert rows(program)[0][1] == "person"


def test_a_folder_is_opened_in_the_order_people_count(thalweg: Start, album: Path) -> None:
    program = detected(thalweg(album).ready(), "2.jpg")
    names = [row[0]["text"] for row in program.widget("detection.files.list")["rows"]]
    assert names[:2] == ["2.jpg", "10.png"]
    program.click("detection.files.next.button")
    detected(program, "10.png")


def test_a_picture_is_opened_by_the_dialog(detection: Program, album: Path) -> None:
    detection.key("ctrl+o")
    field = "fileNameEdit"
    detection.until_widget(field, lambda now: now["visible"], "the dialog")
    detection.fill(field, str(album / "2.jpg"))
    detected(detection, "2.jpg")


def test_a_picture_is_pasted(detection: Program, album: Path) -> None:
    detection.screen.copy(pictures.astronaut(album, "clip.png", (200, 200)))
    detection.click(CANVAS, at=(0.5, 0.02))
    detection.key("ctrl+v")
    state = detection.until_state(
        CANVAS, lambda now: now["picture_size"] == [200, 200] and now, "the pasted picture"
    )
    assert state["picture"]
    idle(detection)
    assert rows(detection)[0][1] == "person"


def test_files_are_dropped(detection: Program, album: Path, tmp_path: Path) -> None:
    place = detection.point(CANVAS, (0.3, 0.3))
    with dropped(detection, tmp_path / "source", place, album / "2.jpg"):
        detected(detection, "2.jpg")


def test_the_score_selects_at_once_without_the_backbone(detection: Program) -> None:
    runs = detection.state(CANVAS)["runs"]
    many = len(rows(detection))
    slide(detection, SCORE, 0.02)
    detection.until_widget(TABLE, lambda now: len(now["rows"]) > many, "more detections")
    detection.until_state(
        CANVAS, lambda now: now["masks"] == len(now["boxes"]), "the masks of the new ones"
    )
    slide(detection, NMS, 0.98)
    more = len(rows(detection))
    slide(detection, NMS, 0.05)
    detection.until_widget(TABLE, lambda now: len(now["rows"]) < more, "fewer with a stricter NMS")
    slide(detection, SCORE, 0.5)
    detection.until_widget(
        TABLE,
        lambda now: all(float(row[2]["text"]) >= 0.49 for row in now["rows"]),
        "only the sure ones",
    )
    assert detection.state(CANVAS)["runs"] == runs


def slide(program: Program, name: str, place: float) -> None:
    """Drag a slider's handle to a fraction of its length."""
    entry = program.widget(name)
    x, y, width, height = entry["rect"]
    at = (entry["value"] - entry["low"]) / (entry["high"] - entry["low"])
    inner = width - 16
    program.drag((x + 8 + at * inner, y + height / 2), (x + 8 + place * inner, y + height / 2))
    wanted = entry["low"] + place * (entry["high"] - entry["low"])
    slack = 0.06 * (entry["high"] - entry["low"])
    program.until_widget(name, lambda now: abs(now["value"] - wanted) <= slack, f"about {place}")


def test_layers_are_switched_and_faded_one_by_one(detection: Program) -> None:
    for name in ("anchors", "proposals", "boxes", "masks"):
        eye = f"detection.stages.{name}.eye"
        before = detection.widget(eye)["checked"]
        detection.click(eye)
        detection.until_widget(
            eye, lambda now, before=before: now["checked"] != before, f"{name} switched"
        )
        if not before:
            if name == "anchors":
                detection.choose("detection.stages.anchors.combo", anchor_level(detection))
            detection.until_state(CANVAS, lambda now, name=name: now[name], f"{name} painted")
        else:
            detection.until_state(CANVAS, lambda now, name=name: not now[name], f"{name} gone")
        detection.picture(f"layer-{name}")
        slide(detection, f"detection.stages.{name}.opacity", 0.3)
        detection.click(eye)
    # The anchors around the cursor follow it.
    detection.click("detection.stages.anchors.eye")
    around = detection.widget("detection.stages.anchors.combo")["items"][0]
    detection.choose("detection.stages.anchors.combo", around)
    detection.move(on_screen(detection, 224, 110))
    detection.until_state(CANVAS, lambda now: now["anchors"], "anchors around the cursor")
    detection.picture("layer-anchors-cursor")


def anchor_level(program: Program) -> str:
    return program.widget("detection.stages.anchors.combo")["items"][-1]


def test_shapes_have_masks_and_skeletons(detection: Program) -> None:
    detection.click_cell("detection.files.list", 0, "shapes.png")
    detected(detection, "shapes.png")
    runs = detection.state(CANVAS)["runs"]
    detection.choose("detection.model.combo", "shapes")
    detection.until_state(CANVAS, lambda now: now["runs"] > runs, "the other model", DETECT_S)
    idle(detection)
    eye = "detection.stages.keypoints.eye"
    detection.until_widget(eye, lambda now: now["enabled"], "a model with keypoints")
    slide(detection, SCORE, 0.02)
    detection.until_state(
        CANVAS, lambda now: now["masks"] and now["keypoints"], "masks and skeletons"
    )
    detection.picture("shapes")


def test_a_run_is_cancelled(thalweg: Start, tmp_path: Path) -> None:
    large = pictures.astronaut(tmp_path, "large.png", (3000, 3000))
    program = thalweg(large).ready()
    program.until_widget(
        "detection.cancel.button", lambda now: now["visible"] and now["enabled"], "a run", DETECT_S
    )
    program.click("detection.cancel.button")
    program.until_widget("detection.run.button", lambda now: now["enabled"], "it stopped", 10)
    assert program.state(CANVAS)["boxes"] == []
    program.click("detection.run.button")
    program.until_state(CANVAS, lambda now: now["boxes"], "detections after all", DETECT_S)


def test_zoom_pan_fit_and_the_pixel_under_the_cursor(detection: Program) -> None:
    before = detection.state(CANVAS)
    place = on_screen(detection, 224, 110)
    detection.move(place)
    detection.until_widget("status.readout", lambda now: "224" in now["text"], "x of the pixel")
    detection.wheel(place, 5)
    detection.until_state(CANVAS, lambda now: now["scale"] > 1.5 * before["scale"], "closer")
    x, y = on_screen(detection, 224, 110)
    assert abs(x - place[0]) < 4 and abs(y - place[1]) < 4, "not about the cursor"
    detection.picture("zoomed")
    origin = detection.state(CANVAS)["origin"]
    detection.drag(place, (place[0] + 80, place[1] + 40))
    detection.until_state(
        CANVAS,
        lambda now: (
            abs(now["origin"][0] - origin[0] - 80) < 12
            and abs(now["origin"][1] - origin[1] - 40) < 12
        ),
        "the picture moved",
    )
    detection.key("f")
    detection.until_state(
        CANVAS, lambda now: abs(now["scale"] - before["scale"]) < 0.01, "all of it again"
    )


def on_screen(program: Program, x: float, y: float) -> tuple[float, float]:
    """Where a pixel of the picture is on the screen."""
    state = program.state(CANVAS)
    left, top = state["origin"]
    return left + (x + 0.5) * state["scale"], top + (y + 0.5) * state["scale"]


def test_table_and_picture_are_linked_both_ways(detection: Program) -> None:
    x0, y0, x1, y1 = detection.state(CANVAS)["boxes"][0]
    detection.click_at(on_screen(detection, (x0 + x1) / 2, (y0 + y1) / 2))
    detection.until_widget(
        TABLE, lambda now: any(row[0]["selected"] for row in now["rows"]), "the row of the box"
    )
    detection.until_state(CANVAS, lambda now: now["selected"] >= 0, "the box of the row")
    slide(detection, SCORE, 0.02)
    entry = detection.until_widget(TABLE, lambda now: len(now["rows"]) >= 2 and now, "two rows")
    detection.click_at(middle(entry["rows"][1][1]["rect"]))
    detection.until_state(CANVAS, lambda now: now["selected"] == 1, "the box of the row")
    detection.move(middle(entry["rows"][0][1]["rect"]))
    detection.until_state(CANVAS, lambda now: now["hover"] == 0, "the box under the cursor's row")


def test_when_nothing_is_found_it_says_why_and_what_to_try(thalweg: Start, tmp_path: Path) -> None:
    plain = tmp_path / "plain.png"
    Image.new("RGB", (240, 180), (90, 120, 150)).save(plain)
    program = thalweg(plain).ready()
    program.widget("detection.notice.text", DETECT_S)
    text = program.widget("detection.notice.text")["text"]
    assert "person" in text
    program.picture("nothing-found")
    other = "detection.notice.model.button"
    program.click(other)
    program.until_state(CANVAS, lambda now: now["runs"] >= 2, "the other model", DETECT_S)
    assert program.widget("detection.model.combo")["text"]


def test_export_writes_the_picture_and_the_annotations(detection: Program, tmp_path: Path) -> None:
    target = tmp_path / "мои результаты"
    target.mkdir()
    count = len(rows(detection))
    export(detection, target)
    wait_until(lambda: (target / "astronaut.png").exists(), "the picture")
    written = wait_until(lambda: list(target.glob("*.json")), "the annotations")
    with Image.open(target / "astronaut.png") as drawn:
        assert drawn.size == (512, 512)
        drawn.load()
    read = COCO(str(written[0]))
    marks = read.loadAnns(read.getAnnIds())
    assert len(marks) == count
    for mark in marks:
        assert read.annToMask(mark).sum() == mark["area"] > 0
        assert isinstance(mark["segmentation"]["counts"], str)
    told = json.loads(written[0].read_text())
    assert told["images"][0]["file_name"] == "astronaut.jpg"
    detection.until_widget("status.message", lambda now: "astronaut.png" in now["text"], "where to")
    # A second time it asks before it writes over.
    detection.key("ctrl+e")
    detection.click("detection.export.ok.button")
    detection.widget("detection.export.overwrite.button")
    detection.key("Escape")
    detection.until(lambda seen: not seen["dialogs"], "the question answered")


def export(program: Program, folder: Path) -> None:
    program.click(CANVAS, at=(0.5, 0.02))
    program.key("ctrl+e")
    program.fill("detection.export.folder.field", str(folder), enter=False)
    program.until_widget(
        "detection.export.folder.field", lambda now: now["text"] == str(folder), "the folder"
    )
    program.click("detection.export.ok.button")
    program.until(lambda seen: "detection.export.dialog" not in str(seen["dialogs"]), "the dialog")


def test_a_folder_that_cannot_be_written_is_said(detection: Program, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file where the folder should be")
    export(detection, taken)
    told = detection.until_widget("banner.text", lambda now: now["visible"] and now, "the reason")
    assert "taken" in told["text"]
    detection.picture("export-refused")
    assert rows(detection)
    assert taken.read_text() == "a file where the folder should be"


def test_bad_pictures_are_said_and_the_window_stays(thalweg: Start, tmp_path: Path) -> None:
    bad = pictures.unreadable(tmp_path)
    good = pictures.astronaut(tmp_path, "good.jpg", (128, 128))
    program = thalweg(*bad, good).ready()
    names = [path.name for path in bad]
    program.until(
        lambda seen: (
            seen["widgets"].get("detection.notice.text", {}).get("visible")
            or shown(seen, "banner.text")
        ),
        "why the first cannot be read",
        DETECT_S,
    )
    told = str([program.look()["widgets"].get(n) for n in ("detection.notice.text", "banner.text")])
    assert any(name in told for name in names) or "picture" in told.lower()
    program.picture("bad-picture")
    program.click_cell("detection.files.list", 0, "good.jpg")
    detected(program, "good.jpg")


def test_a_folder_without_pictures_is_said(detection: Program, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    detection.key("ctrl+shift+o")
    detection.fill("fileNameEdit", str(bare))
    told = detection.until_widget("banner.text", lambda now: now["visible"] and now, "the reason")
    assert "bare" in told["text"]
    assert rows(detection)


def test_odd_pictures_are_shown(thalweg: Start, tmp_path: Path) -> None:
    pictures.odd(tmp_path)
    sizes = {
        "one.png": [1, 1],
        "long.png": [20_000, 100],
        "sixteen.png": [256, 256],
        "cmyk.jpg": [256, 256],
        "turned.jpg": [256, 192],
    }
    program = thalweg(*(tmp_path / name for name in sizes)).ready()
    runs = 0
    for name, size in sizes.items():
        program.click_cell("detection.files.list", 0, name)
        program.until_state(CANVAS, lambda now, n=name: now.get("picture") == n, name, DETECT_S)
        program.until_state(CANVAS, lambda now, n=runs: now["runs"] > n, "a run", DETECT_S)
        idle(program)
        state = program.state(CANVAS)
        assert (state["picture_size"], state["picture"]) == (size, name)
        runs = state["runs"]


def test_closing_during_inference_is_clean(thalweg: Start, tmp_path: Path) -> None:
    large = pictures.astronaut(tmp_path, "large.png", (3000, 3000))
    program = thalweg(large).ready()
    program.until_widget(
        "detection.cancel.button", lambda now: now["visible"] and now["enabled"], "a run", DETECT_S
    )
    program.close()


def test_a_score_of_seven_is_refused(detection: Program) -> None:
    field = "detection.score.field"
    before = detection.widget(field)["text"]
    detection.fill(field, "7")
    detection.fill("detection.nms.field", "0,4")
    detection.until_widget(field, lambda now: now["text"] == before, "the old score")
    detection.until_widget(NMS, lambda now: now["value"] != now["high"] / 2, "the other threshold")
    detection.until_widget("detection.facts.label", lambda now: "0.40" in now["text"], "NMS .4")
