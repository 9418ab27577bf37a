"""What evaluations say: computed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from engine.training.runs.stopping import best_step, learns_no_more, metric


def lines(*values: float, phase: str = "joint") -> list[dict[str, Any]]:
    return [
        {"step": 10 * number, "phase": phase, "bbox": {"AP": value}}
        for number, value in enumerate(values, 1)
    ]


def test_the_metric_is_the_mean_of_what_was_measured() -> None:
    assert metric({"bbox": {"AP": 0.5}, "segm": {"AP": 0.3}}) == pytest.approx(0.4)
    assert metric({"bbox": {"AP": 0.5}, "segm": {"AP": -1}, "pictures": 3}) == 0.5
    assert metric({"bbox": {"AP": -1}}) == -float("inf")


def test_the_best_is_the_first_of_equal_ones() -> None:
    assert best_step([]) is None
    assert best_step(lines(0.1, 0.4, 0.4, 0.2)) == 20
    assert best_step(lines(-1, -1)) is None


def test_another_phase_begins_anew() -> None:
    assert best_step(lines(0.9) + lines(0.1, 0.3, phase="4-detector")) == 20


@pytest.mark.parametrize(
    ("values", "patience", "ends"),
    [
        ((0.1, 0.2, 0.1), 2, False),
        ((0.1, 0.2, 0.1, 0.2), 2, True),
        ((0.2, 0.1, 0.3), 2, False),
        ((0.2, 0.1, 0.1, 0.1), 0, False),
        ((0.2,), 1, False),
        ((0.2, 0.2), 1, True),
        ((-1, -1, -1), 1, False),
    ],
)
def test_patience_counts_evaluations_since_the_best(
    values: tuple[float, ...], patience: int, ends: bool
) -> None:
    assert learns_no_more(lines(*values), patience) is ends
