"""Instructions for LLVM: loops and arrays, and every operation of a step's lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from llvmlite import ir

from engine.descent.compiled.operations import Number
from engine.descent.compiled.trace import Line

DOUBLE, SINGLE, TRUTH = ir.DoubleType(), ir.FloatType(), ir.IntType(1)
INTEGER, POINTER = ir.IntType(64), ir.PointerType()
ZERO = ir.Constant(INTEGER, 0)


def arguments_of(function: ir.Function) -> tuple[ir.Argument, ...]:
    for argument in function.args:
        if argument.type == POINTER:
            argument.add_attribute("noalias")  # so that loops may be vectorised
    return tuple(function.args)


@contextmanager
def loop(build: ir.IRBuilder, first: ir.Value, last: ir.Value, step: int = 1) -> Iterator[ir.Value]:
    """Instructions for every index from `first` up to, without, `last`."""
    before = build.block
    head, body, after = (build.append_basic_block() for _ in range(3))
    build.branch(head)
    build.position_at_end(head)
    index = build.phi(INTEGER)
    index.add_incoming(first, before)
    build.cbranch(build.icmp_signed("<", index, last), body, after)
    build.position_at_end(body)
    yield index
    index.add_incoming(build.add(index, integer(step)), build.block)
    build.branch(head)
    build.position_at_end(after)


def integer(number: int) -> ir.Constant:
    return ir.Constant(INTEGER, number)


def room_for(build: ir.IRBuilder, kind: ir.Type, length: int) -> ir.Value:
    """Room for numbers on the stack."""
    return build.bitcast(build.alloca(kind, integer(length)), POINTER)


def place_of(build: ir.IRBuilder, row: int, count: ir.Value, n: ir.Value) -> ir.Value:
    """The place of column n of a row of `count` numbers."""
    return build.add(build.mul(integer(row), count), n)


def read(build: ir.IRBuilder, array: ir.Value, place: ir.Value, kind: ir.Type = DOUBLE) -> ir.Value:
    return build.load(build.gep(array, [place], source_etype=kind), typ=kind)


def write(build: ir.IRBuilder, array: ir.Value, place: ir.Value, value: ir.Value) -> None:
    build.store(value, build.gep(array, [place], source_etype=value.type))


def compute(build: ir.IRBuilder, lines: tuple[Line, ...], values: dict[str, ir.Value]) -> None:
    """Compute lines, adding their results to `values`."""
    for line in lines:
        parts = (value_of(values, part) for part in line.parts)
        values[line.result] = BUILT[line.operation](build, *parts)


def value_of(values: dict[str, ir.Value], part: Number) -> ir.Value:
    return values[part] if isinstance(part, str) else ir.Constant(DOUBLE, part)


def as_double(build: ir.IRBuilder, value: ir.Value) -> ir.Value:
    """In double precision; of a truth 1 or 0."""
    if value.type == TRUTH:
        return build.uitofp(value, DOUBLE)
    return build.fpext(value, DOUBLE) if value.type == SINGLE else value


def _truth(build: ir.IRBuilder, value: ir.Value) -> ir.Value:
    if value.type == TRUTH:
        return value
    return build.fcmp_unordered("!=", value, ir.Constant(value.type, 0.0))


def _alike(build: ir.IRBuilder, *values: ir.Value) -> list[ir.Value]:
    """All in single precision where all are, else in double."""
    if all(value.type == SINGLE for value in values):
        return list(values)
    return [as_double(build, value) for value in values]


def _plain(name: str) -> Callable[..., ir.Value]:
    """An instruction, such as a sum."""

    def built(build: ir.IRBuilder, *values: ir.Value) -> ir.Value:
        return getattr(build, name)(*_alike(build, *values))

    return built


def _intrinsic(name: str) -> Callable[..., ir.Value]:
    """What LLVM knows by name: an instruction, or a call of C's library that has no effect."""

    def built(build: ir.IRBuilder, *values: ir.Value) -> ir.Value:
        alike = _alike(build, *values)
        declared = build.module.declare_intrinsic(f"llvm.{name}", [alike[0].type])
        if len(alike) > 1:
            kinds = [value.type for value in alike]
            kind = ir.FunctionType(kinds[0], kinds)
            declared = build.module.declare_intrinsic(f"llvm.{name}", kinds[:1], kind)
        return build.call(declared, alike)

    return built


def _compared(sign: str) -> Callable[..., ir.Value]:
    """A comparison; with NaN only != holds."""

    def built(build: ir.IRBuilder, *values: ir.Value) -> ir.Value:
        compare = build.fcmp_unordered if sign == "!=" else build.fcmp_ordered
        return compare(sign, *_alike(build, *values))

    return built


def _extreme(sign: str) -> Callable[..., ir.Value]:
    """The larger or the smaller; NaN if either is."""

    def built(build: ir.IRBuilder, *values: ir.Value) -> ir.Value:
        one, other = _alike(build, *values)
        chosen = build.or_(
            build.fcmp_ordered(sign, one, other), build.fcmp_unordered("uno", one, one)
        )
        return build.select(chosen, one, other)

    return built


def _sign(build: ir.IRBuilder, value: ir.Value) -> ir.Value:
    """Of NaN 0, as torch has it."""
    (value,) = _alike(build, value)
    none, one, minus = (ir.Constant(value.type, number) for number in (0.0, 1.0, -1.0))
    below = build.select(build.fcmp_ordered("<", value, none), minus, none)
    return build.select(build.fcmp_ordered(">", value, none), one, below)


def _where(build: ir.IRBuilder, asked: ir.Value, *values: ir.Value) -> ir.Value:
    return build.select(_truth(build, asked), *_alike(build, *values))


def _logical(name: str) -> Callable[..., ir.Value]:
    def built(build: ir.IRBuilder, *values: ir.Value) -> ir.Value:
        return getattr(build, name)(*(_truth(build, value) for value in values))

    return built


def _single(build: ir.IRBuilder, value: ir.Value) -> ir.Value:
    return value if value.type == SINGLE else build.fptrunc(as_double(build, value), SINGLE)


BUILT: dict[str, Callable[..., ir.Value]] = {
    "add": _plain("fadd"),
    "subtract": _plain("fsub"),
    "multiply": _plain("fmul"),
    "divide": _plain("fdiv"),
    "negative": _plain("fneg"),
    "power": _intrinsic("pow"),
    "sqrt": _intrinsic("sqrt"),
    "exp": _intrinsic("exp"),
    "log": _intrinsic("log"),
    "log2": _intrinsic("log2"),
    "log10": _intrinsic("log10"),
    "sin": _intrinsic("sin"),
    "cos": _intrinsic("cos"),
    "tan": _intrinsic("tan"),
    "asin": _intrinsic("asin"),
    "acos": _intrinsic("acos"),
    "atan": _intrinsic("atan"),
    "atan2": _intrinsic("atan2"),
    "sinh": _intrinsic("sinh"),
    "cosh": _intrinsic("cosh"),
    "tanh": _intrinsic("tanh"),
    "floor": _intrinsic("floor"),
    "abs": _intrinsic("fabs"),
    "sign": _sign,
    "maximum": _extreme(">"),
    "minimum": _extreme("<"),
    "where": _where,
    "equal": _compared("=="),
    "unequal": _compared("!="),
    "less": _compared("<"),
    "less_equal": _compared("<="),
    "greater": _compared(">"),
    "greater_equal": _compared(">="),
    "both": _logical("and_"),
    "either": _logical("or_"),
    "not": _logical("not_"),
    "single": _single,
    "double": as_double,
}
