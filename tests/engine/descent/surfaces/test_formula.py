"""Formulas: mathematics is read as mathematics, everything else is refused with a place."""

from __future__ import annotations

import math
import threading
import warnings

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.descent.surfaces.formula import (
    CONSTANTS,
    FUNCTIONS,
    MAX_LENGTH,
    Formula,
    formula_surface,
    free_names,
)
from engine.errors import FormulaError, InputError
from engine.optimizers.derivatives import value_and_gradient


def value(text: str, x: float = 0.0, y: float = 0.0) -> float:
    one = torch.tensor([x], dtype=torch.float64), torch.tensor([y], dtype=torch.float64)
    return float(Formula(text)(*one)[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-x^2", -9),
        ("-x**2", -9),
        ("(-x)^2", 9),
        ("2^-1", 0.5),
        ("2^3^2", 512),
        ("-2^2", -4),
        ("x - y - 1", 0),
        ("12/x/y", 2),
        ("1 - -1", 2),
        ("--x", 3),
        ("+x", 3),
        (" x*y + 1e-3 ", 6.001),
        ("2e3*x", 6000),
        (".5*x", 1.5),
        ("2.*x", 6),
        ("pi + e", math.pi + math.e),
        ("π", math.pi),
        ("x·y", 6),
        ("x × y − 1", 5),
        ("x÷y", 1.5),
        ("sin(x)^2 + cos(x)^2", 1),
        ("log(e^x)", 3),
        ("ln(e)", 1),
        ("log10(100) + log2(8)", 5),
        ("sqrt(x^2) + abs(-y)", 5),
        ("tanh(0) + exp(0)", 1),
        ("min(x, y) + max(x, y)", 5),
        ("pow(x, y)", 9),
        ("x^y", 9),
        ("atan2(0, x)", 0),
        ("relu(-x) + sign(y) + floor(2.7)", 3),
        ("(x\n+ y)", 5),
        ("7", 7),
    ],
)
def test_value(text: str, expected: float) -> None:
    assert value(text, 3, 2) == pytest.approx(expected)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_torchs(name: str) -> None:
    count, torch_name = FUNCTIONS[name]
    arguments = [torch.tensor([0.4], dtype=torch.float64), torch.tensor([0.7], dtype=torch.float64)]
    expected = getattr(torch, torch_name)(*arguments[:count])
    assert torch.equal(Formula(f"{name}({'x' if count == 1 else 'x, y'})")(*arguments), expected)


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "formula.empty", 0),
        ("   ", "formula.empty", 0),
        ("x + foo", "formula.unknown_name", 4),
        ("x + foo(y)", "formula.unknown_name", 4),
        ("sin", "formula.function_bare", 0),
        ("x + sin + 1", "formula.function_bare", 4),
        ("sin(x, y)", "formula.arguments", 0),
        ("max(x)", "formula.arguments", 0),
        ("x 2", "formula.missing_sign", 2),  # may have been x²
        ("y + 2 3", "formula.missing_sign", 6),
        ("(x + 1)2", "formula.missing_sign", 7),
        ("0x10", "formula.unknown_name", 1),
        ("1_000", "formula.unknown_name", 1),
        ("2j", "formula.unknown_name", 1),
        ("x +", "formula.ends_early", 3),
        ("x ++ ) y", "formula.syntax", 5),
        ("(x", "formula.not_closed", 0),
        ("y + ((x)", "formula.not_closed", 4),
        ("|x", "formula.not_closed", 0),
        ("x)", "formula.syntax", 1),
        ("{x)", "formula.syntax", 2),
        ("x^^2", "formula.syntax", 2),
        ("x*2 + 3*/4", "formula.syntax", 8),
        ("  x // y", "formula.syntax", 5),
        ("x.real", "formula.character", 1),
        ("y if x else 1", "formula.not_allowed", 2),
        ("x and y", "formula.not_allowed", 2),
        ("x, y", "formula.not_allowed", 1),
        ("sin(*x)", "formula.syntax", 4),
        ("not x", "formula.not_allowed", 0),
        ("None", "formula.not_allowed", 0),
        ("x + True", "formula.not_allowed", 4),
        ("1" * 400, "formula.number", 0),
        ("x[0]", "formula.character", 1),
        ("x % 2", "formula.character", 2),
        ("x < y", "formula.character", 2),
        ("x = 2", "formula.character", 2),
        ("lambda: x", "formula.character", 6),
        ("'x'", "formula.character", 0),
        ("x + é", "formula.character", 4),
        ("ж^2", "formula.cyrillic", 0),
        ("π + foo", "formula.unknown_name", 4),
        ("x^2 + foo", "formula.unknown_name", 6),
        ("𝑥", "formula.character", 0),  # Python would read it as x
        ("__import__('os').system('ls')", "formula.character", 11),
        ("__import__(x)", "formula.unknown_name", 0),
        ("x.__class__.__mro__", "formula.character", 1),
        ("-" * 5000 + "x", "formula.too_long", MAX_LENGTH),
        ("-" * 1900 + "x", "formula.too_deep", 65),
        ("sin(" * 100 + "x" + ")" * 100, "formula.too_deep", 260),
        ("x^" * 100 + "x", "formula.too_deep", None),
        ("(" * 900 + "x" + ")" * 900, "formula.too_deep", 200),
    ],
)
def test_refused_with_its_place(text: str, code: str, position: int | None) -> None:
    with pytest.raises(FormulaError) as raised:
        Formula(text)
    error = raised.value
    assert error.code == code
    assert position is None or error.fields["position"] == position
    assert "\n" not in str(error) and len(str(error)) < 300


