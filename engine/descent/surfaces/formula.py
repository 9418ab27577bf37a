"""The user's own surface: a formula in x and y, read through an allow-list.

The text is parsed by `ast` and turned, node by node, into torch calls; what
is not on the list is refused. Nothing of the text is ever evaluated.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from engine.checks import Domain, check_domain, check_range
from engine.descent.surfaces.surface import FORMULA_DOMAIN, Parameter, Surface
from engine.errors import FormulaError, InputError, shorten

if TYPE_CHECKING:
    import torch

    Values = Mapping[str, torch.Tensor | float]

MAX_LENGTH = 2000
MAX_DEPTH = 64
MAX_FREE = 12  # names beside x and y; each has a slider
DEFAULT = 1.0  # of a free name
REACH = 10.0  # of its slider, to both sides of 0
LARGEST = 1e12
CONSTANTS = {"pi": math.pi, "e": math.e}
# name: (how many arguments, torch's name)
FUNCTIONS: dict[str, tuple[int, str]] = {
    "sin": (1, "sin"),
    "cos": (1, "cos"),
    "tan": (1, "tan"),
    "asin": (1, "asin"),
    "acos": (1, "acos"),
    "atan": (1, "atan"),
    "sinh": (1, "sinh"),
    "cosh": (1, "cosh"),
    "tanh": (1, "tanh"),
    "exp": (1, "exp"),
    "log": (1, "log"),
    "ln": (1, "log"),
    "log2": (1, "log2"),
    "log10": (1, "log10"),
    "sqrt": (1, "sqrt"),
    "abs": (1, "abs"),
    "sign": (1, "sign"),
    "floor": (1, "floor"),
    "sigmoid": (1, "sigmoid"),
    "relu": (1, "relu"),
    "min": (2, "minimum"),
    "max": (2, "maximum"),
    "pow": (2, "pow"),
    "atan2": (2, "atan2"),
}
_TAKEN = {"x", "y", *CONSTANTS, *FUNCTIONS}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,23}", re.ASCII)
# Signs that people type or paste, and what they mean here; each keeps its place.
_SIGNS = {"^": "**", "−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "π": "pi"}
_ALLOWED = re.compile(r"[A-Za-z0-9_.,+\-*/()\s]", re.ASCII)

Evaluate = Callable[["Values"], Any]


class Formula:
    """A formula that was read: what it computes, and the names it leaves free.

    Args:
        text: the expression.
        parameters: names allowed beside x and y; None allows any and lists them in `free`.

    Raises:
        FormulaError: it cannot be read; `fields["position"]` is the character, from 0.
    """

    def __init__(self, text: str, parameters: tuple[str, ...] | None = ()) -> None:
        self.text = text
        self._parameters = parameters
        self._free: dict[str, int] = {}
        source, self._places = _translate(text)
        self._evaluate = self._read(_parse(source, text, self._places), 0)
        if len(self._free) > MAX_FREE:
            name = self.free[MAX_FREE]
            _fail("formula.too_many_names", self._free[name], text=name, limit=MAX_FREE)

    @property
    def free(self) -> tuple[str, ...]:
        """Names beside x and y that the formula uses, in order of appearance."""
        return tuple(sorted(self._free, key=self._free.__getitem__))

    def __call__(
        self, x: torch.Tensor, y: torch.Tensor, **parameters: torch.Tensor | float
    ) -> torch.Tensor:
        """The value at tensors x, y of one shape; a constant formula is spread over it."""
        import torch

        return torch.broadcast_to(self._evaluate({"x": x, "y": y, **parameters}), x.shape)

    def _read(self, node: ast.AST, depth: int) -> Evaluate:
        if depth > MAX_DEPTH:
            self._refuse("formula.too_deep", node, limit=MAX_DEPTH)
        match node:
            case ast.Constant(value=value):
                return self._constant(node, value)
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner = self._read(operand, depth + 1)
                return lambda values: -inner(values)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._read(operand, depth + 1)
            case ast.BinOp():
                return self._chain(node, depth)
            case ast.Call():
                return self._call(node, depth)
        self._refuse("formula.not_allowed", node)

    def _constant(self, node: ast.AST, value: object) -> Evaluate:
        if type(value) not in (int, float):
            self._refuse("formula.not_allowed", node)
        try:
            number = float(value)  # type: ignore[arg-type]
        except OverflowError:
            self._refuse("formula.number", node)
        return lambda values: _scalar(number)

    def _name(self, node: ast.AST, name: str) -> Evaluate:
        if name in CONSTANTS:
            number = CONSTANTS[name]
            return lambda values: _scalar(number)
        if name in FUNCTIONS:
            self._refuse("formula.function_bare", node)
        if name not in ("x", "y"):
            if self._parameters is not None and name not in self._parameters:
                known = ", ".join(("x", "y", *self._parameters, *CONSTANTS, *FUNCTIONS))
                self._refuse("formula.unknown_name", node, known=known)
            if not _NAME.fullmatch(name):
                self._refuse("formula.name", node)
            place = self._place(node)
            self._free[name] = min(place, self._free.get(name, place))
            return lambda values: _scalar(values[name])
        return lambda values: values[name]

    def _chain(self, node: ast.BinOp, depth: int) -> Evaluate:
        """A binary operator; a long sum leans left and is walked without going deeper."""
        links: list[tuple[Callable[[Any, Any], Any], Evaluate]] = []
        left: ast.AST = node
        while isinstance(left, ast.BinOp):
            match left.op:
                case ast.Add():
                    apply = _add
                case ast.Sub():
                    apply = _subtract
                case ast.Mult():
                    apply = _multiply
                case ast.Div():
                    apply = _divide
                case ast.Pow():
                    break
                case _:
                    self._refuse("formula.not_allowed", left)
            links.append((apply, self._read(left.right, depth + 1)))
            left = left.left
        if isinstance(left, ast.BinOp):
            first = self._power(left, depth + 1 if links else depth)
        else:
            first = self._read(left, depth + 1)
        if not links:
            return first
        links.reverse()

        def evaluate(values: Values) -> Any:
            result = first(values)
            for apply, right in links:
                result = apply(result, right(values))
            return result

        return evaluate

    def _power(self, node: ast.BinOp, depth: int) -> Evaluate:
        base = self._read(node.left, depth + 1)
        exponent = self._read(node.right, depth + 1)
        number = _literal(node.right)
        if number is not None:
            # A number as the exponent keeps derivatives finite at 0.
            return lambda values: base(values) ** number
        return lambda values: base(values) ** exponent(values)

    def _call(self, node: ast.Call, depth: int) -> Evaluate:
        if not isinstance(node.func, ast.Name):
            self._refuse("formula.not_function", node.func)
        name = node.func.id
        if name not in FUNCTIONS:
            if name in ("x", "y", *CONSTANTS, *(self._parameters or ())):
                self._refuse("formula.not_function", node.func)
            self._refuse("formula.unknown_name", node.func, known=", ".join(FUNCTIONS))
        count, torch_name = FUNCTIONS[name]
        if node.keywords:
            self._refuse("formula.not_allowed", node.keywords[0])
        if len(node.args) != count:
            self._refuse("formula.arguments", node.func, count=count, given=len(node.args))
        arguments = [self._read(argument, depth + 1) for argument in node.args]

        def evaluate(values: Values) -> Any:
            import torch

            return getattr(torch, torch_name)(*(argument(values) for argument in arguments))

        return evaluate

    def _place(self, node: ast.AST) -> int:
        return self._places[getattr(node, "col_offset", 0)]

    def _refuse(self, code: str, node: ast.AST, **fields: object) -> NoReturn:
        start = self._place(node)
        end = self._places[getattr(node, "end_col_offset", 0)]
        _fail(code, start, text=shorten(self.text[start:end], 24), **fields)


def formula_surface(
    text: str,
    domain: Domain = FORMULA_DOMAIN,
    *,
    parameters: Mapping[str, float] | None = None,
) -> Surface:
    """A surface from the user's formula.

    Args:
        text: an expression of x and y, `^` and `**` both power.
        domain: x0, x1, y0, y1 of the view.
        parameters: further names that the formula may use, with their values.

    Raises:
        FormulaError: it cannot be read.
        InputError: the view is no area, or a parameter's name or value cannot be used.
    """
    check_domain(domain)
    values = dict(parameters or {})
    for name in values:
        if name in _TAKEN or not _NAME.fullmatch(name):
            raise InputError("formula.parameter_name", name=shorten(name))
    formula = Formula(text, tuple(values))
    for name, value in values.items():
        if name not in formula.free:
            known = ", ".join(formula.free) or "none"
            raise InputError("value.unknown_key", name="formula", value=shorten(name), known=known)
        check_range(name, value, -LARGEST, LARGEST)
    x0, x1, y0, y1 = domain
    return Surface(
        name="formula",
        title=text.strip(),
        formula=text.strip(),
        expression=formula,
        domain=domain,
        minima=(),
        start=(x0 + 0.2 * (x1 - x0), y0 + 0.7 * (y1 - y0)),
        parameters={
            name: Parameter(DEFAULT, *range_of(values[name]), soft=True) for name in formula.free
        },
        values=values,
        surveyed=False,
    )


def free_names(text: str) -> tuple[str, ...]:
    """Names beside x, y, the constants and the functions that a formula uses.

    Raises:
        FormulaError: it cannot be read.
    """
    return Formula(text, None).free


def range_of(value: float) -> tuple[float, float]:
    """The range of a slider for a free name: -10 to 10, or so many times wider that it fits."""
    reach = REACH
    while abs(value) > reach:
        reach *= 10
    return -reach, reach


def parse(text: str) -> ast.expr:
    """The syntax tree of a formula; what is not on the allow-list may still be in it.

    Raises:
        FormulaError: it is no expression.
    """
    source, places = _translate(text)
    return _parse(source, text, places)


def _translate(text: str) -> tuple[str, list[int]]:
    """The text as Python writes it, and for each of its characters the place in the original."""
    if len(text) > MAX_LENGTH:
        _fail("formula.too_long", MAX_LENGTH, length=len(text), limit=MAX_LENGTH)
    if not text.strip():
        _fail("formula.empty", 0)
    source: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in _SIGNS:
            written = _SIGNS[character]
        elif character.isspace():
            written = " "
        elif _ALLOWED.fullmatch(character):
            written = character
        else:
            _fail("formula.character", place, text=shorten(character))
        source.append(written)
        places.extend([place] * len(written))
    places.append(len(text))
    return "".join(source), places


# Possessive, so that 2e3 is one number and never a 2 before a name.
_JUXTAPOSED = re.compile(
    r"(?<![A-Za-z0-9_.])(?:\d++\.?+\d*+|\.\d++)(?:[eE][+-]?\d++)?+(?=\s*+[A-Za-z_(])"
)


def _parse(source: str, text: str, places: list[int]) -> ast.expr:
    juxtaposed = _JUXTAPOSED.search(source)
    if juxtaposed is not None:
        _fail("formula.missing_sign", places[juxtaposed.start()], text=juxtaposed.group())
    blanks = len(source) - len(source.lstrip())
    try:
        tree = ast.parse(source.lstrip(), mode="eval")
    except SyntaxError as error:
        if not error.offset:
            _fail("formula.ends_early", len(text.rstrip()))
        offset = min(max(error.offset - 1 + blanks, 0), len(places) - 1)
        _fail("formula.syntax", places[offset], text=shorten(text[places[offset] :], 24))
    except (RecursionError, MemoryError, ValueError, OverflowError):
        _fail("formula.too_deep", 0, limit=MAX_DEPTH)
    del places[:blanks]
    return tree.body


def _fail(code: str, position: int, **fields: object) -> NoReturn:
    raise FormulaError(code, position=position, place=position + 1, **fields) from None


def _literal(node: ast.AST) -> float | None:
    """The number that a node writes, a minus before it included; None for anything else."""
    sign = 1.0
    while isinstance(node, ast.UnaryOp):
        sign = -sign if isinstance(node.op, ast.USub) else sign
        node = node.operand
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return sign * float(node.value)
    return None


def _scalar(number: Any) -> Any:
    """A tensor without dimensions: unlike Python's floats it overflows to inf, not to an error."""
    import torch

    return torch.as_tensor(number, dtype=torch.float64)


def _add(left: Any, right: Any) -> Any:
    return left + right


def _subtract(left: Any, right: Any) -> Any:
    return left - right


def _multiply(left: Any, right: Any) -> Any:
    return left * right


def _divide(left: Any, right: Any) -> Any:
    return left / right
