"""What a trace knows of one place: its anchors, their boxes and fates, what a RoI samples.

Pure functions of NumPy arrays; no torch, no features.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import suppressor
from engine.detection.pipeline.selection import Selection
from engine.detection.pipeline.trace import FATE, FATE_NAMES, FIRST_PROPOSAL_FATE, StageTrace


@dataclass(frozen=True, eq=False)
class AnchorAnswer:
    """One of the k anchors of a cell and what the RPN made of it.

    The papers' RPN has two cls numbers an anchor; torchvision's has one logit z,
    so p(object) = sigmoid(z) and p(not) = 1 - sigmoid(z).

    Attributes:
        anchor: its index; shape: its place among the cell's k.
        size: width and height, network-input px.
        box: (4,) picture px.
        objectness: the logit z.
        p_object, p_not: the two cls numbers.
        deltas: (4,) the reg numbers dx, dy, dw, dh.
        decoded: (4,) the box they give, cut to the picture, picture px.
        fate, fate_name: where it ended at the selection's thresholds.
        rank: among its level by objectness, from 1.
        proposal: row of the selection's RoIs, or -1.
        suppressed_by: the anchor whose box suppressed it at the RPN's NMS, or -1.
        suppressed_iou: their IoU as the NMS saw it, or None.
    """

    anchor: int
    shape: int
    size: tuple[float, float]
    box: NDArray[np.float32]
    objectness: float
    p_object: float
    p_not: float
    deltas: NDArray[np.float32]
    decoded: NDArray[np.float32]
    fate: int
    fate_name: str
    rank: int
    proposal: int
    suppressed_by: int
    suppressed_iou: float | None


@dataclass(frozen=True, eq=False)
class RoiGrid:
    """Where RoIAlign samples a box.

    Attributes:
        level: the feature map.
        stride: network-input px a feature, as the pooler scales.
        edges_x, edges_y: (bins + 1,) float32, the bins' borders, picture px.
        points: (bins, bins, samples, samples, 2) float32 x, y, picture px: row and column
            of the bin, then of the sample in it.
    """

    level: int
    stride: float
    edges_x: NDArray[np.float32]
    edges_y: NDArray[np.float32]
    points: NDArray[np.float32]


def shapes_per_cell(trace: StageTrace, level: int) -> int:
    """k: how many anchors each cell of a level has."""
    _, rows, columns = trace.feature_shapes[level]
    return int((trace.anchor_level == level).sum()) // (rows * columns)


def first_anchor(trace: StageTrace, level: int) -> int:
    """The index of a level's first anchor."""
    return int(np.searchsorted(trace.anchor_level, level))


def strides(trace: StageTrace, level: int) -> tuple[int, int]:
    """Network-input px from anchor to anchor, (y, x): padded size // grid, as torchvision's."""
    _, rows, columns = trace.feature_shapes[level]
    return trace.padded_size[0] // rows, trace.padded_size[1] // columns


def cell_at(trace: StageTrace, level: int, x: float, y: float) -> tuple[int, int]:
    """(row, column) of the cell whose anchors are centred nearest to a point, picture px."""
    _, rows, columns = trace.feature_shapes[level]
    step_y, step_x = strides(trace, level)
    row = round(y * trace.input_size[0] / trace.picture_size[0] / step_y)
    column = round(x * trace.input_size[1] / trace.picture_size[1] / step_x)
    return min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)


def cell_box(
    trace: StageTrace, level: int, row: int, column: int, size: int = 3
) -> NDArray[np.float32]:
    """(4,) float32 xyxy, picture px: what size x size features around a cell stand for."""
    step_y, step_x = strides(trace, level)
    half = size / 2
    box = np.array(
        [
            (column - half) * step_x, (row - half) * step_y,
            (column + half) * step_x, (row + half) * step_y,
        ],
        np.float32,
    )  # fmt: skip
    return trace.to_picture(box)


