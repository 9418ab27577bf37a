"""The command `shapes`: a data set of generated scenes that training reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from pycocotools import mask as rle

from engine.training.datasets import CocoPictures
from engine.training.synthetic_shapes import CLASSES, KEYPOINTS, ShapesPictures


def test_scenes_become_a_coco_data_set(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "scenes"
    code, printed, _ = run("shapes", "--count", 3, "--seed", 5, "--out", out, "--json")
    assert code == 0
    told = json.loads((out / "annotations.json").read_text())
    assert json.loads(printed)["objects"] == len(told["annotations"])
    assert sorted(path.name for path in out.iterdir()) == [
        "annotations.json", "scene-0001.png", "scene-0002.png", "scene-0003.png",
    ]  # fmt: skip
    person = told["categories"][-1]
    assert (person["name"], person["keypoints"]) == ("person", list(KEYPOINTS))
    assert all("keypoints" not in category for category in told["categories"][:-1])
    assert isinstance(told["annotations"][0]["segmentation"]["counts"], str)
    drawn, read = ShapesPictures(5, 3), CocoPictures(out)
    assert read.classes == CLASSES
    for index in range(3):
        one, other = drawn.load(index), read.load(index)
        for name in ("pixels", "boxes", "labels", "masks", "keypoints"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    item = told["annotations"][0]
    assert item["area"] == rle.area(item["segmentation"])


def test_some_classes_alone_are_drawn_and_unknown_ones_named(run: Any, tmp_path: Path) -> None:
    assert run("shapes", "--count", 2, "--classes", "star, ring", "--out", tmp_path)[0] == 0
    told = json.loads((tmp_path / "annotations.json").read_text())
    assert [category["name"] for category in told["categories"]] == ["star", "ring"]
    code, _, err = run("shapes", "--classes", "blob", "--out", tmp_path)
    assert code == 2
    assert "blob" in err
