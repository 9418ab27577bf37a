"""The stages in their order, one record each: bar, tab, menu and keys read this one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.detection.canvas_tools import CanvasTools
from gui.detection.picture_context import PictureContext
from gui.detection.stages.anchors import AnchorsView, count_anchors
from gui.detection.stages.base import StageView
from gui.detection.stages.boxes import BoxesView
from gui.detection.stages.features import FeaturesView
from gui.detection.stages.input import InputView
from gui.detection.stages.keypoints import KeypointsView
from gui.detection.stages.masks import MasksView
from gui.detection.stages.objectness import ObjectnessView
from gui.detection.stages.proposals import ProposalsView
from gui.detection.stages.rois import RoisView, count_rois
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.detection.pipeline.selection import Selection
    from engine.detection.pipeline.trace import StageTrace


@dataclass(frozen=True)
class Stage:
    """One stage.

    Attributes:
        name: in the names of its widgets and actions.
        view: makes its view, when that is first wanted.
        title: marked for "stages".
        menu_text: marked for "actions".
        note: how it works, and where torchvision departs from the papers; marked for
            "stages".
        part: of `PARTS`.
        since: of `FAMILIES`, the first network that has it.
        seconds: the key of `StageTrace.stage_seconds`; empty where it is part of another.
        layers: which layers over the picture are shown with it.
        gates: those of the funnel that belong to it, in their order.
        count: what its button tells where it has no time of its own.
    """

    name: str
    view: Callable[[PictureContext, CanvasTools, QWidget], StageView]
    title: str
    menu_text: str
    note: str
    part: str
    since: str
    seconds: str
    layers: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    count: Callable[[StageTrace | None, Selection | None], int | None] | None = None


PARTS = {
    "backbone": QT_TRANSLATE_NOOP("stages", "BACKBONE"),
    "rpn": QT_TRANSLATE_NOOP("stages", "RPN"),
    "head": QT_TRANSLATE_NOOP("stages", "HEAD"),
}
# The same in running text.
PART_NAMES = {
    "backbone": QT_TRANSLATE_NOOP("stages", "Backbone"),
    "rpn": QT_TRANSLATE_NOOP("stages", "RPN"),
    "head": QT_TRANSLATE_NOOP("stages", "Head"),
}
# Each has all that those before it have.
FAMILIES = {
    "fast": "Fast R-CNN",
    "faster": "Faster R-CNN",
    "mask": "Mask R-CNN",
    "keypoint": "Keypoint R-CNN",
}
STAGES = (
    Stage(
        "input",
        InputView,
        QT_TRANSLATE_NOOP("stages", "Input"),
        QT_TRANSLATE_NOOP("actions", "Input as the Network Sees It"),
        QT_TRANSLATE_NOOP(
            "stages",
            "The picture is scaled to the network's size, its long side bounded, and padded on the"
            " right and below. Two ratios lead back.",
        ),
        "backbone",
        "fast",
        "input",
    ),
    Stage(
        "features",
        FeaturesView,
        QT_TRANSLATE_NOOP("stages", "Features"),
        QT_TRANSLATE_NOOP("actions", "Feature Maps"),
        QT_TRANSLATE_NOOP(
            "stages",
            "The papers take one feature map; here a pyramid of maps with halved sizes is searched,"
            " each for objects of its size.",
        ),
        "backbone",
        "fast",
        "features",
    ),
    Stage(
        "anchors",
        AnchorsView,
        QT_TRANSLATE_NOOP("stages", "Anchors"),
        QT_TRANSLATE_NOOP("actions", "Anchors: Ask One"),
        QT_TRANSLATE_NOOP(
            "stages",
            "The paper: 3 scales × 3 ratios a place, in training none across the border."
            " torchvision keeps those; each level has one scale.",
        ),
        "rpn",
        "faster",
        "",
        count=count_anchors,
    ),
    Stage(
        "objectness",
        ObjectnessView,
        QT_TRANSLATE_NOOP("stages", "Objectness"),
        QT_TRANSLATE_NOOP("actions", "Objectness by Level"),
        QT_TRANSLATE_NOOP(
            "stages",
            "The paper's cls has two numbers an anchor. torchvision has one logit z:"
            " p(object) = sigmoid(z), p(not) = 1 − sigmoid(z).",
        ),
        "rpn",
        "faster",
        "rpn",
        layers=("objectness",),
    ),
    Stage(
        "proposals",
        ProposalsView,
        QT_TRANSLATE_NOOP("stages", "Proposals"),
        QT_TRANSLATE_NOOP("actions", "Proposals before and after Each Filter"),
        QT_TRANSLATE_NOOP(
            "stages",
            "The most objectlike go on to the detector. The paper keeps 300 after one NMS;"
            " torchvision suppresses level by level.",
        ),
        "rpn",
        "faster",
        "proposals",
        gates=("level_top_n", "size", "rpn_score", "rpn_nms", "post_nms_top_n"),
    ),
    Stage(
        "rois",
        RoisView,
        QT_TRANSLATE_NOOP("stages", "RoIs"),
        QT_TRANSLATE_NOOP("actions", "RoIs and Their Classes"),
        QT_TRANSLATE_NOOP(
            "stages",
            "RoIAlign samples 7 × 7 bins of the level that fits the box, level = ⌊4 + log₂(√area"
            " / 224)⌋. The two papers before pooled one map with rounding.",
        ),
        "head",
        "fast",
        "",
        gates=("class_score",),
        count=count_rois,
    ),
    Stage(
        "boxes",
        BoxesView,
        QT_TRANSLATE_NOOP("stages", "Boxes"),
        QT_TRANSLATE_NOOP("actions", "Boxes and Their NMS"),
        QT_TRANSLATE_NOOP(
            "stages",
            "Each class moves the proposal in its own way; NMS runs class by class. torchvision"
            " trains with 512 RoIs, negatives from IoU 0 to .5, and λ = 1.",
        ),
        "head",
        "fast",
        "boxes",
        layers=("boxes",),
        gates=("box_size", "class_nms", "max_detections"),
    ),
    Stage(
        "masks",
        MasksView,
        QT_TRANSLATE_NOOP("stages", "Masks"),
        QT_TRANSLATE_NOOP("actions", "Masks of Every Class"),
        QT_TRANSLATE_NOOP(
            "stages",
            "Every class has a mask of its own, a sigmoid each; the class branch decides which one"
            " is taken. This decoupling is not class-agnostic NMS.",
        ),
        "head",
        "mask",
        "masks",
        layers=("masks",),
    ),
    Stage(
        "keypoints",
        KeypointsView,
        QT_TRANSLATE_NOOP("stages", "Keypoints"),
        QT_TRANSLATE_NOOP("actions", "Keypoints and Their Heat Maps"),
        QT_TRANSLATE_NOOP(
            "stages",
            "One 56 × 56 map a point, its largest value is the place. torchvision's score is the"
            " raw logit, not a probability.",
        ),
        "head",
        "keypoint",
        "keypoints",
        layers=("keypoints",),
    ),
)
NAMES = tuple(stage.name for stage in STAGES)
# Which stage a gate of the funnel belongs to, in the order of the gates.
STAGE_OF_GATE = {gate: stage.name for stage in STAGES for gate in stage.gates}


def has(family: str, stage: Stage) -> bool:
    """Whether a network has a stage. Only the Keypoint one has keypoints, only it no masks."""
    order = tuple(FAMILIES)
    if stage.since == "mask" and family == "keypoint":
        return False
    return order.index(stage.since) <= order.index(family)


def added(family: str, stage: Stage) -> bool:
    """Whether a network was the first to have a stage."""
    return stage.since == family
