"""Machine code of a step: blocks of points, within them the steps, within them the lines.

A block's points stay in the cache and are computed several at once by the processor's vector
units. What is the same for all points (Adam's beta^t, the rate of the step) is computed once a
step and read from a table. The code is built instruction by instruction for LLVM: no text of
anybody is read, and nothing is loaded from a disk.
"""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass
from typing import Any

import llvmlite.binding as llvm
from llvmlite import ir

from engine.descent.compiled.instructions import (
    DOUBLE,
    INTEGER,
    POINTER,
    ZERO,
    arguments_of,
    as_double,
    compute,
    integer,
    loop,
    place_of,
    read,
    room_for,
    value_of,
    write,
)
from engine.descent.compiled.trace import PLACE, Line, Step

BLOCK = 64  # points
SPEED_LEVEL = 3  # LLVM's -O3

# Of (constants, table, steps).
PREPARE = ir.FunctionType(ir.VoidType(), [POINTER, POINTER, INTEGER])
# Of (points, state, their count, table, steps, paths).
FOLLOW = ir.FunctionType(ir.VoidType(), [POINTER, POINTER, INTEGER, POINTER, INTEGER, POINTER])
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


def build_path(plan: Plan) -> ir.Module:
    """The functions `prepare` and `follow` (see `PathKernel`) of a plan without rows."""
    module = ir.Module("path")
    _build_prepare(plan, ir.Function(module, PREPARE, "prepare"))
    _build_follow(plan, ir.Function(module, FOLLOW, "follow"))
    return module


@dataclass(frozen=True)
class MachineCode:
    """Code for this processor: two addresses, good for as long as `engine` is kept.

    Attributes:
        prepare: of the function `prepare`.
        work: of the other function, `descend` or `follow`.
    """

    engine: Any
    prepare: int
    work: int


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
    addresses = [
        engine.get_function_address(function.name)
        for function in parsed.functions
        if not function.is_declaration
    ]
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
    constants, table, steps = arguments_of(function)
    build = ir.IRBuilder(function.append_basic_block())
    with loop(build, ZERO, steps) as step:
        values: dict[str, ir.Value] = {}
        row = build.mul(step, integer(len(plan.constants)))
        for place, name in enumerate(plan.constants):
            values[name] = read(build, constants, build.add(row, integer(place)))
        compute(build, plan.shared, values)
        row = build.mul(step, integer(len(plan.columns)))
        for place, name in enumerate(plan.columns):
            write(build, table, build.add(row, integer(place)), as_double(build, values[name]))
    build.ret_void()


def _build_descend(plan: Plan, function: ir.Function) -> None:
    arguments = arguments_of(function)
    points, state, rows, count, table, steps, minima, known, reach, every = arguments[:10]
    found, first, last = arguments[10:]
    build = ir.IRBuilder(function.append_basic_block())
    kept = (*PLACE, *plan.state, *plan.rows)  # the rows of `block`
    after = (*plan.step.point, *plan.step.state.values())
    block = room_for(build, DOUBLE, BLOCK * len(kept))
    distance = room_for(build, DOUBLE, BLOCK)
    near, since = (room_for(build, INTEGER, BLOCK) for _ in range(2))
    watch = _Watch(minima, known, reach, every, block, distance, near, since)
    arrays = [(points, len(PLACE)), (state, len(plan.state)), (rows, len(plan.rows))]
    places = [(array, row) for array, length in arrays for row in range(length)]
    watches = build.icmp_signed(">", watch.every, ZERO)
    with loop(build, first, last, BLOCK) as begin:
        with loop(build, ZERO, integer(BLOCK)) as i:
            # A block is always full: of the last point, where there are no more.
            n, end = build.add(begin, i), build.sub(last, integer(1))
            n = build.select(build.icmp_signed("<", n, end), n, end)
            write(build, since, i, integer(-1))
            for row, (array, its) in enumerate(places):
                value = read(build, array, place_of(build, its, count, n))
                write(build, block, build.add(integer(row * BLOCK), i), value)
        with loop(build, ZERO, steps) as step:
            rest = build.srem(step, build.select(watches, watch.every, integer(1)))
            looks = build.and_(watches, build.icmp_signed("==", rest, ZERO))
            with build.if_then(looks):
                _look(build, watch, step)
            values: dict[str, ir.Value] = {}
            place = build.mul(step, integer(len(plan.columns)))
            for column, name in enumerate(plan.columns):
                values[name] = read(build, table, build.add(place, integer(column)))
            with loop(build, ZERO, integer(BLOCK)) as i:
                own = dict(values)
                for row, name in enumerate(kept):
                    own[name] = read(build, block, build.add(integer(row * BLOCK), i))
                compute(build, plan.each, own)
                for row, part in enumerate(after):
                    value = as_double(build, value_of(own, part))
                    write(build, block, build.add(integer(row * BLOCK), i), value)
        with build.if_then(watches):
            _look(build, watch, steps)
        left = build.sub(last, begin)
        full = build.icmp_signed(">", left, integer(BLOCK))
        with loop(build, ZERO, build.select(full, integer(BLOCK), left)) as i:
            n = build.add(begin, i)
            with build.if_then(watches):
                for row, array in enumerate((near, since)):
                    write(
                        build, found, place_of(build, row, count, n), read(build, array, i, INTEGER)
                    )
            for row, (array, its) in enumerate(places[: len(after)]):
                value = read(build, block, build.add(integer(row * BLOCK), i))
                write(build, array, place_of(build, its, count, n), value)
    build.ret_void()


