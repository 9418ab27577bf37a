"""Where data sets lay things, and which picture an annotation means."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.annotations.layouts import find_json
from engine.annotations.reading import find_truth, read_truth
from engine.errors import InputError
from engine.training.datasets import CocoPictures

SIZE = (40, 60)
VOC = "<annotation><object><name>cat</name><bndbox><xmin>3</xmin><ymin>3</ymin><xmax>20</xmax>"
VOC += "<ymax>20</ymax></bndbox></object></annotation>"


def save(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.zeros((*SIZE, 3), np.uint8)).save(path)
    return path


def coco(path: Path, names: Sequence[str]) -> Path:
    """A file whose n-th picture has an object n px wide."""
    path.parent.mkdir(parents=True, exist_ok=True)
    images: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    for number, name in enumerate(names, start=1):
        images.append({"id": number, "file_name": name, "height": SIZE[0], "width": SIZE[1]})
        box = [1, 1, number, 9]
        marks.append({"id": number, "image_id": number, "category_id": 1, "bbox": box})
    categories = [{"id": 1, "name": "cat"}]
    told = {"images": images, "annotations": marks, "categories": categories}
    path.write_text(json.dumps(told))
    return path


def wide(picture: Path, truth: Any = None) -> int | None:
    """The width of a picture's one object."""
    found = find_truth(picture) if truth is None else truth.of(picture)
    return None if found is None else int(found.boxes[0, 2] - found.boxes[0, 0])


@pytest.mark.parametrize(
    ("file", "picture", "name"),
    [
        ("annotations/instances_train2017.json", "train2017/a.png", "a.png"),
        ("annotations/instances_train2017.json", "images/train2017/a.png", "a.png"),
        ("annotations/instances_default.json", "images/a.png", "a.png"),
        ("annotations/instances_default.json", "images/default/a.png", "a.png"),
        ("train/_annotations.coco.json", "train/a.png", "a.png"),
        ("gt.json", "a.png", "images\\a.png"),
        ("gt.json", "images/a.png", "images\\a.png"),
        ("gt.json", "deep/er/a.png", "deep/er/a.png"),
        ("gt.json", "a.png", "C:\\Users\\x\\a.png"),
        ("gt.json", "a.png", "/somewhere/else/a.png"),
    ],
)
def test_coco_and_its_pictures_find_each_other(
    tmp_path: Path, file: str, picture: str, name: str
) -> None:
    path, picture_path = coco(tmp_path / file, [name]), save(tmp_path / picture)
    assert wide(picture_path, read_truth(path)) == 1
    assert CocoPictures(path).pixels(0).shape == (*SIZE, 3)
    if picture != "deep/er/a.png":
        assert wide(picture_path) == 1
        assert find_json(tmp_path) == path


@pytest.mark.parametrize(
    ("file", "picture", "text"),
    [
        ("labels/train/a.txt", "images/train/a.png", "0 .5 .5 .25 .5"),
        ("train/labels/a.txt", "train/images/a.png", "0 .5 .5 .25 .5"),
        ("labels/a.txt", "images/a.PNG", "0 .5 .5 .25 .5"),
        ("Annotations/a.xml", "JPEGImages/a.png", VOC),
        ("a.xml", "a.png", VOC),
    ],
)
def test_label_files_and_pictures_find_each_other(
    tmp_path: Path, file: str, picture: str, text: str
) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    picture_path = save(tmp_path / picture)
    assert find_truth(picture_path) is not None
    for named in (path, path.parent, tmp_path):
        truth = read_truth(named, [picture_path])
        found = truth.of(picture_path)
        assert found is not None and len(found.objects) == 1
    assert read_truth(path).of(picture_path) is not None


def test_a_data_file_of_yolo_names_its_folders(tmp_path: Path) -> None:
    picture = save(tmp_path / "set" / "images" / "train" / "a.png")
    labels = tmp_path / "set" / "labels" / "train"
    labels.mkdir(parents=True)
    (labels / "a.txt").write_text("1 .5 .5 .25 .5\r\n")
    data = tmp_path / "data.yaml"
    data.write_text("path: set  # here\ntrain: images/train\nval: [images/val]\nnames: [a, b]\n")
    found = read_truth(data).of(picture)
    assert found is not None and found.objects[0].number == 1
    data.write_text("train: nowhere\n")
    with pytest.raises(InputError, match=r"data\.yaml"):
        read_truth(data)


