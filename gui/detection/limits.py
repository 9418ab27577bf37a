"""The names of the thresholds, as the panels and their sentences say them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from gui.detection.rows import figure, whole
from gui.i18n import QT_TRANSLATE_NOOP

# By the fields of `engine.detection.selection.Thresholds`.
NAMES = {
    "score": QT_TRANSLATE_NOOP("limits", "Score"),
    "nms": QT_TRANSLATE_NOOP("limits", "NMS IoU"),
    "max_detections": QT_TRANSLATE_NOOP("limits", "Detections kept"),
    "rpn_pre_nms_top_n": QT_TRANSLATE_NOOP("limits", "Best of a level"),
    "rpn_score": QT_TRANSLATE_NOOP("limits", "Objectness"),
    "rpn_nms": QT_TRANSLATE_NOOP("limits", "RPN NMS IoU"),
    "rpn_post_nms_top_n": QT_TRANSLATE_NOOP("limits", "Proposals kept"),
    "mask": QT_TRANSLATE_NOOP("limits", "Mask"),
    "class_agnostic": QT_TRANSLATE_NOOP("limits", "NMS over all classes"),
}
COUNTS = ("max_detections", "rpn_pre_nms_top_n", "rpn_post_nms_top_n")


def name_of(field: str) -> str:
    """A threshold's name in the window's language."""
    return QCoreApplication.translate("limits", NAMES[field])


def value_of(field: str, value: float) -> str:
    """Its value in the window's language: counts whole, the rest with three digits."""
    return whole(value) if field in COUNTS else figure(value, 3)


def told(change: Mapping[str, float]) -> str:
    """`Score 0.0702, NMS IoU 0.5877`."""
    return ", ".join(
        f"{name_of(field)} {whole(v) if field in COUNTS else figure(v, 4)}"
        for field, v in change.items()
    )
