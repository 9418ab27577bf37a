"""How the losses of a two-stage detector are called and drawn, in their fixed order."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui import theme
from gui.i18n import QT_TRANSLATE_NOOP

# torchvision's names; the order is that of the legend and never changes.
TITLES = {
    "loss": QT_TRANSLATE_NOOP("losses", "Total"),
    "loss_objectness": QT_TRANSLATE_NOOP("losses", "RPN objectness"),
    "loss_rpn_box_reg": QT_TRANSLATE_NOOP("losses", "RPN boxes"),
    "loss_classifier": QT_TRANSLATE_NOOP("losses", "Classes"),
    "loss_box_reg": QT_TRANSLATE_NOOP("losses", "Boxes"),
    "loss_mask": QT_TRANSLATE_NOOP("losses", "Masks"),
    "loss_keypoint": QT_TRANSLATE_NOOP("losses", "Keypoints"),
}


def title(name: str) -> str:
    """A loss's name in the window's language; an unknown one keeps its own."""
    return QCoreApplication.translate("losses", TITLES[name]) if name in TITLES else name


def style(name: str) -> theme.Series:
    """Colour and dash of a loss, the same in every run."""
    order = list(TITLES)
    return theme.current().series_style(order.index(name) if name in order else len(order))
