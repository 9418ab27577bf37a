"""What the lecture says of networks, by its headings: one record a scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.networks.backprop.presets import PRESETS
from engine.networks.chain_rule.steps import ChainSpec
from engine.networks.tasks import presets as races
from gui.i18n import QT_TRANSLATE_NOOP
from gui.lecture import headings


@dataclass(frozen=True)
class Scene(headings.Scene):
    """One scene.

    Attributes:
        page: name of the page that shows it.
        spec: what the page is set to; the caption's {names} are filled with its numbers.
        tab: of the page's pictures, to be brought to the front; empty for the first.
    """

    page: str
    spec: Any
    tab: str = ""

    def filled(self, numbers: Mapping[str, str]) -> str:
        """The caption in the window's language with numbers that were computed."""
        return self.said().format_map(_Numbers(numbers))


class _Numbers(dict[str, str]):
    """What has no number, as where it is not defined, is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


SCENES = (
    Scene(
        "chain-composite",
        QT_TRANSLATE_NOOP("actions", "A Composite Function"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "sin of x²: forward the values, back the local derivatives, multiplied: cos v₁ = "
            "{∂y/∂v1} times 2x = {∂v1/∂x} gives dy/dx = {dy/dx}. Drag x.",
        ),
        heading="chain",
        page="chain_rule",
        spec=ChainSpec("sin(x^2)", values={"x": 0.8}),
    ),
    Scene(
        "chain-twice",
        QT_TRANSLATE_NOOP("actions", "A Node Used Twice"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "x goes two ways to y, so two products come back to it, {dy/dx#1} and {dy/dx#2}, and "
            "they are added: dy/dx = {dy/dx}.",
        ),
        heading="chain",
        page="chain_rule",
        spec=ChainSpec("x * e^x", values={"x": 0.5}),
    ),
    Scene(
        "chain-of-the-notes",
        QT_TRANSLATE_NOOP("actions", "y(x(t)), as in the Notes"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "dy/dt = dy/dx · dx/dt = {dy/dx} · {dx/dt} = {dy/dt}. The notes print dt/dt as the "
            "last factor, which is always 1; it must read dx/dt.",
        ),
        heading="chain",
        page="chain_rule",
        spec=ChainSpec("x^3 - 2x", "sin t", {"t": 1.0}),
    ),
    Scene(
        "backprop-by-hand",
        QT_TRANSLATE_NOOP("actions", "A Net to Work Out by Hand"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Forward S and o, back δ, then the weights: E = {first} becomes {one} in one update, "
            "{last} in {updates}. Step with →; click a weight for its way.",
        ),
        heading="backprop",
        page="backprop",
        spec=PRESETS["backprop-by-hand"],
    ),
    Scene(
        "backprop-worked-example",
        QT_TRANSLATE_NOOP("actions", "A Worked Example, 2-2-2"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Found in many textbooks, the plain logistic (2a = 1): E = {first}, after one update "
            "{one}; the biases stay. Each δ of a hidden node sums over its children.",
        ),
        heading="backprop",
        page="backprop",
        spec=PRESETS["backprop-worked-example"],
    ),
    Scene(
        "backprop-paralysis",
        QT_TRANSLATE_NOOP("actions", "Paralysis"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Large weights: o(1−o) ≈ 0 in the marked nodes, the gradient norms are {norm1} and "
            "{norm2}. E is {first} and after {updates} updates still {last}.",
        ),
        heading="backprop",
        page="backprop",
        spec=PRESETS["backprop-paralysis"],
    ),
    Scene(
        "backprop-no-paralysis",
        QT_TRANSLATE_NOOP("actions", "The Same Net, Not Paralysed"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The same net with weights ten times smaller: gradient norms {norm1} and {norm2}; "
            "E falls from {first} to {last} in {updates} updates.",
        ),
        heading="backprop",
        page="backprop",
        spec=PRESETS["backprop-no-paralysis"],
    ),
    Scene(
        "tasks-several-starts",
        QT_TRANSLATE_NOOP("actions", "Several Starts of a Net"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "40 nets of two hidden nodes, each from other random weights: some tell all four "
            "examples of XOR apart (loss 0), others end where two are not told apart (loss ln "
            "2 / 2 = 0.347). The best is kept: {best_loss}.",
        ),
        heading="starts",
        page="tasks",
        spec=races.PRESETS["tasks-several-starts"],
        tab="starts",
    ),
    Scene(
        "tasks-wide-net",
        QT_TRANSLATE_NOOP("actions", "A Wider Net Has No Bad Start"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The same 40 starts with 12 hidden nodes: every one ends at a loss near 0. The "
            "first: {last_train}.",
        ),
        heading="starts",
        page="tasks",
        spec=races.PRESETS["tasks-wide-net"],
        tab="starts",
    ),
    Scene(
        "tasks-rate-too-small",
        QT_TRANSLATE_NOOP("actions", "A Net at Too Small a Rate"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "lr 0.003: the loss falls at each of {steps} updates, from {first_train} to "
            "{last_train} only.",
        ),
        heading="weak",
        page="tasks",
        spec=races.PRESETS["tasks-rate-too-small"],
    ),
    Scene(
        "tasks-rate-too-large",
        QT_TRANSLATE_NOOP("actions", "A Net at Too Large a Rate"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "lr 10: each step leads too far, the loss jumps up and down. Before: "
            "{first_train}, after {steps} updates: {last_train}.",
        ),
        heading="weak",
        page="tasks",
        spec=races.PRESETS["tasks-rate-too-large"],
    ),
    Scene(
        "tasks-good-rate",
        QT_TRANSLATE_NOOP("actions", "The Net at a Good Rate"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "lr 1: from {first_train} to {last_train} in {steps} updates, with next to no step up.",
        ),
        heading="weak",
        page="tasks",
        spec=races.PRESETS["tasks-good-rate"],
    ),
    Scene(
        "tasks-stuck",
        QT_TRANSLATE_NOOP("actions", "A Net in a Local Minimum"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Two examples of XOR get the same answer: the loss stays at {last_train}, where "
            "ln 2 / 2 = 0.347, however long it is trained.",
        ),
        heading="weak",
        page="tasks",
        spec=races.PRESETS["tasks-stuck"],
    ),
    Scene(
        "tasks-jog",
        QT_TRANSLATE_NOOP("actions", "Jog of Weights Frees the Net"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The same start twice. Whenever the loss has settled, the second net's weights "
            "are shifted at random: {last_train#1} without, {last_train#2} with the jog, the "
            "best it met {best_loss#2}.",
        ),
        heading="weak",
        page="tasks",
        spec=races.PRESETS["tasks-jog"],
    ),
    Scene(
        "tasks-paralysis",
        QT_TRANSLATE_NOOP("actions", "Paralysis of a Net"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Weights 40 times too large: {first_saturated} of the hidden outputs lie where "
            "the sigmoid is flat. Next to no gradient reaches the first layer ({last_norm1}); "
            "the loss stays at {last_train}, ln 2, as if the net guessed.",
        ),
        heading="weak",
        page="tasks",
        spec=races.PRESETS["tasks-paralysis"],
        tab="layers",
    ),
    Scene(
        "tasks-no-paralysis",
        QT_TRANSLATE_NOOP("actions", "The Net Without Paralysis"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Usual weights, tanh: {first_saturated} of the hidden outputs are flat at the "
            "start. The loss falls from {first_train} to {last_train}, right on test: "
            "{accuracy}.",
        ),
        heading="weak",
        page="tasks",
        spec=races.PRESETS["tasks-no-paralysis"],
        tab="layers",
    ),
    Scene(
        "tasks-overfitting",
        QT_TRANSLATE_NOOP("actions", "A Net Overfits"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "40 noisy examples, 44 features: the boundary wraps round single points. Train "
            "loss {last_train}, test loss {last_test}; at update {best_step} that was {best}.",
        ),
        heading="weak",
        page="tasks",
        spec=races.PRESETS["tasks-overfitting"],
    ),
    Scene(
        "tasks-weight-decay",
        QT_TRANSLATE_NOOP("actions", "Cure: Weight Decay"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The same net with the penalty 0.03/2 |w|² on its weights: test loss {last_test}, "
            "train loss {last_train}. The boundary is smooth.",
        ),
        heading="weak",
        page="tasks",
        spec=races.PRESETS["tasks-weight-decay"],
    ),
    Scene(
        "tasks-more-data",
        QT_TRANSLATE_NOOP("actions", "Cure: More Examples"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The same net with 600 examples in place of 40: test loss {last_test}, train loss "
            "{last_train}.",
        ),
        heading="weak",
        page="tasks",
        spec=races.PRESETS["tasks-more-data"],
    ),
    Scene(
        "tasks-early-stopping",
        QT_TRANSLATE_NOOP("actions", "Cure: Early Stopping"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The same net stops once its test loss has not fallen for 40 updates, and takes "
            "the weights of update {best_step}: test loss {last_test}.",
        ),
        heading="weak",
        page="tasks",
        spec=races.PRESETS["tasks-early-stopping"],
    ),
    Scene(
        "tasks-product",
        QT_TRANSLATE_NOOP("actions", "The Smallest Net: L = (uv − 1)²/2"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "From (4; 0.3): lr 0.1 goes straight into the valley, 0.2 (SGD 2) is thrown across "
            "it to a flatter place (a catapult), 0.3 (SGD 3) leaves. In a minimum the curvature "
            "is u² + v²; below 2/lr it is stable.",
        ),
        heading="gradient",
        page="tasks",
        spec=races.PRESETS["tasks-product"],
    ),
)
