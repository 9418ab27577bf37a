"""Whether one of two groups of runs is better, as sentences with their numbers."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from engine.training.comparison.comparison import Comparison
from engine.training.comparison.metrics import better
from engine.training.comparison.spread import LEAST_SEEDS, Sample, Spread
from gui import number_text
from gui.i18n import QT_TRANSLATE_NOOP
from gui.training.comparison import words

ONE_GROUP = QT_TRANSLATE_NOOP(
    "comparison", "These runs differ only by their seed: one group, drawn with its band."
)
MORE_GROUPS = QT_TRANSLATE_NOOP(
    "comparison",
    "Which one is better is said of two groups: select runs that differ by their seeds in two "
    "settings.",
)
MOMENTS = {
    "last": QT_TRANSLATE_NOOP("comparison", "{metric}, last:"),
    "best": QT_TRANSLATE_NOOP("comparison", "{metric}, best:"),
}
SIDE = QT_TRANSLATE_NOOP("comparison", "{group} {mean} ± {deviation} (seeds: {count}, step {step})")
SIDE_OF_ONE = QT_TRANSLATE_NOOP("comparison", "{group} {mean} (seeds: {count}, step {step})")
SIDE_OF_NONE = QT_TRANSLATE_NOOP("comparison", "{group} has no value yet")
DIFFERENCE = QT_TRANSLATE_NOOP("comparison", "difference {difference}")
INTERVAL = QT_TRANSLATE_NOOP("comparison", "difference {difference} ± {margin} (95 %)")
VERDICTS = {
    "first": QT_TRANSLATE_NOOP("comparison", "{first} is better, outside the spread of the seeds."),
    "second": QT_TRANSLATE_NOOP(
        "comparison", "{second} is better, outside the spread of the seeds."
    ),
    "none": QT_TRANSLATE_NOOP("comparison", "No difference that the seeds alone would not give."),
    "too_few": QT_TRANSLATE_NOOP(
        "comparison", "Too few seeds to say which is better: {least} a side are needed."
    ),
    "other_losses": QT_TRANSLATE_NOOP(
        "comparison", "The totals add up different losses and do not compare."
    ),
}
HOW = QT_TRANSLATE_NOOP(
    "comparison",
    "Better is said with at least {least} seeds a side, when every run of one group is better "
    "than every run of the other, and zero lies outside the 95 % confidence interval of the "
    "difference (Welch). A group is taken at the last step that all of its runs have.",
)


def text(comparison: Comparison) -> str:
    """What two groups come to; why nothing is said of others."""
    if not better(comparison.choice.metric):
        return ""
    if len(comparison.groups) == 1 and len(comparison.runs) > 1:
        return _translated(ONE_GROUP)
    if len(comparison.groups) > 2:
        return _translated(MORE_GROUPS)
    lines = [_line(comparison, spread) for spread in comparison.spreads]
    said = {spread.verdict for spread in comparison.spreads}
    if len(said) == 1 and lines and said <= {"too_few", "other_losses"}:
        return lines[0]
    return "\n".join(lines)


def how() -> str:
    """When better is said."""
    return _translated(HOW).format(least=LEAST_SEEDS)


def _line(comparison: Comparison, spread: Spread) -> str:
    titles = [group.title for group in comparison.groups]
    metric = words.metric_title(spread.metric)
    verdict = _translated(VERDICTS[spread.verdict]).format(
        first=titles[0], second=titles[1], least=LEAST_SEEDS
    )
    sides = [
        _side(title, sample)
        for title, sample in zip(titles, (spread.first, spread.second), strict=True)
    ]
    numbers = "; ".join([*sides, *_difference(spread)])
    return f"{_translated(MOMENTS[spread.moment]).format(metric=metric)} {verdict} {numbers}."


def _side(title: str, sample: Sample) -> str:
    count = len(sample.values)
    template = (SIDE_OF_NONE, SIDE_OF_ONE)[count] if count < 2 else SIDE
    return _translated(template).format(
        group=title,
        mean=number_text.write(sample.mean, digits=4),
        deviation=number_text.write(sample.deviation, digits=2),
        count=count,
        step=sample.step,
    )


def _difference(spread: Spread) -> list[str]:
    if not math.isfinite(spread.difference) or spread.verdict == "other_losses":
        return []
    difference = number_text.write(spread.difference, digits=3)
    if not math.isfinite(spread.margin):
        return [_translated(DIFFERENCE).format(difference=difference)]
    margin = number_text.write(spread.margin, digits=3)
    return [_translated(INTERVAL).format(difference=difference, margin=margin)]


def _translated(template: str) -> str:
    return QCoreApplication.translate("comparison", template)
