"""Would more resolution help? The model on the enlarged picture, or on a crop around an object.

The result that is shown is not touched: its trace and features stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine import device as devices
from engine.detection.pipeline.inference import Inspection, Workbench, answer_rois, shrunk
from engine.detection.pipeline.iou import iou
from engine.detection.pipeline.rois import stock_rois
from engine.detection.pipeline.selection import Selection, Thresholds, select
from engine.detection.queries.missed_object import FOUND_IOU

if TYPE_CHECKING:
    from engine.detection.pipeline.stages import Features, StageProgress
    from engine.detection.pipeline.trace import StageTrace

SCALE = 1.5  # times the usual input
CONTEXT = 3.0  # a crop's side in sides of the object: what it stands among counts, too

Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Attempt:
    """What the model says of an object when it sees more of its pixels.

    Attributes:
        region: x0, y0, x1, y1 of what the model was given, picture px.
        enlarged: how many times as large as usual the object was for it.
        found: whether a detection covers the object at the thresholds that were asked for.
        score: of that detection; of an object that is not found the best score of any
            box that covers it, 0 where none does.
        box: of that detection or best box, picture px; None where nothing covers it.
        label: its class, from 1.
        boxes: (D, 4) float32 picture px, all detections in the region.
        labels: (D,) int64, from 1.
        scores: (D,) float32.
        input_size: (height, width) of the network's input.
    """

    region: Box
    enlarged: float
    found: bool
    score: float
    box: Box | None
    label: int | None
    boxes: NDArray[np.float32]
    labels: NDArray[np.int64]
    scores: NDArray[np.float32]
    input_size: tuple[int, int]


def crop_around(box: Box, picture_size: tuple[int, int], context: float = CONTEXT) -> Box:
    """A square of whole pixels around a box, `context` times its longer side, in the picture.

    Where the picture ends, it is moved inwards; it is no larger than the picture.

    Args:
        picture_size: (height, width).
    """
    x0, y0, x1, y1 = box
    side = max(x1 - x0, y1 - y0, 1.0) * context
    left, right = _span((x0 + x1) / 2, side, picture_size[1])
    top, bottom = _span((y0 + y1) / 2, side, picture_size[0])
    return float(left), float(top), float(right), float(bottom)


def _span(middle: float, side: float, room: int) -> tuple[int, int]:
    length = min(max(round(side), 1), room)
    start = min(max(round(middle - length / 2), 0), room - length)
    return start, start + length


def try_again(
    workbench: Workbench,
    inspection: Inspection,
    thresholds: Thresholds,
    box: Box,
    label: int | None = None,
    *,
    crop: bool = False,
) -> Iterator[StageProgress | Attempt]:
    """A job: run the model on the picture at `SCALE` times its usual input, or on a crop.

    Args:
        thresholds: at which an object counts as found.
        box: the object, x0, y0, x1, y1 in picture px.
        label: its class, from 1; None for any.
        crop: give the model only what lies around the object, at the usual size of its
            input, in place of the whole picture enlarged.

    Yields:
        a `StageProgress` before each stage; the `Attempt` last.

    Raises:
        DeviceError: memory ran out.
    """
    from engine.detection.pipeline.stages import StageProgress, forget_scales, trace

    pixels, size = inspection.picture.pixels, inspection.trace.picture_size
    region = crop_around(box, size) if crop else (0.0, 0.0, float(size[1]), float(size[0]))
    left, top, right, bottom = (int(side) for side in region)
    module, _, device = workbench.model(inspection.spec)
    steps = trace(
        module,
        np.ascontiguousarray(pixels[top:bottom, left:right]),
        precision=inspection.precision,
    )
    factor = inspection.shrink * (1.0 if crop else SCALE)
    while True:
        # Between two steps other jobs of the lane use the model at its usual input.
        with shrunk(module, factor), devices.memory_guard(device):
            forget_scales(module)
            step = next(steps)
        if not isinstance(step, StageProgress):
            break
        yield step
    forget_scales(module)
    found, features = step
    with devices.memory_guard(device):
        selection = _answered(features, found, thresholds)
    usual = inspection.trace.input_size[1] / size[1]
    yield _judge(found, selection, box, label, region, found.input_size[1] / (right - left) / usual)


def _answered(features: Features, trace: StageTrace, thresholds: Thresholds) -> Selection:
    """What is shown, the box head asked for all that other thresholds of the RPN propose."""
    selection = select(trace, thresholds)
    if len(selection.waiting):
        rois = answer_rois(features, trace, stock_rois(trace), selection.waiting)
        selection = select(trace, thresholds, rois)
    return selection


def _judge(
    trace: StageTrace,
    selection: Selection,
    box: Box,
    label: int | None,
    region: Box,
    enlarged: float,
) -> Attempt:
    offset = np.array([region[0], region[1]] * 2, np.float32)
    target = np.array(box, np.float32) - offset
    covers = iou(target, selection.boxes) >= FOUND_IOU
    if label is not None:
        covers &= selection.labels == label
    rows = np.flatnonzero(covers)
    best: tuple[float, NDArray[np.float32], int] | None = None
    if len(rows):  # the first is the best: detections come by score
        row = int(rows[0])
        best = float(selection.scores[row]), selection.boxes[row], int(selection.labels[row])
    else:
        best = _best_covering(trace, selection, target, label)
    return Attempt(
        region=region,
        enlarged=enlarged,
        found=len(rows) > 0,
        score=0.0 if best is None else best[0],
        box=None if best is None else _as_box(best[1] + offset),
        label=None if best is None else best[2],
        boxes=selection.boxes + offset,
        labels=selection.labels,
        scores=selection.scores,
        input_size=trace.input_size,
    )


def _best_covering(
    trace: StageTrace, selection: Selection, target: NDArray[np.float32], label: int | None
) -> tuple[float, NDArray[np.float32], int] | None:
    """Score, box (4,) in the region's px and class of the best pair that covers the object."""
    rois = selection.rois
    boxes = trace.to_picture(rois.pair_boxes[selection.proposals])  # (P, C, 4)
    overlaps = iou(target, boxes.reshape(-1, 4)).reshape(boxes.shape[:2])
    scores = np.where(overlaps >= FOUND_IOU, rois.pair_scores[selection.proposals], 0)
    scores[:, 0] = 0
    if label is not None:
        scores[:, [column for column in range(scores.shape[1]) if column != label]] = 0
    if not scores.any():
        return None
    row, column = np.unravel_index(int(scores.argmax()), scores.shape)
    return float(scores[row, column]), boxes[row, column], int(column)


def _as_box(corners: NDArray[np.float32]) -> Box:
    x0, y0, x1, y1 = (float(value) for value in corners)
    return x0, y0, x1, y1
