"""What the drawn network is made of: blocks, where they lie, and which feed which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gui.i18n import QT_TRANSLATE_NOOP

WIDTH, HEIGHT = 1250, 690  # the whole drawing, in units of its own
Rect = tuple[float, float, float, float]  # x, y, width, height
Point = tuple[float, float]


@dataclass(frozen=True)
class Block:
    """One block.

    Attributes:
        name: a part of `engine.detection.queries.network`, or the beginning of several.
        title: marked for "network".
        stage: what a click on it opens.
        rect: where it lies.
        branch: which models have it: all, or those with a mask or a keypoint head.
        tall: its maps stand one below the other.
    """

    name: str
    title: str
    stage: str
    rect: Rect
    branch: str = ""
    tall: bool = False


BACKBONE_X, PYRAMID_X, FIRST_X, SECOND_X, THIRD_X = 178, 346, 566, 806, 1044
WIDE, HIGH, LAST = 206, 98, 196
BOX_Y, MASK_Y, KEYPOINT_Y = 318, 446, 574
BLOCKS = (
    Block("input", QT_TRANSLATE_NOOP("network", "Input"), "input", (10, 246, 150, 200), tall=True),
    Block(
        "body", QT_TRANSLATE_NOOP("network", "Backbone"), "features",
        (BACKBONE_X, 34, 150, 638), tall=True,
    ),
    Block(
        "pyramid", QT_TRANSLATE_NOOP("network", "Pyramid"), "features",
        (PYRAMID_X, 34, 150, 638), tall=True,
    ),
    Block(
        "window", QT_TRANSLATE_NOOP("network", "3 × 3 window"), "anchors",
        (FIRST_X, 34, WIDE, HIGH),
    ),
    Block(
        "anchors", QT_TRANSLATE_NOOP("network", "k anchors"), "anchors",
        (FIRST_X, 144, WIDE, HIGH),
    ),
    Block(
        "cls", QT_TRANSLATE_NOOP("network", "cls: object?"), "objectness",
        (SECOND_X, 34, WIDE, HIGH),
    ),
    Block(
        "reg", QT_TRANSLATE_NOOP("network", "reg: shifts"), "proposals",
        (SECOND_X, 144, WIDE, HIGH),
    ),
    Block(
        "proposals", QT_TRANSLATE_NOOP("network", "Proposals"), "proposals",
        (THIRD_X, 89, LAST, HIGH),
    ),
    Block(
        "box_align", QT_TRANSLATE_NOOP("network", "RoIAlign"), "rois",
        (FIRST_X, BOX_Y, WIDE, HIGH),
    ),
    Block(
        "box_head", QT_TRANSLATE_NOOP("network", "Box head"), "rois",
        (SECOND_X, BOX_Y, WIDE, HIGH),
    ),
    Block("class", QT_TRANSLATE_NOOP("network", "Class"), "rois", (THIRD_X, BOX_Y - 8, LAST, 54)),
    Block("box", QT_TRANSLATE_NOOP("network", "Box"), "boxes", (THIRD_X, BOX_Y + 52, LAST, 54)),
    *(
        Block(f"{branch}{part}", title, stage, (x, y, wide, HIGH), branch)
        for branch, stage, y, inner, result in (
            ("mask", "masks", MASK_Y, QT_TRANSLATE_NOOP("network", "Mask head"),
             QT_TRANSLATE_NOOP("network", "Mask")),
            ("keypoint", "keypoints", KEYPOINT_Y, QT_TRANSLATE_NOOP("network", "Keypoint head"),
             QT_TRANSLATE_NOOP("network", "Keypoints")),
        )
        for part, title, x, wide in (
            ("_align", QT_TRANSLATE_NOOP("network", "RoIAlign"), FIRST_X, WIDE),
            ("_head", inner, SECOND_X, WIDE),
            ("", result, THIRD_X, LAST),
        )
    ),
)  # fmt: skip
NAMES = tuple(block.name for block in BLOCKS)
# The frames around them: a part of `stages.registry.PARTS`, and where.
FRAMES = (
    ("backbone", (0, 0, 508, HEIGHT)),
    ("rpn", (554, 0, 696, 254)),
    ("head", (554, 284, 696, HEIGHT - 284)),
)


def right(name: str) -> Point:
    """The middle of a block's right side."""
    x, y, wide, high = BLOCKS[NAMES.index(name)].rect
    return x + wide, y + high / 2


def left(name: str) -> Point:
    """The middle of a block's left side."""
    x, y, _, high = BLOCKS[NAMES.index(name)].rect
    return x, y + high / 2


def across(first: str, second: str) -> tuple[Point, ...]:
    """From a block to one on its right, with one step up or down between them."""
    (x0, y0), (x1, y1) = right(first), left(second)
    middle = x1 - 14
    return ((x0, y0), (middle, y0), (middle, y1), (x1, y1))


def from_pyramid(name: str) -> tuple[Point, ...]:
    """From the pyramid's side, at the height of the block."""
    x, y = left(name)
    return (right("pyramid")[0], y), (x, y)


def around(first: str, second: str, y: float) -> tuple[Point, ...]:
    """From below a block back to the left, along a height, and into the next row."""
    (x0, y0, wide, high), (x1, y1) = BLOCKS[NAMES.index(first)].rect, left(second)
    start, turn, enter = x0 + wide / 2, x1 - 24, y1 + 22
    return (start, y0 + high), (start, y), (turn, y), (turn, enter), (x1, enter)


# (the block it ends at, its corners)
ARROWS: tuple[tuple[str, tuple[Point, ...]], ...] = (
    ("body", (right("input"), (BACKBONE_X, right("input")[1]))),
    ("pyramid", (right("body"), left("pyramid"))),
    ("window", from_pyramid("window")),
    ("cls", across("window", "cls")),
    (
        "reg",
        ((FIRST_X + WIDE, 108), (SECOND_X - 18, 108), (SECOND_X - 18, 193), (SECOND_X, 193)),
    ),
    ("proposals", across("cls", "proposals")),
    ("proposals", across("reg", "proposals")),
    ("anchors", ((FIRST_X + WIDE / 2, 132), (FIRST_X + WIDE / 2, 144))),
    ("box_align", around("proposals", "box_align", 269)),
    ("box_align", from_pyramid("box_align")),
    ("box_head", across("box_align", "box_head")),
    ("class", across("box_head", "class")),
    ("box", across("box_head", "box")),
    ("mask_align", around("box", "mask_align", 435)),
    ("mask_align", from_pyramid("mask_align")),
    ("mask_head", across("mask_align", "mask_head")),
    ("mask", across("mask_head", "mask")),
    ("keypoint_align", from_pyramid("keypoint_align")),
    ("keypoint_head", across("keypoint_align", "keypoint_head")),
    ("keypoint", across("keypoint_head", "keypoint")),
)  # fmt: skip
Has = Callable[[str], bool]


def blocks_of(has: Has) -> tuple[Block, ...]:
    """The blocks of a model, told which branches it has."""
    return tuple(block for block in BLOCKS if not block.branch or has(block.branch))
