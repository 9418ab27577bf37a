"""The lecture's headings, and which scenes of which workspaces stand below each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from PySide6.QtCore import QCoreApplication

from gui.i18n import QT_TRANSLATE_NOOP

# In the order of the notes, which have two halves.
OPTIMIZERS = {
    "chain": QT_TRANSLATE_NOOP("actions", "Chain Rule"),
    "backprop": QT_TRANSLATE_NOOP("actions", "Backpropagation"),
    "starts": QT_TRANSLATE_NOOP("actions", "Several Starts"),
    "gradient": QT_TRANSLATE_NOOP("actions", "Gradient Descent"),
    "sgd": QT_TRANSLATE_NOOP("actions", "SGD"),
    "weak": QT_TRANSLATE_NOOP("actions", "Weak Sides of SGD"),
    "momentum": QT_TRANSLATE_NOOP("actions", "Momentum"),
    "nesterov": QT_TRANSLATE_NOOP("actions", "Nesterov"),
}
DETECTORS = {
    "faster": QT_TRANSLATE_NOOP("actions", "Faster R-CNN"),
    "rpn": QT_TRANSLATE_NOOP("actions", "RPN"),
    "joint": QT_TRANSLATE_NOOP("actions", "Joint Loss"),
    "proposals": QT_TRANSLATE_NOOP("actions", "Proposals to the Detector"),
    "four": QT_TRANSLATE_NOOP("actions", "Four-Step Training"),
    "mask": QT_TRANSLATE_NOOP("actions", "Mask R-CNN"),
    "keypoints": QT_TRANSLATE_NOOP("actions", "Keypoints"),
}
HEADINGS = OPTIMIZERS | DETECTORS


@dataclass(frozen=True)
class Scene:
    """One scene; each workspace adds what it needs to show it.

    Attributes:
        name: of the scene, in the action's id.
        text: the menu's line below its heading, marked for "actions".
        caption: what is to be seen, marked for "lecture".
        heading: a key of `HEADINGS`.
    """

    name: str
    text: str
    caption: str
    heading: str

    def said(self) -> str:
        """The caption in the window's language."""
        return QCoreApplication.translate("lecture", self.caption)


def scenes(workspaces: Iterable[str]) -> Iterator[tuple[str, Scene]]:
    """(workspace, scene) by heading; a workspace has its own in gui.NAME.scenes."""
    found = [
        (name, scene)
        for name in workspaces
        if find_spec(f"gui.{name}.scenes") is not None
        for scene in import_module(f"gui.{name}.scenes").SCENES
    ]
    order = list(HEADINGS)
    yield from sorted(found, key=lambda pair: order.index(pair[1].heading))
