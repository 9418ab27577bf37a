"""Which of several boxes over each other a click means."""

from __future__ import annotations

from collections.abc import Sequence

from gui.detection.instances import Box


def under_cursor(boxes: Sequence[Box], at: tuple[float, float], reach: float) -> list[int]:
    """The boxes that a click may mean, the one it means most first.

    A box whose edge is within reach comes first, the nearest edge before the next; then
    those around the point, the smaller before the larger.

    Args:
        boxes: picture px.
        at: the point, picture px.
        reach: how far from an edge a click still means it, picture px.
    """
    ranks: list[tuple[int, float, float, int]] = []
    for index, box in enumerate(boxes):
        x0, y0, x1, y1 = box
        distance = edge_distance(box, at)
        inside = x0 <= at[0] <= x1 and y0 <= at[1] <= y1
        area = (x1 - x0) * (y1 - y0)
        if distance <= reach:
            ranks.append((0, distance, area, index))
        elif inside:
            ranks.append((1, 0.0, area, index))
    return [index for *_, index in sorted(ranks)]


def edge_distance(box: Box, at: tuple[float, float]) -> float:
    """How far a point is from the outline of a box; the same unit as theirs."""
    x0, y0, x1, y1 = box
    x, y = at
    outside = max(x0 - x, 0.0, x - x1), max(y0 - y, 0.0, y - y1)
    if any(outside):
        return float((outside[0] ** 2 + outside[1] ** 2) ** 0.5)
    return min(x - x0, x1 - x, y - y0, y1 - y)
