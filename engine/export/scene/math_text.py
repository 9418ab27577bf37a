"""A surface's formula in matplotlib's mathtext, set as in a paper without TeX."""

from __future__ import annotations

import ast
import keyword
import re
from itertools import pairwise

from engine.descent.surfaces.formula_words import GREEK, VALUES

LONGEST = 300  # characters; what is longer stays as it is typed
NAMES = {name: letter for letter, name in reversed(GREEK.items())}  # usual letters last, to win
WORDS = frozenset(keyword.kwlist) - VALUES  # names like any other, though not Python's
FUNCTIONS = {"log": "ln"}
POWERED = frozenset({"sin", "cos", "tan", "sinh", "cosh", "tanh", "log", "ln"})
_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_COMMAND = re.compile(r"\\[A-Za-z]+|[{}^_$\\]")


def math_text(formula: str) -> str | None:
    """`f(x, y) = ...` as mathtext between dollar signs; None for what is no plain expression of
    numbers, names and functions. A remark after `, ` follows in upright letters."""
    if len(formula) > LONGEST or "$" in formula:
        return None
    whole = _expression(formula)
    if whole is not None:
        return f"$f(x,\\,y) = {whole}$"
    plain, comma, remark = formula.partition(", ")
    set_ = _expression(plain) if comma else None
    return None if set_ is None else f"$f(x,\\,y) = {set_}$,  {remark}"


def letters_of(text: str) -> int:
    """About so many letters wide mathtext is drawn; what stands in a fraction counts once."""
    text = re.sub(r"\\d?frac\{([^{}]*)\}\{[^{}]*\}", r"\1", text)
    return len(_COMMAND.sub("", text))


def _expression(text: str) -> str | None:
    try:
        written = _WORD.sub(_as_name, text.replace("^", "**").strip())
        return _set(ast.parse(written, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError, KeyError):
        return None


def _as_name(word: re.Match[str]) -> str:
    return f"{word[0]}_" if word[0] in WORDS else word[0]


def _set(node: ast.expr) -> str:
    """A part of the formula.

    Raises:
        KeyError: it is none that can be set.
    """
    if isinstance(node, ast.Constant):
        return _number(node.value)
    if isinstance(node, ast.Name):
        return _name(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        return f"-{_factor(node.operand)}" if isinstance(node.op, ast.USub) else _set(node.operand)
    if isinstance(node, ast.BinOp):
        return _operation(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return _call(node.func.id, node.args)
    raise KeyError(type(node).__name__)


def _number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise KeyError(value)
    return f"{value:g}"


def _name(name: str) -> str:
    word = name.removesuffix("_")
    word = word if word in WORDS else name
    shown = NAMES.get(word, word)
    if len(shown) == 1:
        return shown
    escaped = shown.replace("_", r"\_")
    return f"\\mathrm{{{escaped}}}"


def _operation(node: ast.BinOp) -> str:
    left, right = node.left, node.right
    if isinstance(node.op, ast.Div):
        return f"\\dfrac{{{_set(left)}}}{{{_set(right)}}}"
    if isinstance(node.op, ast.Pow):
        return _power(left, right)
    if isinstance(node.op, ast.Mult):
        factors = _factors(node)
        signed = isinstance(factors[0], ast.UnaryOp)
        parts = [_set(factors[0]) if signed else _factor(factors[0])]
        for before, factor in pairwise(factors):
            apart = _is_number(factor) or _is_word(before) or _is_word(factor)
            parts += ["\\cdot " if apart else "\\,", _factor(factor)]
        return "".join(parts)
    sign = {ast.Add: "+", ast.Sub: "-"}[type(node.op)]
    return f"{_set(left)} {sign} {_factor(right) if sign == '-' else _set(right)}"


def _factors(node: ast.expr) -> list[ast.expr]:
    """The factors of a product, left to right."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*_factors(node.left), node.right]
    return [node]


def _factor(node: ast.expr) -> str:
    """In brackets where it is a sum, which a product or a minus would tear apart."""
    summed = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
    return _bracket(_set(node)) if summed or isinstance(node, ast.UnaryOp) else _set(node)


def _power(base: ast.expr, exponent: ast.expr) -> str:
    raised = f"^{{{_set(exponent)}}}"
    called = base.func.id if isinstance(base, ast.Call) and isinstance(base.func, ast.Name) else ""
    if isinstance(base, ast.Call) and called in POWERED and isinstance(exponent, ast.Constant):
        return _called(called, base.args, raised)
    plain = isinstance(base, ast.Constant | ast.Name) or called not in ("", "exp", "sqrt")
    return (_set(base) if plain else _bracket(_set(base))) + raised


def _call(name: str, arguments: list[ast.expr]) -> str:
    if len(arguments) == 1:
        inner = _set(arguments[0])
        if name == "sqrt":
            return f"\\sqrt{{{inner}}}"
        if name == "abs":
            return f"|{inner}|"
        if name == "exp":
            return f"e^{{{inner}}}"
    return _called(name, arguments)


def _called(name: str, arguments: list[ast.expr], raised: str = "") -> str:
    inner = ", ".join(map(_set, arguments))
    return f"\\mathrm{{{FUNCTIONS.get(name, name)}}}{raised}{_bracket(inner)}"


def _bracket(inner: str) -> str:
    tall = "\\dfrac" in inner
    return f"\\left({inner}\\right)" if tall else f"({inner})"


def _is_number(node: ast.expr) -> bool:
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        node = node.left
    return isinstance(node, ast.Constant)


def _is_word(node: ast.expr) -> bool:
    """A name of several letters, which would run together with another."""
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        node = node.left
    return isinstance(node, ast.Name) and _name(node.id).startswith("\\")
