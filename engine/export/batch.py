"""The job behind `detect`: many pictures to files, one snapshot a picture.

The next picture is read and the last one's files are written while the network
works on this one.
"""

from __future__ import annotations

import errno
import os
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from engine.atomic_write import make_folder
from engine.detection.detections import Detections, ModelFacts, gather
from engine.detection.pipeline.inference import (
    Inspection,
    InspectSpec,
    Workbench,
    fill,
    fill_rois,
    inspect,
)
from engine.detection.pipeline.selection import Thresholds, best_pair, select, stock_thresholds
from engine.detection.review.files import path_of
from engine.detection.review.judged_detections import accepted_detections, with_names
from engine.detection.review.records import Review, judged_names
from engine.distributed import Rank
from engine.errors import ExportError, PictureError, ThalwegError, of_picture
from engine.export.file_names import output_stems
from engine.export.formats import DEFAULT_FORMATS, OneEach, check_formats, prepare, writers
from engine.export.item import ExportItem
from engine.export.picture.layers.registry import DEFAULT_LAYERS
from engine.export.picture.style import DEFAULT_STYLE, Style
from engine.pictures.read_ahead import read_ahead
from engine.pictures.reader import Picture, list_pictures, read_picture

ALONE = Rank()
SAVE_EVERY = 10.0  # s between two writes of a file that is one for all
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
WRITE_BEHIND = 2  # pictures in memory beside those that are read ahead


@dataclass(frozen=True)
class BatchSpec:
    """What to detect in and what to write.

    Attributes:
        paths: picture files and folders of them.
        out: the folder for the files; made when it is missing.
        model, weights, device, precision: as in `InspectSpec`.
        score: what is shown scores above it.
        nms, max_detections: None for the model's own.
        layers: of the registry's `layer_names()`.
        formats: of `engine.export.formats.writers()`.
        style: of the annotated pictures.
        thresholds: used instead of the three above.
        reviews: of pictures that a person has judged: only what was accepted in them is
            written, and of other pictures nothing; None for all that is detected.
    """

    paths: tuple[Path, ...]
    out: Path
    model: str = "people"
    weights: str | None = None
    device: str = "auto"
    score: float = 0.5
    nms: float | None = None
    max_detections: int | None = None
    layers: tuple[str, ...] = DEFAULT_LAYERS
    formats: tuple[str, ...] = DEFAULT_FORMATS
    style: Style = DEFAULT_STYLE
    thresholds: Thresholds | None = None
    precision: str = "float32"
    reviews: tuple[Review, ...] | None = None

    def __post_init__(self) -> None:
        # A bad value is told before a model is loaded or a file is read.
        check_formats(self.formats)
        Thresholds(
            self.score,
            0.5 if self.nms is None else self.nms,
            1 if self.max_detections is None else self.max_detections,
        )


@dataclass(frozen=True)
class BatchStep:
    """One input done, or why not.

    Attributes:
        path: the input.
        done, count: how many of how many inputs.
        size: (height, width) of the picture.
        found: (class, score) of each detection, best first.
        best: (class, score) of the best pair of all, shown or not.
        files: what was written for it.
        error: why it could not be read, detected in or written.
        shrink: below 1 where memory ran out, and the network's input was made smaller.
        notes: what the reader changed, keys of `engine.pictures.reader.NOTES`.
    """

    path: Path
    done: int
    count: int
    size: tuple[int, int] = (0, 0)
    found: tuple[tuple[str, float], ...] = ()
    best: tuple[str, float] | None = None
    files: tuple[Path, ...] = ()
    error: ThalwegError | None = None
    shrink: float = 1.0
    notes: tuple[str, ...] = ()


