"""The receptive field against nets whose field can be written down."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from engine.detection.pipeline.inference import Inspection, InspectSpec, Workbench, inspect
from engine.detection.queries.receptive_field import (
    PROJECTIONS,
    ask_receptive_field,
    centre_of,
    gradients,
    in_squares,
)
from tests.engine.detection.conftest import picture


def ones(padding: tuple[int, int, int, int] | None, *, layers: int = 2) -> nn.Sequential:
    """3 x 3 convolutions of ones with stride 2: a pixel weighs as many ways as lead to it."""
    parts: list[nn.Module] = []
    for layer in range(layers):
        if padding is not None:
            parts.append(nn.ZeroPad2d(padding))
        conv = nn.Conv2d(
            3 if layer == 0 else 1, 1, 3, stride=2, padding=0 if padding else 1, bias=False
        )
        nn.init.ones_(conv.weight)
        parts.append(conv)
    return nn.Sequential(*parts)


def test_two_convolutions_weigh_pixels_by_the_ways_that_lead_there() -> None:
    """Along each axis (1 1 1) spread by 2 and by (1 1 1): 1 1 2 1 2 1 1, seven pixels."""
    ways = np.array([1, 1, 2, 1, 2, 1, 1], np.float64)
    (mass,) = gradients(ones(None), torch.zeros(3, 32, 48), level=0, row=4, column=6, passes=1)
    expected = np.zeros((32, 48))
    expected[13:20, 21:28] = 3 * np.outer(ways, ways)  # cell i is centred on pixel 4 i
    np.testing.assert_array_equal(mass, expected)
    assert centre_of(mass)[:2] == pytest.approx((6 * 4 + 0.5, 4 * 4 + 0.5))
    assert in_squares(mass, 4).sum() == pytest.approx(1)


def test_one_sided_padding_sees_further_right_and_down() -> None:
    """Padded on the right and below alone, each layer moves the field by its stride."""
    net = ones((0, 2, 0, 2))
    (mass,) = gradients(net, torch.zeros(3, 32, 48), level=0, row=3, column=5, passes=1)
    # The kernel's middle is one pixel on: 1 of the first layer and 2 of the second.
    assert centre_of(mass)[:2] == pytest.approx((5 * 4 + 3.5, 3 * 4 + 3.5))


def test_channels_that_cancel_in_a_sum_are_seen() -> None:
    """Two channels with opposite weights: their sum has no gradient, the field has."""
    conv = nn.Conv2d(3, 2, 1, bias=False)
    with torch.no_grad():
        conv.weight[0], conv.weight[1] = 1.0, -1.0
    *_, mass = gradients(conv, torch.zeros(3, 4, 4), level=0, row=1, column=2, passes=8)
    assert mass[1, 2] > 0 and mass.sum() == mass[1, 2]


def test_half_of_the_mass_lies_within_the_radius() -> None:
    mass = np.zeros((11, 11))
    mass[5, 5], mass[5, 2], mass[5, 8] = 6.0, 2.0, 2.0
    assert centre_of(mass) == (5.5, 5.5, 0.0)
    mass[5, 5] = 1.0
    assert centre_of(mass) == pytest.approx((5.5, 5.5, 3.0))
    assert centre_of(np.zeros((4, 6))) == (3, 2, 0)


def test_a_real_backbones_field_lies_where_the_picture_moves_its_features(
    bench: Workbench,
) -> None:
    """Pixels without weight change nothing; those of the heaviest square change the cell."""
    pixels = picture(120, 160, seed=3)
    *_, found = inspect(bench, InspectSpec(pixels=pixels, model="small"))
    assert isinstance(found, Inspection)
    level, row, column = 0, 6, 9
    answers = list(ask_receptive_field(bench, found, level, row, column))
    assert [answer.passes for answer in answers] == list(range(1, PROJECTIONS + 1))
    field = answers[-1]
    assert field.weight.sum() == pytest.approx(1, abs=1e-5)
    rows, columns = field.weight.shape
    assert rows * field.square[0] >= 120 and columns * field.square[1] >= 160
    ys = (np.arange(rows) + 0.5) * field.square[0]
    xs = (np.arange(columns) + 0.5) * field.square[1]
    coarse = (float(field.weight.sum(0) @ xs), float(field.weight.sum(1) @ ys))
    assert field.centre == pytest.approx(coarse, abs=max(field.square))
    box = found.trace.anchors[found.trace.anchor_level == level].reshape(
        *found.trace.feature_shapes[level][1:], -1, 4
    )[row, column, 0]
    middle = found.trace.to_picture(box).reshape(2, 2).mean(0)
    assert field.anchor_centre == pytest.approx(middle.tolist(), abs=0.6)

    model = bench.features(found).model
    entered = model.transform([torch.from_numpy(pixels).permute(2, 0, 1).float() / 255])[0].tensors
    mass = list(gradients(model.backbone, entered[0], level=level, row=row, column=column))[-1]
    with torch.no_grad():
        before = list(model.backbone(entered).values())[level][0, :, row, column]
        assert (mass == 0).any()
        for seen in (True, False):
            touched = entered.clone()
            where = torch.from_numpy(mass >= mass.max() if seen else mass == 0)
            touched[0, :, where] += 1.0
            after = list(model.backbone(touched).values())[level][0, :, row, column]
            assert torch.allclose(after, before, atol=1e-6) != seen
