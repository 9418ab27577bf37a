"""YOLO text: one line a box, `class x y width height`, as parts of the picture's sides."""

from __future__ import annotations

from pathlib import Path

from engine.export.atomic import replacing
from engine.export.finding import Finding


def write(path: Path, finding: Finding) -> None:
    """Write one YOLO file; class 0 is the model's first, x and y are the box's middle.

    Raises:
        ExportError: it could not be written.
    """
    height, width = finding.detections.picture_size
    lines = []
    for box, label in zip(finding.detections.boxes, finding.detections.labels, strict=True):
        x0, y0, x1, y1 = (float(value) for value in box)
        values = (
            (x0 + x1) / 2 / width,
            (y0 + y1) / 2 / height,
            (x1 - x0) / width,
            (y1 - y0) / height,
        )
        numbers = " ".join(f"{min(max(value, 0.0), 1.0):.6f}" for value in values)
        lines.append(f"{int(label) - 1} {numbers}\n")
    with replacing(path) as temporary:
        temporary.write_text("".join(lines), encoding="utf-8")
