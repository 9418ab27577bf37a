"""A detection's way from its anchor, as boxes that one rectangle can walk through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.detection.instances import Box, as_box

if TYPE_CHECKING:
    from engine.detection.queries.provenance import Ancestry

STEPS = ("anchor", "decoded", "proposal", "level", "class", "box", "mask")
HOLD = 0.45  # of a step's time the rectangle rests


@dataclass(frozen=True)
class Step:
    """One station: its name of `STEPS` and the box there, picture px."""

    name: str
    box: Box


def steps(origin: Ancestry, *, detail: bool) -> tuple[Step, ...]:
    """The stations of a detection.

    Args:
        detail: whether masks or keypoints come after the box.
    """
    boxes = {
        "anchor": origin.anchor_box,
        "decoded": origin.decoded,
        "proposal": origin.proposal_box,
        "level": origin.proposal_box,
        "class": origin.proposal_box,
        "box": origin.box,
    }
    found = [Step(name, as_box(box)) for name, box in boxes.items()]
    return (*found, Step("mask", found[-1].box)) if detail else tuple(found)


def between(stations: tuple[Step, ...], progress: float) -> Box:
    """Where the rectangle is: 0 at the first station, n - 1 at the last; it rests at each."""
    last = len(stations) - 1
    progress = min(max(progress, 0.0), float(last))
    index = min(int(progress), max(last - 1, 0))
    if last == 0:
        return stations[0].box
    part = max(progress - index - HOLD, 0.0) / (1 - HOLD)
    part = part * part * (3 - 2 * part)  # starts and stops gently
    before, after = stations[index].box, stations[index + 1].box
    x0, y0, x1, y1 = (a + (b - a) * part for a, b in zip(before, after, strict=True))
    return x0, y0, x1, y1
