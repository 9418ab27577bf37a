"""Which anchors, proposals and heat an annotated picture shows: all of them would hide it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.trace import StageTrace
from engine.pictures.reader import opencv

ANCHORS_PER_LEVEL = 12
PROPOSALS = 100


def anchors(trace: StageTrace) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The anchors the RPN believes in most, a few of each level: boxes (n, 4), levels (n,).

    Boxes are float32 xyxy in picture px, levels int64.
    """
    chosen = []
    for level in np.unique(trace.anchor_level):
        here = np.flatnonzero(trace.anchor_level == level)
        chosen.append(here[np.argsort(-trace.objectness[here], kind="stable")[:ANCHORS_PER_LEVEL]])
    index = np.concatenate(chosen) if chosen else np.empty(0, np.int64)
    return trace.to_picture(trace.anchors[index]), trace.anchor_level[index]


def proposals(trace: StageTrace) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The best proposals: boxes (n, 4) xyxy in picture px and their objectness (n,), 0 to 1."""
    boxes = trace.to_picture(trace.proposals[:PROPOSALS])
    logits = trace.objectness[trace.proposal_anchor[:PROPOSALS]]
    return boxes, _sigmoid(logits)


def _sigmoid(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    with np.errstate(over="ignore"):  # exp(89) is infinite in float32, and 1 / inf is right
        return np.float32(1) / (np.float32(1) + np.exp(-logits))


def heat(trace: StageTrace) -> NDArray[np.float32]:
    """(H, W) float32, 0 to 1: the highest objectness of any shape and level at each pixel."""
    cv2 = opencv()
    height, width = trace.picture_size
    out = np.zeros((height, width), np.float32)
    start = 0
    for level, (_, rows, columns) in enumerate(trace.feature_shapes):
        count = int((trace.anchor_level == level).sum())
        if count == 0:
            continue
        logits = trace.objectness[start : start + count].reshape(rows, columns, -1).max(-1)
        start += count
        # Anchors sit on the corners of whole strides, as torchvision lays them out.
        step_y = trace.padded_size[0] // rows * height / trace.input_size[0]
        step_x = trace.padded_size[1] // columns * width / trace.input_size[1]
        to_picture = np.array([[step_x, 0, 0], [0, step_y, 0]], np.float64)
        warped = cv2.warpAffine(
            _sigmoid(logits),
            to_picture,
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        np.maximum(out, warped, out=out)
    return out
