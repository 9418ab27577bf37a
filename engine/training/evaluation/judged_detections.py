"""What became of each detection, and precision and recall of those that are shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pycocotools.cocoeval import COCOeval

from engine.detection.pipeline.selection import Thresholds

IOU = 0.5  # from here on a box is a true one


@dataclass(frozen=True)
class Judged:
    """What became of the detections that count; those on ignored objects do not.

    Attributes:
        numbers: (D,) int64, the place of each among the results that were compared.
        scores: (D,) float64.
        true: (D,) bool, whether each found an object.
        objects: how many there were to find.
    """

    numbers: NDArray[np.int64]
    scores: NDArray[np.float64]
    true: NDArray[np.bool_]
    objects: int


def judge_scores(evaluation: COCOeval) -> Judged:
    """Each detection by COCO's matching at IoU .50.

    Args:
        evaluation: of boxes, after `evaluate()`.
    """
    row = int(np.flatnonzero(np.isclose(evaluation.params.iouThrs, IOU))[0])
    every_size = evaluation.params.areaRng[0]
    numbers, scores, true = [np.zeros(0, np.int64)], [np.zeros(0)], [np.zeros(0, bool)]
    objects = 0
    for item in evaluation.evalImgs:
        if item is None or item["aRng"] != every_size:
            continue
        counts = ~np.asarray(item["dtIgnore"][row], bool)
        numbers.append(np.asarray(item["dtIds"], np.int64)[counts] - 1)  # ids count from 1
        scores.append(np.asarray(item["dtScores"], float)[counts])
        true.append(np.asarray(item["dtMatches"][row])[counts] > 0)
        objects += int((~np.asarray(item["gtIgnore"], bool)).sum())
    return Judged(np.concatenate(numbers), np.concatenate(scores), np.concatenate(true), objects)


def at_threshold(judged: Judged, threshold: float = Thresholds.score) -> dict[str, float]:
    """Precision and recall of the detections above a score; -1 where there is nothing."""
    shown = judged.scores > threshold
    found, objects = int(judged.true[shown].sum()), judged.objects
    return {
        "score": threshold,
        "precision": found / int(shown.sum()) if shown.any() else -1.0,
        "recall": found / objects if objects else -1.0,
        "true": found,
        "false": int(shown.sum()) - found,
    }
