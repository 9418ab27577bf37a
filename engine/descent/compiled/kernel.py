"""Steps compiled by numba, kept for as long as the program runs.

A kernel belongs to a surface (or formula), a rule and which of the rule's hyper-parameters are
zero or switches; all other numbers are its arguments, so that no slider ever compiles. It is
compiled on a thread of its own: who asks goes on in torch, or waits.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from engine.descent.compiled.source import Source, write
from engine.descent.surfaces.surface import Surface
from engine.optimizers.base import Optimizer

Value = float | torch.Tensor

MOST_LINES = 1500  # of a step; beyond that the compiler takes longer than torch
_kept: dict[tuple[Any, ...], Future[Kernel | None]] = {}
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Kernel:
    """A compiled step.

    Attributes:
        source: what it was made of.
        prepare, descend: as `Source.text` says.
    """

    source: Source
    prepare: Callable[..., None]
    descend: Callable[..., None]


def kernel_of(
    surface: Surface, optimizer: Optimizer, hyper: Mapping[str, Value]
) -> Future[Kernel | None]:
    """The kernel of a step, or the promise of it; its result is None where torch must do.

    Args:
        hyper: every hyper-parameter, a number or (N, 1) float64.
    """
    numbers = {name: value for name, value in hyper.items() if not isinstance(value, torch.Tensor)}
    by_row = tuple(name for name in hyper if name not in numbers)
    flags = {each.name for each in (*optimizer.settings, *optimizer.fixed) if each.flag}
    fixed = {name: value for name, value in numbers.items() if name in flags or value == 0}
    key = (
        surface.name,
        surface.formula,
        tuple(surface.parameters),
        optimizer.name,
        tuple(fixed.items()),
        by_row,
    )
    if key not in _kept:
        made: Future[Kernel | None] = Future()
        _kept[key] = made
        if surface.fit is not None or not optimizer.batched:  # a data set is no short formula
            made.set_result(None)
        else:
            free = tuple(name for name in hyper if name not in fixed)
            given = {**dict.fromkeys(by_row, 0.5), **numbers}
            work = (made, surface, optimizer, given, free, by_row)
            threading.Thread(target=_fulfil, args=work, daemon=True, name="compiler").start()
    return _kept[key]


def _fulfil(made: Future[Kernel | None], *work: Any) -> None:
    with _one_at_a_time:
        try:
            made.set_result(_compile(*work))
        except Exception:  # whatever it is, torch does the same work
            made.set_result(None)


def _compile(
    surface: Surface,
    optimizer: Optimizer,
    hyper: Mapping[str, float],
    free: tuple[str, ...],
    by_row: tuple[str, ...],
) -> Kernel | None:
    from engine.descent.compiled.trace import NotTraceableError, trace_step

    try:
        step = trace_step(surface, optimizer, hyper, free)
    except NotTraceableError:
        return None
    if len(step.lines) > MOST_LINES:
        return None
    source = write(step, tuple(f"hyper_{name}" for name in by_row))
    import numba
    from numba import float64, int64, void

    plane = float64[:, ::1]
    numbers = int64[:, ::1]
    signature = void(plane, plane, plane, plane, plane, float64, int64, numbers, int64, int64)
    jit: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
    prepare, descend = functions_of(source, numba.njit(**jit)(watch))
    return Kernel(
        source,
        numba.njit(void(plane, plane), **jit)(prepare),
        numba.njit(signature, **jit)(descend),
    )


def functions_of(
    source: Source, watch: Callable[..., None]
) -> tuple[Callable[..., None], Callable[..., None]]:
    """`prepare` and `descend` as Python has them, for numba to compile.

    The text is made of our own operations, names and numbers; nobody's typing is in it.
    """
    functions: dict[str, Any] = {"np": np, "watch": watch}
    exec(compile(source.text, "<compiled step>", "exec"), functions)
    return functions["prepare"], functions["descend"]


def watch(block: Any, found: Any, minima: Any, reach: float, step: int) -> None:
    """Who of a block is near which minimum, and since when: as `batched_descent` has it.

    Args:
        found: (2, n) int64, the minimum and the step; -1 for none.
    """
    for i in range(block.shape[1]):
        best = reach * reach
        found[0, i] = -1
        for k in range(minima.shape[0]):
            dx = block[0, i] - minima[k, 0]
            dy = block[1, i] - minima[k, 1]
            distance = dx * dx + dy * dy
            if distance < best:
                best = distance
                found[0, i] = k
        if found[0, i] < 0:
            found[1, i] = -1
        elif found[1, i] < 0:
            found[1, i] = step
