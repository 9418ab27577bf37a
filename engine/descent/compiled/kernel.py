"""Steps compiled by LLVM, kept for as long as the program runs.

A kernel belongs to a surface (or formula), a rule and which of the rule's hyper-parameters are
zero or switches; all other numbers are its arguments, so that no slider ever compiles. It is
compiled on a thread of its own: who asks goes on in torch, or waits.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from engine.descent.surfaces.surface import Surface
from engine.optimizers.base import Optimizer
from engine.thread_priority import work_in_background

if TYPE_CHECKING:
    from engine.descent.compiled.machine_code import Plan

Value = float | torch.Tensor

MOST_LINES = 1500  # of a step; beyond that the compiler takes longer than torch
WHOLE, NUMBER, ADDRESS = ctypes.c_int64, ctypes.c_double, ctypes.c_void_p
PREPARE = ctypes.CFUNCTYPE(None, ADDRESS, ADDRESS, WHOLE)
_kept: dict[tuple[Any, ...], Future[Any]] = {}
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Kernel:
    """A compiled step.

    Attributes:
        plan: what it was made of.
        code: what is kept for the two functions to live.
        prepare, descend: as `machine_code.PREPARE` and `DESCEND` say; while they run others may.
    """

    plan: Plan
    code: Any
    prepare: Callable[..., None]
    descend: Callable[..., None]


@dataclass(frozen=True)
class PathKernel:
    """A compiled step of points whose ways are kept.

    Attributes:
        plan, code, prepare: as in `Kernel`.
        follow: as `machine_code.FOLLOW` says; while it runs others may.
    """

    plan: Plan
    code: Any
    prepare: Callable[..., None]
    follow: Callable[..., None]


def kernel_of(
    surface: Surface, optimizer: Optimizer, hyper: Mapping[str, Value]
) -> Future[Kernel | None]:
    """The kernel of a step, or the promise of it; its result is None where torch must do.

    Args:
        hyper: every hyper-parameter, a number or (N, 1) float64.
    """
    return _promise(_compile, surface, optimizer, hyper)


def path_kernel_of(
    surface: Surface, optimizer: Optimizer, hyper: Mapping[str, float]
) -> Future[PathKernel | None]:
    """As `kernel_of`, of steps that are kept one by one."""
    return _promise(_compile_path, surface, optimizer, hyper)


def _promise(
    compile_step: Callable[..., Any],
    surface: Surface,
    optimizer: Optimizer,
    hyper: Mapping[str, Value],
) -> Future[Any]:
    numbers = {name: value for name, value in hyper.items() if not isinstance(value, torch.Tensor)}
    by_row = tuple(name for name in hyper if name not in numbers)
    flags = {each.name for each in (*optimizer.settings, *optimizer.fixed) if each.flag}
    fixed = {name: value for name, value in numbers.items() if name in flags or value == 0}
    key = (
        compile_step,
        surface.name,
        surface.formula,
        tuple(surface.parameters),
        optimizer.name,
        tuple(fixed.items()),
        by_row,
    )
    if key not in _kept:
        made: Future[Any] = Future()
        _kept[key] = made
        if surface.fit is not None or not optimizer.batched:  # a data set is no short formula
            made.set_result(None)
        else:
            free = tuple(name for name in hyper if name not in fixed)
            given = {**dict.fromkeys(by_row, 0.5), **numbers}
            work = (made, compile_step, surface, optimizer, given, free, by_row)
            threading.Thread(target=_fulfil, args=work, daemon=True, name="compiler").start()
    return _kept[key]


def _fulfil(made: Future[Any], compile_step: Callable[..., Any], *work: Any) -> None:
    with _one_at_a_time:
        try:
            made.set_result(compile_step(*work))
        except Exception:  # whatever it is, torch does the same work
            made.set_result(None)


def _planned(
    surface: Surface,
    optimizer: Optimizer,
    hyper: Mapping[str, float],
    free: tuple[str, ...],
    by_row: tuple[str, ...],
) -> Plan | None:
    """What is to be compiled; None where torch must do."""
    from engine.descent.compiled import machine_code
    from engine.descent.compiled.trace import NotTraceableError, trace_step

    try:
        step = trace_step(surface, optimizer, hyper, free)
    except NotTraceableError:
        return None
    if len(step.lines) > MOST_LINES:
        return None
    return machine_code.plan(step, tuple(f"hyper_{name}" for name in by_row))


def _compile(*given: Any) -> Kernel | None:
    from engine.descent.compiled import machine_code

    plan = _planned(*given)
    if plan is None:
        return None
    built = machine_code.build(plan)
    work_in_background()  # LLVM takes long, and does not hold the interpreter
    code = machine_code.assemble(built)
    if code is None:
        return None
    descend = ctypes.CFUNCTYPE(
        None,
        *(ADDRESS, ADDRESS, ADDRESS, WHOLE, ADDRESS, WHOLE, ADDRESS, WHOLE),
        *(NUMBER, WHOLE, ADDRESS, WHOLE, WHOLE),
    )
    return Kernel(plan, code, PREPARE(code.prepare), descend(code.work))


def _compile_path(*given: Any) -> PathKernel | None:
    from engine.descent.compiled import machine_code

    plan = _planned(*given)
    if plan is None:
        return None
    code = machine_code.assemble(machine_code.build_path(plan))
    if code is None:
        return None
    follow = ctypes.CFUNCTYPE(None, ADDRESS, ADDRESS, WHOLE, ADDRESS, WHOLE, ADDRESS)
    return PathKernel(plan, code, PREPARE(code.prepare), follow(code.work))
