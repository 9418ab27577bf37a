"""Two answers to one picture, made by hand, whose differences are known."""

from __future__ import annotations

import numpy as np
import pytest

from engine.detection.detections import Detections, ModelFacts
from engine.detection.precision.difference import (
    Difference,
    VerdictChange,
    compare,
    mask_iou,
    worst,
)

FACTS = ModelFacts("random", "Random", ("ant", "bee"), has_masks=True)
ANT, BEE = 1, 2
Made = tuple[int, float, tuple[float, float, float, float]]


def answer(*made: Made, masks: tuple[float, ...] | None = None) -> Detections:
    """Detections of label, score and box; masks are full above a share of their height."""
    count = len(made)
    probs = None
    if masks is not None:
        probs = np.zeros((count, 28, 28), np.float32)
        for row, share in enumerate(masks):
            probs[row, : round(28 * share)] = 1
    return Detections(
        model=FACTS,
        picture_size=(400, 400),
        boxes=np.array([box for _, _, box in made], np.float32).reshape(-1, 4),
        labels=np.array([label for label, _, _ in made], np.int64),
        scores=np.array([score for _, score, _ in made], np.float32),
        pairs=tuple((row, label) for row, (label, _, _) in enumerate(made)),
        ready=np.ones(count, bool),
        mask_probs=probs,
    )


def test_an_answer_does_not_differ_from_itself() -> None:
    same = answer((ANT, 0.9, (10, 10, 90, 90)), (BEE, 0.6, (100, 0, 200, 50)), masks=(1, 0.5))
    assert compare(same, same, shown=0.5) == Difference(2, 0.0, 0.0, 1.0, ())


def test_the_largest_differences_are_those_of_what_is_shown() -> None:
    exact = answer(
        (ANT, 0.9, (10, 10, 90, 90)), (BEE, 0.75, (100, 0, 200, 50)), (ANT, 0.2, (0, 200, 99, 299))
    )
    other = answer(  # in another order; the last is hidden in both, and far off
        (BEE, 0.625, (101, 0, 203, 50)), (ANT, 0.875, (10, 9, 90, 90)),
        (ANT, 0.4, (0, 200, 99, 260)),
    )  # fmt: skip
    found = compare(exact, other, shown=0.5)
    assert found == Difference(2, pytest.approx(0.125), 3.0, None, ())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("exact", "other", "change"),
    [
        ([(ANT, 0.52)], [(ANT, 0.48)], ("vanished", "ant", 0.52, 0.48)),
        ([(ANT, 0.48)], [(ANT, 0.52)], ("appeared", "ant", 0.48, 0.52)),
        ([(ANT, 0.5)], [(ANT, 0.52)], ("appeared", "ant", 0.5, 0.52)),  # shown is above .5
        ([(ANT, 0.9)], [], ("vanished", "ant", 0.9, 0.0)),
        ([], [(BEE, 0.9)], ("appeared", "bee", 0.0, 0.9)),
        ([(ANT, 0.6)], [(BEE, 0.7)], ("relabelled", "ant", 0.6, 0.7)),
    ],
)
def test_a_verdict_changes(
    exact: list[tuple[int, float]],
    other: list[tuple[int, float]],
    change: tuple[str, str, float, float],
) -> None:
    box = (10.0, 10.0, 90.0, 90.0)
    made = [answer(*((label, score, box) for label, score in side)) for side in (exact, other)]
    (found,) = compare(*made, shown=0.5, picture="a.png").changes
    assert (found.what, found.class_name, found.picture) == (*change[:2], "a.png")
    assert (found.exact, found.other) == pytest.approx(change[2:])


def test_boxes_of_one_class_belong_together_where_two_classes_lie_on_one_object() -> None:
    box, shifted = (10, 10, 90, 90), (14, 10, 94, 90)
    exact = answer((ANT, 0.9, box), (BEE, 0.8, shifted))
    other = answer((BEE, 0.8, box), (ANT, 0.9, shifted))  # by IoU alone they would be swapped
    found = compare(exact, other, shown=0.5)
    assert found.changes == () and found.box == 4 and found.score == 0


def test_boxes_apart_are_two_objects() -> None:
    found = compare(
        answer((ANT, 0.9, (0, 0, 50, 50))), answer((ANT, 0.9, (200, 200, 250, 250))), shown=0.5
    )
    assert found.detections == 2 and [each.what for each in found.changes] == [
        "vanished", "appeared",
    ]  # fmt: skip
    assert found.score == found.box == 0


def test_masks_are_compared_in_the_picture() -> None:
    box = (40.0, 40.0, 320.0, 320.0)
    exact, other = (answer((ANT, 0.9, box), masks=(share,)) for share in (1.0, 0.5))
    iou = compare(exact, other, shown=0.5).mask_iou
    assert iou == pytest.approx(0.5, abs=0.02), "half of the box, but for pasting's soft edge"


def test_iou_of_masks() -> None:
    square = np.ones((4, 4), bool)
    assert mask_iou((0, 0, square), (0, 0, square)) == 1
    assert mask_iou((0, 0, square), (2, 0, square)) == 8 / 24
    assert mask_iou((0, 0, square), (1, 2, np.ones((2, 2), bool))) == 4 / 16
    assert mask_iou((0, 0, square), (4, 4, square)) == 0
    empty = np.zeros((3, 3), bool)
    assert mask_iou((0, 0, empty), (9, 9, empty)) == 1


def test_the_worst_of_several_pictures() -> None:
    change = VerdictChange("vanished", "ant", 0.6, 0.4)
    told = worst([Difference(2, 0.1, 3.0, 0.9), Difference(1, 0.2, 1.0, None, (change,))])
    assert told == Difference(3, 0.2, 3.0, 0.9, (change,))
    assert worst([]) == Difference()
