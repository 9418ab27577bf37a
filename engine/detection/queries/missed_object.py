"""At which gate an object was lost.

An object is a box drawn on the picture. It counts as found when a shown
detection (of the class asked for) overlaps it with an IoU of at least
`FOUND_IOU`; otherwise its candidates are followed from gate to gate until none
is left: through the RPN the anchors that cover it, by the box that the RPN
decodes or by the one that the head makes of that; then the (proposal, class)
pairs whose refined boxes cover it. Every gate that was reached tells the numbers
of one candidate, the one that came furthest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.iou import iou
from engine.detection.pipeline.selection import Selection
from engine.detection.pipeline.trace import FATE_NAMES, FIRST_PROPOSAL_FATE, StageTrace
from engine.detection.queries.head_gates import HeadPassage, follow_pairs
from engine.detection.queries.pair_overlaps import pair_overlaps
from engine.detection.queries.rpn_gates import RPN_GATES, Passage, passed, stopped

FOUND_IOU = 0.5
GATES = ("anchor", *RPN_GATES, "refinement", *FATE_NAMES[FIRST_PROPOSAL_FATE:-1])


@dataclass(frozen=True)
class Gate:
    """One gate and how the object fared there.

    Attributes:
        name: of `GATES`.
        passed: whether something that covers the object was left; None for a gate that
            nothing reached.
        number: what was compared, of the candidate that came furthest: an IoU (at an NMS that
            it passed, with the kept box that came nearest to suppressing it), a rank from 1, a
            side in network-input px or a score.
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
        facts: `anchor` whose numbers the gates tell, with its `level`; at "anchor" and
            "refinement" `box_before` and `box_after` (picture px), `iou_before` and
            `iou_after`, and `moved_by`: "rpn" where an anchor covers the object and its
            decoded box does not, else "head"; at "class_score" `score`, `winner`,
            `winner_score` and `background`.
    """

    detection: int | None
    gates: tuple[Gate, ...]
    failed: str | None = None
    rival: Mapping[str, Any] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def follow_object(
    trace: StageTrace,
    selection: Selection,
    box: tuple[float, float, float, float],
    label: int | None = None,
    *,
    least: float = FOUND_IOU,
) -> MissedObjectResult:
    """What became of the object in a box.

    Args:
        trace: of the picture.
        selection: what is shown of it.
        box: x0, y0, x1, y1 in picture px.
        label: the class that is meant; None for any.
        least: the IoU from which on a box counts as covering the object.
    """
    target = np.array(box, np.float32)
    decoded = iou(target, trace.to_picture(trace.clipped()))
    overlaps = pair_overlaps(trace, selection.rois, target, label)
    cover = decoded.copy()
    cover[selection.rois.anchor] = np.maximum(
        cover[selection.rois.anchor], overlaps.max(1, initial=0)
    )
    covering = alive = np.flatnonzero(cover >= np.float32(least))
    if len(alive) == 0:
        return _uncovered(trace, target, decoded, least)
    proposed = np.zeros_like(overlaps)
    proposed[selection.proposals] = overlaps[selection.proposals]
    first = Gate("anchor", True, float(cover.max()), least, len(alive))
    detection = _detection(selection, target, label, least)
    if (proposed >= np.float32(least)).any():
        pairs = follow_pairs(trace, selection, proposed, least, detection)
        return _in_head(trace, selection, first, alive, pairs, detection)
    gates = [first]
    for code, name in enumerate(RPN_GATES):
        after = alive[selection.fate[alive] > code]
        if len(after) == 0:
            end = stopped(trace, selection, name, alive)
            gates += _passages(trace, selection, end.anchor, covering, code)
            gates.append(Gate(name, False, end.number, end.threshold))
            facts = _named(trace, end.anchor)
            return MissedObjectResult(None, _close(gates), name, end.rival, facts)
        alive = after
    return _moved_away(trace, selection, first, covering, decoded, overlaps, least)


def _detection(
    selection: Selection, target: NDArray[np.float32], label: int | None, least: float
) -> int | None:
    """The best detection that covers a box (4,), picture px."""
    covers = iou(target, selection.boxes) >= np.float32(least)
    if label is not None:
        covers &= selection.labels == label
    return int(covers.argmax()) if covers.any() else None


def _in_head(
    trace: StageTrace,
    selection: Selection,
    first: Gate,
    alive: NDArray[np.int64],
    pairs: HeadPassage,
    detection: int | None,
) -> MissedObjectResult:
    """Some proposal was refined onto the object: the RPN did its part."""
    anchor = int(selection.rois.anchor[pairs.row])
    gates = [first, *_passages(trace, selection, anchor, alive, len(RPN_GATES))]
    for name in GATES[len(gates) :]:
        if name in pairs.numbers:
            number, threshold, left = pairs.numbers[name]
            gates.append(Gate(name, name != pairs.failed, number, threshold, left))
    facts = {**_named(trace, anchor), **pairs.facts}
    return MissedObjectResult(detection, _close(gates), pairs.failed, pairs.rival, facts)


def _passages(
    trace: StageTrace, selection: Selection, anchor: int, alive: NDArray[np.int64], count: int
) -> list[Gate]:
    """The first `count` gates of the RPN, passed, with an anchor's numbers.

    Args:
        alive: (n,) int64, the anchors that came to the first of them.
    """
    gates = []
    for code, name in enumerate(RPN_GATES[:count]):
        way: Passage = passed(trace, selection, name, anchor)
        left = int((selection.fate[alive] > code).sum())
        gates.append(Gate(name, True, way.number, way.threshold, left))
    return gates


def _uncovered(
    trace: StageTrace,
    target: NDArray[np.float32],
    decoded: NDArray[np.float32],
    least: float,
) -> MissedObjectResult:
    """Nothing covers it, by what the RPN decodes or the head refines; at most an anchor itself."""
    anchors = iou(target, trace.to_picture(trace.anchors))
    number = float(decoded.max(initial=0))
    if anchors.max(initial=0) < least:
        facts: dict[str, Any] = {"best_anchor_iou": float(anchors.max(initial=0))}
        if len(anchors):
            facts |= _moved(trace, int(decoded.argmax()), anchors, decoded, "rpn")
        return MissedObjectResult(
            None, _close([Gate("anchor", False, number, least)]), "anchor", facts=facts
        )
    covering = np.flatnonzero(anchors >= np.float32(least))
    best = int(covering[decoded[covering].argmax()])
    left = len(covering)
    gates = [Gate("anchor", True, float(anchors.max()), least, left)]
    gates += [Gate(name, None) for name in RPN_GATES]
    gates.append(Gate("refinement", False, number, least))
    facts = _moved(trace, best, anchors, decoded, "rpn")
    return MissedObjectResult(None, _close(gates), "refinement", facts=facts)


def _moved(
    trace: StageTrace,
    anchor: int,
    anchors: NDArray[np.float32],
    decoded: NDArray[np.float32],
    by: str,
) -> dict[str, Any]:
    """An anchor's box before and after the RPN moved it; the IoUs (A,) of all are given."""
    return {
        **_named(trace, anchor),
        "moved_by": by,
        "iou_before": float(anchors[anchor]),
        "iou_after": float(decoded[anchor]),
        "box_before": trace.to_picture(trace.anchors[anchor]).tolist(),
        "box_after": trace.to_picture(trace.clipped(anchor)).tolist(),
    }


