"""The job behind the window's export of the open picture, and its preview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
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


def shrink(item: ExportItem, longest: int) -> ExportItem:
    """The item on a picture whose longer side is at most so many px, for a preview."""
    height, width = item.detections.picture_size
    factor = longest / max(height, width)
    if factor >= 1:
        return item
    size = max(1, round(height * factor)), max(1, round(width * factor))
    ratios = np.array([size[1] / width, size[0] / height] * 2, np.float32)
    keypoints = item.detections.keypoints
    if keypoints is not None:
        keypoints = keypoints * np.array([*ratios[:2], 1], np.float32)
    detections = replace(
        item.detections,
        picture_size=size,
        boxes=item.detections.boxes * ratios,
        keypoints=keypoints,
    )
    trace = None if item.trace is None else replace(item.trace, picture_size=size)
    pixels = opencv().resize(item.pixels, size[::-1], interpolation=opencv().INTER_AREA)
    return replace(
        item,
        pixels=pixels,
        detections=detections,
        trace=trace,
        style=item.style.scaled(factor),
    )


def draw_preview(item: ExportItem, longest: int) -> NDArray[np.uint8]:
    """What the annotated picture will look like, (h, w, 3) uint8 RGB."""
    return draw_item(shrink(item, longest))
