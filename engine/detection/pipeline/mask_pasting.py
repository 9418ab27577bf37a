"""Soft masks laid into the picture, inside their boxes only.

torchvision pastes each 28x28 mask into a whole picture of zeros (660 ms and
492 MB for 100 masks at 1280x960); the same values without the zeros take 1 %
of that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.device import one_thread

PADDING = 1  # a ring of zeros around the 28x28, so that the edge can fall off


def paste(
    mask_prob: NDArray[np.float32], box: NDArray[np.float32], picture_size: tuple[int, int]
) -> tuple[int, int, NDArray[np.float32]]:
    """Lay one soft mask into its box.

    Args:
        mask_prob: (M, M) float32 probabilities.
        box: (4,) float32 xyxy, picture px.
        picture_size: (height, width).

    Returns:
        x0, y0: the crop's corner in the picture, and the crop (h, w) float32,
        cut to the picture; it may be empty. Its values are those of
        torchvision's `paste_masks_in_image` there; outside it they are 0.

    Source: torchvision, models/detection/roi_heads.py, `paste_mask_in_image`.
    """
    import torch

    side = mask_prob.shape[-1]
    left, top, right, bottom = _grown(box, (side + 2 * PADDING) / side)
    padded = np.zeros((side + 2 * PADDING, side + 2 * PADDING), np.float32)
    padded[PADDING:-PADDING, PADDING:-PADDING] = mask_prob
    height, width = max(bottom - top + 1, 1), max(right - left + 1, 1)
    with torch.inference_mode(), one_thread():
        pasted = torch.nn.functional.interpolate(
            torch.from_numpy(padded)[None, None],
            size=(height, width),
            mode="bilinear",
            align_corners=False,
        )[0, 0].numpy()
    x0, x1 = max(left, 0), min(right + 1, picture_size[1])
    y0, y1 = max(top, 0), min(bottom + 1, picture_size[0])
    return x0, y0, pasted[y0 - top : max(y1 - top, 0), x0 - left : max(x1 - left, 0)]


def paste_all(
    mask_probs: NDArray[np.float32], boxes: NDArray[np.float32], *, picture_size: tuple[int, int]
) -> NDArray[np.float32]:
    """(N, H, W) float32: every mask in a picture of its own, as torchvision gives them.

    Args:
        mask_probs: (N, M, M) float32, 0 to 1.
        boxes: (N, 4) float32 xyxy, picture px.
        picture_size: (height, width).
    """
    out = np.zeros((len(boxes), *picture_size), np.float32)
    for plane, prob, box in zip(out, mask_probs, boxes, strict=True):
        x0, y0, crop = paste(prob, box, picture_size)
        plane[y0 : y0 + crop.shape[0], x0 : x0 + crop.shape[1]] = crop
    return out


def _grown(box: NDArray[np.float32], scale: float) -> tuple[int, int, int, int]:
    """The box grown about its centre and cut to whole pixels, in float32 as torchvision does."""
    x0, y0, x1, y1 = np.asarray(box, np.float32)
    half, factor = np.float32(0.5), np.float32(scale)
    half_width, half_height = (x1 - x0) * half * factor, (y1 - y0) * half * factor
    x, y = (x1 + x0) * half, (y1 + y0) * half
    return int(x - half_width), int(y - half_height), int(x + half_width), int(y + half_height)
