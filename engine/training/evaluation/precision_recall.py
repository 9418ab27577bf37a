"""Precision over recall, and the score at each point: what pycocotools interpolated."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pycocotools.cocoeval import COCOeval

# What a curve is of, by COCO's names: an IoU, or the mean over IoU .50 to .95.
IOUS: dict[str, float | None] = {"AP50": 0.5, "AP75": 0.75, "AP": None}


def curves(evaluation: COCOeval) -> dict[str, Any]:
    """A curve of each class, and their mean, at each of `IOUS`.

    Read from `eval["precision"]` (T, R, K, A, M) and `eval["scores"]`, alike, of objects of
    all sizes and at the most detections. The mean of a curve's precision is its AP.

    Args:
        evaluation: accumulated.

    Returns:
        "recall", the R = 101 recalls 0, .01 ... 1; "classes", for each class that has objects
        its name -> "objects", how many, and a curve for each of `IOUS`: "precision" (R,),
        "AP", and where the IoU is one "score" (R,), that of the detection at which the
        recall is reached, 0 where it never is, and "best", the point with the best F1;
        "mean", the curves of all classes together, precision and AP alone.
    """
    names = {entry["id"]: entry["name"] for entry in evaluation.cocoGt.dataset["categories"]}
    recall = np.asarray(evaluation.params.recThrs, float)
    area = evaluation.params.areaRngLbl.index("all")
    precision = evaluation.eval["precision"][:, :, :, area, -1]  # (T, R, K)
    scores = evaluation.eval["scores"][:, :, :, area, -1]
    thresholds = np.asarray(evaluation.params.iouThrs)
    objects = _objects(evaluation)
    # Pycocotools gives -1 to every entry of a class without objects.
    known = [column for column in range(precision.shape[2]) if (precision[:, :, column] > -1).any()]
    classes: dict[str, Any] = {}
    means: dict[str, Any] = {}
    for name, iou in IOUS.items():
        rows = np.ones(len(thresholds), bool) if iou is None else np.isclose(thresholds, iou)
        drawn = precision[rows].mean(0)  # (R, K)
        for column in known:
            number = evaluation.params.catIds[column]
            told = classes.setdefault(names[number], {"objects": objects[number]})
            told[name] = _curve(drawn[:, column])
            if iou is not None:
                score = scores[rows][0, :, column]
                told[name] |= {
                    "score": score.tolist(),
                    "best": best_point(recall, drawn[:, column], score),
                }
        if known:
            means[name] = _curve(drawn[:, known].mean(1))
    return {"recall": recall.tolist(), "classes": classes, "mean": means}


def _curve(precision: NDArray[np.float64]) -> dict[str, Any]:
    return {"precision": precision.tolist(), "AP": float(precision.mean())}


def _objects(evaluation: COCOeval) -> dict[int, int]:
    """How many objects of each category are to be found."""
    every_size = evaluation.params.areaRng[0]
    counts = dict.fromkeys(evaluation.params.catIds, 0)
    for item in evaluation.evalImgs:
        if item is not None and item["aRng"] == every_size:
            counts[item["category_id"]] += int((~np.asarray(item["gtIgnore"], bool)).sum())
    return counts


def best_point(
    recall: NDArray[np.float64], precision: NDArray[np.float64], score: NDArray[np.float64]
) -> dict[str, float]:
    """The point of a curve with the largest F1 = 2 P R / (P + R), of equal ones the first.

    Args:
        recall, precision, score: (R,) of the curve.

    Returns:
        "f1", "recall", "precision" and "score".
    """
    total = precision + recall
    f1 = np.divide(2 * precision * recall, total, out=np.zeros_like(total), where=total > 0)
    row = int(f1.argmax())
    return {
        "f1": float(f1[row]),
        "recall": float(recall[row]),
        "precision": float(precision[row]),
        "score": float(score[row]),
    }
