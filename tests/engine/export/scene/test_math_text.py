"""Formulas in mathematical notation: matplotlib can set each, and brackets stay where they bind."""

from __future__ import annotations

import pytest
from matplotlib.mathtext import MathTextParser

from engine.descent.surfaces.registry import SURFACES
from engine.export.scene.math_text import letters_of, math_text

F = "f(x,\\,y) = "


@pytest.mark.parametrize("name", SURFACES)
def test_every_surface_has_one(name: str) -> None:
    text = math_text(SURFACES[name].formula)
    assert text is not None
    parsed = MathTextParser("path").parse(text, dpi=72)
    assert 0.2 < parsed.width / 72 < 12 and letters_of(text) > 5


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("x^2 - (y - 1)", "x^{2} - (y - 1)"),
        ("2*x*(x + y)", "2\\,x\\,(x + y)"),
        ("x*2", "x\\cdot 2"),
        ("a/(b + c)", "\\dfrac{a}{b + c}"),
        ("(a/b)^2", "\\left(\\dfrac{a}{b}\\right)^{2}"),
        ("(-x)^2", "(-x)^{2}"),
        ("sin(x)^2", "\\mathrm{sin}^{2}(x)"),
        ("sqrt(abs(x)) + exp(-y)", "\\sqrt{|x|} + e^{-y}"),
        ("alpha*tilt", "α\\cdot \\mathrm{tilt}"),
    ],
)
def test_how_it_is_written(typed: str, written: str) -> None:
    assert math_text(typed) == f"${F}{written}$"


@pytest.mark.parametrize("typed", ["x = y", "x if y else 1", "$x$", "x +", "x" * 400])
def test_what_cannot_be_set_stays_as_it_is_typed(typed: str) -> None:
    assert math_text(typed) is None
