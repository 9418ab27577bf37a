"""One short note a stage: how it works, and where torchvision departs from the papers."""

from __future__ import annotations

from gui.i18n import QT_TRANSLATE_NOOP

NOTES = {
    "input": QT_TRANSLATE_NOOP(
        "stages",
        "The picture is scaled to the network's size, its long side bounded, and padded on the"
        " right and below. Two ratios lead back.",
    ),
    "features": QT_TRANSLATE_NOOP(
        "stages",
        "The papers take one feature map; here a pyramid of maps with halved sizes is searched,"
        " each for objects of its size.",
    ),
    "anchors": QT_TRANSLATE_NOOP(
        "stages",
        "The paper: 3 scales × 3 ratios a place, in training none across the border."
        " torchvision keeps those; each level has one scale.",
    ),
    "objectness": QT_TRANSLATE_NOOP(
        "stages",
        "The paper's cls has two numbers an anchor. torchvision has one logit z:"
        " p(object) = sigmoid(z), p(not) = 1 − sigmoid(z).",
    ),
    "proposals": QT_TRANSLATE_NOOP(
        "stages",
        "The most objectlike go on to the detector. The paper keeps 300 after one NMS;"
        " torchvision suppresses level by level.",
    ),
    "rois": QT_TRANSLATE_NOOP(
        "stages",
        "RoIAlign samples 7 × 7 bins of the level that fits the box, level = ⌊4 + log₂(√area"
        " / 224)⌋. The two papers before pooled one map with rounding.",
    ),
    "boxes": QT_TRANSLATE_NOOP(
        "stages",
        "Each class moves the proposal in its own way; NMS runs class by class. torchvision"
        " trains with 512 RoIs, negatives from IoU 0 to .5, and λ = 1.",
    ),
    "masks": QT_TRANSLATE_NOOP(
        "stages",
        "Every class has a mask of its own, a sigmoid each; the class branch decides which one"
        " is taken. This decoupling is not class-agnostic NMS.",
    ),
    "keypoints": QT_TRANSLATE_NOOP(
        "stages",
        "One 56 × 56 map a point, its largest value is the place. torchvision's score is the raw"
        " logit, not a probability.",
    ),
}
