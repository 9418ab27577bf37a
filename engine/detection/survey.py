"""A folder of pictures with ground truth: where objects are lost, and how good the model is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.annotations.ground_truth import GroundTruth, Matching, match
from engine.annotations.json_stream import ReadProgress
from engine.annotations.reading import Truth, find_truth, find_truth_steps, read_truth_steps
from engine.annotations.remarks import Tally
from engine.detection.detections import Detections, gather
from engine.detection.pipeline.inference import Inspection, InspectSpec, Workbench, inspect
from engine.detection.pipeline.selection import Selection, Thresholds, select, stock_thresholds
from engine.detection.queries.class_pairs import class_pairs
from engine.detection.queries.object_outcomes import OUTCOMES, object_outcomes
from engine.detection.survey_report.thumbnails import object_thumbnail
from engine.errors import InputError, ThalwegError, of_picture
from engine.pictures.read_ahead import read_ahead
from engine.pictures.reader import Picture, read_picture

SIZES = ("small", "medium", "large")
MOST = 100  # detections of a picture that count, as COCO has it


@dataclass(frozen=True)
class SurveySpec:
    """What to measure, and with what.

    Attributes:
        pictures: picture files.
        truth: a file or folder of ground truth; None to look beside each picture.
        model, weights, device, precision: as in `InspectSpec`.
        thresholds: what is shown; the losses and the confusion are those of it.
        iou: what counts as found.
        images: the folder in which the pictures of `truth` lie; None where that is plain.
    """

    pictures: tuple[Path, ...]
    truth: Path | None = None
    model: str = "people"
    weights: str | None = None
    device: str = "auto"
    thresholds: Thresholds = field(default_factory=Thresholds)
    iou: float = 0.5
    images: Path | None = None
    precision: str = "float32"


@dataclass(frozen=True)
class SurveyProgress:
    """How many of how many pictures are done; the last one, and why it was left out."""

    done: int
    count: int
    path: Path
    error: ThalwegError | None = None


@dataclass(frozen=True, eq=False)
class Loss:
    """What became of one object.

    Attributes:
        path: its picture; index: its place among the picture's objects.
        class_name, size: its class, and "small", "medium" or "large".
        outcome: one of `OUTCOMES`: found, or the first gate that let nothing through.
        box: (4,) picture px.
        number, threshold: what failed against what, where there are such.
        score: of the detection that found it.
        thumbnail: a JPEG of it, as `object_thumbnail` makes them.
    """

    path: Path
    index: int
    class_name: str
    size: str
    outcome: str
    box: NDArray[np.float32]
    number: float | None = None
    threshold: float | None = None
    score: float | None = None
    thumbnail: bytes = b""


@dataclass(frozen=True, eq=False)
class PrecisionRecall:
    """A class's curve over falling scores.

    Attributes:
        scores, precision, recall: (n,) float64, one entry a detection.
        objects: how many there are to find.
        average: the mean of the best precision at 101 recalls, as COCO takes it, at the one
            IoU of the survey: AP50 at .5, never COCO's AP, which is a mean over ten IoUs.
    """

    scores: NDArray[np.float64]
    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    objects: int
    average: float

    def at_recalls(self) -> NDArray[np.float64]:
        """(101,) float64, the best precision at recall 0, .01 ... 1; 0 beyond the last one."""
        best = np.maximum.accumulate(self.precision[::-1])[::-1]
        places = np.searchsorted(self.recall, np.linspace(0, 1, 101), side="left")
        return np.append(best, 0.0)[places]


@dataclass(frozen=True, eq=False)
class Survey:
    """What a folder tells about a model.

    Attributes:
        spec: what was asked.
        classes: the model's.
        losses: every object that is to be found, and what became of it.
        curves: class -> its curve, of all the model's boxes, whatever is shown.
        confusion: (N + 1, N + 1) int64: row the object's class, column the class of the
            shown box on it; the last of either is "nothing".
        confusion_pictures: (row, column) -> the pictures that count there.
        worst: (path, errors), most missed and false boxes first.
        metrics: COCO's numbers for "bbox", and for "segm" where everything has masks, as
            `evaluate` gives them.
        skipped: pictures left out, without ground truth or unreadable.
        tally: what of the ground truth was left out, and what was turned or scaled.
        title: the model's.
    """

    spec: SurveySpec
    classes: tuple[str, ...]
    losses: tuple[Loss, ...]
    curves: Mapping[str, PrecisionRecall]
    confusion: NDArray[np.int64]
    confusion_pictures: Mapping[tuple[int, int], tuple[Path, ...]]
    worst: tuple[tuple[Path, int], ...]
    metrics: Mapping[str, Mapping[str, float]]
    skipped: tuple[Path, ...]
    tally: Tally
    title: str = ""

    def funnel(self, class_name: str | None = None, size: str | None = None) -> dict[str, int]:
        """How many objects of a class and a size, or of all, had each of `OUTCOMES`."""
        counts = Counter(loss.outcome for loss in self.lost(None, class_name, size))
        return {outcome: counts[outcome] for outcome in OUTCOMES}

    def lost(
        self, outcome: str | None, class_name: str | None = None, size: str | None = None
    ) -> tuple[Loss, ...]:
        """The objects behind one number of the funnel."""
        return tuple(
            loss
            for loss in self.losses
            if outcome in (None, loss.outcome)
            and class_name in (None, loss.class_name)
            and size in (None, loss.size)
        )


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


def average_name(iou: float) -> str:
    """What the average precision at one IoU is called: "AP50" at .5."""
    return f"AP{100 * iou:g}"


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
