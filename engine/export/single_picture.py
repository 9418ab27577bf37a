"""The job behind the window's export of the open picture, and its preview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.export.formats import OneEach, prepare, writers
from engine.export.item import ExportItem
from engine.export.picture.draw import draw_item
from engine.pictures.reader import opencv


def write_item(item: ExportItem, files: Mapping[str, Path]) -> Iterator[Path]:
    """Write one picture's files; each path is told when it is there.

    Args:
        files: by format, as `engine.export.file_names.single_files` names them.

    Raises:
        ExportError: one could not be written; those before it stay.
    """
    for name, path in files.items():
        form = writers()[name]
        if isinstance(form, OneEach):
            prepare(path.parent, [name], item.detections.model)
            form.write(path, item)
        else:
            form.write(path, [form.record(item)], item.detections.model)
        yield path


def draw_preview(item: ExportItem, longest: int) -> NDArray[np.uint8]:
    """The annotated picture itself, its longer side at most so many px; (h, w, 3) uint8 RGB.

    It is drawn at full size and made smaller then, as whoever looks at the file makes it:
    lines and letters drawn on a smaller picture would be others.
    """
    drawn = draw_item(item)
    height, width = drawn.shape[:2]
    factor = longest / max(height, width)
    if factor >= 1:
        return drawn
    size = max(1, round(width * factor)), max(1, round(height * factor))
    smaller: NDArray[np.uint8] = opencv().resize(drawn, size, interpolation=opencv().INTER_AREA)
    return smaller
