"""Jobs of the inference lane whose answers come ready to be painted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.detection.instances import Box, Instance, as_box, paint_mask
from gui.detection.jobs import has_points, with_logits
from gui.detection.layers.callouts import GIVEN

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection, Workbench
    from engine.detection.queries.asked_box import BoxAnswer

NO_PAIR = (-1, -1)  # it is no detection of the selection


@dataclass(frozen=True, eq=False)
class PaintedAnswer:
    """What the heads give for a drawn box, and the detection it would be."""

    answer: BoxAnswer
    instance: Instance


def ask_painted(
    workbench: Workbench,
    inspection: Inspection,
    *,
    box: Box,
    label: int | None,
    threshold: float,
) -> Iterator[PaintedAnswer]:
    """What the heads give for a box, picture px; the mask and keypoints come second.

    Args:
        label: the class that is meant, from 1; None for the likeliest.
        threshold: a pixel belongs to the mask from this probability on.
    """
    from engine.detection.queries.asked_box import ask_box

    for answer in ask_box(workbench, inspection, box, label):
        corners = answer.refined[answer.label]
        mask = points = None
        if answer.mask_prob is not None and (corners[2:] - corners[:2]).min() >= 1:
            mask = paint_mask(
                answer.mask_prob,
                corners,
                picture_size=inspection.trace.picture_size,
                color=GIVEN,
                threshold=threshold,
            )
        if answer.keypoints is not None and has_points(inspection, answer.label):
            points = with_logits(answer.keypoints, answer.keypoint_scores)
        instance = Instance(
            pair=NO_PAIR,
            number=1,
            label=answer.label,
            name=inspection.model.class_name(answer.label),
            score=answer.score,
            box=as_box(corners),
            color=GIVEN,
            mask=mask,
            keypoints=points,
            pending=not answer.complete,
        )
        yield PaintedAnswer(answer, instance)
