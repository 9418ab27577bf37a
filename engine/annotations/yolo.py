"""YOLO text: one line an object, a box or an outline, as parts of the picture's sides.

Class 0 is the model's first. A box is its middle and its sides; an outline is
its points, several outlines of one object joined by bridges without width, as
the format wants one polygon a line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from pathlib import Path

from engine.annotations.mask_encoding import bits, joined, polygons
from engine.atomic_write import replacing
from engine.detection.detections import Detections
from engine.export.item import ExportItem

DECIMALS = 8


def write(path: Path, finding: ExportItem) -> None:
    """Write the boxes, `class x y width height` a line.

    Raises:
        ExportError: it could not be written.
    """
    _write(path, finding, _box)


def write_outlines(path: Path, finding: ExportItem) -> None:
    """Write the masks' outlines, `class x y x y ...` a line; the box where there is no mask.

    Raises:
        ExportError: it could not be written.
    """
    _write(path, finding, _outline)


def _write(
    path: Path, finding: ExportItem, numbers: Callable[[Detections, int], Iterable[float]]
) -> None:
    lines = []
    for index, label in enumerate(finding.detections.labels):
        told = (f"{min(max(value, 0.0), 1.0):.8f}" for value in numbers(finding.detections, index))
        lines.append(f"{int(label) - 1} {' '.join(told)}\n")
    with replacing(path) as temporary:
        temporary.write_text("".join(lines), encoding="utf-8")


def _box(detections: Detections, index: int) -> list[float]:
    height, width = detections.picture_size
    x0, y0, x1, y1 = (float(value) for value in detections.boxes[index])
    return [
        (x0 + x1) / 2 / width,
        (y0 + y1) / 2 / height,
        (x1 - x0) / width,
        (y1 - y0) / height,
    ]


def _outline(detections: Detections, index: int) -> list[float]:
    height, width = detections.picture_size
    outlines = []
    if detections.mask_probs is not None and detections.ready[index]:
        outlines = polygons(*bits(detections, index))
    if outlines:
        points = joined(outlines).tolist()
    else:
        x0, y0, x1, y1 = (float(value) for value in detections.boxes[index])
        points = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]
    # Rounded up: a reader that cuts off the fraction must land on the same pixel.
    return [
        math.ceil(value / side * 10**DECIMALS) / 10**DECIMALS
        for point in points
        for value, side in zip(point, (width, height), strict=True)
    ]
