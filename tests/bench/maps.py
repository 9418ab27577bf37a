"""Maps of many descents against what one would write instead: a vectorised or compiled loop."""

from __future__ import annotations

import statistics
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numba
import numpy as np
import torch
from numpy.typing import NDArray

from engine.descent.compiled.kernel import kernel_of
from engine.descent.maps import batched_descent
from engine.descent.maps.basins import BasinSpec, basins
from engine.descent.maps.batched_descent import Batch, Ended, descend
from engine.descent.maps.sweep import Axis, SweepSpec, sweep
from engine.descent.race.spec import hyper_of
from engine.descent.surfaces.registry import SURFACES
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer, rate_of
from tests.bench.descent import one_at_a_time, timed
from tests.bench.table import Row

COUNTS = [19_825, 16_294, 15_647, 13_770]
SIZE, STEPS, RATE, MOMENTUM = 256, 200, 1e-3, 0.9
ROUNDS = 5
TEN = ("rosenbrock", "himmelblau", "beale", "rastrigin", "booth", "matyas", "ackley", "easom",
       "six-hump-camel", "styblinski-tang")  # fmt: skip
Plane = NDArray[np.float64]


def measure() -> list[Row]:
    return [*measure_basins(), *measure_rules(), measure_sweep()]


@numba.njit(nogil=True, error_model="numpy")
def loop(x: Plane, y: Plane, first: int, last: int, steps: int, lr: float, mu: float) -> None:
    """Momentum on Himmelblau as one writes it for numba, in place."""
    for n in range(first, last):
        a, b, u, v = x[n], y[n], 0.0, 0.0
        for _ in range(steps):
            p, q = a * a + b - 11.0, a + b * b - 7.0
            u = mu * u + 4.0 * a * p + 2.0 * q
            v = mu * v + 2.0 * p + 4.0 * b * q
            a -= lr * u
            b -= lr * v
        x[n], y[n] = a, b


def by_numba(pool: ThreadPoolExecutor) -> Plane:
    x, y = starts()
    edges = np.linspace(0, len(x), 17).astype(int)
    work = [pool.submit(loop, x, y, *ends, STEPS, RATE, MOMENTUM) for ends in pairwise(edges)]
    for part in work:
        part.result()
    return np.stack([x, y], 1)


def by_numpy(pool: ThreadPoolExecutor) -> Plane:
    """The same vectorised by hand: blocks that stay in the cache, no new arrays, two threads."""
    x, y = starts()

    def block(first: int, last: int) -> None:
        a, b = x[first:last], y[first:last]
        p, q, s, u, v = (np.zeros(last - first) for _ in range(5))
        for _ in range(STEPS):
            np.multiply(a, a, out=p)
            p += b
            p -= 11.0
            np.multiply(b, b, out=q)
            q += a
            q -= 7.0
            u *= MOMENTUM
            np.multiply(a, p, out=s)
            s *= 2.0
            s += q
            s *= 2.0
            u += s
            v *= MOMENTUM
            np.multiply(b, q, out=s)
            s *= 2.0
            s += p
            s *= 2.0
            v += s
            np.multiply(u, RATE, out=s)
            a -= s
            np.multiply(v, RATE, out=s)
            b -= s

    with np.errstate(all="ignore"):
        edges = np.linspace(0, len(x), 17).astype(int)
        for part in [pool.submit(block, *ends) for ends in pairwise(edges)]:
            part.result()
    return np.stack([x, y], 1)


def starts() -> tuple[Plane, Plane]:
    axis = np.linspace(-6, 6, SIZE)
    x, y = np.meshgrid(axis, axis)
    return x.ravel().copy(), y.ravel().copy()


def measure_basins() -> list[Row]:
    spec = BasinSpec(racer=Racer("momentum", {"lr": RATE}), size=SIZE, steps=STEPS)
    *_, drawn = basins(spec, coarse=False)
    counts = [int((drawn.label == index).sum()) for index in range(4)]
    assert counts == COUNTS, counts
    ours, numpys, numbas = [], [], []
    with ThreadPoolExecutor(2) as pool:
        by_numba(pool)
        for _ in range(ROUNDS):  # in turn: the machine is shared
            ours.append(timed(lambda: list(basins(spec))))
            numpys.append(timed(lambda: by_numpy(pool)))
            numbas.append(timed(lambda: by_numba(pool)))
    alone = one_at_a_time("himmelblau", rate=RATE, steps=STEPS) * SIZE * SIZE
    one = f"{min(ours):.3f} s; one start at a time by torch.optim takes {alone / 60:.0f} minutes"
    what = "Basins, 256x256 starts x 200 steps of momentum, labels and arrivals included"
    return [
        Row(f"{what}, over a numba loop by hand", min(ours) / min(numbas), "x", 1.3, note=one),
        Row(f"{what}, over numpy by hand", min(numpys) / min(ours), "x faster", 1.7,
            at_least=True, note=f"numpy {min(numpys):.3f} s"),
    ]  # fmt: skip


def ended(work: Generator[float, None, Ended]) -> None:
    for _ in work:
        pass


def measure_rules() -> list[Row]:
    rows = []
    for name in ("adam", "rmsprop"):
        ratios = []
        for surface in (SURFACES[each] for each in TEN):
            rule = optimizers.find(name)
            hyper: dict[str, Any] = dict(hyper_of(Racer(name), surface))
            assert kernel_of(surface, rule, hyper).result() is not None
            x0, x1, y0, y1 = surface.domain
            axes = np.meshgrid(np.linspace(x0, x1, 128), np.linspace(y0, y1, 128))
            points = torch.from_numpy(np.stack([axis.ravel() for axis in axes])).T
            batch = Batch(surface, rule, points, hyper, 100, rate=rate_of(Racer(name)))
            ours = timed(lambda batch=batch: ended(descend(batch)), repeat=3)
            torchs = timed(
                lambda batch=batch: ended(batched_descent._descend_in_torch(batch)), repeat=2
            )
            ratios.append(torchs / ours)
        title = rule.title
        rows.append(
            Row(f"{title} compiled over {title} in torch, median of ten surfaces",
                statistics.median(ratios), "x", 4, at_least=True,
                note=f"128x128 starts x 100 steps; {min(ratios):.1f} to {max(ratios):.1f}")
        )  # fmt: skip
    return rows


def measure_sweep() -> Row:
    spec = SweepSpec(
        lr=Axis(1e-4, 0.07, 200, logarithmic=True), momentum=Axis(0, 0.95, 200), steps=300
    )
    list(sweep(spec))
    ours = timed(lambda: list(sweep(spec)), repeat=ROUNDS)
    kept = batched_descent.kernel_of
    try:
        batched_descent.kernel_of = _nobody
        torchs = timed(lambda: list(sweep(spec)), repeat=2)
    finally:
        batched_descent.kernel_of = kept
    return Row("Stability map, 200x200 x 300 steps, compiled over torch", torchs / ours, "x", 4,
               at_least=True, note=f"{ours:.3f} s")  # fmt: skip


def _nobody(*_step: object) -> Any:
    from concurrent.futures import Future

    promise: Future[None] = Future()
    promise.set_result(None)
    return promise