def test_a_long_sum_is_not_deep() -> None:
    assert value("+".join(["x"] * 900), 1) == 900


def test_overflow_is_infinite_and_never_an_error() -> None:
    assert value("9^9^9^9") == math.inf
    assert value("1e999") == math.inf
    assert value("1/x") == math.inf
    assert math.isnan(value("log(x)", -1))
    assert math.isnan(value("(-8)^(1/2)"))


def test_formulas_are_read_on_a_thread_with_a_small_stack() -> None:
    outcome: list[str] = []

    def work() -> None:
        for text in ("-" * 1999 + "x", "(" * 199 + "x" + ")" * 199, "x^" * 999 + "x"):
            try:
                Formula(text)
            except FormulaError as error:
                outcome.append(error.code)

    usual = threading.stack_size(512 * 1024)
    try:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(usual)
    assert len(outcome) == 2  # parentheses alone nest nothing


def test_derivatives_are_finite_at_zero() -> None:
    surface = formula_surface("x^2 + y^3 + x*y")
    _, gradient = value_and_gradient(surface, torch.zeros(1, 2, dtype=torch.float64))
    assert gradient.tolist() == [[0, 0]]


def test_a_formula_without_x_and_y_is_flat() -> None:
    loss, gradient = value_and_gradient(formula_surface("3"), torch.ones(4, 2).double())
    assert loss.tolist() == [3] * 4 and not gradient.any()
    loss, gradient = value_and_gradient(formula_surface("x"), torch.ones(4, 2).double())
    assert gradient.tolist() == [[1, 0]] * 4


def test_free_names_and_parameters() -> None:
    assert free_names("a*x^2 + b*sin(c*y) + a") == ("a", "b", "c")
    assert free_names("x^2 + pi") == ()
    surface = formula_surface("a*x^2", parameters={"a": 3.0})
    one = torch.ones(1, dtype=torch.float64)
    assert float(surface.loss(one, one)) == 3
    assert float(surface.loss(one, one, a=5.0)) == 5
    with pytest.raises(FormulaError, match="known: x, y, a, pi"):
        formula_surface("b*x", parameters={"a": 3.0})


def test_a_view_that_is_no_area_is_refused() -> None:
    with pytest.raises(InputError, match="domain"):
        formula_surface("x", (0, 0, 0, 1))


numbers = st.floats(0.1, 4, allow_nan=False).map(lambda number: f"{number:.3f}")
atoms = st.one_of(numbers, st.sampled_from(["x", "y", *CONSTANTS]))
expressions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(inner, st.sampled_from(["2", "3"])).map(lambda t: f"({t[0]})^{t[1]}"),
        inner.map(lambda text: f"-{text}"),
        st.tuples(st.sampled_from(["sin", "cos", "tanh", "abs"]), inner).map(
            lambda t: f"{t[0]}({t[1]})"
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(expressions, st.floats(0.2, 3), st.floats(0.2, 3))
def test_value_equals_pythons(text: str, x: float, y: float) -> None:
    """The test may evaluate what it wrote itself; the program never does."""
    names = {"x": x, "y": y, **CONSTANTS, "abs": abs}
    names |= {name: getattr(math, name) for name in ("sin", "cos", "tanh")}
    try:
        expected = float(eval(text.replace("^", "**"), {"__builtins__": {}}, names))
    except (ZeroDivisionError, OverflowError):
        return
    assert value(text, x, y) == pytest.approx(expected, rel=1e-6, abs=1e-9)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.text(alphabet="xy()+-*/^.,0123456789 esinaborlf_[]'", max_size=60),
    )
)
@example("\x00")
@example("\ud800")
@example("#")
@example("1if x else y")
@example("\\")
@example("\\frac")
@example("$")
@example("x²" * 30)
@example("\\\n")
def test_any_text_is_a_formula_or_refused_with_a_place(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            formula = Formula(text)
        except FormulaError as error:
            assert 0 <= error.fields["position"] <= max(len(text), 1)
            str(error).encode("utf-8")
        else:
            one = torch.ones(2, dtype=torch.float64)
            assert formula(one, one).shape == (2,)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="(-+x*^,sin ", min_size=500, max_size=3000))
def test_long_nonsense_is_refused_or_read_and_never_crashes(text: str) -> None:
    try:
        Formula(text)
    except FormulaError as error:
        assert len(str(error)) < 400
