"""What an answer about a lost object points at, over the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from gui.detection.instances import as_box
from gui.detection.layers.callouts import ADDED, GIVEN, LIGHT, RETURNING, RIVAL, Mark
from gui.detection.missed_objects.text import rival_name
from gui.i18n import QT_TRANSLATE_NOOP
from gui.widgets.fact_table import figure, probability

if TYPE_CHECKING:
    from engine.detection.detections import ModelFacts
    from engine.detection.queries.routes import Proof, Route

MOST_NAMED = 12  # added boxes that carry a plate; more would hide the picture
SUPPRESSED = QT_TRANSLATE_NOOP("missed_objects", "suppressed by {name}, IoU {iou}")
RETURNS = QT_TRANSLATE_NOOP("missed_objects", "would return: {name} {score}")
BEFORE = QT_TRANSLATE_NOOP("missed_objects", "before the refinement: IoU {iou}")
AFTER = QT_TRANSLATE_NOOP("missed_objects", "after it: IoU {iou}")


def suppressed_by(rival: Mapping[str, Any], model: ModelFacts) -> str:
    """`suppressed by person 0.91, IoU 0.63`."""
    text = QCoreApplication.translate("missed_objects", SUPPRESSED)
    return text.format(name=rival_name(rival, model), iou=figure(rival["iou"], 3))


def rival_mark(rival: Mapping[str, Any], model: ModelFacts) -> Mark:
    """Who took the object's place at an NMS."""
    x0, y0, x1, y1 = rival["box"]
    return Mark((x0, y0, x1, y1), suppressed_by(rival, model), RIVAL, width=3)


def route_marks(route: Route, model: ModelFacts) -> list[Mark]:
    """The boxes that would appear: first the others, then the object's own on top."""
    marks = []
    for row, corners in enumerate(route.added_boxes):
        name = model.class_name(int(route.added_labels[row]))
        text = f"+ {name} {probability(float(route.added_scores[row]))}" if row < MOST_NAMED else ""
        marks.append(Mark(as_box(corners), text, ADDED, dashed=True))
    text = QCoreApplication.translate("missed_objects", RETURNS)
    own = text.format(name=model.class_name(route.label), score=probability(route.score))
    return [*marks[::-1], Mark(route.box, own, RETURNING, dashed=True, width=3)]


def proof_marks(proof: Proof) -> list[Mark]:
    """The box that came nearest, before and after the head's refinement."""
    facts = proof.facts
    if "anchor" not in facts:
        return []
    marks = []
    for text, box, iou, color in (
        (BEFORE, "box_before", "iou_before", LIGHT),
        (AFTER, "box_after", "iou_after", GIVEN),
    ):
        x0, y0, x1, y1 = facts[box]
        told = QCoreApplication.translate("missed_objects", text).format(iou=figure(facts[iou], 3))
        marks.append(Mark((x0, y0, x1, y1), told, color, dashed=True))
    return marks
