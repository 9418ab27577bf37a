"""What is taken for what, over all pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.selection import Thresholds
from engine.detection.queries.class_pairs import class_pairs
from engine.training.evaluation.judged_detections import IOU


def confusion(
    truth: dict[str, Any], found: Sequence[dict[str, Any]], *, score: float = Thresholds.score
) -> dict[str, Any]:
    """The confusion matrix of the boxes that are shown, paired as `class_pairs` pairs them.

    Args:
        truth: a COCO JSON object; found: COCO results.
        score: what is shown scores above it.

    Returns:
        "score" and "iou"; "classes", C names; "counts", (C + 1, C + 1): row an object's
        class, column that of the box on it, the last row boxes on nothing and the last
        column objects that nothing found. A row sums to the objects of its class, a column
        to the boxes of its class that do not lie on a crowd.
    """
    place = {entry["id"]: row for row, entry in enumerate(truth["categories"])}
    objects, boxes = defaultdict(list), defaultdict(list)
    for item in truth["annotations"]:
        objects[item["image_id"]].append(item)
    for item in sorted(found, key=lambda item: -item["score"]):
        if item["score"] > score:
            boxes[item["image_id"]].append(item)
    counts = np.zeros((len(place) + 1, len(place) + 1), np.int64)
    for image in truth["images"]:
        there, shown = objects[image["id"]], boxes[image["id"]]
        pairs = class_pairs(
            corners(shown),
            np.array([place[item["category_id"]] for item in shown], np.int64),
            corners(there),
            np.array([place[item["category_id"]] for item in there], np.int64),
            np.array([item["iscrowd"] for item in there], bool),
            iou=IOU,
        )
        for row, column in pairs:  # NOTHING is -1, the last
            counts[row, column] += 1
    return {
        "score": score,
        "iou": IOU,
        "classes": [entry["name"] for entry in truth["categories"]],
        "counts": counts.tolist(),
    }


def corners(items: Sequence[dict[str, Any]]) -> NDArray[np.float32]:
    """(N, 4) float32 xyxy of COCO's boxes."""
    boxes = np.array([item["bbox"] for item in items], float).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    return boxes.astype(np.float32)
