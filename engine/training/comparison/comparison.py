"""The job that compares runs: what differs, how they go, what they came to."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InputError, ThalwegError
from engine.training.comparison import metrics
from engine.training.comparison.groups import Band, Curve, Group, curve, find_groups
from engine.training.comparison.recording import RecordedRun, RunReader
from engine.training.comparison.settings import differing
from engine.training.comparison.spread import (
    MOMENTS,
    Moment,
    Sample,
    Spread,
    compare_groups,
    group_samples,
)
from engine.training.comparison.summary import Summary, summarize


@dataclass(frozen=True)
class Choice:
    """What is looked at.

    Attributes:
        metric: its name; "" for the first that the runs have.
        smoothing: strength of the losses' moving average, 0 to below 1.
        band: what the band of a group is.
    """

    metric: str = ""
    smoothing: float = 0.9
    band: Band = "range"


@dataclass(frozen=True)
class Unreadable:
    """A folder that cannot be compared, and why."""

    path: Path
    error: ThalwegError


@dataclass(frozen=True)
class Reading:
    """So many of the folders are read."""

    done: int
    count: int


@dataclass(frozen=True)
class Comparison:
    """Runs beside each other in one metric.

    Attributes:
        choice: what is looked at, with the metric that is shown.
        runs: those that could be read.
        unreadable: the others.
        metrics: what at least one run has, in their order.
        differing: the settings that are not the same in all runs.
        groups: runs that differ only by seed.
        curves: one a group.
        summaries: one a run.
        samples: last and best values of the seeds, one a group.
        spreads: of the last and the best value, where there are exactly two groups and one
            of the metric's ways is better; else empty.
    """

    choice: Choice
    runs: tuple[RecordedRun, ...]
    unreadable: tuple[Unreadable, ...]
    metrics: tuple[str, ...]
    differing: tuple[str, ...]
    groups: tuple[Group, ...]
    curves: tuple[Curve, ...]
    summaries: tuple[Summary, ...]
    samples: tuple[Mapping[Moment, Sample], ...]
    spreads: tuple[Spread, ...]


class Comparer:
    """Keeps what was read of some folders, so that a look reads only what is new.

    Its jobs run on one lane, one after another.
    """

    def __init__(self, folders: Sequence[Path], before: Comparer | None = None) -> None:
        """Compare these folders; what the one before has read of them is not read again."""
        read: Sequence[RunReader] = () if before is None else before._readers
        known = {reader.path: reader for reader in read}
        paths = dict.fromkeys(Path(folder) for folder in folders)
        self._readers: list[RunReader] = [known.get(path) or RunReader(path) for path in paths]
        self._told: tuple[Choice, tuple[RecordedRun | None, ...]] | None = None

    def look(self, choice: Choice) -> Generator[Reading | Comparison, None, None]:
        """A job: read what is new and compare.

        Yields:
            how far the reading is, and the comparison last; that only where something is
            new or the choice is another one.
        """
        for done, reader in enumerate(self._readers):
            for _ in reader.read():
                yield Reading(done, len(self._readers))
        found = tuple(reader.run() for reader in self._readers)
        known = self._told
        if known is not None and known[0] == choice and _same(known[1], found):
            return
        self._told = (choice, found)
        unreadable = tuple(
            Unreadable(reader.path, reader.error)
            for reader in self._readers
            if reader.error is not None
        )
        yield compare([run for run in found if run is not None], choice, unreadable)


def _same(before: Sequence[object], now: Sequence[object]) -> bool:
    return all(a is b for a, b in zip(before, now, strict=True))


def compare(
    runs: Sequence[RecordedRun], choice: Choice, unreadable: Sequence[Unreadable] = ()
) -> Comparison:
    """Compare runs that have been read."""
    names = metrics.in_order(name for run in runs for name in run.series)
    metric = choice.metric if choice.metric in names else next(iter(names), "")
    groups = find_groups(runs)
    return Comparison(
        choice=Choice(metric, choice.smoothing, choice.band),
        runs=tuple(runs),
        unreadable=tuple(unreadable),
        metrics=names,
        differing=differing([run.settings for run in runs]),
        groups=groups,
        curves=tuple(
            curve(
                [runs[place] for place in group.runs],
                metric,
                smoothing=choice.smoothing,
                band=choice.band,
            )
            for group in groups
        ),
        summaries=tuple(summarize(run, metric, choice.smoothing) for run in runs),
        samples=tuple(group_samples(group, runs, metric, choice.smoothing) for group in groups),
        spreads=judge_metric(runs, groups, metric, choice.smoothing),
    )


def judge_metric(
    runs: Sequence[RecordedRun], groups: Sequence[Group], metric: str, smoothing: float
) -> tuple[Spread, ...]:
    """The last and the best value of two groups; nothing where there are not two."""
    measured = any(metric in run.series for run in runs)
    if len(groups) != 2 or not metrics.better(metric) or not measured:
        return ()
    return tuple(
        compare_groups(groups[0], groups[1], runs, metric, moment, smoothing) for moment in MOMENTS
    )


def check_metric(name: str, known: Sequence[str]) -> None:
    """Whether the runs have a metric.

    Raises:
        InputError: they have not.
    """
    if name not in known:
        raise InputError("value.unknown_name", kind="Metric", value=name, known=", ".join(known))
