"""The confusion matrix on scenes small enough to be counted by hand, and its sums on any."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.training.evaluation.confusion import confusion

CAT, DOG = 1, 2
SIDE = 40


def scene(*objects: tuple[int, float], crowd: tuple[float, ...] = ()) -> dict[str, Any]:
    """One picture; an object is (class, left edge), a crowd a wide region of cats."""
    annotations = [
        {"id": n, "image_id": 1, "category_id": label, "bbox": [x, 0, SIDE, SIDE], "iscrowd": 0}
        for n, (label, x) in enumerate(objects, 1)
    ]
    annotations += [
        {"id": 100 + n, "image_id": 1, "category_id": CAT, "bbox": [x, 0, 4 * SIDE, SIDE],
         "iscrowd": 1}
        for n, x in enumerate(crowd)
    ]  # fmt: skip
    return {
        "images": [{"id": 1, "width": 1000, "height": 100}],
        "categories": [{"id": CAT, "name": "cat"}, {"id": DOG, "name": "dog"}],
        "annotations": annotations,
    }


def box(label: int, x: float, score: float = 0.9) -> dict[str, Any]:
    return {"image_id": 1, "category_id": label, "bbox": [x, 0, SIDE, SIDE], "score": score}


def counts(truth: dict[str, Any], *found: dict[str, Any]) -> list[list[int]]:
    told = confusion(truth, found)
    assert (told["score"], told["iou"], told["classes"]) == (0.5, 0.5, ["cat", "dog"])
    result: list[list[int]] = told["counts"]
    return result


def test_found_taken_for_another_missed_and_invented() -> None:
    truth = scene((CAT, 0), (DOG, 100), (DOG, 200))
    found = box(CAT, 2), box(CAT, 101), box(DOG, 300)
    assert counts(truth, *found) == [[1, 0, 0], [1, 0, 1], [0, 1, 0]]


def test_below_the_threshold_nothing_is_shown() -> None:
    found = box(CAT, 0, 0.5), box(CAT, 0, 0.4)
    assert counts(scene((CAT, 0)), *found) == [[0, 0, 1], [0, 0, 0], [0, 0, 0]]


def test_the_largest_overlap_wins_whatever_the_class_or_score() -> None:
    found = box(CAT, 8, 0.99), box(DOG, 1, 0.6)
    assert counts(scene((CAT, 0)), *found) == [[0, 1, 0], [0, 0, 0], [1, 0, 0]]


def test_of_equal_boxes_the_one_with_the_better_score_is_paired() -> None:
    found = box(DOG, 0, 0.6), box(CAT, 0, 0.9)
    assert counts(scene((CAT, 0)), *found) == [[1, 0, 0], [0, 0, 0], [0, 1, 0]]


def test_half_an_overlap_is_not_enough() -> None:
    # Shifted by a third of the side, IoU is (2/3) / (4/3) = 1/2; a little more is less.
    assert counts(scene((CAT, 0)), box(CAT, SIDE / 3 - 0.01))[0] == [1, 0, 0]
    assert counts(scene((CAT, 0)), box(CAT, SIDE / 3 + 0.01))[0] == [0, 0, 1]


def test_what_lies_on_a_crowd_counts_neither_way() -> None:
    truth = scene((DOG, 500), crowd=(0,))
    found = box(CAT, 0), box(DOG, 50), box(CAT, 4 * SIDE - SIDE / 2 + 1), box(DOG, 500)
    # The third has less than half of itself on the crowd.
    assert counts(truth, *found) == [[0, 0, 0], [0, 1, 0], [1, 0, 0]]


def test_pictures_do_not_mix() -> None:
    truth = scene((CAT, 0))
    truth["images"].append({"id": 2, "width": 1000, "height": 100})
    elsewhere = {**box(CAT, 0), "image_id": 2}
    assert counts(truth, elsewhere) == [[0, 0, 1], [0, 0, 0], [1, 0, 0]]


things = st.tuples(st.sampled_from([CAT, DOG]), st.floats(0, 300))


@settings(max_examples=60, deadline=None)
@given(objects=st.lists(things, max_size=6), found=st.lists(things, max_size=6))
def test_rows_sum_to_objects_and_columns_to_boxes(
    objects: list[tuple[int, float]], found: list[tuple[int, float]]
) -> None:
    told = np.asarray(counts(scene(*objects), *(box(label, x) for label, x in found)))
    for row, label in enumerate((CAT, DOG)):
        assert told[row].sum() == sum(each == label for each, _ in objects)
        assert told[:, row].sum() == sum(each == label for each, _ in found)
    assert told[2, 2] == 0
