"""Greedy NMS at many thresholds: the IoUs of a set of boxes once, then bits alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import float_below


class Marks(NamedTuple):
    """Which of `boxes` boxes each would suppress at a threshold: a row of `width` bytes a box."""

    threshold: float
    boxes: int
    width: int
    rows: bytes


def mark(overlaps: NDArray[np.float32], threshold: float) -> Marks:
    """The marks of boxes whose IoUs (n, n) are known."""
    over = np.packbits(overlaps > float_below(threshold), axis=1, bitorder="little")
    return Marks(threshold, len(over), over.shape[1], over.tobytes())


def survivors(places: Iterable[int], marks: Marks) -> list[int]:
    """Those of the places, best first, that no survivor before them marks."""
    gone, kept, width = 0, [], marks.width  # bits of one integer are the marks so far
    for row in places:
        if not gone >> row & 1:
            kept.append(row)
            gone |= int.from_bytes(marks.rows[row * width : (row + 1) * width], "little")
    return kept


def overlaps_among(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, n) float32 IoU of boxes (n, 4) with each other, as the NMS kernel rounds it."""
    import torch

    with torch.inference_mode():
        each = torch.from_numpy(boxes)
        areas = (each[:, 2] - each[:, 0]) * (each[:, 3] - each[:, 1])
        sides = [
            (
                torch.minimum(each[:, None, axis + 2], each[None, :, axis + 2])
                - torch.maximum(each[:, None, axis], each[None, :, axis])
            ).clamp_(min=0)
            for axis in (0, 1)
        ]
        shared = sides[0].mul_(sides[1])
        return shared.div_((areas[:, None] + areas[None]).sub_(shared)).nan_to_num_(0).numpy()
