"""The parts of a formula's tree: nodes of Python's `ast`, with their places in the typed text.

A node's columns are the places of its first and after its last character, from 0.
"""

from __future__ import annotations

import ast

from engine.descent.surfaces.formula_tokens import Token


def write(tree: ast.expr, text: str) -> str:
    """A tree as a formula in plain signs; the text where it is too long a sum for that."""
    try:
        written = ast.unparse(tree)
    except RecursionError:
        return text
    return written.replace(" ** ", "^").replace(" * ", "*").replace(" / ", "/")


def span(start: int, end: int) -> dict[str, int]:
    """The columns of a node, for its constructor."""
    return {"lineno": 1, "col_offset": start, "end_lineno": 1, "end_col_offset": end}


def constant(value: int | float, start: int, end: int) -> ast.expr:
    """A number; one below 0 is a minus before a number."""
    made = ast.Constant(abs(value))
    made.lineno, made.end_lineno, made.col_offset, made.end_col_offset = 1, 1, start, end
    return made if value >= 0 else ast.UnaryOp(ast.USub(), made, **span(start, end))


def number(token: Token) -> ast.expr:
    whole = token.text.isdigit()
    return constant(int(token.text) if whole else float(token.text), token.start, token.end)


def name(token: Token) -> ast.expr:
    return ast.Name(token.text, ast.Load(), **span(token.start, token.end))


def call_named(name: str, start: int, arguments: list[ast.expr], end: int) -> ast.expr:
    function = ast.Name(name, ast.Load(), **span(start, start + 1))
    return ast.Call(function, arguments, [], **span(start, end))


def call(function: Token, arguments: list[ast.expr], end: int, power: int) -> ast.expr:
    place = span(function.start, end)
    made = ast.Call(name(function), arguments, [], **place)
    if power == 1:
        return made
    return ast.BinOp(made, ast.Pow(), constant(power, function.start, end), **place)


def rooted(root: Token, inner: ast.expr, end: int) -> ast.expr:
    """A square root as sqrt, any other as a power of 1/n, real for every number where n is odd."""
    degree = int(root.text)
    if degree == 2:
        return call_named("sqrt", root.start, [inner], end)
    place = span(root.start, end)
    one, n = (constant(number, root.start, end) for number in (1, degree))
    return ast.BinOp(inner, ast.Pow(), ast.BinOp(one, ast.Div(), n, **place), **place)
