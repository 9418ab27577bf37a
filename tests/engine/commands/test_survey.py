"""The command `survey`: its figures, tables and sentences."""

from __future__ import annotations

import csv
import json
import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from shutil import copy

import pytest
from PIL import Image

from engine.pictures.samples import sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one picture of generated shapes."""
    made = tmp_path / "pictures"
    made.mkdir()
    copy(sample("shapes"), made)
    return made


def test_what_a_model_finds_itself_is_all_found(run, folder: Path, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    words = (folder, "--model", "shapes")
    assert run("detect", *words, "--out", marks, "--format", "coco")[0] == 0
    truth = next(marks.glob("*.json"))
    count = len(json.loads(truth.read_text())["annotations"])
    assert count > 1
    code, out, err = run("survey", *words, "--truth", truth, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["objects"] == told["funnel"]["all"]["found"] == count
    assert told["metrics"]["bbox"]["AP50"] == pytest.approx(1)
    curves = told["precision_recall"].values()
    assert all(set(curve) == {"objects", "AP50", "precision"} for curve in curves)
    mean = sum(curve["AP50"] for curve in curves) / len(curves)
    assert told["metrics"]["bbox"]["AP50"] == pytest.approx(mean)
    assert told["worst"] == [{"path": str(folder / "shapes.png"), "errors": 0}]
    code, out, _ = run("survey", *words, "--truth", truth)
    assert code == 0 and f"{count} objects, {count} found" in out


def test_every_object_is_a_line_of_the_csv_and_of_the_page(
    run, folder: Path, tmp_path: Path
) -> None:
    truth = marks(
        folder,
        [
            {"bbox": [10, 10, 60, 40], "category_id": 1},
            {"bbox": [100, 60, 50, 50], "category_id": 1},
        ],
    )
    table, page = tmp_path / "objects.csv", tmp_path / "objects.html"
    words = ("--truth", truth, "--model", "shapes", "--csv", table, "--html", page, "--json")
    code, out, _ = run("survey", folder, *words)
    losses = json.loads(out)["losses"]
    assert code == 0 and len(losses) == 2
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["class"], row["outcome"]) for row in rows] == [
        (loss["class"], loss["outcome"]) for loss in losses
    ]
    assert [[float(row[name]) for name in ("x0", "y0", "x1", "y1")] for row in rows] == [
        loss["box"] for loss in losses
    ]
    told = page.read_text(encoding="utf-8")
    pictures = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', told)
    assert len(pictures) == 2
    for data in pictures:
        with Image.open(BytesIO(b64decode(data))) as image:
            assert max(image.size) == 72
    assert all(loss["outcome"].replace("_", " ") in told for loss in losses)


@pytest.mark.parametrize(
    ("words", "named"),
    [(("--iou", 7), "iou"), (("--score", "high"), "high"), (("--max-detections", 1.5), "1.5")],
)
def test_a_bad_value_is_named_in_one_line(run, folder: Path, words: tuple, named: str) -> None:
    code, out, err = run("survey", folder, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err


def test_a_folder_that_is_not_there_is_one_sentence(run, tmp_path: Path) -> None:
    code, out, err = run("survey", tmp_path / "nothing")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert str(tmp_path / "nothing") in err


def marks(folder: Path, objects: list[dict], name: str = "shapes.png", **image: object) -> Path:
    """COCO ground truth of two pictures, the second a background."""
    path = folder / "gt.json"
    told = {
        "images": [{"id": 1, "file_name": name, **image}, {"id": 2, "file_name": "empty.png"}],
        "annotations": [{"image_id": 1, "category_id": 1, **each} for each in objects],
        "categories": [{"id": 1, "name": "disc"}],
    }
    path.write_text(json.dumps(told))
    return path


def test_a_background_is_no_error_and_what_is_left_out_is_told(run, folder: Path) -> None:
    Image.new("RGB", (64, 48)).save(folder / "empty.png")
    marks(folder, [{"bbox": [10, 10, 50, 50]}, {"bbox": []}, {"bbox": [5, 5, 0, 9]}])
    code, out, err = run("survey", folder, "--model", "shapes")
    assert (code, err) == (0, "")
    assert out.startswith("2 pictures, 1 object, ")
    assert "2 of 3 objects left out: 1 without area, 1 without a usable box." in out.split("\n")
    code, out, _ = run("survey", folder / "empty.png", "--model", "shapes", "--json")
    told = json.loads(out)
    assert (code, told["pictures"], told["objects"], told["notes"]) == (0, 1, 0, [])


def test_a_picture_of_another_size_is_named_and_left_out(run, folder: Path) -> None:
    Image.new("RGB", (64, 48)).save(folder / "empty.png")
    marks(folder, [{"bbox": [10, 10, 50, 50]}], width=77, height=333)
    code, out, err = run("survey", folder, "--model", "shapes")
    assert code == 2 and "shapes.png is " in err and "gt.json says 77 x 333" in err
    assert out.startswith("1 picture, 0 objects")


def test_the_folder_of_the_pictures_can_be_named(run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    copy(folder / "shapes.png", tmp_path / "other")
    truth = marks(tmp_path, [{"bbox": [10, 10, 50, 50]}])
    both = (folder, tmp_path / "other", "--truth", truth, "--model", "shapes")
    code, _, err = run("survey", *both)
    assert code == 2 and err.count("2 pictures are called shapes.png") == 2
    code, out, err = run("survey", *both, "--images", folder)
    assert (code, err) == (0, "") and out.startswith("1 picture, 1 object")
