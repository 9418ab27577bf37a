"""Curves against pycocotools' own tables, its numbers, and counts made by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pycocotools.cocoeval import COCOeval

from engine.training.evaluation.coco_numbers import accumulated, summary
from engine.training.evaluation.precision_recall import best_point, curves
from engine.training.synthetic_shapes import ShapesPictures


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    """Objects of twelve scenes, moved at random, some of another class, some twice."""
    rng = np.random.default_rng(0)
    made = []
    for item in [*truth()["annotations"]] * 2:
        moved = np.asarray(item["bbox"]) + rng.normal(0, 3, 4)
        other = int(rng.integers(1, 8)) if rng.random() < 0.2 else item["category_id"]
        made.append(
            {"image_id": item["image_id"], "category_id": other, "bbox": moved.clip(1).tolist(),
             "score": float(rng.random())}
        )  # fmt: skip
    return made


def truth() -> dict[str, Any]:
    return ShapesPictures(4, 12).truth(range(12))


@pytest.fixture(scope="module")
def evaluation(found: list[dict[str, Any]]) -> COCOeval:
    return accumulated(truth(), found, kind="bbox", most=100)


def test_points_are_pycocotools_own(evaluation: COCOeval) -> None:
    told = curves(evaluation)
    assert told["recall"] == pytest.approx(np.linspace(0, 1, 101))
    names = [entry["name"] for entry in truth()["categories"]]
    for which, row in (("AP50", 0), ("AP75", 5)):
        for column, name in enumerate(names):
            curve = told["classes"][name][which]
            assert curve["precision"] == evaluation.eval["precision"][row, :, column, 0, 2].tolist()
            assert curve["score"] == evaluation.eval["scores"][row, :, column, 0, 2].tolist()
    for column, name in enumerate(names):
        mean = evaluation.eval["precision"][:, :, column, 0, 2].mean(0)
        assert told["classes"][name]["AP"]["precision"] == mean.tolist()
        assert "best" not in told["classes"][name]["AP"]


def test_the_mean_of_what_is_drawn_is_the_ap(evaluation: COCOeval) -> None:
    told, numbers = curves(evaluation), summary(evaluation)
    for which in ("AP50", "AP75", "AP"):
        drawn = told["mean"][which]
        assert np.mean(drawn["precision"]) == pytest.approx(numbers[which], abs=1e-9)
        assert drawn["AP"] == pytest.approx(numbers[which], abs=1e-9)
        classes = [each[which]["AP"] for each in told["classes"].values()]
        assert np.mean(classes) == pytest.approx(numbers[which], abs=1e-9)


def test_a_score_reaches_its_recall(found: list[dict[str, Any]], evaluation: COCOeval) -> None:
    """Above the score of a point lie detections that find that share of the objects."""
    told = curves(evaluation)["classes"]
    for entry in truth()["categories"]:
        curve = told[entry["name"]]["AP50"]
        for row in (20, 50, 80):
            score = curve["score"][row]
            if not score:
                continue
            kept = [item for item in found if item["score"] >= score]
            again = accumulated(truth(), kept, kind="bbox", most=100)
            column = again.params.catIds.index(entry["id"])
            reached = again.eval["recall"][0, column, 0, 2]
            assert reached >= row / 100 - 1e-9


def test_objects_are_counted_and_classes_without_any_are_left_out() -> None:
    content = truth()
    gone = content["categories"][0]
    content["annotations"] = [a for a in content["annotations"] if a["category_id"] != gone["id"]]
    told = curves(accumulated(content, [], kind="bbox", most=100))
    assert gone["name"] not in told["classes"]
    assert sum(each["objects"] for each in told["classes"].values()) == len(content["annotations"])
    assert told["mean"]["AP50"]["AP"] == 0
    first = next(iter(told["classes"].values()))["AP50"]
    assert first["best"] == {"f1": 0.0, "recall": 0.0, "precision": 0.0, "score": 0.0}


def test_nothing_to_find_is_no_curve() -> None:
    told = curves(accumulated({**truth(), "annotations": []}, [], kind="bbox", most=100))
    assert (told["classes"], told["mean"]) == ({}, {})


def test_half_found_is_known_in_closed_form() -> None:
    """One of two objects: precision 1 up to recall .5, where F1 is 2/3."""
    content = {
        "images": [{"id": 1, "width": 100, "height": 100}],
        "annotations": [
            {"id": i + 1, "image_id": 1, "category_id": 1, "bbox": [10 + 45 * i, 10, 40, 40],
             "area": 1600, "iscrowd": 0}
            for i in range(2)
        ],
        "categories": [{"id": 1, "name": "a"}],
    }  # fmt: skip
    found = [{"image_id": 1, "category_id": 1, "bbox": [10, 10, 40, 40], "score": 0.7}]
    curve = curves(accumulated(content, found, kind="bbox", most=100))["classes"]["a"]["AP50"]
    assert curve["precision"] == pytest.approx([1.0] * 51 + [0.0] * 50)
    assert curve["score"] == pytest.approx([0.7] * 51 + [0.0] * 50)
    assert curve["best"] == pytest.approx(
        {"f1": 2 / 3, "recall": 0.5, "precision": 1.0, "score": 0.7}
    )


def test_the_best_point_is_the_largest_harmonic_mean() -> None:
    recall = np.array([0.0, 0.5, 1.0])
    told = best_point(recall, np.array([1.0, 0.9, 0.4]), np.array([0.9, 0.6, 0.1]))
    assert told["f1"] == pytest.approx(2 / (1 / 0.9 + 1 / 0.5))
    assert (told["recall"], told["score"]) == (0.5, 0.6)
