"""A digit that a person drew, brought to the form in which the data set holds its digits.

NIST scaled every digit to the whole height of 32 x 32 pixels, kept it narrow, and made thin
strokes thicker and thick ones thinner until about a third of the frame was ink; the data set
counts the ink of each block of 4 x 4 pixels. Sources: Garris et al., NIST Form-Based Handprint
Recognition System, 1994; Alpaydin and Kaynak, Optical Recognition of Handwritten Digits, 1998.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIDE, BLOCK = 32, 4
WIDEST = 24  # columns of the frame; the outer blocks of the data set are empty
INK = (0.26, 0.35)  # shares of the frame; a tenth of the data set's digits are below, a tenth above
TOUCHED = 0.1  # what a pixel of the canvas must hold to belong to the digit


def as_digit(canvas: np.ndarray) -> NDArray[np.float64]:
    """Strokes on a canvas as one of the data set's digits.

    Args:
        canvas: (H, W), from 0, paper, to 1, ink; rows from the top.

    Returns:
        (8, 8) float64 from 0 to 1; zeros of an empty canvas.
    """
    drawn = np.clip(np.nan_to_num(np.asarray(canvas, dtype=np.float64)), 0.0, 1.0)
    rows, columns = (np.flatnonzero((drawn > TOUCHED).any(axis)) for axis in (1, 0))
    if not len(rows):
        return np.zeros((SIDE // BLOCK, SIDE // BLOCK))
    drawn = drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = drawn.shape
    # A stroke that is only as long as it is thick is no digit to be stretched without end.
    wide = min(max(round(SIDE * width / height), 1), WIDEST)
    scaled = _resampled(_resampled(drawn, SIDE).T, wide).T
    frame = np.zeros((SIDE, SIDE))
    left = (SIDE - wide) // 2
    frame[:, left : left + wide] = scaled / scaled.max()  # a fine pen's ink is ink
    frame = _with_ink(frame)
    blocks: NDArray[np.float64] = frame.reshape(SIDE // BLOCK, BLOCK, -1, BLOCK).mean(axis=(1, 3))
    return np.round(blocks * BLOCK**2) / BLOCK**2


def _resampled(values: NDArray[np.float64], rows: int) -> NDArray[np.float64]:
    """`rows` rows in place of those of values (n, w), each the mean of the area that it covers."""
    before = np.concatenate([np.zeros((1, values.shape[1])), values.cumsum(axis=0)])
    ends = np.linspace(0, len(values), rows + 1)
    low = np.minimum(ends.astype(np.int64), len(values) - 1)
    share = (ends - low)[:, None]
    integral = before[low] * (1 - share) + before[low + 1] * share
    result: NDArray[np.float64] = np.diff(integral, axis=0) * rows / len(values)
    return result


def _with_ink(frame: NDArray[np.float64]) -> NDArray[np.float64]:
    """A frame (32, 32) with strokes thickened or thinned to the data set's share of ink."""
    least, most = INK
    for _ in range(SIDE):
        ink = frame.mean()
        if least <= ink <= most:
            break
        bound, spread = (least, np.max) if ink < least else (most, np.min)
        changed = _neighbourhoods(frame, 0.0 if ink < least else 1.0)
        changed = spread(changed, axis=0)
        after = changed.mean()
        if after == ink:
            break
        part = min((bound - ink) / (after - ink), 1.0)
        frame = frame + part * (changed - frame)
        if part < 1:
            break
    return frame


def _neighbourhoods(frame: NDArray[np.float64], border: float) -> NDArray[np.float64]:
    """Every pixel beside its four neighbours: (5, 32, 32)."""
    padded = np.pad(frame, 1, constant_values=border)
    inner = slice(1, -1)
    return np.stack(
        [frame, padded[:-2, inner], padded[2:, inner], padded[inner, :-2], padded[inner, 2:]]
    )
