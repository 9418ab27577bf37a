"""A race on a task as comma-separated values, and what became of each racer."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from engine.atomic_write import replacing_text
from engine.file_text import csv_cell
from engine.networks.tasks.frame import FitFrame

COLUMNS = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")


@dataclass(frozen=True)
class FitRecord:
    """The curves of a race; T = steps + 1 frames, R racers.

    Attributes:
        names: of the racers.
        curves: (T, R, 4) float64, the numbers of `COLUMNS`.
        last: the last frame.
    """

    names: tuple[str, ...]
    curves: np.ndarray
    last: FitFrame


def record(names: tuple[str, ...], frames: Iterable[FitFrame]) -> FitRecord:
    """Keep the curves of a race, not its parameters. There must be at least one frame."""
    rows = []
    for last in frames:
        rows.append(np.stack([getattr(last, column) for column in COLUMNS], axis=1))
    return FitRecord(names, np.stack(rows), last)


def write(found: FitRecord, path: Path) -> None:
    """Write the table to a file, atomically.

    Raises:
        ExportError: it cannot be written.
    """
    with replacing_text(path) as stream:
        write_to(found, stream)


def write_to(found: FitRecord, stream: TextIO) -> None:
    """One row a racer and step, racer by racer; row k has what holds at the parameters w_k.

    Numbers are written so that reading them gives the same float64, a loss that is none as
    `inf` or `nan`; an accuracy is empty where the targets are numbers.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("optimizer", "step", *COLUMNS))
    for place, name in enumerate(found.names):
        for step, (train, test, *shares) in enumerate(found.curves[:, place].tolist()):
            accuracies = ("" if math.isnan(share) else repr(share) for share in shares)
            writer.writerow((csv_cell(name), step, repr(train), repr(test), *accuracies))
