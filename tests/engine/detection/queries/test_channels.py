"""All channels of a map, and which of them fire where."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from engine.detection.pipeline.inference import Inspection, InspectSpec, Workbench, inspect
from engine.detection.queries.channels import (
    SMALL,
    SORTS,
    cells_in,
    channel_sheet,
    scores,
    sort_channels,
)
from tests.engine.detection.conftest import picture


@pytest.fixture(scope="module")
def inspection(bench: Workbench) -> Inspection:
    *_, found = inspect(bench, InspectSpec(pixels=picture(150, 220), model="small"))
    assert isinstance(found, Inspection)
    return found


def test_the_sheet_has_every_channel_with_its_range(
    bench: Workbench, inspection: Inspection
) -> None:
    for level, values in enumerate(bench.features(inspection).maps.values()):
        (sheet,) = channel_sheet(bench, inspection, level)
        whole = values[0].cpu()
        assert sheet.shape == tuple(whole.shape) and len(sheet.small) == len(whole)
        assert max(sheet.small.shape[1:]) <= SMALL
        np.testing.assert_allclose(sheet.low, whole.amin((1, 2)), rtol=1e-6)
        np.testing.assert_allclose(sheet.high, whole.amax((1, 2)), rtol=1e-6)
        np.testing.assert_allclose(sheet.norm, whole.norm(dim=0), rtol=1e-5)
        size = sheet.small.shape[1:]
        pooled = functional.adaptive_avg_pool2d(whole, size)
        np.testing.assert_allclose(sheet.small, pooled, rtol=1e-4, atol=1e-6)


def test_a_channel_that_fires_in_the_box_alone_comes_first() -> None:
    """One blob in the box, one outside, one in both, one everywhere, one that is flat."""
    values = np.zeros((6, 10, 10), np.float32)
    inside = np.zeros((10, 10), bool)
    inside[2:4, 2:4] = True
    values[0, 7, 7] = 5
    values[1, 2:4, 2:4] = 5
    values[2, 2, 2] = values[2, 8, 8] = 5
    values[3] = np.random.default_rng(0).normal(size=(10, 10))
    values[5, 2:4, 2:4] = -5  # fires downwards
    share = scores(values, "only", inside)
    assert share[[1, 5]] == pytest.approx(1) and share[2] == pytest.approx(0.5)
    assert share[0] == share[4] == 0 and share[3] < 0.5


def test_places_and_boxes_are_scored_in_standard_deviations(
    bench: Workbench, inspection: Inspection
) -> None:
    level, cell = 1, (3, 5)
    whole = list(bench.features(inspection).maps.values())[level][0].double().cpu()
    mean, spread = whole.mean((1, 2)), whole.flatten(1).std(1, correction=0)
    (found,) = sort_channels(bench, inspection, level, "place", cell=cell)
    wanted = (whole[:, 3, 5] - mean) / spread
    np.testing.assert_allclose(found.score, wanted, rtol=1e-4, atol=1e-5)
    assert (np.diff(np.abs(found.score[found.order])) <= 0).all()
    box = np.array([40, 30, 150, 110], np.float32)
    inside = torch.from_numpy(cells_in(inspection.trace, level, box))
    (found,) = sort_channels(bench, inspection, level, "box", box=box)
    wanted = (whole[:, inside].mean(1) - mean) / spread
    np.testing.assert_allclose(found.score, wanted, rtol=1e-4, atol=1e-5)
    for sort in SORTS:
        (found,) = sort_channels(bench, inspection, level, sort, cell=cell, box=box)
        assert sorted(found.order.tolist()) == list(range(len(whole)))
    with pytest.raises(ValueError, match="place"):
        next(sort_channels(bench, inspection, level, "only"))


def test_cells_of_a_box_are_those_whose_anchors_are_centred_there(inspection: Inspection) -> None:
    trace = inspection.trace
    level = 0
    _, rows, columns = trace.feature_shapes[level]
    anchors = trace.anchors[trace.anchor_level == level].reshape(rows, columns, -1, 4)[:, :, 0]
    middles = trace.to_picture(anchors).reshape(rows, columns, 2, 2).mean(2)
    box = np.array([30, 20, 120, 90], np.float32)
    # torchvision rounds an anchor's corners: its centre may lie half a pixel off.
    sure = (middles >= box[:2] + 1).all(-1) & (middles <= box[2:] - 1).all(-1)
    near = (middles >= box[:2] - 1).all(-1) & (middles <= box[2:] + 1).all(-1)
    inside = cells_in(trace, level, box)
    assert (inside[sure]).all() and near[inside].all() and sure.any()
    assert cells_in(trace, level, np.array([61, 61, 62, 62], np.float32)).sum() == 1
