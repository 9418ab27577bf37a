"""What the lecture says of training detectors, by its headings: one record a scene."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from gui import lecture
from gui.i18n import QT_TRANSLATE_NOOP
from gui.training.choices import COSINE, LOSSES, PHASES


@dataclass(frozen=True)
class Scene(lecture.Scene):
    """One scene: a short run that is shown at once; its spec fills the form to train it anew.

    Attributes:
        run: a folder of resources/presets/runs, which this program wrote itself.
        page: the page that comes to the front, a key of `gui.training.choices`.
    """

    run: str
    page: str

    @property
    def folder(self) -> Path:
        """The run's folder, without weights."""
        return Path(str(files("resources"))) / "presets" / "runs" / self.run


SCENES = (
    Scene(
        "joint-loss",
        QT_TRANSLATE_NOOP("actions", "The Sum and its Balance"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "L = L_cls + λ L_reg: all parts learn from one sum, here with λ = 10 for the RPN's "
            "boxes. Below, the sum with the last step's numbers; change the weights at the left "
            "and press Start.",
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
        "four-steps",
        QT_TRANSLATE_NOOP("actions", "RPN and Detector in Turn"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "1: the RPN learns. 2: a Fast R-CNN with a backbone of its own learns from its "
            "proposals. 3: the RPN learns on that backbone, which is fixed. 4: the detector does "
            "the same, so that both share it. Press Start to watch it.",
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
)
