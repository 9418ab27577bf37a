"""What was accepted as detections, ready for every export.

Whatever the model says as the person does is taken from it. Where a person has given another
box or class, or drawn an object, its mask and keypoints are asked of the model's heads for
that box and class, from the feature maps that are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine import device as devices
from engine.detection.detections import Detections, ModelFacts
from engine.detection.pipeline.inference import Inspection, Workbench
from engine.detection.review.arrangement import Item, arrange, suggestions
from engine.detection.review.records import ACCEPTED, Review
from engine.errors import InputError


def with_names(model: ModelFacts, names: Sequence[str]) -> ModelFacts:
    """The model with classes that it does not know behind its own: those of another model."""
    more = tuple(name for name in names if name not in model.classes)
    return replace(model, classes=(*model.classes, *more)) if more else model


def accepted_detections(
    workbench: Workbench,
    inspection: Inspection,
    detections: Detections,
    review: Review,
    facts: ModelFacts,
) -> Detections:
    """The accepted objects of a picture, in the order of the list. N of them.

    Runs the mask and keypoint heads, once, where an object differs from what the model said.

    Args:
        detections: what is shown, or would be, with the masks that are known.
        facts: the model, with all names that were judged (`with_names`).

    Returns:
        `pairs` of objects that are no detection are (-1, -2, ...) and the label; `ready` is
        False where the model does not know the class, so that writers give a box.

    Raises:
        InputError: the picture is of another size than the one that was judged.
        DeviceError: the heads ran out of memory.
    """
    height, width = inspection.trace.picture_size
    if (review.width, review.height) != (width, height):
        raise InputError(
            "review.other_size",
            path=review.picture,
            told_width=review.width,
            told_height=review.height,
            width=width,
            height=height,
        )
    told = suggestions(detections.names, detections.boxes, detections.scores)
    items = [item for item in arrange(review, told) if item.verdict == ACCEPTED]
    labels = np.array([facts.classes.index(item.name) + 1 for item in items], np.int64)
    boxes = np.array([item.box for item in items], np.float32).reshape(-1, 4)
    kept = [_as_suggested(item, detections) for item in items]
    known = labels <= len(inspection.model.classes)
    asked = np.array([row is None for row in kept], np.bool_) & known
    made = Detections(
        model=facts,
        picture_size=(height, width),
        boxes=boxes,
        labels=labels,
        scores=np.array([item.score for item in items], np.float32),
        pairs=tuple(
            (-1 - place, int(label)) if row is None else detections.pairs[row]
            for place, (row, label) in enumerate(zip(kept, labels, strict=True))
        ),
        ready=np.array([row is not None for row in kept], np.bool_) | asked,
        mask_threshold=detections.mask_threshold,
    )
    answers = ask_heads(workbench, inspection, boxes[asked], labels[asked])

    def collect(name: str, answer: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
        values: NDArray[np.float32] | None = getattr(detections, name)
        if values is None:
            return None
        out = np.zeros((len(items), *values.shape[1:]), np.float32)
        for place, row in enumerate(kept):
            if row is not None:
                out[place] = values[row]
        if answer is not None:
            out[asked] = answer
        return out

    return replace(
        made,
        mask_probs=collect("mask_probs", answers[0]),
        keypoints=collect("keypoints", answers[1]),
        keypoint_scores=collect("keypoint_scores", answers[2]),
    )


def _as_suggested(item: Item, detections: Detections) -> int | None:
    """The detection whose mask is the object's too, as nothing was changed; or None."""
    told, row = item.suggestion, item.row
    if told is None or row is None or not detections.ready[row]:
        return None
    return row if (told.name, told.box) == (item.name, item.box) else None


def ask_heads(
    workbench: Workbench,
    inspection: Inspection,
    boxes: NDArray[np.float32],
    labels: NDArray[np.int64],
) -> tuple[NDArray[np.float32] | None, NDArray[np.float32] | None, NDArray[np.float32] | None]:
    """Masks and keypoints of boxes and classes as they are, from the picture's feature maps.

    Args:
        boxes: (n, 4) float32 xyxy, picture px.
        labels: (n,) int64, from 1.

    Returns:
        (n, 28, 28), (n, K, 3) and (n, K) float32 as in `Detections`; None in the place of
        what the model does not have, and without boxes.

    Raises:
        DeviceError: the heads ran out of memory.
    """
    from engine.detection.pipeline.stages import fill_pairs

    facts = inspection.model
    if not len(labels) or not (facts.has_masks or facts.has_keypoints):
        return None, None, None
    features = workbench.features(inspection)
    with devices.memory_guard(inspection.device):
        return fill_pairs(features, inspection.trace.from_picture(boxes), labels)
