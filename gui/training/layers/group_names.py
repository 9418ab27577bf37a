"""How the layer groups are called and drawn, in their fixed order."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui import theme
from gui.i18n import QT_TRANSLATE_NOOP

WHOLE = "all"
# The groups of `engine.training.updates.layer_norms`, behind the whole net.
TITLES = {
    WHOLE: QT_TRANSLATE_NOOP("layers", "Whole net"),
    "backbone-1": QT_TRANSLATE_NOOP("layers", "Backbone 1"),
    "backbone-2": QT_TRANSLATE_NOOP("layers", "Backbone 2"),
    "backbone-3": QT_TRANSLATE_NOOP("layers", "Backbone 3"),
    "backbone-4": QT_TRANSLATE_NOOP("layers", "Backbone 4"),
    "pyramid": QT_TRANSLATE_NOOP("layers", "Pyramid"),
    "rpn": QT_TRANSLATE_NOOP("layers", "RPN"),
    "boxes": QT_TRANSLATE_NOOP("layers", "Box head"),
    "masks": QT_TRANSLATE_NOOP("layers", "Mask head"),
    "keypoints": QT_TRANSLATE_NOOP("layers", "Keypoint head"),
}
# Index of the colour, and the marker: the backbone's stages share one colour, and no two
# groups a marker, so that they can be told apart without colours.
_LOOKS = {
    WHOLE: (0, "h"),
    "backbone-1": (1, "o"),
    "backbone-2": (1, "t"),
    "backbone-3": (1, "s"),
    "backbone-4": (1, "d"),
    "pyramid": (2, "star"),
    "rpn": (3, "x"),
    "boxes": (4, "t1"),
    "masks": (5, "p"),
    "keypoints": (7, "+"),
}


def title(name: str) -> str:
    """A group's name in the window's language; an unknown one keeps its own."""
    return QCoreApplication.translate("layers", TITLES[name]) if name in TITLES else name


def style(name: str) -> theme.Series:
    """Colour and marker of a group, the same in every run."""
    index, marker = _LOOKS.get(name, (6, "o"))
    return theme.Series(theme.current().series_style(index).color, marker, ())
