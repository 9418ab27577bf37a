"""What became of an object, as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from gui.detection.instances import Instance
from gui.detection.thresholds.names import value_of
from gui.i18n import QT_TRANSLATE_NOOP
from gui.widgets.fact_table import figure, whole

if TYPE_CHECKING:
    from engine.detection.detections import ModelFacts
    from engine.detection.queries.missed_object import MissedObjectResult

# How a gate's number is written: as which threshold's.
GATE_FIELDS = {
    "anchor": "nms",
    "level_top_n": "rpn_pre_nms_top_n",
    "size": "nms",
    "rpn_score": "rpn_score",
    "rpn_nms": "rpn_nms",
    "post_nms_top_n": "rpn_post_nms_top_n",
    "refinement": "nms",
    "class_score": "score",
    "box_size": "nms",
    "class_nms": "nms",
    "max_detections": "max_detections",
}
LOST = {
    "anchor": QT_TRANSLATE_NOOP(
        "missed_objects",
        "Lost at the anchors: no decoded box covers it. The best IoU is {number};"
        " {limit} is needed.",
    ),
    "level_top_n": QT_TRANSLATE_NOOP(
        "missed_objects",
        "Lost before the RPN's NMS: its best anchor is number {number} of its level;"
        " {limit} are kept.",
    ),
    "size": QT_TRANSLATE_NOOP(
        "missed_objects", "Lost by its size: {number} px in the picture; {limit} is the least."
    ),
    "rpn_score": QT_TRANSLATE_NOOP(
        "missed_objects", "Lost at the RPN's score: objectness {number}; {limit} is needed."
    ),
    "rpn_nms": QT_TRANSLATE_NOOP(
        "missed_objects",
        "Lost at the RPN's NMS: a better box of its level covers it with IoU {number};"
        " more than {limit} suppresses.",
    ),
    "post_nms_top_n": QT_TRANSLATE_NOOP(
        "missed_objects",
        "Lost among the proposals: its best box is number {number} after the NMS;"
        " {limit} are kept.",
    ),
    "refinement": QT_TRANSLATE_NOOP(
        "missed_objects",
        "Lost at the refinement: a box covered it, but regression moved it away."
        " The best IoU left is {number}; {limit} is needed.",
    ),
    "class_score": QT_TRANSLATE_NOOP(
        "missed_objects", "Lost at the class score: {number}; it must be above {limit}."
    ),
    "box_size": QT_TRANSLATE_NOOP("missed_objects", "Lost because its refined box is empty."),
    "class_nms": QT_TRANSLATE_NOOP(
        "missed_objects",
        "Lost at the NMS of its class: a better box covers it with IoU {number};"
        " more than {limit} suppresses.",
    ),
    "max_detections": QT_TRANSLATE_NOOP(
        "missed_objects", "Lost at the end: it is number {number} by score; {limit} are kept."
    ),
}
FOUND = QT_TRANSLATE_NOOP("missed_objects", "Found: {name} {score}, number {rank}.")
WINNER = QT_TRANSLATE_NOOP(
    "missed_objects", "There the head says {name} {score}, and background {background}."
)
ANCHOR = QT_TRANSLATE_NOOP("missed_objects", "anchor {number}")


def rival_name(rival: Mapping[str, Any], model: ModelFacts) -> str:
    """What took the object's place, with its score: a box of a class, or an anchor's."""
    if rival["kind"] == "pair":
        name = model.class_name(rival["label"])
    else:
        text = QCoreApplication.translate("missed_objects", ANCHOR)
        name = text.format(number=whole(rival["index"] + 1))
    return f"{name} {figure(rival['score'])}"


def sentence(result: MissedObjectResult, model: ModelFacts, shown: tuple[Instance, ...]) -> str:
    """What became of the object, with the number of the gate that failed."""
    translate = QCoreApplication.translate
    if result.detection is not None:
        found = shown[result.detection]
        return translate("missed_objects", FOUND).format(
            name=found.name, score=figure(found.score), rank=whole(found.number)
        )
    gate = next(gate for gate in result.gates if gate.passed is False)
    field = GATE_FIELDS[gate.name]
    number, limit = (
        "?" if value is None else value_of(field, value) for value in (gate.number, gate.threshold)
    )
    text = translate("missed_objects", LOST[gate.name]).format(number=number, limit=limit)
    facts = result.facts
    if "winner" not in facts:
        return text
    more = translate("missed_objects", WINNER).format(
        name=model.class_name(facts["winner"]),
        score=figure(facts["winner_score"], 3),
        background=figure(facts["background"], 3),
    )
    return f"{text} {more}"
