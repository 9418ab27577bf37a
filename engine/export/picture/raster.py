"""What the layers of an annotated picture draw with, in pixels (OpenCV)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.export.picture.style import CASING, Colour
from engine.pictures.reader import opencv

SUBPIXEL_BITS = 4  # OpenCV takes lines in 1/16 px


@contextmanager
def faded(canvas: NDArray[np.uint8], opacity: float) -> Iterator[NDArray[np.uint8]]:
    """What is drawn on the canvas given, the real one gets with an opacity.

    Args:
        canvas: (H, W, 3) uint8 RGB, changed in place.
        opacity: 0 to 1.
    """
    if opacity >= 1:
        yield canvas
        return
    drawn = canvas.copy()
    yield drawn
    opencv().addWeighted(canvas, 1 - opacity, drawn, opacity, 0, dst=canvas)


def rectangle(
    canvas: NDArray[np.uint8],
    box: NDArray[np.float32],
    colour: Colour,
    *,
    line: int,
    cased: bool = False,
) -> None:
    """Outline a box.

    Args:
        canvas: (H, W, 3) uint8 RGB, changed in place.
        box: (4,) xyxy, picture px.
        colour: RGB.
        line: px.
        cased: with a dark edge, so that it shows on any ground.
    """
    cv2 = opencv()
    height, width = canvas.shape[:2]
    # The line lies inside the picture: a box that reaches the edge stays visible there.
    x0, y0 = max(float(box[0]), 0), max(float(box[1]), 0)
    x1, y1 = min(float(box[2]), width) - 1, min(float(box[3]), height) - 1
    first, second = fixed([x0, y0]), fixed([max(x1, x0), max(y1, y0)])
    if cased:
        cv2.rectangle(canvas, first, second, CASING, line + 2, cv2.LINE_AA, SUBPIXEL_BITS)
    cv2.rectangle(canvas, first, second, colour, line, cv2.LINE_AA, SUBPIXEL_BITS)


def fixed(point: Any) -> tuple[int, int]:
    """A point's x and y in picture px, the first two of a sequence, as OpenCV takes them."""
    scale = 1 << SUBPIXEL_BITS
    return round(float(point[0]) * scale), round(float(point[1]) * scale)
