"""What the lecture says of training detectors, by its headings: one record a scene."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from gui.i18n import QT_TRANSLATE_NOOP
from gui.lecture import headings
from gui.training.choices import (
    COMPARISON,
    COSINE,
    EVALUATION,
    GATES,
    LAYERS,
    LOSSES,
    NUMBERS,
    PHASES,
)

STUDY = "joint-or-alternating"
SEEDS = range(3)
JOINT = tuple(f"{STUDY}/joint-{seed}" for seed in SEEDS)
ALTERNATING = tuple(f"{STUDY}/alternating-{seed}" for seed in SEEDS)


@dataclass(frozen=True)
class Scene(headings.Scene):
    """One scene: a short run that is shown at once; its spec fills the form to train it anew.

    Attributes:
        run: a folder of resources/presets/runs, which this program wrote itself.
        page: the page that comes to the front, a key of `gui.training.choices`.
        beside: further such folders, to be compared with it.
        metric: what they are compared by first.
        view: of the page of the evaluation.
    """

    run: str
    page: str
    beside: tuple[str, ...] = ()
    metric: str = ""
    view: str = ""

    @property
    def folder(self) -> Path:
        """The run's folder, without weights."""
        return self.folders[0]

    @property
    def folders(self) -> tuple[Path, ...]:
        """Of all runs that are shown."""
        runs = Path(str(files("resources"))) / "presets" / "runs"
        return tuple(runs / name for name in (self.run, *self.beside))


SCENES = (
    Scene(
        "joint-loss",
        QT_TRANSLATE_NOOP("actions", "The Sum and its Balance"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "L = L_cls + λ L_reg: all parts learn from one sum, here with λ = 10 for the RPN's "
            "boxes. Over the curves, the sum with the last step's numbers. Each weight can be "
            "set anew and trained with.",
        ),
        heading="joint",
        run="joint-loss",
        page=LOSSES,
    ),
    Scene(
        "joint-gradients",
        QT_TRANSLATE_NOOP("actions", "Two Gradients on Shared Layers"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "RPN and detector change the same features. The cosine between their gradients says "
            "whether they agree: near 0 each pulls another way, below 0 one undoes what the other "
            "learns.",
        ),
        heading="joint",
        run="joint-loss",
        page=COSINE,
    ),
    Scene(
        "joint-layers",
        QT_TRANSLATE_NOOP("actions", "How Far a Step Moves Each Part"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "One learning rate, but each group of layers moves by its own share of its weights: "
            "here RPN and box head farthest. The warm-up lifts all curves, the cool-down lets them "
            "fall at the end. Triangles mark steps whose gradient was clipped.",
        ),
        heading="joint",
        run="joint-loss",
        page=LAYERS,
    ),
    Scene(
        "proposals-lost",
        QT_TRANSLATE_NOOP("actions", "Where Objects Are Lost"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The most objectlike boxes go to the detector, which refines them. Each object that is "
            "not found is counted at the first gate that let no box on it through: after so short "
            "a training most pass the RPN and fail by the detector's score.",
        ),
        heading="proposals",
        run=JOINT[0],
        page=EVALUATION,
        view=GATES,
    ),
    Scene(
        "four-steps",
        QT_TRANSLATE_NOOP("actions", "RPN and Detector in Turn"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "1: the RPN learns. 2: a Fast R-CNN with a backbone of its own learns from its "
            "proposals. 3: the RPN learns on that backbone, which is fixed with its pyramid and "
            "their statistics. 4: the detector does the same, so that both share it. Further "
            "rounds may follow.",
        ),
        heading="four",
        run="four-steps",
        page=PHASES,
    ),
    Scene(
        "four-steps-losses",
        QT_TRANSLATE_NOOP("actions", "Which Loss Learns When"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Steps 1 and 3 know only the RPN's losses, steps 2 and 4 only the detector's, masks "
            "and keypoints among them. Each begins with a fresh optimizer: the learning rate "
            "rises anew.",
        ),
        heading="four",
        run="four-steps",
        page=LOSSES,
    ),
    Scene(
        "joint-or-alternating",
        QT_TRANSLATE_NOOP("actions", "Joint against Alternating"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Three seeds a side: 600 joint steps, or four times 300 in turn, of which the last "
            "net's features and RPN have learnt in one and its heads in two. Bands: the spread of "
            "the seeds. Better is said below, and only outside it.",
        ),
        heading="four",
        run=JOINT[0],
        page=COMPARISON,
        beside=(*JOINT[1:], *ALTERNATING),
        metric="bbox.AP",
    ),
    Scene(
        "mask-losses",
        QT_TRANSLATE_NOOP("actions", "The Mask's Loss in the Sum"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Mask R-CNN adds the mask's loss to those of class and box: a sigmoid at every point "
            "of the true class's mask, so that classes do not compete. Keypoints add one more.",
        ),
        heading="mask",
        run="joint-loss",
        page=LOSSES,
    ),
    Scene(
        "mask-results",
        QT_TRANSLATE_NOOP("actions", "The Results Table"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Boxes, masks and keypoints are judged apart, each by COCO's numbers: AP is the mean "
            "over IoU .50 to .95. A mask follows its box, so that a poor box spoils both. This net "
            "has learnt for a few minutes from random weights.",
        ),
        heading="mask",
        run=JOINT[0],
        page=EVALUATION,
        view=NUMBERS,
    ),
    Scene(
        "keypoint-loss",
        QT_TRANSLATE_NOOP("actions", "The Keypoints' Loss"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Each keypoint is one place among 56 × 56: a cross-entropy over 3136 classes. A net "
            "that knows nothing pays ln 3136 ≈ 8.05, where the curve begins; in the sum λ = 0.4 "
            "holds it back. Steps without a figure have none.",
        ),
        heading="keypoints",
        run="joint-loss",
        page=LOSSES,
    ),
)
