"""The command `compare`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from engine.commands.common import common_options, complain, print_json
from engine.file_text import printable
from engine.training.comparison import metrics, spread, table
from engine.training.comparison.comparison import (
    Choice,
    Comparer,
    Comparison,
    check_metric,
    judge_metric,
)
from engine.training.comparison.groups import Group, seeds
from engine.training.comparison.settings import SEED
from engine.training.comparison.smoothing import MOST
from engine.training.comparison.spread import Sample, Spread
from engine.training.comparison.summary import Measured, Summary, summarize


@click.command()
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@click.option(
    "--metric",
    "names",
    multiple=True,
    metavar="NAME",
    help="A loss, lr, bbox.AP, segm.AP50 ...; repeated.  [default: loss and AP]",
)
@click.option(
    "--smoothing",
    type=click.FloatRange(0, MOST),
    default=0.9,
    show_default=True,
    metavar="F",
    help="Of losses: weight of the past in their moving average.",
)
@click.option(
    "--csv", "csv_path", type=click.Path(path_type=Path), metavar="FILE", help="A row a run."
)
@common_options
def compare(
    runs: tuple[Path, ...],
    names: tuple[str, ...],
    smoothing: float,
    csv_path: Path | None,
    as_json: bool,
    seed: int,
    device: str,
) -> int:
    """Compare trainings by their run folders, also while they are written.

    Told are the settings that differ, and the best and the last value of each metric with its
    step; losses are those of a debiased moving average. Runs that differ only by seed are a
    group, with mean and sample standard deviation. Of two groups one is called better only
    with three seeds a side, where every run of it is better than every run of the other and
    Welch's 95 % interval of the difference leaves out zero.
    """
    comparison = _look(runs, Choice(smoothing=smoothing))
    for each in comparison.unreadable:
        complain(each.path, each.error)
    if not comparison.runs:
        return 2
    for name in names:
        check_metric(name, comparison.metrics)
    shown = names or tuple(name for name in metrics.FIRST if name in comparison.metrics)
    if csv_path is not None:
        table.write_csv(comparison, csv_path, shown)
    if as_json:
        print_json(_as_json(comparison, shown))
    else:
        click.echo("\n".join(_lines(comparison, shown)))
    return 2 if comparison.unreadable else 0


def _look(folders: Sequence[Path], choice: Choice) -> Comparison:
    for item in Comparer(folders).look(choice):
        if isinstance(item, Comparison):
            return item
    raise AssertionError("a first look always compares")


def _lines(comparison: Comparison, names: Sequence[str]) -> list[str]:
    """The whole text for a terminal."""
    settings = [name for name in comparison.differing if name != SEED]
    rows = [["run", SEED, *settings]]
    for run in comparison.runs:
        values = [run.settings.get(name) or table.DEFAULT for name in settings]
        rows.append([printable(run.name), str(run.spec.seed), *values])
    lines = [*_columns(rows), ""]
    for name in names:
        lines += _metric_lines(comparison, name)
    return lines[:-1]


def _metric_lines(comparison: Comparison, name: str) -> list[str]:
    """One metric: a row a run, a row a group of several, and what two groups come to."""
    smoothing = comparison.choice.smoothing
    smoothed = f" (smoothed {smoothing:g})" if metrics.is_loss(name) and smoothing else ""
    rows = [[f"{name}{smoothed}", "best", "step", "last", "step"]]
    for group in comparison.groups:
        for place in group.runs:
            run = comparison.runs[place]
            summary = summarize(run, name, smoothing)
            cells = [*_cells(summary.best), *_cells(summary.last)]
            rows.append([printable(run.name), *cells])
        if len(group.runs) > 1:
            samples = _samples(comparison, group, name)
            told = [cell for sample in samples for cell in (_mean(sample), f"to {sample.step}")]
            rows.append([f"{printable(group.title)}: mean of {len(group.runs)}", *told])
    lines = _columns(rows)
    for judged in judge_metric(comparison.runs, comparison.groups, name, smoothing):
        lines.append(_sentence(judged, comparison.groups))
    return [*lines, ""]


def _samples(comparison: Comparison, group: Group, name: str) -> tuple[Sample, Sample]:
    """The best and the last values of a group's seeds."""
    smoothing = comparison.choice.smoothing
    found = spread.group_samples(group, comparison.runs, name, smoothing)
    return found["best"], found["last"]


def _sentence(judged: Spread, groups: Sequence[Group]) -> str:
    """What two groups come to, in one line."""
    titles = [printable(group.title) for group in groups]
    sides = [
        f"{title} {_mean(sample)} ({len(sample.values)} seeds, to step {sample.step})"
        for title, sample in zip(titles, (judged.first, judged.second), strict=True)
    ]
    margin = f" ± {judged.margin:.3g}" if judged.margin == judged.margin else ""
    said = {
        "first": f"{titles[0]} is better",
        "second": f"{titles[1]} is better",
        "none": "no difference that the seeds alone would not give",
        "too_few": f"too few seeds to say: {spread.LEAST_SEEDS} a side are needed",
        "other_losses": "not comparable: the totals add up different losses",
    }[judged.verdict]
    numbers = f"difference {judged.difference:.3g}{margin}"
    return f"{judged.moment}: {', '.join(sides)}; {numbers}: {said}"


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, names to the left and all else to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _cells(measured: Measured | None) -> list[str]:
    return ["-", "-"] if measured is None else [f"{measured.value:.4g}", str(measured.step)]


def _mean(sample: Sample) -> str:
    if not sample.values:
        return "-"
    deviation = f" ± {sample.deviation:.2g}" if len(sample.values) > 1 else ""
    return f"{sample.mean:.4g}{deviation}"


def _as_json(comparison: Comparison, names: Sequence[str]) -> dict[str, Any]:
    smoothing = comparison.choice.smoothing
    groups = []
    for group in comparison.groups:
        told: dict[str, Any] = {}
        for name in names:
            best, last = _samples(comparison, group, name)
            told[name] = {"best": _sample_json(best), "last": _sample_json(last)}
        members = [comparison.runs[place].name for place in group.runs]
        count = len(seeds(group, comparison.runs))
        groups.append({"name": group.title, "runs": members, "seeds": count, "metrics": told})
    return {
        "smoothing": smoothing,
        "differing": list(comparison.differing),
        "runs": [
            {
                "name": run.name,
                "path": str(run.path),
                "steps": run.steps,
                "settings": {name: run.settings.get(name) or None for name in comparison.differing},
                "metrics": {name: _summary_json(summarize(run, name, smoothing)) for name in names},
            }
            for run in comparison.runs
        ],
        "groups": groups,
        "verdicts": [
            {
                "metric": judged.metric,
                "moment": judged.moment,
                "first": comparison.groups[0].title,
                "second": comparison.groups[1].title,
                "difference": judged.difference,
                "margin": judged.margin,
                "verdict": judged.verdict,
            }
            for name in names
            for judged in judge_metric(comparison.runs, comparison.groups, name, smoothing)
        ],
        "unreadable": [
            {"path": str(each.path), "reason": str(each.error)} for each in comparison.unreadable
        ],
    }


def _summary_json(summary: Summary) -> dict[str, Any]:
    return {
        moment: None if value is None else asdict(value)
        for moment, value in (("best", summary.best), ("last", summary.last))
    }


def _sample_json(sample: Sample) -> dict[str, Any]:
    return {
        "mean": sample.mean,
        "deviation": sample.deviation,
        "values": list(sample.values),
        "step": sample.step,
    }
