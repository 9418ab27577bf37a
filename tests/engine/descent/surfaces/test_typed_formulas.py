"""Formulas as people type and paste them: what they are taken for, and what is said of it."""

from __future__ import annotations

import math
import warnings

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.descent.surfaces.formula import Formula, formula_surface, free_names
from engine.errors import FormulaError
from engine.optimizers.derivatives import value_and_gradient


def value(text: str, x: float = 3.0, y: float = 2.0, **values: float) -> float:
    formula = Formula(text, None)
    one = torch.tensor([x], dtype=torch.float64), torch.tensor([y], dtype=torch.float64)
    return float(formula(*one, **(dict.fromkeys(formula.free, 1.0) | values))[0])


def said(text: str) -> list[str]:
    return [
        str(note)
        for note in Formula(text, None).notes
        if not note.code.endswith(("flat", "name", "constant"))
    ]


@pytest.mark.parametrize(
    ("text", "plain", "expected"),
    [
        ("2x^2", "2*x^2", 18),
        ("3(x+1)", "3*(x + 1)", 12),
        ("(x+1)(x-1)", "(x + 1)*(x - 1)", 8),
        ("x(x+1)", "x*(x + 1)", 12),
        ("100(y-x^2)^2+(1-x)^2", "100*(y - x^2)^2 + (1 - x)^2", 4904),
        ("x²", "x^2", 9),
        ("x²+y²", "x^2 + y^2", 13),
        ("x⁻¹", "x^(-1)", 1 / 3),
        ("x¹⁰", "x^10", 3**10),
        ("-x²", "-x^2", -9),
        ("2x²y", "2*x^2*y", 36),
        ("(x+1)²", "(x + 1)^2", 16),
        ("√x", "sqrt(x)", math.sqrt(3)),
        ("√(x)y", "sqrt(x)*y", 2 * math.sqrt(3)),
        ("√x²", "sqrt(x^2)", 3),
        ("∛x", "x^(1/3)", 3 ** (1 / 3)),
        ("|x|", "abs(x)", 3),
        ("2|x||y|", "2*abs(x)*abs(y)", 12),
        ("||x|-1|", "abs(abs(x) - 1)", 2),
        ("sin x", "sin(x)", math.sin(3)),
        ("sin 2x cos y", "sin(2*x)*cos(y)", math.sin(6) * math.cos(2)),
        ("sin x^2", "sin(x^2)", math.sin(9)),
        ("sin x*y", "sin(x)*y", math.sin(3) * 2),
        ("sin²x + cos^2 x", "sin(x)^2 + cos(x)^2", 1),
        ("ln x", "ln(x)", math.log(3)),
        ("log10 x", "log10(x)", math.log10(3)),
        ("exp(-x²)", "exp(-x^2)", math.exp(-9)),
        ("x⋅y∗2×x÷y−1", "x*y*2*x/y - 1", 17),
        ("2πx", "2*pi*x", 6 * math.pi),
        (r"\frac{x^2}{2}", "x^2/2", 4.5),
        (r"\frac12 x", "1/2*x", 1.5),
        (r"\sin x", "sin(x)", math.sin(3)),
        (r"\sin^{2}\left(x\right)", "sin(x)^2", math.sin(3) ** 2),
        (r"\sqrt{x^{2}+y^{2}}", "sqrt(x^2 + y^2)", math.sqrt(13)),
        (r"\sqrt[3]{x}", "x^(1/3)", 3 ** (1 / 3)),
        (r"x^{2} \cdot y", "x^2*y", 18),
        (r"$\left|x\right|^{2}+\pi$", "abs(x)^2 + pi", 9 + math.pi),
        (r"$$\dfrac{1}{2}\,x$$", "1/2*x", 1.5),
        (r"e^{-\frac{x^2+y^2}{2}}", "e^(-((x^2 + y^2)/2))", math.exp(-6.5)),
        ("f(x, y) = x y", "x*y", 6),
        ("z = x + y", "x + y", 5),
    ],
)
def test_a_formula_is_read_as_it_was_meant(text: str, plain: str, expected: float) -> None:
    formula = Formula(text, None)
    assert formula.plain == plain
    assert value(text) == pytest.approx(expected, rel=1e-12)
    assert value(plain) == pytest.approx(expected, rel=1e-12)
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "plain", "notes"),
    [
        ("xy", "x*y", ["xy read as x*y"]),
        ("xy^2", "x*y^2", ["xy read as x*y"]),
        ("1/xy", "1/(x*y)", ["xy read as x*y"]),
        ("2xe^{-x²}", "2*(x*e^(-x^2))", ["xe read as x*e"]),
        ("X^2+Y^2", "x^2 + y^2", ["X read as x", "Y read as y"]),
        ("х^2 + у", "x^2 + y", ["Cyrillic х read as x", "Cyrillic у read as y"]),
        ("0,5*x^2", "0.5*x^2", ["0,5 read as 0.5"]),
        ("sin(0,5x)", "sin(0.5*x)", ["0,5 read as 0.5"]),
        ("max(1,5)", "max(1,5)", []),
        ("max(1,5; x)", "max(1.5, x)", ["1,5 read as 1.5"]),
        ("max(0,5x, y)", "max(0.5*x, y)", ["0,5 read as 0.5"]),
        ("1/2x", "1/2*x", ["1/2x read as (1/2)*x"]),
        ("(1/2)x", "1/2*x", []),
        ("(x+1)/2y", "(x + 1)/2*y", ["(x+1)/2y read as ((x+1)/2)*y"]),
        ("sinx", "sin(x)", ["sinx read as sin(x)"]),
        ("sin2x", "sin(2*x)", ["sin2x read as sin(2*x)"]),
        ("Sin(x)", "sin(x)", ["Sin read as sin"]),
        ("tg x", "tan(x)", ["tg read as tan"]),
        (r"\arctan x", "atan(x)", []),
        ("θ*y^2", "theta*y^2", ["θ read as theta"]),
    ],
)
def test_what_was_read_in_another_way_is_said(text: str, plain: str, notes: list[str]) -> None:
    assert Formula(text, None).plain == plain
    assert said(text) == notes
    assert value(plain) == value(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("lambda*(x^2+y^2)", ("lambda",)),
        ("is*x + as*y + in + not*x", ("is", "as", "in", "not")),
        ("θ*x + λy + α1", ("theta", "lambda", "alpha1")),
        (r"\theta x + \lambda", ("theta", "lambda")),
        ("ax + tg + xz", ("ax", "tg", "xz")),
        ("self*x", ("self",)),
    ],
)
def test_words_of_python_and_greek_letters_are_names(text: str, names: tuple[str, ...]) -> None:
    assert free_names(text) == names
    surface = formula_surface(text, parameters=dict.fromkeys(names, 2.0))
    assert list(surface.parameters) == list(names)
    loss, _ = value_and_gradient(surface, torch.ones(1, 2, dtype=torch.float64))
    assert loss.isfinite().all()


