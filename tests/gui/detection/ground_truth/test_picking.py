"""Which of several boxes over each other a click means: the nearest edge, then the smaller."""

from __future__ import annotations

import pytest

from gui.detection.ground_truth.picking import edge_distance, under_cursor

LARGE, MIDDLE, SMALL = (0.0, 0.0, 100.0, 100.0), (10.0, 10.0, 60.0, 60.0), (20.0, 20.0, 40.0, 40.0)
BOXES = (LARGE, MIDDLE, SMALL)


@pytest.mark.parametrize(
    ("at", "order"),
    [
        ((30.0, 30.0), [2, 1, 0]),  # within all three: the smaller first
        ((50.0, 50.0), [1, 0]),
        ((58.5, 50.0), [1, 0]),
        ((98.0, 30.0), [0]),
        ((61.5, 30.0), [1, 0]),  # outside, but within reach of its edge
        ((1.0, 30.0), [0]),
        ((21.0, 30.0), [2, 1, 0]),
        ((130.0, 30.0), []),
    ],
)
def test_the_smaller_comes_first(at: tuple[float, float], order: list[int]) -> None:
    assert under_cursor(BOXES, at, 3) == order


def test_a_near_edge_comes_before_a_smaller_box() -> None:
    boxes = ((0.0, 0.0, 100.0, 100.0), (0.5, 20.0, 30.0, 40.0), (4.0, 22.0, 20.0, 38.0))
    assert under_cursor(boxes, (0.1, 30.0), 3) == [0, 1]
    assert under_cursor(boxes, (4.2, 30.0), 3) == [2, 1, 0]
    assert under_cursor(boxes, (12.0, 30.0), 3) == [2, 1, 0]


def test_the_distance_to_an_outline() -> None:
    assert edge_distance(LARGE, (30, 40)) == 30
    assert edge_distance(LARGE, (103, 104)) == 5
    assert edge_distance(LARGE, (-2, 50)) == 2
