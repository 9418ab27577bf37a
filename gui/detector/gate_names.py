"""The gates of a detector, and what becomes of an object, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui.i18n import QT_TRANSLATE_NOOP

# By `engine.detection.pipeline.trace.FATE_NAMES`: the gate's name, and what ends there.
GATES = {
    "level_top_n": (
        QT_TRANSLATE_NOOP("funnel", "Best of its level"),
        QT_TRANSLATE_NOOP("funnel", "Not among the best of its level by objectness"),
    ),
    "size": (
        QT_TRANSLATE_NOOP("funnel", "Large enough"),
        QT_TRANSLATE_NOOP("funnel", "Too small once it is cut to the picture"),
    ),
    "rpn_score": (
        QT_TRANSLATE_NOOP("funnel", "RPN score"),
        QT_TRANSLATE_NOOP("funnel", "Objectness below the threshold"),
    ),
    "rpn_nms": (
        QT_TRANSLATE_NOOP("funnel", "RPN NMS"),
        QT_TRANSLATE_NOOP("funnel", "Covered by a better box of the same level"),
    ),
    "post_nms_top_n": (
        QT_TRANSLATE_NOOP("funnel", "Proposals"),
        QT_TRANSLATE_NOOP("funnel", "Beyond the number of proposals that are kept"),
    ),
    "class_score": (
        QT_TRANSLATE_NOOP("funnel", "Class score"),
        QT_TRANSLATE_NOOP("funnel", "No class above the score threshold"),
    ),
    "box_size": (
        QT_TRANSLATE_NOOP("funnel", "Box not empty"),
        QT_TRANSLATE_NOOP("funnel", "The refined box is empty"),
    ),
    "class_nms": (
        QT_TRANSLATE_NOOP("funnel", "Class NMS"),
        QT_TRANSLATE_NOOP("funnel", "Covered by a better box of the same class"),
    ),
    "max_detections": (
        QT_TRANSLATE_NOOP("funnel", "Best of all"),
        QT_TRANSLATE_NOOP("funnel", "Beyond the number of detections that are kept"),
    ),
}
# Gates that are no buckets of the funnel.
OWN_GATES = {
    "anchor": QT_TRANSLATE_NOOP("missed_objects", "Decoded box"),
    "refinement": QT_TRANSLATE_NOOP("missed_objects", "Refined box"),
}
# What becomes of an object besides.
OTHERS = {
    "found": QT_TRANSLATE_NOOP("detection", "Found"),
    "taken": QT_TRANSLATE_NOOP("detection", "Its box counts for another object"),
    "no_class": QT_TRANSLATE_NOOP("detection", "A class the model does not know"),
}


def outcome_text(name: str) -> str:
    """What became of an object, in the window's language."""
    if name in OTHERS:
        return QCoreApplication.translate("detection", OTHERS[name])
    if name in OWN_GATES:
        return QCoreApplication.translate("missed_objects", OWN_GATES[name])
    return QCoreApplication.translate("funnel", GATES[name][0])
