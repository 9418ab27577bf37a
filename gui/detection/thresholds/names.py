"""The names of the thresholds, as the panels and their sentences say them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.detection.pipeline.selection import Thresholds
from engine.errors import InputError
from gui.i18n import QT_TRANSLATE_NOOP
from gui.widgets.fact_table import figure, whole

# By the fields of `engine.detection.pipeline.selection.Thresholds`.
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
KEPT = ("score", "nms", "mask", "class_agnostic")
COUNTS = ("max_detections", "rpn_pre_nms_top_n", "rpn_post_nms_top_n")


def saved_limits(limits: Thresholds) -> dict[str, float | bool]:
    """What is remembered of thresholds: those that fit every model."""
    return {field: getattr(limits, field) for field in KEPT}


def read_limits(saved: object, usual: Thresholds) -> Thresholds:
    """Thresholds as `saved_limits` gave them; what is broken or unknown stays as usual."""
    limits = usual
    for field, value in saved.items() if isinstance(saved, dict) else ():
        if field not in KEPT:
            continue
        kinds = (bool,) if field == "class_agnostic" else (int, float)
        if type(value) in kinds:
            change: dict[str, Any] = {field: value}
            with suppress(InputError):
                limits = replace(limits, **change)
    return limits


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
