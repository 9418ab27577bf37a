"""The formulas of the update rules as small trees: written, filled with numbers, evaluated.

A tree is made from our own text (`beta1*m + (1 - beta1)*g`), never from a
person's. What draws it needs its shape; what checks it needs its value.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Values = Mapping[str, Array]


@dataclass(frozen=True)
class Number:
    """A number that belongs to the formula itself."""

    value: float


@dataclass(frozen=True)
class Symbol:
    """A quantity of the rule, by its name in `recipes`."""

    name: str


@dataclass(frozen=True)
class Apply:
    """An operation on parts: an operator's sign, or a name of `OPERATIONS`."""

    head: str
    parts: tuple[Expression, ...]


Expression = Number | Symbol | Apply


def _solve(matrix: Array, vector: Array) -> Array:
    """A^-1 v of a symmetric 2x2 matrix, by its closed form."""
    (a, b), (_, c) = matrix
    x, y = vector
    result: Array = np.array([c * x - b * y, a * y - b * x]) / (a * c - b * b)
    return result


def positive(matrix: Array) -> Array:
    """|H| (2, 2) float64 of a symmetric matrix (2, 2): the square root of H^2, in closed form."""
    (a, b), (_, c) = matrix
    size = np.abs(a * c - b * b)
    root = np.sqrt(a * a + 2 * b * b + c * c + 2 * size)
    root = root if root > 0 else np.float64(1.0)
    across = b * (a + c)
    return np.array([[a * a + b * b + size, across], [across, b * b + c * c + size]]) / root


def _grow(sign: Array, larger: Array, smaller: Array) -> Array:
    return np.where(sign > 0, larger, np.where(sign < 0, smaller, 1.0))


def _rest(sign: Array, value: Array) -> Array:
    return np.where(sign < 0, 0.0, value)


def _sigmoid(value: Array) -> Array:
    return 1 / (1 + np.exp(-value))


def _relu(value: Array) -> Array:
    return np.maximum(value, 0.0)


def _single(a: Array, b: Array) -> Array:
    """A product in float32: torch keeps NAdam's so, whatever the parameter's type."""
    return np.float64(np.float32(a) * np.float32(b))  # type: ignore[return-value]


OPERATIONS: dict[str, Callable[..., Array]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
    "@": np.matmul,
    "negative": np.negative,
    "sqrt": np.sqrt,
    "sign": np.sign,
    "abs": np.abs,
    "max": np.maximum,
    "min": np.minimum,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "atan2": np.arctan2,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "exp": np.exp,
    "ln": np.log,
    "log2": np.log2,
    "log10": np.log10,
    "floor": np.floor,
    "sigmoid": _sigmoid,
    "relu": _relu,
    "<=": np.less_equal,
    ">": np.greater,
    "positive": positive,  # of a matrix
    "solve": _solve,
    "grow": _grow,
    "rest": _rest,
    "single": _single,
}
_SIGNS: dict[type, str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "^",
    ast.MatMult: "@",
    ast.LtE: "<=",
    ast.Gt: ">",
}


@lru_cache(maxsize=512)
def read(text: str) -> Expression:
    """The tree of one of our own formulas, in Python's signs (`**`, `@` for a matrix).

    Raises:
        ValueError: it uses what `OPERATIONS` has not.
    """
    return _tree(ast.parse(text, mode="eval").body)


def _tree(node: ast.expr) -> Expression:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Number(float(node.value))
    if isinstance(node, ast.Name):
        return Symbol(node.id)
    if isinstance(node, ast.BinOp):
        return Apply(_SIGNS[type(node.op)], (_tree(node.left), _tree(node.right)))
    if isinstance(node, ast.Compare):
        return Apply(_SIGNS[type(node.ops[0])], (_tree(node.left), _tree(node.comparators[0])))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return Apply("negative", (_tree(node.operand),))
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in OPERATIONS
    ):
        return Apply(node.func.id, tuple(_tree(part) for part in node.args))
    raise ValueError(f"not a formula: {ast.unparse(node)}")


def evaluate(expression: Expression, values: Values) -> Array:
    """The value: a number, a vector (2,), a matrix (2, 2), or a bool of a comparison."""
    if isinstance(expression, Number):
        return np.float64(expression.value)  # type: ignore[return-value]
    if isinstance(expression, Symbol):
        return values[expression.name]
    parts = (evaluate(part, values) for part in expression.parts)
    with np.errstate(all="ignore"):  # a diverged racer has inf and NaN
        return OPERATIONS[expression.head](*parts)


def symbols(expression: Expression) -> set[str]:
    """The names that an expression uses."""
    if isinstance(expression, Symbol):
        return {expression.name}
    if isinstance(expression, Apply):
        return set().union(*(symbols(part) for part in expression.parts))
    return set()
