"""The plates over a plot that say what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from engine.export.scene.geometry import arrow_tip
from engine.export.scene.layers import PLATE_ALPHA, Canvas
from engine.export.scene.marks import parts
from engine.export.scene.page import Box
from engine.export.scene.records import Key, Legend, Marks

if TYPE_CHECKING:
    from matplotlib.artist import Artist

KEY_PX, PAD_PX, AWAY_PX, TYPE_PX, ROW_PX = 44.0, 8.0, 10.0, 13.0, 22.0
MOST_WIDTH, LEAST_TYPE = 0.62, 0.62  # of the plot's width; of the usual type
SWATCH_PX = 11.0
ABOVE = 5.0  # their z order
CORNERS = (
    (0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.5), (0.0, 0.5), (0.5, 1.0), (0.5, 0.0)
)  # fmt: skip

Measure = Callable[[str, float, bool], float]  # a text's width, its size, whether it is bold


def draw_legends(
    canvas: Canvas, legends: Sequence[Legend], measure: Measure, text: str, muted: str
) -> list[Artist]:
    """Draw the plates where the window has them.

    On a page whose type is large for its plots two may no longer fit beside one another: then
    the second one takes a corner that is free, in smaller type, and where there is none it is
    left out, as in the window.

    Args:
        text, muted: colours of names and of notes.
    """
    artists: list[Artist] = []
    taken: list[Box] = []
    for legend in legends:
        for scale in (1.0, 0.8, LEAST_TYPE):
            box = _free_place(canvas, legend, measure, scale * canvas.scale, taken)
            if box is not None:
                taken.append(box)
                artists += _plate(canvas, legend, box, scale * canvas.scale, text, muted)
                break
    for place, artist in enumerate(artists):
        artist.set_zorder(ABOVE + place * 1e-3)
    return artists


def plate_size(legend: Legend, measure: Measure, scale: float) -> tuple[float, float]:
    """Width and height of a plate in pixels."""
    size, pad = TYPE_PX * scale, PAD_PX * scale
    key = KEY_PX * scale + pad
    widths = [key + measure(each.text, size, False) for each in legend.keys]
    widths += [measure(note, size, False) for note in legend.notes]
    widths.append(measure(legend.title, size, True) if legend.title else 0.0)
    rows = len(legend.keys) + len(legend.notes) + bool(legend.title)
    return max(widths) + 2 * pad, rows * ROW_PX * scale + pad


def _free_place(
    canvas: Canvas, legend: Legend, measure: Measure, scale: float, taken: Sequence[Box]
) -> Box | None:
    area = canvas.frame.box
    width, height = plate_size(legend, measure, scale)
    small = scale / canvas.scale <= LEAST_TYPE
    if width > area.width * (0.97 if small else MOST_WIDTH) or height > 0.97 * area.height:
        return None
    others = [place for place in CORNERS if place != legend.place]
    for across, down in (legend.place, *others):
        box = Box(
            area.left + AWAY_PX + across * (area.width - width - 2 * AWAY_PX),
            area.bottom + area.height - AWAY_PX - height
            - down * (area.height - height - 2 * AWAY_PX),
            width,
            height,
        )  # fmt: skip
        if not any(_overlap(box, other) for other in taken):
            return box
    return None


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.bottom < other.bottom + other.height
        and other.bottom < one.bottom + one.height
    )


def _plate(
    canvas: Canvas, legend: Legend, box: Box, scale: float, text: str, muted: str
) -> list[Artist]:
    from matplotlib.patches import FancyBboxPatch

    round_corners = "round,pad=0,rounding_size=6"
    plate = FancyBboxPatch(
        (box.left, box.bottom),
        box.width,
        box.height,
        boxstyle=round_corners,
        transform=canvas.to_page,
        facecolor=canvas.plate,
        edgecolor=canvas.border,
        alpha=PLATE_ALPHA,
        linewidth=canvas.unit,
    )
    plate.set_gid(f"legend:{legend.name}")
    artists: list[Artist] = [canvas.axes.add_artist(plate)]
    pad, row, key = PAD_PX * scale, ROW_PX * scale, KEY_PX * scale
    left, middle = box.left + pad, box.bottom + box.height - pad / 2 - row / 2

    def write(words: str, indent: float, color: str, *, bold: bool = False) -> None:
        artists.append(
            canvas.axes.text(
                left + indent,
                middle,
                words,
                transform=canvas.to_page,
                fontsize=TYPE_PX * scale * canvas.unit,
                fontweight="bold" if bold else "normal",
                color=color,
                va="center_baseline",
                parse_math=False,
                gid=f"legend:{legend.name}:text",
            )
        )

    if legend.title:
        write(legend.title, 0.0, text, bold=True)
        middle -= row
    for each in legend.keys:
        artists += _key(canvas, each, left, middle, key, scale)
        write(each.text, key + pad, text)
        middle -= row
    for note in legend.notes:
        write(note, 0.0, muted)
        middle -= row
    return artists


def _key(
    canvas: Canvas, key: Key, left: float, middle: float, width: float, scale: float
) -> list[Artist]:
    """A racer's stroke with its marker, or an arrow."""
    from matplotlib.collections import PathCollection
    from matplotlib.lines import Line2D
    from matplotlib.patches import Polygon
    from matplotlib.transforms import IdentityTransform

    ends = np.array([[left, middle], [left + width, middle]])
    tip = arrow_tip(ends[0], ends[1], 6 if key.width < 2 else 9)
    if not key.marker:
        ends[1] = (tip[1] + tip[2]) / 2
    stroke = Line2D(
        *ends.T,
        transform=canvas.to_page,
        color=key.color,
        linewidth=key.width * canvas.unit,
        linestyle=(0, key.dash) if key.dash else "-",
        solid_capstyle="butt",
    )
    artists: list[Artist] = [canvas.axes.add_artist(stroke)]
    if not key.marker:
        point = Polygon(tip, transform=canvas.to_page, facecolor=key.color, edgecolor="none")
        artists.append(canvas.axes.add_artist(point))
        return artists
    mark = Marks(
        *("key", np.zeros((1, 2)), key.marker, SWATCH_PX * scale, key.color, canvas.plate, 1.5),
        filled=key.fill,
    )
    for part in parts(mark):
        drawn = PathCollection(
            [part.path],
            sizes=[(part.size * canvas.unit) ** 2],
            offsets=[[left + width / 2, middle]],
            offset_transform=canvas.to_page,
            transform=IdentityTransform(),
            facecolors=part.fill,
            edgecolors=part.edge or "none",
            linewidths=part.width * canvas.unit,
        )
        artists.append(canvas.axes.add_collection(drawn, autolim=False))
    return artists
