"""IoU as torchvision's NMS sees it, and who suppressed whom."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# ops/boxes.py, `batched_nms`, on the processor: more numbers than this, and
# it loops over the groups instead of shifting their boxes apart.
SHIFTED_AT_MOST = 4000


def iou(box: NDArray[np.float32], boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """(N,) float32 IoU of one box (4,) with boxes (N, 4), as the NMS kernel computes it.

    All xyxy float32 in one frame, of the picture or of the network's input.

    Source: torchvision, csrc/ops/cpu/nms_kernel.cpp.
    """
    low = np.maximum(box[:2], boxes[:, :2])
    high = np.minimum(box[2:], boxes[:, 2:])
    sides = np.maximum(high - low, np.float32(0))
    inter = sides[:, 0] * sides[:, 1]
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    own = (box[2] - box[0]) * (box[3] - box[1])
    with np.errstate(invalid="ignore", divide="ignore"):
        result: NDArray[np.float32] = np.nan_to_num(inter / (own + areas - inter), nan=0.0).astype(
            np.float32
        )
        return result


def float_below(value: float) -> np.float32:
    """The largest float32 that is not above a number: an IoU is above both or neither."""
    near = np.float32(value)
    return near if float(near) <= value else np.nextafter(near, np.float32(-1))


def as_nms_sees(boxes: NDArray[np.float32], groups: NDArray[np.int64]) -> NDArray[np.float32]:
    """Boxes (N, 4) float32 xyxy shifted apart by group (N,) where `batched_nms` shifts them.

    The shift is in float32, so it changes IoUs a little; a suppressed box may
    have no rival above the threshold by the plain IoU.
    """
    if boxes.size == 0 or boxes.size > SHIFTED_AT_MOST:
        return boxes
    result: NDArray[np.float32] = (
        boxes + (groups.astype(np.float32) * (boxes.max() + np.float32(1)))[:, None]
    )
    return result


def suppressor(
    index: int,
    boxes: NDArray[np.float32],
    scores: NDArray[np.float32],
    groups: NDArray[np.int64],
    kept: NDArray[np.bool_],
    *,
    threshold: float,
) -> tuple[int, float] | None:
    """The kept box that suppressed a box, and their IoU as the NMS saw it.

    Args:
        index: the suppressed box.
        boxes: (N, 4) float32 xyxy, all that entered the NMS, in its frame.
        scores: (N,) float32.
        groups: (N,) class or level; only boxes of one group meet.
        kept: (N,) bool, which survived.
        threshold: the NMS's own.

    Returns:
        The best of the kept boxes over the threshold, which came first; when
        rounding leaves none over it, the one that overlaps most. None when
        nothing of its group was kept at all.
    """
    rivals = np.flatnonzero(kept & (groups == groups[index]) & (scores >= scores[index]))
    rivals = rivals[rivals != index]
    if rivals.size == 0:
        return None
    seen = as_nms_sees(boxes, groups)
    overlaps = iou(seen[index], seen[rivals])
    over = np.flatnonzero(overlaps > float_below(threshold))
    place = over[np.argmax(scores[rivals[over]])] if over.size else np.argmax(overlaps)
    return int(rivals[place]), float(overlaps[place])
