"""A comparison as a table: one row a run."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from engine.atomic_write import replacing
from engine.file_text import csv_cell
from engine.training.comparison import metrics
from engine.training.comparison.comparison import Comparison
from engine.training.comparison.settings import SEED
from engine.training.comparison.summary import Measured, summarize

DEFAULT = "default"  # of a setting that a run's spec does not name


def shown_metrics(comparison: Comparison) -> tuple[str, ...]:
    """What a table tells of: the metric that is shown, the total loss and the APs."""
    wanted = {comparison.choice.metric, *metrics.FIRST}
    return tuple(name for name in comparison.metrics if name in wanted)


def rows(comparison: Comparison, names: Sequence[str]) -> list[list[str]]:
    """The titles and a row a run: name, group, seed, differing settings, best and last values.

    Args:
        names: the metrics; losses are of the smoothed curve.
    """
    settings = [name for name in comparison.differing if name != SEED]
    titles = ["run", "group", SEED, *settings]
    for name in names:
        if metrics.better(name):
            titles += [f"{name} best", f"{name} best step"]
        titles += [f"{name} last", f"{name} last step"]
    table = [titles]
    groups = {place: group.title for group in comparison.groups for place in group.runs}
    for place, run in enumerate(comparison.runs):
        row = [csv_cell(run.name), csv_cell(groups[place]), str(run.spec.seed)]
        row += [csv_cell(run.settings.get(name) or DEFAULT) for name in settings]
        for name in names:
            summary = summarize(run, name, comparison.choice.smoothing)
            if metrics.better(name):
                row += _cells(summary.best)
            row += _cells(summary.last)
        table.append(row)
    return table


def write_csv(comparison: Comparison, path: Path, names: Sequence[str]) -> None:
    """Write the table, atomically.

    Raises:
        ExportError: it cannot be written.
    """
    with replacing(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows(comparison, names))


def as_text(comparison: Comparison, names: Sequence[str]) -> str:
    """The table with tabs, as spreadsheets paste it."""
    stream = io.StringIO()
    csv.writer(stream, delimiter="\t", lineterminator="\n").writerows(rows(comparison, names))
    return stream.getvalue()


def _cells(measured: Measured | None) -> list[str]:
    return ["", ""] if measured is None else [repr(measured.value), str(measured.step)]
