"""Nets of the lecture, each at the moment where it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.networks.backprop.spec import BackpropSpec, Example


@dataclass(frozen=True)
class Preset:
    """A net and the moment at which it is opened."""

    spec: BackpropSpec
    moment: int = 0


HAND = BackpropSpec(
    layers=(2, 2, 1),
    weights=(((0.5, -1.0), (2.0, 1.0)), ((1.0,), (-2.0,))),
    examples=(Example((1.0, 0.5), (1.0,)),),
    slope=0.5,
    eta=0.5,
    steps=20,
)
# A well-known worked example of the literature; its biases are not updated.
WORKED = BackpropSpec(
    layers=(2, 2, 2),
    weights=(((0.15, 0.25), (0.20, 0.30)), ((0.40, 0.50), (0.45, 0.55))),
    examples=(Example((0.05, 0.10), (0.01, 0.99)),),
    biases=((0.35, 0.35), (0.60, 0.60)),
    learn_biases=False,
    steps=20,
)
LIVELY = BackpropSpec(
    layers=(2, 3, 1),
    weights=(((0.4, -0.6, 0.5), (-0.5, 0.3, 0.8)), ((0.7,), (-0.6,), (0.5,))),
    examples=(Example((1.0, 1.0), (0.0,)),),
    slope=1.0,
    eta=0.5,
    steps=60,
)
# The same with weights ten times as large: every sum lies where the sigmoid is flat.
PARALYSED = replace(
    LIVELY,
    weights=tuple(
        tuple(tuple(round(10 * weight, 1) for weight in row) for row in matrix)
        for matrix in LIVELY.weights
    ),
)

PRESETS = {
    "backprop-by-hand": Preset(HAND),
    "backprop-worked-example": Preset(WORKED, 9),
    "backprop-paralysis": Preset(PARALYSED, 12),
    "backprop-no-paralysis": Preset(LIVELY, 12),
}
