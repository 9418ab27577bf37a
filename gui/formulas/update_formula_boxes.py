"""Lines of `engine.descent.step.numbers` set as mathematics: with letters, and with numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from engine.optimizers.expressions import Apply, Expression, Number, Symbol
from gui import number_text
from gui.formulas import math_boxes
from gui.formulas.math_boxes import Box, Type

DIGITS = 5  # figures of a number in a formula
RESULT_DIGITS = 7

# A letter for each symbol of `recipes`: letter, lower index, upper mark. Torch's own argument
# names are beside them in the list of settings.
GLYPHS = {
    "lr": ("lr", "", ""),
    "lr_now": ("lr", "t", ""),
    "momentum": ("μ", "", ""),
    "dampening": ("τ", "", ""),
    "weight_decay": ("λ", "", ""),
    "eps": ("ε", "", ""),
    "alpha": ("α", "", ""),
    "rho": ("ρ", "", ""),
    "lr_decay": ("κ", "", ""),
    "initial_accumulator_value": ("s", "0", ""),
    "momentum_decay": ("ψ", "", ""),
    "mu_now": ("μ", "t", ""),
    "mu_next": ("μ", "t+1", ""),
    "rho_limit": ("ρ", "∞", ""),
    "rho_now": ("ρ", "t", ""),
    "p": ("Π", "", ""),
    "w": ("v", "max", ""),
    "d": ("d", "", ""),
    "size": ("Δ", "", ""),
    "step_min": ("Δ", "min", ""),
    "step_max": ("Δ", "max", ""),
    "eta_plus": ("η", "", "+"),
    "eta_minus": ("η", "", "−"),
    "g_old": ("g", "−", ""),
    "decrease": ("c", "", ""),
    "shrink": ("σ", "", ""),
    "damping": ("δ", "", ""),
    "phi": ("φ", "", ""),
    "nu": ("v", "", ""),
    "f": ("f(x)", "", ""),
    "f_there": ("f(x − r·g)", "", ""),
    "theta": ("φ + μ·v", "", ""),
}
UPRIGHT = ("lr", "f(x)", "f(x − r·g)", "φ + μ·v", "Π", "Δ")
_INDEXED = re.compile(r"([A-Za-z]+)_?(\d+)")
_ENDINGS = {"_new": "prime", "_hat": "hat", "_bar": "bar"}


@dataclass(frozen=True)
class Inks:
    """Colours of what is set: letters, numbers, what a comparison says; and the arrows' own.

    Attributes:
        glyph: sets a symbol where the symbols are not the optimizers'; those with a "/" are
            derivatives.
    """

    letter: QColor
    number: QColor
    yes: QColor
    no: QColor
    gradient: QColor
    momentum: QColor
    glyph: Callable[[str, Type], Box] | None = None

    def of(self, name: str, usual: QColor) -> QColor:
        """A symbol's colour: gradients and momenta have those of their arrows."""
        if self.glyph is not None:
            return self.gradient if "/" in name else usual
        stem = re.sub(r"(_new|_hat|_bar|_old|_?\d+)+$", "", name)
        if stem == "g":
            return self.gradient
        return self.momentum if stem in ("b", "m", "nu", "c") else usual


def glyph(name: str, style: Type) -> Box:
    """The letter of a symbol."""
    mark = ""
    for ending, kind in _ENDINGS.items():
        if name.endswith(ending):
            name, mark = name.removesuffix(ending), kind
    letter, below, above = GLYPHS.get(name, (name, "", ""))
    found = _INDEXED.fullmatch(name)
    if found is not None:
        letter, below = found[1], found[2]
        letter = GLYPHS.get(letter, (letter, "", ""))[0]
    letter = {"beta": "β"}.get(letter, letter)
    box = math_boxes.letters(letter, style, italic=letter not in UPRIGHT)
    if mark in ("hat", "bar"):
        box = math_boxes.accented(box, mark, style)
    if below:
        box = math_boxes.lowered(box, math_boxes.letters(below, style.smaller()), style)
    if above or mark == "prime":
        box = math_boxes.raised(box, math_boxes.letters(above or "′", style.smaller()), style)
    return box


