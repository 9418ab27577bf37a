"""Which view shows which stage."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gui.detection.canvas_tools import CanvasTools
from gui.detection.picture_context import PictureContext
from gui.detection.stages.anchors import AnchorsView
from gui.detection.stages.base import StageView
from gui.detection.stages.boxes import BoxesView
from gui.detection.stages.features import FeaturesView
from gui.detection.stages.input import InputView
from gui.detection.stages.keypoints import KeypointsView
from gui.detection.stages.masks import MasksView
from gui.detection.stages.objectness import ObjectnessView
from gui.detection.stages.proposals import ProposalsView
from gui.detection.stages.rois import RoisView

VIEWS: dict[str, Callable[[PictureContext, CanvasTools, QWidget], StageView]] = {
    "input": InputView,
    "features": FeaturesView,
    "anchors": AnchorsView,
    "objectness": ObjectnessView,
    "proposals": ProposalsView,
    "rois": RoisView,
    "boxes": BoxesView,
    "masks": MasksView,
    "keypoints": KeypointsView,
}


def make_view(name: str, context: PictureContext, tools: CanvasTools, parent: QWidget) -> StageView:
    """The view of a stage."""
    return VIEWS[name](context, tools, parent)
