"""Views that show what the lecture says of detectors, by its headings."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from gui.i18n import QT_TRANSLATE_NOOP
from gui.lecture import headings


@dataclass(frozen=True)
class Scene(headings.Scene):
    """One view of the lecture.

    Attributes:
        sample: a file of resources/samples.
        model: a name of the zoo.
        stage: which stage is shown; empty for the result.
        family: the network that is lit up in the strip; empty for the model's own.
        at: a picture point that is asked, px.
        network: whether the network is drawn in place of the picture.
        layers: all that is drawn of the result, where no stage is shown.
    """

    sample: str
    model: str
    stage: str = ""
    family: str = ""
    at: tuple[float, float] | None = None
    network: bool = False
    layers: tuple[str, ...] = ("boxes",)

    @property
    def path(self) -> Path:
        """The picture's file."""
        return Path(str(files("resources"))) / "samples" / self.sample


SCENES = (
    Scene(
        "network",
        QT_TRANSLATE_NOOP("actions", "The Whole Network"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "A backbone and its pyramid make features, once. On them the RPN: a 3 × 3 window, "
            "k anchors, cls and reg. RoIAlign cuts its proposals out for the heads: class and "
            "box, and beside them the mask.",
        ),
        heading="faster",
        sample="astronaut.jpg",
        model="people",
        network=True,
    ),
    Scene(
        "fast",
        QT_TRANSLATE_NOOP("actions", "Fast R-CNN"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Fast R-CNN has a backbone and a head, lit up in the row of stages, and no RPN: its "
            "proposals came from outside. Selective Search took about 2 s a picture to find them, "
            "far longer than the network itself.",
        ),
        heading="faster",
        sample="astronaut.jpg",
        model="people",
        family="fast",
    ),
    Scene(
        "faster",
        QT_TRANSLATE_NOOP("actions", "The Time of Proposals"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Faster R-CNN added the RPN, lit up in the row of stages: it finds the proposals on "
            "the features that are there anyway. How long each part took is written above it.",
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
        "rois",
        QT_TRANSLATE_NOOP("actions", "Cut Out by RoIAlign"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The Fast R-CNN head sees each proposal as 7 × 7 places of the level that fits its "
            "size. From these it says how likely each class is, and the background.",
        ),
        heading="proposals",
        sample="astronaut.jpg",
        model="people",
        stage="rois",
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
            "Backbone, RPN and head as before; the mask branch, lit up in the row of stages, runs "
            "beside the "
            "boxes. L = L_cls + L_box + L_mask.",
        ),
        heading="mask",
        sample="grace_hopper.jpg",
        model="people",
        family="mask",
        layers=("boxes", "masks"),
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
