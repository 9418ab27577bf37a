"""Descent: whole maps in one batched call against torch.optim one start at a time."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import torch

from engine.descent.maps.basins import BasinSpec, basins
from engine.descent.maps.landscape import LandscapeSpec, landscape
from engine.descent.maps.sweep import Axis, SweepSpec, sweep
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces.registry import SURFACES
from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS
from tests.bench.table import Row

SAMPLE = 6  # starts that torch.optim really runs
COUNTS = [19_825, 16_294, 15_647, 13_770]


def measure() -> list[Row]:
    return [*measure_basins(), measure_sweep(), *measure_race(), measure_contours()]


def timed(work: Callable[[], object], *, repeat: int = 1) -> float:
    """The shortest of some runs, in seconds."""
    spans = []
    for _ in range(repeat):
        began = time.perf_counter()
        work()
        spans.append(time.perf_counter() - began)
    return min(spans)


def one_at_a_time(surface: str, *, rate: float, steps: int) -> float:
    """Seconds a start takes by torch.optim.SGD alone, from a sample."""
    loss = SURFACES[surface].loss
    generator = torch.Generator().manual_seed(0)

    def run() -> None:
        for start in torch.rand(SAMPLE, 2, generator=generator, dtype=torch.float64) * 12 - 6:
            point = start.clone().requires_grad_()
            twin = torch.optim.SGD([point], lr=rate, momentum=0.9)
            for _ in range(steps):
                twin.zero_grad()
                loss(point[0], point[1]).backward()
                twin.step()

    return timed(run) / SAMPLE


def measure_basins() -> list[Row]:
    spec = BasinSpec(racer=Racer("momentum", {"lr": 1e-3}), size=256, steps=200)
    *_, drawn = basins(spec, coarse=False)
    counts = [int((drawn.label == index).sum()) for index in range(4)]
    assert counts == COUNTS, counts
    alone = one_at_a_time("himmelblau", rate=1e-3, steps=200) * 256 * 256
    together = timed(lambda: list(basins(spec, coarse=False)), repeat=3)
    first = timed(lambda: next(frame for frame in basins(spec) if frame.label.size), repeat=3)
    note = f"{together:.2f} s; the labels are the known ones"
    return [
        Row("Basins, 256x256 starts x 200 steps, against torch.optim one start at a time",
            alone / together, "x", 5000, at_least=True, note=note),
        Row("Basins: the first coarse map", first * 1000, "ms", 125),
    ]  # fmt: skip


def measure_sweep() -> Row:
    spec = SweepSpec(
        lr=Axis(1e-4, 0.07, 200, logarithmic=True), momentum=Axis(0, 0.95, 200), steps=300
    )
    alone = one_at_a_time("quadratic", rate=1e-3, steps=300) * 200 * 200
    together = timed(lambda: list(sweep(spec)), repeat=3)
    return Row("Stability map, 200x200 x 300 steps, against one run at a time",
               alone / together, "x", 1000, at_least=True, note=f"{together:.2f} s")  # fmt: skip


def measure_race() -> list[Row]:
    racers = tuple(
        Racer(optimizer.name, starts=200) for optimizer in OPTIMIZERS.values() if optimizer.batched
    )
    spec = RaceSpec(surface="himmelblau", racers=racers, steps=200)
    spans = []
    for _ in range(3):
        began, worked = time.perf_counter(), time.process_time()
        for _ in race(spec):
            pass
        spans.append((time.perf_counter() - began, time.process_time() - worked))
    note = f"{200 * len(racers)} trails"
    return [
        Row("Every batched optimizer x 200 starts racing", 200 / min(spans)[0], "steps/s", 200,
            at_least=True, note=note),
        Row("the same by the processor's own time", 200 / min(work for _, work in spans),
            "steps/s", note=note),
    ]  # fmt: skip


def measure_contours() -> Row:
    """Tracing only: drawing the lines is the window's."""
    from pyqtgraph.functions import isocurve

    *_, drawn = landscape(LandscapeSpec("himmelblau", size=(512, 512)))
    from engine.landscape import trace_contours

    levels = np.linspace(*np.quantile(drawn.loss, [0.02, 0.98]), 20)
    ours = timed(lambda: trace_contours(drawn.x, drawn.y, drawn.loss, levels), repeat=3)
    theirs = timed(lambda: [isocurve(drawn.loss, level, connected=True) for level in levels])
    return Row("Contours of a 512x512 map, 20 levels, against pyqtgraph's isocurve",
               theirs / ours, "x", 20, at_least=True, note=f"{ours * 1000:.0f} ms")  # fmt: skip
