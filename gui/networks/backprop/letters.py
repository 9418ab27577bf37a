"""How the symbols of a net are written: w₁,₃, δ₅, Δw₁,₃."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtGui import QColor

from gui import number_text
from gui.formulas import math_boxes, update_formula_boxes
from gui.formulas.math_boxes import Box, Type

DIGITS = 4
LETTERS = {
    "delta": "δ",
    "eta": "η",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "bias": "b",
    "damping": "damping",  # its δ of Descent is another one here
    "B": "|H|",
    "E_there": "E(w − r·g)",
}
_NAME = re.compile(r"(d(?=w_|bias_)|g_(?=w_|bias_))?([A-Za-z]+)((?:_\d+)+)(?:_at(\d+))?(_new)?")
_BELOW = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")


def plain(name: str) -> str:
    """A symbol in one line."""
    found = _NAME.fullmatch(name)
    if found is None:
        return LETTERS.get(name, name)
    before, letter, places, _, new = found.groups()
    index = places.strip("_").replace("_", ",").translate(_BELOW)
    mark = {"d": "Δ", "g_": "∂E/∂"}.get(before or "", "")
    return f"{mark}{LETTERS.get(letter, letter)}{index}{'′' if new else ''}"


def number(value: float | None) -> str:
    """A number as the net shows it; empty where there is none."""
    return "" if value is None else number_text.write(value, digits=DIGITS)


def glyph_with(lit: str, ink: Callable[[], QColor]) -> Callable[[str, Type], Box]:
    """Sets a symbol for a sheet of formulas; those of one weight in a colour of their own."""

    def glyph(name: str, style: Type) -> Box:
        found = _NAME.fullmatch(name)
        if found is None:
            letter = LETTERS.get(name)
            if letter is None:
                return update_formula_boxes.glyph(name, style)
            return math_boxes.letters(letter, style, italic=True)
        before, letter, places, example, new = found.groups()
        if lit and lit == f"{letter}{places}":
            style = Type(style.size, ink())
        box = math_boxes.letters(LETTERS.get(letter, letter), style, italic=True)
        index = places.strip("_").replace("_", ",")
        box = math_boxes.lowered(box, math_boxes.letters(index, style.smaller()), style)
        above = f"({example})" if example else "′" if new else ""
        if above:
            box = math_boxes.raised(box, math_boxes.letters(above, style.smaller()), style)
        if before == "d":
            return math_boxes.row([math_boxes.letters("Δ", style), box])
        if before:
            error = math_boxes.letters("∂E", style, italic=True)
            by = math_boxes.row([math_boxes.letters("∂", style, italic=True), box])
            # In brackets, as optimizers square it.
            return math_boxes.enclosed(math_boxes.fraction(error, by, style), style)
        return box

    return glyph
