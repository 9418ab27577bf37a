"""How racers look wherever they are drawn: in the window, in figures and in animations.

A look belongs to the optimizer, never to its row: a hue says its family, a dash and a marker say
which member it is, and a second racer of the same optimizer has another shade and an open marker.
Plain data, so that Qt, matplotlib and OpenCV draw the same. The red, blue, green and orange of a
step's vectors are in no shade.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Literal

Dash = tuple[float, ...]
Marker = Literal[
    "circle",
    "square",
    "diamond",
    "star",
    "cross",
    "plus",
    "pentagon",
    "hexagon",
    "triangle-up",
    "triangle-down",
    "triangle-left",
    "triangle-right",
]
Fill = Literal["full", "open", "dotted"]

SOLID: Dash = ()
DASHED: Dash = (6, 3)
DOTTED: Dash = (1.5, 2)
LONG: Dash = (12, 4)
DASH_DOT: Dash = (7, 2.5, 1.5, 2.5)
DASH_DOT_DOT: Dash = (6, 2, 1.5, 2, 1.5, 2)
SPARSE: Dash = (3, 5)

FILLS: tuple[Fill, ...] = ("full", "open", "dotted")  # of the first, second, third of one kind


@dataclass(frozen=True)
class Family:
    """Shades of one hue, "#rrggbb", each 1.5 times as bright or dark as the one before.

    The first stands out most from its ground; the last still has 3:1 to it.
    """

    on_dark: tuple[str, str, str, str, str]
    on_light: tuple[str, str, str, str, str]


FAMILIES = {
    # Plain gradient: greys.
    "gradient": Family(
        ("#f2f4f7", "#c7ccd4", "#a3aab7", "#7f8a9c", "#657081"),
        ("#181b20", "#35393e", "#4a5361", "#646d7b", "#7e8796"),
    ),
    # A velocity: pinks and violets.
    "momentum": Family(
        ("#fef0fa", "#feb5e8", "#c693fd", "#e152ad", "#8952d2"),
        ("#3a012d", "#6d0257", "#722bb2", "#be308e", "#9b71dd"),
    ),
    # Sums of squared gradients: yellows.
    "squares": Family(
        ("#fef795", "#d4d14e", "#c1a92a", "#a3861d", "#826e1d"),
        ("#221b01", "#423803", "#625105", "#7f6b0a", "#8f8a02"),
    ),
    # A mean of gradients over their size: cyans.
    "adam": Family(
        ("#c3fffe", "#39e0e8", "#1fbdb6", "#2196a7", "#0e7c7d"),
        ("#011f22", "#023f42", "#0b5b68", "#047979", "#0794a4"),
    ),
    # The sign of the gradient: browns.
    "sign": Family(
        ("#fff1e7", "#febe9a", "#e79671", "#c0765d", "#9d6044"),
        ("#341001", "#652312", "#814021", "#9c5c36", "#bb7555"),
    ),
    # Second derivatives: olives.
    "curvature": Family(
        ("#dfffa8", "#b6d94b", "#93b63f", "#75933c", "#667722"),
        ("#151e01", "#303d00", "#4d5802", "#5e7403", "#7c8f09"),
    ),
}
SHADES = 5
NEXT_SHADE = 2  # from one racer of an optimizer to its next: all five before one comes again


@dataclass(frozen=True)
class Look:
    """How an optimizer is told from all others.

    Attributes:
        family: its hue, of `FAMILIES`.
        shade: which of the hue, from 0, which stands out most.
        dash: of its line, in multiples of the line's width; empty is solid.
        marker: at its head.
    """

    family: str
    shade: int
    dash: Dash
    marker: Marker


@dataclass(frozen=True)
class RacerStyle:
    """How one racer is drawn.

    Attributes:
        on_dark: "#rrggbb" on a dark ground, at least 3:1 to it.
        on_light: the same on a light one.
        dash: of its line, in multiples of the line's width; empty is solid.
        marker: its shape.
        fill: of the marker: full, only its outline, or outline and a dot.
    """

    on_dark: str
    on_light: str
    dash: Dash
    marker: Marker
    fill: Fill

    def color(self, *, dark: bool) -> str:
        """ "#rrggbb" for a dark or a light ground."""
        return self.on_dark if dark else self.on_light


def style(look: Look, occurrence: int = 0) -> RacerStyle:
    """How the racer of that number of an optimizer is drawn.

    Args:
        occurrence: 0 for the first racer of an optimizer in a race, 1 for its second ...
    """
    family = FAMILIES[look.family]
    shade = (look.shade + NEXT_SHADE * occurrence) % SHADES
    return RacerStyle(
        family.on_dark[shade],
        family.on_light[shade],
        look.dash,
        look.marker,
        FILLS[occurrence % len(FILLS)],
    )


def look_of_name(name: str) -> Look:
    """A look for an optimizer whose record says none: always the same for its name."""
    number = zlib.crc32(name.encode())
    families, dashes = tuple(FAMILIES), (SOLID, DASHED, DOTTED, LONG, DASH_DOT, SPARSE)
    markers: tuple[Marker, ...] = ("hexagon", "pentagon", "triangle-left", "triangle-down")
    return Look(
        families[number % len(families)],
        1 + number // 7 % (SHADES - 1),
        dashes[number // 31 % len(dashes)],
        markers[number // 211 % len(markers)],
    )
