"""A race as comma-separated values."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TextIO

import numpy as np

from engine.atomic_write import replacing_text
from engine.descent.race.recording import Record
from engine.file_text import csv_cell

COLUMNS = ("optimizer", "step", "x", "y", "loss", "grad_x", "grad_y")


def write(record: Record, path: Path) -> None:
    """Write the table to a file, atomically.

    Raises:
        ExportError: it cannot be written.
    """
    with replacing_text(path) as stream:
        write_to(record, stream)


def write_to(record: Record, stream: TextIO) -> None:
    """One row a racer and step, racer by racer; row k has the loss and gradient at x_k.

    Numbers are written so that reading them gives the same float64; `inf` and `nan` as such.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for column, name in enumerate(record.names):
        table = np.column_stack(
            [record.position[:, column], record.loss[:, column], record.gradient[:, column]]
        )
        writer.writerows(
            (csv_cell(name), step, *map(repr, row)) for step, row in enumerate(table.tolist())
        )
