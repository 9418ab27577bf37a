"""Masks as files want them: bits inside a box, run lengths, polygons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.annotations.values import MOST, Unusable, number, whole
from engine.detection.detections import Detections
from engine.pictures.reader import MAX_PIXELS, opencv

LONGEST = 2e6  # px around a polygon; pycocotools takes some 100 bytes for each

# Run lengths, or polygons: as a file has them, and as `check_outline` gives them.
Outline = Mapping[str, Any] | Sequence[Any]
CheckedOutline = dict[str, Any] | tuple[NDArray[np.float64], ...]


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


def encode_outline(outline: Outline, height: int, width: int) -> dict[str, Any] | None:
    """What COCO calls a segmentation, as compressed run lengths of the whole picture.

    Nothing reaches pycocotools that `check_outline` refuses, and no polygon that goes far
    beyond the picture: it would crash or never end.

    Args:
        outline: run lengths, whose "counts" are a list, or compressed as str or bytes;
            or polygons, each (n, 2) or x, y, x, y ... in picture px.

    Returns:
        `{"size": [height, width], "counts": bytes}` as pycocotools takes it; None for
        no outline.

    Raises:
        Unusable: it is none, or of another size.
    """
    from pycocotools import mask as rle

    checked = check_outline(outline, (height, width))
    if isinstance(checked, Mapping):
        counts = checked["counts"]
        if isinstance(counts, list):
            result: dict[str, Any] = rle.frPyObjects(checked, height, width)
            return result
        kept = counts.encode() if isinstance(counts, str) else counts
        return {"size": [height, width], "counts": kept}
    near = [_near(each, height, width) for each in checked]
    flat = [each.ravel().tolist() for each in near if len(each) >= 3]
    return rle.merge(rle.frPyObjects(flat, height, width)) if flat else None


def check_outline(outline: Outline, size: tuple[int, int] | None) -> CheckedOutline:
    """What COCO calls a segmentation, if it is one.

    Args:
        size: (height, width) of the picture; None where it is not known.

    Returns:
        run lengths with whole numbers, or polygons, each (n, 2) float64, of three points or more.

    Raises:
        Unusable: says what is wrong with it.
    """
    if isinstance(outline, Mapping):
        return _check_runs(outline, size)
    if not isinstance(outline, Sequence):
        raise Unusable("outline.form")
    if outline and not hasattr(outline[0], "__len__"):
        outline = [outline]  # one polygon, without the list of its object's parts
    found: list[NDArray[np.float64]] = []
    reason = None
    for part in outline:
        try:
            found.append(_check_polygon(part))
        except Unusable as error:
            reason = reason or error
    if reason is not None and not found:
        raise reason
    return tuple(found)


def _check_polygon(part: Any) -> NDArray[np.float64]:
    """(n, 2) finite x, y."""
    if isinstance(part, str | bytes | Mapping) or not hasattr(part, "__len__"):
        raise Unusable("outline.form")
    try:
        points = np.asarray(part)
    except (ValueError, OverflowError, TypeError) as error:  # a list of lists of other lengths
        raise Unusable("outline.form") from error
    if points.dtype.kind not in "iuf" or (isinstance(part, list) and bool in map(type, part)):
        # Numbers in strings, very long integers; a boolean among numbers has become one.
        flat = [each for item in part for each in (item if isinstance(item, list) else [item])]
        points = np.array([number(each, "outline.number") for each in flat])
    points = points.astype(np.float64, copy=False).ravel()
    if len(points) % 2:
        raise Unusable("outline.odd")
    if len(points) < 6:
        raise Unusable("outline.points")
    low, high = points.min(), points.max()  # NaN where there is one
    if not (low >= -MOST and high <= MOST):
        raise Unusable("outline.number")
    points = points.reshape(-1, 2)
    if (high - low) * len(points) > LONGEST and _length(points) > LONGEST:
        raise Unusable("outline.long")
    return points


def _length(points: NDArray[np.float64]) -> float:
    """The way around a polygon (n, 2) in the steps that pycocotools takes, px."""
    return float(np.abs(np.diff(points, axis=0, append=points[:1])).max(1).sum())


def _check_runs(outline: Mapping[str, Any], size: tuple[int, int] | None) -> dict[str, Any]:
    """Run lengths that fill a picture of their size exactly."""
    told, counts = outline.get("size"), outline.get("counts")
    if not isinstance(told, list | tuple) or len(told) != 2:
        raise Unusable("outline.size")
    height, width = (whole(side, "outline.size") for side in told)
    if size is not None and (height, width) != tuple(size):
        raise Unusable("outline.size")
    if min(height, width) < 1 or height * width > MAX_PIXELS:
        raise Unusable("outline.size")
    if isinstance(counts, list):
        runs = np.array([whole(each, "outline.number") for each in counts], np.int64)
        kept: Any = runs.tolist()
    elif isinstance(counts, str | bytes):
        try:
            kept = counts.encode("ascii") if isinstance(counts, str) else counts
        except UnicodeEncodeError as error:
            raise Unusable("outline.counts") from error
        runs = _unpacked(kept)
    else:
        raise Unusable("outline.form")
    if (runs < 0).any() or len(runs) == 0 or int(runs.sum()) != height * width:
        raise Unusable("outline.counts")
    return {"size": [height, width], "counts": kept}


def _unpacked(packed: bytes) -> NDArray[np.int64]:
    """(n,) run lengths of COCO's compressed string, or what a broken one says.

    Each is written in groups of five bits, the lowest first; from the fourth on it is the
    difference from the one but one before.

    Raises:
        Unusable: it is cut short, or holds other characters or numbers of more than 35 bits.

    Source: pycocotools, maskApi.c, `rleFrString`.
    """
    values = np.frombuffer(packed, np.uint8).astype(np.int64) - 48
    ends = np.flatnonzero((values & 32) == 0)
    bad = len(values) == 0 or values.min() < 0 or values.max() > 63
    if bad or len(ends) == 0 or ends[-1] != len(values) - 1:
        raise Unusable("outline.counts")
    starts = np.concatenate([[0], ends[:-1] + 1])
    lengths = ends - starts + 1
    if lengths.max() > 7:
        raise Unusable("outline.counts")
    place = np.arange(len(values)) - np.repeat(starts, lengths)
    runs = np.add.reduceat((values & 31) << (5 * place), starts)
    runs = np.where(values[ends] & 16, runs - (1 << (5 * lengths)), runs)
    runs[1::2] = np.cumsum(runs[1::2])
    runs[2::2] = np.cumsum(runs[2::2])
    return runs


def _near(points: NDArray[np.float64], height: int, width: int) -> NDArray[np.float64]:
    """A polygon (n, 2), cut off a picture's sides away from the picture.

    Inside of the picture it encloses the same; (0, 2) where nothing of it is left.

    Source: Sutherland and Hodgman 1974, Reentrant polygon clipping.
    """
    for axis, side in enumerate((width, height)):
        for limit, sign in ((-float(side), 1.0), (2.0 * side, -1.0)):
            inside = sign * (points[:, axis] - limit)  # >= 0 where it stays
            if (inside >= 0).all():
                continue
            kept: list[NDArray[np.float64]] = []
            for here, after in zip(range(-1, len(points) - 1), range(len(points)), strict=True):
                if (inside[here] < 0) != (inside[after] < 0):
                    share = inside[here] / (inside[here] - inside[after])
                    kept.append(points[here] + share * (points[after] - points[here]))
                if inside[after] >= 0:
                    kept.append(points[after])
            points = np.array(kept, np.float64).reshape(-1, 2)
            if not len(points):
                return points
    return points


def encode_mask(mask: NDArray[np.uint8]) -> dict[str, Any]:
    """COCO's compressed run lengths, as `encode_outline` gives them, of an (H, W) mask of 0, 1."""
    from pycocotools import mask as rle

    result: dict[str, Any] = rle.encode(np.asfortranarray(mask, np.uint8))
    return result


