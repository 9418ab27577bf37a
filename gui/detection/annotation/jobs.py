"""Jobs of the pass: judgements are read and written, masks asked for boxes as they are judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy

from engine.detection.review.files import read_review, set_aside, write_review
from engine.detection.review.records import Box, Review
from engine.errors import InputError
from gui.detection.instances import MaskImage, paint_mask
from gui.detection.jobs import has_points, with_logits

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection, Workbench

Asked = tuple[Box, int]  # a box in picture px and a class, from 1


@dataclass(frozen=True)
class Loaded:
    """What is known of a picture's judgements: none, or why they cannot be used."""

    key: str
    review: Review | None
    error: InputError | None = None


def load_reviews(folder: Path, pictures: Sequence[tuple[str, Path]]) -> Iterator[Loaded]:
    """The judgements of pictures, by their keys; a file that cannot be read is set aside."""
    for key, path in pictures:
        try:
            yield Loaded(key, read_review(folder, path))
        except InputError as error:
            set_aside(folder, path)
            yield Loaded(key, None, error)


def save_reviews(folder: Path, reviews: Mapping[str, Review]) -> Iterator[tuple[str, Review]]:
    """Write judgements; each is told when it is on the disk.

    Raises:
        ExportError: one could not be written.
    """
    for key, review in reviews.items():
        write_review(folder, review)
        yield key, review


@dataclass(frozen=True, eq=False)
class AskedDetail:
    """What the heads give for a box and a class: a painted mask, (K, 3) keypoints; or None."""

    mask: MaskImage | None
    keypoints: numpy.ndarray | None


def ask_details(
    workbench: Workbench,
    inspection: Inspection,
    *,
    asked: Sequence[Asked],
    color: tuple[int, int, int],
    threshold: float,
) -> Iterator[dict[Asked, AskedDetail]]:
    """The masks and keypoints that an export of what was judged would write; inference lane.

    Args:
        threshold: a pixel belongs to a mask from this probability on.
    """
    from engine.detection.review.judged_detections import ask_heads

    boxes = numpy.array([box for box, _ in asked], numpy.float32)
    labels = numpy.array([label for _, label in asked], numpy.int64)
    probs, points, scores = ask_heads(workbench, inspection, boxes, labels)
    found = {}
    for row, each in enumerate(asked):
        mask = keypoints = None
        if probs is not None:
            mask = paint_mask(
                probs[row],
                boxes[row],
                picture_size=inspection.trace.picture_size,
                color=color,
                threshold=threshold,
            )
        if points is not None and has_points(inspection, each[1]):
            keypoints = with_logits(points[row], None if scores is None else scores[row])
        found[each] = AskedDetail(mask, keypoints)
    yield found