def symbol_box(name: str, style: Type, inks: Inks) -> Box:
    """The letter of a symbol in its colour."""
    return (inks.glyph or glyph)(name, Type(style.size, inks.of(name, inks.letter)))


def figure(value: float, style: Type, *, digits: int = DIGITS) -> Box:
    """A number; a long exponent as a power of ten."""
    text = number_text.write(float(value), digits=digits)
    mantissa, _, exponent = text.partition("e")
    box = math_boxes.letters(mantissa, style)
    if not exponent:
        return box
    power = math_boxes.letters(exponent.replace("-", "−"), style.smaller())
    ten = math_boxes.raised(math_boxes.letters("10", style), power, style)
    if mantissa in ("1", "−1"):
        sign = [math_boxes.letters("−", style)] if mantissa == "−1" else []
        return math_boxes.row([*sign, ten])
    return math_boxes.row([box, math_boxes.letters("·", style), ten])


def value_box(
    value: NDArray[np.float64], style: Type, inks: Inks, *, digits: int = DIGITS
) -> Box:  # fmt: skip
    """A number, a vector as a column, a matrix, or the mark of a comparison."""
    value = np.asarray(value)
    if value.dtype == bool:
        ink = inks.yes if value else inks.no
        return math_boxes.letters("✓" if value else "✗", Type(style.size, ink))
    if value.ndim == 0:
        return figure(float(value), style, digits=digits)
    rows = value.reshape(len(value), -1)
    small = Type(max(math_boxes.LEAST_PX, 0.9 * style.size), style.color)
    cells = [[figure(cell, small, digits=digits) for cell in cells] for cells in rows]
    kind = "()" if value.ndim == 1 else "[]"
    return math_boxes.enclosed(math_boxes.table(cells, small), style, kind=kind)


def expression_box(
    expression: Expression,
    style: Type,
    inks: Inks,
    values: Mapping[str, NDArray[np.float64]] | None = None,
) -> Box:
    """A formula in letters, or with numbers where `values` are given."""
    return _Setter(inks, values).set(expression, style)


def term_boxes(
    expression: Expression,
    style: Type,
    inks: Inks,
    values: Mapping[str, NDArray[np.float64]] | None = None,
) -> list[Box]:
    """The terms of a sum one by one, each with its sign, so that a long one can be broken."""
    if not (isinstance(expression, Apply) and expression.head in ("+", "-")):
        return [expression_box(expression, style, inks, values)]
    left, right = expression.parts
    sign = math_boxes.letters("−" if expression.head == "-" else "+", style)
    term = _Setter(inks, values).term(right, style)
    gap = 1.6 * math_boxes.AIR * style.size
    return [*term_boxes(left, style, inks, values), math_boxes.row([sign, term], gap=gap)]


LOWEST = {"<=": 0, ">": 0, "+": 1, "-": 1, "*": 2, "@": 2, "/": 2, "solve": 2, "single": 2,
          "negative": 2, "^": 4}  # fmt: skip


