"""The user's own surface: a formula in x and y, read through an allow-list.

`formula_parser` makes a tree of the text as people type it; here the tree is
turned, node by node, into torch calls, and what is not on the list is refused.
Nothing of the text is ever evaluated.

Names: x, y, the constants, the functions and the user's own names win over
every other reading. A word of nothing but x, y, pi and e is their product (xy
is x*y), X and Y are x and y, sinx is sin(x). Every other word is a free name,
Python's own (lambda, is, in) too; Greek letters are names by their names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NoReturn

from engine.checks import Domain, check_domain, check_range
from engine.descent.surfaces.formula_parser import MAX_DEPTH, fail, read
from engine.descent.surfaces.formula_parser import MAX_LENGTH as MAX_LENGTH
from engine.descent.surfaces.formula_words import CONSTANTS, FUNCTIONS, spell
from engine.descent.surfaces.surface import FORMULA_DOMAIN, Parameter, Surface
from engine.errors import InputError, Note, note, shorten

if TYPE_CHECKING:
    import torch

    Values = Mapping[str, torch.Tensor | float]

MAX_FREE = 12  # names beside x and y; each has a slider
DEFAULT = 1.0  # of a free name
REACH = 10.0  # of its slider, to both sides of 0
LARGEST = 1e12
_TAKEN = {"x", "y", *CONSTANTS, *FUNCTIONS}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,23}", re.ASCII)

Evaluate = Callable[["Values"], Any]


class Formula:
    """A formula that was read: what it computes, and the names it leaves free.

    Args:
        text: the expression.
        parameters: names allowed beside x and y; None allows any and lists them in `free`.

    Attributes:
        text: as typed.
        plain: what was understood, with every sign written.
        notes: what is worth saying of it: what was read in another way than typed, and where
            the surface is flat.

    Raises:
        FormulaError: it cannot be read; `fields["position"]` is the character, from 0.
    """

    def __init__(self, text: str, parameters: tuple[str, ...] | None = ()) -> None:
        self.text = text
        self._parameters = parameters
        self._free: dict[str, int] = {}
        self._used: set[str] = set()  # of x and y
        reading = read(text, parameters or ())
        self.plain = reading.plain
        self._evaluate = self._read(reading.tree, 0)
        self.notes = (*reading.notes, *self._flat())
        if len(self._free) > MAX_FREE:
            name = self.free[MAX_FREE]
            fail("formula.too_many_names", self._free[name], text=name, limit=MAX_FREE)

    def _flat(self) -> tuple[Note, ...]:
        """Along which axes nothing changes, since the formula does not name them."""
        missing = [name for name in ("x", "y") if name not in self._used]
        if len(missing) == 2:
            return (note("formula.constant"),)
        flat = tuple(note("formula.flat", text=name) for name in missing)
        joined = [name for name in self.free if len(name) > 1 and name.endswith(tuple(missing))]
        return flat + tuple(
            note("formula.one_name", text=name, read=f"{name[:-1]}*{name[-1]}") for name in joined
        )

    @property
    def free(self) -> tuple[str, ...]:
        """Names beside x and y that the formula uses, in order of appearance."""
        return tuple(sorted(self._free, key=self._free.__getitem__))

    def __call__(
        self, x: torch.Tensor, y: torch.Tensor, /, **parameters: torch.Tensor | float
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
        self._used.add(name)
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
            first = self._power(left.left, left.right, depth + 1 if links else depth)
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

    def _power(self, left: ast.expr, right: ast.expr, depth: int) -> Evaluate:
        base = self._read(left, depth + 1)
        exponent = self._read(right, depth + 1)
        root = odd_root(right)
        if root is not None:
            return lambda values: _odd_power(base(values), *root)
        number = _literal(right)
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
        if name == "pow":
            return self._power(node.args[0], node.args[1], depth)
        arguments = [self._read(argument, depth + 1) for argument in node.args]

        def evaluate(values: Values) -> Any:
            import torch

            return getattr(torch, torch_name)(*(argument(values) for argument in arguments))

        return evaluate

    def _place(self, node: ast.AST) -> int:
        return int(getattr(node, "col_offset", 0))

    def _refuse(self, code: str, node: ast.AST, **fields: object) -> NoReturn:
        start, end = self._place(node), int(getattr(node, "end_col_offset", 0))
        fail(code, start, text=shorten(self.text[start:end], 24), **fields)


def formula_surface(
    text: str,
    domain: Domain = FORMULA_DOMAIN,
    *,
    parameters: Mapping[str, float] | None = None,
) -> Surface:
    """A surface from the user's formula.

    Args:
        text: an expression of x and y, as people type it.
        domain: x0, x1, y0, y1 of the view.
        parameters: further names that the formula may use, with their values.

    Raises:
        FormulaError: it cannot be read.
        InputError: the view is no area, or a parameter's name or value cannot be used.
    """
    check_domain(domain)
    values = {spell(name): value for name, value in (parameters or {}).items()}
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
        formula=formula.plain,
        expression=formula,
        domain=domain,
        minima=(),
        start=(x0 + 0.2 * (x1 - x0), y0 + 0.7 * (y1 - y0)),
        parameters={
            name: Parameter(DEFAULT, *range_of(values[name]), soft=True) for name in formula.free
        },
        values=values,
        surveyed=False,
        notes=formula.notes,
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


def odd_root(exponent: ast.AST) -> tuple[float, bool] | None:
    """Of a written p/q with odd q > 1 its value, and whether p is odd; else None.

    Such a power is real for every number, as in graphing programs: (-8)^(1/3) is -2.
    """
    value = _fraction(exponent)
    if value is None or value.denominator == 1 or value.denominator % 2 == 0:
        return None
    return float(value), value.numerator % 2 == 1


def _odd_power(base: Any, exponent: float, odd: bool) -> Any:
    """base^(p/q) with odd q: |base|^(p/q), with the sign of the base where p is odd."""
    import torch

    size = torch.abs(base) ** exponent
    return torch.sign(base).detach() * size if odd else size


def _fraction(node: ast.AST) -> Fraction | None:
    """The fraction that a node writes in whole numbers, signs included."""
    if isinstance(node, ast.UnaryOp):
        inner = _fraction(node.operand)
        return -inner if inner is not None and isinstance(node.op, ast.USub) else inner
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        over, under = _fraction(node.left), _fraction(node.right)
        return over / under if over is not None and under else None
    whole = isinstance(node, ast.Constant) and isinstance(node.value, int)
    return Fraction(node.value) if whole and abs(node.value) < 1000 else None  # type: ignore[attr-defined]


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
