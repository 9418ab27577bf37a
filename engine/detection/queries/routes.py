"""The ways back of a lost object, and the proof that there are none.

A detection is named by its anchor and its class. "Added" are the detections
that a change brings beside the object's own; a second box on the same object
is one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detection.queries.missed_object import MissedObjectResult

COSTLY = 20  # other boxes that a change may add and still be called one
HARDLY = 0.05  # a class score below this is hardly seeing
NEVER = 0.01  # and one up to this is not seeing
OFFERED = 3  # routes of a verdict at most

CHANGE, HARDLY_SEEN = "change", "hardly_seen"
NO_COVER, CLASS_SCORE = "no_cover", "class_score"


@dataclass(frozen=True, eq=False)
class Route:
    """One way back, tried.

    Attributes:
        anchor: of the proposal that brings the object.
        label: the class it appears as, from 1.
        change: settings by the names that `pipeline.selection.apply_change` takes;
            of routes at equal cost the one with the fewest.
        score: the class score that it would have.
        iou: of its box with the object.
        box: x0, y0, x1, y1 as it would be shown, picture px.
        added_boxes: (K, 4) float32 picture px, the other detections that appear, best first.
        added_labels: (K,) int64, from 1.
        added_scores: (K,) float32.
        removed: how many shown detections go.
        kind: `CHANGE`, or `HARDLY_SEEN`: the score is below `HARDLY` or more than
            `COSTLY` others appear.
    """

    anchor: int
    label: int
    change: Mapping[str, float]
    score: float
    iou: float
    box: tuple[float, float, float, float]
    added_boxes: NDArray[np.float32]
    added_labels: NDArray[np.int64]
    added_scores: NDArray[np.float32]
    removed: int
    kind: str

    @property
    def added(self) -> int:
        """How many other detections appear."""
        return len(self.added_boxes)

    @property
    def cost(self) -> tuple[bool, int, int, int, float]:
        """What is compared: a change before a hope, fewest added, fewest knobs, fewest gone."""
        hopeless = self.kind == HARDLY_SEEN
        return hopeless, self.added, len(self.change), self.removed, -self.score


@dataclass(frozen=True, eq=False)
class Proof:
    """Why no settings bring an object back.

    What it says is true of every anchor whose decoded box overlaps the object with an
    IoU of at least `facts["reach"]`, at any settings whatever; where they are more than
    can be asked, of those that an NMS at `facts["searched_nms"]` leaves (1.0: all were asked).

    Attributes:
        reason: `NO_COVER`: no box covers the object after the head's refinement;
            `CLASS_SCORE`: the head never gives the class more than `NEVER`.
        facts: `gate`, the last gate that no setting opens: "anchor", "refinement" or
            "class_score"; `best_score` and its `label`, None where nothing covers it;
            `best_anchor_iou` of an anchor itself; `searched`, how many boxes the head was
            asked for, `reach`, `searched_nms`. Of the box that came nearest, where the head
            was asked for any: `anchor`, `level` (a feature map's name), `anchor_iou` and
            `anchor_box` of the anchor itself, `iou_before` and `box_before`, `iou_after` and
            `box_after` as the head refines it; picture px. Before is what the RPN decodes
            (`moved_by` "head"), or the anchor where that alone covers the object ("rpn").
    """

    reason: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Verdict:
    """What became of an object, and what would bring it back.

    Attributes:
        result: its gates as things are shown.
        routes: at most `OFFERED`, cheapest first, none turning more than another for nothing; the
            first is what is offered. Empty for an object that is found.
        proof: only where `routes` is empty and the search was complete.
    """

    result: MissedObjectResult
    routes: tuple[Route, ...]
    proof: Proof | None
