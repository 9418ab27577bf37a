"""RoIAlign split among threads, beside torchvision's own pooler."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

import pytest
import torch
from torchvision.ops import MultiScaleRoIAlign

from engine.detection.pipeline.pooling import LEAST, pool_rois

SIZE = (256, 320)


@pytest.fixture(params=[1, 2, 3])
def threads(request: pytest.FixtureRequest) -> Iterator[int]:
    before = torch.get_num_threads()
    torch.set_num_threads(request.param)
    yield request.param
    torch.set_num_threads(before)


def maps(levels: int) -> OrderedDict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(levels)
    return OrderedDict(
        (str(index), torch.randn(1, 8, 64 >> index, 80 >> index, generator=generator))
        for index in range(levels)
    )


def boxes(count: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(count)
    corner = torch.rand(count, 2, generator=generator) * 200
    return torch.cat([corner, corner + torch.rand(count, 2, generator=generator) * 250 + 1], 1)


@pytest.mark.parametrize("levels", [1, 4])
@pytest.mark.parametrize("count", [0, 1, LEAST, 2 * LEAST + 1, 1000])
def test_any_split_is_the_pooler_bit_for_bit(threads: int, count: int, levels: int) -> None:
    features, rois = maps(levels), boxes(count)
    expected = MultiScaleRoIAlign(list(features), 7, 2)(features, [rois], [SIZE])
    pool = MultiScaleRoIAlign(list(features), 7, 2)
    assert torch.equal(pool_rois(pool, features, rois, input_size=SIZE), expected)


def test_bfloat16_maps_are_pooled_in_float32(threads: int) -> None:
    features = OrderedDict(
        (name, each.bfloat16().contiguous(memory_format=torch.channels_last))
        for name, each in maps(4).items()
    )
    wide = OrderedDict((name, each.float()) for name, each in features.items())
    pool, rois = MultiScaleRoIAlign(list(features), 7, 2), boxes(100)
    with torch.autocast("cpu", torch.bfloat16):
        found = pool_rois(pool, features, rois, input_size=SIZE)
    assert found.dtype == torch.float32 and torch.equal(found, pool(wide, [rois], [SIZE]))