def ask_anchor(
    trace: StageTrace, selection: Selection, level: int, row: int, column: int
) -> tuple[AnchorAnswer, ...]:
    """Every anchor of a cell, in torchvision's order of shapes."""
    k, start = shapes_per_cell(trace, level), first_anchor(trace, level)
    columns = trace.feature_shapes[level][2]
    first = start + (row * columns + column) * k
    of_level = trace.objectness[trace.anchor_level == level]
    entered = np.flatnonzero(selection.fate >= FATE["rpn_nms"])
    answers = []
    for shape in range(k):
        anchor = first + shape
        logit, fate = float(trace.objectness[anchor]), int(selection.fate[anchor])
        width, height = (trace.anchors[anchor, 2:] - trace.anchors[anchor, :2]).tolist()
        with np.errstate(over="ignore"):
            p_object = float(1 / (1 + np.exp(-np.float64(logit))))
        by = None
        if fate == FATE["rpn_nms"]:
            by = _suppressed_by(trace, selection, entered, anchor)
        answers.append(
            AnchorAnswer(
                anchor=anchor,
                shape=shape,
                size=(width, height),
                box=trace.to_picture(trace.anchors[anchor]),
                objectness=logit,
                p_object=p_object,
                p_not=1 - p_object,
                deltas=trace.deltas[anchor],
                decoded=trace.to_picture(trace.clipped(anchor)),
                fate=fate,
                fate_name=FATE_NAMES[fate],
                rank=int((of_level > trace.objectness[anchor]).sum()) + 1,
                proposal=selection.rois.row(anchor) if fate >= FIRST_PROPOSAL_FATE else -1,
                suppressed_by=-1 if by is None else by[0],
                suppressed_iou=None if by is None else by[1],
            )
        )
    return tuple(answers)


def _suppressed_by(
    trace: StageTrace, selection: Selection, entered: NDArray[np.int64], anchor: int
) -> tuple[int, float] | None:
    """(anchor, IoU) of the box that suppressed an anchor's at the RPN's NMS."""
    by = suppressor(
        int(np.searchsorted(entered, anchor)),
        trace.clipped(entered),
        trace.objectness[entered],
        trace.anchor_level[entered],
        selection.fate[entered] > FATE["rpn_nms"],
        threshold=selection.thresholds.rpn(trace).nms,
    )
    return None if by is None else (int(entered[by[0]]), by[1])


def objectness_map(trace: StageTrace, level: int) -> NDArray[np.float32]:
    """(rows, columns, k) float32: the probability of an object for each anchor of a level."""
    _, rows, columns = trace.feature_shapes[level]
    start, k = first_anchor(trace, level), shapes_per_cell(trace, level)
    logits = trace.objectness[start : start + rows * columns * k].reshape(rows, columns, k)
    with np.errstate(over="ignore"):  # exp(89) is infinite in float32, and 1 / inf is right
        return np.float32(1) / (np.float32(1) + np.exp(-logits))


def roi_grid(
    trace: StageTrace, box: NDArray[np.float32], level: int, *, bins: int = 7, samples: int = 2
) -> RoiGrid:
    """Where RoIAlign looks in a box (4,), network-input px, of a level.

    Source: torchvision, ops/roi_align (aligned=False) and ops/poolers.py `_infer_scale`.
    """
    rows = trace.feature_shapes[level][1]
    # One scale for both axes: the power of two nearest to the height's ratio.
    stride = 2.0 ** -round(np.log2(rows / trace.input_size[0]))
    x0, y0, x1, y1 = (float(value) for value in box)
    width, height = max(x1 - x0, stride), max(y1 - y0, stride)  # at least one feature
    edges = np.arange(bins + 1) / bins
    inside = (np.arange(samples) + 0.5) / samples
    parts = (np.arange(bins)[:, None] + inside[None]) / bins  # (bins, samples)
    ratio_y = trace.picture_size[0] / trace.input_size[0]
    ratio_x = trace.picture_size[1] / trace.input_size[1]
    xs, ys = (x0 + parts * width) * ratio_x, (y0 + parts * height) * ratio_y
    points = np.empty((bins, bins, samples, samples, 2), np.float32)
    points[..., 0] = xs[None, :, None, :]
    points[..., 1] = ys[:, None, :, None]
    return RoiGrid(
        level=level,
        stride=stride,
        edges_x=((x0 + edges * width) * ratio_x).astype(np.float32),
        edges_y=((y0 + edges * height) * ratio_y).astype(np.float32),
        points=points,
    )
