"""What a survey of a folder is asked, and what it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.annotations.remarks import Tally
from engine.detection.pipeline.selection import Thresholds
from engine.detection.queries.object_outcomes import OUTCOMES
from engine.errors import ThalwegError

SIZES = ("small", "medium", "large")


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


def average_name(iou: float) -> str:
    """What the average precision at one IoU is called: "AP50" at .5."""
    return f"AP{100 * iou:g}"
