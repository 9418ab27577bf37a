"""The trace equals the stock model bit for bit, and loses no anchor on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torchvision.models.detection.roi_heads import paste_masks_in_image

from engine.detection import trace_stages
from engine.detection.pipeline.mask_pasting import paste, paste_all
from engine.detection.pipeline.stages import StageProgress, forget_scales, trace
from engine.detection.pipeline.trace import (
    FATE,
    FATE_NAMES,
    FIRST_PROPOSAL_FATE,
    StageTrace,
    funnel,
)
from tests.engine.detection.conftest import picture, stock

MASK, KEYPOINT = "maskrcnn_resnet50_fpn", "keypointrcnn_resnet50_fpn"
FASTER, MOBILE = "fasterrcnn_resnet50_fpn", "fasterrcnn_mobilenet_v3_large_320_fpn"
NAMES = {"keypoints_scores": "keypoint_scores"}


def assert_equal_to_stock(model: Any, height: int, width: int) -> StageTrace:
    pixels = picture(height, width)
    result = trace_stages(model, pixels)
    expected = stock(model, pixels)
    for name, value in expected.items():
        ours = torch.from_numpy(getattr(result, NAMES.get(name, name)))
        assert torch.equal(ours, value), name
    assert (result.mask_probs is None) == ("masks" not in expected)
    assert (result.keypoints is None) == ("keypoints" not in expected)
    return result


@pytest.mark.parametrize("name", [FASTER, MASK, KEYPOINT, MOBILE])
@pytest.mark.parametrize("shape", [(600, 1000), (90, 64), (1, 1)])
def test_trace_equals_stock_model(
    make_model: Callable[..., Any], name: str, shape: tuple[int, int]
) -> None:
    result = assert_equal_to_stock(make_model(name), *shape)
    if shape != (1, 1):
        assert 0 < len(result.labels) <= 20


def test_trace_equals_stock_model_at_its_real_size(make_model: Callable[..., Any]) -> None:
    model = make_model(MASK)
    small = model.transform.min_size, model.transform.max_size
    model.transform.min_size, model.transform.max_size = (800,), 1333
    forget_scales(model)
    try:
        result = assert_equal_to_stock(model, 600, 1000)
    finally:
        model.transform.min_size, model.transform.max_size = small
    assert result.input_size == (799, 1333) and result.padded_size == (800, 1344)


def test_index_of_each_array_leads_to_the_one_before(make_model: Callable[..., Any]) -> None:
    result = assert_equal_to_stock(make_model(MASK), 300, 400)
    height, width = result.input_size
    clipped = result.decoded[result.proposal_anchor].clip(0, [width, height, width, height])
    assert np.array_equal(clipped, result.proposals)
    pair = result.detection_proposal, result.labels
    assert np.array_equal(result.pair_scores[pair], result.scores)
    assert np.array_equal(result.to_picture(result.pair_boxes[pair]), result.boxes)
    per_level = [shape[1] * shape[2] * 3 for shape in result.feature_shapes]
    assert np.bincount(result.anchor_level).tolist() == per_level
    assert len(result.anchors) == sum(per_level) == len(result.fate)
    sides = np.sqrt(np.prod(result.proposals[:, 2:] - result.proposals[:, :2], 1))
    level = np.floor(4 + np.log2(sides / 224) + 1e-6).clip(2, 5) - 2
    assert np.array_equal(result.roi_level, level)


@pytest.mark.parametrize("name", [MASK, MOBILE])
def test_every_anchor_ends_at_one_gate(make_model: Callable[..., Any], name: str) -> None:
    model = make_model(name)
    result = trace_stages(model, picture(200, 300))
    counts = funnel(result.fate)
    assert list(counts) == list(FATE_NAMES) == list(result.fate_names)
    assert sum(counts.values()) == len(result.anchors)
    top_n = model.rpn.pre_nms_top_n()
    entered = sum(min(int(n), top_n) for n in np.bincount(result.anchor_level))
    assert counts["level_top_n"] == len(result.anchors) - entered
    proposals = sum(list(counts.values())[FIRST_PROPOSAL_FATE:])
    assert proposals == len(result.proposals) == len(np.unique(result.proposal_anchor))
    assert counts["detected"] == len(np.unique(result.detection_proposal)) > 0
    detected = np.flatnonzero(result.fate == FATE["detected"])
    assert set(result.proposal_anchor[result.detection_proposal]) == set(detected)


def test_progress_names_the_parts_that_the_model_has(make_model: Callable[..., Any]) -> None:
    steps = list(trace(make_model(FASTER), picture(60, 90)))
    progress = [step for step in steps[:-1] if isinstance(step, StageProgress)]
    assert [step.stage for step in progress] == ["input", "features", "rpn", "proposals", "boxes"]
    assert [step.index for step in progress] == list(range(5))
    result, features = steps[-1]
    assert set(result.stage_seconds) == {step.stage for step in progress}
    assert tuple(features.maps) == result.feature_names


def test_gradients_stay_on_between_the_parts(make_model: Callable[..., Any]) -> None:
    for _ in trace(make_model(FASTER), picture(60, 90)):
        assert torch.is_grad_enabled()


def test_training_mode_and_odd_images_are_refused(make_model: Callable[..., Any]) -> None:
    model = make_model(FASTER)
    with pytest.raises(ValueError, match="uint8"):
        trace_stages(model, picture(60, 90).astype(np.float32))
    model.train()
    try:
        with pytest.raises(ValueError, match="eval"):
            trace_stages(model, picture(60, 90))
    finally:
        model.eval()


def test_extreme_picture_spoils_the_next_one_only_in_torchvision(
    make_model: Callable[..., Any],
) -> None:
    model = make_model(FASTER)
    pixels = picture(90, 120)
    forget_scales(model)
    expected = trace_stages(model, pixels)
    forget_scales(model)
    trace_stages(model, picture(20, 4000))
    forget_scales(model)
    again = trace_stages(model, pixels)
    assert np.array_equal(again.class_logits, expected.class_logits)


def test_pasted_masks_have_torchvisions_values() -> None:
    rng = np.random.default_rng(0)
    corners = rng.uniform(-5, 100, (40, 2))
    boxes = np.concatenate([corners, corners + rng.uniform(0, 90, (40, 2))], 1)
    boxes = boxes.clip(0, [160, 120, 160, 120]).astype(np.float32)
    boxes[0] = [0, 0, 160, 120]
    boxes[1] = [10, 10, 10.001, 10.001]
    probs = rng.uniform(0, 1, (40, 28, 28)).astype(np.float32)
    expected = paste_masks_in_image(
        torch.from_numpy(probs)[:, None], torch.from_numpy(boxes), (120, 160)
    )[:, 0].numpy()
    assert np.array_equal(paste_all(probs, boxes, picture_size=(120, 160)), expected)
    for prob, box, whole in zip(probs, boxes, expected, strict=True):
        x0, y0, crop = paste(prob, box, (120, 160))
        inside = whole[y0 : y0 + crop.shape[0], x0 : x0 + crop.shape[1]]
        assert np.array_equal(crop, inside)
        assert whole.sum(dtype=np.float64) == pytest.approx(crop.sum(dtype=np.float64))


def test_read_only_pixels_are_taken(make_model: Callable[..., Any]) -> None:
    pixels = picture(60, 90)
    pixels.flags.writeable = False
    assert len(trace_stages(make_model(FASTER), pixels).anchors)


COARSE = {"first_stride": 8, "anchor_sizes": (18, 44, 104, 232)}


@pytest.mark.parametrize(
    ("body", "changes"),
    [("small", {}), ("efficientnet-lite0", {}), ("movenet", {}), ("movenet", COARSE)],
)
def test_trace_equals_our_own_nets(
    make_model: Callable[..., Any], body: str, changes: dict[str, Any]
) -> None:
    for shape in ((600, 1000), (70, 50)):
        result = assert_equal_to_stock(make_model(body, **changes), *shape)
        assert result.mask_probs is not None and result.keypoints is not None
