"""Precision, recall and calibration against counts made by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.training.evaluation.calibration import calibration
from engine.training.evaluation.coco_numbers import compare
from engine.training.evaluation.judged_detections import Judged, at_threshold, judge_scores


def entry(x: float, score: float, *, picture: int = 1) -> dict[str, Any]:
    return {"image_id": picture, "category_id": 1, "bbox": [x, 10, 40, 40], "score": score}


def truth(*, crowd: bool = False) -> dict[str, Any]:
    """Three objects in two pictures; the second's may be a crowd."""
    return {
        "images": [{"id": number, "width": 200, "height": 100} for number in (1, 2, 3)],
        "categories": [{"id": 1, "name": "a"}],
        "annotations": [
            {"id": number, "image_id": picture, "category_id": 1, "bbox": [x, 10, 40, 40],
             "area": 1600, "iscrowd": int(crowd and picture == 2)}
            for number, (picture, x) in enumerate(((1, 10), (1, 90), (2, 10)), 1)
        ],
    }  # fmt: skip


FOUND = [
    entry(10, 0.9),  # true
    entry(12, 0.8),  # the same object again: false
    entry(90, 0.3),  # true, but not shown at .5
    entry(10, 0.6, picture=2),  # true, or on a crowd
    entry(100, 0.95, picture=3),  # nothing is there
]


def judged(scores: Any, true: Any) -> Judged:
    return Judged(np.arange(len(scores)), scores, true, len(scores))


def test_each_detection_is_true_false_or_does_not_count() -> None:
    found = judge_scores(compare(truth(), FOUND, kind="bbox", most=100))
    told = dict(zip(found.scores.tolist(), found.true.tolist(), strict=True))
    assert told == {0.9: True, 0.8: False, 0.3: True, 0.6: True, 0.95: False}
    assert [FOUND[number]["score"] for number in found.numbers] == found.scores.tolist()
    assert found.objects == 3
    found = judge_scores(compare(truth(crowd=True), FOUND, kind="bbox", most=100))
    assert sorted(found.scores.tolist()) == [0.3, 0.8, 0.9, 0.95]
    assert found.objects == 2


def test_precision_and_recall_of_what_is_shown() -> None:
    found = judge_scores(compare(truth(), FOUND, kind="bbox", most=100))
    shown = at_threshold(found)
    assert (shown["score"], shown["true"], shown["false"]) == (0.5, 2, 2)
    assert shown["precision"] == pytest.approx(2 / 4)
    assert shown["recall"] == pytest.approx(2 / 3)
    assert at_threshold(found, threshold=0.99)["precision"] == -1
    nothing = judge_scores(compare({**truth(), "annotations": []}, [], kind="bbox", most=100))
    assert at_threshold(nothing)["recall"] == -1
    assert calibration(nothing) == {"error": -1.0, "bins": []}


def test_the_calibration_error_is_the_mean_distance_of_score_and_truth() -> None:
    scores = np.asarray([0.95, 0.95, 0.95, 0.95, 0.25, 0.25, 1.0])
    true = np.asarray([True, True, True, False, False, False, True])
    told = calibration(judged(scores, true))
    low, high = told["bins"]
    assert (low["from"], low["to"], low["boxes"], low["true"]) == (0.2, 0.3, 2, 0.0)
    assert (high["from"], high["to"], high["boxes"]) == (0.9, 1.0, 5)
    assert high["score"] == pytest.approx(0.96)
    assert high["true"] == pytest.approx(0.8)
    assert told["error"] == pytest.approx((2 * 0.25 + 5 * 0.16) / 7)


def test_scores_that_are_shares_have_no_error() -> None:
    rng = np.random.default_rng(0)
    scores = rng.uniform(0.05, 1, 40_000)
    assert calibration(judged(scores, rng.random(40_000) < scores))["error"] < 0.01
    assert calibration(judged(scores, rng.random(40_000) < scores**3))["error"] > 0.1