def test_pictures_of_one_name_keep_their_own_objects(tmp_path: Path) -> None:
    first, second = save(tmp_path / "1" / "a.png"), save(tmp_path / "2" / "a.png")
    path = coco(tmp_path / "gt.json", ["1/a.png", "2\\a.png"])
    for truth in (None, read_truth(path), read_truth(path, [first, second])):
        assert (wide(first, truth), wide(second, truth)) == (1, 2)
    moved = coco(tmp_path / "elsewhere" / "x" / "gt.json", ["1/a.png", "2/a.png"])
    truth = read_truth(moved, [first, second])
    assert (wide(first, truth), wide(second, truth)) == (1, 2)


def test_a_name_that_means_another_picture_is_not_taken(tmp_path: Path) -> None:
    first, second = save(tmp_path / "1" / "a.png"), save(tmp_path / "2" / "a.png")
    truth = read_truth(coco(tmp_path / "1" / "gt.json", ["a.png"]), [first, second])
    assert (wide(first, truth), wide(second, truth)) == (1, None)


def test_a_name_that_may_mean_two_pictures_is_said(tmp_path: Path) -> None:
    first, second = save(tmp_path / "1" / "a.png"), save(tmp_path / "2" / "a.png")
    path = coco(tmp_path / "x" / "y" / "gt.json", ["a.png"])
    truth = read_truth(path, [first, second])
    for picture in (first, second):
        with pytest.raises(InputError, match=r"2 pictures are called a\.png") as raised:
            truth.of(picture)
        assert "gt.json" in str(raised.value)
    assert wide(first, read_truth(path, [first])) == 1, "alone it is plain"
    twice = read_truth(coco(tmp_path / "x" / "z" / "gt.json", ["u/a.png", "v/a.png"]), [first])
    with pytest.raises(InputError, match=r"2 pictures are called a\.png"):
        twice.of(first)
    named = read_truth(path, [first, second], images=tmp_path / "2")
    assert (wide(first, named), wide(second, named)) == (None, 1)


def test_a_damaged_file_of_a_folder_is_told_with_its_picture(tmp_path: Path) -> None:
    good, bad = save(tmp_path / "a.png"), save(tmp_path / "b.png")
    (tmp_path / "a.xml").write_text(VOC)
    (tmp_path / "b.xml").write_text("<annotation>\n<object>")
    truth = read_truth(tmp_path)
    assert truth.of(good) is not None and truth.of(save(tmp_path / "c.png")) is None
    with pytest.raises(InputError, match=r"b\.xml:2"):
        truth.of(bad)


def test_training_looks_where_it_is_told_and_says_where_it_looked(tmp_path: Path) -> None:
    path = coco(tmp_path / "set" / "gt.json", ["sub/a.png", "b.png"])
    save(tmp_path / "far" / "sub" / "a.png")
    pictures = CocoPictures(path, images=tmp_path / "far")
    assert pictures.pixels(0).shape == (*SIZE, 3)
    with pytest.raises(InputError, match=r"b\.png is not in \.\./far/, .* \./, images/.*--images"):
        pictures.pixels(1)


def test_a_folder_of_several_files_names_them(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no annotations .* annotations/"):
        find_json(tmp_path)
    for name in ("instances_train2017.json", "instances_val2017.json"):
        coco(tmp_path / "annotations" / name, ["a.png"])
    with pytest.raises(InputError, match=r"2 JSON files .*instances_train2017\.json, "):
        find_json(tmp_path)


def test_a_name_that_is_no_utf8_finds_its_file(tmp_path: Path) -> None:
    if sys.platform != "linux":
        return  # elsewhere no file has such a name
    name = os.fsdecode(b"fran\xe7ois.png")
    picture = save(tmp_path / "made.png").rename(tmp_path / name)
    path = coco(tmp_path / "gt.json", ["X"])
    path.write_bytes(path.read_bytes().replace(b"X", b"fran\xe7ois.png"))
    assert wide(picture) == wide(picture, read_truth(path)) == 1
    assert CocoPictures(path).pixels(0).shape == (*SIZE, 3)
