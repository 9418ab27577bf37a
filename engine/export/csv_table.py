"""CSV: one row a detection, all pictures in one table."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine.annotations.mask_encoding import bits
from engine.atomic_write import replacing_text
from engine.detection.detections import ModelFacts
from engine.export.item import ExportItem
from engine.file_text import csv_cell

COLUMNS = (
    "file_name", "class", "label", "score", "x0", "y0", "x1", "y1", "mask_area",
)  # fmt: skip


def record(item: ExportItem) -> list[dict[str, Any]]:
    """The rows of one picture; boxes and areas in its pixels, no area without a mask.

    A name that a spreadsheet would run begins with an apostrophe.
    """
    detections = item.detections
    rows = []
    for index, box in enumerate(detections.boxes):
        area = ""
        if detections.mask_probs is not None and detections.ready[index]:
            area = str(np.count_nonzero(bits(detections, index)[2]))
        values = (
            csv_cell(item.file_name),
            csv_cell(detections.names[index]),
            int(detections.labels[index]),
            float(detections.scores[index]),
            *(float(value) for value in box),
            area,
        )
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def write(path: Path, records: Sequence[list[dict[str, Any]]], model: ModelFacts) -> None:
    """Write one table for the rows of many pictures.

    Raises:
        ExportError: it could not be written.
    """
    with replacing_text(path) as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(row for rows in records for row in rows)
