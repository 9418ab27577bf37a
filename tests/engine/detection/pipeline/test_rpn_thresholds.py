"""The RPN's thresholds move on the trace as a model built with them would have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torchvision.ops import nms, remove_small_boxes

from engine.detection import trace_stages
from engine.detection.pipeline.filters import filter_proposals
from engine.detection.pipeline.inference import (
    Inspection,
    InspectSpec,
    Workbench,
    fill_rois,
    inspect,
)
from engine.detection.pipeline.rois import stock_rois
from engine.detection.pipeline.rpn_filter import RpnThresholds, entering, filter_again, stock_rpn
from engine.detection.pipeline.selection import Selection, Thresholds, select, stock_thresholds
from engine.detection.pipeline.trace import FATE, FIRST_PROPOSAL_FATE, StageTrace
from tests.engine.detection.conftest import picture, rebuilt

FASTER, MASK = "fasterrcnn_resnet50_fpn", "maskrcnn_resnet50_fpn"
MOBILE, OURS = "fasterrcnn_mobilenet_v3_large_320_fpn", "small"
SHAPE = (150, 220)


@pytest.fixture(scope="module", params=[FASTER, MOBILE, OURS])
def inspection(request: pytest.FixtureRequest, bench: Workbench) -> Inspection:
    steps = list(inspect(bench, InspectSpec(pixels=picture(*SHAPE), model=request.param)))
    assert isinstance(steps[-1], Inspection)
    return steps[-1]


def complete(bench: Workbench, inspection: Inspection, thresholds: Thresholds) -> Selection:
    """The selection once the box head has answered for all that it waits for."""
    first = select(inspection.trace, thresholds)
    *_, last = fill_rois(bench, inspection, first.rois, wanted=first.waiting, everything=False)
    done = select(inspection.trace, thresholds, last.rois)
    assert len(done.waiting) == 0
    return done


POSITIONS = [
    Thresholds(0.05, 0.5, 40, rpn_nms=0.3),
    Thresholds(0.05, 0.5, 40, rpn_nms=0.95),
    Thresholds(0.05, 0.5, 40, rpn_post_nms_top_n=17),
    Thresholds(0.05, 0.5, 200, rpn_post_nms_top_n=2000, rpn_nms=0.9),
    Thresholds(0.05, 0.5, 40, rpn_pre_nms_top_n=20),
    Thresholds(0.05, 0.4, 40, rpn_pre_nms_top_n=900, rpn_post_nms_top_n=400),
    Thresholds(0.2, 0.3, 9, rpn_score=0.6),
    Thresholds(0.05, 0.5, 40, rpn_score=1.0),
    Thresholds(0.1, 0.6, 30, rpn_nms=0.0, rpn_score=0.3, rpn_post_nms_top_n=60),
]


@pytest.mark.parametrize("thresholds", POSITIONS)
def test_rpn_thresholds_equal_a_model_built_with_them(
    make_model: Callable[..., Any], bench: Workbench, inspection: Inspection, thresholds: Thresholds
) -> None:
    model = make_model(inspection.spec.model)
    with rebuilt(model, thresholds):
        expected = trace_stages(model, picture(*SHAPE))
    found = complete(bench, inspection, thresholds)
    assert np.array_equal(found.rois.anchor[found.proposals], expected.proposal_anchor)
    assert np.array_equal(found.rois.boxes[found.proposals], expected.proposals)
    in_rpn = expected.fate < FIRST_PROPOSAL_FATE
    assert np.array_equal(found.fate[in_rpn], expected.fate[in_rpn])
    # The head's answers come from other batches: equal up to rounding, which may swap pairs
    # of all but equal scores in NMS, and decide who is the last within the maximum.
    wanted, ours = pairs(trace=expected), pairs(selection=found)
    differing = set(wanted) ^ set(ours)
    assert len(differing) <= max(2, len(wanted) // 4)
    scores = np.array([both[4] for both in (*wanted.values(), *ours.values())])
    for pair in differing:
        score = (wanted if pair in wanted else ours)[pair][4]
        assert (np.abs(scores - score) < 1e-5).sum() >= 2
    for pair in set(wanted) & set(ours):
        np.testing.assert_allclose(ours[pair], wanted[pair], atol=2e-4, rtol=1e-5)


def pairs(trace: StageTrace | None = None, selection: Selection | None = None) -> dict[Any, Any]:
    """(anchor, label) -> box and score of each detection."""
    if trace is not None:
        anchor, shown = trace.proposal_anchor[trace.detection_proposal], trace
    else:
        assert selection is not None
        anchor, shown = selection.rois.anchor[selection.proposal], selection  # type: ignore
    names = zip(anchor.tolist(), shown.labels.tolist(), strict=True)
    values = np.concatenate([shown.boxes, shown.scores[:, None]], 1)
    return dict(zip(names, values, strict=True))


def test_default_position_is_the_stock_result_whatever_was_answered(
    bench: Workbench, inspection: Inspection
) -> None:
    trace = inspection.trace
    *_, last = fill_rois(bench, inspection, stock_rois(trace))
    found = select(trace, stock_thresholds(trace), last.rois)
    assert len(last.rois) > len(trace.proposals)
    assert np.array_equal(found.boxes, trace.boxes)
    assert np.array_equal(found.scores, trace.scores)
    assert np.array_equal(found.proposal, trace.detection_proposal)
    assert np.array_equal(found.fate, trace.fate)


def test_superset_never_touches_the_stock_answers(bench: Workbench, inspection: Inspection) -> None:
    trace = inspection.trace
    steps = list(fill_rois(bench, inspection, stock_rois(trace), near=(30.0, 40.0)))
    rois = steps[-1].rois
    stock = slice(rois.stock)
    assert rois.stock == len(trace.proposals)
    for name in ("class_logits", "pair_scores", "pair_boxes", "roi_level"):
        assert np.array_equal(getattr(rois, name)[stock], getattr(trace, name))
    assert len(np.unique(rois.anchor)) == len(rois)
    entered = np.flatnonzero(trace.fate >= FATE["rpn_nms"])
    assert set(entered) <= set(rois.anchor)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[0].done == 0 and steps[-1].done == steps[-1].count
    assert len(list(fill_rois(bench, inspection, rois))) == 1, "nothing is answered twice"


def test_nearest_boxes_are_answered_first(bench: Workbench, inspection: Inspection) -> None:
    trace, point = inspection.trace, np.array([30.0, 40.0])
    job = fill_rois(bench, inspection, stock_rois(trace), near=(30.0, 40.0))
    next(job)
    chunk = next(job).rois
    rest = entering(trace)
    rest = rest[chunk.row_of[rest] < 0]

    def distance(anchor: Any) -> Any:
        boxes = trace.to_picture(trace.clipped(anchor))
        return np.maximum(np.maximum(boxes[:, :2] - point, point - boxes[:, 2:]), 0).sum(1)

    if len(rest):
        assert distance(chunk.anchor[chunk.stock :]).max() <= distance(rest).min() + 2


@given(
    pre=st.integers(1, 800),
    post=st.integers(1, 500),
    rpn_score=st.floats(0, 1, width=32),
    rpn_nms=st.floats(0, 1),
    score=st.floats(0, 1, width=32),
    overlap=st.floats(0, 1),
    most=st.integers(1, 300),
    agnostic=st.booleans(),
    own=st.lists(st.tuples(st.integers(1, 3), st.floats(0, 1, width=32)), max_size=3),
)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_anchor_ends_in_one_bucket_and_the_sums_match(
    inspection: Inspection,
    pre: int,
    post: int,
    rpn_score: float,
    rpn_nms: float,
    score: float,
    overlap: float,
    most: int,
    agnostic: bool,
    own: list[tuple[int, float]],
) -> None:
    trace = inspection.trace
    thresholds = Thresholds(
        score, overlap, most, tuple(own), agnostic, 0.5, pre, post, rpn_score, rpn_nms
    )
    found = select(trace, thresholds)
    counts = found.funnel
    values = list(counts.values())
    assert sum(values) == len(trace.anchors)
    per_level = np.bincount(trace.anchor_level)
    assert counts["level_top_n"] == sum(max(int(n) - pre, 0) for n in per_level)
    proposals = sum(values[FIRST_PROPOSAL_FATE:])
    assert proposals == len(found.proposals) + len(found.waiting) <= post
    assert counts["post_nms_top_n"] == 0 or proposals == post
    assert counts["detected"] == len(np.unique(found.proposal))
    assert len(found) <= most
    limits = thresholds.scores(trace.class_logits.shape[1])
    assert (found.scores > limits[found.labels - 1]).all()
    passed = np.flatnonzero(found.fate >= FATE["rpn_nms"])
    scores = torch.sigmoid(torch.from_numpy(trace.objectness)).numpy()
    assert (scores[passed] >= np.float32(rpn_score)).all()


def test_filter_equals_torchvisions_on_many_boxes() -> None:
    rng = np.random.default_rng(0)
    shapes = ((1, 40, 50), (1, 20, 25))
    counts = [shape[1] * shape[2] * 3 for shape in shapes]
    total = sum(counts)
    corners = rng.uniform(-20, 400, (total, 2))
    boxes = np.concatenate([corners, corners + rng.uniform(0, 120, (total, 2))], 1)
    boxes[:50, 2] = boxes[:50, 0]  # no width
    logits = rng.normal(0, 3, total).round(2)  # ties
    trace = _bare(boxes, logits, counts, shapes)
    for pre, post, score, overlap in (
        (1000, 1000, 0.0, 0.3), (1000, 300, 0.2, 0.5), (600, 1000, 0.0, 1.0), (3000, 900, 0.0, 0.6),
    ):  # fmt: skip
        rpn = _Rpn(pre, post, score, overlap)
        expected = filter_proposals(
            rpn,
            objectness=torch.from_numpy(trace.objectness),
            decoded=torch.from_numpy(trace.decoded),
            per_level=counts,
            input_size=trace.input_size,
        )
        found = filter_again(trace, RpnThresholds(pre, post, score, overlap))
        scores = trace.objectness[found.anchor]
        assert np.array_equal(scores, trace.objectness[expected.anchor.numpy()])
        assert (np.bincount(found.fate) == np.bincount(expected.fate)).all()


class _Rpn:
    """Just the settings of an RPN."""

    min_size = 1e-3

    def __init__(self, pre: int, post: int, score: float, nms: float) -> None:
        from torchvision.models.detection.rpn import RegionProposalNetwork as Stock

        self.score_thresh, self.nms_thresh = score, nms
        self.pre_nms_top_n, self.post_nms_top_n = lambda: pre, lambda: post
        self._get_top_n_idx = Stock._get_top_n_idx.__get__(self)


def _bare(boxes: Any, logits: Any, counts: list[int], shapes: Any) -> StageTrace:
    """A trace of which only the RPN's part means anything."""
    total = len(boxes)
    none = np.zeros((0, 2), np.float32)
    return StageTrace(
        picture_size=(400, 450), input_size=(400, 450), padded_size=(400, 450),
        feature_names=("0", "1"), feature_shapes=shapes,
        anchors=boxes.astype(np.float32), anchor_level=np.repeat([0, 1], counts),
        objectness=logits.astype(np.float32), deltas=np.zeros((total, 4), np.float32),
        decoded=boxes.astype(np.float32), fate=np.zeros(total, np.uint8),
        proposal_anchor=np.zeros(0, np.int64), proposals=np.zeros((0, 4), np.float32),
        class_logits=none, roi_level=np.zeros(0, np.int64), pair_scores=none,
        pair_boxes=np.zeros((0, 2, 4), np.float32), detection_proposal=np.zeros(0, np.int64),
        boxes=np.zeros((0, 4), np.float32), labels=np.zeros(0, np.int64),
        scores=np.zeros(0, np.float32), mask_probs=None, keypoints=None, keypoint_scores=None,
        score_threshold=0.05, nms_threshold=0.5, max_detections=100, rpn_pre_nms_top_n=1000,
        rpn_post_nms_top_n=1000, rpn_score_threshold=0.0, rpn_nms_threshold=0.7,
    )  # fmt: skip


