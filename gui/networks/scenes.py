"""What the lecture says of networks, by its headings: one record a scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.networks.backprop.presets import PRESETS
from engine.networks.chain_rule.steps import ChainSpec
from gui import lecture
from gui.i18n import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Scene(lecture.Scene):
    """One scene.

    Attributes:
        page: name of the page that shows it.
        spec: what the page is set to; the caption's {names} are filled with its numbers.
    """

    page: str
    spec: Any

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
)
