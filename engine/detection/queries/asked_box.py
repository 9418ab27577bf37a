"""What the heads would give for a box that somebody draws: so the RPN is told from the head.

The box is taken for a proposal. If the head then finds the object there, it was the RPN
that never proposed such a box; if it does not, no proposal would have helped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine import device as devices
from engine.detection.pipeline.inference import Inspection, Workbench
from engine.detection.pipeline.iou import iou
from engine.detection.queries.features import ask_head


@dataclass(frozen=True, eq=False)
class BoxAnswer:
    """What the model gives for one box as its proposal; boxes are in picture px.

    Attributes:
        box: (4,) float32 as asked, cut to the picture.
        roi_level: the feature map that it is pooled from.
        class_probs: (C,) float32, the background first.
        refined: (C, 4) float32, the box that each class would give.
        label: the class that mask and keypoints are of: the one asked for, else the
            likeliest but the background; from 1.
        iou: of that class's refined box with the asked one.
        mask_prob: (28, 28) float32 in that refined box, or None.
        keypoints: (K, 3) float32 x, y and 1, or None.
        keypoint_scores: (K,) float32 logits, or None.
        complete: False while mask and keypoints are still to come.
    """

    box: NDArray[np.float32]
    roi_level: int
    class_probs: NDArray[np.float32]
    refined: NDArray[np.float32]
    label: int
    iou: float
    mask_prob: NDArray[np.float32] | None = None
    keypoints: NDArray[np.float32] | None = None
    keypoint_scores: NDArray[np.float32] | None = None
    complete: bool = False

    @property
    def score(self) -> float:
        """The probability of `label`."""
        return float(self.class_probs[self.label])


def ask_box(
    workbench: Workbench,
    inspection: Inspection,
    box: tuple[float, float, float, float],
    label: int | None = None,
) -> Iterator[BoxAnswer]:
    """A job: what the heads give for a box (x0, y0, x1, y1, picture px), from cached features.

    Args:
        label: the class that is meant, from 1; None for the likeliest.

    Yields:
        the classes and refined boxes; then the same with mask and keypoints, which are
        of the refined box, as those of a detection are.
    """
    from engine.detection.pipeline.stages import fill_pairs

    (head,) = ask_head(workbench, inspection, np.array([box], np.float32))
    chosen = int(head.label[0]) if label is None else label
    answer = BoxAnswer(
        box=head.boxes[0],
        roi_level=int(head.roi_level[0]),
        class_probs=head.class_probs[0],
        refined=head.refined[0],
        label=chosen,
        iou=float(iou(head.boxes[0], head.refined[0, chosen][None])[0]),
    )
    yield answer
    trace, features = inspection.trace, workbench.features(inspection)
    refined = trace.from_picture(head.refined[0, chosen][None])
    with devices.memory_guard(inspection.device):
        probs, points, scores = fill_pairs(features, refined, np.array([chosen], np.int64))
    yield replace(
        answer,
        mask_prob=None if probs is None else probs[0],
        keypoints=None if points is None else points[0],
        keypoint_scores=None if scores is None else scores[0],
        complete=True,
    )
