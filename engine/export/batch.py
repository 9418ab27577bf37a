"""The job behind `detect`: many pictures to files, one snapshot a picture."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.detection.detections import gather
from engine.detection.images import list_pictures
from engine.detection.inspection import Inspection, InspectSpec, Workbench, fill, inspect
from engine.detection.selection import Thresholds, best_pair, select, stock_thresholds
from engine.errors import DeviceError, ExportError, PictureError
from engine.export.finding import DEFAULT_LAYERS, Finding
from engine.export.formats import DEFAULT_FORMATS, FORMATS, OneEach, check_formats
from engine.export.naming import output_stems
from engine.export.style import DEFAULT_STYLE, Style


@dataclass(frozen=True)
class BatchSpec:
    """What to detect in and what to write.

    Attributes:
        paths: picture files and folders of them.
        out: the folder for the files; made when it is missing.
        model, weights, device: as in `InspectSpec`.
        score: what is shown scores above it.
        nms, max_detections: None for the model's own.
        layers: of `engine.export.finding.LAYERS`.
        formats: of `engine.export.formats.FORMATS`.
        style: of the annotated pictures.
        thresholds: used instead of the three above.
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
        error: why it could not be read or detected in.
    """

    path: Path
    done: int
    count: int
    size: tuple[int, int] = (0, 0)
    found: tuple[tuple[str, float], ...] = ()
    best: tuple[str, float] | None = None
    files: tuple[Path, ...] = ()
    error: PictureError | DeviceError | None = None


def detect_all(workbench: Workbench, spec: BatchSpec) -> Iterator[BatchStep]:
    """Detect in every input and write the chosen formats.

    An input that cannot be read is told in its step, and the others go on.

    Raises:
        ModelError, InputError, DeviceError: the model cannot be had; nothing is written.
        ExportError: a file could not be written; what was written before stays.
    """
    entries = list_inputs(spec.paths)
    readable = [path for path, error in entries if error is None]
    if readable:
        workbench.model(_inspection_of(spec, readable[0]))
        make_folder(spec.out)
    stems = dict(
        zip(readable, output_stems(readable, folder=spec.out, formats=spec.formats), strict=True)
    )
    records: dict[str, list[Any]] = {name: [] for name in spec.formats}
    facts = None
    for done, (path, error) in enumerate(entries, start=1):
        step = BatchStep(path, done, len(entries), error=error)
        if error is None:
            try:
                inspection = _inspect(workbench, _inspection_of(spec, path))
            except (PictureError, DeviceError) as raised:
                step = BatchStep(path, done, len(entries), error=raised)
            else:
                facts = inspection.model
                finding = _finding(workbench, inspection, spec)
                files = _write_each(finding, spec, stems[path])
                for name in spec.formats:
                    form = FORMATS[name]
                    if not isinstance(form, OneEach):
                        records[name].append(form.record(finding))
                step = _told(step, inspection, finding, files)
        yield step
    if facts is not None:
        for name in spec.formats:
            form = FORMATS[name]
            if not isinstance(form, OneEach):
                form.write(spec.out / form.file_name, records[name], facts)


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


def make_folder(folder: Path) -> None:
    """Make an output folder.

    Raises:
        ExportError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportError("export.failed", path=str(folder), reason=reason) from error


def _inspection_of(spec: BatchSpec, path: Path) -> InspectSpec:
    return InspectSpec(path=str(path), model=spec.model, weights=spec.weights, device=spec.device)


def _inspect(workbench: Workbench, spec: InspectSpec) -> Inspection:
    for step in inspect(workbench, spec):
        if isinstance(step, Inspection):
            return step
    raise AssertionError("an inspection ends with its result")


def _finding(workbench: Workbench, inspection: Inspection, spec: BatchSpec) -> Finding:
    own = stock_thresholds(inspection.trace)
    thresholds = spec.thresholds or Thresholds(
        spec.score,
        own.nms if spec.nms is None else spec.nms,
        own.max_detections if spec.max_detections is None else spec.max_detections,
    )
    selection = select(inspection.trace, thresholds)
    filled = list(fill(workbench, inspection, selection.pending))
    return Finding(
        file_name=inspection.picture.path.name if inspection.picture.path else "",
        pixels=inspection.picture.pixels,
        detections=gather(inspection.trace, selection, inspection.model, filled),
        trace=inspection.trace,
        layers=spec.layers,
        style=spec.style,
    )


def _write_each(finding: Finding, spec: BatchSpec, stem: str) -> tuple[Path, ...]:
    files = []
    for name in spec.formats:
        form = FORMATS[name]
        if isinstance(form, OneEach):
            files.append(spec.out / (stem + form.suffix))
            form.write(files[-1], finding)
    return tuple(files)


def _told(
    step: BatchStep, inspection: Inspection, finding: Finding, files: tuple[Path, ...]
) -> BatchStep:
    best = best_pair(inspection.trace)
    detections = finding.detections
    return BatchStep(
        path=step.path,
        done=step.done,
        count=step.count,
        size=detections.picture_size,
        found=tuple(zip(detections.names, map(float, detections.scores), strict=True)),
        best=None if best is None else (inspection.model.class_name(best[2]), best[0]),
        files=files,
    )
