"""The layers over the picture, one record each: list, menu, keys, counts and exports read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QFont

from gui.detection.ground_truth.layer import GroundTruthLayer
from gui.detection.instances import Instance
from gui.detection.layers.anchors import AnchorLayer, count_anchors
from gui.detection.layers.base import Overlay
from gui.detection.layers.boxes import BoxLayer, count_boxes
from gui.detection.layers.dropped import DroppedBoxesLayer
from gui.detection.layers.keypoints import KeypointLayer, count_keypoints
from gui.detection.layers.labels import LabelLayer
from gui.detection.layers.masks import MaskLayer, count_masks
from gui.detection.layers.objectness import ObjectnessLayer, count_objectness
from gui.detection.layers.proposals import ProposalLayer, count_proposals
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.detection.pipeline.trace import StageTrace

Count = Callable[["StageTrace", Sequence[Instance]], int | None]


@dataclass(frozen=True)
class Choice:
    """What a layer's row lets one choose beside the opacity.

    Attributes:
        of: "level", one level of anchors or those around the cursor, for every layer that
            has levels (`Overlay.set_level`); or "best", how many of its best this layer
            draws (`Overlay.set_top`).
        title: for a screen reader, marked for "layers".
        hint: marked for "layers".
    """

    of: Literal["level", "best"]
    title: str
    hint: str


@dataclass(frozen=True)
class LayerRecord:
    """One layer over the picture.

    Attributes:
        name: in the names of its widgets and actions and in a saved state.
        make: builds it; its font is for whatever it writes.
        depth: the layer of the least depth is drawn first.
        title: in the list and in the export dialog, marked for "layers".
        hint: in the list, marked for "layers".
        menu_text: of the action that shows it, marked for "actions"; a layer without
            one has no row, no action and no key.
        key: of that action, in portable text.
        count: how many there are of a trace and of the shown detections, for the list;
            None where the model has no such thing. A layer without it is told its
            number by who knows it (`LayersPanel.set_count`).
        choice: what its row lets one choose.
        exported: its name in `engine.export.picture.layers.registry`; empty for a
            layer that no file shows.
        follows: the name of the layer whose eye and opacity it shares.
        of_model: what the detector made; a stage that is looked at closes the eyes of
            other such layers, and of no others.
    """

    name: str
    make: Callable[[QFont], Overlay]
    depth: int
    title: str = ""
    hint: str = ""
    menu_text: str = ""
    key: str = ""
    count: Count | None = None
    choice: Choice | None = None
    exported: str = ""
    follows: str = ""
    of_model: bool = True


# In the order in which the detector makes them.
LAYERS: tuple[LayerRecord, ...] = (
    LayerRecord(
        "anchors",
        AnchorLayer,
        30,
        QT_TRANSLATE_NOOP("layers", "Anchors"),
        QT_TRANSLATE_NOOP(
            "layers", "The boxes the network starts from, at every place and of every shape."
        ),
        QT_TRANSLATE_NOOP("actions", "Show &Anchors"),
        "Shift+3",
        count_anchors,
        Choice(
            "level",
            QT_TRANSLATE_NOOP("layers", "Which anchors"),
            QT_TRANSLATE_NOOP(
                "layers",
                "Anchors of every level at the cursor, or the most object-like of one level",
            ),
        ),
        exported="anchors",
    ),
    LayerRecord(
        "objectness",
        ObjectnessLayer,
        10,
        QT_TRANSLATE_NOOP("layers", "Objectness"),
        QT_TRANSLATE_NOOP(
            "layers",
            "How object-like the best anchor of each cell is; the number counts anchors"
            " above one half. The level is chosen above.",
        ),
        QT_TRANSLATE_NOOP("actions", "Show &Objectness"),
        "Shift+4",
        count_objectness,
        exported="objectness",
    ),
    LayerRecord(
        "proposals",
        ProposalLayer,
        40,
        QT_TRANSLATE_NOOP("layers", "Proposals"),
        QT_TRANSLATE_NOOP(
            "layers", "What the region proposal network takes for an object, of any class."
        ),
        QT_TRANSLATE_NOOP("actions", "Show &Proposals"),
        "Shift+5",
        count_proposals,
        Choice(
            "best",
            QT_TRANSLATE_NOOP("layers", "How many proposals"),
            QT_TRANSLATE_NOOP("layers", "How many of the best proposals are drawn"),
        ),
        exported="proposals",
    ),
    LayerRecord(
        "boxes",
        BoxLayer,
        60,
        QT_TRANSLATE_NOOP("layers", "Boxes"),
        QT_TRANSLATE_NOOP("layers", "The detections above the score threshold."),
        QT_TRANSLATE_NOOP("actions", "Show &Boxes"),
        "Shift+7",
        count_boxes,
        exported="boxes",
    ),
    LayerRecord(
        "masks",
        MaskLayer,
        20,
        QT_TRANSLATE_NOOP("layers", "Masks"),
        QT_TRANSLATE_NOOP("layers", "The pixels of each detection."),
        QT_TRANSLATE_NOOP("actions", "Show &Masks"),
        "Shift+8",
        count_masks,
        exported="masks",
    ),
    LayerRecord(
        "keypoints",
        KeypointLayer,
        70,
        QT_TRANSLATE_NOOP("layers", "Keypoints"),
        QT_TRANSLATE_NOOP(
            "layers", "Body points: left side blue, right side orange, unsure ones hollow."
        ),
        QT_TRANSLATE_NOOP("actions", "Show &Keypoints"),
        "Shift+9",
        count_keypoints,
        exported="keypoints",
    ),
    LayerRecord(
        "labels",
        LabelLayer,
        80,
        QT_TRANSLATE_NOOP("layers", "Labels"),
        exported="labels",
        follows="boxes",
    ),
    LayerRecord("dropped", DroppedBoxesLayer, 50),
    LayerRecord(
        "truth",
        GroundTruthLayer,
        75,
        QT_TRANSLATE_NOOP("layers", "Ground truth"),
        QT_TRANSLATE_NOOP(
            "layers",
            "What people marked in the picture: what was found, what was missed, and the"
            " detections that found nothing. Load it from the File menu or drop it here.",
        ),
        QT_TRANSLATE_NOOP("actions", "Show &Ground Truth"),
        "Shift+G",
        of_model=False,
    ),
)


def listed() -> tuple[LayerRecord, ...]:
    """The layers that a person switches, in the order of the list."""
    return tuple(record for record in LAYERS if record.menu_text)


def exported() -> tuple[LayerRecord, ...]:
    """The layers that an annotated picture can show, in the order of the list."""
    return tuple(record for record in LAYERS if record.exported)
