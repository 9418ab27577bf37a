"""How object-like the RPN finds each place, as heat over the picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.trace import StageTrace
from engine.export.picture.layers.base import LayerContext, sigmoid
from engine.pictures.reader import opencv


def draw_objectness(canvas: NDArray[np.uint8], context: LayerContext) -> None:
    """Tint (H, W, 3) uint8 RGB in place, the stronger the more object-like."""
    if context.trace is None:
        return
    cv2 = opencv()
    heat = objectness_heat(context.trace)
    coloured = cv2.applyColorMap(np.rint(heat * 255).astype(np.uint8), cv2.COLORMAP_VIRIDIS)
    cover = (0.25 + 0.5 * heat)[..., None]
    canvas[:] = np.rint(canvas * (1 - cover) + coloured[..., ::-1] * cover)


def objectness_heat(trace: StageTrace) -> NDArray[np.float32]:
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
            sigmoid(logits),
            to_picture,
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        np.maximum(out, warped, out=out)
    return out
