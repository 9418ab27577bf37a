"""Races that show what the lecture says, by its headings."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from gui.i18n import QT_TRANSLATE_NOOP
from gui.lecture import headings

if TYPE_CHECKING:
    from engine.descent.race.spec import RaceSpec


@dataclass(frozen=True)
class Scene(headings.Scene):
    """One race of the lecture; its file in resources/presets/lecture bears its name.

    Attributes:
        chosen: the racer whose next step is drawn.
        step: where the race is opened.
        panel: the one to bring to the front below the map; empty for any.
    """

    chosen: str
    step: int = 0
    panel: str = ""

    def spec(self) -> RaceSpec:
        """The race.

        Raises:
            SpecError: the file is broken.
        """
        # Here, as the window's menu reads this module and must not wait for torch.
        from engine import specs
        from engine.descent.race.spec import RaceSpec

        path = files("resources") / "presets" / "lecture" / f"{self.name}.json"
        return specs.from_json(path.read_text(encoding="utf-8"), RaceSpec)


SCENES = (
    Scene(
        "several-starts",
        QT_TRANSLATE_NOOP("actions", "Different Minima"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The same rule with the same rate from six starts ends in four different minima. "
            "Ctrl+click on the map adds another start.",
        ),
        heading="starts",
        chosen="sgd",
    ),
    Scene(
        "several-restarts",
        QT_TRANSLATE_NOOP("actions", "Random Restarts, the Best Kept"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "One racer, sixteen random starts, four minima of different depth. The star marks "
            "the best point that any of the trails has met.",
        ),
        heading="starts",
        chosen="sgd",
    ),
    Scene(
        "gradient-descent",
        QT_TRANSLATE_NOOP("actions", "The Mean of All Examples"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Each example pulls its own way (thin arrows); gradient descent follows the mean of "
            "all, and one step is one epoch. Click an example for its own landscape.",
        ),
        heading="gradient",
        chosen="sgd",
        step=3,
    ),
    Scene(
        "sgd-batches",
        QT_TRANSLATE_NOOP("actions", "Batches and Epochs"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "A batch of 4 of 24 examples (red) shows nearly the same way for a sixth of the work: "
            "|epoch| = |dataset| / |batch| = 6 steps, dealt anew in every epoch.",
        ),
        heading="sgd",
        chosen="sgd",
        step=2,
    ),
    Scene(
        "sgd-outlier",
        QT_TRANSLATE_NOOP("actions", "An Outlier in a Fixed Batch"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Fixed batches: in the third step of every epoch the outlier pulls in the same "
            "company, for ever round the same loop. Tick reshuffle, or drag the diamond.",
        ),
        heading="sgd",
        chosen="sgd",
        step=122,
    ),
    Scene(
        "sgd-online",
        QT_TRANSLATE_NOOP("actions", "Online, From a Stream"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Examples stream by: each serves one step and is not kept. The landscape is the "
            "expected loss, which no one ever sees whole.",
        ),
        heading="sgd",
        chosen="sgd",
        step=40,
    ),
    Scene(
        "sgd-huge",
        QT_TRANSLATE_NOOP("actions", "A Huge Sample"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "20,000 examples: after 100 steps SGD is at the minimum and has seen 1,600 of them. "
            "Gradient descent would have made no single step for that.",
        ),
        heading="sgd",
        chosen="sgd",
        step=100,
    ),
    Scene(
        "sgd-noise",
        QT_TRANSLATE_NOOP("actions", "Noisy Gradients"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Each step sees a noisy gradient, as from a small batch. SGD jumps about the minimum "
            "and never rests; momentum averages the noise, and its path is smooth.",
        ),
        heading="sgd",
        chosen="sgd",
    ),
    Scene(
        "sgd-schedule",
        QT_TRANSLATE_NOOP("actions", "A Falling Learning Rate"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The same noise for both: with a constant rate SGD shivers for ever, with a cosine "
            "schedule SGD 2 comes to rest in the minimum.",
        ),
        heading="sgd",
        chosen="sgd-2",
    ),
    Scene(
        "weak-slow",
        QT_TRANSLATE_NOOP("actions", "Slow Convergence"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Down into the valley at once, then along its floor ever slower: after a thousand "
            "steps SGD is still on its way.",
        ),
        heading="weak",
        chosen="sgd",
    ),
    Scene(
        "weak-local-minimum",
        QT_TRANSLATE_NOOP("actions", "A Local Minimum"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "SGD ends in the nearer, shallower of two minima and cannot leave it. Drag the "
            "start to the left half: there it finds the deeper one.",
        ),
        heading="weak",
        chosen="sgd",
    ),
    Scene(
        "weak-jog",
        QT_TRANSLATE_NOOP("actions", "Jog of Weights"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Whenever the loss has stabilised, the weights of SGD 2 are shaken. The first shake "
            "falls back, the second crosses the ridge; the star keeps the best point.",
        ),
        heading="weak",
        chosen="sgd-2",
    ),
    Scene(
        "weak-paralysis",
        QT_TRANSLATE_NOOP("actions", "Paralysis"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Far out a sigmoid is flat: on its horizontal asymptote the gradient is almost "
            "zero and SGD stands still; momentum gathers speed and gets away.",
        ),
        heading="weak",
        chosen="sgd",
    ),
    Scene(
        "momentum-ravine",
        QT_TRANSLATE_NOOP("actions", "A Ravine"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Across the ravine it is fifty times steeper than along it. SGD zigzags from wall "
            "to wall, momentum runs down the middle.",
        ),
        heading="momentum",
        chosen="momentum",
    ),
    Scene(
        "momentum-jump",
        QT_TRANSLATE_NOOP("actions", "Over a Local Minimum"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Same start, same rate: SGD stays in the local minimum on the right, momentum has "
            "gathered the speed to cross the ridge to the global one.",
        ),
        heading="momentum",
        chosen="momentum",
    ),
    Scene(
        "momentum-cut",
        QT_TRANSLATE_NOOP("actions", "A Cut with Two Minima"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "A function of x alone. SGD and momentum of 0.5 stay in the local minimum; with 0.9 "
            "the velocity, zero at first, carries over the ridge into the global one.",
        ),
        heading="momentum",
        chosen="momentum-2",
        panel="descent.cut",
    ),
    Scene(
        "momentum-noise",
        QT_TRANSLATE_NOOP("actions", "The Noise of Batches"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "One example in a step: its gradient g is tens of degrees off ∇f, the velocity v, a "
            "mean over the last ones that began at zero, only a few. Watch the angles.",
        ),
        heading="momentum",
        chosen="momentum",
        step=120,
    ),
    Scene(
        "nesterov-vectors",
        QT_TRANSLATE_NOOP("actions", "The Vectors of a Step"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Nesterov looks where momentum m leads, to x₁, and takes the gradient there: it "
            "brakes before the wall that the classical step runs into.",
        ),
        heading="nesterov",
        chosen="nesterov",
        step=4,
    ),
    Scene(
        "nesterov-wins",
        QT_TRANSLATE_NOOP("actions", "Where It Wins"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Much momentum, small rate: classical momentum swings for long, Nesterov damps "
            "the swing and arrives first.",
        ),
        heading="nesterov",
        chosen="nesterov",
    ),
    Scene(
        "nesterov-loses",
        QT_TRANSLATE_NOOP("actions", "Where It Loses"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "A larger rate: here lr · 50 lies beyond Nesterov's bound (2 + 2μ)/(1 + 2μ) but "
            "within the classical one 2(1 + μ): Nesterov diverges, momentum converges.",
        ),
        heading="nesterov",
        chosen="nesterov",
    ),
)
