"""Selecting from a trace equals a stock model built with those thresholds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.detection import trace_stages
from engine.detection.pipeline.selection import (
    Thresholds,
    anchor_fates,
    best_pair,
    best_score,
    select,
    stock_thresholds,
)
from engine.detection.pipeline.trace import FIRST_PROPOSAL_FATE, StageTrace, funnel
from engine.errors import InputError
from tests.engine.detection.conftest import picture, stock

FASTER = "fasterrcnn_resnet50_fpn"
SHAPE = (150, 220)


@pytest.fixture(scope="module")
def trace(make_model: Callable[..., Any]) -> StageTrace:
    return trace_stages(make_model(FASTER), picture(*SHAPE))


@contextmanager
def rebuilt(model: Any, thresholds: Thresholds) -> Iterator[Any]:
    """The model as if it had been built with these thresholds."""
    heads = model.roi_heads
    before = heads.score_thresh, heads.nms_thresh, heads.detections_per_img
    heads.score_thresh, heads.nms_thresh = thresholds.score, thresholds.nms
    heads.detections_per_img = thresholds.max_detections
    try:
        yield model
    finally:
        heads.score_thresh, heads.nms_thresh, heads.detections_per_img = before


@pytest.mark.parametrize(
    "thresholds",
    [
        Thresholds(0.05, 0.5, 20),
        Thresholds(0.05, 0.5, 1000),
        Thresholds(0.5, 0.5, 100),
        Thresholds(0.3, 0.1, 15),
        Thresholds(0.0, 0.9, 300),
        Thresholds(0.01, 0.0, 100),
        Thresholds(1.0, 0.5, 100),
    ],
)
def test_selection_equals_a_model_built_with_the_thresholds(
    make_model: Callable[..., Any], trace: StageTrace, thresholds: Thresholds
) -> None:
    with rebuilt(make_model(FASTER), thresholds) as model:
        expected = stock(model, picture(*SHAPE))
    found = select(trace, thresholds)
    assert torch.equal(torch.from_numpy(found.boxes), expected["boxes"])
    assert torch.equal(torch.from_numpy(found.labels), expected["labels"])
    assert torch.equal(torch.from_numpy(found.scores), expected["scores"])


def test_default_position_is_the_stock_result(trace: StageTrace) -> None:
    found = select(trace, stock_thresholds(trace))
    assert np.array_equal(found.boxes, trace.boxes)
    assert np.array_equal(found.proposal, trace.detection_proposal)
    assert np.array_equal(found.stock, np.arange(len(trace.labels)))
    assert np.array_equal(anchor_fates(trace, found), trace.fate)
    assert found.pending == ()


def test_higher_score_keeps_the_stock_detections_above_it(trace: StageTrace) -> None:
    middle = float(np.median(trace.scores))
    found = select(trace, Thresholds(score=middle, max_detections=trace.max_detections))
    kept = trace.scores > np.float32(middle)
    assert 0 < kept.sum() < len(kept)
    assert np.array_equal(found.boxes, trace.boxes[kept]) and found.pending == ()


@given(
    score=st.floats(0, 1, width=32),
    nms=st.floats(0, 1, width=32),
    most=st.integers(1, 400),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_anchor_is_lost_at_any_threshold(
    trace: StageTrace, score: float, nms: float, most: int
) -> None:
    found = select(trace, Thresholds(score, nms, most))
    fates = anchor_fates(trace, found)
    counts = funnel(fates)
    assert sum(counts.values()) == len(trace.anchors)
    assert sum(list(counts.values())[FIRST_PROPOSAL_FATE:]) == len(trace.proposals)
    assert counts["detected"] == len(np.unique(found.proposal))
    assert len(found) <= most
    assert (found.scores > np.float32(score)).all() and (np.diff(found.scores) <= 0).all()
    silent = (trace.pair_scores[:, 1:] <= np.float32(score)).all(1)
    assert counts["class_score"] == silent.sum()
    for row in np.flatnonzero(found.stock >= 0):
        assert trace.detection_proposal[found.stock[row]] == found.proposal[row]
    assert len(found.pending) == (found.stock < 0).sum()


def test_best_score_is_known_when_nothing_is_shown(trace: StageTrace) -> None:
    assert len(select(trace, Thresholds(score=1.0))) == 0
    score, proposal, label = best_pair(trace) or (0.0, 0, 0)
    assert score == best_score(trace) == trace.pair_scores[:, 1:].max()
    assert trace.pair_scores[proposal, label] == np.float32(score)


@pytest.mark.parametrize(
    "values", [{"score": 7}, {"score": -0.1}, {"nms": float("nan")}, {"max_detections": 0}]
)
def test_thresholds_outside_their_range_are_named(values: dict[str, float]) -> None:
    with pytest.raises(InputError) as raised:
        Thresholds(**values)  # type: ignore[arg-type]
    assert str(next(iter(values.values()))) in str(raised.value)