def test_class_agnostic_nms_is_torchvisions_nms_of_all_classes(inspection: Inspection) -> None:
    trace = inspection.trace
    found = select(trace, Thresholds(0.1, 0.4, 1000, class_agnostic=True))
    rows, columns = np.nonzero(trace.pair_scores[:, 1:] > np.float32(0.1))
    boxes = torch.from_numpy(trace.pair_boxes[rows, columns + 1])
    scores = torch.from_numpy(trace.pair_scores[rows, columns + 1])
    whole = remove_small_boxes(boxes, 1e-2)
    kept = whole[nms(boxes[whole], scores[whole], 0.4)].numpy()
    assert found.pairs == tuple(zip(rows[kept].tolist(), (columns[kept] + 1).tolist(), strict=True))
    assert len(found) < len(select(trace, Thresholds(0.1, 0.4, 1000)))


def test_score_of_one_class_leaves_the_others(inspection: Inspection) -> None:
    trace = inspection.trace
    plain = select(trace, Thresholds(0.1, 0.4, 1000))
    own = select(trace, Thresholds(0.1, 0.4, 1000, class_scores=((2, 1.0),)))
    kept = plain.labels != 2
    assert 0 < kept.sum() < len(plain)
    assert np.array_equal(own.boxes, plain.boxes[kept])
    assert np.array_equal(own.scores, plain.scores[kept])
    assert stock_rpn(trace) == Thresholds().rpn(trace)
    assert replace(own.thresholds, class_scores=()) == plain.thresholds
