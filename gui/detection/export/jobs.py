"""The jobs of an export: what is there already, the preview, one picture, many pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from gui.detection.export.choices import Choices
from gui.detection.jobs import LazyWorkbench
from gui.detection.models.downloads import weights_of

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection
    from engine.detection.pipeline.selection import Thresholds
    from engine.detection.review.records import Review
    from engine.export.item import ExportItem

PREVIEW_PX = 1100  # its longer side: enough for a dialog on a dense display


@dataclass(frozen=True)
class ExportSpec:
    """One export.

    Attributes:
        choices: what was chosen.
        source: the open picture's file name, or what stands for it.
        path: its own file, which is never overwritten.
        paths: the pictures of an export of many; none for the open picture.
        model, device, precision, thresholds: what many pictures are looked at with.
        reviews: of the pictures, where only what was accepted is to be written.
    """

    choices: Choices
    source: str
    path: Path | None = None
    paths: tuple[Path, ...] = ()
    model: str = "people"
    device: str = "auto"
    precision: str = "float32"
    thresholds: Thresholds | None = None
    reviews: tuple[Review, ...] | None = None


@dataclass(frozen=True)
class ExportProgress:
    """How far an export is.

    Attributes:
        done, count: files of one picture, or pictures of many.
        files: what was written since the last step.
        name: the picture that was done last, of many.
        error: why that one could not be done; the others go on.
    """

    done: int
    count: int
    files: tuple[Path, ...] = ()
    name: str = ""
    error: Exception | None = None


def targets(spec: ExportSpec) -> list[Path]:
    """Every file that an export may write."""
    from engine.export.file_names import batch_files, single_files

    folder, formats = spec.choices.path, spec.choices.formats
    if spec.paths:
        return batch_files(spec.paths, folder=folder, formats=formats)
    files = single_files(spec.source, folder=folder, formats=formats, source=spec.path)
    return list(files.values())


def find_existing(spec: ExportSpec) -> Iterator[list[Path]]:
    """Those of the files that are there already."""
    files = targets(spec)
    folder = spec.choices.path
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    yield [file for file in files if file.name in there]


def preview(item: ExportItem) -> Iterator[QImage]:
    """What the annotated picture will look like, smaller."""
    from engine.export.single_picture import draw_preview

    pixels = draw_preview(item, PREVIEW_PX)
    height, width = pixels.shape[:2]
    shared = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    yield shared.convertToFormat(QImage.Format.Format_RGB32)


def write_one(spec: ExportSpec, item: ExportItem) -> Iterator[ExportProgress]:
    """Write the open picture's files.

    Raises:
        ExportError: the folder cannot be made or written to, or the disk is full.
    """
    from engine.atomic_write import make_folder
    from engine.export.file_names import single_files
    from engine.export.single_picture import write_item

    choices = spec.choices
    yield ExportProgress(0, len(choices.formats))
    make_folder(choices.path)
    files = single_files(
        spec.source, folder=choices.path, formats=choices.formats, source=spec.path
    )
    for done, path in enumerate(write_item(item, files), 1):
        yield ExportProgress(done, len(files), (path,))


def as_judged(
    workbench: LazyWorkbench, item: ExportItem, inspection: Inspection, reviews: tuple[Review, ...]
) -> ExportItem:
    """The picture with what was accepted in it alone; on the inference lane.

    Args:
        reviews: the picture's own first, then those of others that are written with it.

    Raises:
        InputError: the picture is of another size than the one that was judged.
    """
    from engine.detection.review.judged_detections import accepted_detections, with_names
    from engine.detection.review.records import judged_names

    facts = with_names(inspection.model, judged_names(reviews))
    detections = accepted_detections(
        workbench.get(), inspection, item.detections, reviews[0], facts
    )
    return replace(item, detections=detections)


def preview_judged(
    workbench: LazyWorkbench, item: ExportItem, inspection: Inspection, review: Review
) -> Iterator[QImage]:
    """`preview` of what was accepted; on the inference lane."""
    yield from preview(as_judged(workbench, item, inspection, (review,)))


def write_judged(
    workbench: LazyWorkbench,
    spec: ExportSpec,
    item: ExportItem,
    inspection: Inspection,
    review: Review,
) -> Iterator[ExportProgress]:
    """`write_one` of what was accepted; on the inference lane."""
    yield from write_one(spec, as_judged(workbench, item, inspection, (review,)))


def write_many(workbench: LazyWorkbench, spec: ExportSpec) -> Iterator[ExportProgress]:
    """Look at every picture and write its files.

    Raises:
        ExportError, ModelError, DeviceError: nothing or no more can be written.
    """
    from engine.export.batch import BatchSpec, detect_all

    choices = spec.choices
    batch = BatchSpec(
        paths=spec.paths,
        out=choices.path,
        model=spec.model,
        weights=weights_of(spec.model),
        device=spec.device,
        precision=spec.precision,
        layers=choices.layers,
        formats=choices.formats,
        style=choices.style,
        thresholds=spec.thresholds,
        reviews=spec.reviews,
    )
    yield ExportProgress(0, len(spec.paths))
    for step in detect_all(workbench.get(), batch):
        yield ExportProgress(step.done, step.count, step.files, step.path.name, step.error)
