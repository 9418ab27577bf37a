"""How the names of a graph are written: v₁, dy/dx, x²."""

from __future__ import annotations

import re

from engine.networks.chain_rule.graph import Graph, Node
from engine.networks.chain_rule.operations import OPERATIONS
from gui import number_text
from gui.formulas import math_boxes
from gui.formulas.math_boxes import Box, Type
from gui.formulas.typeset_formula import NAMES

DIGITS = 4
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ABOVE = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_INDEXED = re.compile(r"([A-Za-z]+)_?(\d+)")
_DERIVATIVE = re.compile(r"([d∂])(.+)/[d∂]([^#]+)(?:#(\d))?")


def plain(name: str) -> str:
    """A name in one line: v₁, θ."""
    found = _INDEXED.fullmatch(name)
    letter, index = (found[1], found[2]) if found else (name, "")
    return NAMES.get(letter, letter) + index.translate(_BELOW)


def plain_derivative(name: str) -> str:
    """Of the name of a derivative: dy/dv₁."""
    found = _DERIVATIVE.fullmatch(name)
    if found is None:
        return plain(name)
    sign, above, below, _ = found.groups()
    return f"{sign}{plain(above)}/{sign}{plain(below)}"


def title(graph: Graph, node: Node) -> str:
    """What a node says of itself: v₁ = x²."""
    if not node.operation:
        return number(node.number) if _is_plain_number(node) else plain(node.name)
    parts = [_operand(graph.nodes[place]) for place in node.inputs]
    exponent = graph.nodes[node.inputs[-1]].number
    whole = exponent is not None and exponent.is_integer() and abs(exponent) < 100
    if node.operation == "^" and whole:
        written = parts[0] + f"{exponent:.0f}".translate(_ABOVE)
        return f"{plain(node.name)} = {written}"
    return f"{plain(node.name)} = {OPERATIONS[node.operation].title.format(*parts)}"


def number(value: float | None) -> str:
    """A number as a node shows it; empty where there is none."""
    return "" if value is None else number_text.write(value, digits=DIGITS)


def _is_plain_number(node: Node) -> bool:
    return node.number is not None and node.name[:1] in "-0123456789." and "/" not in node.name


def _operand(node: Node) -> str:
    if not _is_plain_number(node):
        return plain(node.name)
    assert node.number is not None
    return f"({number(node.number)})" if node.number < 0 else number(node.number)


def glyph(name: str, style: Type) -> Box:
    """A name, or a derivative as a fraction, for a sheet of formulas."""
    found = _DERIVATIVE.fullmatch(name)
    if found is None:
        return _letter(name, style)
    sign, above, below, index = found.groups()
    d = math_boxes.letters(sign, style, italic=sign == "d")
    box = math_boxes.fraction(
        math_boxes.row([d, _letter(above, style)]),
        math_boxes.row([d, _letter(below, style)]),
        style,
    )
    if index:
        box = math_boxes.lowered(box, math_boxes.letters(f"({index})", style.smaller()), style)
    return box


def _letter(name: str, style: Type) -> Box:
    found = _INDEXED.fullmatch(name)
    letter, index = (found[1], found[2]) if found else (name, "")
    letter = NAMES.get(letter, letter)
    box = math_boxes.letters(letter, style, italic=len(letter) == 1)
    if index:
        box = math_boxes.lowered(box, math_boxes.letters(index, style.smaller()), style)
    return box
