"""Where a box comes from, and at which gate an object was lost.

An object is a box drawn on the picture. It counts as found when a shown
detection (of the class asked for) overlaps it with an IoU of at least
`FOUND_IOU`; otherwise its candidates are followed from gate to gate until none
is left: the anchors whose decoded boxes cover it through the RPN, then the
(proposal, class) pairs whose refined boxes cover it through the head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import iou, suppressor
from engine.detection.pipeline.selection import Selection, apply_change, entered_pairs, select
from engine.detection.pipeline.trace import FATE, FATE_NAMES, FIRST_PROPOSAL_FATE, StageTrace

FOUND_IOU = 0.5
GATES = ("anchor", *FATE_NAMES[:FIRST_PROPOSAL_FATE], "refinement", *FATE_NAMES[5:-1])
TRIES = 40  # candidates whose return is tried before a change is called unknown


@dataclass(frozen=True)
class Gate:
    """One gate and how the object fared there.

    Attributes:
        name: of `GATES`.
        passed: None for a gate that no candidate reached.
        number: what was compared: an IoU, a rank from 1, a side in px or a score.
        threshold: what it was compared with.
        candidates: how many were left after the gate.
    """

    name: str
    passed: bool | None
    number: float | None = None
    threshold: float | None = None
    candidates: int = 0


@dataclass(frozen=True, eq=False)
class MissedObjectResult:
    """What became of an object.

    Attributes:
        detection: row of the selection that found it, or None.
        gates: every gate in order; after the failed one none is reached.
        failed: the first gate that let no candidate through, or None.
        rival: who took its place at an NMS: its kind, index, box in picture
            px, score and IoU.
        facts: more numbers of the failed gate.
        change: settings that bring it back past the failed gate, the
            smallest of each; empty when no setting can.
    """

    detection: int | None
    gates: tuple[Gate, ...]
    failed: str | None = None
    rival: Mapping[str, Any] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    change: Mapping[str, float] = field(default_factory=dict)


def follow_object(
    trace: StageTrace,
    selection: Selection,
    box: tuple[float, float, float, float],
    label: int | None = None,
    *,
    least: float = FOUND_IOU,
    suggest: bool = True,
) -> MissedObjectResult:
    """What became of the object in a box.

    Args:
        trace: of the picture.
        selection: what is shown of it.
        box: x0, y0, x1, y1 in picture px.
        label: the class that is meant; None for any.
        least: the IoU from which on a box counts as covering the object.
        suggest: whether to try which change of the RoI heads' settings brings it back,
            which may take longer than all the rest.
    """
    target = np.array(box, np.float32)
    shown = iou(target, selection.boxes)
    if label is not None:
        shown = np.where(selection.labels == label, shown, np.float32(0))
    clipped = trace.to_picture(trace.clipped())
    cover = iou(target, clipped)
    rois = selection.rois
    pairs = np.zeros_like(rois.pair_scores)  # zero where a RoI is no proposal now
    chosen = trace.to_picture(rois.pair_boxes[selection.proposals])
    pairs[selection.proposals] = iou(target, chosen.reshape(-1, 4)).reshape(chosen.shape[:2])
    pairs[:, 0] = 0  # the background is no answer
    if label is not None:
        pairs[:, [column for column in range(pairs.shape[1]) if column != label]] = 0
    head = _Head(trace, selection, pairs, target, label, least, suggest)
    if len(shown) and shown.max() >= least:
        row = int(np.argmax(np.where(shown >= least, selection.scores, -1)))
        return MissedObjectResult(row, _all_passed(selection, cover, head))
    if (pairs >= least).any():
        # Some proposal was refined onto it: the RPN did its part.
        rpn = _all_passed(selection, cover, head)[: FIRST_PROPOSAL_FATE + 1]
        return head.result(rpn)
    return _lost_in_rpn(trace, cover, head)


def _all_passed(selection: Selection, cover: NDArray[np.float32], head: _Head) -> tuple[Gate, ...]:
    reached = selection.fate[cover >= head.least]
    gates = [Gate("anchor", True, float(cover.max()), head.least, len(reached))]
    gates += [
        Gate(name, True, candidates=int((reached > FATE[name]).sum()))
        for name in FATE_NAMES[:FIRST_PROPOSAL_FATE]
    ]
    best = float(head.overlaps.max(initial=0))
    covering = int((head.overlaps >= head.least).sum())
    gates.append(Gate("refinement", best >= head.least, best, head.least, covering))
    gates += [Gate(name, True) for name in FATE_NAMES[FIRST_PROPOSAL_FATE:-1]]
    return tuple(gates)


def _lost_in_rpn(trace: StageTrace, cover: NDArray[np.float32], head: _Head) -> MissedObjectResult:
    selection = head.selection
    alive = np.flatnonzero(cover >= head.least)
    best = float(cover.max(initial=0))
    gates = [Gate("anchor", len(alive) > 0, best, head.least, len(alive))]
    if len(alive) == 0:
        anchors = iou_of_anchors(trace, head.target)
        near: dict[str, Any] = {
            "best_anchor": int(anchors.argmax()),
            "best_anchor_iou": float(anchors.max()),
        }
        return MissedObjectResult(None, _close(gates), "anchor", facts=near)
    for code, name in enumerate(FATE_NAMES[:FIRST_PROPOSAL_FATE]):
        after = alive[selection.fate[alive] > code]
        if len(after):
            gates.append(Gate(name, True, candidates=len(after)))
            alive = after
            continue
        number, threshold, rival, change = _RPN_GATES[name](trace, selection, alive)
        gates.append(Gate(name, False, number, threshold))
        return MissedObjectResult(
            None, _close(gates), name, rival, {"candidates": len(alive)}, change
        )
    best = float(head.overlaps.max(initial=0))
    gates.append(Gate("refinement", False, best, head.least))
    rows = selection.rois.row_of[alive]
    facts: dict[str, Any] = {"proposals": rows[rows >= 0].tolist(), "best_refined_iou": best}
    return MissedObjectResult(None, _close(gates), "refinement", facts=facts)


def iou_of_anchors(trace: StageTrace, target: NDArray[np.float32]) -> NDArray[np.float32]:
    """(A,) float32: how well each anchor itself covers a box in picture px."""
    return iou(target, trace.to_picture(trace.anchors))


def _level_top_n(
    trace: StageTrace, selection: Selection, alive: NDArray[np.int64]
) -> tuple[Any, ...]:
    ranks = []
    for anchor in alive[np.argsort(-trace.objectness[alive], kind="stable")][:TRIES]:
        level = trace.objectness[trace.anchor_level == trace.anchor_level[anchor]]
        ranks.append(int((level >= trace.objectness[anchor]).sum()))
    rank = min(ranks)
    top_n = selection.thresholds.rpn(trace).pre_nms_top_n
    return rank, top_n, None, {"rpn_pre_nms_top_n": rank}


def _size(trace: StageTrace, selection: Selection, alive: NDArray[np.int64]) -> tuple[Any, ...]:
    boxes = trace.clipped(alive)
    return float((boxes[:, 2:] - boxes[:, :2]).min(1).max()), 1e-3, None, {}


def _rpn_score(
    trace: StageTrace, selection: Selection, alive: NDArray[np.int64]
) -> tuple[Any, ...]:
    score = float(_sigmoid(trace.objectness[alive]).max())
    change = {"rpn_score": float(np.nextafter(np.float32(score), np.float32(0)))}
    return score, selection.thresholds.rpn(trace).score, None, change


def _rpn_nms(trace: StageTrace, selection: Selection, alive: NDArray[np.int64]) -> tuple[Any, ...]:
    threshold = selection.thresholds.rpn(trace).nms
    entered = np.flatnonzero(selection.fate >= FATE["rpn_nms"])
    boxes, levels = trace.clipped(entered), trace.anchor_level[entered]
    scores = _sigmoid(trace.objectness[entered])
    kept = selection.fate[entered] > FATE["rpn_nms"]
    found = []
    for anchor in alive[np.argsort(-trace.objectness[alive], kind="stable")][:TRIES]:
        place = int(np.searchsorted(entered, anchor))
        by = suppressor(place, boxes, scores, levels, kept, threshold=threshold)
        if by is not None:
            found.append((by[1], int(entered[by[0]]), float(scores[by[0]])))
    if not found:
        return None, threshold, None, {}
    overlap, anchor, score = min(found)
    rival = {
        "kind": "anchor",
        "index": anchor,
        "box": trace.to_picture(trace.clipped(anchor)).tolist(),
        "score": score,
        "iou": overlap,
    }
    return overlap, threshold, rival, {"rpn_nms": _just_above(overlap)}


def _post_nms_top_n(
    trace: StageTrace, selection: Selection, alive: NDArray[np.int64]
) -> tuple[Any, ...]:
    survivors = trace.objectness[selection.fate >= FATE["post_nms_top_n"]]
    rank = int((survivors >= trace.objectness[alive].max()).sum())
    top_n = selection.thresholds.rpn(trace).post_nms_top_n
    return rank, top_n, None, {"rpn_post_nms_top_n": rank}


_RPN_GATES = {
    "level_top_n": _level_top_n,
    "size": _size,
    "rpn_score": _rpn_score,
    "rpn_nms": _rpn_nms,
    "post_nms_top_n": _post_nms_top_n,
}


@dataclass(frozen=True, eq=False)
class _Head:
    """The gates of the RoI heads for one object; `overlaps` (R, C) of each pair with it."""

    trace: StageTrace
    selection: Selection
    overlaps: NDArray[np.float32]
    target: NDArray[np.float32]
    label: int | None
    least: float
    suggest: bool = True

    def result(self, before: tuple[Gate, ...]) -> MissedObjectResult:
        """At which gate the covering pairs were lost."""
        rois, thresholds = self.selection.rois, self.selection.thresholds
        proposal, label = np.nonzero(self.overlaps >= self.least)
        scores = rois.pair_scores[proposal, label]
        order = np.argsort(-scores, kind="stable")
        proposal, label, scores = proposal[order], label[order], scores[order]
        best = float(self.overlaps.max())
        gates = [*before, Gate("refinement", True, best, self.least, len(scores))]
        limits = thresholds.scores(rois.pair_scores.shape[1])[label - 1]
        above = scores > limits
        top = float(scores[0])
        limit = dict(thresholds.class_scores).get(int(label[0]), thresholds.score)
        if not above.any():
            gates.append(Gate("class_score", False, top, limit))
            row = rois.pair_scores[proposal[0]]
            winner = int(row[1:].argmax()) + 1
            facts = {
                "proposal": int(proposal[0]),
                "label": int(label[0]),
                "score": top,
                "winner": winner,
                "winner_score": float(row[winner]),
                "background": float(row[0]),
            }
            change = self._smallest_score(proposal, label, scores)
            return MissedObjectResult(
                None, _close(gates), "class_score", facts=facts, change=change
            )
        gates.append(Gate("class_score", True, top, limit, int(above.sum())))
        proposal, label, scores = proposal[above], label[above], scores[above]
        sides = rois.pair_boxes[proposal, label]
        gates.append(Gate("box_size", True, float((sides[:, 2:] - sides[:, :2]).min(1).max())))
        everything = self._select(max_detections=10**6)
        survivors = {pair: row for row, pair in enumerate(everything.pairs)}
        ranks = [
            survivors[pair] + 1
            for pair in zip(proposal.tolist(), label.tolist(), strict=True)
            if pair in survivors
        ]
        if not ranks:
            overlap, rival = self._rival(proposal, label, everything)
            gates.append(Gate("class_nms", False, overlap, thresholds.nms))
            change = {} if overlap is None else self._tried({"nms": _just_above(overlap)})
            return MissedObjectResult(None, _close(gates), "class_nms", rival, change=change)
        gates.append(Gate("class_nms", True, candidates=len(ranks)))
        gates.append(Gate("max_detections", False, min(ranks), thresholds.max_detections))
        change = self._tried({"max_detections": min(ranks)})
        return MissedObjectResult(None, _close(gates), "max_detections", change=change)

    def _smallest_score(
        self,
        proposal: NDArray[np.int64],
        label: NDArray[np.int64],
        scores: NDArray[np.float32],
    ) -> dict[str, float]:
        """The highest score threshold that shows it, with an NMS change if it takes one."""
        if not self.suggest:
            return {}
        for score in scores[:TRIES]:
            change = {"score": float(np.nextafter(score, np.float32(0)))}
            if self._found(change):
                return change
        change = {"score": float(np.nextafter(scores[0], np.float32(0)))}
        lower = self._select(**change, max_detections=10**6)
        overlap, _ = self._rival(proposal[:1], label[:1], lower)
        if overlap is None or overlap <= self.selection.thresholds.nms:
            return self._tried({**change, "max_detections": len(lower)})
        return self._tried({**change, "nms": _just_above(overlap)})

    def _rival(
        self, proposal: NDArray[np.int64], label: NDArray[np.int64], selection: Selection
    ) -> tuple[float | None, dict[str, Any] | None]:
        """Who suppressed the pair that was nearest to survive, and their IoU."""
        trace, rois, thresholds = self.trace, selection.rois, selection.thresholds
        rows, columns = entered_pairs(selection)
        boxes, scores = rois.pair_boxes[rows, columns], rois.pair_scores[rows, columns]
        groups = np.zeros_like(columns) if thresholds.class_agnostic else columns
        kept_pairs = set(selection.pairs)
        pairs = list(zip(rows.tolist(), columns.tolist(), strict=True))
        kept = np.array([pair in kept_pairs for pair in pairs], bool)
        place = {pair: index for index, pair in enumerate(pairs)}
        best: tuple[float, int] | None = None
        for pair in list(zip(proposal.tolist(), label.tolist(), strict=True))[:TRIES]:
            found = suppressor(place[pair], boxes, scores, groups, kept, threshold=thresholds.nms)
            if found is not None and (best is None or found[1] < best[0]):
                best = found[1], found[0]
        if best is None:
            return None, None
        overlap, index = best
        rival = {
            "kind": "pair",
            "proposal": int(rows[index]),
            "label": int(columns[index]),
            "box": trace.to_picture(boxes[index]).tolist(),
            "score": float(scores[index]),
            "iou": overlap,
        }
        return overlap, rival

    def _tried(self, change: dict[str, float]) -> dict[str, float]:
        return change if self.suggest and self._found(change) else {}

    def _found(self, change: Mapping[str, float]) -> bool:
        selection = self._select(**change)
        overlaps = iou(self.target, selection.boxes)
        if self.label is not None:
            overlaps = np.where(selection.labels == self.label, overlaps, np.float32(0))
        return bool((overlaps >= self.least).any())

    def _select(self, **change: float) -> Selection:
        thresholds = apply_change(self.selection.thresholds, change)
        return select(self.trace, thresholds, self.selection.rois)


def _close(gates: list[Gate]) -> tuple[Gate, ...]:
    """The gates that nothing reached, after those that something did."""
    return (*gates, *(Gate(name, None) for name in GATES[len(gates) :]))


def _just_above(overlap: float) -> float:
    """The smallest NMS threshold that an overlap does not exceed, as float32 compares."""
    return float(min(np.float32(overlap), np.float32(1)))


def _sigmoid(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    import torch

    return torch.sigmoid(torch.from_numpy(logits)).numpy()  # as the RPN rounds it
