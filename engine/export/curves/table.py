"""The numbers of trainings as comma-separated values."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.atomic_write import replacing
from engine.export.curves.recorded import RecordedNumbers
from engine.file_text import csv_cell
from engine.training.comparison import metrics

FIRST = ("run", "step", "phase")
ROWS = 2000  # between two looks at whether to go on


def write(path: Path, runs: Sequence[RecordedNumbers], names: Sequence[str] = ()) -> Iterator[int]:
    """Write one row a step and run, run by run; reading a number gives the same float64.

    A cell is empty where a step has no such number.

    Args:
        names: the columns wanted; empty for all.

    Yields:
        how many rows are written, now and then; closed before its end, it writes nothing.

    Raises:
        ExportError: it could not be written.
    """
    known = metrics.in_order(name for run in runs for name in run.columns)
    columns = tuple(names) or known
    with replacing(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow((*FIRST, *map(csv_cell, columns)))
        done = 0
        for run in runs:
            for step, row in run.rows.items():
                told = (repr(row[name]) if name in row else "" for name in columns)
                writer.writerow((csv_cell(run.name), step, csv_cell(run.phases[step]), *told))
                done += 1
                if done % ROWS == 0:
                    yield done
