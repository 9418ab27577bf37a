"""What is measured, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui.i18n import QT_TRANSLATE_NOOP

KINDS = {
    "bbox": QT_TRANSLATE_NOOP("evaluation", "Boxes"),
    "segm": QT_TRANSLATE_NOOP("evaluation", "Masks"),
    "keypoints": QT_TRANSLATE_NOOP("evaluation", "Keypoints"),
}


def kind_title(kind: str) -> str:
    """ "Boxes", "Masks" or "Keypoints"."""
    return QCoreApplication.translate("evaluation", KINDS[kind])
