"""Descent: many racers in one batched call, and contour lines."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import torch

from engine.descent.maps.landscape import LandscapeSpec, landscape
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces.registry import SURFACES
from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS
from tests.bench.table import Row

SAMPLE = 6  # starts that torch.optim really runs


def measure() -> list[Row]:
    return [*measure_race(), measure_contours()]


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