def _build_follow(plan: Plan, function: ir.Function) -> None:
    points, state, count, table, steps, paths = arguments_of(function)
    build = ir.IRBuilder(function.append_basic_block())
    names = (*PLACE, *plan.state)
    after = (*plan.step.point, *plan.step.state.values())
    arrays = [(points, len(PLACE)), (state, len(plan.state))]
    places = [(array, length, row) for array, length in arrays for row in range(length)]
    with loop(build, ZERO, count) as n, loop(build, ZERO, steps) as step:
        values: dict[str, ir.Value] = {}
        first = build.mul(step, integer(len(plan.columns)))
        for column, name in enumerate(plan.columns):
            values[name] = read(build, table, build.add(first, integer(column)))
        own = [
            (array, build.add(build.mul(n, integer(length)), integer(row)))
            for array, length, row in places
        ]
        for name, (array, place) in zip(names, own, strict=True):
            values[name] = read(build, array, place)
        compute(build, plan.each, values)
        made = [as_double(build, value_of(values, part)) for part in after]
        for value, (array, place) in zip(made, own, strict=True):
            write(build, array, place, value)
        first = build.mul(build.add(build.mul(n, steps), step), integer(len(PLACE)))
        for row, value in enumerate(made[: len(PLACE)]):
            write(build, paths, build.add(first, integer(row)), value)
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
    with loop(build, ZERO, integer(BLOCK)) as i:
        write(build, watch.distance, i, build.fmul(watch.reach, watch.reach))
        write(build, watch.near, i, integer(-1))
    with loop(build, ZERO, watch.count) as k:
        middle = [
            read(build, watch.minima, build.add(build.mul(k, integer(2)), integer(axis)))
            for axis in (0, 1)
        ]
        with loop(build, ZERO, integer(BLOCK)) as i:
            away = [
                build.fsub(read(build, watch.block, build.add(integer(axis * BLOCK), i)), at)
                for axis, at in enumerate(middle)
            ]
            new = build.fadd(*(build.fmul(part, part) for part in away))
            best = read(build, watch.distance, i)
            nearer = build.fcmp_ordered("<", new, best)
            write(build, watch.distance, i, build.select(nearer, new, best))
            near = build.select(nearer, k, read(build, watch.near, i, INTEGER))
            write(build, watch.near, i, near)
    with loop(build, ZERO, integer(BLOCK)) as i:
        since = read(build, watch.since, i, INTEGER)
        since = build.select(build.icmp_signed("<", since, ZERO), step, since)
        away = build.icmp_signed("<", read(build, watch.near, i, INTEGER), ZERO)
        write(build, watch.since, i, build.select(away, integer(-1), since))
