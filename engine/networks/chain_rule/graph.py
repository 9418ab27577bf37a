"""An expression as people type it becomes a computation graph.

Every operation is one node, every variable is one node however often it is typed, and so is a
part that is typed twice. Numbers are leaves of their own beside the operation that uses them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NoReturn

from engine.descent.surfaces.formula import odd_root
from engine.descent.surfaces.formula_parser import fail, read
from engine.descent.surfaces.formula_words import CONSTANTS, FUNCTIONS
from engine.errors import FormulaError, Note, shorten
from engine.networks.chain_rule.operations import OPERATIONS

MAX_NODES = 40  # what can still be read on a wall
MAX_VARIABLES = 6
INNER = "x"  # what the inner formula gives to the outer one
_RESULTS = ("y", "z", "f", "L")
_LETTERS = ("v", "h", "q", "k")
# y =, y(x) =, f(x, t) =: what is said of the formula, not part of it.
_ARGUMENTS = r"\(\s*[A-Za-z]\w*(?:\s*[,;]\s*[A-Za-z]\w*)*\s*\)"
_HEAD = re.compile(rf"\s*[A-Za-z]\w{{0,7}}\s*(?:{_ARGUMENTS})?\s*=(?!=)")

_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}

# ("x",), (2.0, "2"), or an operation's key and its inputs.
Part = tuple[object, ...]


@dataclass(frozen=True)
class Node:
    """A node; its inputs stand before it in the graph.

    Attributes:
        name: its letter in formulas: a variable's own, v1, v2 ..., y for the result.
        operation: key of `OPERATIONS`; empty for a variable or a number.
        inputs: places in the graph.
        number: of a number.
        varies: whether it depends on a variable, and so has a derivative.
    """

    name: str
    operation: str = ""
    inputs: tuple[int, ...] = ()
    number: float | None = None
    varies: bool = True

    @property
    def is_variable(self) -> bool:
        return not self.operation and self.number is None


@dataclass(frozen=True)
class Graph:
    """A computation graph.

    Attributes:
        nodes: inputs before what uses them; the last is the result.
        variables: places of the variables.
        inner: place of the node that the inner formula gives; None without one.
        plain: the formulas as they were understood, the outer and the inner one.
        notes: what is worth saying of how each was read.
    """

    nodes: tuple[Node, ...]
    variables: tuple[int, ...]
    inner: int | None
    plain: tuple[str, str]
    notes: tuple[tuple[Note, ...], tuple[Note, ...]]

    @property
    def result(self) -> Node:
        return self.nodes[-1]

    def uses(self, place: int) -> tuple[tuple[int, int], ...]:
        """(node, which of its inputs) for all that use a node, in the order of going back."""
        return tuple(
            (user, index)
            for user in range(len(self.nodes) - 1, place, -1)
            for index, used in enumerate(self.nodes[user].inputs)
            if used == place
        )


def build(outer: str, inner: str = "") -> Graph:
    """The graph of y = y(x), or of y = y(x) with x = x(t).

    Args:
        outer: an expression as people type it.
        inner: the expression that stands for `INNER` in the outer one; empty for none.

    Raises:
        FormulaError: one cannot be read, has no variable, or is too large; `fields["position"]`
            is the character, from 0, `fields["part"]` "outer" or "inner".
    """
    tree, plain, notes = _part(outer, "outer")
    if not inner.strip():
        graph = _Builder(tree, None).graph()
        return replace(graph, plain=(plain, ""), notes=(notes, ()))
    below, plain_inner, notes_inner = _part(inner, "inner")
    if INNER not in set(_names(tree)):
        _refuse("chain.no_inner", "outer", name=INNER)
    if INNER in set(_names(below)):
        _refuse("chain.circle", "inner", name=INNER)
    graph = _Builder(tree, below).graph()
    return replace(graph, plain=(plain, plain_inner), notes=(notes, notes_inner))


def _part(text: str, part: str) -> tuple[Part, str, tuple[Note, ...]]:
    head = _HEAD.match(text)
    if head is not None:  # blanks in its place: a character keeps its number
        text = " " * head.end() + text[head.end() :]
    try:
        reading = read(text)
        if sum(1 for _ in ast.walk(reading.tree)) > 8 * MAX_NODES:
            fail("chain.too_large", 0, limit=MAX_NODES)
        tree = _Reader(text).read(reading.tree)
    except FormulaError as error:
        raise FormulaError(error.code, **{**error.fields, "part": part}) from None
    names = dict.fromkeys(_names(tree))
    if not names:
        _refuse("chain.no_variable", part)
    if len(names) > MAX_VARIABLES:
        _refuse("chain.too_many_variables", part, limit=MAX_VARIABLES)
    return tree, reading.plain, reading.notes


def _refuse(code: str, part: str, **fields: object) -> NoReturn:
    raise FormulaError(code, position=0, place=1, part=part, **fields)


def _names(part: Part) -> Iterable[str]:
    """The variables of a part, in the order in which they are typed."""
    if len(part) == 1:
        yield str(part[0])
    elif isinstance(part[0], str):
        for inner in part[1:]:
            assert isinstance(inner, tuple)
            yield from _names(inner)


class _Reader:
    """Turns the tree of a text into parts; what is not on the list is refused."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, node: ast.AST) -> Part:
        match node:
            case ast.Constant(value=value):
                return self._number(node, value)
            case ast.Name(id=name) if name in CONSTANTS:
                return CONSTANTS[name], name
            case ast.Name(id=name):
                if name in FUNCTIONS:
                    self._refuse("formula.function_bare", node)
                return (name,)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner = self.read(operand)
                is_number = isinstance(inner[0], float) and inner[1] not in CONSTANTS
                return (-inner[0], f"-{inner[1]}") if is_number else ("negative", inner)  # type: ignore[operator]
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand)
            case ast.BinOp(op=ast.Pow(), left=left, right=right):
                return self._power(left, right)
            case ast.BinOp(op=operator, left=left, right=right) if type(operator) in _SIGNS:
                return _SIGNS[type(operator)], self.read(left), self.read(right)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._call(node, name, arguments)
        self._refuse("formula.not_allowed", node)

    def _number(self, node: ast.AST, value: object) -> Part:
        try:
            number = float(value)  # type: ignore[arg-type]
        except OverflowError:
            self._refuse("formula.number", node)
        return number, f"{number:g}"

    def _power(self, base: ast.expr, exponent: ast.expr) -> Part:
        root = odd_root(exponent)
        if root is not None:
            value, odd = root
            written = ast.unparse(exponent).replace(" ", "")
            return f"{'odd' if odd else 'even'} power", self.read(base), (value, written)
        if isinstance(base, ast.Name) and base.id == "e":
            return "exp", self.read(exponent)
        return "^", self.read(base), self.read(exponent)

    def _call(self, node: ast.AST, name: str, arguments: list[ast.expr]) -> Part:
        if name not in FUNCTIONS:
            self._refuse("formula.unknown_name", node, known=", ".join(FUNCTIONS))
        count = FUNCTIONS[name][0]
        if len(arguments) != count:
            self._refuse("formula.arguments", node, count=count, given=len(arguments))
        if name == "pow":
            return self._power(*arguments)
        key = "ln" if name == "log" else name
        return key, *(self.read(argument) for argument in arguments)

    def _refuse(self, code: str, node: ast.AST, **fields: object) -> NoReturn:
        start = int(getattr(node, "col_offset", 0))
        end = int(getattr(node, "end_col_offset", 0))
        fail(code, start, text=shorten(self._text[start:end], 24), **fields)


