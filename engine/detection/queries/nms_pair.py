"""Compare two boxes under NMS: their IoU, the rule, and which of them it keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import as_nms_sees, float_below, iou, suppressor
from engine.detection.pipeline.rois import Rois
from engine.detection.pipeline.selection import Selection, entered_pairs, select
from engine.detection.pipeline.trace import FATE, StageTrace


@dataclass(frozen=True, eq=False)
class NmsBox:
    """One of the two boxes.

    Attributes:
        kind: "pair" (a refined box of a class), "anchor" (a decoded box of the RPN) or
            "box" (one that the user drew).
        index: row of the RoIs or anchor; -1 for a drawn box.
        group: the class or the level; only boxes of one group meet.
        box: (4,) float32, picture px.
        net: (4,) float32, network-input px, where the NMS compares.
        score: what ranks it: class score, or objectness 0 to 1.
    """

    kind: str
    index: int
    group: int
    box: NDArray[np.float32]
    net: NDArray[np.float32]
    score: float


@dataclass(frozen=True, eq=False)
class NmsComparison:
    """What NMS says of two boxes.

    Attributes:
        winner: 0 or 1, who has the higher score; the first of equals.
        iou: of the boxes as they are.
        iou_seen: as the NMS saw it: `batched_nms` shifts small sets apart by group, which
            rounds; 0 for boxes of two groups.
        threshold: what it is compared with; suppressed only above it.
        same_group: whether they meet at all.
        suppressed: whether the other one is suppressed by the winner.
        suppressed_agnostic: whether it would be if groups were ignored.
        turning_point: thresholds from here on keep both.
        shown: whether the NMS keeps each as things are.
        by: who really suppressed each, or None.
    """

    winner: int
    iou: float
    iou_seen: float
    threshold: float
    same_group: bool
    suppressed: bool
    suppressed_agnostic: bool
    turning_point: float
    shown: tuple[bool, bool]
    by: tuple[NmsBox | None, NmsBox | None]


def box_of_pair(trace: StageTrace, rois: Rois, row: int, label: int) -> NmsBox:
    """The refined box that a RoI gives for a class."""
    net = rois.pair_boxes[row, label]
    return NmsBox(
        "pair", row, label, trace.to_picture(net), net, float(rois.pair_scores[row, label])
    )


def box_of_anchor(trace: StageTrace, anchor: int) -> NmsBox:
    """An anchor's decoded box, cut to the picture."""
    net = trace.clipped(anchor)
    with np.errstate(over="ignore"):
        score = float(1 / (1 + np.exp(-np.float64(trace.objectness[anchor]))))
    level = int(trace.anchor_level[anchor])
    return NmsBox("anchor", anchor, level, trace.to_picture(net), net, score)


def drawn_box(
    trace: StageTrace, box: tuple[float, float, float, float], label: int, score: float
) -> NmsBox:
    """A drawn box (picture px) with a class and a score of one's choice."""
    drawn = np.array(box, np.float32)
    return NmsBox("box", -1, label, drawn, trace.from_picture(drawn), score)


def compare_boxes(
    trace: StageTrace,
    selection: Selection,
    first: NmsBox,
    second: NmsBox,
    *,
    threshold: float | None = None,
) -> NmsComparison:
    """What the NMS where the two meet says of them.

    Args:
        threshold: instead of the selection's own.
    """
    entered = nms_input(trace, selection, "anchor" if first.kind == "anchor" else "pair")
    if threshold is None:
        threshold = entered.threshold
    winner = 0 if first.score >= second.score else 1
    plain = float(iou(first.net, second.net[None])[0])
    agnostic = selection.thresholds.class_agnostic and first.kind != "anchor"
    same = agnostic or first.group == second.group
    seen = _seen(entered, first, second) if same and not agnostic else plain * same
    limit = float_below(threshold)
    return NmsComparison(
        winner=winner,
        iou=plain,
        iou_seen=seen,
        threshold=threshold,
        same_group=same,
        suppressed=bool(same and np.float32(seen) > limit),
        suppressed_agnostic=bool(np.float32(plain) > limit),
        turning_point=seen if same else 0.0,
        shown=(entered.keeps(first), entered.keeps(second)),
        by=(entered.by(trace, selection, first), entered.by(trace, selection, second)),
    )


@dataclass(frozen=True, eq=False)
class NmsInput:
    """All that entered an NMS, its threshold, and what it kept.

    Attributes:
        index: (N,) int64, anchors or rows of the RoIs; group: (N,) int64, level or class.
        boxes: (N, 4) float32, network-input px; scores: (N,) float32; kept: (N,) bool.
    """

    kind: str
    index: NDArray[np.int64]
    group: NDArray[np.int64]
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    kept: NDArray[np.bool_]
    threshold: float

    def place(self, party: NmsBox) -> int | None:
        if party.kind != self.kind:
            return None
        here = self.index == party.index
        if self.kind == "pair":
            here &= self.group == party.group
        found = np.flatnonzero(here)
        return int(found[0]) if found.size else None

    def keeps(self, party: NmsBox) -> bool:
        place = self.place(party)
        return place is not None and bool(self.kept[place])

    def suppressor_of(self, place: int, *, agnostic: bool) -> tuple[int, float] | None:
        """(place, IoU) of the box that suppressed one."""
        groups = np.zeros_like(self.group) if agnostic and self.kind == "pair" else self.group
        return suppressor(
            place, self.boxes, self.scores, groups, self.kept, threshold=self.threshold
        )

    def by(self, trace: StageTrace, selection: Selection, party: NmsBox) -> NmsBox | None:
        place = self.place(party)
        if place is None or self.kept[place]:
            return None
        found = self.suppressor_of(place, agnostic=selection.thresholds.class_agnostic)
        if found is None:
            return None
        index, group = int(self.index[found[0]]), int(self.group[found[0]])
        if self.kind == "anchor":
            return box_of_anchor(trace, index)
        return box_of_pair(trace, selection.rois, index, group)


def nms_input(trace: StageTrace, selection: Selection, kind: str) -> NmsInput:
    """What entered the RPN's NMS (kind "anchor") or that of the classes ("pair")."""
    if kind == "anchor":
        index = np.flatnonzero(selection.fate >= FATE["rpn_nms"])
        return NmsInput(
            kind,
            index,
            trace.anchor_level[index],
            trace.clipped(index),
            trace.objectness[index],
            selection.fate[index] > FATE["rpn_nms"],
            selection.thresholds.rpn(trace).nms,
        )
    rows, labels = entered_pairs(selection)
    # What the NMS kept; the maximum of detections cuts some of it off afterwards.
    uncut = replace(selection.thresholds, max_detections=10**6)
    kept = set(select(trace, uncut, selection.rois).pairs)
    pairs = zip(rows.tolist(), labels.tolist(), strict=True)
    return NmsInput(
        kind,
        rows,
        labels,
        selection.rois.pair_boxes[rows, labels],
        selection.rois.pair_scores[rows, labels],
        np.array([pair in kept for pair in pairs], bool),
        selection.thresholds.nms,
    )


def _seen(entered: NmsInput, first: NmsBox, second: NmsBox) -> float:
    """The IoU of two boxes of one group after the shift that the whole set gets."""
    boxes = np.concatenate([entered.boxes, first.net[None], second.net[None]])
    groups = np.concatenate([entered.group, [first.group, second.group]])
    shifted = as_nms_sees(boxes, groups) if len(entered.boxes) * 4 <= 4000 else boxes
    return float(iou(shifted[-2], shifted[-1:])[0])
