"""What the labels of a training are like: classes, sizes, boxes a picture, positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

HEAT_CELLS = 24  # a side of the map of positions
SIZE_BINS_AN_OCTAVE = 4

Number = TypeVar("Number", np.int64, np.float32)


@dataclass(frozen=True, eq=False)
class PictureLabels:
    """The objects to learn of one picture.

    Attributes:
        size: (height, width) of the picture.
        boxes: (T, 4) float32 xyxy, picture px, inside the picture.
        labels: (T,) int64, the number of each object's class, from 0.
        seen: (T, 4) float32 xyxy, network px.
        iou: (T,) float32 with the best anchor; level: (T,) int64 that anchor's level.
    """

    size: tuple[int, int]
    boxes: NDArray[np.float32]
    labels: NDArray[np.int64]
    seen: NDArray[np.float32]
    iou: NDArray[np.float32]
    level: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LabelStatistics:
    """The labels of a data set, ready to draw.

    Attributes:
        classes: their names; objects: (C,) int64, how many of each.
        boxes_a_picture: (B,) int64, pictures with 0, 1, 2 .. boxes; B = 0 without pictures.
        size_edges: (E + 1,) float64, square roots of areas in network px, even in log.
        size_counts: (E,) int64, objects between two edges.
        anchor_sizes: sides of the net's anchors by level, network px.
        level_counts: (L,) int64, objects whose best anchor lies on each level.
        heat: (24, 24) float64, share of the objects whose middle lies there, rows from the top.
        iou: (N,) float32, each object's IoU with its best anchor.
    """

    classes: tuple[str, ...]
    objects: NDArray[np.int64]
    boxes_a_picture: NDArray[np.int64]
    size_edges: NDArray[np.float64]
    size_counts: NDArray[np.int64]
    anchor_sizes: tuple[float, ...]
    level_counts: NDArray[np.int64]
    heat: NDArray[np.float64]
    iou: NDArray[np.float32] = field(repr=False)


def label_statistics(
    pictures: Sequence[PictureLabels], classes: tuple[str, ...], anchor_sizes: Sequence[float]
) -> LabelStatistics:
    """Count what there is.

    Args:
        anchor_sizes: of the net, one a level.
    """
    labels = _joined([each.labels for each in pictures], np.int64)
    levels = _joined([each.level for each in pictures], np.int64)
    sizes = root_areas([each.seen for each in pictures])
    edges, counts = _size_histogram(sizes)
    heat = np.zeros((HEAT_CELLS, HEAT_CELLS))
    for each in pictures:
        middles = (each.boxes[:, :2] + each.boxes[:, 2:]) / 2 / np.array(each.size[::-1])
        cells = np.clip((middles * HEAT_CELLS).astype(int), 0, HEAT_CELLS - 1)
        np.add.at(heat, (cells[:, 1], cells[:, 0]), 1.0)
    return LabelStatistics(
        classes=classes,
        objects=np.bincount(labels, minlength=len(classes)),
        boxes_a_picture=np.bincount(np.array([len(each.boxes) for each in pictures], np.int64)),
        size_edges=edges,
        size_counts=counts,
        anchor_sizes=tuple(float(size) for size in anchor_sizes),
        level_counts=np.bincount(levels, minlength=len(anchor_sizes)),
        heat=heat / max(len(labels), 1),
        iou=_joined([each.iou for each in pictures], np.float32),
    )


def root_areas(boxes: Sequence[NDArray[np.float32]]) -> NDArray[np.float64]:
    """(N,) square roots of the areas of boxes, each (T, 4) xyxy."""
    whole = np.concatenate([np.zeros((0, 4)), *boxes]).astype(np.float64)
    roots: NDArray[np.float64] = np.sqrt((whole[:, 2:] - whole[:, :2]).prod(1))
    return roots


def _size_histogram(sizes: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    octaves = np.log2(np.maximum(sizes, 2**-4))
    low, high = (octaves.min(), octaves.max()) if len(sizes) else (0.0, 1.0)
    first = np.floor(low * SIZE_BINS_AN_OCTAVE)
    last = max(np.ceil(high * SIZE_BINS_AN_OCTAVE), first + 1)
    places = np.arange(first, last + 1) / SIZE_BINS_AN_OCTAVE
    counts, _ = np.histogram(octaves, places)
    return 2.0**places, counts.astype(np.int64)


def _joined(parts: Sequence[NDArray[Number]], dtype: type[Number]) -> NDArray[Number]:
    return np.concatenate([np.zeros(0, dtype), *parts])
