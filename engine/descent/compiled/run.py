"""Many points descended by a compiled step, on two threads, in slices that let others in."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.descent.compiled.kernel import Kernel
from engine.thread_priority import work_in_background

THREADS = min(2, os.cpu_count() or 1)  # a model may work beside
SLICE_S = 0.02  # how long the threads work before others get a turn
FIRST_SLICE = 500_000  # steps of points in the first slice


def run(
    kernel: Kernel,
    points: NDArray[np.float64],
    state: Mapping[str, NDArray[np.float64]],
    constants: Mapping[str, float | NDArray[np.float64]],
    *,
    steps: int,
    minima: NDArray[np.float64],
    reach: float,
    every: int,
    found: NDArray[np.int64],
) -> Iterator[float]:
    """Descend in place; yields the share done about every `SLICE_S`.

    Args:
        points: (2, N), contiguous.
        state: of each array of the state its initial values, (N, K) or (1, K) for all alike.
        constants: of every constant of the step its value: one number, one a step (T,), or one
            a point (N, 1).
        minima, reach, every: as in `batched_descent`; `every` 0 for no arrivals.
        found: (2, N), filled: the minimum and the arrival of each, where `every` is not 0.
    """
    plan, count = kernel.plan, points.shape[1]
    rows = np.empty((len(plan.rows), count))
    for row, name in enumerate(plan.rows):
        rows[row] = np.asarray(constants[name])[:, 0]
    held = np.empty((len(plan.state), count))
    for row, name in enumerate(plan.state):
        array, _, place = name.rpartition("_")
        held[row] = state[array][:, int(place)]
    given = np.empty((steps, len(plan.constants)))
    for column, name in enumerate(plan.constants):
        given[:, column] = constants[name]
    table = np.empty((steps, len(plan.columns)))
    kernel.prepare(given.ctypes.data, table.ctypes.data, steps)
    one, two, three, steady, known, out = (
        array.ctypes.data for array in (points, held, rows, table, minima, found)
    )

    def work(first: int, last: int) -> None:
        kernel.descend(
            *(one, two, three, count, steady, steps, known, len(minima)),
            *(reach, every, out, first, last),
        )

    size, first = max(1, FIRST_SLICE // max(steps, 1)), 0
    with ThreadPoolExecutor(
        THREADS, thread_name_prefix="kernel", initializer=work_in_background
    ) as threads:
        while first < count:
            began, end = time.perf_counter(), min(first + size * THREADS, count)
            edges = [first + (end - first) * part // THREADS for part in range(THREADS + 1)]
            for done in [threads.submit(work, *ends) for ends in pairwise(edges)]:
                done.result()
            first = end
            taken = time.perf_counter() - began
            size = max(1, int(size * min(4.0, max(0.25, SLICE_S / max(taken, 1e-6)))))
            yield first / count
