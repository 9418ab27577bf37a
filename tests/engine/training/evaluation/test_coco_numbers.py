"""COCO's numbers against closed forms and pycocotools' own summary."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import numpy as np
import pytest
from pycocotools import mask as rle
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from engine.training.evaluation.coco_numbers import measure
from engine.training.synthetic_shapes import ShapesPictures

NAMES = ("AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl")


def perfect(truth: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {key: item[key] for key in ("image_id", "category_id", "bbox", "segmentation", "keypoints")}
        | {"score": 0.9}
        for item in truth["annotations"]
    ]


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return ShapesPictures(4, 12).truth(range(12))


@pytest.mark.parametrize("kind", ["bbox", "segm", "keypoints"])
def test_the_truth_itself_scores_one(truth: dict[str, Any], kind: str) -> None:
    result = measure(truth, perfect(truth), kind=kind, most=100)
    assert result["AP"] == result["AP50"] == pytest.approx(1.0)


def test_nothing_found_scores_zero_and_absent_sizes_are_minus_one(truth: dict[str, Any]) -> None:
    result = measure(truth, [], kind="bbox", most=100)
    assert result["AP"] == 0
    assert measure(truth, [], kind="keypoints", most=100)["APs"] == -1  # COCO has no small ones


def two_objects() -> dict[str, Any]:
    return {
        "images": [{"id": 1, "width": 100, "height": 100}],
        "annotations": [
            {"id": i + 1, "image_id": 1, "category_id": 1, "bbox": [10 + 45 * i, 10, 40, 40],
             "area": 1600, "iscrowd": 0}
            for i in range(2)
        ],
        "categories": [{"id": 1, "name": "a"}],
    }  # fmt: skip


def test_objects_without_an_outline_count_for_boxes_alone() -> None:
    truth = two_objects()
    outline = [[10, 10, 50, 10, 50, 50, 10, 50]]
    first, second = truth["annotations"]
    first["segmentation"] = rle.merge(rle.frPyObjects(outline, 100, 100))
    found = [
        {**perfect({"annotations": [first | {"keypoints": []}]})[0], "score": 0.5},
        # A good mask inside the box whose outline nobody knows: neither right nor wrong.
        {"image_id": 1, "category_id": 1, "score": 0.9, "bbox": second["bbox"],
         "segmentation": rle.merge(rle.frPyObjects([[60, 12, 90, 12, 90, 48, 60, 48]], 100, 100))},
    ]  # fmt: skip
    assert measure(truth, found, kind="segm", most=100)["AP"] == pytest.approx(1.0)
    assert measure(truth, found, kind="bbox", most=100)["AP"] == pytest.approx(1.0)
    del first["segmentation"]
    assert measure(truth, found, kind="segm", most=100)["AP"] == -1
    missed = measure(truth, found[1:], kind="bbox", most=100)
    assert missed["AR100"] == pytest.approx(0.5)


def test_objects_without_points_count_for_boxes_alone() -> None:
    truth = two_objects()
    points = [15.0, 15.0, 2.0] * 17
    for item, known in zip(truth["annotations"], (True, False), strict=True):
        item["keypoints"] = points if known else [0] * 51
        item["num_keypoints"] = 17 if known else 0
    found = [
        {"image_id": 1, "category_id": 1, "score": score, "bbox": item["bbox"],
         "keypoints": [*(item["bbox"][:2] + np.float64(5)), 1.0] * 17}
        for item, score in zip(truth["annotations"], (0.5, 0.9), strict=True)
    ]  # fmt: skip
    assert measure(truth, found, kind="keypoints", most=100)["AP"] == pytest.approx(1.0)


def test_half_found_is_known_in_closed_form() -> None:
    # One class, two objects, one found exactly: recall 1/2, so precision is 1 at the
    # recalls 0, .01 ... .50: 51 of COCO's 101.
    truth = two_objects()
    box = truth["annotations"][0]["bbox"]
    found = [{"image_id": 1, "category_id": 1, "bbox": box, "score": 0.5}]
    result = measure(truth, found, kind="bbox", most=100)
    assert result["AP"] == pytest.approx(51 / 101)
    assert result["AR100"] == pytest.approx(0.5)


def test_numbers_equal_pycocotools_summary_at_its_own_maximum(truth: dict[str, Any]) -> None:
    rng = np.random.default_rng(0)
    found = []
    for entry in perfect(truth):
        moved = np.asarray(entry["bbox"]) + rng.normal(0, 3, 4)
        found.append({**entry, "bbox": moved.clip(1).tolist(), "score": float(rng.random())})
    ours = measure(truth, found, kind="bbox", most=100)
    with contextlib.redirect_stdout(io.StringIO()):
        ground = COCO()
        ground.dataset = truth
        ground.createIndex()
        plain = [{k: e[k] for k in ("image_id", "category_id", "bbox", "score")} for e in found]
        evaluation = COCOeval(ground, ground.loadRes(plain), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    assert [ours[name] for name in NAMES] == pytest.approx(evaluation.stats.tolist())


def test_the_models_own_maximum_counts() -> None:
    truth = two_objects()
    found = [
        {"image_id": 1, "category_id": 1, "bbox": item["bbox"], "score": 0.5}
        for item in truth["annotations"]
    ]
    assert measure(truth, found, kind="bbox", most=2)["AR100"] == pytest.approx(1.0)
    assert measure(truth, found, kind="bbox", most=1)["AR100"] == pytest.approx(0.5)


def test_run_lengths_of_the_truth_decode() -> None:
    item = ShapesPictures(8, 1).truth([0])["annotations"][0]
    assert rle.decode(item["segmentation"]).sum() == item["area"]
