"""A small picture of one object, a thin line around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.pictures.reader import opencv

SIDE = 72  # px of the longer side
MARGIN = 0.25  # of the object's longer side, seen around it
QUALITY = 80
LINE, CASING = (255, 43, 214), (16, 16, 16)  # RGB; as the window draws a missed object


def object_thumbnail(pixels: NDArray[np.uint8], box: NDArray[np.float32]) -> bytes:
    """The part of a picture around an object, as JPEG: 2 KB, so that thousands can be kept.

    Args:
        pixels: (H, W, 3) uint8 RGB.
        box: (4,) x0, y0, x1, y1, picture px; it may reach beyond the picture.

    Returns:
        The file's bytes; none where nothing of the box lies in the picture.
    """
    cv2 = opencv()
    height, width = pixels.shape[:2]
    around = MARGIN * float(max(box[2] - box[0], box[3] - box[1], 1))
    left, top = (max(int(value - around), 0) for value in box[:2])
    right = min(int(np.ceil(box[2] + around)), width)
    below = min(int(np.ceil(box[3] + around)), height)
    if right <= left or below <= top:
        return b""
    crop = pixels[top:below, left:right]
    scale = SIDE / max(crop.shape[:2])
    size = max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = np.ascontiguousarray(cv2.resize(crop, size, interpolation=way)[..., ::-1])
    ends = [round(float(value) * scale) for value in box - np.array([left, top, left, top])]
    for color, thick in ((CASING, 3), (LINE, 1)):
        cv2.rectangle(small, (ends[0], ends[1]), (ends[2], ends[3]), color[::-1], thick)
    done, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return bytes(data) if done else b""
