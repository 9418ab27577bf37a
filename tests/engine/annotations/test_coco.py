"""The one reader of COCO files, as ground truth and as training take it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as rle

from engine.annotations import coco, labelme
from engine.annotations.coco_file import read_file_steps
from engine.annotations.ground_truth import GroundTruth
from engine.annotations.json_stream import finish
from engine.annotations.reading import find_truth, read_truth
from engine.errors import InputError
from engine.training.datasets import CocoPictures

HEIGHT, WIDTH = 40, 60
SQUARE = [10, 5, 30, 5, 30, 25, 10, 25]


def object_(**changes: Any) -> dict[str, Any]:
    return {"image_id": 1, "category_id": 2, "bbox": [10, 5, 20, 20], **changes}


def write(folder: Path, objects: list[dict[str, Any]], **changes: Any) -> Path:
    Image.fromarray(np.zeros((HEIGHT, WIDTH, 3), np.uint8)).save(folder / "a.png")
    content = {
        "images": [{"id": 1, "file_name": "a.png", "height": HEIGHT, "width": WIDTH}],
        "categories": [{"id": 2, "name": "shapes", "keypoints": ["tip", "end"]}],
        "annotations": objects,
        **changes,
    }
    path = folder / "marks.json"
    path.write_text("\ufeff" + json.dumps(content), encoding="utf-8")
    return path


def marks(path: Path) -> GroundTruth:
    """What the file says of its picture."""
    truth = read_truth(path).of(path.parent / "a.png")
    assert truth is not None
    return truth


def outlines() -> dict[str, Any]:
    """One square in each of COCO's four spellings."""
    whole = np.zeros((HEIGHT, WIDTH), np.uint8, order="F")
    whole[5:25, 10:30] = 1
    packed = rle.encode(whole)["counts"]
    runs = np.flatnonzero(np.diff(np.concatenate([[0], whole.ravel(order="F"), [0]])))
    counts = np.diff(np.concatenate([[0], runs, [HEIGHT * WIDTH]])).tolist()
    size = [HEIGHT, WIDTH]
    return {
        "polygon": [SQUARE],
        "and a part of two points": [SQUARE, [1, 1, 2, 2]],
        "run lengths": {"size": size, "counts": counts},
        "compressed": {"size": size, "counts": packed.decode()},
    }


@pytest.mark.parametrize("name", outlines())
def test_outline_is_one_mask_for_truth_and_training(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, [object_(segmentation=outlines()[name])])
    (truth,) = marks(path).objects
    example = CocoPictures(path).load(0)
    assert truth.box.tolist() == example.boxes[0].tolist() == [10, 5, 30, 25]
    mask = truth.mask(HEIGHT, WIDTH)
    assert mask is not None
    np.testing.assert_array_equal(rle.decode(mask), example.masks[0])
    assert example.masks[0].sum() == 400


def test_bad_boxes_are_left_out_and_crowds_kept_apart(tmp_path: Path) -> None:
    bad = [object_(bbox=box) for box in (None, [], "x", [1, 2, 3], [0, 0, float("nan"), 4])]
    unknown = [object_(image_id=7), object_(category_id=7)]
    points = object_(keypoints=[12, 6, 2, 0, 0, 0], iscrowd=0)
    path = write(tmp_path, [*bad, *unknown, points, object_(iscrowd=1)])
    content = finish(read_file_steps(path))
    objects, unusable = content.objects_of(content.images[0])
    _, lost = content.objects_of(None)
    assert len(objects) == 2
    reasons = Counter(each.reason.code for each in (*unusable, *lost))
    assert reasons == {"object.box": 5, "object.picture": 1, "object.category": 1}
    assert [each.ignore for each in marks(path).objects] == [False, True]
    pictures = CocoPictures(path)
    assert "7 of 9 objects" in pictures.notes[0]
    example = pictures.load(0)
    assert (len(example.boxes), len(example.ignored)) == (1, 1)
    assert example.keypoints.tolist() == [[[12, 6, 2], [0, 0, 0]]]


def test_a_category_called_shapes_is_no_labelme(tmp_path: Path) -> None:
    path = write(tmp_path, [object_()])
    assert coco.looks_like(path) and not labelme.looks_like(path)
    found = find_truth(tmp_path / "a.png")
    assert found is not None and found.format == "coco"


@pytest.mark.parametrize(
    "changes",
    [{"images": [{"id": 1}]}, {"categories": 3}, {"annotations": [1]}, {"images": None}],
)
def test_both_refuse_the_same_files_in_the_same_words(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    path = write(tmp_path, [object_()], **changes)
    for read in (read_truth, CocoPictures):
        with pytest.raises(InputError, match=r"marks\.json: this is not a COCO") as raised:
            read(path)
        assert raised.value.code == "data.not_coco"
