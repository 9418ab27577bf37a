"""A survey in real hands: objects with thumbnails, each opened where it was lost, two compared."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from base64 import b64decode
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

from PIL import Image, ImageStat

from tests.hands.detection.test_detection import CANVAS, DETECT_S, NMS, Start, detected, slide
from tests.hands.detection.test_detection_lost import LARGE, SMALL, SUPPRESSED, TEXT, marked
from tests.hands.program import Program
from tests.hands.screen import wait_until

OBJECTS = "detection.survey.objects.table"
OUTCOME, FINDER = "detection.survey.outcome.combo", "detection.survey.finder.combo"
ASTRONAUT = (5.0, 15.0, 375.0, 512.0)
BOXES = {"airfield.jpg": (SUPPRESSED, LARGE, SMALL), "astronaut.jpg": (ASTRONAUT,)}


class Page(HTMLParser):
    """The rows of a report: the texts of their cells, and the thumbnail."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.thumbnails: list[Image.Image] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "img":
            kind, _, data = (dict(attrs)["src"] or "").partition(",")
            assert kind == "data:image/jpeg;base64"
            self.thumbnails.append(Image.open(io.BytesIO(b64decode(data))))
            self.thumbnails[-1].load()

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def coco(folder: Path) -> Path:
    """The pictures and their objects, written as COCO beside them."""
    images, objects = [], []
    for number, (name, boxes) in enumerate(BOXES.items(), 1):
        shutil.copy(str(files("resources") / "samples" / name), folder / name)
        with Image.open(folder / name) as picture:
            width, height = picture.size
        images.append({"id": number, "file_name": name, "width": width, "height": height})
        for x0, y0, x1, y1 in boxes:
            found = {"id": len(objects) + 1, "image_id": number, "category_id": 1, "iscrowd": 0}
            objects.append({**found, "bbox": [x0, y0, x1 - x0, y1 - y0], "area": 1.0})
    told = {"images": images, "annotations": objects, "categories": [{"id": 1, "name": "person"}]}
    path = folder / "truth.json"
    path.write_text(json.dumps(told))
    return path


def rows(program: Program) -> list[list[str]]:
    return [[cell["text"] for cell in row] for row in program.widget(OBJECTS)["rows"]]


def listed(program: Program, count: int) -> list[list[str]]:
    program.until_widget(OBJECTS, lambda now: len(now["rows"]) == count, f"{count} objects")
    return rows(program)


def report(program: Program, path: Path) -> str:
    """Write the objects into a file through the dialog."""
    program.click("detection.survey.report.button")
    program.until_widget("fileNameEdit", lambda now: now["visible"], "the file dialog")
    program.fill("fileNameEdit", str(path))
    wait_until(path.exists, f"{path.name} written")
    return path.read_text(encoding="utf-8")


def header(program: Program, column: int) -> tuple[float, float]:
    """Where a column's head is."""
    table = program.widget(OBJECTS)
    x, _, width, _ = table["rows"][0][column]["rect"]
    return x + width / 2, table["rect"][1] + 12


def thumbnails(program: Program) -> list[float]:
    """How much the pixels of each row's thumbnail differ on the screen."""
    with Image.open(program.picture("survey-objects")) as picture:
        seen = picture.convert("L")
    rects = [row[0]["rect"] for row in program.widget(OBJECTS)["rows"]]
    places = [(x + 8, y + 8, x + width - 8, y + height - 8) for x, y, width, height in rects]
    return [ImageStat.Stat(seen.crop(place)).stddev[0] for place in places]


def test_objects_are_opened_where_they_were_lost_written_and_compared(
    thalweg: Start, tmp_path: Path
) -> None:
    album = tmp_path / "album"
    album.mkdir()
    truth = coco(album)
    program = detected(thalweg(album).ready(), "airfield.jpg")
    program.menu("detection.truth.open")
    program.until_widget("fileNameEdit", lambda now: now["visible"], "the file dialog")
    program.fill("fileNameEdit", str(truth))
    program.until_state(CANVAS, lambda now: now["truth"].get("found") == 2, "what is found")

    program.key("ctrl+shift+r")
    bar = program.widget("detection.survey.tabs.bar", DETECT_S)
    x, y, width, height = bar["rects"][1]
    program.click_at((x + width / 2, y + height / 2))
    told = listed(program, 4)
    assert sorted(row[1] for row in told) == [*["airfield.jpg"] * 3, "astronaut.jpg"]
    assert {row[2] for row in told} == {"person"}
    assert min(thumbnails(program)) > 8, "pictures, not plain cells"

    # Order and filter.
    program.click_at(header(program, 5))
    program.until_widget(
        OBJECTS, lambda now: now["rows"][0][5]["text"] == "–", "those without a score first"
    )
    scores = [row[5] for row in rows(program)]
    assert scores == sorted(scores, key=lambda text: -1.0 if text == "–" else float(text))
    program.choose(OUTCOME, "lost")
    (lost,) = listed(program, 1)
    assert lost[4] != "Found"
    program.click_cell(OBJECTS, 1, "airfield.jpg")
    scale = program.state(CANVAS)["scale"]
    state = program.until_state(
        CANVAS, lambda now: marked(now, "asked") and now["scale"] != scale and now, "the object"
    )
    assert [round(side) for side in marked(state, "asked")[0]["box"]] == list(SMALL)
    assert program.widget(TEXT)["text"]

    # Both reports have every object.
    table = list(csv.DictReader(io.StringIO(report(program, tmp_path / "objects.csv"))))
    assert [row["outcome"] for row in table].count("found") == 3 and len(table) == 4
    page = Page(report(program, tmp_path / "objects.html"))
    assert len(page.rows) == 5 and len(page.thumbnails) == 4
    assert page.rows[1][4] == table[2]["outcome"].replace("_", " "), "the lost one first"
    assert all(min(picture.size) > 16 for picture in page.thumbnails)

    # Other settings: who is found by which.
    program.click("detection.survey.close.button")
    slide(program, NMS, 0.0)
    program.key("ctrl+shift+r")
    program.until_widget(FINDER, lambda now: now["visible"], "what it is compared with", DETECT_S)
    program.choose(OUTCOME, program.widget(OUTCOME)["items"][0])
    listed(program, 4)
    finders = program.widget(FINDER)
    counts = {
        found_by: int(re.findall(r"\d+", text)[-1])
        for found_by, text in zip(finders["ids"], finders["items"], strict=True)
        if found_by
    }
    assert counts == {"both": 2, "first": 0, "second": 1, "neither": 1}
    program.choose(FINDER, "second")
    (row,) = listed(program, 1)
    assert row[4] != "Found" and row[6] == "Found"
    program.click_cell(OBJECTS, 1, row[1])

    def asked(now: dict[str, Any]) -> bool:
        found = marked(now, "asked")
        return bool(found) and [round(side) for side in found[0]["box"]] == list(SUPPRESSED)

    program.until_state(CANVAS, asked, "the object that the other survey found")
    program.picture("survey-compared")
    program.click("detection.survey.close.button")
    program.until(lambda seen: not seen["dialogs"], "the window alone")
