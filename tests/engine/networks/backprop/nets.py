"""Nets for the tests: the worked example, a small one, and random ones by hypothesis."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from engine.networks.backprop.activations import ACTIVATIONS
from engine.networks.backprop.spec import BackpropSpec, Example, random_weights

WORKED = BackpropSpec(
    layers=(2, 2, 2),
    weights=(((0.15, 0.25), (0.20, 0.30)), ((0.40, 0.50), (0.45, 0.55))),
    examples=(Example((0.05, 0.10), (0.01, 0.99)),),
    biases=((0.35, 0.35), (0.60, 0.60)),
    learn_biases=False,
)
HAND = BackpropSpec(
    layers=(2, 2, 1),
    weights=(((0.5, -1.0), (2.0, 1.0)), ((1.0,), (-2.0,))),
    examples=(Example((1.0, 0.5), (1.0,)),),
    slope=1.0,
    eta=0.25,
)


@st.composite
def nets(draw: st.DrawFn, examples: int = 3) -> BackpropSpec:
    """Any net of 1 to 5 layers of weights, any activation, with or without biases."""
    layers = tuple(draw(st.lists(st.integers(1, 4), min_size=2, max_size=6)))
    seed = draw(st.integers(0, 10_000))
    weights, biases = random_weights(layers, seed, scale=1.5, biases=draw(st.booleans()))
    generator = np.random.default_rng(seed)
    return BackpropSpec(
        layers=layers,
        weights=weights,
        biases=biases,
        activation=draw(st.sampled_from(sorted(ACTIVATIONS))),
        slope=draw(st.sampled_from((0.25, 0.5, 1.0, 2.0))),
        examples=tuple(
            Example(
                tuple(generator.uniform(-2, 2, layers[0]).tolist()),
                tuple(generator.uniform(0, 1, layers[-1]).tolist()),
            )
            for _ in range(draw(st.integers(1, examples)))
        ),
        batch=0,
    )
