"""The RPN's filter at any thresholds, fast enough for a slider.

Greedy NMS looks at each pair of boxes of a level once for every position of
the slider. Here the IoUs of a level's best boxes are computed once a trace and
kept; a position of the slider then compares and marks bits.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import SHIFTED_AT_MOST
from engine.detection.pipeline.overlap_table import Marks, mark, overlaps_among, survivors
from engine.detection.pipeline.trace import FATE, FIRST_PROPOSAL_FATE, StageTrace

MIN_PROPOSAL_SIZE = 1e-3  # network-input px; rpn.py, `min_size`
TABLED = 2048  # boxes of a level whose IoUs are kept: 16 MB; beyond it torchvision's NMS runs


class RpnThresholds(NamedTuple):
    """The four settings of the RPN's filter."""

    pre_nms_top_n: int
    post_nms_top_n: int
    score: float
    nms: float


def stock_rpn(trace: StageTrace) -> RpnThresholds:
    """The model's own."""
    return RpnThresholds(
        trace.rpn_pre_nms_top_n,
        trace.rpn_post_nms_top_n,
        trace.rpn_score_threshold,
        trace.rpn_nms_threshold,
    )


@dataclass(frozen=True, eq=False)
class RpnResult:
    """What leaves the RPN at some thresholds.

    Attributes:
        thresholds: those used.
        anchor: (P,) int64, the anchors of the proposals, best first.
        fate: (A,) uint8; a proposal's is still open.
    """

    thresholds: RpnThresholds
    anchor: NDArray[np.int64]
    fate: NDArray[np.uint8]


@dataclass(eq=False)
class _Level:
    """A level's best boxes, best first; `overlaps` (n, n) and `marks` once they are needed."""

    anchor: NDArray[np.int64]
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    whole: NDArray[np.bool_]  # large enough to be a box
    overlaps: NDArray[np.float32] | None = None
    marks: Marks | None = None


class _Table:
    """The levels of one trace, and its last result."""

    def __init__(self) -> None:
        self.levels: tuple[int, list[_Level]] = (0, [])  # how deep, and the levels
        self.last: RpnResult | None = None


_tables: dict[int, tuple[weakref.ref[StageTrace], _Table]] = {}


def filter_again(trace: StageTrace, thresholds: RpnThresholds) -> RpnResult:
    """The RPN's filter of a trace at other thresholds.

    At the model's own the stock result itself; elsewhere that of a model built
    with the thresholds, but for pairs whose IoU or score is within rounding of one.

    Source: torchvision, models/detection/rpn.py, `filter_proposals`.
    """
    if thresholds == stock_rpn(trace):
        fate = trace.fate.copy()
        fate[trace.proposal_anchor] = FIRST_PROPOSAL_FATE
        return RpnResult(thresholds, trace.proposal_anchor, fate)
    table = _table(trace)
    last = table.last
    if last is None or last.thresholds != thresholds:
        levels = _levels(trace, table, thresholds.pre_nms_top_n)
        last = table.last = _filter(trace, levels, thresholds)
    return last


def entering(trace: StageTrace, top_n: int | None = None) -> NDArray[np.int64]:
    """(n,) int64: anchors whose boxes enter the RPN's NMS, best first.

    That is the superset of all proposals.

    Args:
        top_n: of each level; the model's own unless given.
    """
    top_n = trace.rpn_pre_nms_top_n if top_n is None else top_n
    levels = _levels(trace, _table(trace), top_n)
    anchor = np.concatenate([level.anchor[:top_n][level.whole[:top_n]] for level in levels])
    return anchor[np.argsort(-trace.objectness[anchor], kind="stable")]


def prepare(trace: StageTrace) -> None:
    """Compute what the first move of a slider would wait for."""
    for level in _levels(trace, _table(trace), trace.rpn_pre_nms_top_n):
        _table_of(level)


def _table(trace: StageTrace) -> _Table:
    held = _tables.get(id(trace))
    if held is not None and held[0]() is trace:
        return held[1]
    key, table = id(trace), _Table()
    _tables[key] = weakref.ref(trace, lambda _: _tables.pop(key, None)), table
    return table