class _Setter:
    """Sets a tree; brackets come from the strength of the operators."""

    def __init__(self, inks: Inks, values: Mapping[str, NDArray[np.float64]] | None) -> None:
        self._inks = inks
        self._values = values

    def set(self, node: Expression, style: Type) -> Box:
        if isinstance(node, Number):
            ink = self._inks.letter if self._values is None else self._inks.number
            return figure(node.value, Type(style.size, ink))
        if isinstance(node, Symbol):
            if self._values is None or node.name == "I":
                return symbol_box(node.name, style, self._inks)
            ink = self._inks.of(node.name, self._inks.number)
            return value_box(self._values[node.name], Type(style.size, ink), self._inks)
        return self._apply(node, Type(style.size, self._inks.letter))

    def term(self, node: Expression, style: Type) -> Box:
        """A part that follows a sign."""
        return self._strong(node, 2, Type(style.size, self._inks.letter), after=True)

    def _apply(self, node: Apply, style: Type) -> Box:
        head, parts = node.head, node.parts
        if head == "/":
            above, below = (self.set(part, style) for part in parts)
            return math_boxes.fraction(above, below, style)
        if head in ("+", "-", "*", "@", "<=", ">"):
            return self._between(head, parts, style)
        if head == "single":  # a product, rounded
            return self._between("*", parts, style)
        if head == "negative":
            return math_boxes.row(
                [math_boxes.letters("−", style), self._strong(parts[0], 2, style)]
            )
        if head == "^":
            base = self._strong(parts[0], 5, style, power=True)
            return math_boxes.raised(base, self.set(parts[1], style.smaller()), style)
        if head == "sqrt":
            return math_boxes.root(self.set(parts[0], style), style)
        if head in ("abs", "positive"):
            return math_boxes.enclosed(self.set(parts[0], style), style, kind="||")
        if head == "solve":
            minus = math_boxes.letters("−1", style.smaller())
            inverse = math_boxes.raised(self._strong(parts[0], 5, style, power=True), minus, style)
            return math_boxes.row([inverse, self._strong(parts[1], 3, style)], gap=2)
        if head in ("grow", "rest"):
            return self._cases(head, parts, style)
        return self._call(head, parts, style)

    def _between(self, head: str, parts: tuple[Expression, ...], style: Type) -> Box:
        sign = {"-": "−", "*": "·", "@": "·", "<=": "≤"}.get(head, head)
        strength = LOWEST[head]
        left = self._strong(parts[0], strength, style)
        # The right side of a minus or product needs brackets from its own strength on.
        right = self._strong(parts[1], strength + (head in "-*@"), style, after=True)
        air = math_boxes.AIR * style.size * (1.6 if head not in "*@" else 0.35)
        return math_boxes.row([left, math_boxes.letters(sign, style), right], gap=air)

    def _strong(
        self,
        node: Expression,
        strength: int,
        style: Type,
        *,
        after: bool = False,
        power: bool = False,
    ) -> Box:
        """A part, in brackets where it binds less than what is around it."""
        box = self.set(node, style)
        weak = isinstance(node, Apply) and LOWEST.get(node.head, 9) < strength
        if isinstance(node, Apply) and node.head == "/" and not power:
            weak = False  # its line keeps it together
        if isinstance(node, Symbol) and self._values is not None:
            value = self._values[node.name]
            if node.name != "I" and value.ndim == 0:
                weak = bool(value < 0) and (after or power)
        if after and isinstance(node, Apply) and node.head == "*" and self._begins_below_0(node):
            weak = True
        return math_boxes.enclosed(box, style) if weak else box

    def _begins_below_0(self, node: Expression) -> bool:
        """Whether the first factor of a product is a negative number."""
        while isinstance(node, Apply) and node.head == "*":
            node = node.parts[0]
        if self._values is None or not isinstance(node, Symbol):
            return False
        value = self._values[node.name]
        return value.ndim == 0 and bool(value < 0)

    def _call(self, head: str, parts: tuple[Expression, ...], style: Type) -> Box:
        inner: list[Box] = []
        for part in parts:
            if inner:
                inner.append(math_boxes.letters(", ", style))
            inner.append(self.set(part, style))
        name = math_boxes.letters(head, style)
        return math_boxes.row([name, math_boxes.enclosed(math_boxes.row(inner), style)], gap=1)

    def _cases(self, head: str, parts: tuple[Expression, ...], style: Type) -> Box:
        small = Type(max(math_boxes.LEAST_PX, 0.9 * style.size), style.color)
        sign = self.set(parts[0], small)

        def when(relation: str) -> Box:
            return math_boxes.row([sign, math_boxes.letters(f" {relation} 0", small)], gap=1)

        if head == "grow":
            one = math_boxes.letters("1", small)
            rows = [
                [self.set(parts[1], small), when(">")],
                [self.set(parts[2], small), when("<")],
                [one, when("=")],
            ]
        else:
            rows = [
                [math_boxes.letters("0", small), when("<")],
                [self.set(parts[1], small), when("≥")],
            ]
        return math_boxes.enclosed(math_boxes.table(rows, small, left=True), style, kind="{")