def detect_all(
    workbench: Workbench, spec: BatchSpec, rank: Rank = ALONE, kept: Kept | None = None
) -> Generator[BatchStep, None, None]:
    """Detect in every input and write the chosen formats.

    Whatever goes wrong at an input is told in its step, and the others go on. The files
    that are one for all hold what is done, whatever ends the job: a stop, an error, or,
    but for the last seconds, a kill.

    Args:
        rank: this process does its share of the inputs; the first writes the files
            that are one for all.
        kept: where to see what is done, also after a stop.

    Raises:
        ModelError, InputError, DeviceError: the model cannot be had; nothing is written.
        ExportError: the disk is full or read-only, or a file that is one for all could not
            be written; what was written before stays. Or the folder holds YOLO files of
            other classes; nothing is written.
    """
    entries = list_inputs(spec.paths)
    readable = [path for path, error in entries if error is None]
    if readable:
        workbench.model(_inspection_of(spec, readable[0]))
        make_folder(spec.out)
    stems = dict(
        zip(readable, output_stems(readable, folder=spec.out, formats=spec.formats), strict=True)
    )
    share = rank.share(entries)
    kept = kept or Kept()
    try:
        yield from _detect_share(workbench, spec, share, stems, kept, rank, len(entries))
    except BaseException:
        if rank.count == 1:
            _write_for_all(spec, [kept])
        raise
    every = rank.gathered(kept)
    if every is not None:
        _write_for_all(spec, every)


class Kept:
    """What a process remembers of its pictures for the files that are one for all.

    Attributes:
        records: what each adds, by its place among all; its own files are written.
    """

    def __init__(self) -> None:
        self.facts: ModelFacts | None = None
        self.records: dict[int, dict[str, Any]] = {}
        self.due = time.monotonic() + SAVE_EVERY

    def save(self, spec: BatchSpec) -> None:
        """Write the files that are one for all, now and then: never a tenth of the time."""
        began = time.monotonic()
        if began >= self.due:
            _write_for_all(spec, [self])
            now = time.monotonic()
            self.due = now + max(SAVE_EVERY, 10 * (now - began))


def _detect_share(
    workbench: Workbench,
    spec: BatchSpec,
    share: Sequence[tuple[int, tuple[Path, PictureError | None]]],
    stems: dict[Path, str],
    kept: Kept,
    rank: Rank,
    count: int,
) -> Iterator[BatchStep]:
    """This process's share of `count` inputs, written as they are done."""
    writing: deque[Future[BatchStep]] = deque()
    with (
        closing(read_ahead(_read, share)) as reading,
        ThreadPoolExecutor(1, "write") as writer,
    ):
        try:
            for (place, (path, _)), picture in reading:
                step = BatchStep(path, place + 1, count)
                try:
                    inspection = _inspect(workbench, _inspection_of(spec, path), picture.result())
                    item = _export_item(workbench, inspection, spec)
                except Exception as raised:
                    told = replace(step, error=of_picture(path, raised))
                    writing.append(writer.submit(_write_nothing, told))
                else:
                    if kept.facts is None:
                        prepare(spec.out, spec.formats, item.detections.model)
                    kept.facts = item.detections.model
                    job = partial(_write_each, step, inspection, item, spec=spec, kept=kept)
                    alone = rank.count == 1
                    places = {"place": place, "stem": stems[path], "alone": alone}
                    writing.append(writer.submit(job, **places))
                while writing and (len(writing) > WRITE_BEHIND or writing[0].done()):
                    yield writing.popleft().result()
            while writing:
                yield writing.popleft().result()
        finally:
            for future in writing:
                future.cancel()


def _read(entry: tuple[int, tuple[Path, PictureError | None]]) -> Picture:
    _, (path, error) = entry
    if error is not None:
        raise error
    return read_picture(path)


def _write_for_all(spec: BatchSpec, every: Sequence[Kept]) -> None:
    """The files that hold all pictures, in the order of the inputs."""
    facts = next((kept.facts for kept in every if kept.facts is not None), None)
    if facts is None:
        return
    records = dict(sorted((place, each) for kept in every for place, each in kept.records.items()))
    for name in spec.formats:
        form = writers()[name]
        if not isinstance(form, OneEach):
            form.write(spec.out / form.file_name, [each[name] for each in records.values()], facts)


