"""Where labels go, on the screen and in a written picture: inside it, and not over one another.

Hundreds of small boxes would vanish below their labels. In such a crowd a box gets
a label only where one fits its width: the whole, or its short form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

Box = tuple[float, float, float, float]  # x0, y0, x1, y1
GAP = 1.0
CROWD = 12  # boxes from which there can be a crowd
CROWD_SHARE = 0.08  # of the bounds that all labels together may cover before it is one
NEAREST = 8  # of the candidates: those that touch the box


@dataclass(frozen=True)
class Plate:
    """A label that found its place.

    Attributes:
        x, y: its top left corner.
        form: which of the label's forms: 0 the whole, 1 the short one.
    """

    x: float
    y: float
    form: int = 0


def place_labels(
    boxes: Sequence[Box],
    widths: Sequence[Sequence[float]],
    height: float,
    bounds: Box,
    taken: Sequence[Box] = (),
) -> list[Plate | None]:
    """Find a free place for each label near its box; the first labels choose first.

    Args:
        boxes: what the labels belong to, in pixels of the screen or picture.
        widths: the widths of each label's forms, the preferred one first.
        height: of every label.
        bounds: every label lies inside this.
        taken: places of other labels, which are kept clear.

    Returns:
        A place for each, or None: no room, or too wide for its box in a crowd.
    """
    seen = [_overlap(box, bounds) for box in boxes]
    crowd = crowded([w[0] for w, s in zip(widths, seen, strict=True) if s and w], height, bounds)
    placed = list(taken)
    plates: list[Plate | None] = []
    for box, forms, visible in zip(boxes, widths, seen, strict=True):
        plate = None
        for form, width in enumerate(forms if visible else ()):
            if crowd and width > box[2] - box[0]:
                continue
            corner = _free(box, (width, height), bounds, placed, near=crowd)
            if corner is not None:
                plate = Plate(*corner, form)
                placed.append((*corner, corner[0] + width, corner[1] + height))
            if corner is not None or crowd:
                break
        plates.append(plate)
    return plates


def crowded(widths: Sequence[float], height: float, bounds: Box) -> bool:
    """Whether labels of these widths would cover the picture they explain."""
    area = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])
    return len(widths) >= CROWD and sum(widths) * height > CROWD_SHARE * area


def place_plates(
    boxes: Sequence[Box],
    sizes: Sequence[tuple[float, float]],
    bounds: Box,
    taken: Sequence[Box] = (),
) -> list[tuple[float, float] | None]:
    """Find a free place for each of a few labels, none of which may be shortened.

    Args:
        boxes: what the labels belong to, in widget pixels.
        sizes: (width, height) of each label.
        bounds: every label lies inside this.
        taken: places of other labels, which are kept clear where there is room for that.

    Returns:
        The top left corner of each label, or None where there is no free place.
    """
    placed: list[Box] = []
    corners: list[tuple[float, float] | None] = []
    for box, size in zip(boxes, sizes, strict=True):
        corner = None
        if _overlap(box, bounds):
            corner = _free(box, size, bounds, [*placed, *taken])
            corner = corner or _free(box, size, bounds, placed)
        if corner is not None:
            placed.append((*corner, corner[0] + size[0], corner[1] + size[1]))
        corners.append(corner)
    return corners


def _free(
    box: Box,
    size: tuple[float, float],
    bounds: Box,
    placed: Sequence[Box],
    *,
    near: bool = False,
) -> tuple[float, float] | None:
    """The first free corner; `near` tries only those that touch the box."""
    width, height = size
    if width > bounds[2] - bounds[0] or height > bounds[3] - bounds[1]:
        return None
    for x, y in islice(_candidates(box, width, height), NEAREST if near else None):
        x = min(max(x, bounds[0]), bounds[2] - width)
        y = min(max(y, bounds[1]), bounds[3] - height)
        right, below = x + width, y + height
        for x0, y0, x1, y1 in placed:  # written out: it runs a hundred thousand times a picture
            if x < x1 and x0 < right and y < y1 and y0 < below:
                break
        else:
            return x, y
    return None


def _candidates(box: Box, width: float, height: float) -> Iterator[tuple[float, float]]:
    """Above, inside the top, below; left then right; then down along the left side."""
    x0, y0, x1, y1 = box
    for y in (y0 - height - GAP, y0, y1 + GAP, y1 - height):
        yield x0, y
        yield x1 - width, y
    step = height + GAP
    for k in range(1, 9):
        yield x0, y0 + k * step
        yield x0, y0 - (k + 1) * step


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
