"""How many frames a second long trails leave: every racer's, and playing them on."""

from __future__ import annotations

import os
import time

import numpy as np

from tests.bench.table import Row, percentile

POINTS, FRAMES, A_FRAME = 10_000, 120, 20
SIZE = (860, 500)


def paths(count: int) -> list[np.ndarray]:
    """(POINTS, 2) each: spirals into a minimum with some noise, as long races make them."""
    rng = np.random.default_rng(0)
    steps = np.arange(POINTS)
    radius = 5 * np.exp(-steps / 4000)
    found = []
    for racer in range(count):
        angle = steps * (0.02 + 0.002 * racer) + racer
        spiral = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
        found.append(spiral + rng.normal(0, 0.05, (POINTS, 2)))
    return found


def measure() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from engine.descent.maps.landscape import LandscapeSpec, landscape
    from engine.optimizers.registry import OPTIMIZERS, racer_style
    from gui import app as house
    from gui.landscape.head_markers import Head
    from gui.landscape.map_view import MapView

    application = house.build_application(["thalweg"])
    view = MapView("descent")
    view.resize(*SIZE)
    view.set_home((-6, 6, -6, 6))
    *_, drawn = landscape(LandscapeSpec("himmelblau", size=SIZE))
    view.show_landscape(drawn)
    view.show()
    trails = paths(len(OPTIMIZERS))
    looks = [racer_style(name) for name in OPTIMIZERS]
    view.set_racers(list(zip(OPTIMIZERS, looks, strict=True)))

    def show(count: int) -> tuple[float, float]:
        """Seconds and the processor's seconds until that many points are painted."""
        heads = [Head(look, *trail[count - 1]) for look, trail in zip(looks, trails, strict=True)]
        began, worked = time.perf_counter(), time.process_time()
        view.show_race(trails, count, heads)
        view.viewport().repaint()
        application.processEvents()
        return time.perf_counter() - began, time.process_time() - worked

    first = POINTS - FRAMES * A_FRAME
    show(first)
    spans = np.array([show(first + A_FRAME * frame) for frame in range(1, FRAMES + 1)])
    again = []
    for turn in range(1, 6):
        view.set_home((-6, 6 + 0.1 * turn, -6, 6))
        again.append(show(POINTS))
    note = f"{len(trails)} trails of {POINTS:,} points, {A_FRAME} new ones a frame"
    return [
        Row("Frames a second while long trails are played on", 1 / float(np.median(spans[:, 0])),
            "1/s", 30, at_least=True, note=note),
        Row("of it the processor's time a frame", 1000 * float(np.median(spans[:, 1])), "ms",
            1000 / 30, note=note),
        Row("a frame, p95", 1000 * percentile(spans[:, 0].tolist(), 95), "ms", note=note),
        Row("all trails drawn anew after a zoom, the processor's time",
            1000 * min(worked for _, worked in again), "ms", note="the older parts roughly"),
    ]  # fmt: skip
