"""Machine code of a step: blocks of points, within them the steps, within them the lines.

A block's points stay in the cache and are computed several at once by the processor's vector
units. What is the same for all points (Adam's beta^t, the rate of the step) is computed once a
step and read from a table. The code is built instruction by instruction for LLVM: no text of
anybody is read, and nothing is loaded from a disk.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import llvmlite.binding as llvm
from llvmlite import ir

from engine.descent.compiled.operations import Number
from engine.descent.compiled.trace import PLACE, Line, Step

BLOCK = 64  # points
SPEED_LEVEL = 3  # LLVM's -O3

DOUBLE, SINGLE, TRUTH = ir.DoubleType(), ir.FloatType(), ir.IntType(1)
INTEGER, POINTER = ir.IntType(64), ir.PointerType()
ZERO = ir.Constant(INTEGER, 0)

# Of (constants, table, steps).
PREPARE = ir.FunctionType(ir.VoidType(), [POINTER, POINTER, INTEGER])
# Of (points, state, rows, their count, table, steps, minima, their count, reach, every, found,
# first, last): the last two say which of the points.
DESCEND = ir.FunctionType(
    ir.VoidType(),
    [
        *(POINTER, POINTER, POINTER, INTEGER, POINTER, INTEGER, POINTER, INTEGER),
        *(DOUBLE, INTEGER, POINTER, INTEGER, INTEGER),
    ],
)


@dataclass(frozen=True)
class Plan:
    """A step and what of it lies where.

    Attributes:
        step: the step.
        constants: the columns of `constants` (T, C), a row a step.
        rows: constants that differ from point to point, the rows of `rows` (R, N).
        state: the rows of `state` (S, N).
        shared, each: the lines that are the same for all points, and the others.
        columns: the numbers of a step that `prepare` writes into `table` (T, K).
    """

    step: Step
    constants: tuple[str, ...]
    rows: tuple[str, ...]
    state: tuple[str, ...]
    shared: tuple[Line, ...]
    each: tuple[Line, ...]
    columns: tuple[str, ...]


def plan(step: Step, by_row: tuple[str, ...]) -> Plan:
    """What is computed once a step and what for each point.

    Args:
        by_row: constants of the step that differ from point to point.
    """
    rows = tuple(name for name in by_row if name in step.constants)
    constants = tuple(name for name in step.constants if name not in rows)
    varying = {*PLACE, *step.state, *rows}
    shared, each = [], []
    for line in step.lines:
        # A number in single precision would lose its kind in the table.
        if line.operation == "single" or not varying.isdisjoint(line.parts):
            varying.add(line.result)
            each.append(line)
        else:
            shared.append(line)
    used = {part for line in each for part in line.parts}
    used |= {*step.point, *step.state.values()}
    made = (*constants, *(line.result for line in shared))
    columns = tuple(name for name in made if name in used)
    return Plan(step, constants, rows, tuple(step.state), tuple(shared), tuple(each), columns)


def build(plan: Plan) -> ir.Module:
    """The functions `prepare` and `descend` (see `Kernel`) of a plan."""
    module = ir.Module("step")
    _build_prepare(plan, ir.Function(module, PREPARE, "prepare"))
    _build_descend(plan, ir.Function(module, DESCEND, "descend"))
    return module


@dataclass(frozen=True)
class MachineCode:
    """Code for this processor: two addresses, good for as long as `engine` is kept."""

    engine: Any
    prepare: int
    descend: int


def assemble(module: ir.Module) -> MachineCode | None:
    """Compile for this processor; None where it lacks a function of C's library."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    parsed = llvm.parse_assembly(str(module))
    for function in parsed.functions:
        if function.is_declaration and not _bring(function.name.split(".")[1]):
            return None
    machine = llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=3
    )
    tuning = llvm.create_pipeline_tuning_options(speed_level=SPEED_LEVEL)
    tuning.loop_vectorization = tuning.slp_vectorization = True
    passes = llvm.create_pass_builder(machine, tuning)
    passes.getModulePassManager().run(parsed, passes)
    engine = llvm.create_mcjit_compiler(parsed, machine)
    engine.finalize_object()
    addresses = (engine.get_function_address(name) for name in ("prepare", "descend"))
    return MachineCode(engine, *addresses)


