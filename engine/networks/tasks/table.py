"""The losses and accuracies of a race as comma-separated values, racer by racer."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import numpy as np

from engine.atomic_write import replacing
from engine.file_text import csv_cell
from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.racer import name_racers

COLUMNS = ("optimizer", "step", "train_loss", "test_loss", "train_accuracy", "test_accuracy")
Cell = str | int


def rows(spec: FitSpec, frames: Iterable[FitFrame]) -> Iterator[tuple[Cell, ...]]:
    """One row under `COLUMNS` for each racer and frame.

    Numbers are written so that reading them gives the same float64. What a task has not is
    empty: accuracies of numbers, losses on test examples where there are none.
    """
    told = [
        (
            frame.step,
            np.stack(
                [frame.train_loss, frame.test_loss, frame.train_accuracy, frame.test_accuracy]
            ).astype(np.float64),
        )
        for frame in frames
    ]
    empty = np.all([np.isnan(values[1:]) for _, values in told], axis=(0, 2)) if told else ()
    for racer, name in enumerate(racer.name for racer in name_racers(spec.racers)):
        for step, values in told:
            train, *rest = values[:, racer].tolist()
            cells = ["" if gone else repr(value) for value, gone in zip(rest, empty, strict=True)]
            yield (csv_cell(name), step, repr(train), *cells)


def write(spec: FitSpec, frames: Iterable[FitFrame], path: Path) -> None:
    """Write the table to a file, atomically.

    Raises:
        ExportError: it cannot be written.
    """
    with replacing(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as stream:
        write_to(spec, frames, stream)


def write_to(spec: FitSpec, frames: Iterable[FitFrame], stream: TextIO) -> None:
    """Write the names of the columns and all rows."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows(spec, frames))
