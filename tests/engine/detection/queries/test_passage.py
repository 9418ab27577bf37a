"""What moves on a picture's way is what the pass had, and each box ends by a better one."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torchvision.ops import box_iou

from engine.detection.pipeline.inference import Inspection, InspectSpec, Workbench, inspect
from engine.detection.pipeline.selection import Selection, Thresholds, entered_pairs, select
from engine.detection.pipeline.trace import FATE
from engine.detection.queries.passage import MOST_MOVED, MOST_ROIS, Passage, Suppression, passage
from tests.engine.detection.conftest import picture


@pytest.fixture(scope="module")
def looked(bench: Workbench) -> tuple[Inspection, Selection, Passage]:
    *_, found = inspect(bench, InspectSpec(pixels=picture(150, 220), model="small"))
    assert isinstance(found, Inspection)
    chosen = select(found.trace, Thresholds(score=0.05, nms=0.3))
    (way,) = passage(bench, found, chosen)
    return found, chosen, way


def check(moved: Suppression, nms: float) -> None:
    """Every box that is ended overlaps its suppressor, which stays, by more than the limit."""
    assert (np.diff(moved.scores) <= 0).all() and len(moved.scores) <= MOST_MOVED
    ended = np.flatnonzero(moved.ended_by >= 0)
    assert 0 < ended.size < len(moved.scores)
    overlaps = box_iou(torch.from_numpy(moved.ends), torch.from_numpy(moved.ends)).numpy()
    for index in ended.tolist():
        by = int(moved.ended_by[index])
        if by == index:  # an empty box, which no NMS gets
            assert (moved.ends[index, 2:] - moved.ends[index, :2]).min() < 0.1
            continue
        assert by < index and moved.ended_by[by] == -1
        assert overlaps[by, index] > nms - 1e-3


def test_the_rpns_boxes_go_from_anchor_to_decoded_box_and_end_by_better_ones(
    looked: tuple[Inspection, Selection, Passage],
) -> None:
    trace, chosen, way = looked[0].trace, looked[1], looked[2]
    came = np.flatnonzero(chosen.fate >= FATE["rpn_nms"])
    best = came[np.argsort(-trace.objectness[came], kind="stable")[:MOST_MOVED]]
    assert np.array_equal(way.rpn.starts, trace.to_picture(trace.anchors[best]))
    assert np.array_equal(way.rpn.ends, trace.to_picture(trace.clipped(best)))
    assert np.array_equal(way.rpn.ended_by < 0, chosen.fate[best] > FATE["rpn_nms"])
    assert way.rpn.left_out == len(came) - len(best)
    check(way.rpn, trace.rpn_nms_threshold)


def test_the_heads_boxes_go_from_proposal_to_refined_box_and_leave_the_detections(
    looked: tuple[Inspection, Selection, Passage],
) -> None:
    trace, chosen, way = looked[0].trace, looked[1], looked[2]
    rows, _ = entered_pairs(chosen)
    assert len(way.head.scores) + way.head.left_out == len(rows)
    check(way.head, 0.3)
    stay = {tuple(box) for box in way.head.ends[way.head.ended_by < 0].tolist()}
    assert stay == {tuple(box) for box in chosen.boxes.tolist()} or way.head.left_out
    proposals = {tuple(box) for box in trace.to_picture(trace.proposals).tolist()}
    assert {tuple(box) for box in way.head.starts.tolist()} <= proposals


def test_the_window_goes_over_every_cell_of_one_level(
    looked: tuple[Inspection, Selection, Passage],
) -> None:
    trace, way = looked[0].trace, looked[2]
    _, rows, columns = trace.feature_shapes[way.level]
    assert way.windows.shape == (rows * columns, 4) and len(way.anchors) == rows * columns
    assert len(way.grids) == len(trace.feature_shapes) and way.grids[way.level][:2] == (
        rows,
        columns,
    )
    of_level = trace.to_picture(trace.anchors[trace.anchor_level == way.level])
    assert np.array_equal(way.anchors.reshape(-1, 4), of_level)
    middles = (way.windows[:, :2] + way.windows[:, 2:]) / 2
    anchor_middles = (way.anchors[:, 0, :2] + way.anchors[:, 0, 2:]) / 2
    assert np.allclose(middles, anchor_middles, atol=0.01)
    best = trace.objectness[trace.anchor_level == way.level].reshape(len(way.windows), -1).max(1)
    assert np.allclose(way.objectness, 1 / (1 + np.exp(-best)), atol=1e-6)
    assert len(way.rois) == len(way.roi_levels) <= MOST_ROIS