def _bring(name: str) -> bool:
    """Let code call a function of C's library, if that has it."""
    try:
        function = getattr(ctypes.CDLL(None if os.name == "posix" else "ucrtbase"), name)
    except AttributeError:
        return False
    llvm.add_symbol(name, ctypes.cast(function, ctypes.c_void_p).value)
    return True


def _build_prepare(plan: Plan, function: ir.Function) -> None:
    constants, table, steps = _arguments(function)
    build = ir.IRBuilder(function.append_basic_block())
    with _loop(build, ZERO, steps) as step:
        values: dict[str, ir.Value] = {}
        row = build.mul(step, _integer(len(plan.constants)))
        for place, name in enumerate(plan.constants):
            values[name] = _read(build, constants, build.add(row, _integer(place)))
        _lines(build, plan.shared, values)
        row = build.mul(step, _integer(len(plan.columns)))
        for place, name in enumerate(plan.columns):
            _write(build, table, build.add(row, _integer(place)), _number(build, values[name]))
    build.ret_void()


def _build_descend(plan: Plan, function: ir.Function) -> None:
    arguments = _arguments(function)
    points, state, rows, count, table, steps, minima, known, reach, every = arguments[:10]
    found, first, last = arguments[10:]
    build = ir.IRBuilder(function.append_basic_block())
    kept = (*PLACE, *plan.state, *plan.rows)  # the rows of `block`
    after = (*plan.step.point, *plan.step.state.values())
    block = _array(build, DOUBLE, BLOCK * len(kept))
    distance = _array(build, DOUBLE, BLOCK)
    near, since = (_array(build, INTEGER, BLOCK) for _ in range(2))
    watch = _Watch(minima, known, reach, every, block, distance, near, since)
    arrays = [(points, len(PLACE)), (state, len(plan.state)), (rows, len(plan.rows))]
    places = [(array, row) for array, length in arrays for row in range(length)]
    watches = build.icmp_signed(">", watch.every, ZERO)
    with _loop(build, first, last, BLOCK) as begin:
        with _loop(build, ZERO, _integer(BLOCK)) as i:
            # A block is always full: of the last point, where there are no more.
            n, end = build.add(begin, i), build.sub(last, _integer(1))
            n = build.select(build.icmp_signed("<", n, end), n, end)
            _write(build, since, i, _integer(-1))
            for row, (array, its) in enumerate(places):
                value = _read(build, array, _at(build, its, count, n))
                _write(build, block, build.add(_integer(row * BLOCK), i), value)
        with _loop(build, ZERO, steps) as step:
            rest = build.srem(step, build.select(watches, watch.every, _integer(1)))
            looks = build.and_(watches, build.icmp_signed("==", rest, ZERO))
            with build.if_then(looks):
                _look(build, watch, step)
            values: dict[str, ir.Value] = {}
            place = build.mul(step, _integer(len(plan.columns)))
            for column, name in enumerate(plan.columns):
                values[name] = _read(build, table, build.add(place, _integer(column)))
            with _loop(build, ZERO, _integer(BLOCK)) as i:
                own = dict(values)
                for row, name in enumerate(kept):
                    own[name] = _read(build, block, build.add(_integer(row * BLOCK), i))
                _lines(build, plan.each, own)
                for row, part in enumerate(after):
                    value = _number(build, _value(own, part))
                    _write(build, block, build.add(_integer(row * BLOCK), i), value)
        with build.if_then(watches):
            _look(build, watch, steps)
        left = build.sub(last, begin)
        full = build.icmp_signed(">", left, _integer(BLOCK))
        with _loop(build, ZERO, build.select(full, _integer(BLOCK), left)) as i:
            n = build.add(begin, i)
            with build.if_then(watches):
                for row, array in enumerate((near, since)):
                    _write(build, found, _at(build, row, count, n), _read(build, array, i, INTEGER))
            for row, (array, its) in enumerate(places[: len(after)]):
                value = _read(build, block, build.add(_integer(row * BLOCK), i))
                _write(build, array, _at(build, its, count, n), value)
    build.ret_void()


