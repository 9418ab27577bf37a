"""The formats detections are written in: one line each, read by the commands and the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.annotations import coco, labelme, voc, yolo
from engine.errors import InputError
from engine.export import csv_table, npz
from engine.export.item import ExportItem
from engine.export.picture import draw, svg


@dataclass(frozen=True)
class OneEach:
    """A file a picture: its suffix and its writer."""

    suffix: str
    write: Callable[[Path, ExportItem], None]


@dataclass(frozen=True)
class OneForAll:
    """A file for all pictures: its name, what is kept of each picture, and its writer.

    `alone` is what the file of a single picture ends in.
    """

    file_name: str
    alone: str
    record: Callable[[ExportItem], Any]
    write: Callable[..., None]


FORMATS: dict[str, OneEach | OneForAll] = {
    "png": OneEach(".png", draw.write_png),
    "jpg": OneEach(".jpg", draw.write_jpg),
    "svg": OneEach(".svg", svg.write),
    "coco": OneForAll("annotations.json", ".coco.json", coco.record, coco.write),
    "coco-polygons": OneForAll("annotations.json", ".coco.json", coco.record_polygons, coco.write),
    "labelme": OneEach(".json", labelme.write),
    "yolo": OneEach(".txt", yolo.write),
    "yolo-seg": OneEach(".txt", yolo.write_outlines),
    "voc": OneEach(".xml", voc.write),
    "csv": OneForAll("detections.csv", ".csv", csv_table.record, csv_table.write),
    "npz": OneEach(".npz", npz.write),
}
DEFAULT_FORMATS = ("png", "coco")


def target(name: str) -> str:
    """What a format's file ends in, or is called: two with the same one exclude each other."""
    form = FORMATS[name]
    return form.suffix if isinstance(form, OneEach) else form.file_name


def check_formats(names: Sequence[str]) -> None:
    """Refuse two formats that would write the same file.

    Raises:
        InputError: two of them would.
    """
    taken: dict[str, str] = {}
    for name in names:
        other = taken.setdefault(target(name), name)
        if other != name:
            raise InputError("export.same_file", first=other, second=name)
