"""Formulas of the notes as LaTeX, in letters or with numbers, for sheets to print."""

from __future__ import annotations

import re

from engine.optimizers.expressions import Apply, Expression, Number, Symbol, Values

LETTERS = {"delta": r"\delta", "eta": r"\eta", "alpha": r"\alpha", "bias": "b"}
STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "negative": 2, "^": 4}
DIGITS = 6
_NAME = re.compile(r"(d?)([A-Za-z]+?)((?:_\d+)*)(_new)?")


def symbol(name: str) -> str:
    """A symbol: `w_1_3_new` is w'_{1,3}, `dw_1_3` is \\Delta w_{1,3}, `delta_5` a Greek letter."""
    if name in LETTERS:
        return LETTERS[name]
    difference = name.startswith(("dw_", "dbias_"))
    found = _NAME.fullmatch(name.removeprefix("d") if difference else f"{name}")
    if found is None:
        return name
    letter = found[1] + found[2]
    below = ",".join(re.findall(r"\d+", found[3]))
    text = LETTERS.get(letter, letter) + ("'" if found[4] else "")
    text += f"_{{{below}}}" if below else ""
    return rf"\Delta {text}" if difference else text


def number(value: float) -> str:
    """A number of `DIGITS` figures, its exponent as a power of ten."""
    text = f"{value:.{DIGITS}g}"
    mantissa, _, exponent = text.partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else text


def formula(expression: Expression, values: Values | None = None) -> str:
    """An expression in letters, or with numbers where `values` are given."""
    return _set(expression, values, 0)


def _set(node: Expression, values: Values | None, around: int) -> str:
    if isinstance(node, Number):
        return number(node.value)
    if isinstance(node, Symbol):
        if values is None:
            return symbol(node.name)
        value = float(values[node.name])
        return rf"({number(value)})" if value < 0 and around > 0 else number(value)
    text = _apply(node, values)
    return rf"({text})" if STRENGTH.get(node.head, 9) < around else text


def _apply(node: Apply, values: Values | None) -> str:
    head, parts = node.head, node.parts
    if head == "/":
        return rf"\dfrac{{{_set(parts[0], values, 0)}}}{{{_set(parts[1], values, 0)}}}"
    if head in ("+", "-"):
        right = _set(parts[1], values, 2 if head == "-" else 1)
        return f"{_set(parts[0], values, 0)} {head} {right}"
    if head == "*":
        return rf"{_set(parts[0], values, 2)} \cdot {_set(parts[1], values, 3)}"
    if head == "negative":
        return f"-{_set(parts[0], values, 2)}"
    if head == "^":
        return f"{_set(parts[0], values, 5)}^{{{_set(parts[1], values, 0)}}}"
    if head == "exp":
        return rf"e^{{{_set(parts[0], values, 0)}}}"
    inner = ", ".join(_set(part, values, 0) for part in parts)
    name = rf"\{head}" if head in ("tanh", "max") else rf"\mathrm{{{head}}}"
    return rf"{name}({inner})"
