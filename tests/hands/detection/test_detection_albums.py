"""Many pictures, what people marked in them, and how an export looks: with mouse and keys."""

from __future__ import annotations

import json
from pathlib import Path

from PIL import Image
from pycocotools.coco import COCO

from tests.hands import pictures
from tests.hands.detection.test_detection import CANVAS, Start, detected, on_screen
from tests.hands.program import Program
from tests.hands.screen import wait_until

LIST = "detection.files.list"
MISSED = (8.0, 8.0, 56.0, 56.0)  # a corner of the flag, where nobody is


def names(program: Program) -> list[str]:
    return [row[0]["text"] for row in program.widget(LIST)["rows"]]


def test_a_missed_object_is_clicked_and_followed(thalweg: Start, tmp_path: Path) -> None:
    path = pictures.astronaut(tmp_path, "1.jpg")
    shapes = [
        {"label": "person", "shape_type": "rectangle", "points": [list(box[:2]), list(box[2:])]}
        for box in (MISSED, (20.0, 10.0, 400.0, 500.0))
    ]
    facts = {"version": "5.5.0", "flags": {}, "imageData": None, "imagePath": "1.jpg"}
    told = {**facts, "shapes": shapes, "imageHeight": 512, "imageWidth": 512}
    (tmp_path / "1.json").write_text(json.dumps(told))
    program = detected(thalweg(path).ready(), "1.jpg")
    for kind in ("missed", "found"):
        program.until_widget(
            f"detection.stages.truth.{kind}.label",
            lambda now, kind=kind: now["text"] == f"{kind} 1",  # type: ignore[misc]
            f"how many are {kind}",
        )
    middle = (MISSED[0] + MISSED[2]) / 2, (MISSED[1] + MISSED[3]) / 2
    program.click_at(on_screen(program, *middle))
    program.until_widget(
        "detection.lost.text",
        lambda now: now["text"].startswith("Beyond every setting"),
        "that the model sees nothing there",
    )
    program.picture("truth")


def test_a_list_is_filtered_and_exported_in_the_look_that_was_chosen(
    thalweg: Start, tmp_path: Path
) -> None:
    album = tmp_path / "альбом"
    album.mkdir()
    for name in ("cat 2.png", "cat 10.png", "dog.png"):
        pictures.astronaut(album, name, (160, 160))
    program = detected(thalweg(album).ready(), "cat 2.png")
    program.key("ctrl+f")
    program.fill("detection.files.filter.field", "cat", enter=False)
    program.until(lambda seen: names(program) == ["cat 2.png", "cat 10.png"], "only cats")
    program.click(CANVAS, at=(0.5, 0.02))
    program.key("ctrl+e")
    out = tmp_path / "out"
    program.fill("detection.export.folder.field", str(out), enter=False)
    program.choose("detection.export.scope.combo", "All in the list: 2")
    program.choose("detection.export.palette.combo", "White")
    program.picture("export")
    program.click("detection.export.ok.button")
    written = wait_until(lambda: list(out.glob("annotations.json")), "the annotations", 60)
    read = COCO(str(written[0]))
    assert [each["file_name"] for each in read.dataset["images"]] == ["cat 2.png", "cat 10.png"]
    with Image.open(out / "cat 10.png") as drawn:
        assert drawn.size == (160, 160)
        assert (255, 255, 255) in {color for _, color in drawn.getcolors(1 << 20) or []}
    # Once more, without the dialog: it asks, since the files are there.
    program.click(CANVAS, at=(0.5, 0.02))
    program.key("ctrl+shift+e")
    program.widget("detection.export.overwrite.button")
    program.key("Escape")
    program.until(lambda seen: not seen["dialogs"], "the question answered")


def test_pictures_leave_the_list_and_come_back_but_no_file_goes(
    thalweg: Start, tmp_path: Path
) -> None:
    album = tmp_path / "album"
    album.mkdir()
    files = [pictures.astronaut(album, f"{name}.png", (96, 96)) for name in "abc"]
    program = detected(thalweg(album).ready(), "a.png")
    everything = ["a.png", "b.png", "c.png"]
    program.click_cell(LIST, 0, "b.png")
    program.key("shift+Down", "Delete")
    program.until(lambda seen: names(program) == ["a.png"], "two removed")
    assert all(file.is_file() for file in files)
    program.click(CANVAS, at=(0.5, 0.02))
    program.key("ctrl+z")
    program.until(lambda seen: names(program) == everything, "they are back")
    program.fill("detection.files.filter.field", "c", enter=False)
    program.until_widget(
        "detection.files.hidden.button", lambda now: now["visible"] and "2" in now["text"], "hidden"
    )
    program.picture("list-hidden")
    program.click("detection.files.hidden.button")
    program.until(lambda seen: names(program) == everything, "nothing is hidden")
