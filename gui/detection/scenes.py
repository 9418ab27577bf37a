"""Views that show what the lecture says of detectors, by its headings."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from gui import lecture
from gui.i18n import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Scene(lecture.Scene):
    """One view of the lecture.

    Attributes:
        sample: a file of resources/samples.
        model: a name of the zoo.
        stage: which stage is shown; empty for the result.
        family: the network that is lit up in the strip; empty for the model's own.
        at: a picture point that is asked, px.
    """

    sample: str
    model: str
    stage: str = ""
    family: str = ""
    at: tuple[float, float] | None = None

    @property
    def path(self) -> Path:
        """The picture's file."""
        return Path(str(files("resources"))) / "samples" / self.sample


SCENES = (
    Scene(
        "faster",
        QT_TRANSLATE_NOOP("actions", "The Time of Proposals"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Fast R-CNN had to be given its proposals, and finding them took most of the time. "
            "Faster R-CNN added the RPN, lit up above: it finds them on the shared features.",
        ),
        heading="faster",
        sample="astronaut.jpg",
        model="people",
        family="faster",
    ),
    Scene(
        "rpn",
        QT_TRANSLATE_NOOP("actions", "The Sliding Window"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "A 3 × 3 window slides over the features. At each place a shared layer, then reg "
            "(4 numbers) and cls (2 numbers) for each of k anchors. Click another place.",
        ),
        heading="rpn",
        sample="astronaut.jpg",
        model="people",
        stage="anchors",
        at=(225.0, 120.0),
    ),
    Scene(
        "objectness",
        QT_TRANSLATE_NOOP("actions", "Objectness of Every Place"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "How objectlike the best anchor of each place is. Each level looks for objects of "
            "its size: choose one at the right.",
        ),
        heading="rpn",
        sample="astronaut.jpg",
        model="people",
        stage="objectness",
    ),
    Scene(
        "proposals",
        QT_TRANSLATE_NOOP("actions", "The Most Objectlike"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Of all decoded boxes only the most objectlike, and none that a better one covers, "
            "go on to the Fast R-CNN head. Choose a filter at the right.",
        ),
        heading="proposals",
        sample="astronaut.jpg",
        model="people",
        stage="proposals",
    ),
    Scene(
        "refinement",
        QT_TRANSLATE_NOOP("actions", "Refinement"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The head names the class and moves each proposal (dashed) to its box; the arrows "
            "show how far. Then each class keeps the best of the boxes that overlap.",
        ),
        heading="proposals",
        sample="grace_hopper.jpg",
        model="people",
        stage="boxes",
    ),
    Scene(
        "mask",
        QT_TRANSLATE_NOOP("actions", "A Mask for Every Class"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The mask branch draws 28 × 28 numbers for every class; the class branch decides "
            "whose mask is taken. Above one half a number becomes 1, and the pixel is inside.",
        ),
        heading="mask",
        sample="shapes.png",
        model="shapes",
        stage="masks",
        family="mask",
    ),
    Scene(
        "masks",
        QT_TRANSLATE_NOOP("actions", "Masks on a Picture"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Backbone, RPN and head as before; the mask branch, lit up above, runs beside the "
            "boxes. L = L_cls + L_box + L_mask.",
        ),
        heading="mask",
        sample="grace_hopper.jpg",
        model="people",
        family="mask",
    ),
    Scene(
        "keypoints",
        QT_TRANSLATE_NOOP("actions", "Named Points and the Skeleton"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Each point of the body has a name and a 56 × 56 heat map of its own; its peak is "
            "the place. Left is blue, right is orange. Choose a point at the right.",
        ),
        heading="keypoints",
        sample="shapes.png",
        model="shapes",
        stage="keypoints",
        family="keypoint",
    ),
)
