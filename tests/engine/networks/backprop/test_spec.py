"""What a net's spec refuses, and what it says of the rest."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InputError, ThalwegError
from engine.networks.backprop.spec import BackpropSpec, Example, random_weights, remarks
from engine.networks.backprop.training import train
from engine.optimizers.racer import Jog, Racer
from engine.specs import from_json, to_json
from tests.engine.networks.backprop.nets import WORKED, nets


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"layers": (2,)}, "layers: 2 cannot be built; give 2 to 6 columns of nodes,"
            " inputs first."),
        ({"layers": (2, 0, 2)}, "layers: 0 is outside 1 to 1000."),
        ({"layers": (2, 2)}, "weights: 2 matrices are given; a net of 2-2 needs 1."),
        ({"layers": (2, 3, 2)}, "weights: matrix 1 is 2x2; a net of 2-3-2 needs 2x3."),
        (
            {"weights": (((0.1, 0.2), (0.3,)), WORKED.weights[1])},
            "weights: matrix 1 is 2x1/2; a net of 2-2-2 needs 2x2.",
        ),
        (
            {"weights": (((0.1, math.nan), (0.3, 0.4)), WORKED.weights[1])},
            "weights: 'nan' is not a number.",
        ),
        ({"biases": ((0.1, 0.2),)}, "biases: 1 lists are given; a net of 2-2-2 needs 2."),
        (
            {"biases": ((0.1, 0.2), (0.3,))},
            "biases[1]: 1 numbers are given; the layer has 2 nodes.",
        ),
        ({"examples": ()}, "examples: 0 are given; there may be 1 to 1000."),
        (
            {"examples": (Example((0.1,), (0.0, 1.0)),)},
            "input: 1 numbers are given; the layer has 2 nodes.",
        ),
        (
            {"examples": (Example((0.1, math.inf), (0.0, 1.0)),)},
            "input: 'inf' is not a number.",
        ),
        ({"activation": "step"}, "Activation 'step' is unknown; there are: sigmoid, tanh,"
            " relu, linear."),
        ({"slope": 0.0}, "slope: 0.0 is outside 1e-06 to 1000000.0."),
        ({"eta": math.nan}, "eta: nan is outside 0 to 1000000.0."),
        ({"racer": Racer("adam", {"beta1": 2.0})}, "adam:beta1: 2.0 is outside 0 to 0.999999."),
    ],
)  # fmt: skip
def test_one_sentence_says_what_is_wrong(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError) as told:
        next(iter(train(replace(WORKED, **changed))))
    assert str(told.value) == sentence


def test_a_target_out_of_reach_is_said_and_allowed() -> None:
    spec = replace(WORKED, examples=(Example((0.05, 0.1), (0.01, 1.5)),))
    assert [str(each) for each in remarks(spec)] == [
        "Target 1.5 of output 2 is outside the range of sigmoid, 0 to 1: the error cannot become 0."
    ]
    assert next(iter(train(spec))).error > 0
    assert remarks(replace(spec, activation="linear")) == ()
    assert remarks(WORKED) == ()


def test_an_eta_beyond_the_notes_is_said() -> None:
    assert [each.code for each in remarks(replace(WORKED, eta=2.0))] == ["net.eta"]
    assert remarks(replace(WORKED, eta=2.0, racer=Racer("momentum"))) == ()


@pytest.mark.parametrize(
    "racer",
    [Racer("sgd", jog=Jog()), Racer("sgd", starts=3), Racer("adam", start=(0.0, 1.0))],
)
def test_what_a_file_sets_but_a_net_does_not_do_is_said(racer: Racer) -> None:
    """They come back from the file as they are: another program may have use for them."""
    spec = from_json(to_json(replace(WORKED, racer=racer)), BackpropSpec)
    assert spec.racer == racer
    (told,) = remarks(spec)
    assert str(told) == (
        "The jog and the starts that this file sets are not used: here a net learns from its own"
        " weights alone; races on tasks have them."
    )


@settings(max_examples=30, deadline=None)
@given(nets())
def test_a_spec_comes_back_from_its_file(spec: BackpropSpec) -> None:
    assert from_json(to_json(spec), BackpropSpec) == spec


WRONG = st.sampled_from([math.nan, math.inf, -1, 0, "x", None, [], {}, True, 10**400, [[]], 7.5])


@settings(max_examples=150, deadline=None)
@given(spec=nets(), data=st.data())
def test_a_broken_spec_is_refused_in_one_sentence(spec: BackpropSpec, data: st.DataObject) -> None:
    import json

    fields = json.loads(to_json(spec))
    name = data.draw(st.sampled_from(sorted(fields)))
    fields[name] = data.draw(WRONG)
    try:
        read = from_json(json.dumps(fields), BackpropSpec)
    except ThalwegError as error:
        assert "\n" not in str(error)
    else:
        read.check()


def test_a_seed_gives_the_same_weights() -> None:
    assert random_weights((2, 3, 1), 7) == random_weights((2, 3, 1), 7)
    assert random_weights((2, 3, 1), 7) != random_weights((2, 3, 1), 8)
    assert random_weights((2, 3, 1), 7, biases=False)[1] is None