def _levels(trace: StageTrace, table: _Table, top_n: int) -> list[_Level]:
    """Each level's best, at least `top_n` of them where there are as many."""
    import torch
    from torchvision.ops import boxes as box_ops

    known, held = table.levels
    if known >= top_n:
        return held
    depth = max(top_n, trace.rpn_pre_nms_top_n)
    objectness, levels, start = torch.from_numpy(trace.objectness), [], 0
    for count in np.bincount(trace.anchor_level, minlength=len(trace.feature_shapes)).tolist():
        # The shape (1, A) matters: it decides which of torch's sorts breaks the ties.
        part = objectness[None, start : start + count]
        anchor = part.topk(min(depth, count), dim=1)[1][0] + start
        start += count
        boxes = box_ops.clip_boxes_to_image(
            torch.from_numpy(trace.decoded)[anchor], trace.input_size
        )
        whole = torch.zeros(len(anchor), dtype=torch.bool)
        whole[box_ops.remove_small_boxes(boxes, MIN_PROPOSAL_SIZE)] = True
        scores = torch.sigmoid(objectness[anchor])
        levels.append(_Level(anchor.numpy(), boxes.numpy(), scores.numpy(), whole.numpy()))
    table.levels = depth, levels
    return levels


def _filter(trace: StageTrace, levels: list[_Level], thresholds: RpnThresholds) -> RpnResult:
    import torch

    fate = np.full(len(trace.anchors), FATE["level_top_n"], np.uint8)
    entered: list[NDArray[np.int64]] = []  # of each level, places in its list
    for level in levels:
        here = slice(thresholds.pre_nms_top_n)
        whole = level.whole[here]
        sure = whole & (level.scores[here] >= np.float32(thresholds.score))
        fate[level.anchor[here]] = np.where(
            sure, FATE["rpn_nms"], np.where(whole, FATE["rpn_score"], FATE["size"])
        )
        entered.append(np.flatnonzero(sure))
    if 4 * sum(map(len, entered)) <= SHIFTED_AT_MOST:
        anchor = _torchvision(levels, entered, thresholds.nms)
    else:
        kept = [
            places[_greedy(level, places, thresholds)]
            for level, places in zip(levels, entered, strict=True)
        ]
        parts = list(zip(levels, kept, strict=True))
        anchor = np.concatenate([level.anchor[places] for level, places in parts])
        scores = np.concatenate([level.scores[places] for level, places in parts])
        anchor = anchor[torch.from_numpy(scores).sort(descending=True)[1].numpy()]
    fate[anchor] = FATE["post_nms_top_n"]
    anchor = anchor[: thresholds.post_nms_top_n]
    fate[anchor] = FIRST_PROPOSAL_FATE
    return RpnResult(thresholds, anchor, fate)


def _torchvision(
    levels: list[_Level], entered: list[NDArray[np.int64]], nms: float
) -> NDArray[np.int64]:
    """The kept anchors, best first, by torchvision's own operator: it shifts small sets."""
    import torch
    from torchvision.ops import batched_nms

    parts = list(zip(levels, entered, strict=True))
    boxes = np.concatenate([level.boxes[places] for level, places in parts])
    scores = np.concatenate([level.scores[places] for level, places in parts])
    anchor = np.concatenate([level.anchor[places] for level, places in parts])
    group = np.repeat(np.arange(len(levels)), [len(places) for places in entered])
    kept = batched_nms(*map(torch.from_numpy, (boxes, scores, group)), nms)
    result: NDArray[np.int64] = anchor[kept.numpy()]
    return result


def _greedy(
    level: _Level, places: NDArray[np.int64], thresholds: RpnThresholds
) -> NDArray[np.int64]:
    """Which of the places survive the NMS, in order; `places` rise."""
    import torch
    from torchvision.ops import nms as torchvision_nms

    if len(places) == 0:
        return places
    last = int(places[-1]) + 1
    if last > TABLED:
        boxes, scores = level.boxes[places], level.scores[places]
        result: NDArray[np.int64] = torchvision_nms(
            torch.from_numpy(boxes), torch.from_numpy(scores), thresholds.nms
        ).numpy()
        return result
    # Two lanes may ask at once: each works on what it read, and stores whole things only.
    marks, deep = level.marks, min(len(level.anchor), thresholds.pre_nms_top_n)
    if marks is None or marks.threshold != thresholds.nms or marks.boxes < deep:
        # Only as deep as is asked: a table that a wide search made is no burden to a slider.
        marks = level.marks = mark(_table_of(level)[:deep, :deep], thresholds.nms)
    return np.searchsorted(places, survivors(places.tolist(), marks))


def _table_of(level: _Level) -> NDArray[np.float32]:
    """(n, n) IoU of a level's best boxes with each other, computed once."""
    overlaps = level.overlaps
    if overlaps is None:
        overlaps = level.overlaps = overlaps_among(level.boxes[:TABLED])
    return overlaps
