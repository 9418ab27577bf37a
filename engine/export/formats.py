"""Every format that detections are written in or ground truth is read from: one record each.

The commands, the window's export and the readers of ground truth take them from `FORMATS`:
a new format is a file with its functions, and its record here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.annotations import coco, labelme, voc, yolo
from engine.annotations.ground_truth import AnnotationFile
from engine.annotations.json_stream import Steps
from engine.detection.detections import ModelFacts
from engine.errors import InputError
from engine.export import csv_table, npz
from engine.export.item import ExportItem
from engine.export.picture import draw, svg


@dataclass(frozen=True)
class OneEach:
    """A file a picture: its suffix and its writer.

    `beside` are the names of files that its folder needs once, and `prepare` writes them.
    """

    suffix: str
    write: Callable[[Path, ExportItem], None]
    beside: tuple[str, ...] = ()
    prepare: Callable[[Path, ModelFacts], None] | None = None

    @property
    def target(self) -> str:
        """What the file ends in."""
        return self.suffix


@dataclass(frozen=True)
class OneForAll:
    """A file for all pictures: its name, what is kept of each picture, and its writer.

    `alone` is what the file of a single picture ends in.
    """

    file_name: str
    alone: str
    record: Callable[[ExportItem], Any]
    write: Callable[..., None]

    @property
    def target(self) -> str:
        """What the file is called."""
        return self.file_name


def _always(_file: Path) -> bool:
    return True


@dataclass(frozen=True)
class Reader:
    """How ground truth is read from files of a format.

    Attributes:
        title: what the format is called.
        suffix: what they end in, in lower case.
        read: what a file holds.
        read_steps: the same as a job, where files may be large.
        looks_like: tells its files from others with that suffix, quickly.
        shared: one file for many pictures; else its file is called as its picture.
    """

    title: str
    suffix: str
    read: Callable[[Path], AnnotationFile]
    looks_like: Callable[[Path], bool] = _always
    shared: bool = False
    read_steps: Callable[[Path], Steps[AnnotationFile]] | None = None

    def steps(self, file: Path) -> Steps[AnnotationFile]:
        """`read` as a job that tells how much of a large file is read."""
        if self.read_steps is None:
            return self.read(file)
        return (yield from self.read_steps(file))


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes:
        title: what a person reads.
        writer: how detections are written; None for one that is only read.
        reader: how ground truth is read; None for one that is only written.
        drawn: whether it is an annotated picture, to which layers and style belong.
    """

    title: str
    writer: OneEach | OneForAll | None = None
    reader: Reader | None = None
    drawn: bool = False


FORMATS: dict[str, Format] = {
    "png": Format("PNG, annotated", OneEach(".png", draw.write_png), drawn=True),
    "jpg": Format("JPEG, annotated", OneEach(".jpg", draw.write_jpg), drawn=True),
    "svg": Format("SVG, annotated", OneEach(".svg", svg.write), drawn=True),
    "coco": Format(
        "COCO, exact masks",
        OneForAll("annotations.json", ".coco.json", coco.record, coco.write),
        Reader(
            "COCO",
            ".json",
            coco.read_coco,
            coco.looks_like,
            shared=True,
            read_steps=coco.read_coco_steps,
        ),
    ),
    "coco-polygons": Format(
        "COCO, polygons",
        OneForAll("annotations.json", ".coco.json", coco.record_polygons, coco.write),
    ),
    "labelme": Format(
        "LabelMe",
        OneEach(".json", labelme.write),
        Reader("LabelMe", ".json", labelme.read_labelme, labelme.looks_like),
    ),
    "yolo": Format(
        "YOLO, boxes",
        OneEach(".txt", yolo.write, yolo.BESIDE, yolo.write_names),
        Reader("YOLO", ".txt", yolo.read_yolo, yolo.looks_like),
    ),
    "yolo-seg": Format(
        "YOLO, outlines",
        OneEach(".txt", yolo.write_outlines, yolo.BESIDE, yolo.write_names),
    ),
    "voc": Format(
        "Pascal VOC",
        OneEach(".xml", voc.write),
        Reader("Pascal VOC", ".xml", voc.read_voc, voc.looks_like),
    ),
    "csv": Format(
        "CSV table", OneForAll("detections.csv", ".csv", csv_table.record, csv_table.write)
    ),
    "npz": Format("npz, all stages", OneEach(".npz", npz.write)),
}
DEFAULT_FORMATS = ("png", "coco")


def writers() -> dict[str, OneEach | OneForAll]:
    """The formats that can be written, by name."""
    return {name: form.writer for name, form in FORMATS.items() if form.writer is not None}


def variants() -> dict[str, tuple[str, ...]]:
    """The formats that can be written, by the first of those that write the same file."""
    first: dict[str, str] = {}
    groups: dict[str, tuple[str, ...]] = {}
    for name, writer in writers().items():
        leader = first.setdefault(writer.target, name)
        groups[leader] = (*groups.get(leader, ()), name)
    return groups


def prepare(folder: Path, names: Sequence[str], model: ModelFacts) -> None:
    """Write what the files of some formats need beside them, before the first of them.

    Raises:
        ExportError: it could not be written, or the folder holds files of other classes.
    """
    for form in map(writers().__getitem__, names):
        if isinstance(form, OneEach) and form.prepare is not None:
            form.prepare(folder, model)


def check_formats(names: Sequence[str]) -> None:
    """Refuse two formats that would write the same file.

    Raises:
        InputError: two of them would.
    """
    taken: dict[str, str] = {}
    known = writers()
    for name in names:
        other = taken.setdefault(known[name].target, name)
        if other != name:
            raise InputError("export.same_file", first=other, second=name)
