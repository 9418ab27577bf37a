"""The stages in their order: their names, their part of the network, and since when there are."""

from __future__ import annotations

from dataclasses import dataclass

from gui.i18n import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Stage:
    """One stage.

    Attributes:
        name: also of its view's module.
        title: marked for "stages".
        menu_text: marked for "actions".
        part: of `PARTS`.
        since: of `FAMILIES`, the first network that has it.
        seconds: the key of `StageTrace.stage_seconds`; empty where it is part of another.
        layers: which layers over the picture are shown with it.
    """

    name: str
    title: str
    menu_text: str
    part: str
    since: str
    seconds: str
    layers: tuple[str, ...] = ()


PARTS = {
    "backbone": QT_TRANSLATE_NOOP("stages", "BACKBONE"),
    "rpn": QT_TRANSLATE_NOOP("stages", "RPN"),
    "head": QT_TRANSLATE_NOOP("stages", "HEAD"),
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
        QT_TRANSLATE_NOOP("stages", "Input"),
        QT_TRANSLATE_NOOP("actions", "Input as the Network Sees It"),
        "backbone",
        "fast",
        "input",
    ),
    Stage(
        "features",
        QT_TRANSLATE_NOOP("stages", "Features"),
        QT_TRANSLATE_NOOP("actions", "Feature Maps"),
        "backbone",
        "fast",
        "features",
    ),
    Stage(
        "anchors",
        QT_TRANSLATE_NOOP("stages", "Anchors"),
        QT_TRANSLATE_NOOP("actions", "Anchors: Ask One"),
        "rpn",
        "faster",
        "",
    ),
    Stage(
        "objectness",
        QT_TRANSLATE_NOOP("stages", "Objectness"),
        QT_TRANSLATE_NOOP("actions", "Objectness by Level"),
        "rpn",
        "faster",
        "rpn",
        ("objectness",),
    ),
    Stage(
        "proposals",
        QT_TRANSLATE_NOOP("stages", "Proposals"),
        QT_TRANSLATE_NOOP("actions", "Proposals before and after Each Filter"),
        "rpn",
        "faster",
        "proposals",
    ),
    Stage(
        "rois",
        QT_TRANSLATE_NOOP("stages", "RoIs"),
        QT_TRANSLATE_NOOP("actions", "RoIs and Their Classes"),
        "head",
        "fast",
        "",
    ),
    Stage(
        "boxes",
        QT_TRANSLATE_NOOP("stages", "Boxes"),
        QT_TRANSLATE_NOOP("actions", "Boxes and Their NMS"),
        "head",
        "fast",
        "boxes",
        ("boxes",),
    ),
    Stage(
        "masks",
        QT_TRANSLATE_NOOP("stages", "Masks"),
        QT_TRANSLATE_NOOP("actions", "Masks of Every Class"),
        "head",
        "mask",
        "masks",
        ("masks",),
    ),
    Stage(
        "keypoints",
        QT_TRANSLATE_NOOP("stages", "Keypoints"),
        QT_TRANSLATE_NOOP("actions", "Keypoints and Their Heat Maps"),
        "head",
        "keypoint",
        "keypoints",
        ("keypoints",),
    ),
)
NAMES = tuple(stage.name for stage in STAGES)
# Which stage a gate of the funnel belongs to.
STAGE_OF_GATE = {
    "level_top_n": "proposals",
    "size": "proposals",
    "rpn_score": "proposals",
    "rpn_nms": "proposals",
    "post_nms_top_n": "proposals",
    "class_score": "rois",
    "box_size": "boxes",
    "class_nms": "boxes",
    "max_detections": "boxes",
}


def has(family: str, stage: Stage) -> bool:
    """Whether a network has a stage. Only the Keypoint one has keypoints, only it no masks."""
    order = tuple(FAMILIES)
    if stage.since == "mask" and family == "keypoint":
        return False
    return order.index(stage.since) <= order.index(family)


def added(family: str, stage: Stage) -> bool:
    """Whether a network was the first to have a stage."""
    return stage.since == family
