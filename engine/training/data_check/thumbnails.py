"""The picture of a finding, around its box, small."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.pictures.reader import read_picture
from engine.pictures.thumbnails import read_thumbnail, shrink
from engine.training.data_check.findings import Finding

AROUND = 4  # times as wide as the box is what is shown, at least
LEAST = 96  # px of the picture that are shown at least


@dataclass(frozen=True, eq=False)
class FindingThumbnail:
    """What a finding looks like.

    Attributes:
        finding: the finding.
        pixels: (h, w, 3) uint8 RGB; None where the picture cannot be read.
        box: x0, y0, x1, y1 in px of `pixels`; None where none is known.
    """

    finding: Finding
    pixels: NDArray[np.uint8] | None
    box: tuple[float, float, float, float] | None = None


def read_finding_thumbnails(
    findings: Sequence[Finding], size: tuple[int, int]
) -> Iterator[FindingThumbnail]:
    """A job: one after the other, none larger than `size`, (width, height)."""
    for finding in findings:
        yield _read(finding, size)


def _read(finding: Finding, size: tuple[int, int]) -> FindingThumbnail:
    if finding.path is None:
        return FindingThumbnail(finding, None)
    try:
        if finding.box is None:
            return FindingThumbnail(finding, read_thumbnail(Path(finding.path), size))
        pixels = read_picture(finding.path).pixels
    except InputError:
        return FindingThumbnail(finding, None)
    box = np.array(finding.box, np.float64)
    x, y, right, bottom = _window(box, pixels.shape[:2], size[0] / size[1])
    crop = shrink(np.ascontiguousarray(pixels[y:bottom, x:right]), size)
    factor = crop.shape[1] / (right - x)
    x0, y0, x1, y1 = ((box - (x, y, x, y)) * factor).tolist()
    return FindingThumbnail(finding, crop, (x0, y0, x1, y1))


def _window(
    box: NDArray[np.float64], shape: tuple[int, ...], aspect: float
) -> tuple[int, int, int, int]:
    """x0, y0, x1, y1 of what is shown of a picture of (height, width) around a box (4,)."""
    height, width = shape[0], shape[1]
    middle = ((box[:2] + box[2:]) / 2).clip(0, (width, height))
    high = max(LEAST, AROUND * max((box[2] - box[0]) / aspect, box[3] - box[1]))
    wide = high * aspect
    low = (middle - (wide / 2, high / 2)).clip(0, (width - 1, height - 1))
    x, y = (int(value) for value in low)
    right, bottom = min(width, x + max(int(wide), 1)), min(height, y + max(int(high), 1))
    return x, y, right, bottom
