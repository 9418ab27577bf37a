"""Runs that differ only by their seed: one group, one mean curve with its band."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import takewhile
from typing import Literal

import numpy as np

from engine.training.comparison.recording import Floats, Ints, RecordedRun
from engine.training.comparison.settings import differing, without_seed
from engine.training.comparison.smoothing import part_starts
from engine.training.comparison.summary import read_values

Band = Literal["range", "deviation"]
BANDS: tuple[Band, ...] = ("range", "deviation")
_SEPARATORS = " -_.@"


@dataclass(frozen=True)
class Group:
    """Runs of one spec but for the seed.

    Attributes:
        title: what their names begin with, or the name of the only one.
        runs: their places among the runs that are compared.
    """

    title: str
    runs: tuple[int, ...]


@dataclass(frozen=True)
class Line:
    """One line of a plot.

    Attributes:
        steps: (N,) int64, rising.
        seconds: (N,) float64, training time up to each.
        values: (N,) float64.
        starts: the places at which a phase begins: the line is broken there.
    """

    steps: Ints
    seconds: Floats
    values: Floats
    starts: tuple[int, ...]


@dataclass(frozen=True)
class Curve:
    """How a group goes in one metric.

    Attributes:
        mean: of its runs as they are read (losses smoothed), at the steps that all of them
            have; of a single run its own.
        low, high: (N,) float64, the band around it; empty for a single run.
        raw: what was measured, a line a run.
    """

    mean: Line
    low: Floats
    high: Floats
    raw: tuple[Line, ...]


def find_groups(runs: Sequence[RecordedRun]) -> tuple[Group, ...]:
    """The groups, in the order of their first runs."""
    found: dict[object, list[int]] = {}
    for place, run in enumerate(runs):
        found.setdefault(without_seed(run.settings), []).append(place)
    members = list(found.values())
    titles = [_common_name([runs[place].name for place in places]) for places in members]
    return tuple(
        Group(_told_apart(place, titles, members, runs), tuple(places))
        for place, places in enumerate(members)
    )


def seeds(group: Group, runs: Sequence[RecordedRun]) -> tuple[int, ...]:
    """One run for each seed of a group, as places: the one that has come farthest."""
    kept: dict[int, int] = {}
    for place in group.runs:
        seed = runs[place].spec.seed
        if seed not in kept or runs[place].steps > runs[kept[seed]].steps:
            kept[seed] = place
    return tuple(kept.values())


def curve(runs: Sequence[RecordedRun], metric: str, *, smoothing: float, band: Band) -> Curve:
    """The curve of the runs of one group.

    Args:
        band: "range" from the least to the greatest run, or "deviation" the sample standard
            deviation of the runs on both sides of the mean.
    """
    raw, read = [], []
    for run in runs:
        series = run.series.get(metric)
        if series is None or not len(series.steps):
            continue
        starts = part_starts(series.phases)
        values = read_values(series, metric, smoothing)
        raw.append(Line(series.steps, series.seconds, series.values, starts))
        read.append(Line(series.steps, series.seconds, values, starts))
    empty = np.empty(0)
    if not read or (len(runs) > 1 and len(read) < len(runs)):
        nothing = Line(np.empty(0, dtype=np.int64), empty, empty, ())
        return Curve(nothing, empty, empty, tuple(raw))
    if len(read) == 1:
        return Curve(read[0], empty, empty, tuple(raw))
    steps = reduce(np.intersect1d, [line.steps for line in read])
    places = [np.searchsorted(line.steps, steps) for line in read]
    values = np.stack([line.values[at] for line, at in zip(read, places, strict=True)])
    seconds = np.stack([line.seconds[at] for line, at in zip(read, places, strict=True)])
    kept = np.isfinite(values).all(0)
    steps, values, seconds = steps[kept], values[:, kept], seconds[:, kept]
    mean = values.mean(0)
    if band == "range":
        low, high = values.min(0), values.max(0)
    else:
        spread = values.std(0, ddof=1)
        low, high = mean - spread, mean + spread
    phases = _phases_at(read[0], steps)
    return Curve(Line(steps, seconds.mean(0), mean, part_starts(phases)), low, high, tuple(raw))


def _phases_at(line: Line, steps: Ints) -> Ints:
    """Which phase of a line each step (N,) lies in, as a number."""
    begins = line.steps[list(line.starts)]
    result: Ints = np.searchsorted(begins, steps, side="right")
    return result


def _common_name(names: Sequence[str]) -> str:
    """What names begin with, up to a separator; the first one where that is nothing."""
    if len(names) == 1:
        return names[0]
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    prefix = "".join(letters[0] for letters in alike)
    if not all(name == prefix or name[len(prefix)] in _SEPARATORS for name in names):
        prefix = re.sub(rf"[^{re.escape(_SEPARATORS)}]*$", "", prefix)
    return prefix.rstrip(_SEPARATORS) or names[0]


def _told_apart(
    place: int, titles: Sequence[str], members: Sequence[list[int]], runs: Sequence[RecordedRun]
) -> str:
    """A group's title; where another has the same, with the settings that tell them apart."""
    same = [other for other, title in enumerate(titles) if title == titles[place]]
    if len(same) == 1:
        return titles[place]
    tables = [runs[members[other][0]].settings for other in same]
    mine = runs[members[place][0]].settings
    for name in differing(tables):
        values = [table.get(name, "") for table in tables]
        if len(set(values)) == len(values):
            return f"{titles[place]}, {name} {mine.get(name) or 'default'}"
    return runs[members[place][0]].name
