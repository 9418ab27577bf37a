"""Free names of a formula, and specs that carry them: right values, and nothing hostile."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.descent.race.spec import RaceSpec, check
from engine.descent.surfaces.formula import (
    CONSTANTS,
    FUNCTIONS,
    MAX_FREE,
    Formula,
    formula_surface,
    free_names,
    range_of,
)
from engine.errors import FormulaError, InputError
from engine.optimizers.derivatives import value_and_gradient
from engine.optimizers.racer import Jog, Racer
from engine.specs import from_json, to_json

names = st.sampled_from(["a", "b", "c", "k1", "speed", "A"])
leaves = st.one_of(names, st.sampled_from(["x", "y", "2", "0.5", "pi"]))
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda text: f"sin({text})"),
        inner.map(lambda text: f"({text})^2"),
        inner.map(lambda text: f"-{text}"),
    ),
    max_leaves=10,
)
numbers = st.floats(-4, 4).map(lambda value: round(value, 3))


@settings(max_examples=120, deadline=None)
@given(expressions, st.lists(numbers, min_size=6, max_size=6))
def test_a_free_name_is_the_number_in_its_place(text: str, values: list[float]) -> None:
    free = free_names(text)
    chosen = dict(zip(free, values, strict=False))
    written = text
    for name in sorted(free, key=len, reverse=True):
        parts = []
        for word in _words(written):
            parts.append(f"({chosen[name]!r})" if word == name else word)
        written = "".join(parts)
    points = torch.tensor([[0.3, -1.2], [2.0, 0.7]], dtype=torch.float64)
    named = value_and_gradient(formula_surface(text, parameters=chosen), points)
    plain = value_and_gradient(formula_surface(written), points)
    for one, other in zip(named, plain, strict=True):
        assert torch.allclose(one, other, rtol=1e-12, atol=1e-12, equal_nan=True)


def _words(text: str) -> list[str]:
    """The text in pieces, names whole."""
    pieces: list[str] = []
    for character in text:
        if pieces and character.isalnum() and pieces[-1][0].isalpha():
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


hostile = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="xyabk_()+-*/^., 019esinopmrt", max_size=80),
    st.sampled_from(
        [
            "__import__('os').system('ls')", "__class__", "a.__class__", "a[0]", "(lambda: a)()",
            "a if b else c", "[a for a in b]", "a := 3", "f'{a}'", "exec(a)", "open(a)", "a(b)",
            "_ + x", "getattr(a, b)", "None + a", "print + a", "a" * 500, "x" * 2001,
            "+".join(f"n{i}" for i in range(200)), "-" * 1999 + "a", "a^" * 400 + "a",
            "sin(" * 300 + "a" + ")" * 300, "a\u200b*x", "ａ*x", "a\n\n*x", "a;b", "a#b", "a\\b",
        ]
    ),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(hostile)
@example("import os")
@example("a and b")
def test_any_text_with_free_names_is_a_formula_or_refused_with_a_place(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            formula = Formula(text, None)
        except FormulaError as error:
            assert 0 <= error.fields["position"] <= max(len(text), 1)
            assert "\n" not in str(error) and len(str(error)) < 400
            return
    assert len(formula.free) <= MAX_FREE
    for name in formula.free:
        assert name[0].isalpha() and name.isidentifier() and name.isascii() and len(name) <= 24
        assert name not in {"x", "y", *CONSTANTS, *FUNCTIONS}
    one = torch.ones(3, dtype=torch.float64)
    value = formula(one, one, **dict.fromkeys(formula.free, 1.0))
    assert value.shape == (3,) and value.dtype == torch.float64


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("x + _a", "formula.name", 4),
        ("__import__", "formula.name", 0),
        ("x*" + "n" * 25, "formula.name", 2),
        ("+".join(f"n{i}" for i in range(13)), "formula.too_many_names", 38),
        ("a*x + foo(y)", "formula.unknown_name", 6),
        ("a(x)", "formula.unknown_name", 0),
        ("a*x + b 2", "formula.missing_sign", 8),
    ],
)
def test_names_that_cannot_be_are_refused_at_their_place(
    text: str, code: str, position: int
) -> None:
    with pytest.raises(FormulaError) as raised:
        free_names(text)
    assert (raised.value.code, raised.value.fields["position"]) == (code, position)


@pytest.mark.parametrize(
    "parameters",
    [{"x": 1.0}, {"pi": 3.0}, {"sin": 1.0}, {"b": 1.0}, {"": 1.0}, {"a b": 1.0}, {"__a": 1.0}],
)
def test_parameters_that_the_formula_has_not_are_refused(parameters: dict[str, float]) -> None:
    with pytest.raises(InputError):
        formula_surface("a*x^2", parameters={"a": 1.0, **parameters})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e13])
def test_values_that_are_no_numbers_are_refused(value: float) -> None:
    with pytest.raises(InputError, match="a:"):
        formula_surface("a*x^2", parameters={"a": value})


def test_the_range_of_a_slider_holds_the_value() -> None:
    assert range_of(1.0) == (-10, 10) and range_of(-10) == (-10, 10)
    assert range_of(11) == (-100, 100) and range_of(1e6) == (-1e6, 1e6)
    surface = formula_surface("a*x^2 + b", parameters={"b": 40.0, "a": 2.0})
    assert list(surface.parameters) == ["a", "b"]  # in the order of the formula
    assert surface.parameters["b"].high == 100 and surface.parameters["a"].default == 1


SPEC = RaceSpec(
    surface=None,
    formula="a*x^2 + b*sin(c*y)",
    parameters={"a": 2.0, "b": -1.0, "c": 0.5},
    domain=(-3.0, 3.0, -2.0, 2.0),
    racers=(
        Racer(
            "sgd", {"lr": 0.1}, "sgd", (1.0, 1.0), "cosine", {"T_max": 50.0}, Jog(1.0, 9, 0.01), 4
        ),
    ),
    steps=5,
)
anything = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=20),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_spec_with_anything_anywhere_is_a_race_or_refused(data: st.DataObject) -> None:
    fields = json.loads(to_json(SPEC))
    for _ in range(data.draw(st.integers(1, 2))):
        _put(fields, data.draw(anything), data)
    try:
        spec = from_json(json.dumps(fields), RaceSpec)
        surface = check(spec)
    except InputError as error:
        assert str(error) and "\n" not in str(error) and len(str(error)) < 500
        return
    assert from_json(to_json(spec), RaceSpec) == spec
    assert set(surface.values) <= set(surface.parameters)


def _put(fields: Any, value: Any, data: st.DataObject) -> None:
    """A value somewhere in a tree of JSON, in the place of what is there or beside it."""
    while True:
        if isinstance(fields, dict):
            key = data.draw(st.sampled_from([*sorted(fields), "more"]))
        elif isinstance(fields, list) and fields:
            key = data.draw(st.integers(0, len(fields) - 1))
        else:
            return
        inner = fields.get(key) if isinstance(fields, dict) else fields[key]
        if isinstance(inner, dict | list) and inner and data.draw(st.booleans()):
            fields = inner
            continue
        fields[key] = value
        return