class _Builder:
    """Puts the parts into a graph, each different one once."""

    def __init__(self, outer: Part, inner: Part | None) -> None:
        names = {*_names(outer), *(() if inner is None else _names(inner))}
        self._result = next(name for name in _RESULTS if name not in names)
        self._letter = next(
            letter
            for letter in _LETTERS
            if not any(re.fullmatch(rf"{letter}\d*", name) for name in names)
        )
        self._outer, self._inner = outer, inner
        self._nodes: list[Node] = []
        self._found: dict[Part, int] = {}
        self._count = 0

    def graph(self) -> Graph:
        inner = None
        if self._inner is not None:
            inner = self._named(self._inner, INNER)
            # What the outer formula shares with it is the variables, not what is made of them.
            self._found = {part: place for part, place in self._found.items() if len(part) == 1}
            self._found[(INNER,)] = inner
        self._named(self._outer, self._result)
        if len(self._nodes) > MAX_NODES:
            _refuse("chain.too_large", "outer", limit=MAX_NODES)
        nodes = tuple(self._nodes)
        variables = tuple(place for place, node in enumerate(nodes) if node.is_variable)
        return Graph(nodes, variables, inner, ("", ""), ((), ()))

    def _named(self, part: Part, name: str) -> int:
        """The part's node, last of all, under a name of its own."""
        fresh = len(part) > 1 and part not in self._found
        place = self._place(part if fresh else ("identity", part))
        self._nodes[place] = replace(self._nodes[place], name=name)
        self._count -= 1
        return place

    def _place(self, part: Part) -> int:
        if part in self._found:
            return self._found[part]
        if len(part) == 1:
            place = self._add(Node(str(part[0])))
        elif isinstance(part[0], float):
            return self._add(Node(str(part[1]), number=part[0], varies=False))
        else:
            inputs = tuple(self._place(inner) for inner in part[1:])  # type: ignore[arg-type]
            self._count += 1
            varies = any(self._nodes[each].varies for each in inputs)
            name = f"{self._letter}{self._count}"
            assert part[0] in OPERATIONS
            place = self._add(Node(name, str(part[0]), inputs, varies=varies))
        self._found[part] = place
        return place

    def _add(self, node: Node) -> int:
        self._nodes.append(node)
        return len(self._nodes) - 1
