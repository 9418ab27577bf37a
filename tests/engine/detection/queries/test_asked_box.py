"""A box of one's own as a proposal: what torchvision's own modules give for it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional
from torchvision.models.detection.roi_heads import keypointrcnn_inference, maskrcnn_inference
from torchvision.models.detection.transform import resize_boxes, resize_keypoints
from torchvision.ops import box_iou, clip_boxes_to_image

from engine.detection.pipeline.inference import Inspection, InspectSpec, Workbench, inspect
from engine.detection.pipeline.stages import forget_scales
from engine.detection.queries.asked_box import BoxAnswer, ask_box
from tests.engine.detection.conftest import picture

BOX = (30.0, 20.0, 118.0, 97.0)


@pytest.fixture(scope="module")
def inspection(bench: Workbench) -> Inspection:
    steps = list(inspect(bench, InspectSpec(pixels=picture(150, 220), model="small")))
    assert isinstance(steps[-1], Inspection)
    return steps[-1]


@pytest.mark.parametrize("label", [None, 2])
@torch.no_grad()
def test_the_heads_answer_as_torchvisions_modules(
    bench: Workbench, inspection: Inspection, label: int | None
) -> None:
    first, last = ask_box(bench, inspection, BOX, label)
    assert isinstance(first, BoxAnswer) and not first.complete and last.complete
    features, trace = bench.features(inspection), inspection.trace
    heads, size = features.model.roi_heads, features.input_size
    forget_scales(features.model)
    rois = [torch.from_numpy(trace.from_picture(np.array([BOX], np.float32)))]
    logits, deltas = heads.box_predictor(
        heads.box_head(heads.box_roi_pool(features.maps, rois, [size]))
    )
    probs = functional.softmax(logits, -1)[0]
    refined = clip_boxes_to_image(heads.box_coder.decode(deltas, rois), size)[0]
    wanted = int(probs[1:].argmax()) + 1 if label is None else label
    np.testing.assert_allclose(last.class_probs, probs.numpy(), atol=1e-5)
    in_picture = resize_boxes(refined, size, trace.picture_size)
    np.testing.assert_allclose(last.refined, in_picture.numpy(), atol=1e-2)
    assert last.label == wanted and last.score == pytest.approx(float(probs[wanted]), abs=1e-5)
    overlap = box_iou(torch.tensor([BOX]), in_picture[wanted][None])
    assert last.iou == pytest.approx(float(overlap), abs=1e-3)

    labels, box = [torch.tensor([wanted])], [refined[wanted][None]]
    masks = heads.mask_predictor(heads.mask_head(heads.mask_roi_pool(features.maps, box, [size])))
    mask = maskrcnn_inference(masks, labels)[0][0, 0]
    assert last.mask_prob is not None and last.keypoints is not None
    np.testing.assert_allclose(last.mask_prob, mask.numpy(), atol=1e-4)
    heat = heads.keypoint_predictor(
        heads.keypoint_head(heads.keypoint_roi_pool(features.maps, box, [size]))
    )
    points, scores = keypointrcnn_inference(heat, box)
    shown = resize_keypoints(points[0], size, trace.picture_size)[0]
    np.testing.assert_allclose(last.keypoints[:, :2], shown[:, :2].numpy(), atol=0.6)
    np.testing.assert_allclose(last.keypoint_scores, scores[0][0].numpy(), atol=1e-2)


def test_a_detections_own_proposal_gives_that_detection(
    bench: Workbench, inspection: Inspection
) -> None:
    trace = inspection.trace
    row, label = int(trace.detection_proposal[0]), int(trace.labels[0])
    x0, y0, x1, y1 = trace.to_picture(trace.proposals[row]).tolist()
    *_, answer = ask_box(bench, inspection, (x0, y0, x1, y1), label)
    assert answer.score == pytest.approx(float(trace.scores[0]), abs=1e-3)
    np.testing.assert_allclose(answer.refined[label], trace.boxes[0], atol=0.1)
    assert answer.mask_prob is not None and trace.mask_probs is not None
    np.testing.assert_allclose(answer.mask_prob, trace.mask_probs[0], atol=1e-2)
