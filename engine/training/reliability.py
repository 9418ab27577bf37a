"""Whether a score can be believed: precision and recall of what is shown, and calibration."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pycocotools.cocoeval import COCOeval

from engine.detection.pipeline.selection import Thresholds

IOU = 0.5  # from here on a box is a true one
BINS = 10


def judge_scores(evaluation: COCOeval) -> tuple[NDArray[np.float64], NDArray[np.bool_], int]:
    """What became of each detection, by COCO's matching at IoU .50.

    Args:
        evaluation: of boxes, after `evaluate()`.

    Returns:
        (D,) scores and (D,) whether each is true, of the detections that count (those on
        ignored objects do not), and how many objects there were to find.
    """
    row = int(np.flatnonzero(np.isclose(evaluation.params.iouThrs, IOU))[0])
    every_size = evaluation.params.areaRng[0]
    scores, true, objects = [np.zeros(0)], [np.zeros(0, bool)], 0
    for item in evaluation.evalImgs:
        if item is None or item["aRng"] != every_size:
            continue
        counts = ~np.asarray(item["dtIgnore"][row], bool)
        scores.append(np.asarray(item["dtScores"], float)[counts])
        true.append(np.asarray(item["dtMatches"][row])[counts] > 0)
        objects += int((~np.asarray(item["gtIgnore"], bool)).sum())
    return np.concatenate(scores), np.concatenate(true), objects


def at_threshold(
    scores: NDArray[np.float64],
    true: NDArray[np.bool_],
    objects: int,
    threshold: float = Thresholds.score,
) -> dict[str, float]:
    """Precision and recall of the detections from a score on; -1 where there is nothing.

    Args:
        scores, true: (D,) of each detection.
        objects: how many there were to find.
    """
    shown = scores >= threshold
    found = int(true[shown].sum())
    return {
        "score": threshold,
        "precision": found / int(shown.sum()) if shown.any() else -1.0,
        "recall": found / objects if objects else -1.0,
        "true": found,
        "false": int(shown.sum()) - found,
    }


def calibration(scores: NDArray[np.float64], true: NDArray[np.bool_]) -> dict[str, Any]:
    """How far the scores are from the share of true detections, over bins of equal width.

    Args:
        scores, true: (D,) of each detection.

    Returns:
        "error", the expected calibration error (Guo et al. 2017, arXiv 1706.04599), 0 to
        1 and -1 without detections; "bins", for each that holds a detection its ends, how
        many, their mean score and the share that is true.
    """
    bins: list[dict[str, float]] = []
    places = np.minimum((scores * BINS).astype(int), BINS - 1)
    for place in np.unique(places):
        rows = places == place
        bins.append(
            {
                "from": float(place) / BINS,
                "to": float(place + 1) / BINS,
                "boxes": int(rows.sum()),
                "score": float(scores[rows].mean()),
                "true": float(true[rows].mean()),
            }
        )
    off = sum(entry["boxes"] * abs(entry["score"] - entry["true"]) for entry in bins)
    return {"error": off / len(scores) if len(scores) else -1.0, "bins": bins}
