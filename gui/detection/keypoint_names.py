"""Names that models have, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui.i18n import QT_TRANSLATE_NOOP

# COCO's points, and those of the bundled stick figures.
POINTS = {
    "nose": QT_TRANSLATE_NOOP("points", "nose"),
    "left_eye": QT_TRANSLATE_NOOP("points", "left eye"),
    "right_eye": QT_TRANSLATE_NOOP("points", "right eye"),
    "left_ear": QT_TRANSLATE_NOOP("points", "left ear"),
    "right_ear": QT_TRANSLATE_NOOP("points", "right ear"),
    "left_shoulder": QT_TRANSLATE_NOOP("points", "left shoulder"),
    "right_shoulder": QT_TRANSLATE_NOOP("points", "right shoulder"),
    "left_elbow": QT_TRANSLATE_NOOP("points", "left elbow"),
    "right_elbow": QT_TRANSLATE_NOOP("points", "right elbow"),
    "left_wrist": QT_TRANSLATE_NOOP("points", "left wrist"),
    "right_wrist": QT_TRANSLATE_NOOP("points", "right wrist"),
    "left_hip": QT_TRANSLATE_NOOP("points", "left hip"),
    "right_hip": QT_TRANSLATE_NOOP("points", "right hip"),
    "left_knee": QT_TRANSLATE_NOOP("points", "left knee"),
    "right_knee": QT_TRANSLATE_NOOP("points", "right knee"),
    "left_ankle": QT_TRANSLATE_NOOP("points", "left ankle"),
    "right_ankle": QT_TRANSLATE_NOOP("points", "right ankle"),
}


def point_name(name: str) -> str:
    """A keypoint's name; a model's own names stay as they are."""
    known = POINTS.get(name)
    return QCoreApplication.translate("points", known) if known else name.replace("_", " ")
