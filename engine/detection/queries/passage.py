"""What moves on a picture's way through the network: boxes from where to where, and what ends.

Everything is taken from the trace and the selection: nothing is computed that the pass did
not, but for who suppressed whom. No torch here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.inference import Inspection, Workbench
from engine.detection.pipeline.selection import Selection
from engine.detection.pipeline.trace import StageTrace
from engine.detection.queries.anchors import (
    cell_box,
    first_anchor,
    objectness_map,
    shapes_per_cell,
    strides,
)
from engine.detection.queries.nms_pair import NmsInput, nms_input

FEWEST_CELLS = 30  # of the level over which the window slides: fewer hardly move
MOST_MOVED = 90  # boxes that can be followed at once
MOST_ROIS = 24


@dataclass(frozen=True, eq=False)
class Suppression:
    """Boxes that come to an NMS, the best first, and who ends whom. N boxes, picture px.

    Attributes:
        starts: (N, 4) float32, before they moved: anchors, or proposals.
        ends: (N, 4) float32, as the NMS compares them.
        scores: (N,) float32, 0 to 1.
        ended_by: (N,) int64, the better box of these that suppressed each; -1 for what stays,
            its own place for a box that is empty.
        left_out: how many further ones, all with lower scores, came to the same NMS.
    """

    starts: NDArray[np.float32]
    ends: NDArray[np.float32]
    scores: NDArray[np.float32]
    ended_by: NDArray[np.int64]
    left_out: int


@dataclass(frozen=True, eq=False)
class Passage:
    """One picture's way. All boxes are xyxy float32 in picture px.

    Attributes:
        level: the level over which the window slides, an index of the feature maps.
        grids: (rows, columns, step down, step across) of each level, steps in picture px.
        windows: (cells, 4), the 3 x 3 window at each cell of that level, row by row.
        anchors: (cells, k, 4), the anchors there.
        objectness: (cells,) float32, 0 to 1, of the best anchor of each.
        rpn: from anchors to decoded boxes, and the RPN's NMS.
        rois: (R, 4), the best proposals; roi_levels: (R,) int64, where the head cuts them out.
        head: from proposals to refined boxes, and the NMS of the classes.
    """

    level: int
    grids: tuple[tuple[int, int, float, float], ...]
    windows: NDArray[np.float32]
    anchors: NDArray[np.float32]
    objectness: NDArray[np.float32]
    rpn: Suppression
    rois: NDArray[np.float32]
    roi_levels: NDArray[np.int64]
    head: Suppression


def passage(
    workbench: Workbench, inspection: Inspection, selection: Selection
) -> Iterator[Passage]:
    """What moves, at a selection's thresholds; one snapshot."""
    yield passage_of(inspection.trace, selection)


def passage_of(trace: StageTrace, selection: Selection) -> Passage:
    """As `passage`."""
    level = _followed_level(trace)
    _, rows, columns = trace.feature_shapes[level]
    k, first = shapes_per_cell(trace, level), first_anchor(trace, level)
    count = rows * columns
    windows = [
        cell_box(trace, level, row, column) for row in range(rows) for column in range(columns)
    ]
    best = selection.proposals[:MOST_ROIS]
    return Passage(
        level=level,
        grids=tuple(_grid(trace, each) for each in range(len(trace.feature_shapes))),
        windows=np.array(windows, np.float32),
        anchors=trace.to_picture(trace.anchors[first : first + count * k].reshape(count, k, 4)),
        objectness=objectness_map(trace, level).max(-1).reshape(count),
        rpn=_rpn(trace, selection),
        rois=trace.to_picture(selection.rois.boxes[best]),
        roi_levels=selection.rois.roi_level[best],
        head=_head(trace, selection),
    )


def _followed_level(trace: StageTrace) -> int:
    """The coarsest level that has some cells; of few levels the finest."""
    cells = [rows * columns for _, rows, columns in trace.feature_shapes]
    return max((i for i, count in enumerate(cells) if count >= FEWEST_CELLS), default=0)


def _grid(trace: StageTrace, level: int) -> tuple[int, int, float, float]:
    _, rows, columns = trace.feature_shapes[level]
    down, across = strides(trace, level)
    return (
        rows,
        columns,
        down * trace.picture_size[0] / trace.input_size[0],
        across * trace.picture_size[1] / trace.input_size[1],
    )


def _rpn(trace: StageTrace, selection: Selection) -> Suppression:
    came = nms_input(trace, selection, "anchor")
    order = _best(came)
    with np.errstate(over="ignore"):
        scores = np.float32(1) / (np.float32(1) + np.exp(-came.scores[order]))
    starts = trace.to_picture(trace.anchors[came.index[order]])
    return _suppression(trace, came, order, starts, scores, agnostic=False)


def _head(trace: StageTrace, selection: Selection) -> Suppression:
    came = nms_input(trace, selection, "pair")
    order = _best(came)
    starts = trace.to_picture(selection.rois.boxes[came.index[order]])
    agnostic = selection.thresholds.class_agnostic
    return _suppression(trace, came, order, starts, came.scores[order], agnostic=agnostic)


def _best(came: NmsInput) -> NDArray[np.int64]:
    """Places of the best, in the order in which the NMS takes them."""
    return np.argsort(-came.scores, kind="stable")[:MOST_MOVED]


def _suppression(
    trace: StageTrace,
    came: NmsInput,
    order: NDArray[np.int64],
    starts: NDArray[np.float32],
    scores: NDArray[np.float32],
    *,
    agnostic: bool,
) -> Suppression:
    from engine.detection.pipeline.filters import MIN_REFINED_SIZE

    sides = came.boxes[order, 2:] - came.boxes[order, :2]
    empty = sides.min(1, initial=np.inf) < MIN_REFINED_SIZE
    rank = {int(place): number for number, place in enumerate(order)}
    ended_by = np.full(len(order), -1, np.int64)
    for number, place in enumerate(order.tolist()):
        if not came.kept[place]:
            found = came.suppressor_of(place, agnostic=agnostic)
            met = found is not None and not empty[number]
            # Of equal scores the later one of the sort may have come first to the NMS.
            ended_by[number] = rank.get(found[0], number) if found and met else number
    return Suppression(
        starts=starts,
        ends=trace.to_picture(came.boxes[order]),
        scores=scores,
        ended_by=ended_by,
        left_out=len(came.index) - len(order),
    )
