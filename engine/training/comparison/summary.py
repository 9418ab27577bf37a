"""The best and the last value of a metric, with their steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.training.comparison import metrics
from engine.training.comparison.recording import Floats, RecordedRun, Series
from engine.training.comparison.smoothing import smooth_parts


@dataclass(frozen=True)
class Measured:
    """A value and the step at which it was measured, in that phase of the schedule."""

    value: float
    step: int
    phase: str


@dataclass(frozen=True)
class Summary:
    """Of one metric in one run; None where it was never measured, or no value is better."""

    best: Measured | None = None
    last: Measured | None = None


@lru_cache(maxsize=64)  # the curve, the table and the verdict ask for the same
def read_values(series: Series, metric: str, smoothing: float) -> Floats:
    """The values (N,) that a metric is read by: losses smoothed, all others as measured."""
    if metrics.is_loss(metric):
        return smooth_parts(series.values, series.phases, smoothing)
    return series.values


def summarize(
    run: RecordedRun, metric: str, smoothing: float, *, until: int | None = None
) -> Summary:
    """The best and the last value that a run has of a metric.

    Args:
        smoothing: of losses, whose single batches say little: both are of the smoothed curve.
        until: a step behind which nothing counts; None for all.

    The best value is that of the newest phase that has the metric: each phase of the
    alternating schedule trains other nets, and their totals add up other losses.
    """
    series = run.series.get(metric)
    if series is None:
        return Summary()
    values = read_values(series, metric, smoothing)
    counts = np.isfinite(values)
    if until is not None:
        counts &= series.steps <= until
    places = np.flatnonzero(counts)
    if not len(places):
        return Summary()

    def measured(place: int) -> Measured:
        phase = run.phases[int(series.phases[place])]
        return Measured(float(values[place]), int(series.steps[place]), phase)

    best = None
    if way := metrics.better(metric):
        newest = series.phases[places] == series.phases[places[-1]]
        choose = np.argmin if way == "lower" else np.argmax
        places = places[newest]
        best = measured(int(places[int(choose(values[places]))]))
    return Summary(best, measured(int(places[-1])))
