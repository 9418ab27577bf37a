"""Spec files: an exact round trip, and one sentence for whatever is not a spec."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.errors import InputError, SpecError
from engine.optimizers.racer import Racer
from engine.specs import from_json, kind_in, to_json

finite = st.floats(allow_nan=False, allow_infinity=False)
racers = st.builds(
    Racer,
    st.sampled_from(["sgd", "momentum", "nesterov"]),
    st.dictionaries(st.sampled_from(["lr", "momentum"]), st.floats(0, 1)),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
)
specs = st.builds(
    RaceSpec,
    surface=st.sampled_from(["rosenbrock", "himmelblau"]),
    start=st.one_of(st.none(), st.tuples(finite, finite)),
    racers=st.lists(racers, min_size=1, max_size=4).map(tuple),
    steps=st.integers(0, 1000),
    noise=st.floats(0, 10),
    seed=st.integers(0, 2**62),
)


@settings(max_examples=80, deadline=None)
@given(specs)
def test_round_trip_is_exact(spec: RaceSpec) -> None:
    again = from_json(to_json(spec), RaceSpec)
    assert again == spec
    assert to_json(again) == to_json(spec)


def test_the_round_trip_gives_the_same_race() -> None:
    spec = RaceSpec(formula="a*x^2 + y^4/3", parameters={"a": 1 / 3}, start=(0.1, -0.7), noise=0.3)
    for one, other in zip(race(spec), race(from_json(to_json(spec), RaceSpec)), strict=True):
        assert (one.position == other.position).all()


def test_the_file_says_what_it_is() -> None:
    fields = json.loads(to_json(RaceSpec()))
    assert fields["thalweg"] == 1 and fields["kind"] == "race"
    assert kind_in(to_json(RaceSpec())) == "race"


def test_fields_left_out_have_their_defaults() -> None:
    assert from_json('{"thalweg": 1, "kind": "race"}', RaceSpec) == RaceSpec()
    spec = from_json('{"thalweg": 1, "kind": "race", "start": [1, 2]}', RaceSpec)
    assert spec.start == (1.0, 2.0) and type(spec.start[0]) is float


def test_what_json_cannot_hold_is_not_written() -> None:
    with pytest.raises(SpecError):
        to_json(RaceSpec(noise=math.nan))


def made(**fields: Any) -> str:
    return json.dumps({"thalweg": 1, "kind": "race", **fields})


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        ("[]", "thalweg"),
        ("3", "thalweg"),
        ("{}", "thalweg"),
        ('{"thalweg": 2, "kind": "race"}', "version 2"),
        ('{"thalweg": true, "kind": "race"}', "version"),
        ('{"thalweg": 1}', "kind"),
        ('{"thalweg": 1, "kind": "train"}', "'train'"),
        ("[" * 100_000, "deep"),
        ('{"thalweg": 1, "kind": "race", "steps": NaN}', "NaN"),
        ('{"thalweg": 1, "kind": "race", "noise": 1e999}', "noise"),
        ('{"thalweg": 1, "kind": "race", "noise": -Infinity}', "Infinity"),
        ('{"thalweg": 1, "kind": "race", "steps": 1, "steps": 2}', "twice"),
        ('{"thalweg": 1, "kind": "race", "seed": ' + "9" * 5000 + "}", "digits"),
        (made(foo=1), "'foo'"),
        (made(__class__="os"), "'__class__'"),
        (made(steps="many"), "steps: 'many'"),
        (made(steps=1.5), "steps"),
        (made(steps=True), "steps"),
        (made(steps=10**12), "steps"),
        (made(seed=2**70), "seed"),
        (made(start=[1]), "start"),
        (made(start=[1, "a"]), r"start\[1\]"),
        (made(start={"x": 1}), "start"),
        (made(domain=[1, 0, 0, 1]), "domain"),
        (made(surface="foo"), "'foo'"),
        (made(surface=3), "surface"),
        (made(parameters=[1]), "parameters"),
        (made(parameters={"a": "b"}), r"parameters.a"),
        (made(parameters={"zzz": 1}), "zzz"),
        (made(racers=[]), "no optimizer"),
        (made(racers=[3]), r"racers\[0\]"),
        (made(racers=[{}]), r"racers\[0\].optimizer"),
        (made(racers=[{"optimizer": "x" * 5000}]), "xxx"),
        (made(racers=[{"optimizer": "sgd", "settings": {"lr": -1}}]), "lr"),
        (made(racers=[{"optimizer": "sgd"}] * 10_001), "racers"),
        (made(formula="__import__('os')"), "Formula"),
        (made(formula="-" * 5000), "5000"),
        ('{"thalweg": 1, "kind": "race", "\\ud800": 1}', "unknown"),
        (" " * 1_000_001, "characters"),
    ],
)
def test_hostile_and_broken_files_are_refused_with_one_sentence(text: str, word: str) -> None:
    with pytest.raises(InputError, match=word) as raised:
        from_json(text, RaceSpec)
    sentence = str(raised.value)
    assert "\n" not in sentence and len(sentence) < 400
    sentence.encode("utf-8")


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*RaceSpec.__dataclass_fields__, "x"]), json_values))
def test_any_json_is_a_spec_or_refused(fields: dict[str, Any]) -> None:
    try:
        spec = from_json(made(**fields), RaceSpec)
    except InputError:
        return
    assert from_json(to_json(spec), RaceSpec) == spec


def test_a_kind_without_a_check_is_read_by_its_types_alone() -> None:
    assert from_json('{"thalweg": 1, "kind": "small", "flag": true}', SmallSpec) == SmallSpec(True)
    with pytest.raises(SpecError, match="flag"):
        from_json('{"thalweg": 1, "kind": "small", "flag": 1}', SmallSpec)


@dataclass(frozen=True)
class SmallSpec:
    flag: bool = False
