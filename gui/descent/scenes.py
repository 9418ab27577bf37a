"""Races that show what the lecture says, by its headings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from gui.i18n import QT_TRANSLATE_NOOP
from gui.lecture import headings

if TYPE_CHECKING:
    from engine.descent.race.spec import RaceSpec


UNKNOWN = "…"  # in the place of a number that is not measured yet


@dataclass(frozen=True)
class Scene(headings.Scene):
    """One race of the lecture; its file in resources/presets/lecture bears its name.

    Attributes:
        chosen: the racer whose next step is drawn.
        step: where the race is opened: there the map shows what the caption says. The caption's
            numbers are measured there (`engine.descent.lecture_numbers`).
        panel: the one to bring to the front below the map; empty for any.
    """

    chosen: str
    step: int = 0
    panel: str = ""

    def said(self, numbers: Mapping[str, str] | None = None) -> str:
        """The caption in the window's language.

        Args:
            numbers: as they are written, by their names; a dash stands for those not known.
        """
        return super().said().format_map(defaultdict(lambda: UNKNOWN, numbers or {}))

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
            "The same rule with the same rate: {starts} starts end in {minima} different "
            "minima. Ctrl+click on the map adds another start.",
        ),
        heading="starts",
        chosen="sgd",
        step=60,
    ),
    Scene(
        "several-restarts",
        QT_TRANSLATE_NOOP("actions", "Random Restarts, the Best Kept"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "One racer, {starts} starts at random, {minima} minima of different depth. The star "
            "marks the best point that any of the trails has met, with a loss of {best}.",
        ),
        heading="starts",
        chosen="sgd",
        step=40,
    ),
    Scene(
        "gradient-descent",
        QT_TRANSLATE_NOOP("actions", "The Mean of All Examples"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Each of {examples} examples pulls its own way (thin arrows); gradient descent "
            "follows the mean of all, and one step is one epoch. Click an example for its own "
            "landscape.",
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
            "A batch of {batch} of {examples} examples (red) shows nearly the same way, "
            "{angle}° off, for a part of the work: |epoch| = |dataset| / |batch| = {steps} "
            "steps, dealt anew in every epoch.",
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
            "Fixed batches: in step {place} of the {steps} of every epoch the outlier pulls in "
            "the same company, for ever round the same loop. Tick reshuffle, or drag the "
            "diamond.",
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
            "Examples stream by: each of the {seen} so far has served one step and is not kept. "
            "The landscape is the expected loss, which no one ever sees whole.",
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
            "{examples} examples: after {step} steps SGD is within {over} % of the least loss "
            "and has seen {seen} of them. Gradient descent would have made no single step for "
            "that.",
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
            "Each step sees a noisy gradient, as from a small batch. SGD jumps about the "
            "minimum and never rests; momentum averages the noise: its steps are {times} times "
            "shorter.",
        ),
        heading="sgd",
        chosen="sgd",
        step=120,
    ),
    Scene(
        "sgd-schedule",
        QT_TRANSLATE_NOOP("actions", "A Falling Learning Rate"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The same noise for both: with a constant rate SGD shivers for ever, {constant} "
            "from the minimum; with a cosine schedule SGD 2 comes to rest, {falling} from it.",
        ),
        heading="sgd",
        chosen="sgd-2",
        step=300,
    ),
    Scene(
        "weak-slow",
        QT_TRANSLATE_NOOP("actions", "Slow Convergence"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Down into the valley: the first {early} steps take {gone} % of the loss. Then "
            "along its floor ever slower: after {step} steps SGD is still {distance} away from "
            "the minimum.",
        ),
        heading="weak",
        chosen="sgd",
        step=1000,
    ),
    Scene(
        "weak-local-minimum",
        QT_TRANSLATE_NOOP("actions", "A Local Minimum"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "SGD ends in the nearer, shallower of two minima, with a loss of {loss}, and cannot "
            "leave it. Drag the start to the left half: there it finds the deeper one.",
        ),
        heading="weak",
        chosen="sgd",
        step=100,
    ),
    Scene(
        "weak-jog",
        QT_TRANSLATE_NOOP("actions", "Jog of Weights"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Whenever the loss has stabilised, the weights of SGD 2 are shaken. The first "
            "shake, step {first}, falls back; the second, step {second}, crosses the ridge; the "
            "star keeps the best point.",
        ),
        heading="weak",
        chosen="sgd-2",
        step=120,
    ),
    Scene(
        "weak-paralysis",
        QT_TRANSLATE_NOOP("actions", "Paralysis"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Far out a sigmoid is flat: on its horizontal asymptote the gradient is almost "
            "zero. After {step} steps SGD has moved by {sgd} in x; momentum has gathered speed "
            "and moved by {momentum}.",
        ),
        heading="weak",
        chosen="sgd",
        step=180,
    ),
    Scene(
        "momentum-ravine",
        QT_TRANSLATE_NOOP("actions", "A Ravine"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Across the ravine it is {steep} times steeper than along it. After {step} steps "
            "SGD has crossed the middle {crossings} times and has {sgd} % of the way left, "
            "momentum {momentum} %.",
        ),
        heading="momentum",
        chosen="momentum",
        step=20,
    ),
    Scene(
        "momentum-jump",
        QT_TRANSLATE_NOOP("actions", "Over a Local Minimum"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Same start, same rate: SGD stays in the local minimum on the right, with a loss of "
            "{loss}; momentum has gathered the speed to cross the ridge to the global one, with "
            "{other}.",
        ),
        heading="momentum",
        chosen="momentum",
        step=150,
    ),
    Scene(
        "momentum-cut",
        QT_TRANSLATE_NOOP("actions", "A Cut with Two Minima"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "A function of x alone. SGD and momentum of {low} stay in the local minimum; with "
            "{high} the velocity, zero at first, carries over the ridge into the global one.",
        ),
        heading="momentum",
        chosen="momentum-2",
        step=100,
        panel="descent.cut",
    ),
    Scene(
        "momentum-noise",
        QT_TRANSLATE_NOOP("actions", "The Noise of Batches"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "One example in a step: on the last {last} steps its gradient g is {batch_angle}° "
            "off ∇f, the velocity v, a mean over the last ones that began at zero, only "
            "{velocity_angle}°.",
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
            "brakes before the wall that the classical step runs into, with a loss of "
            "{nesterov} instead of {classical}.",
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
            "Much momentum, small rate: after {step} steps classical momentum still swings by "
            "{classical} across the ravine, Nesterov by {nesterov}: it damps the swing and "
            "arrives first.",
        ),
        heading="nesterov",
        chosen="nesterov",
        step=50,
    ),
    Scene(
        "nesterov-loses",
        QT_TRANSLATE_NOOP("actions", "Where It Loses"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "A larger rate: here lr · {steep} = {product} lies beyond Nesterov's bound (2 + "
            "2μ)/(1 + 2μ) = {nesterov} but within the classical 2(1 + μ) = {classical}: "
            "Nesterov diverges, momentum converges.",
        ),
        heading="nesterov",
        chosen="nesterov",
        step=20,
    ),
)