def list_inputs(paths: Sequence[Path]) -> list[tuple[Path, PictureError | None]]:
    """The pictures that files and folders stand for, each once, or why one stands for none."""
    entries: list[tuple[Path, PictureError | None]] = []
    seen = set()
    for path in paths:
        try:
            found: list[tuple[Path, PictureError | None]]
            found = [(each, None) for each in list_pictures(path)]
        except PictureError as raised:
            found = [(path, raised)]
        for each, error in found:
            key = os.path.abspath(each)
            if key not in seen:
                seen.add(key)
                entries.append((each, error))
    return entries


def _inspection_of(spec: BatchSpec, path: Path) -> InspectSpec:
    return InspectSpec(
        path=str(path),
        model=spec.model,
        weights=spec.weights,
        device=spec.device,
        precision=spec.precision,
    )


def _inspect(workbench: Workbench, spec: InspectSpec, picture: Picture) -> Inspection:
    for step in inspect(workbench, spec, picture):
        if isinstance(step, Inspection):
            return step
    raise AssertionError("an inspection ends with its result")


def _export_item(workbench: Workbench, inspection: Inspection, spec: BatchSpec) -> ExportItem:
    trace = inspection.trace
    own = stock_thresholds(trace)
    thresholds = spec.thresholds or Thresholds(
        spec.score,
        own.nms if spec.nms is None else spec.nms,
        own.max_detections if spec.max_detections is None else spec.max_detections,
    )
    selection = select(trace, thresholds)
    if len(selection.waiting):
        waiting, rois = selection.waiting, selection.rois
        for filled in fill_rois(workbench, inspection, rois, wanted=waiting, everything=False):
            rois = filled.rois
        selection = select(trace, thresholds, rois)
    details = list(fill(workbench, inspection, selection.pending, selection.rois))
    detections = gather(trace, selection, inspection.model, details)
    if spec.reviews is not None:
        detections = _accepted(workbench, inspection, detections, spec.reviews)
    return ExportItem(
        file_name=inspection.picture.path.name if inspection.picture.path else "",
        pixels=inspection.picture.pixels,
        detections=detections,
        source=inspection.picture.path,
        trace=trace,
        layers=spec.layers,
        style=spec.style,
    )


def _accepted(
    workbench: Workbench,
    inspection: Inspection,
    detections: Detections,
    reviews: tuple[Review, ...],
) -> Detections:
    """What a person accepted in a picture; all pictures have the same classes."""
    facts = with_names(inspection.model, judged_names(reviews))
    path = inspection.picture.path
    own = "" if path is None else path_of(path)
    for review in reviews:
        if review.picture == own:
            return accepted_detections(workbench, inspection, detections, review, facts)
    return replace(detections.only(()), model=facts)


def _ends_all(error: Exception) -> bool:
    """Whether no other picture could be written either."""
    cause = error.__cause__ if isinstance(error, ExportError) else error
    return isinstance(cause, OSError) and cause.errno in NO_ROOM


def _write_nothing(step: BatchStep) -> BatchStep:
    """An input that failed takes its turn among those that are written."""
    return step


def _write_each(
    step: BatchStep,
    inspection: Inspection,
    item: ExportItem,
    *,
    spec: BatchSpec,
    stem: str,
    place: int,
    kept: Kept,
    alone: bool,
) -> BatchStep:
    """Write a picture's own files and keep what it adds to the others; on the writer's thread."""
    files: list[Path] = []
    records = {}
    try:
        for name in spec.formats:
            form = writers()[name]
            if isinstance(form, OneEach):
                form.write(file := spec.out / (stem + form.suffix), item)
                files.append(file)
            else:
                records[name] = form.record(item)
    except Exception as raised:
        if _ends_all(raised):
            raise
        return replace(step, files=tuple(files), error=of_picture(step.path, raised))
    kept.records[place] = records
    if alone:
        kept.save(spec)
    best = best_pair(inspection.trace)
    detections = item.detections
    return replace(
        step,
        size=detections.picture_size,
        found=tuple(zip(detections.names, map(float, detections.scores), strict=True)),
        best=None if best is None else (inspection.model.class_name(best[2]), best[0]),
        files=tuple(files),
        shrink=inspection.shrink,
        notes=inspection.picture.notes,
    )
