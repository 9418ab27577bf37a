"""YOLO, LabelMe, VOC and COCO as other programs write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.annotations.ground_truth import GroundTruth
from engine.annotations.reading import find_truth
from engine.annotations.yolo import read_data_file
from engine.errors import InputError
from engine.training.datasets import CocoPictures

HEIGHT, WIDTH = 100, 200
FIGURE = "0.5 0.5 2 0.45 0.6 1 0 0 0"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.fromarray(np.zeros((HEIGHT, WIDTH, 3), np.uint8)).save(tmp_path / "a.png")
    return tmp_path


def read(folder: Path) -> GroundTruth:
    truth = find_truth(folder / "a.png")
    assert truth is not None
    return truth


def boxes(folder: Path) -> list[list[float]]:
    return [np.round(each.box, 2).tolist() for each in read(folder).objects]


BOX = [60, 30, 140, 70]
BOX_TEXT = "0.5 0.5 0.4 0.4"


@pytest.mark.parametrize(
    ("line", "box"),
    [
        (f"0.0 {BOX_TEXT}", BOX),
        (f"0 {BOX_TEXT} 0.9", BOX),
        (f"0 {BOX_TEXT} {FIGURE}", BOX),
        (f"0 {BOX_TEXT}" + " 0.5 0.5 2" * 17, BOX),
        (f"0 {BOX_TEXT} 0.5 0.5 2", BOX),
        (f"0 {BOX_TEXT} 0.5 0.5 1 0.4 0.4 0", BOX),
        ("0 0.2 0.3 0.1 0.2 0.18 0.3 0.24 0.38", [30, 20, 50, 40]),  # points without visible
        ("0 0.5 0.5 0.52 0.5 0.51 0.53", [100, 50, 104, 53]),  # a small polygon in the middle
        ("0 0.1 0.1 0.9 0.1 0.9 0.9 0.1 0.9", [20, 10, 180, 90]),
        ("0 0.1 0.1 0.9 0.1 0.9 0.9 0.5 0.95 0.1 0.9", [20, 10, 180, 95]),
    ],
)
def test_lines_of_yolo(folder: Path, line: str, box: list[float]) -> None:
    (folder / "a.txt").write_bytes(b"\xef\xbb\xbf" + f"{line}\r\n\r\n".encode())
    assert boxes(folder) == [box]


def test_a_line_whose_length_fits_nothing_is_named(folder: Path) -> None:
    (folder / "a.txt").write_text(
        f"0 {BOX_TEXT}\n0 1 2\n0 .1 .1 .9 .1 .9 .9 .1 .9 .9\nx {BOX_TEXT}"
    )
    assert boxes(folder) == [BOX]
    (sentence,) = read(folder).tally().sentences()
    assert sentence == "3 of 4 objects left out: 3 in lines that cannot be read (a.txt:2)."
    (folder / "a.txt").write_text("\n\n0 1 2\n")
    with pytest.raises(InputError, match=r"not a YOLO file; see a\.txt:3"):
        read(folder)


def test_the_data_file_says_how_many_keypoints(folder: Path) -> None:
    (folder / "data.yaml").write_text("kpt_shape: [2, 2]\nnames: {0: cat}\n")
    (folder / "a.txt").write_text("0 0.5 0.5 0.52 0.5 0.51 0.53 0.5 0.55\n")
    assert boxes(folder) == [[48, 25, 152, 75]], "in place of a polygon of 4 points"
    (folder / "data.yaml").write_text("kpt_shape: [3, 3]\nnames: {0: cat}\n")
    assert boxes(folder) == [[100, 50, 104, 55]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("names: ['a, b', \"c\", d's]  # three\nnc: 3\n", {0: "a, b", 1: "c", 2: "d's"}),
        ("names:\r\n  3: x # y\r\n  1: 'z'\r\nkpt_shape: [17, 3]\r\n", {3: "x", 1: "z"}),
        ("\ufeffnames:\n- a\n-  b\n", {0: "a", 1: "b"}),
        ('names: {0: a, 1: "b"}\n', {0: "a", 1: "b"}),
        ("names: [\n  a,\n  b,\n]\n", {0: "a", 1: "b"}),
        ("nc: 3\n", {}),
        ("names:\n", {}),
        ("names: [a\n", {}),
    ],
)
def test_names_of_a_data_file(tmp_path: Path, text: str, names: dict[int, str]) -> None:
    file = tmp_path / "data.yaml"
    file.write_bytes(text.encode())
    assert read_data_file(file).names == names


def labelme(folder: Path, shapes: list[dict[str, Any]], **changes: Any) -> None:
    told = {"shapes": shapes, "imagePath": "a.png", "imageHeight": HEIGHT, "imageWidth": WIDTH}
    (folder / "a.json").write_text(json.dumps({**told, **changes}))


@pytest.mark.parametrize(
    ("kind", "points", "box"),
    [
        ("rotation", [[20, 10], [40, 10], [40, 30], [20, 30]], [20, 10, 40, 30]),
        ("quadrilateral", [[20, 10], [40, 12], [38, 30], [22, 28]], [20, 10, 40, 30]),
        ("rectangle", [[40, 30], [20, 10]], [20, 10, 40, 30]),
        ("rectangle", [[20, 10], [40, 10], [40, 30], [20, 30]], [20, 10, 40, 30]),
        ("circle", [[30, 20], [40, 20]], [20, 10, 40, 30]),
        ("ellipse", [[30, 20], [40, 20], [30, 30]], [20, 10, 40, 30]),
        ("ellipse", [[20, 10], [40, 30]], [20, 10, 40, 30]),
        (None, [["20", 10.0], [40, 10], [40, 30]], [20, 10, 40, 30]),
    ],
)
def test_shapes_that_have_an_area(folder: Path, kind: Any, points: Any, box: list[float]) -> None:
    labelme(folder, [{"label": "cat", "points": points, "shape_type": kind}])
    assert boxes(folder) == [box]


def test_other_shapes_are_counted(folder: Path) -> None:
    cube = [[1, 1], [9, 1], [9, 9], [1, 9], [3, 3], [11, 3], [11, 11], [3, 11]]
    shapes = [
        {"label": 7, "points": [[20, 10], [40, 30]], "shape_type": "rectangle", "group_id": 1},
        {"label": "nose", "points": [[22, 12]], "shape_type": "point", "group_id": 1},
        {"label": "x", "points": [[22, 12]], "shape_type": "point"},
        {"label": "x", "points": [[22, 12], [30, 30]], "shape_type": "line"},
        {"label": "x", "points": cube, "shape_type": "cuboid"},
        {"label": "x", "points": [[float("nan"), 1], [2, 2], [3, 5]], "shape_type": "polygon"},
        {"label": "x", "points": [[1, 1], [2, 2]], "shape_type": "polygon"},
        {"label": "x", "points": [[5, 5], [5, 9]], "shape_type": "rectangle"},
        {"label": None, "points": [[5, 5], [9, 9]], "shape_type": "rectangle"},
        {"label": "x", "points": [[5, 5], [9, 9]], "shape_type": "mask", "mask": "AAAA"},
        "x",
    ]
    labelme(folder, shapes)
    truth = read(folder)
    assert [each.name for each in truth.objects] == ["7", "x"]
    left_out, outlines = truth.tally().sentences()
    assert left_out.startswith("8 of 10 objects left out: ")
    for words in ("1 of unknown shape 'cuboid'", "1 of shape 'line'", "1 of shape 'point'",
                  "1 without area", "1 without a class", "1 with too few points",
                  "1 with values that are no numbers", "1 that are no objects"):  # fmt: skip
        assert words in left_out
    assert "1 with a mask that is no picture" in outlines


def test_a_labelme_file_is_known_by_its_keys(folder: Path) -> None:
    shape = {"label": "cat", "points": [[20, 10], [40, 30]], "shape_type": "rectangle"}
    told = {"flags": {}, "imageData": "A" * 9000, "imageHeight": HEIGHT, "imageWidth": WIDTH}
    (folder / "a.json").write_text(json.dumps({**told, "shapes": [shape], "version": "5"}))
    assert read(folder).format == "labelme"


@pytest.mark.parametrize("first", ["remark", "images", "annotations", "categories"])
def test_a_coco_file_is_known_by_its_keys(folder: Path, first: str) -> None:
    content: dict[str, Any] = {
        "categories": [{"id": 2, "name": "shapes"}, {"id": 3, "name": '"shapes": ['}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 2, "bbox": [1, 1, 9, 9]}],
        "images": [{"id": 1, "file_name": "a.png"}],
        "remark": "x" * 9000,
    }
    ordered = {first: content[first], **content}
    (folder / "gt.json").write_text(json.dumps(ordered))
    assert read(folder).format == "coco"


VOC = (
    "<annotation><size><width>{width}</width><height>{height}</height></size>"
    "<object><name>{name}</name><bndbox><xmin>3</xmin><ymin>7.0</ymin><xmax> 38 </xmax>"
    "<ymax>30</ymax></bndbox></object>{more}</annotation>"
)


def voc(folder: Path, head: str = "", encoding: str = "utf-8", **changes: Any) -> None:
    told = {"width": WIDTH, "height": HEIGHT, "name": "cat", "more": "", **changes}
    (folder / "a.xml").write_bytes((head + VOC.format(**told)).encode(encoding))


def test_voc_with_sizes_that_are_floats(folder: Path) -> None:
    voc(folder, width="200.0", height="100.0")
    assert boxes(folder) == [[2, 6, 38, 30]]
    voc(folder, width="", height="0")
    assert boxes(folder) == [[2, 6, 38, 30]]


@pytest.mark.parametrize(
    ("declared", "encoding", "name"),
    [("gbk", "gbk", "人"), ("windows-1251", "cp1251", "кот"), ("Shift_JIS", "shift_jis", "猫"),
     ("utf-8", "utf-8-sig", "кот"), ("utf-16", "utf-16", "кот"), ("latin-1", "latin-1", "é")],
)  # fmt: skip
def test_voc_in_the_encoding_that_it_names(
    folder: Path, declared: str, encoding: str, name: str
) -> None:
    voc(folder, f"<?xml version='1.0' encoding='{declared}'?>\r\n", encoding, name=name)
    assert [each.name for each in read(folder).objects] == [name]


@pytest.mark.parametrize("declared", ["klingon", "rot13", "undefined"])
def test_an_encoding_that_nobody_knows_is_named(folder: Path, declared: str) -> None:
    voc(folder, f'<?xml version="1.0" encoding="{declared}"?>')
    with pytest.raises(InputError, match=rf"a\.xml: its encoding '{declared}' is unknown"):
        read(folder)


def test_voc_objects_without_corners(folder: Path) -> None:
    turned = "<cx>100</cx><cy>50</cy><w>40</w><h>20</h><angle>0</angle>"
    polygon = "<x1>10</x1><y1>10</y1><x2>30</x2><y2>10</y2><x3>20</x3><y3>40</y3>"
    more = (
        f"<object><name>a</name><robndbox>{turned}</robndbox></object>"
        f"<object><name>b</name><polygon>{polygon}</polygon></object>"
        "<object><name>c</name></object><object><bndbox/></object>"
        "<object><name>d</name><bndbox><xmin>x</xmin></bndbox></object>"
    )
    voc(folder, more=more)
    assert boxes(folder) == [[2, 6, 38, 30], [80, 40, 120, 60], [10, 10, 30, 40]]
    (sentence,) = read(folder).tally().sentences()
    assert sentence.startswith("3 of 6 objects left out: 2 without a usable box, 1 without a class")


def test_values_of_coco_as_strings_and_numbers(folder: Path) -> None:
    mark = {"id": "1", "image_id": 1.0, "category_id": "2", "bbox": ["1", "1", 9.0, "9"]}
    bad = [{**mark, "bbox": box} for box in (None, [], [1, 1, -3, 4], [0, 0, 1e999, 4])]
    content = {
        "images": [{"id": "1", "file_name": "a.png", "width": "200", "height": 100.0}, {}, 7],
        "categories": [{"id": 2.0, "name": 5}, {"name": "x"}],
        "annotations": [mark, *bad, {**mark, "area": "abc", "iscrowd": "1"}, 3],
    }
    (folder / "gt.json").write_text(json.dumps(content))
    truth = read(folder)
    assert boxes(folder) == [[1, 1, 10, 10]] * 2 and [o.name for o in truth.objects] == ["5", "5"]
    assert [each.ignore for each in truth.objects] == [False, True]
    pictures = CocoPictures(folder / "gt.json")
    assert pictures.classes == ("5",) and pictures.load(0).labels.tolist() == [1]
    assert pictures.notes == (
        "gt.json: 5 of 7 objects left out: 4 without a usable box,"
        " 1 that are no objects of the format.",
        "gt.json: 2 of 3 pictures left out: 1 that are no pictures of the format,"
        " 1 without an id of their own.",
        "gt.json: 1 of 2 classes left out: 1 without an id or a name.",
    )