@dataclass(frozen=True)
class _Watch:
    """Who of a block is near which minimum, and since when: as `batched_descent` has it."""

    minima: ir.Value  # (count, 2)
    count: ir.Value
    reach: ir.Value
    every: ir.Value
    block: ir.Value
    distance: ir.Value  # (BLOCK,) squared
    near: ir.Value  # (BLOCK,) the minimum, -1 for none
    since: ir.Value  # (BLOCK,) the step, -1 for none


def _look(build: ir.IRBuilder, watch: _Watch, step: ir.Value) -> None:
    with _loop(build, ZERO, _integer(BLOCK)) as i:
        _write(build, watch.distance, i, build.fmul(watch.reach, watch.reach))
        _write(build, watch.near, i, _integer(-1))
    with _loop(build, ZERO, watch.count) as k:
        middle = [
            _read(build, watch.minima, build.add(build.mul(k, _integer(2)), _integer(axis)))
            for axis in (0, 1)
        ]
        with _loop(build, ZERO, _integer(BLOCK)) as i:
            away = [
                build.fsub(_read(build, watch.block, build.add(_integer(axis * BLOCK), i)), at)
                for axis, at in enumerate(middle)
            ]
            new = build.fadd(*(build.fmul(part, part) for part in away))
            best = _read(build, watch.distance, i)
            nearer = build.fcmp_ordered("<", new, best)
            _write(build, watch.distance, i, build.select(nearer, new, best))
            near = build.select(nearer, k, _read(build, watch.near, i, INTEGER))
            _write(build, watch.near, i, near)
    with _loop(build, ZERO, _integer(BLOCK)) as i:
        since = _read(build, watch.since, i, INTEGER)
        since = build.select(build.icmp_signed("<", since, ZERO), step, since)
        away = build.icmp_signed("<", _read(build, watch.near, i, INTEGER), ZERO)
        _write(build, watch.since, i, build.select(away, _integer(-1), since))


def _arguments(function: ir.Function) -> tuple[ir.Argument, ...]:
    for argument in function.args:
        if argument.type == POINTER:
            argument.add_attribute("noalias")  # so that loops may be vectorised
    return tuple(function.args)


@contextmanager
def _loop(
    build: ir.IRBuilder, first: ir.Value, last: ir.Value, step: int = 1
) -> Iterator[ir.Value]:
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
    index.add_incoming(build.add(index, _integer(step)), build.block)
    build.branch(head)
    build.position_at_end(after)


def _integer(number: int) -> ir.Constant:
    return ir.Constant(INTEGER, number)


def _array(build: ir.IRBuilder, kind: ir.Type, length: int) -> ir.Value:
    """Room for numbers on the stack."""
    return build.bitcast(build.alloca(kind, _integer(length)), POINTER)


def _at(build: ir.IRBuilder, row: int, count: ir.Value, n: ir.Value) -> ir.Value:
    """The place of column n of a row of `count` numbers."""
    return build.add(build.mul(_integer(row), count), n)


def _read(
    build: ir.IRBuilder, array: ir.Value, place: ir.Value, kind: ir.Type = DOUBLE
) -> ir.Value:
    return build.load(build.gep(array, [place], source_etype=kind), typ=kind)


def _write(build: ir.IRBuilder, array: ir.Value, place: ir.Value, value: ir.Value) -> None:
    build.store(value, build.gep(array, [place], source_etype=value.type))


# Lines


def _lines(build: ir.IRBuilder, lines: tuple[Line, ...], values: dict[str, ir.Value]) -> None:
    """Compute lines, adding their results to `values`."""
    for line in lines:
        parts = (_value(values, part) for part in line.parts)
        values[line.result] = BUILT[line.operation](build, *parts)


def _value(values: dict[str, ir.Value], part: Number) -> ir.Value:
    return values[part] if isinstance(part, str) else ir.Constant(DOUBLE, part)


def _number(build: ir.IRBuilder, value: ir.Value) -> ir.Value:
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
    return [_number(build, value) for value in values]


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
    return value if value.type == SINGLE else build.fptrunc(_number(build, value), SINGLE)


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
    "double": _number,
}
