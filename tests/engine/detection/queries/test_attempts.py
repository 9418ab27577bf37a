"""More resolution: the model on the enlarged picture, and on a crop, as the stock model sees it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from engine.detection.pipeline.inference import (
    Inspection,
    InspectSpec,
    Workbench,
    fill_rois,
    inspect,
    shrunk,
)
from engine.detection.pipeline.rois import stock_rois
from engine.detection.pipeline.selection import Thresholds, stock_thresholds
from engine.detection.pipeline.stages import StageProgress, forget_scales
from engine.detection.queries.attempts import SCALE, Attempt, crop_around, try_again
from tests.engine.detection.conftest import picture, stock

SHAPE = (150, 220)


@pytest.fixture(scope="module")
def inspection(bench: Workbench) -> Inspection:
    steps = list(inspect(bench, InspectSpec(pixels=picture(*SHAPE), model="small")))
    assert isinstance(steps[-1], Inspection)
    return steps[-1]


def attempt(bench: Workbench, inspection: Inspection, *asked: Any, **how: Any) -> Attempt:
    *before, last = try_again(bench, inspection, stock_thresholds(inspection.trace), *asked, **how)
    assert before and all(isinstance(step, StageProgress) for step in before)
    assert isinstance(last, Attempt)
    return last


def test_enlarged_is_the_stock_model_with_a_larger_input(
    bench: Workbench, inspection: Inspection
) -> None:
    model, _, _ = bench.model(inspection.spec)
    forget_scales(model)
    with shrunk(model, SCALE):
        expected = stock(model, inspection.picture.pixels)
    forget_scales(model)
    wanted = expected["boxes"][1].tolist()
    label = int(expected["labels"][1])
    last = attempt(bench, inspection, tuple(wanted), label)
    np.testing.assert_array_equal(last.boxes, expected["boxes"].numpy())
    np.testing.assert_array_equal(last.scores, expected["scores"].numpy())
    assert last.found and last.label == label and last.box is not None
    assert last.score >= float(expected["scores"][1])
    assert last.enlarged == pytest.approx(SCALE, rel=0.02)
    assert inspection.trace.input_size[0] * SCALE == pytest.approx(last.input_size[0], rel=0.02)


def test_a_crop_is_the_stock_model_on_those_pixels(
    bench: Workbench, inspection: Inspection
) -> None:
    box = (20.0, 30.0, 50.0, 60.0)
    x0, y0, x1, y1 = (int(side) for side in crop_around(box, SHAPE))
    assert (x1 - x0, y1 - y0) == (90, 90)
    model, _, _ = bench.model(inspection.spec)
    forget_scales(model)
    expected = stock(model, inspection.picture.pixels[y0:y1, x0:x1])
    forget_scales(model)
    moved = expected["boxes"].numpy() + np.array([x0, y0, x0, y0], np.float32)
    x0, y0, x1, y1 = moved[0].tolist()
    last = attempt(bench, inspection, box, crop=True)
    np.testing.assert_allclose(last.boxes, moved, atol=1e-4)
    np.testing.assert_array_equal(last.scores, expected["scores"].numpy())
    assert last.enlarged > 1
    far = attempt(bench, inspection, (0.0, 0.0, 2.0, 2.0), crop=True)
    assert not far.found and far.score <= 1


def test_what_is_shown_is_not_touched(bench: Workbench, inspection: Inspection) -> None:
    """Other questions are answered between two steps of an attempt, at the usual input."""
    model, _, _ = bench.model(inspection.spec)
    usual = model.transform.min_size, model.transform.max_size
    trace = inspection.trace
    rois = stock_rois(trace)
    anchors = np.setdiff1d(np.arange(len(trace.anchors)), trace.proposal_anchor)[:3]

    def asked() -> torch.Tensor:
        *_, filled = fill_rois(bench, inspection, rois, wanted=anchors, everything=False)
        return torch.from_numpy(filled.rois.class_logits[len(rois) :])

    before = asked()
    steps = try_again(bench, inspection, Thresholds(), (9.0, 9.0, 60.0, 60.0))
    for _ in steps:
        assert (model.transform.min_size, model.transform.max_size) == usual
        assert torch.equal(asked(), before)


@pytest.mark.parametrize(
    ("box", "size", "region"),
    [
        ((40, 40, 50, 60), (100, 200), (15, 20, 75, 80)),
        ((0, 0, 10, 20), (100, 200), (0, 0, 60, 60)),
        ((190, 90, 200, 100), (100, 200), (170, 70, 200, 100)),
        ((10, 10, 90, 90), (100, 200), (0, 0, 200, 100)),
    ],
)
def test_a_crop_stays_in_the_picture(
    box: tuple[float, ...], size: tuple[int, int], region: tuple[float, ...]
) -> None:
    x0, y0, x1, y1 = box
    assert crop_around((x0, y0, x1, y1), size) == region
