"""A surface's formula set as in a book: fractions, roots, raised powers, no signs too many."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Callable
from itertools import pairwise

from engine.descent.surfaces.formula_words import GREEK, VALUES
from gui.formulas.math_boxes import Box, Type, enclosed, fraction, letters, raised, root, row

LONGEST = 400  # characters; what is longer stays in one line of plain text
NAMES = {name: letter for letter, name in reversed(GREEK.items())}  # usual letters last, to win
WORDS = frozenset(keyword.kwlist) - VALUES  # names like any other, though not Python's
FUNCTIONS = {"log": "ln", "ln": "ln"}
POWERED = frozenset({"sin", "cos", "tan", "sinh", "cosh", "tanh", "log", "ln"})
_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)
AIR = 0.2  # of the type's size, around + and −
THIN = 0.12  # between factors
SIGNS = {ast.Add: "+", ast.Sub: "−"}


def typeset(text: str, style: Type) -> Box | None:
    """The formula as a box; None where it is no plain expression of numbers, names and
    functions. A remark after `, ` follows it in upright letters."""
    if len(text) > LONGEST:
        return None
    whole = _expression(text, style)
    formula, comma, remark = text.partition(", ")
    if whole is not None or not comma:
        return whole
    box = _expression(formula, style)
    return None if box is None else row([box, letters(f",  {remark}", style)])


def _expression(text: str, style: Type) -> Box | None:
    try:
        written = _WORD.sub(_as_name, text.replace("^", "**").strip())
        return _Setter(style).set(ast.parse(written, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError, KeyError):
        return None


def _as_name(word: re.Match[str]) -> str:
    return f"{word[0]}_" if word[0] in WORDS else word[0]


def _shown(name: str) -> str:
    """A name as it is drawn: a Greek letter, or a word of Python as it was typed."""
    word = name.removesuffix("_")
    word = word if word in WORDS else name
    return NAMES.get(word, word)


class _Setter:
    """Sets parts in one size; what is smaller has a setter of its own.

    Raises:
        KeyError: a part is none that can be set.
    """

    def __init__(self, style: Type) -> None:
        self._style = style
        self._kinds: dict[type[ast.expr], Callable[[ast.expr], Box]] = {
            ast.Constant: self._number,
            ast.Name: self._name,
            ast.UnaryOp: self._sign,
            ast.BinOp: self._operation,
            ast.Call: self._call,
        }

    def set(self, node: ast.expr) -> Box:
        return self._kinds[type(node)](node)

    def _number(self, node: ast.expr) -> Box:
        assert isinstance(node, ast.Constant)
        if not isinstance(node.value, int | float) or isinstance(node.value, bool):
            raise KeyError(node.value)
        return letters(f"{node.value:g}", self._style)

    def _name(self, node: ast.expr) -> Box:
        assert isinstance(node, ast.Name)
        name = _shown(node.id)
        return letters(name, self._style, italic=len(name) == 1)

    def _sign(self, node: ast.expr) -> Box:
        assert isinstance(node, ast.UnaryOp)
        if not isinstance(node.op, ast.USub):
            return self.set(node.operand)
        return row([letters("−", self._style), self._factor(node.operand)])

    def _operation(self, node: ast.expr) -> Box:
        assert isinstance(node, ast.BinOp)
        if isinstance(node.op, ast.Div):
            return fraction(self.set(node.left), self.set(node.right), self._style)
        if isinstance(node.op, ast.Pow):
            return self._power(node.left, node.right)
        if isinstance(node.op, ast.Mult):
            return self._product(node)
        right = self._factor(node.right) if isinstance(node.op, ast.Sub) else self.set(node.right)
        sign = letters(SIGNS[type(node.op)], self._style)
        return row([self.set(node.left), sign, right], gap=AIR * self._style.size)

    def _product(self, node: ast.BinOp) -> Box:
        factors = list(_factors(node))
        # A minus before the first factor is one before the product.
        signed = isinstance(factors[0], ast.UnaryOp)
        parts = [self.set(factors[0]) if signed else self._factor(factors[0])]
        for before, factor in pairwise(factors):
            if _begins_with_number(factor) or _is_word(before) or _is_word(factor):
                parts.append(letters("·", self._style))
            parts.append(self._factor(factor))
        return row(parts, gap=THIN * self._style.size)

    def _factor(self, node: ast.expr) -> Box:
        """In brackets where it is a sum, which a product or a minus would tear apart."""
        box = self.set(node)
        summed = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
        if summed or isinstance(node, ast.UnaryOp):
            return enclosed(box, self._style)
        return box

    def _power(self, base: ast.expr, exponent: ast.expr) -> Box:
        small = _Setter(self._style.smaller()).set(exponent)
        if isinstance(base, ast.Call) and _called(base) in POWERED and _is_number(exponent):
            name = letters(FUNCTIONS.get(_called(base), _called(base)), self._style)
            return row([raised(name, small, self._style), self._arguments(base)])
        plain = isinstance(base, ast.Constant | ast.Name | ast.Call)
        box = self.set(base) if plain else enclosed(self.set(base), self._style)
        return raised(box, small, self._style)

    def _call(self, node: ast.expr) -> Box:
        assert isinstance(node, ast.Call)
        name = _called(node)
        if len(node.args) == 1:
            (argument,) = node.args
            if name == "sqrt":
                return root(self.set(argument), self._style)
            if name == "abs":
                return enclosed(self.set(argument), self._style, kind="||")
            if name == "exp":
                power = _Setter(self._style.smaller()).set(argument)
                return raised(letters("e", self._style, italic=True), power, self._style)
        return row([letters(FUNCTIONS.get(name, name), self._style), self._arguments(node)])

    def _arguments(self, node: ast.Call) -> Box:
        parts: list[Box] = []
        for argument in node.args:
            if parts:
                parts.append(letters(", ", self._style))
            parts.append(self.set(argument))
        return enclosed(row(parts), self._style)


def _factors(node: ast.expr) -> list[ast.expr]:
    """The factors of a product, left to right."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*_factors(node.left), node.right]
    return [node]


def _called(node: ast.Call) -> str:
    if not isinstance(node.func, ast.Name) or node.keywords:
        raise KeyError("call")
    return node.func.id


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def _begins_with_number(node: ast.expr) -> bool:
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        node = node.left
    return isinstance(node, ast.Constant)


def _is_word(node: ast.expr) -> bool:
    """A name of several letters, which would run together with another."""
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        node = node.left
    return isinstance(node, ast.Name) and len(_shown(node.id)) > 1