def decode_outline(encoded: Mapping[str, Any]) -> NDArray[np.uint8]:
    """The (H, W) uint8 mask, 0 or 1, of what `encode_outline` gives."""
    from pycocotools import mask as rle

    result: NDArray[np.uint8] = rle.decode(encoded)
    return result


def outline_area(encoded: Mapping[str, Any]) -> float:
    """How many pixels a mask has, as `encode_outline` gives it."""
    from pycocotools import mask as rle

    return float(rle.area(encoded))


def polygon_area(outline: NDArray[np.floating[Any]]) -> float:
    """The area in px of one polygon (n, 2), x and y, by the shoelace rule."""
    x, y = outline.astype(np.float64).T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def polygons(x0: int, y0: int, crop: NDArray[np.bool_]) -> list[NDArray[np.float32]]:
    """The outer outlines of a hard mask: (K, 2) float32 x, y at pixel centres, picture px.

    None for a mask that is nothing but pixels and straight lines: it has no outline.

    Args:
        x0, y0: the crop's corner, picture px.
        crop: (h, w) bool.
    """
    cv2 = opencv()
    found, _ = cv2.findContours(
        np.ascontiguousarray(crop, np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    if all(len(outline) < 3 for outline in found):
        return []
    # A part that is a pixel or a straight line: formats want three points.
    long = [outline[[0, -1, -1]] if len(outline) < 3 else outline for outline in found]
    corner = np.array([x0, y0], np.float32)
    return [outline.reshape(-1, 2).astype(np.float32) + corner for outline in long]


def simplified(outline: NDArray[np.float32], tolerance: float = 0.5) -> NDArray[np.float32]:
    """An outline (K, 2), x and y in picture px, with fewer points.

    No point that is left out lies further than `tolerance` px from the line that stays.
    One that would become a line of no area is given back as it is.

    Source: Douglas and Peucker 1973, in OpenCV's `approxPolyDP`.
    """
    fewer: NDArray[np.float32] = opencv().approxPolyDP(outline[:, None], tolerance, True)[:, 0]
    return fewer if len(fewer) >= 3 and polygon_area(fewer) > 0 else outline


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