def _moved_away(
    trace: StageTrace,
    selection: Selection,
    first: Gate,
    alive: NDArray[np.int64],
    decoded: NDArray[np.float32],
    overlaps: NDArray[np.float32],
    least: float,
) -> MissedObjectResult:
    """Proposals cover it, and the head refines all of them off it; (n,) anchors cover it in all."""
    rois = selection.rois
    proposed = alive[selection.fate[alive] >= FIRST_PROPOSAL_FATE]
    answered = proposed[rois.row_of[proposed] >= 0]
    tops = overlaps[rois.row_of[answered]].max(1, initial=0)
    anchor = int(answered[tops.argmax()] if len(answered) else proposed[decoded[proposed].argmax()])
    number = float(tops.max(initial=0)) if len(answered) else None
    gates = [first, *_passages(trace, selection, anchor, alive, len(RPN_GATES))]
    gates.append(Gate("refinement", False, number, least))
    facts = {
        **_named(trace, anchor),
        "moved_by": "head",
        "proposals": rois.row_of[answered].tolist(),
        "iou_before": float(decoded[anchor]),
        "box_before": trace.to_picture(trace.clipped(anchor)).tolist(),
    }
    if len(answered):
        row = rois.row(anchor)
        column = int(overlaps[row].argmax())
        facts["iou_after"] = number
        facts["box_after"] = trace.to_picture(rois.pair_boxes[row, column]).tolist()
    return MissedObjectResult(None, _close(gates), "refinement", facts=facts)


def _named(trace: StageTrace, anchor: int) -> dict[str, Any]:
    return {"anchor": anchor, "level": trace.feature_names[int(trace.anchor_level[anchor])]}


def _close(gates: list[Gate]) -> tuple[Gate, ...]:
    """The gates that nothing reached, after those that something did."""
    return (*gates, *(Gate(name, None) for name in GATES[len(gates) :]))
