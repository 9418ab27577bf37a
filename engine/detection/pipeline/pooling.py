"""RoIAlign of many boxes on all cores: torchvision's kernel has one thread on a processor."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import torch
from torch import Tensor

LEAST = 32  # RoIs for a thread to begin with


@torch.no_grad()
def pool_rois(
    pool: Any, features: OrderedDict[str, Tensor], rois: Tensor, *, input_size: tuple[int, int]
) -> Tensor:
    """(N, C, side, side) float32 of boxes: bit for bit what the pooler gives.

    Each RoI is pooled for itself, so any split gives the same numbers. The kernel holds no
    interpreter lock: two threads on two cores take half of the time.

    Args:
        pool: torchvision's `MultiScaleRoIAlign`.
        features: (1, C, h, w) maps by level; what is not float32 is widened once, as
            autocast does a level and a call at a time.
        rois: (N, 4) float32 xyxy, network-input px.
        input_size: (height, width) without padding, network-input px.
    """
    maps = OrderedDict((name, each.float().contiguous()) for name, each in features.items())
    count = min(torch.get_num_threads(), len(rois) // LEAST) if rois.device.type == "cpu" else 1

    def pooled(part: Tensor) -> Tensor:
        with torch.no_grad():  # which is a thread's own
            result: Tensor = pool(maps, [part], [input_size])
            return result

    if count <= 1:
        return pooled(rois)
    first, *others = rois.chunk(count)
    with ThreadPoolExecutor(len(others), "roi_align") as threads:
        waiting = [threads.submit(pooled, part) for part in others]
        return torch.cat([pooled(first), *(each.result() for each in waiting)])
