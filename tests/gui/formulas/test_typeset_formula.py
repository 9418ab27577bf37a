"""Formulas as in a book: what stands where, and what is left in plain text."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from engine.descent.surfaces.registry import SURFACES
from gui.formulas.formula_label import FormulaLabel
from gui.formulas.math_boxes import Box, Letters, Stroke, Type
from gui.formulas.typeset_formula import typeset

STYLE = Type(14.0, QColor("white"))


def box_of(text: str) -> Box:
    box = typeset(text, STYLE)
    assert box is not None, text
    return box


def words(text: str) -> list[str]:
    return [mark.text for mark in box_of(text).marks if isinstance(mark, Letters)]


def strokes(text: str) -> int:
    """Lines of fractions and roots, and brackets."""
    return sum(isinstance(mark, Stroke) for mark in box_of(text).marks)


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    """Letters have widths once there is an application."""


def test_powers_are_raised_and_small() -> None:
    x, two = (mark for mark in box_of("x^2").marks if isinstance(mark, Letters))
    assert (x.text, two.text) == ("x", "2")
    assert two.y < x.y and two.font.pixelSize() < x.font.pixelSize() and two.x > x.x
    assert x.font.italic() and not two.font.italic()


def test_a_quotient_is_a_fraction_and_needs_no_brackets() -> None:
    marks = box_of("(x + 1)/(y - 2)").marks
    letters = {mark.text: mark for mark in marks if isinstance(mark, Letters)}
    assert letters["x"].y < letters["y"].y
    assert strokes("(x + 1)/(y - 2)") == 1


def test_brackets_are_kept_where_they_are_needed_only() -> None:
    assert strokes("(x + y)*2") == 2
    assert strokes("(x*y)*2") == 0
    assert strokes("x - (y - 1)") == 2
    assert strokes("x + (y - 1)") == 0
    assert strokes("(x + y)^2") == 2
    assert words("-20*exp(x)") == ["−", "20", "e", "x"]


def test_products_run_together_unless_that_would_mislead() -> None:
    assert words("2*x*y") == ["2", "x", "y"]
    assert words("x*2") == ["x", "·", "2"]
    assert words("tilt*x") == ["tilt", "·", "x"]
    assert words("2*pi*x") == ["2", "π", "x"]


def test_functions_are_written_as_mathematicians_do() -> None:
    assert words("sin(x)^2") == ["sin", "2", "x"]
    assert words("log(x)") == ["ln", "x"]
    assert strokes("sqrt(x)") == 1 and words("sqrt(x)") == ["x"]
    assert strokes("abs(x)") == 2 and words("abs(x)") == ["x"]
    assert words("max(x, y)") == ["max", "x", ", ", "y"]


def test_greek_letters_and_words_of_python_are_names() -> None:
    assert words("lambda*theta + is") == ["λ", "θ", "+", "is"]


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_every_surface_can_be_set(surface: object) -> None:
    assert box_of(surface.formula).width > 0  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    ["", "x +", "x.real", "x[0]", "'x'", "lambda: x", "x if y else 1", "(" * 200, "x" * 500,
     "f(x=1)", "x < y", "True", "__import__('os').system('true')", "x = 1"],
)  # fmt: skip
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert typeset(text, STYLE) is None


def test_the_label_keeps_its_text_for_those_who_read_it() -> None:
    label = FormulaLabel()
    label.resize(300, 40)
    label.show_formula("x^2 + y")
    assert "x" in label.text() and "<sup>2</sup>" in label.text()
    assert not label.grab().isNull()
    tall = label.sizeHint().height()
    label.set_scale(1.5)
    assert label.sizeHint().height() > tall
    label.show_formula("x +")
    assert not label.grab().isNull()
