"""COCO's twelve numbers, from pycocotools' own matching."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from pycocotools import mask as rle
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from engine.annotations.mask_encoding import encode_outline


def measure(
    truth: dict[str, Any], found: Sequence[dict[str, Any]], *, kind: str, most: int
) -> dict[str, float]:
    """COCO's numbers for one kind of result.

    As `compare`, then `summary`: AP (over IoU .50 to .95), AP50, AP75, AP and AR by size,
    AR at 1, 10 and `most` detections (called AR100); -1 where there is nothing to find.
    """
    return summary(accumulated(truth, found, kind=kind, most=most))


def accumulated(
    truth: dict[str, Any], found: Sequence[dict[str, Any]], *, kind: str, most: int
) -> COCOeval:
    """As `compare`, and pycocotools' tables over all pictures in `eval`."""
    evaluation = compare(truth, found, kind=kind, most=most)
    with contextlib.redirect_stdout(io.StringIO()):
        evaluation.accumulate()
    return evaluation


def compare(
    truth: dict[str, Any], found: Sequence[dict[str, Any]], *, kind: str, most: int
) -> COCOeval:
    """Detections matched with the truth by pycocotools.

    Args:
        truth: ground truth as a COCO JSON object. Objects without `segmentation`, and
            those without keypoints, count neither for nor against masks and keypoints.
        found: COCO results; each is used for the part that `kind` looks at.
        kind: "bbox", "segm" or "keypoints".
        most: detections of a picture that count.
    """
    if kind == "segm":
        truth = _by_outline(truth)
    with contextlib.redirect_stdout(io.StringIO()):  # pycocotools prints as it works
        ground = COCO()
        ground.dataset = truth
        ground.createIndex()
        evaluation = COCOeval(ground, _answers(ground, found, kind), kind)
        evaluation.params.imgIds = [image["id"] for image in truth["images"]]
        evaluation.params.catIds = [entry["id"] for entry in truth["categories"]]
        evaluation.params.maxDets = [1, min(10, most), most]  # COCOeval sorts them
        evaluation.evaluate()
    return evaluation


def _by_outline(truth: dict[str, Any]) -> dict[str, Any]:
    """Truth in which objects without an outline are regions to ignore: their boxes.

    Pycocotools ignores what lies in a crowd; keypoints it has a rule for itself.
    """
    sizes = {image["id"]: (image["height"], image["width"]) for image in truth["images"]}
    annotations = []
    for item in truth["annotations"]:
        if "segmentation" not in item:
            x, y, w, h = item["bbox"]
            height, width = sizes[item["image_id"]]
            x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + w, width), min(y + h, height)
            outline = encode_outline([[x0, y0, x1, y0, x1, y1, x0, y1]], height, width)
            item = {**item, "iscrowd": 1, "segmentation": outline}
        annotations.append(item)
    return {**truth, "annotations": annotations}


def _answers(ground: COCO, found: Sequence[dict[str, Any]], kind: str) -> COCO:
    """Results as pycocotools wants them; its own loader refuses an empty list."""
    answers = COCO()
    annotations = []
    for number, entry in enumerate(found, 1):
        w, h = entry["bbox"][2:]
        kept = {**entry, "id": number, "iscrowd": 0, "area": w * h}
        if kind == "segm":
            kept["area"] = float(rle.area(entry["segmentation"]))
        elif kind == "keypoints":
            # COCO takes the size of an answer from the extent of its points.
            points = np.asarray(entry["keypoints"]).reshape(-1, 3)[:, :2]
            kept["area"] = float((points.max(0) - points.min(0)).prod())
        annotations.append(kept)
    answers.dataset = {
        "images": ground.dataset["images"],
        "annotations": annotations,
        "categories": ground.dataset["categories"],
    }
    answers.createIndex()
    return answers


def summary(evaluation: COCOeval) -> dict[str, float]:
    """Means over the entries that exist of an accumulated evaluation.

    Read from `eval["precision"]` (T, R, K, A, M) and `eval["recall"]` (T, K, A, M), because
    `COCOeval.summarize` answers -1 for any maximum of detections but 100.
    """
    precision, recall = evaluation.eval["precision"], evaluation.eval["recall"]
    areas = {name: row for row, name in enumerate(evaluation.params.areaRngLbl)}
    thresholds = np.asarray(evaluation.params.iouThrs)

    def mean(values: Any) -> float:
        kept = values[values > -1]
        return float(kept.mean()) if kept.size else -1.0

    def ap(area: str, threshold: float | None = None) -> float:
        if area not in areas:
            return -1.0
        rows = slice(None) if threshold is None else np.isclose(thresholds, threshold)
        return mean(precision[rows, :, :, areas[area], -1])

    def ar(area: str, column: int = -1) -> float:
        return mean(recall[:, :, areas[area], column]) if area in areas else -1.0

    return {
        "AP": ap("all"),
        "AP50": ap("all", 0.5),
        "AP75": ap("all", 0.75),
        "APs": ap("small"),
        "APm": ap("medium"),
        "APl": ap("large"),
        "AR1": ar("all", 0),
        "AR10": ar("all", 1),
        "AR100": ar("all"),
        "ARs": ar("small"),
        "ARm": ar("medium"),
        "ARl": ar("large"),
    }
