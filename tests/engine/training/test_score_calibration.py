"""Scores fitted to what is true, and folded into a classifier."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from engine.detection import trace_stages
from engine.detection.models import builders
from engine.training.evaluation.calibration import calibration
from engine.training.evaluation.judged_detections import Judged
from engine.training.evaluation.progress import Progress
from engine.training.score_calibration import calibrate, fit_scores, fitted_threshold, fold
from engine.training.synthetic_shapes import CLASSES, ShapesPictures
from tests.engine.training.test_trainer import TINY


def drawn(count: int, *, classes: int, scale: float, shift: float) -> tuple[Any, Any, Any]:
    """Logits whose answers are true as often as their scaled and shifted scores say."""
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, (count, classes)).astype(np.float32)
    labels = logits[:, 1:].argmax(1) + 1
    right = torch.from_numpy(logits * scale + shift * (np.arange(classes) > 0)).softmax(1).numpy()
    return logits, labels, rng.random(count) < right[np.arange(count), labels]


@pytest.mark.parametrize(("classes", "scale", "shift"), [(2, 0.4, -1.0), (4, 1.7, 0.5)])
def test_the_scale_and_the_shift_are_found_again(classes: int, scale: float, shift: float) -> None:
    found = fit_scores(*drawn(40_000, classes=classes, scale=scale, shift=shift))
    assert found == pytest.approx((scale, shift), abs=0.06)


def test_scores_that_claim_too_much_are_mended() -> None:
    logits, labels, true = drawn(20_000, classes=2, scale=0.3, shift=-0.5)
    scale, shift = fit_scores(logits, labels, true)
    errors = []
    for values in (logits, logits * scale + shift * np.asarray([0, 1])):
        scores = torch.from_numpy(values).softmax(1).numpy()[:, 1].astype(float)
        judged = Judged(np.arange(len(scores)), scores, true, len(scores))
        errors.append(calibration(judged)["error"])
    assert errors[0] > 0.1 > 0.02 > errors[1]


def test_one_answer_teaches_nothing() -> None:
    logits, labels, true = drawn(10, classes=2, scale=1, shift=0)
    for same in (np.ones_like(true), np.zeros_like(true), true[:0]):
        count = len(same)
        assert fit_scores(logits[:count], labels[:count], same) == (1.0, 0.0)


def test_the_net_itself_gives_the_new_logits() -> None:
    torch.manual_seed(0)
    model = builders.build(replace(TINY, classes=len(CLASSES) + 1, keypoints=17)).eval()
    pixels = ShapesPictures(0, 1).pixels(0)
    before = trace_stages(model, pixels).class_logits
    fold(model.roi_heads.box_predictor.cls_score, 0.5, -0.25)
    after = trace_stages(model, pixels).class_logits
    expected = 0.5 * before - 0.25 * (np.arange(before.shape[1]) > 0)
    np.testing.assert_allclose(after, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("scale", "shift"), [(0.5, -0.25), (1.3, -2.3), (1.0, 0.0)])
def test_a_threshold_moves_with_the_scores(scale: float, shift: float) -> None:
    logits = torch.tensor([0.0, float(np.log(0.05 / 0.95))], dtype=torch.float64)
    changed = logits * scale + torch.tensor([0.0, shift], dtype=torch.float64)
    wanted = changed.softmax(0)[1].item()
    assert fitted_threshold(0.05, scale, shift) == pytest.approx(wanted)
    assert (fitted_threshold(0.0, scale, shift), fitted_threshold(1.0, scale, shift)) == (0, 1)


def test_calibrate_asks_the_model_and_reports_progress() -> None:
    torch.manual_seed(0)
    model = builders.build(replace(TINY, classes=len(CLASSES) + 1, keypoints=17)).eval()
    model.roi_heads.score_thresh = 0.0
    weight = model.roi_heads.box_predictor.cls_score.weight.clone()
    *progress, (scale, shift) = calibrate(model, ShapesPictures(2, 3), range(3), classes=CLASSES)
    assert progress == [Progress(1, 3), Progress(2, 3), Progress(3, 3)]
    assert scale > 0 and np.isfinite(shift)
    torch.testing.assert_close(model.roi_heads.box_predictor.cls_score.weight, weight * scale)
