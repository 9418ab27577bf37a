"""Where the labels go: inside the picture, and not over one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Box = tuple[float, float, float, float]  # x0, y0, x1, y1
GAP = 1.0


def place_plates(
    boxes: Sequence[Box], sizes: Sequence[tuple[float, float]], bounds: Box
) -> list[tuple[float, float] | None]:
    """Find a free place for each label near its box; the first labels choose first.

    Args:
        boxes: what the labels belong to, in widget pixels.
        sizes: (width, height) of each label.
        bounds: every label lies inside this.

    Returns:
        The top left corner of each label, or None where there is no free place.
    """
    placed: list[Box] = []
    corners: list[tuple[float, float] | None] = []
    for box, (width, height) in zip(boxes, sizes, strict=True):
        corner = None
        if _overlap(box, bounds):
            for x, y in _candidates(box, width, height):
                x = min(max(x, bounds[0]), bounds[2] - width)
                y = min(max(y, bounds[1]), bounds[3] - height)
                plate = (x, y, x + width, y + height)
                if x < bounds[0] or y < bounds[1]:
                    break  # larger than the bounds
                if not any(_overlap(plate, other) for other in placed):
                    corner = (x, y)
                    placed.append(plate)
                    break
        corners.append(corner)
    return corners


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
