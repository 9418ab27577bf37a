"""All channels of a feature map: small pictures of each, and which fire where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.inference import Inspection, Workbench
from engine.detection.pipeline.trace import StageTrace
from engine.detection.queries.anchors import strides

SORTS = ("number", "spread", "place", "box", "only")
SMALL = 40  # px: no side of a small picture is longer
NOISE = 1.0  # standard deviations: what is nearer to the channel's median does not fire


@dataclass(frozen=True, eq=False)
class ChannelSheet:
    """Every channel of a level.

    Attributes:
        level, name: which.
        shape: (channels, height, width) of the whole level.
        norm: (h, w) float32, the length of each place's feature vector.
        small: (channels, h', w') float32, each map averaged to at most `SMALL` a side.
        low, high: (channels,) float32, the least and the largest value of each.
    """

    level: int
    name: str
    shape: tuple[int, int, int]
    norm: NDArray[np.float32]
    small: NDArray[np.float32]
    low: NDArray[np.float32]
    high: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class ChannelOrder:
    """Channels by how much they have of something.

    Attributes:
        level, sort: of what.
        order: (channels,) int64, the first has most.
        score: (channels,) float32, by channel: nothing for `number`; the standard deviation
            over the picture for `spread`; for `place` and `box` how many standard
            deviations the value there lies from the channel's mean; for `only` the share
            of what fires that lies in the box, 0 to 1.
    """

    level: int
    sort: str
    order: NDArray[np.int64]
    score: NDArray[np.float32]


def channel_sheet(
    workbench: Workbench, inspection: Inspection, level: int
) -> Iterator[ChannelSheet]:
    """Small pictures of all channels of a level."""
    import torch
    from torch.nn import functional

    name, values = list(workbench.features(inspection).maps.items())[level]
    with torch.no_grad():
        whole = values[0].float()
        depth, height, width = whole.shape
        part = max(height, width, SMALL) / SMALL
        size = (max(round(height / part), 1), max(round(width / part), 1))
        small = functional.adaptive_avg_pool2d(whole, size)
        low, high = whole.flatten(1).min(1).values, whole.flatten(1).max(1).values
        norm = whole.norm(dim=0)
    yield ChannelSheet(
        level=level,
        name=str(name),
        shape=(depth, height, width),
        norm=norm.cpu().numpy(),
        small=small.cpu().numpy(),
        low=low.cpu().numpy(),
        high=high.cpu().numpy(),
    )


def sort_channels(
    workbench: Workbench,
    inspection: Inspection,
    level: int,
    sort: str,
    *,
    cell: tuple[int, int] | None = None,
    box: NDArray[np.float32] | None = None,
) -> Iterator[ChannelOrder]:
    """The channels of a level in an order of `SORTS`.

    Args:
        cell: row and column, for `place`.
        box: (4,) xyxy, picture px, for `box` and `only`.

    Raises:
        ValueError: the sort needs a cell or a box that is not given.
    """
    import torch

    values = list(workbench.features(inspection).maps.values())[level]
    if (sort == "place" and cell is None) or (sort in ("box", "only") and box is None):
        raise ValueError(f"{sort} needs a place")
    with torch.no_grad():
        whole = values[0].float().cpu().numpy()
    inside: NDArray[np.bool_] = np.zeros(whole.shape[1:], bool)
    if sort == "place" and cell is not None:
        inside[cell] = True
    elif box is not None:
        inside = cells_in(inspection.trace, level, box)
    score = scores(whole, sort, inside)
    by = np.abs(score) if sort in ("place", "box") else score
    keys = [-by]
    if sort == "only":  # many may fire there alone: the strongest first
        keys.insert(0, -np.abs(scores(whole, "box", inside)))
    order = np.lexsort(keys).astype(np.int64)
    yield ChannelOrder(level, sort, order, score)


def scores(
    values: NDArray[np.float32], sort: str, inside: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """(C,) float32: the scores of `ChannelOrder` of maps (C, h, w).

    Args:
        inside: (h, w), the cells that are asked about.
    """
    flat = values.reshape(len(values), -1).astype(np.float64)
    if sort == "number":
        return np.zeros(len(flat), np.float32)
    spread = flat.std(1)
    if sort == "spread":
        return np.asarray(spread, np.float32)
    here = inside.reshape(-1)
    some = np.maximum(spread, np.finfo(np.float32).tiny)
    if sort in ("place", "box"):
        return np.asarray((flat[:, here].mean(1) - flat.mean(1)) / some, np.float32)
    away = (flat - np.median(flat, axis=1, keepdims=True)) / some[:, None]
    best = np.zeros(len(flat))
    for sign in (1.0, -1.0):  # a channel may fire downwards
        fires = np.maximum(sign * away - NOISE, 0)
        whole = fires.sum(1)
        share = np.divide(fires[:, here].sum(1), whole, out=np.zeros(len(flat)), where=whole > 0)
        best = np.maximum(best, share)
    return best.astype(np.float32)


def cells_in(trace: StageTrace, level: int, box: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(h, w): the cells whose anchors are centred in a box (4,), picture px; at least one."""
    _, rows, columns = trace.feature_shapes[level]
    down, across = strides(trace, level)
    x0, y0, x1, y1 = (float(value) for value in trace.from_picture(box))
    ys, xs = np.arange(rows) * down, np.arange(columns) * across
    tall, wide = (ys >= y0) & (ys <= y1), (xs >= x0) & (xs <= x1)
    if not tall.any():
        tall[np.abs(ys - (y0 + y1) / 2).argmin()] = True
    if not wide.any():
        wide[np.abs(xs - (x0 + x1) / 2).argmin()] = True
    inside: NDArray[np.bool_] = tall[:, None] & wide[None]
    return inside
