"""What is taken for what: boxes and objects paired whatever their class."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.annotations.ground_truth import overlap_matrix

NOTHING = -1  # the class of an object that no box found, and of a box on no object


def class_pairs(
    boxes: NDArray[np.float32],
    labels: NDArray[np.int64],
    objects: NDArray[np.float32],
    object_labels: NDArray[np.int64],
    ignore: NDArray[np.bool_],
    *,
    iou: float,
) -> Iterator[tuple[int, int]]:
    """The class of each object of a picture, and of the box on it.

    Of all pairs with an IoU of `iou` or more the one with the largest IoU is taken, then
    the largest of those whose box and object are both still free, and so on; of equal
    pairs the better box's, when boxes come best first. Classes play no part, so that a dog
    taken for a cat is one pair, and not a dog that was missed and a cat that was invented.
    Objects to ignore are in no pair, nor is an unpaired box that one of them covers by
    `iou` of the box's area. Source: the greedy matching of ultralytics'
    `ConfusionMatrix.process_batch`, with COCO's rule for crowds.

    Args:
        boxes, labels: (D, 4) float32 xyxy of what is shown and (D,) its classes.
        objects, object_labels: (T, 4) float32 xyxy and (T,) classes; neither is `NOTHING`.
        ignore: (T,) whether an object counts neither way, such as a crowd.

    Yields:
        (object's class, box's class), once for each object and each box that counts;
        `NOTHING` on the side that is missing.
    """
    overlaps = overlap_matrix(boxes, objects, np.zeros(len(objects), bool))
    free_rows, free = set(range(len(boxes))), set(np.flatnonzero(~ignore).tolist())
    rows, columns = np.nonzero(overlaps >= iou)
    for place in np.argsort(-overlaps[rows, columns], kind="stable"):
        row, column = int(rows[place]), int(columns[place])
        if row in free_rows and column in free:
            free_rows.discard(row)
            free.discard(column)
            yield int(object_labels[column]), int(labels[row])
    for column in sorted(free):
        yield int(object_labels[column]), NOTHING
    covers = overlap_matrix(boxes, objects, np.ones(len(objects), bool))
    for row in sorted(free_rows):
        if not (ignore & (covers[row] >= iou)).any():
            yield NOTHING, int(labels[row])
