"""Questions to a place, a box or two boxes, answered as the model itself answers."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torchvision.ops import MultiScaleRoIAlign, batched_nms

from engine.detection.pipeline.inference import Inspection, InspectSpec, Workbench, inspect
from engine.detection.pipeline.selection import Selection, Thresholds, entered_pairs, select
from engine.detection.pipeline.trace import FATE, FATE_NAMES
from engine.detection.queries.anchors import (
    ask_anchor,
    cell_at,
    cell_box,
    objectness_map,
    roi_grid,
    shapes_per_cell,
    strides,
)
from engine.detection.queries.features import (
    ask_head,
    ask_roi,
    ask_window,
    feature_maps,
    network_input,
)
from engine.detection.queries.nms_pair import box_of_anchor, box_of_pair, compare_boxes, drawn_box
from tests.engine.detection.conftest import picture

MODELS = ("small", "maskrcnn_resnet50_fpn_v2")
SHAPE = (150, 220)


@pytest.fixture(scope="module", params=MODELS)
def inspection(request: pytest.FixtureRequest, bench: Workbench) -> Inspection:
    steps = list(inspect(bench, InspectSpec(pixels=picture(*SHAPE), model=request.param)))
    assert isinstance(steps[-1], Inspection)
    return steps[-1]


@pytest.fixture
def selection(inspection: Inspection) -> Selection:
    return select(inspection.trace, Thresholds(0.2, 0.4, 30))


def test_asked_head_answers_for_a_proposal_as_the_stock_pass(
    bench: Workbench, inspection: Inspection
) -> None:
    trace = inspection.trace
    (answer,) = ask_head(bench, inspection, trace.to_picture(trace.proposals[:20]))
    np.testing.assert_allclose(answer.class_logits, trace.class_logits[:20], atol=2e-3)
    np.testing.assert_allclose(answer.class_probs.sum(1), 1, atol=1e-5)
    refined = trace.to_picture(trace.pair_boxes[:20])
    np.testing.assert_allclose(answer.refined, refined, atol=0.1)
    assert np.array_equal(answer.roi_level, trace.roi_level[:20])
    assert (answer.label >= 1).all()
    assert np.array_equal(answer.score, answer.class_probs[:, 1:].max(1))


def test_box_beyond_the_picture_is_cut_to_it(bench: Workbench, inspection: Inspection) -> None:
    (answer,) = ask_head(bench, inspection, np.array([[-50, -9, 9999, 40]], np.float32))
    np.testing.assert_allclose(answer.boxes[0], [0, 0, SHAPE[1], 40], atol=1e-3)


def test_every_class_has_a_mask_and_the_winners_is_the_stock_one(
    bench: Workbench, inspection: Inspection
) -> None:
    trace = inspection.trace
    assert trace.mask_probs is not None
    label = int(trace.labels[0])
    box = trace.to_picture(trace.pair_boxes[trace.detection_proposal[0], label])
    (maps,) = ask_roi(bench, inspection, box, label)
    assert maps.mask_probs is not None
    assert maps.mask_probs.shape == (trace.class_logits.shape[1], 28, 28)
    np.testing.assert_allclose(maps.mask_probs[label], trace.mask_probs[0], atol=1e-3)
    assert maps.pooled_norm.shape == (7, 7) and (maps.pooled_norm > 0).all()
    assert (maps.keypoint_heat is None) == (trace.keypoints is None)
    if maps.keypoint_heat is not None:
        assert trace.keypoints is not None and trace.keypoint_scores is not None
        assert maps.keypoint_heat.shape == (17, 56, 56)
        np.testing.assert_allclose(maps.keypoint_scores, trace.keypoint_scores[0], atol=1e-2)


@pytest.mark.parametrize("place", [(0, 0, 0), (0, 7, 9), (1, 2, 0), (2, 1, 3)])
def test_window_gives_the_numbers_of_the_trace(
    bench: Workbench, inspection: Inspection, place: tuple[int, int, int]
) -> None:
    level, row, column = place
    trace = inspection.trace
    (answer,) = ask_window(bench, inspection, *place)
    anchors = ask_anchor(trace, select(trace, Thresholds()), *place)
    assert len(anchors) == shapes_per_cell(trace, level) == len(answer.objectness)
    index = [each.anchor for each in anchors]
    np.testing.assert_allclose(answer.objectness, trace.objectness[index], atol=1e-3)
    np.testing.assert_allclose(answer.deltas, trace.deltas[index], atol=1e-3)
    assert answer.window.shape == (3, 3, trace.feature_shapes[level][0])
    assert (answer.shared >= 0).all() and len(answer.shared) == trace.feature_shapes[level][0]
    if (row, column) == (0, 0):
        assert (answer.window[0] == 0).all() and (answer.window[:, 0] == 0).all()
    assert answer.window_norm[1, 1] > 0


def test_anchors_of_a_cell_are_those_of_the_trace(
    inspection: Inspection, selection: Selection
) -> None:
    trace, level = inspection.trace, 0
    step_y, step_x = strides(trace, level)
    for row, column in ((3, 5), (0, 0), (8, 2)):
        answers = ask_anchor(trace, selection, level, row, column)
        for answer in answers:
            centre = (trace.anchors[answer.anchor, :2] + trace.anchors[answer.anchor, 2:]) / 2
            assert centre.tolist() == [column * step_x, row * step_y]
            assert answer.p_object + answer.p_not == 1
            logit = torch.tensor(answer.objectness, dtype=torch.float64)
            assert answer.p_object == pytest.approx(torch.sigmoid(logit).item())
            assert FATE_NAMES[answer.fate] == answer.fate_name
            assert (answer.suppressed_by >= 0) == (answer.fate_name == "rpn_nms")
            within = answer.rank <= trace.rpn_pre_nms_top_n
            assert within == (answer.fate_name != "level_top_n")
            if answer.proposal >= 0:
                assert selection.rois.anchor[answer.proposal] == answer.anchor
        x, y = (answers[0].box[:2] + answers[0].box[2:]) / 2
        assert cell_at(trace, level, float(x), float(y)) == (row, column)
        window = cell_box(trace, level, row, column)
        assert window[0] < x < window[2] and window[1] < y < window[3]
    assert cell_at(trace, level, -100, 1e6) == (trace.feature_shapes[level][1] - 1, 0)


def test_objectness_map_is_laid_out_as_the_anchors(inspection: Inspection) -> None:
    trace = inspection.trace
    for level, (_, rows, columns) in enumerate(trace.feature_shapes):
        values = objectness_map(trace, level)
        assert values.shape == (rows, columns, shapes_per_cell(trace, level))
    logits = torch.from_numpy(trace.objectness)
    flat = np.concatenate(
        [objectness_map(trace, k).ravel() for k in range(len(trace.feature_shapes))]
    )
    np.testing.assert_allclose(flat, torch.sigmoid(logits).numpy(), atol=1e-6)


@pytest.mark.parametrize("box", [(10.0, 20.0, 90.0, 70.0), (30.5, 11.2, 33.1, 90.0)])
def test_grid_is_where_roi_align_samples(
    inspection: Inspection, box: tuple[float, float, float, float]
) -> None:
    trace, level = inspection.trace, 0
    _, rows, columns = trace.feature_shapes[level]
    pool = MultiScaleRoIAlign(["0"], 7, 2)
    # Maps whose values are their own coordinates: bilinear sampling returns the place.
    ys, xs = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
    maps = {"0": torch.stack([xs, ys])[None].float()}
    pooled = pool(maps, [torch.tensor([box])], [trace.input_size])[0]
    grid = roi_grid(trace, np.array(box, np.float32), level)
    ratio = np.array(trace.picture_size[::-1]) / np.array(trace.input_size[::-1])
    places = grid.points.mean((2, 3)) / ratio / grid.stride
    np.testing.assert_allclose(places.transpose(2, 0, 1), pooled.numpy(), atol=1e-3)
    assert grid.edges_x[0] == pytest.approx(box[0] * ratio[0])
    assert len(grid.edges_x) == len(grid.edges_y) == 8


def test_feature_maps_are_those_of_the_backbone(bench: Workbench, inspection: Inspection) -> None:
    whole = list(bench.features(inspection).maps.values())[1][0]
    (shown,) = feature_maps(bench, inspection, 1)
    assert shown.shape == tuple(whole.shape) == inspection.trace.feature_shapes[1]
    np.testing.assert_allclose(shown.norm, whole.norm(dim=0).numpy(), rtol=1e-5)
    assert np.array_equal(shown.values, whole[torch.from_numpy(shown.channels)].numpy())
    spread = whole.flatten(1).std(1)
    assert spread[shown.channels[0]] == spread.max()
    (chosen,) = feature_maps(bench, inspection, 0, [3, 1])
    assert chosen.channels.tolist() == [3, 1] and len(chosen.values) == 2


def test_network_input_is_the_picture_resized(bench: Workbench, inspection: Inspection) -> None:
    (seen,) = network_input(bench, inspection)
    height, width = seen.input_size
    assert seen.pixels.shape == (*seen.padded_size, 3)
    assert (seen.pixels[height:] == 0).all() and (seen.pixels[:, width:] == 0).all()
    tensor = torch.from_numpy(inspection.picture.pixels).permute(2, 0, 1)[None].float()
    resized = torch.nn.functional.interpolate(tensor, size=(height, width), mode="bilinear")
    ours = seen.pixels[:height, :width].astype(float)
    assert np.abs(ours - resized[0].permute(1, 2, 0).numpy()).max() <= 2
    assert seen.low < 0 < seen.high


def test_court_agrees_with_the_nms(inspection: Inspection, selection: Selection) -> None:
    trace, rois = inspection.trace, selection.rois
    rows, labels = entered_pairs(selection)
    lost = [p for p in zip(rows.tolist(), labels.tolist(), strict=True) if p not in selection.pairs]
    tried = 0
    for row, label in lost[:: max(1, len(lost) // 50)]:
        loser = box_of_pair(trace, rois, row, label)
        first = compare_boxes(trace, selection, loser, loser)
        by = first.by[0]
        if by is None or first.shown[0]:
            continue
        judged = compare_boxes(trace, selection, by, loser)
        assert judged.winner == 0 and judged.same_group and judged.shown == (True, False)
        tried += judged.suppressed
        boxes = torch.from_numpy(np.stack([by.net, loser.net]))
        scores = torch.tensor([by.score, loser.score])
        kept = batched_nms(boxes, scores, torch.tensor([label, label]), judged.threshold)
        assert (len(kept) == 1) == judged.suppressed_agnostic
        above = compare_boxes(trace, selection, by, loser, threshold=judged.turning_point)
        assert not above.suppressed
    assert tried >= 1


def test_court_of_two_classes_and_of_drawn_boxes(
    inspection: Inspection, selection: Selection
) -> None:
    trace = inspection.trace
    first = drawn_box(trace, (10, 10, 60, 60), 1, 0.9)
    other = drawn_box(trace, (10, 10, 60, 60), 2, 0.8)
    judged = compare_boxes(trace, selection, first, other)
    assert judged.iou == pytest.approx(1) and not judged.same_group
    assert not judged.suppressed and judged.suppressed_agnostic and judged.shown == (False, False)
    agnostic = select(trace, Thresholds(0.2, 0.4, 30, class_agnostic=True))
    assert compare_boxes(trace, agnostic, first, other).suppressed


def test_court_of_two_anchors_is_the_rpns(inspection: Inspection, selection: Selection) -> None:
    trace = inspection.trace
    lost = np.flatnonzero(trace.fate == FATE["rpn_nms"])[:10]
    for anchor in lost:
        party = box_of_anchor(trace, int(anchor))
        judged = compare_boxes(trace, selection, party, party)
        by = judged.by[0]
        assert by is not None and by.kind == "anchor" and by.group == party.group
        assert trace.fate[by.index] > FATE["rpn_nms"]
        assert judged.threshold == trace.rpn_nms_threshold