def test_a_name_of_the_users_own_wins_over_every_other_reading() -> None:
    assert formula_surface("xy + X", parameters={"xy": 3.0, "X": 4.0}).notes[-1].code == (
        "formula.constant"
    )
    surface = formula_surface("lambda*x", parameters={"λ": 3.0})
    assert surface.values == {"lambda": 3.0}


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("x² + 2y) + %", "formula.syntax", 7),
        ("0,5x + ж", "formula.cyrillic", 7),
        ("xy + foo(x)", "formula.unknown_name", 5),
        ("x² + sin + 1", "formula.function_bare", 5),
        ("2x + sin x(y + 1)", "formula.unclear", 10),
        ("π² + |x + (y)", "formula.not_closed", 5),
        (r"\frac{x}{2} + \foo", "formula.character", 14),
        (r"\frac{x}2", "formula.syntax", 8),
        ("x₁", "formula.character", 1),
        ("x_{1}", "formula.not_allowed", 0),
        ("max(1,2,3)", "formula.arguments", 0),
        ("0,5,3", "formula.not_allowed", 3),
    ],
)
def test_the_caret_stands_where_the_text_goes_wrong(text: str, code: str, position: int) -> None:
    with pytest.raises(FormulaError) as raised:
        free_names(text)
    assert (raised.value.code, raised.value.fields["position"]) == (code, position)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("x^2", ["y does not occur: the surface is flat along y"]),
        (
            "ax^2 + y",
            ["x does not occur: the surface is flat along x", "ax is one name; a product is a*x"],
        ),
        ("3", ["neither x nor y occurs: the surface is flat"]),
        ("x + y", []),
    ],
)
def test_an_axis_that_does_not_occur_is_told(text: str, notes: list[str]) -> None:
    assert [str(note) for note in Formula(text, None).notes] == notes


