"""Twenty pictures are judged by keyboard alone, and what was accepted is exported."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pycocotools.coco import COCO

from engine.training.synthetic_shapes import scene
from tests.hands.detection.test_detection import CANVAS, DETECT_S, Start, detected, idle
from tests.hands.program import Program
from tests.hands.screen import wait_until

PICTURES, CONTENTS = 20, 4
Box = tuple[float, float, float, float]
Judged = list[tuple[str, Box]]


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Twenty small pictures with the contents of four."""
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(PICTURES):
        file = folder / f"{number:02d}.png"
        if number < CONTENTS:
            Image.fromarray(scene(5, number).pixels).resize((160, 160)).save(file)
        else:
            shutil.copy(folder / f"{number % CONTENTS:02d}.png", file)
    return folder


def review(program: Program) -> dict[str, Any]:
    told: dict[str, Any] = program.state(CANVAS)["review"]
    return told


def until_review(program: Program, holds: Any, what: str) -> None:
    program.until_state(CANVAS, lambda now: holds(now["review"]), what)


def until_state(program: Program, row: int, state: str) -> None:
    until_review(program, lambda now: now["objects"][row]["state"] == state, f"{row} is {state}")


def judge(program: Program, picture: int) -> Judged:
    """Go through a picture's objects, each another way, and give what is then accepted."""
    objects, accepted = review(program)["objects"], []
    for row, each in enumerate(objects):
        until_review(program, lambda now, row=row: now["chosen"] == row, f"{row} chosen")
        name, box, turn = each["name"], tuple(each["box"]), (picture + row) % 4
        if turn == 0:
            program.key("d")
            until_state(program, row, "rejected")
        elif turn == 1:
            program.key("3", "Tab")
            until_state(program, row, "accepted" if name == "triangle" else "changed")
            accepted.append(("triangle", box))
        elif turn == 2:
            program.key("Left", "shift+Up", "Tab")
            until_state(program, row, "changed")
            x = min(1.0, box[0])
            accepted.append((name, (box[0] - x, box[1], box[2] - x, box[3] - 1)))
        else:
            program.key("a")
            until_state(program, row, "accepted")
            accepted.append((name, box))
    return accepted


def test_twenty_pictures_by_keyboard_alone(thalweg: Start, album: Path, tmp_path: Path) -> None:
    program = detected(thalweg(album).ready(), "00.png")
    program.choose("detection.model.combo", "shapes")
    program.until_state(CANVAS, lambda now: now["runs"] == 2, "the other model's answer", DETECT_S)
    idle(program)
    program.click(CANVAS, at=(0.5, 0.02))
    program.key("ctrl+shift+a")
    judged = {}
    for number in range(PICTURES):
        name = f"{number:02d}.png"
        program.until_state(
            CANVAS,
            lambda now, name=name, runs=number + 2: now["picture"] == name and now["runs"] == runs,
            f"{name} detected",
            DETECT_S,
        )
        until_review(program, lambda now: now["on"], "the pass")
        judged[name] = judge(program, number)
        if number == 1:
            count = len(review(program)["objects"])
            program.key("n")
            until_review(program, lambda now, count=count: len(now["objects"]) > count, "one drawn")
            program.key("ctrl+z")
            until_review(
                program, lambda now, count=count: len(now["objects"]) == count, "none drawn"
            )
            program.key("ctrl+y")
            until_review(
                program, lambda now, count=count: len(now["objects"]) > count, "drawn again"
            )
            drawn = review(program)["objects"][-1]
            judged[name].append((drawn["name"], tuple(drawn["box"])))
            program.picture("annotation")
        program.key("Return")
    program.until_widget(
        "detection.annotation.pictures.label",
        lambda now: now["text"] == f"pictures: {PICTURES} of {PICTURES}",
        "all judged",
    )
    program.key("ctrl+e")
    out = tmp_path / "out"
    program.fill("detection.export.folder.field", str(out), enter=False)
    program.click("detection.export.png.check", at=(0.05, 0.5))
    program.click("detection.export.ok.button")
    (file,) = wait_until(lambda: list(out.glob("annotations.json")), "the annotations", DETECT_S)
    wait_until(lambda: read(file) == approximately(judged), "what was judged", DETECT_S)


def read(file: Path) -> dict[str, Judged]:
    """Class and box of every object, as pycocotools reads them."""
    told = COCO(str(file))
    names = {each["id"]: each["name"] for each in told.dataset["categories"]}
    found = {}
    for image in told.dataset["images"]:
        objects = told.loadAnns(told.getAnnIds(imgIds=[image["id"]]))
        found[image["file_name"]] = [
            (names[each["category_id"]], corners(each["bbox"])) for each in objects
        ]
    return found


def corners(box: list[float]) -> Box:
    x, y, width, height = box
    return x, y, x + width, y + height


def approximately(judged: dict[str, Judged]) -> dict[str, Any]:
    return {
        name: [(label, pytest.approx(box, abs=0.01)) for label, box in objects]
        for name, objects in judged.items()
    }
