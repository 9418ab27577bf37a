"""Masks as files want them: bits inside a box, run lengths, polygons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detection.detections import Detections
from engine.pictures.reader import opencv


def bits(detections: Detections, index: int) -> tuple[int, int, NDArray[np.bool_]]:
    """The hard mask of one detection inside its box: x0, y0 (picture px) and (h, w) bool."""
    return detections.bits(index)


def run_lengths(
    x0: int, y0: int, crop: NDArray[np.bool_], picture_size: tuple[int, int]
) -> dict[str, Any]:
    """COCO's compressed run lengths of a mask known inside a box only.

    Args:
        x0, y0: the crop's corner, picture px.
        crop: (h, w) bool, inside the picture.
        picture_size: (height, width).

    Returns:
        `{"size": [height, width], "counts": str}`, equal to what pycocotools
        makes of the whole picture, without ever making the whole picture.
    """
    from pycocotools import mask as rle

    height, width = picture_size
    # Down each column, columns from left to right: COCO's order.
    edges = np.diff(np.pad(crop.T.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    column, row = np.nonzero(edges)
    places = (column + x0) * height + row + y0
    # A run that touches the bottom goes on at the top of the next column.
    joined = np.flatnonzero(places[1:-1:2] == places[2::2])
    places = np.delete(places, np.concatenate([2 * joined + 1, 2 * joined + 2]))
    counts = np.diff(np.concatenate([[0], places, [height * width]]))
    if counts[-1] == 0:  # as pycocotools ends a mask that reaches the last pixel
        counts = counts[:-1]
    packed = rle.frPyObjects({"size": [height, width], "counts": counts.tolist()}, height, width)
    return {"size": [height, width], "counts": packed["counts"].decode("ascii")}


def encode_outline(
    outline: Mapping[str, Any] | Sequence[Sequence[float]], height: int, width: int
) -> dict[str, Any] | None:
    """What COCO calls a segmentation, as compressed run lengths of the whole picture.

    Args:
        outline: run lengths, whose "counts" are a list, or compressed as str or bytes;
            or polygons, each x, y, x, y ... in picture px.

    Returns:
        `{"size": [height, width], "counts": bytes}` as pycocotools takes it; None for
        no outline.

    Raises:
        ValueError, TypeError, KeyError: pycocotools cannot read it.
    """
    from pycocotools import mask as rle

    if isinstance(outline, Mapping):
        counts = outline["counts"]
        if isinstance(counts, list):
            result: dict[str, Any] = rle.frPyObjects(outline, height, width)
            return result
        kept = counts.encode() if isinstance(counts, str) else counts
        return {"size": [height, width], "counts": kept}
    return rle.merge(rle.frPyObjects(list(outline), height, width)) if outline else None


def decode_outline(encoded: Mapping[str, Any]) -> NDArray[np.uint8]:
    """The (H, W) uint8 mask, 0 or 1, of what `encode_outline` gives."""
    from pycocotools import mask as rle

    result: NDArray[np.uint8] = rle.decode(encoded)
    return result


def outline_area(encoded: Mapping[str, Any]) -> float:
    """How many pixels a mask has, as `encode_outline` gives it."""
    from pycocotools import mask as rle

    return float(rle.area(encoded))


def polygon_area(outline: NDArray[np.float32]) -> float:
    """The area in px of one polygon (n, 2), x and y, by the shoelace rule."""
    x, y = outline.astype(np.float64).T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def polygons(x0: int, y0: int, crop: NDArray[np.bool_]) -> list[NDArray[np.float32]]:
    """The outer outlines of a hard mask: (K, 2) float32 x, y at pixel centres, picture px.

    Args:
        x0, y0: the crop's corner, picture px.
        crop: (h, w) bool.
    """
    cv2 = opencv()
    found, _ = cv2.findContours(
        np.ascontiguousarray(crop, np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    return [
        outline.reshape(-1, 2).astype(np.float32) + np.array([x0, y0], np.float32)
        for outline in found
        if len(outline) >= 3
    ]


def edge_polygons(x0: int, y0: int, crop: NDArray[np.bool_]) -> list[NDArray[np.float32]]:
    """The outer outlines along the pixels' edges: (K, 2) float32 x, y, picture px.

    Unlike `polygons`, whose arguments it takes, they enclose exactly the mask's area;
    pycocotools makes the same pixels of them again, holes filled.
    """
    double = np.repeat(np.repeat(crop, 2, axis=0), 2, axis=1)
    # Of a pixel doubled, the first half lies on its left edge, the second on its right.
    return [np.floor((outline + 1) / 2) for outline in polygons(2 * x0, 2 * y0, double)]


def joined(outlines: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Several outlines (k, 2), picture px, as one (K, 2), for formats with one polygon an object.

    Each is entered and left at its point nearest to what was joined before,
    over a bridge without width.
    """
    whole = outlines[0]
    for outline in outlines[1:]:
        distances = ((whole[:, None] - outline[None]) ** 2).sum(-1)
        here, there = np.unravel_index(distances.argmin(), distances.shape)
        turn = np.roll(outline, -int(there), axis=0)
        whole = np.concatenate([whole[: here + 1], turn, turn[:1], whole[here:]])
    return whole