@pytest.mark.parametrize(
    ("text", "x", "expected", "slope"),
    [
        ("(x-3)^(2/3)", 2.0, 1.0, -2 / 3),
        ("(x-3)^(2/3)", 4.0, 1.0, 2 / 3),
        ("x^(1/3)", -8.0, -2.0, 1 / 12),
        ("(x)^(-1/3)", -8.0, -0.5, -1 / 48),
        ("pow(x, 5/3)", -8.0, -32.0, 5 * 4 / 3),
        ("x^(2/6)", -8.0, -2.0, 1 / 12),
        ("x^(4/3)", 0.0, 0.0, 0.0),
        ("x^(6/3)", -2.0, 4.0, -4.0),
    ],
)
def test_odd_roots_are_real_for_every_number(
    text: str, x: float, expected: float, slope: float
) -> None:
    point = torch.tensor([[x, 0.0]], dtype=torch.float64)
    loss, gradient = value_and_gradient(formula_surface(text), point)
    assert float(loss[0]) == pytest.approx(expected, rel=1e-12)
    assert float(gradient[0, 0]) == pytest.approx(slope, rel=1e-12, abs=1e-12)


def test_other_roots_of_negative_numbers_are_none() -> None:
    for text in ("(-x)^(1/2)", "(-x)^0.3333", "(-x)^(2/4)"):
        assert math.isnan(value(text))


pieces = st.lists(
    st.sampled_from(
        ["x", "y", "X", "xy", "х", "у", "ж", "2", "0,5", "1.5", "²", "⁻¹", "√", "∛", "|", "(", ")",
         "{", "}", "+", "-", "−", "*", "⋅", "/", "÷", "^", ",", ";", " ", "sin", "sin ", "max(",
         "tg", "exp", "π", "θ", "lambda", "and", "None", "\\frac", "\\frac12", "\\sqrt",
         "\\sqrt[3]", "\\left(", "\\right)", "\\cdot", "\\pi", "\\", "$", "f(x,y)=", "e", "a",
         "_", ".", "½"]
    ),
    max_size=24,
).map("".join)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(pieces)
@example("\\left")
@example("\\sqrt[999]x")
@example("x" + "²" * 400)
@example("sin^{2}")
@example("1" + ",1" * 500)
def test_any_mixture_is_read_or_refused_with_its_place(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            formula = Formula(text, None)
        except FormulaError as error:
            assert 0 <= error.fields["position"] <= max(len(text), 1)
            assert "\n" not in str(error) and len(str(error)) < 400
            return
        # What is shown as understood is the same formula again, and needs no more reading.
        again = Formula(formula.plain, tuple(formula.free))
    assert again.plain == formula.plain or len(formula.plain) > 200
    one = torch.tensor([0.7, 1.3], dtype=torch.float64)
    values = dict.fromkeys(formula.free, 0.5)
    first, second = formula(one, one + 1, **values), again(one, one + 1, **values)
    assert torch.allclose(first, second, rtol=1e-12, atol=1e-12, equal_nan=True)
    for note in formula.notes:
        assert "\n" not in str(note) and len(str(note)) < 120
