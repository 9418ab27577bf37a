"""A folder of pictures with ground truth: where objects are lost, and how good the model is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.annotations.ground_truth import GroundTruth, Matching, match
from engine.annotations.json_stream import ReadProgress
from engine.annotations.reading import Truth, find_truth, find_truth_steps, read_truth_steps
from engine.annotations.remarks import Tally
from engine.detection.detections import Detections, gather
from engine.detection.pipeline.inference import Inspection, InspectSpec, Workbench, inspect
from engine.detection.pipeline.selection import Selection, select, stock_thresholds
from engine.detection.queries.class_pairs import class_pairs
from engine.detection.queries.object_outcomes import object_outcomes
from engine.detection.survey.records import (
    Loss,
    PrecisionRecall,
    Survey,
    SurveyProgress,
    SurveySpec,
)
from engine.detection.survey.thumbnails import object_thumbnail
from engine.errors import InputError, ThalwegError, of_picture
from engine.pictures.read_ahead import read_ahead
from engine.pictures.reader import Picture, read_picture

MOST = 100  # detections of a picture that count, as COCO has it


def survey(
    workbench: Workbench, spec: SurveySpec, known: Truth | None = None
) -> Generator[ReadProgress | SurveyProgress | Survey, None, None]:
    """Detect in every picture and follow every object of its ground truth.

    The next pictures are read while the network works on this one.

    Args:
        known: what `spec.truth` holds, where it was read before.

    Yields:
        first how much of a large file of ground truth is read, then a `SurveyProgress` a
        picture, the `Survey` last.

    Raises:
        InputError: no picture has ground truth, or its file cannot be read.
        ModelError, DeviceError: the model cannot be had.
    """
    if known is not None:
        known.expect(spec.pictures)
    elif spec.truth is not None:
        known = yield from read_truth_steps(spec.truth, spec.pictures, spec.images)
    elif spec.pictures:
        with suppress(Exception):  # said where the picture's turn comes
            yield from find_truth_steps(spec.pictures[0])  # it is remembered

    def read(path: Path) -> tuple[GroundTruth, Picture] | None:
        truth = find_truth(path) if known is None else known.of(path)
        return None if truth is None else (truth, read_picture(path))

    gathered = _Gathered()
    if known is not None:
        gathered.tally.leave(known.left_out)
    skipped: list[Path] = []
    count = len(spec.pictures)
    with closing(read_ahead(read, spec.pictures)) as reading:
        for done, (path, content) in enumerate(reading, start=1):
            error: ThalwegError | None = None
            try:
                told = content.result()
                if told is None:
                    skipped.append(path)
                else:
                    truth, picture = told
                    gathered.add(path, truth, _inspected(workbench, spec, picture), spec)
            except Exception as raised:
                skipped.append(path)
                error = of_picture(path, raised)
            yield SurveyProgress(done, count, path, error)
    if not gathered.classes:
        raise InputError("truth.nothing", count=count)
    yield gathered.summed(spec, tuple(skipped))


def _inspected(workbench: Workbench, spec: SurveySpec, picture: Picture) -> Inspection:
    asked = InspectSpec(
        path=str(picture.path),
        model=spec.model,
        weights=spec.weights,
        device=spec.device,
        precision=spec.precision,
    )
    steps = inspect(workbench, asked, picture)
    return next(step for step in steps if isinstance(step, Inspection))


class _Gathered:
    """What is kept of the pictures: numbers, no traces."""

    def __init__(self) -> None:
        self.classes: tuple[str, ...] = ()
        self.title = ""
        self.losses: list[Loss] = []
        self.errors: list[tuple[Path, int]] = []
        self.cells: dict[tuple[int, int], Counter[Path]] = defaultdict(Counter)
        self.scored: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        self.wanted: Counter[int] = Counter()
        self.images: list[dict[str, Any]] = []
        self.annotations: list[dict[str, Any]] = []
        self.found: list[dict[str, Any]] = []
        self.tally = Tally()
        self.outlined = True  # every object and every detection so far has a mask

    def add(self, path: Path, truth: GroundTruth, inspection: Inspection, spec: SurveySpec) -> None:
        """One picture."""
        trace, model = inspection.trace, inspection.model
        self.tally.add(len(truth.objects), truth.left_out, truth.change, path.name)
        self.classes, self.title = model.classes, model.title
        labels = [each.label(model.classes) for each in truth.objects]
        shown = select(trace, spec.thresholds)
        detections = gather(trace, shown, model)
        matched = match(detections, truth, spec.iou)
        self._lose(path, truth, inspection, shown, matched)
        self._confuse(path, truth, labels, detections, spec.iou)
        self.errors.append((path, len(matched.fn) + len(matched.fp)))
        whole = gather(trace, select(trace, stock_thresholds(trace)), model)
        ranked = match(whole, truth, spec.iou)
        for row in np.flatnonzero(~ranked.ignored):
            label, hit = int(whole.labels[row]), bool(ranked.truth_of[row] >= 0)
            self.scored[label].append((float(whole.scores[row]), hit))
        for known, wanted in zip(labels, ranked.wanted, strict=True):
            if known is not None and wanted:
                self.wanted[known] += 1
        self._keep_coco(truth, labels, whole)

    def _lose(
        self,
        path: Path,
        truth: GroundTruth,
        inspection: Inspection,
        shown: Selection,
        matched: Matching,
    ) -> None:
        classes = inspection.model.classes
        for told in object_outcomes(inspection.trace, shown, truth, matched, classes):
            each = truth.objects[told.index]
            self.losses.append(
                Loss(
                    path, told.index, each.name, each.size, told.outcome, each.box,
                    told.number, told.threshold, told.score,
                    object_thumbnail(inspection.picture.pixels, each.box),
                )
            )  # fmt: skip

    def _confuse(
        self,
        path: Path,
        truth: GroundTruth,
        labels: Sequence[int | None],
        detections: Detections,
        iou: float,
    ) -> None:
        ignore = [each.ignore or label is None for each, label in _with(truth, labels)]
        pairs = class_pairs(
            detections.boxes,
            detections.labels - 1,
            truth.boxes,
            np.array([(label or 0) - 1 for label in labels], np.int64),
            np.array(ignore, bool),
            iou=iou,
        )
        nothing = len(detections.model.classes)  # where NOTHING, -1, is counted
        for row, column in pairs:
            self.cells[row % (nothing + 1), column % (nothing + 1)][path] += 1

    def _keep_coco(
        self, truth: GroundTruth, labels: Sequence[int | None], whole: Detections
    ) -> None:
        """What pycocotools needs of a picture."""
        from engine.annotations.mask_encoding import run_lengths

        height, width = whole.picture_size
        number = len(self.images) + 1
        self.images.append({"id": number, "width": width, "height": height})
        for each, label in _with(truth, labels):
            if label is None:
                continue
            x0, y0, x1, y1 = (float(value) for value in each.box)
            annotation = {
                "id": len(self.annotations) + 1,
                "image_id": number,
                "category_id": label,
                "bbox": [x0, y0, x1 - x0, y1 - y0],
                "area": each.area or (x1 - x0) * (y1 - y0),
                "iscrowd": int(each.ignore),
            }
            outline = each.mask(height, width)
            self.outlined &= outline is not None
            self.annotations.append({**annotation, "segmentation": outline})
        self.outlined &= whole.mask_probs is not None
        for row, (box, label) in enumerate(zip(whole.boxes, whole.labels, strict=True)):
            x0, y0, x1, y1 = (float(value) for value in box)
            answer = {
                "image_id": number,
                "category_id": int(label),
                "score": float(whole.scores[row]),
                "bbox": [x0, y0, x1 - x0, y1 - y0],
            }
            if self.outlined:
                answer["segmentation"] = run_lengths(*whole.bits(row), whole.picture_size)
            self.found.append(answer)

    def summed(self, spec: SurveySpec, skipped: tuple[Path, ...]) -> Survey:
        """The numbers of all pictures."""
        from engine.training.evaluation.coco_numbers import measure

        count = len(self.classes) + 1
        confusion = np.zeros((count, count), np.int64)
        for cell, pictures in self.cells.items():
            confusion[cell] = sum(pictures.values())
        truth = {
            "images": self.images,
            "annotations": self.annotations,
            "categories": [
                {"id": label, "name": self.classes[label - 1]} for label in sorted(self.wanted)
            ],
        }
        kept = [each for each in self.found if each["category_id"] in self.wanted]
        kinds = ["bbox", "segm"] if self.outlined else ["bbox"]
        return Survey(
            spec=spec,
            classes=self.classes,
            losses=tuple(self.losses),
            curves={
                self.classes[label - 1]: precision_recall(self.scored[label], self.wanted[label])
                for label in sorted(self.wanted)
            },
            confusion=confusion,
            confusion_pictures={
                cell: tuple(path for path, _ in pictures.most_common())
                for cell, pictures in self.cells.items()
            },
            worst=tuple(sorted(self.errors, key=lambda each: -each[1])),
            metrics={kind: measure(truth, kept, kind=kind, most=MOST) for kind in kinds}
            if self.wanted
            else {},
            skipped=skipped,
            tally=self.tally,
            title=self.title,
        )


def precision_recall(scored: Sequence[tuple[float, bool]], objects: int) -> PrecisionRecall:
    """The curve of detections (score, whether it found an object) of one class.

    Source: pycocotools, cocoeval.py, `accumulate`.
    """
    scores = np.array([score for score, _ in scored], np.float64)
    hits = np.array([hit for _, hit in scored], bool)
    order = np.argsort(-scores, kind="stable")
    found = np.cumsum(hits[order])
    recall = found / max(objects, 1)
    precision = found / np.arange(1, len(found) + 1)
    curve = PrecisionRecall(scores[order], precision, recall, objects, -1.0)
    return replace(curve, average=float(curve.at_recalls().mean())) if objects else curve


def _with(truth: GroundTruth, labels: Sequence[int | None]) -> Iterator[tuple[Any, int | None]]:
    return zip(truth.objects, labels, strict=True)
