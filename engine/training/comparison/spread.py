"""Whether two groups of runs differ by more than their seeds do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.training.comparison import metrics
from engine.training.comparison.groups import Group, seeds
from engine.training.comparison.recording import RecordedRun
from engine.training.comparison.summary import summarize

LEAST_SEEDS = 3
CONFIDENCE = 0.95
Verdict = Literal["first", "second", "none", "too_few", "other_losses"]
Moment = Literal["last", "best"]
MOMENTS: tuple[Moment, ...] = ("last", "best")


@dataclass(frozen=True)
class Sample:
    """A metric over the seeds of one group.

    Attributes:
        values: one a seed.
        step: nothing behind this step counts: the last that all of its runs have measured at.
    """

    values: tuple[float, ...]
    step: int = 0

    @property
    def mean(self) -> float:
        return math.fsum(self.values) / len(self.values) if self.values else math.nan

    @property
    def deviation(self) -> float:
        """The sample standard deviation, over n - 1; NaN of a single value."""
        count = len(self.values)
        if count < 2:
            return math.nan
        mean = self.mean
        return math.sqrt(math.fsum((value - mean) ** 2 for value in self.values) / (count - 1))


@dataclass(frozen=True)
class Spread:
    """Two groups in one metric.

    Attributes:
        metric: its name.
        moment: which value of each run: the "last" or the "best".
        first, second: the two samples.
        difference: mean of the first less mean of the second.
        margin: half the width of the difference's 95 % confidence interval, by Welch; NaN
            where a sample has fewer than two values.
        verdict: "first" or "second" is better, where each side has `LEAST_SEEDS` seeds, every
            run of it is better than every run of the other, and zero lies outside the
            interval; "none": the seeds alone may give that difference; "too_few" seeds;
            "other_losses": the totals add up different losses and do not compare.
    """

    metric: str
    moment: Moment
    first: Sample
    second: Sample
    difference: float
    margin: float
    verdict: Verdict


def group_samples(
    group: Group, runs: Sequence[RecordedRun], metric: str, smoothing: float
) -> dict[Moment, Sample]:
    """The last and the best values of a group, one a seed."""
    return {moment: sample(group, runs, metric, moment, smoothing) for moment in MOMENTS}


def compare_groups(
    first: Group,
    second: Group,
    runs: Sequence[RecordedRun],
    metric: str,
    moment: Moment,
    smoothing: float,
) -> Spread:
    """Judge two groups, one run a seed."""
    samples = [sample(group, runs, metric, moment, smoothing) for group in (first, second)]
    phases = [set(runs[group.runs[0]].phases) for group in (first, second)]
    comparable = metric != metrics.TOTAL or phases[0] == phases[1]
    return judge(metric, moment, *samples, comparable=comparable)


def judge(
    metric: str, moment: Moment, first: Sample, second: Sample, *, comparable: bool = True
) -> Spread:
    """Say which sample is better, or why that cannot be said."""
    difference = first.mean - second.mean
    margin = welch_margin(first, second)
    verdict: Verdict = "none"
    if not comparable:
        verdict = "other_losses"
    elif min(len(first.values), len(second.values)) < LEAST_SEEDS:
        verdict = "too_few"
    elif abs(difference) > margin:
        above = min(first.values) > max(second.values)
        below = max(first.values) < min(second.values)
        higher_is_better = metrics.better(metric) == "higher"
        if above or below:
            verdict = "first" if above == higher_is_better else "second"
    return Spread(metric, moment, first, second, difference, margin, verdict)


def welch_margin(first: Sample, second: Sample) -> float:
    """Half the width of the 95 % confidence interval of the difference of two means.

    Source: Welch 1947, with Satterthwaite's degrees of freedom.
    """
    if min(len(first.values), len(second.values)) < 2:
        return math.nan
    errors = [sample.deviation**2 / len(sample.values) for sample in (first, second)]
    total = math.fsum(errors)
    if total == 0:
        return 0.0
    # As shares: squares of small errors vanish.
    freedom = 1 / math.fsum(
        (error / total) ** 2 / (len(sample.values) - 1)
        for error, sample in zip(errors, (first, second), strict=True)
    )
    return t_quantile(0.5 + CONFIDENCE / 2, freedom) * math.sqrt(total)


def t_quantile(probability: float, freedom: float) -> float:
    """Where Student's t distribution has so much of its mass below.

    With t = sqrt(freedom) tan(angle) the density is that of cos(angle) ** (freedom - 1), which
    is smooth and ends at a right angle.

    Args:
        probability: from 1/2 to below 1.
        freedom: degrees of freedom, at least 1; any number, as Satterthwaite gives it.
    """
    nodes, weights = np.polynomial.legendre.leggauss(80)
    half = math.exp(math.lgamma(freedom / 2) - math.lgamma((freedom + 1) / 2))
    half *= math.sqrt(math.pi) / 2  # the integral up to a right angle

    def share(angle: float) -> float:
        """Of the mass above the median, what lies below the angle."""
        places = np.cos((nodes + 1) * angle / 2) ** (freedom - 1)
        return float(weights @ places) * angle / 2 / half

    low, high = 0.0, math.pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if share(middle) < 2 * probability - 1 else (low, middle)
    return math.sqrt(freedom) * math.tan(low)


def sample(
    group: Group, runs: Sequence[RecordedRun], metric: str, moment: Moment, smoothing: float
) -> Sample:
    """One value a seed, of the steps that all of them have reached."""
    chosen = [runs[place] for place in seeds(group, runs)]
    ends = [summarize(run, metric, smoothing).last for run in chosen]
    until = min((end.step for end in ends if end is not None), default=0)
    values = []
    for run in chosen:
        measured = getattr(summarize(run, metric, smoothing, until=until), moment)
        if measured is not None:
            values.append(measured.value)
    return Sample(tuple(values), until)
